/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/exec_stack.h: the first stack of an illumos/amd64 program.
 */
#ifndef FB_ILLUMOS_EXEC_STACK_H
#define FB_ILLUMOS_EXEC_STACK_H

#include "loader/stack.h"

/*
 * stack->sp is the top of the stack mapping. Returns 0 with *entry filled, or -CORE_E2BIG when
 * the stack is too small, or put()'s error.
 */
long illumos_exec_stack(struct loader_stack *stack, const struct loader_program *program,
			struct loader_entry *entry);

#endif
