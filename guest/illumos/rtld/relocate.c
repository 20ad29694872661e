/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld/relocate.c: binds an object to the others.
 *
 * Text is made writable for the rare relocation in it. IRELATIVE entries wait until all others are
 * done, because their functions may use what those set. Source: x86-64 psABI 4.4.
 */
#include "guest/illumos/rtld/object.h"
#include "guest/illumos/syscall.h"

#define SYMBOL(r) ((uint32_t)((r)->info >> 32))
#define TYPE(r)	  ((uint32_t)(r)->info)

static bool lookup(struct object *o, const struct elf_rela *r, struct symbol *s)
{
	const struct elf_sym *want = &o->symtab[SYMBOL(r)];
	const char *name = o->strtab + want->name;

	*s = (struct symbol){0};
	if (SYMBOL(r) == 0)
		return true;
	if (want->info >> 4 == STB_LOCAL) {
		*s = (struct symbol){want, o};
		return true;
	}
	*s = symbol_find(name, o, TYPE(r) == R_COPY ? o : NULL);
	if (s->sym || want->info >> 4 == STB_WEAK)
		return true;
	return fail_symbol(o->name, name);
}

static bool static_tls(struct object *o, const struct symbol *s, const struct elf_rela *r,
		       uint64_t *value)
{
	struct object *of = s->sym ? s->object : o;

	if (!of->tls_offset)
		return fail(o->name, ": needs static thread-local storage",
			    " of an object that was opened later");
	*value = (uint64_t)of->tls_offset + (s->sym ? s->sym->value : 0) + (uint64_t)r->addend;
	return true;
}

static bool apply(struct object *o, const struct elf_rela *r)
{
	uint64_t *at = (uint64_t *)(o->base + r->offset), value = 0, place = (uint64_t)at;
	struct symbol s;

	if (TYPE(r) == R_NONE)
		return true;
	if (!object_has(o, r->offset, 8) || object_is_table(o, r->offset))
		return fail(o->name, ": a relocation is out of place", "");
	if (TYPE(r) == R_RELATIVE) {
		*at = o->base + (uint64_t)r->addend;
		return true;
	}
	if (TYPE(r) == R_IRELATIVE)
		return object_runs(o, o->base + (uint64_t)r->addend) ||
		       fail(o->name, ": a relocation is out of place", "");
	if (!lookup(o, r, &s))
		return false;
	if (s.sym && TYPE(r) != R_DTPMOD64 && TYPE(r) != R_DTPOFF64 && TYPE(r) != R_TPOFF64)
		value = (uint64_t)symbol_address(&s);
	switch (TYPE(r)) {
	case R_64:
		*at = value + (uint64_t)r->addend;
		return true;
	case R_GLOB_DAT:
	case R_JUMP_SLOT:
		*at = value;
		return true;
	case R_PC32:
		*(uint32_t *)at = (uint32_t)(value + (uint64_t)r->addend - place);
		return true;
	case R_PC64:
		*at = value + (uint64_t)r->addend - place;
		return true;
	case R_32:
	case R_32S:
		*(uint32_t *)at = (uint32_t)(value + (uint64_t)r->addend);
		return true;
	case R_SIZE64:
		*at = (s.sym ? s.sym->size : 0) + (uint64_t)r->addend;
		return true;
	case R_SIZE32:
		*(uint32_t *)at = (uint32_t)((s.sym ? s.sym->size : 0) + (uint64_t)r->addend);
		return true;
	case R_COPY:
		if (s.sym && (!object_has(o, r->offset, s.sym->size) ||
			      !object_has(s.object, s.sym->value, s.sym->size)))
			return fail(o->name, ": a relocation is out of place", "");
		if (s.sym)
			memory_copy(at, (void *)value, s.sym->size);
		return true;
	case R_DTPMOD64:
		*at = (s.sym ? s.object : o)->tls_module;
		return true;
	case R_DTPOFF64:
		*at = (s.sym ? s.sym->value : 0) + (uint64_t)r->addend;
		return true;
	case R_TPOFF64:
		if (!static_tls(o, &s, r, &value))
			return false;
		*at = value;
		return true;
	default:
		return fail(o->name, ": has a relocation", " of a kind nobody knows");
	}
}

static bool apply_all(struct object *o, const struct elf_rela *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!apply(o, &r[i]))
			return false;
	return true;
}

static void resolve_all(struct object *o, const struct elf_rela *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (TYPE(&r[i]) == R_IRELATIVE)
			*(uint64_t *)(o->base + r[i].offset) =
			    ((uint64_t(*)(void))(o->base + (uint64_t)r[i].addend))();
}

#define PAGE 4096UL

static const struct elf_phdr *read_only_segment(const struct object *o, uint64_t offset)
{
	for (size_t i = 0; i < o->phnum; i++) {
		const struct elf_phdr *ph = &o->phdr[i];

		if (ph->type == PT_LOAD && !(ph->flags & PF_W) && offset - ph->vaddr < ph->memsz)
			return ph;
	}
	return NULL;
}

/* Segments that are not writable and yet have something to be written. */
static void protect_text(struct object *o, bool writable)
{
	const struct elf_phdr *last = NULL;

	for (size_t i = 0; i < o->rela_count + o->plt_count; i++) {
		const struct elf_rela *r =
		    i < o->rela_count ? &o->rela[i] : &o->plt[i - o->rela_count];
		const struct elf_phdr *ph = read_only_segment(o, r->offset);
		uint64_t low;
		int prot;

		if (!ph || ph == last)
			continue;
		last = ph;
		low = (o->base + ph->vaddr) & ~(PAGE - 1);
		prot = (ph->flags & PF_R ? 1 : 0) | (ph->flags & PF_X ? 4 : 0) | (writable ? 2 : 0);
		SYSCALL(SYS_mprotect, low, o->base + ph->vaddr + ph->memsz - low, prot);
	}
}

bool object_relocate(struct object *o)
{
	bool good;

	if (o->relocated)
		return true;
	o->relocated = true;
	protect_text(o, true);
	good = apply_all(o, o->rela, o->rela_count) && apply_all(o, o->plt, o->plt_count);
	if (good) {
		resolve_all(o, o->rela, o->rela_count);
		resolve_all(o, o->plt, o->plt_count);
	}
	protect_text(o, false);
	if (good && o->relro_size) {
		uint64_t low = o->relro & ~(PAGE - 1);
		uint64_t high = (o->relro + o->relro_size) & ~(PAGE - 1);

		if (high > low)
			SYSCALL(SYS_mprotect, low, high - low, 1);
	}
	return good;
}
