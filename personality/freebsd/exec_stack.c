/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/exec_stack.c: lays out the first stack of a FreeBSD/amd64 program.
 *
 * From the top: struct ps_strings; the path of the program; the canary; the page sizes;
 * argument and environment strings in one run; the auxiliary vector, with room for AT_COUNT
 * entries whatever is used; environment and argument vectors; argc. The signal trampoline
 * is not on the stack: FreeBSD 14 has it in its shared page, and so has this personality.
 * At the entry point rdi points at argc, and rsp is there or up to eight bytes below, so
 * that it is 8 modulo 16, as if the entry point had been called.
 *
 * Source: FreeBSD 14, sys/kern/kern_exec.c (exec_copyout_strings), sys/kern/imgact_elf.c
 * (freebsd_copyout_auxargs, freebsd_fixup), sys/amd64/amd64/exec_machdep.c (exec_setregs),
 * sys/sys/elf_common.h, sys/sys/exec.h; elf_aux_info(3).
 */

#include "lib/mem.h"
#include "personality/freebsd/exec_stack.h"

enum freebsd_at {
	AT_NULL = 0,
	AT_PHDR = 3,
	AT_PHENT = 4,
	AT_PHNUM = 5,
	AT_PAGESZ = 6,
	AT_BASE = 7,
	AT_FLAGS = 8,
	AT_ENTRY = 9,
	AT_EXECPATH = 15,
	AT_CANARY = 16,
	AT_CANARYLEN = 17,
	AT_OSRELDATE = 18,
	AT_NCPUS = 19,
	AT_PAGESIZES = 20,
	AT_PAGESIZESLEN = 21,
	AT_TIMEKEEP = 22,
	AT_STACKPROT = 23,
	AT_EHDRFLAGS = 24,
	/* 25 and 26, AT_HWCAP and AT_HWCAP2, are not there on amd64. */
	AT_BSDFLAGS = 27,
	AT_ARGC = 28,
	AT_ARGV = 29,
	AT_ENVC = 30,
	AT_ENVV = 31,
	AT_PS_STRINGS = 32,
	AT_USRSTACKBASE = 35,
	AT_USRSTACKLIM = 36,
	AT_COUNT = 37,
};

struct freebsd_ps_strings {
	u64 argv;
	u32 argc;
	u32 pad0;
	u64 envv;
	u32 envc;
	u32 pad1;
};
SIZE_ASSERT(struct freebsd_ps_strings, 32);

#define MAXPAGESIZES  3 /* amd64/include/param.h */
#define STACKPROT_ALL 7 /* VM_PROT_ALL: what a program without PT_GNU_STACK gets */

struct layout {
	struct loader_strings args, env;
	u64 ps_strings, execpath, canary, pagesizes, strings;
	u64 auxv, argv, envv;
};

static void put_aux(struct loader_stack *stack, u64 *at, u64 type, u64 value)
{
	struct loader_aux aux = {type, value};

	loader_stack_put(stack, *at, &aux, sizeof(aux));
	*at += sizeof(aux);
}

static void put_auxv(struct loader_stack *s, const struct loader_program *p,
		     const struct freebsd_exec *exec, const struct layout *l, u64 stack_top)
{
	const struct loader_elf_plan *plan = p->plan;
	static const struct loader_aux none;
	u64 at = l->auxv;

	put_aux(s, &at, AT_PHDR, plan->phdr + p->bias);
	put_aux(s, &at, AT_PHENT, plan->phentsize);
	put_aux(s, &at, AT_PHNUM, plan->phnum);
	put_aux(s, &at, AT_PAGESZ, PAGE_SIZE);
	put_aux(s, &at, AT_FLAGS, 0);
	put_aux(s, &at, AT_ENTRY, plan->entry + p->bias);
	/* Without a dynamic linker it is where the program itself was moved to. */
	put_aux(s, &at, AT_BASE, p->has_interp ? p->interp_base : p->bias);
	put_aux(s, &at, AT_EHDRFLAGS, plan->flags);
	if (l->execpath)
		put_aux(s, &at, AT_EXECPATH, l->execpath);
	put_aux(s, &at, AT_OSRELDATE, exec->osreldate);
	put_aux(s, &at, AT_CANARY, l->canary);
	put_aux(s, &at, AT_CANARYLEN, sizeof(p->random));
	put_aux(s, &at, AT_NCPUS, p->ncpus);
	put_aux(s, &at, AT_PAGESIZES, l->pagesizes);
	put_aux(s, &at, AT_PAGESIZESLEN, MAXPAGESIZES * sizeof(u64));
	if (exec->timekeep)
		put_aux(s, &at, AT_TIMEKEEP, exec->timekeep);
	put_aux(s, &at, AT_STACKPROT,
		plan->has_stack && plan->stack_prot ? plan->stack_prot : STACKPROT_ALL);
	put_aux(s, &at, AT_BSDFLAGS, exec->bsdflags);
	put_aux(s, &at, AT_ARGC, l->args.count);
	put_aux(s, &at, AT_ARGV, l->argv);
	put_aux(s, &at, AT_ENVC, l->env.count);
	put_aux(s, &at, AT_ENVV, l->envv);
	put_aux(s, &at, AT_PS_STRINGS, l->ps_strings);
	put_aux(s, &at, AT_USRSTACKBASE, stack_top);
	put_aux(s, &at, AT_USRSTACKLIM, p->stack_limit);
	while (at < l->auxv + AT_COUNT * sizeof(none))
		put_aux(s, &at, AT_NULL, 0);
}

static void put_ps_strings(struct loader_stack *s, const struct layout *l)
{
	struct freebsd_ps_strings ps = {.argv = l->argv,
					.argc = (u32)l->args.count,
					.envv = l->envv,
					.envc = (u32)l->env.count};

	loader_stack_put(s, l->ps_strings, &ps, sizeof(ps));
}

long freebsd_exec_stack(struct loader_stack *s, const struct loader_program *p,
			const struct freebsd_exec *exec, struct loader_entry *entry)
{
	/* amd64's sizes are 4 KiB, 2 MiB and 1 GiB; the last is not to be had by asking. */
	static const u64 pagesizes[MAXPAGESIZES] = {PAGE_SIZE, 2UL << 20, 0};
	struct layout l = {.args = loader_strings(p->argv), .env = loader_strings(p->envp)};
	u64 top = s->sp, vectors, argc_at;

	l.ps_strings = loader_stack_take(s, sizeof(struct freebsd_ps_strings), 8);
	if (p->execpath)
		l.execpath = loader_stack_push(s, p->execpath, strlen(p->execpath) + 1, 8);
	l.canary = loader_stack_push(s, p->random, sizeof(p->random), 8);
	l.pagesizes = loader_stack_push(s, pagesizes, sizeof(pagesizes), 8);
	l.strings = loader_stack_take(s, l.args.bytes + l.env.bytes, 8);
	l.auxv = loader_stack_take(s, AT_COUNT * sizeof(struct loader_aux), 8);
	vectors = (l.args.count + 1 + l.env.count + 1) * sizeof(u64);
	l.argv = loader_stack_take(s, vectors, 8);
	l.envv = l.argv + (l.args.count + 1) * sizeof(u64);
	argc_at = loader_stack_take(s, sizeof(u64), 8);

	loader_stack_put_strings(s, l.strings, &l.args);
	loader_stack_put_strings(s, l.strings + l.args.bytes, &l.env);
	loader_stack_put_vector(s, l.argv, &l.args, l.strings);
	loader_stack_put_vector(s, l.envv, &l.env, l.strings + l.args.bytes);
	loader_stack_put_u64(s, argc_at, l.args.count);
	put_auxv(s, p, exec, &l, top);
	put_ps_strings(s, &l);
	if (s->error)
		return s->error;
	*entry = (struct loader_entry){.sp = ((argc_at - 8) & ~0xfUL) + 8,
				       .arg0 = argc_at,
				       .argv = l.argv,
				       .envv = l.envv,
				       .auxv = l.auxv,
				       .auxv_size = AT_COUNT * sizeof(struct loader_aux),
				       .ps_strings = l.ps_strings};
	return 0;
}
