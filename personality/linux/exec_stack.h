/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/linux/exec_stack.h: the first stack of a Linux/x86-64 program.
 */
#ifndef FB_LINUX_EXEC_STACK_H
#define FB_LINUX_EXEC_STACK_H

#include "loader/stack.h"

struct linux_exec {
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
long linux_exec_stack(struct loader_stack *stack, const struct loader_program *program,
		      const struct linux_exec *exec, struct loader_entry *entry);

#endif
