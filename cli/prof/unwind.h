/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/unwind.h: stacks by what the compilers wrote of their frames (cfi.h), from the registers
 * and a copy of the upper part of a stack; by frame pointers where nothing was written.
 */
#ifndef FB_CLI_PROF_UNWIND_H
#define FB_CLI_PROF_UNWIND_H

#include "cli/prof/cfi.h"
#include "cli/prof/spaces.h"

/* The registers a copy comes with, of the kernel's sample and of the guest's record: by perf_regs.h
 * rbx, rbp, rsp, rip, r12 to r15. */
#define UNWIND_REGISTERS 8
#define UNWIND_MASK	 0xf001c2ul

/* Where registers and stack were taken: not aligned; the stack is what lies at rsp. */
struct unwind_from {
	u32 pid;
	const u8 *registers, *stack;
	u64 size;
	bool behind; /* rip is behind an instruction that called, not at one that was interrupted */
};

/* The places, the innermost first; how many. */
u32 unwind(struct spaces *s, const struct unwind_from *from, struct place *to, u32 room);

#endif
