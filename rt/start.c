/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rt/start.c: the runtime relocates itself. Nothing that needs a relocation (a table of
 * function pointers, a string table) may be touched before that is done.
 */
#include "loader/elffile.h"
#include "rt/rt.h"

void rt_start(u64 *sp, const struct elf64_dyn *dynamic, u64 base);

void rt_start(u64 *sp, const struct elf64_dyn *dynamic, u64 base)
{
	const struct elf64_rela *rela = NULL;
	struct exo_boot boot;
	u64 bytes = 0;

	for (; dynamic->tag != ELF_DT_NULL; dynamic++) {
		if (dynamic->tag == ELF_DT_RELA)
			rela = (const struct elf64_rela *)(base + dynamic->value);
		else if (dynamic->tag == ELF_DT_RELASZ)
			bytes = dynamic->value;
	}
	for (u64 i = 0; rela && i < bytes / sizeof(*rela); i++)
		if ((u32)rela[i].info == ELF_R_X86_64_RELATIVE)
			*(u64 *)(base + rela[i].offset) = base + (u64)rela[i].addend;
	boot.argc = (long)sp[0];
	boot.argv = (char **)(sp + 1);
	boot.envp = boot.argv + boot.argc + 1;
	sp = (u64 *)boot.envp;
	while (*sp)
		sp++;
	boot.auxv = sp + 1;
	rt_main(&boot);
}
