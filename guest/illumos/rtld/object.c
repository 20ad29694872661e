/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld/object.c: an object that is mapped, and what its headers say.
 */
#include "guest/illumos/rtld/object.h"

struct object *objects;
struct object program, linker;

void object_link(struct object *o)
{
	struct object **at = &objects;

	while (*at)
		at = &(*at)->next;
	*at = o;
}

bool list_has(const struct object_list *l, const struct object *o)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i] == o)
			return true;
	return false;
}

bool list_add(struct object_list *l, struct object *o)
{
	if (l->n == l->room) {
		size_t room = l->room ? 2 * l->room : 8;
		struct object **v = allocate(room * sizeof(*v));

		if (!v)
			return fail("", "", "out of memory");
		memory_copy(v, l->v, l->n * sizeof(*v));
		release(l->v);
		l->v = v;
		l->room = room;
	}
	l->v[l->n++] = o;
	return true;
}

struct object *object_at(const void *address)
{
	uint64_t a = (uint64_t)address;

	for (struct object *o = objects; o; o = o->next)
		if (a >= o->low && a < o->high)
			return o;
	return NULL;
}

static void read_headers(struct object *o)
{
	for (size_t i = 0; i < o->phnum; i++) {
		const struct elf_phdr *ph = &o->phdr[i];

		switch (ph->type) {
		case PT_LOAD:
			if (!ph->memsz)
				break;
			if (!o->low || o->base + ph->vaddr < o->low)
				o->low = o->base + ph->vaddr;
			if (o->base + ph->vaddr + ph->memsz > o->high)
				o->high = o->base + ph->vaddr + ph->memsz;
			break;
		case PT_DYNAMIC:
			o->dynamic = (const struct elf_dyn *)(o->base + ph->vaddr);
			break;
		case PT_TLS:
			o->tls_image = o->base + ph->vaddr;
			o->tls_file_size = ph->filesz;
			o->tls_size = ph->memsz;
			o->tls_align = ph->align ? ph->align : 1;
			break;
		case PT_GNU_RELRO:
			o->relro = o->base + ph->vaddr;
			o->relro_size = ph->memsz;
			break;
		default:
			break;
		}
	}
}

#define AT(value) ((void *)(o->base + (value)))

void object_read(struct object *o)
{
	uint64_t soname = 0, runpath = 0;
	bool has_soname = false, has_runpath = false;

	read_headers(o);
	if (!object_check_dynamic(o)) {
		o->dynamic = NULL;
		return;
	}
	for (const struct elf_dyn *d = o->dynamic; d->tag != DT_NULL; d++) {
		switch (d->tag) {
		case DT_STRTAB:
			o->strtab = AT(d->value);
			break;
		case DT_STRSZ:
			o->strtab_size = d->value;
			break;
		case DT_SYMTAB:
			o->symtab = AT(d->value);
			break;
		case DT_HASH:
			o->hash = AT(d->value);
			break;
		case DT_GNU_HASH:
			o->gnu_hash = AT(d->value);
			break;
		case DT_RELA:
			o->rela = AT(d->value);
			break;
		case DT_RELASZ:
			o->rela_count = d->value / sizeof(struct elf_rela);
			break;
		case DT_JMPREL:
			o->plt = AT(d->value);
			break;
		case DT_PLTRELSZ:
			o->plt_count = d->value / sizeof(struct elf_rela);
			break;
		case DT_INIT:
			o->init = (void (*)(void))(o->base + d->value);
			break;
		case DT_FINI:
			o->fini = (void (*)(void))(o->base + d->value);
			break;
		case DT_INIT_ARRAY:
			o->init_array = AT(d->value);
			break;
		case DT_INIT_ARRAYSZ:
			o->init_count = d->value / sizeof(void *);
			break;
		case DT_FINI_ARRAY:
			o->fini_array = AT(d->value);
			break;
		case DT_FINI_ARRAYSZ:
			o->fini_count = d->value / sizeof(void *);
			break;
		case DT_PREINIT_ARRAY:
			o->preinit_array = AT(d->value);
			break;
		case DT_PREINIT_ARRAYSZ:
			o->preinit_count = d->value / sizeof(void *);
			break;
		case DT_SONAME:
			soname = d->value;
			has_soname = true;
			break;
		case DT_RPATH:
		case DT_RUNPATH:
			runpath = d->value;
			has_runpath = true;
			break;
		case DT_FLAGS_1:
			o->no_delete = d->value & DF_1_NODELETE;
			break;
		case DT_FILTER:
			o->filtered = true;
			break;
		default:
			break;
		}
	}
	/* Names are looked at when all is checked. */
	if (has_soname && soname < o->strtab_size)
		o->soname = o->strtab + soname;
	if (has_runpath && runpath < o->strtab_size)
		o->runpath = o->strtab + runpath;
}
