/* SPDX-License-Identifier: BSD-2-Clause */
/* rt/start.c: from the stack the host's exec made to what it holds. */
#include "rt/rt.h"

void rt_start(u64 *sp);

void rt_start(u64 *sp)
{
	struct exo_boot boot;

	boot.argc = (long)sp[0];
	boot.argv = (char **)(sp + 1);
	boot.envp = boot.argv + boot.argc + 1;
	sp = (u64 *)boot.envp;
	while (*sp)
		sp++;
	boot.auxv = sp + 1;
	rt_main(&boot);
}
