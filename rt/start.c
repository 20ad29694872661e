/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rt/start.c: the runtime relocates itself. Nothing that needs a relocation (a table of
 * function pointers, a string table) may be touched before that is done.
 */
#include <elf.h>

#include "rt/rt.h"

void rt_start(u64 *sp, const Elf64_Dyn *dynamic, u64 base);

void rt_start(u64 *sp, const Elf64_Dyn *dynamic, u64 base)
{
	const Elf64_Rela *rela = NULL;
	struct exo_boot boot;
	u64 bytes = 0;

	for (; dynamic->d_tag != DT_NULL; dynamic++) {
		if (dynamic->d_tag == DT_RELA)
			rela = (const Elf64_Rela *)(base + dynamic->d_un.d_ptr);
		else if (dynamic->d_tag == DT_RELASZ)
			bytes = dynamic->d_un.d_val;
	}
	for (u64 i = 0; rela && i < bytes / sizeof(*rela); i++)
		if (ELF64_R_TYPE(rela[i].r_info) == R_X86_64_RELATIVE)
			*(u64 *)(base + rela[i].r_offset) = base + (u64)rela[i].r_addend;
	boot.argc = (long)sp[0];
	boot.argv = (char **)(sp + 1);
	boot.envp = boot.argv + boot.argc + 1;
	sp = (u64 *)boot.envp;
	while (*sp)
		sp++;
	boot.auxv = sp + 1;
	rt_main(&boot);
}
