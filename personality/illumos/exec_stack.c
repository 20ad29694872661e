/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/exec_stack.c: lays out the first stack of an illumos/amd64 program.
 *
 * From the top: a NULL; the strings of the auxiliary vector (platform, program), of the
 * environment and of the arguments, in that order downwards; the auxiliary vector; environment
 * and argument vectors; argc, to which rsp points, at a multiple of 16. A program with neither an
 * interpreter nor to be moved gets no auxiliary vector. There is no comm page (AT_SUN_COMMPAGE):
 * the library then asks the kernel for the time, which here is no visit to a kernel.
 *
 * Source: usr/src/uts/common/os/exec.c (stk_copyin, stk_copyout), usr/src/uts/common/exec/elf/
 * elf.c (elfexec), usr/src/uts/common/sys/auxv.h.
 */
#include "lib/mem.h"
#include "personality/illumos/exec_stack.h"
#include "personality/illumos/hwcap.h"

enum illumos_at {
	AT_NULL = 0,
	AT_PHDR = 3,
	AT_PHENT = 4,
	AT_PHNUM = 5,
	AT_PAGESZ = 6,
	AT_BASE = 7,
	AT_FLAGS = 8,
	AT_ENTRY = 9,
	AT_SUN_LDNAME = 2006,
	AT_SUN_PLATFORM = 2008,
	AT_SUN_HWCAP = 2009,
	AT_SUN_EXECNAME = 2014,
	AT_SUN_LDDATA = 2016,
	AT_SUN_AUXFLAGS = 2017,
	AT_SUN_HWCAP2 = 2023,
};

#define AT_COUNT 16 /* at most, with AT_NULL */

/* AT_SUN_AUXFLAGS */
#define AF_SUN_SETUGID	   1
#define AF_SUN_HWCAPVERIFY 2

struct layout {
	struct loader_strings args, env;
	u64 strings, platform, execname, linker, auxv, argv, envv;
	bool has_auxv;
};

static void put_aux(struct loader_stack *stack, u64 *at, u64 type, u64 value)
{
	struct loader_aux aux = {type, value};

	loader_stack_put(stack, *at, &aux, sizeof(aux));
	*at += sizeof(aux);
}

static void put_auxv(struct loader_stack *s, const struct loader_program *p, const struct layout *l)
{
	const struct loader_elf_plan *plan = p->plan;
	struct illumos_hwcap hwcap;
	u64 at = l->auxv;

	put_aux(s, &at, AT_SUN_PLATFORM, l->platform);
	put_aux(s, &at, AT_SUN_EXECNAME, l->execname);
	if (p->has_interp) {
		put_aux(s, &at, AT_PHDR, plan->phdr + p->bias);
		put_aux(s, &at, AT_PHENT, plan->phentsize);
		put_aux(s, &at, AT_PHNUM, plan->phnum);
		put_aux(s, &at, AT_ENTRY, plan->entry + p->bias);
		put_aux(s, &at, AT_SUN_LDDATA, p->interp_data);
		if (l->linker)
			put_aux(s, &at, AT_SUN_LDNAME, l->linker);
	}
	put_aux(s, &at, AT_BASE, p->has_interp ? p->interp_base : p->bias);
	put_aux(s, &at, AT_FLAGS, 0);
	put_aux(s, &at, AT_PAGESZ, PAGE_SIZE);
	put_aux(s, &at, AT_SUN_AUXFLAGS, AF_SUN_HWCAPVERIFY | (p->secure ? AF_SUN_SETUGID : 0));
	illumos_hwcap(&hwcap);
	put_aux(s, &at, AT_SUN_HWCAP, hwcap.word1);
	put_aux(s, &at, AT_SUN_HWCAP2, hwcap.word2);
	put_aux(s, &at, AT_NULL, 0);
}

static size_t auxv_size(const struct layout *l)
{
	return l->has_auxv ? AT_COUNT * sizeof(struct loader_aux) : 0;
}

long illumos_exec_stack(struct loader_stack *s, const struct loader_program *p,
			struct loader_entry *entry)
{
	static const char platform[] = "i86pc";
	struct layout l = {.args = loader_strings(p->argv), .env = loader_strings(p->envp)};
	const char *name = p->execpath ? p->execpath : p->execname;
	u64 words, argc_at;

	l.has_auxv = p->has_interp || p->plan->type == LOADER_ELF_DYN;
	loader_stack_take(s, sizeof(u64), 8);
	if (p->own_linker)
		l.linker = loader_stack_push(s, p->own_linker, strlen(p->own_linker) + 1, 1);
	l.execname = loader_stack_push(s, name, strlen(name) + 1, 1);
	l.platform = loader_stack_push(s, platform, sizeof(platform), 1);
	l.strings = loader_stack_take(s, l.args.bytes + l.env.bytes, 1);
	words = l.args.count + 1 + l.env.count + 1 + 1;
	argc_at = loader_stack_take(s, words * sizeof(u64) + auxv_size(&l), 16);
	l.argv = argc_at + sizeof(u64);
	l.envv = l.argv + (l.args.count + 1) * sizeof(u64);
	l.auxv = l.envv + (l.env.count + 1) * sizeof(u64);

	loader_stack_put_strings(s, l.strings, &l.args);
	loader_stack_put_strings(s, l.strings + l.args.bytes, &l.env);
	loader_stack_put_u64(s, argc_at, l.args.count);
	loader_stack_put_vector(s, l.argv, &l.args, l.strings);
	loader_stack_put_vector(s, l.envv, &l.env, l.strings + l.args.bytes);
	if (l.has_auxv)
		put_auxv(s, p, &l);
	if (s->error)
		return s->error;
	*entry = (struct loader_entry){.sp = argc_at,
				       .argv = l.argv,
				       .envv = l.envv,
				       .auxv = l.auxv,
				       .auxv_size = auxv_size(&l)};
	return 0;
}
