/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/exec_stack.h: the first stack of a FreeBSD/amd64 program.
 */
#ifndef FB_FREEBSD_EXEC_STACK_H
#define FB_FREEBSD_EXEC_STACK_H

#include "loader/stack.h"

struct freebsd_exec {
	u32 osreldate; /* AT_OSRELDATE: the version of the kernel that is played */
	u32 bsdflags;  /* AT_BSDFLAGS: ELF_BSDF_SIGFASTBLK when sigfastblock(2) works */
	u64 timekeep;  /* AT_TIMEKEEP: the shared page's struct vdso_timekeep, 0 when absent */
};

/*
 * stack->sp is the top of the stack mapping, page-aligned. Returns 0 with *entry filled, or
 * -CORE_E2BIG when the stack is too small, or put()'s error.
 */
long freebsd_exec_stack(struct loader_stack *stack, const struct loader_program *program,
			const struct freebsd_exec *exec, struct loader_entry *entry);

#endif
