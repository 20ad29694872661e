/* SPDX-License-Identifier: BSD-2-Clause */
/* loader/elf.c: checks an ELF64 program's headers and plans its mapping. */

#include "core/abi.h"
#include "lib/mem.h"
#include "loader/elf.h"
#include "loader/elffile.h"

struct planner {
	struct elf_file file;
	struct loader_elf_plan *plan;
	struct loader_error *err;
	u64 file_size;
	bool has_interp;
};

#define REJECT(p, ...) loader_fail((p)->err, -CORE_ENOEXEC, __VA_ARGS__)

static const char *elf_type_name(u16 type)
{
	switch (type) {
	case ELF_ET_REL:
		return "an object file that has not been linked";
	case ELF_ET_CORE:
		return "a core dump";
	}
	return "of a type that cannot be executed";
}

static long check_ident(struct planner *p, const struct loader_source *src)
{
	u8 ident[16];
	long err;

	loader_window_init(&p->file.window, src);
	err = loader_window_read(&p->file.window, ident, sizeof(ident), 0);
	if (err == -CORE_ENOEXEC)
		return REJECT(p, "the file has only %lu bytes, too few for an ELF header",
			      src->size);
	if (err)
		return loader_fail(p->err, err, "the ELF header cannot be read (error %ld)", -err);
	if (memcmp(ident, "\177ELF", 4))
		return REJECT(p, "it does not begin with the ELF magic number");
	if (ident[ELF_IDENT_CLASS] == ELF_CLASS_32)
		return REJECT(p, "it is a 32-bit ELF file and only 64-bit ones can be run");
	if (ident[ELF_IDENT_CLASS] != ELF_CLASS_64)
		return REJECT(p, "its ELF class %u is unknown", ident[ELF_IDENT_CLASS]);
	if (ident[ELF_IDENT_DATA] != ELF_DATA_LSB)
		return REJECT(p, "its byte order (%u) is not x86-64's", ident[ELF_IDENT_DATA]);
	if (ident[ELF_IDENT_VERSION] != 1)
		return REJECT(p, "its ELF version %u is unknown", ident[ELF_IDENT_VERSION]);
	return 0;
}

static long check_header(struct planner *p, const struct loader_source *src)
{
	const struct elf64_header *h = &p->file.header;
	long err = check_ident(p, src);
	u64 table;

	if (err)
		return err;
	err = elf_file_begin(&p->file);
	if (err)
		return loader_fail(p->err, err, "the ELF header is truncated at %lu bytes",
				   src->size);
	if (h->machine != ELF_EM_X86_64) {
		const char *name = elf_machine_name(h->machine);

		if (name)
			return REJECT(p, "it is for the %s processor and this machine is an x86-64",
				      name);
		return REJECT(p, "it is for processor number %u and this machine is an x86-64",
			      h->machine);
	}
	if (h->type != ELF_ET_EXEC && h->type != ELF_ET_DYN)
		return REJECT(p, "it is %s (e_type %u)", elf_type_name(h->type), h->type);
	if (h->phnum == 0)
		return REJECT(p, "it has no program headers, so there is nothing to load");
	if (h->phentsize != sizeof(struct elf64_phdr))
		return REJECT(p, "its program headers are said to be %u bytes each, not %u",
			      h->phentsize, (u32)sizeof(struct elf64_phdr));
	if (h->phnum > LOADER_PHDRS_MAX)
		return REJECT(p, "it has %u program headers and at most %u are allowed", h->phnum,
			      LOADER_PHDRS_MAX);
	table = (u64)h->phnum * h->phentsize;
	if (h->phoff > p->file_size || table > p->file_size - h->phoff)
		return REJECT(p,
			      "its program headers (%lu bytes at 0x%lx) reach past the end of the "
			      "file (%lu bytes): it is truncated or damaged",
			      table, h->phoff, p->file_size);
	return 0;
}

static u32 prot_of(u32 flags)
{
	return (flags & ELF_PF_R ? CORE_PROT_READ : 0) | (flags & ELF_PF_W ? CORE_PROT_WRITE : 0) |
	       (flags & ELF_PF_X ? CORE_PROT_EXEC : 0);
}

/* Keeps the list ascending: kernels do not ask for the order that the gABI promises. */
static void insert_segment(struct loader_elf_plan *plan, const struct elf64_phdr *ph)
{
	u32 i = plan->nsegments++;

	for (; i > 0 && plan->segment[i - 1].vaddr > ph->vaddr; i--)
		plan->segment[i] = plan->segment[i - 1];
	plan->segment[i] = (struct loader_segment){.vaddr = ph->vaddr,
						   .memsz = ph->memsz,
						   .offset = ph->offset,
						   .filesz = ph->filesz,
						   .prot = prot_of(ph->flags)};
}

static long add_load(struct planner *p, u32 i, const struct elf64_phdr *ph)
{
	struct loader_elf_plan *plan = p->plan;
	const struct elf64_header *h = &p->file.header;

	if (ph->filesz > ph->memsz)
		return REJECT(
		    p, "segment %u has more bytes in the file (0x%lx) than in memory (0x%lx)", i,
		    ph->filesz, ph->memsz);
	if (ph->memsz == 0)
		return 0;
	if (ph->memsz > LOADER_MEMSZ_MAX)
		return REJECT(
		    p, "segment %u asks for 0x%lx bytes of memory, more than any process has", i,
		    ph->memsz);
	if (ph->vaddr > LOADER_ADDR_MAX || ph->memsz > LOADER_ADDR_MAX - ph->vaddr)
		return REJECT(
		    p,
		    "segment %u (0x%lx bytes at 0x%lx) reaches past the end of the address "
		    "space",
		    i, ph->memsz, ph->vaddr);
	if (ph->filesz && (ph->offset > p->file_size || ph->filesz > p->file_size - ph->offset))
		return REJECT(
		    p,
		    "segment %u (0x%lx bytes at file offset 0x%lx) reaches past the end of "
		    "the file (%lu bytes): it is truncated or damaged",
		    i, ph->filesz, ph->offset, p->file_size);
	if (ph->filesz && (ph->offset & PAGE_MASK) != (ph->vaddr & PAGE_MASK))
		return REJECT(
		    p,
		    "segment %u cannot be mapped: file offset 0x%lx and address 0x%lx differ "
		    "within their pages",
		    i, ph->offset, ph->vaddr);
	if (ph->align & (ph->align - 1))
		return REJECT(p, "the alignment of segment %u (0x%lx) is not a power of two", i,
			      ph->align);
	if (ph->align > LOADER_ALIGN_MAX)
		return REJECT(p, "the alignment of segment %u (0x%lx) is more than 1 GiB", i,
			      ph->align);
	if (plan->nsegments == LOADER_SEGMENTS_MAX)
		return REJECT(p, "it has more than %u loadable segments", LOADER_SEGMENTS_MAX);
	plan->align = MAX(plan->align, ph->align);
	if (!plan->phdr && ph->offset <= h->phoff && h->phoff - ph->offset <= ph->filesz &&
	    (u64)h->phnum * h->phentsize <= ph->filesz - (h->phoff - ph->offset))
		plan->phdr = ph->vaddr + (h->phoff - ph->offset);
	insert_segment(plan, ph);
	return 0;
}

static long add_interp(struct planner *p, const struct elf64_phdr *ph)
{
	long n;

	if (p->has_interp)
		return REJECT(p, "it names two interpreters (PT_INTERP)");
	p->has_interp = true;
	if (ph->filesz > LOADER_INTERP_MAX)
		return REJECT(p, "the path of its interpreter has 0x%lx bytes, more than %u",
			      ph->filesz, LOADER_INTERP_MAX);
	n = loader_window_string(&p->file.window, p->plan->interp, LOADER_INTERP_MAX, ph->offset,
				 ph->filesz);
	if (n < 0 && n != -CORE_ENOEXEC)
		return loader_fail(p->err, n, "the interpreter's path cannot be read (error %ld)",
				   -n);
	if (n < 0)
		return REJECT(p,
			      "the path of its interpreter is not terminated or not in the file");
	if (n == 0)
		return REJECT(p, "the path of its interpreter is empty");
	return 0;
}

static long add_header(struct planner *p, u32 i, const struct elf64_phdr *ph)
{
	struct loader_elf_plan *plan = p->plan;

	switch (ph->type) {
	case ELF_PT_LOAD:
		return add_load(p, i, ph);
	case ELF_PT_INTERP:
		return add_interp(p, ph);
	case ELF_PT_TLS:
		plan->has_tls = true;
		break;
	case ELF_PT_DYNAMIC:
		plan->has_dynamic = true;
		break;
	case ELF_PT_GNU_STACK:
		plan->has_stack = true;
		plan->stack_prot = prot_of(ph->flags);
		plan->stack_size = ph->memsz;
		break;
	}
	return 0;
}

/*
 * Segments may share a page where one ends and the next begins only when both show the
 * same page of the file, as they do when one was cut in two: then mapping the second over
 * the first changes nothing but the protection.
 */
static bool same_file_page(const struct loader_segment *a, const struct loader_segment *b)
{
	return a->filesz == a->memsz && b->filesz && b->vaddr - a->vaddr == b->offset - a->offset;
}

static long check_layout(struct planner *p)
{
	struct loader_elf_plan *plan = p->plan;
	bool entry_ok = false;

	if (plan->nsegments == 0)
		return REJECT(p, "it has no loadable segment");
	for (u32 i = 0; i < plan->nsegments; i++) {
		const struct loader_segment *s = &plan->segment[i];

		if (i > 0) {
			const struct loader_segment *before = s - 1;
			u64 end = before->vaddr + before->memsz;

			if (s->vaddr < end)
				return REJECT(p, "its segments at 0x%lx and 0x%lx overlap",
					      before->vaddr, s->vaddr);
			if (ALIGN_DOWN(s->vaddr, PAGE_SIZE) < ALIGN_UP(end, PAGE_SIZE) &&
			    !same_file_page(before, s))
				return REJECT(
				    p,
				    "its segments at 0x%lx and 0x%lx need different contents "
				    "in one page",
				    before->vaddr, s->vaddr);
		}
		if ((s->prot & CORE_PROT_EXEC) && plan->entry >= s->vaddr &&
		    plan->entry - s->vaddr < s->memsz)
			entry_ok = true;
	}
	plan->lo = ALIGN_DOWN(plan->segment[0].vaddr, PAGE_SIZE);
	plan->hi = ALIGN_UP(plan->segment[plan->nsegments - 1].vaddr +
				plan->segment[plan->nsegments - 1].memsz,
			    PAGE_SIZE);
	if (plan->type == LOADER_ELF_EXEC && plan->lo < PAGE_SIZE)
		return REJECT(p, "it wants to be loaded at address 0, which is never mapped");
	if (!entry_ok && plan->type == LOADER_ELF_DYN && plan->entry == 0)
		return REJECT(p, "it is a shared library: it has no entry point");
	if (!entry_ok)
		return REJECT(p, "its entry point 0x%lx is not in an executable segment",
			      plan->entry);
	return 0;
}

static void note_needed(void *ctx, u64 tag, const char *value)
{
	struct loader_elf_plan *plan = ctx;

	(void)value;
	if (tag == ELF_DT_NEEDED)
		plan->has_needed = true;
}

long loader_elf_plan(const struct loader_source *src, struct loader_elf_plan *plan,
		     struct loader_error *err)
{
	struct planner p = {.plan = plan, .err = err, .file_size = src->size};
	const struct elf64_header *h = &p.file.header;
	u64 phdr_segment = 0;
	long rc;

	/* The segments are written one by one: most of their room never is. */
	memset(plan, 0, offsetof(struct loader_elf_plan, segment));
	plan->align = PAGE_SIZE;
	rc = check_header(&p, src);
	if (rc)
		return rc;
	plan->type = h->type == ELF_ET_EXEC ? LOADER_ELF_EXEC : LOADER_ELF_DYN;
	plan->flags = h->flags;
	plan->entry = h->entry;
	plan->phnum = h->phnum;
	plan->phentsize = h->phentsize;
	for (u32 i = 0; i < h->phnum; i++) {
		struct elf64_phdr ph;

		rc = elf_file_phdr(&p.file, i, &ph);
		if (rc)
			return loader_fail(err, rc, "program header %u cannot be read", i);
		if (ph.type == ELF_PT_PHDR)
			phdr_segment = ph.vaddr;
		rc = add_header(&p, i, &ph);
		if (rc)
			return rc;
	}
	if (phdr_segment)
		plan->phdr = phdr_segment;
	rc = check_layout(&p);
	if (rc)
		return rc;
	/* A static-PIE has a dynamic section too; a malformed one is its own start-up's problem. */
	if (plan->has_dynamic)
		loader_elf_dynamic(src, note_needed, plan);
	return 0;
}
