/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/stack_sysv.h: the first stack the System V ABI for x86-64 gives a program,
 * as Linux lays it out; FeuerBird's own programs get the same.
 */
#ifndef FB_LOADER_STACK_SYSV_H
#define FB_LOADER_STACK_SYSV_H

#include "loader/stack.h"

struct loader_sysv {
	/*
	 * What a machine that is a Linux itself says of the processor and the vDSO: its own
	 * auxiliary vector, ended by type 0. NULL elsewhere: those entries are then absent.
	 */
	const struct loader_aux *host;
};

/*
 * stack->sp is the top of the stack mapping. Returns 0 with *entry filled, or -CORE_E2BIG
 * when the stack is too small, or put()'s error.
 */
long loader_sysv_stack(struct loader_stack *stack, const struct loader_program *program,
		       const struct loader_sysv *exec, struct loader_entry *entry);

#endif
