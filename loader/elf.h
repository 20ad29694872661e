/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/elf.h: a checked plan of how an x86-64 ELF64 program is to be mapped.
 *
 * Everything in a plan has been verified against the file and the address space, so that
 * map.c has nothing left to doubt. What kernels tolerate and this refuses: segments that
 * reach past the end of the file (they would die of SIGBUS later) and an entry point
 * outside of every executable segment.
 */
#ifndef FB_LOADER_ELF_H
#define FB_LOADER_ELF_H

#include "loader/image.h"

#define LOADER_SEGMENTS_MAX 32
#define LOADER_INTERP_MAX   1024
#define LOADER_PHDRS_MAX    1170 /* 64 KiB of them, as Linux has it */
#define LOADER_MEMSZ_MAX    (1UL << 46)
#define LOADER_ADDR_MAX	    ((1UL << 47) - PAGE_SIZE) /* x86-64 user space, four-level tables */
#define LOADER_ALIGN_MAX    (1UL << 30)

enum loader_elf_type { LOADER_ELF_EXEC = 2, LOADER_ELF_DYN = 3 }; /* e_type's values */

struct loader_segment {
	u64 vaddr, memsz;
	u64 offset, filesz;
	u32 prot; /* CORE_PROT_* */
};

struct loader_elf_plan {
	enum loader_elf_type type;
	u32 flags;  /* e_flags */
	u64 entry;  /* unrelocated, as are all addresses here */
	u64 lo, hi; /* the span of all segments, in whole pages */
	u64 align;  /* what the load address must be a multiple of, at least a page */
	u64 phdr;   /* address of the program headers, 0 when no segment holds them */
	u16 phnum, phentsize;
	u32 nsegments;
	bool has_tls;
	bool has_dynamic;
	bool has_needed; /* DT_NEEDED: it asks for libraries */
	bool has_stack;	 /* PT_GNU_STACK present: the next two say what it asks */
	u32 stack_prot;
	u64 stack_size;					    /* p_memsz, 0 when it does not care */
	char interp[LOADER_INTERP_MAX];			    /* empty when none */
	struct loader_segment segment[LOADER_SEGMENTS_MAX]; /* ascending, disjoint */
};

/*
 * Returns 0, -CORE_ENOEXEC for a file that is malformed, foreign to this processor or
 * not a program, or the error of a read.
 */
long loader_elf_plan(const struct loader_source *src, struct loader_elf_plan *plan,
		     struct loader_error *err);

/* What to add to every address of the plan so that its first page lands on `base`. */
static inline u64 loader_elf_bias(const struct loader_elf_plan *plan, u64 base)
{
	return plan->type == LOADER_ELF_DYN ? base - ALIGN_DOWN(plan->lo, plan->align) : 0;
}

/*
 * Names the libraries and search paths of a dynamic program: each() gets the DT_ tag
 * (ELF_DT_NEEDED, SONAME, RPATH, RUNPATH) and the string. Returns how many, or
 * -CORE_ENOEXEC when the dynamic section is malformed.
 */
long loader_elf_dynamic(const struct loader_source *src,
			void (*each)(void *ctx, u64 tag, const char *value), void *ctx);

#endif
