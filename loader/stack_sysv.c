/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/stack_sysv.c: lays out the first stack of a Linux/x86-64 program.
 *
 * From the top: a null word; the name given to execve; environment strings; argument
 * strings; the platform's name; sixteen random bytes; the auxiliary vector; environment
 * and argument vectors; argc, on a multiple of 16, where rsp points. All other registers
 * are zero.
 *
 * Source: System V ABI, AMD64 supplement, 3.4.1 "Initial Stack and Register State";
 * getauxval(3), linux/auxvec.h, asm/auxvec.h; the order is fs/binfmt_elf.c's
 * (create_elf_tables), because some programs expect AT_SYSINFO_EHDR first.
 */

#include "lib/mem.h"
#include "loader/stack_sysv.h"

enum sysv_at {
	AT_NULL = 0,
	AT_PHDR = 3,
	AT_PHENT = 4,
	AT_PHNUM = 5,
	AT_PAGESZ = 6,
	AT_BASE = 7,
	AT_FLAGS = 8,
	AT_ENTRY = 9,
	AT_UID = 11,
	AT_EUID = 12,
	AT_GID = 13,
	AT_EGID = 14,
	AT_PLATFORM = 15,
	AT_HWCAP = 16,
	AT_CLKTCK = 17,
	AT_SECURE = 23,
	AT_RANDOM = 25,
	AT_HWCAP2 = 26,
	AT_RSEQ_FEATURE_SIZE = 27,
	AT_RSEQ_ALIGN = 28,
	AT_EXECFN = 31,
	AT_SYSINFO_EHDR = 33,
	AT_MINSIGSTKSZ = 51,
};

#define AUX_MAX	     32
#define RANDOM_BYTES 16

struct layout {
	struct loader_strings args, env;
	u64 execfn, strings, platform, random;
	struct loader_aux aux[AUX_MAX];
	u32 naux;
};

static void add(struct layout *l, u64 type, u64 value)
{
	l->aux[l->naux++] = (struct loader_aux){type, value};
}

static void add_host(struct layout *l, const struct loader_sysv *exec, u64 type)
{
	for (const struct loader_aux *a = exec->host; a && a->type != AT_NULL; a++) {
		if (a->type == type) {
			add(l, type, a->value);
			return;
		}
	}
}

static void collect_aux(struct layout *l, const struct loader_program *p,
			const struct loader_sysv *exec)
{
	const struct loader_elf_plan *plan = p->plan;

	add_host(l, exec, AT_SYSINFO_EHDR);
	add_host(l, exec, AT_MINSIGSTKSZ);
	add_host(l, exec, AT_HWCAP);
	add(l, AT_PAGESZ, PAGE_SIZE);
	add_host(l, exec, AT_CLKTCK);
	add(l, AT_PHDR, plan->phdr ? plan->phdr + p->bias : 0);
	add(l, AT_PHENT, plan->phentsize);
	add(l, AT_PHNUM, plan->phnum);
	add(l, AT_BASE, p->has_interp ? p->interp_base : 0);
	add(l, AT_FLAGS, 0);
	add(l, AT_ENTRY, plan->entry + p->bias);
	add(l, AT_UID, p->uid);
	add(l, AT_EUID, p->euid);
	add(l, AT_GID, p->gid);
	add(l, AT_EGID, p->egid);
	add(l, AT_SECURE, p->secure);
	add(l, AT_RANDOM, l->random);
	add_host(l, exec, AT_HWCAP2);
	add(l, AT_EXECFN, l->execfn);
	add(l, AT_PLATFORM, l->platform);
	add_host(l, exec, AT_RSEQ_FEATURE_SIZE);
	add_host(l, exec, AT_RSEQ_ALIGN);
	add(l, AT_NULL, 0);
}

long loader_sysv_stack(struct loader_stack *s, const struct loader_program *p,
		       const struct loader_sysv *exec, struct loader_entry *entry)
{
	static const char platform[] = "x86_64";
	struct layout l = {.args = loader_strings(p->argv), .env = loader_strings(p->envp)};
	u64 words, argc_at, argv, envv, auxv;

	loader_stack_put_u64(s, loader_stack_take(s, sizeof(u64), 8), 0);
	l.execfn = loader_stack_push(s, p->execname, strlen(p->execname) + 1, 1);
	l.strings = loader_stack_take(s, l.args.bytes + l.env.bytes, 1);
	l.platform = loader_stack_push(s, platform, sizeof(platform), 16);
	l.random = loader_stack_push(s, p->random, RANDOM_BYTES, 16);
	collect_aux(&l, p, exec);

	words = 1 + l.args.count + 1 + l.env.count + 1;
	argc_at = loader_stack_take(s, words * sizeof(u64) + l.naux * sizeof(l.aux[0]), 16);
	argv = argc_at + sizeof(u64);
	envv = argv + (l.args.count + 1) * sizeof(u64);
	auxv = envv + (l.env.count + 1) * sizeof(u64);

	loader_stack_put_strings(s, l.strings, &l.args);
	loader_stack_put_strings(s, l.strings + l.args.bytes, &l.env);
	loader_stack_put_u64(s, argc_at, l.args.count);
	loader_stack_put_vector(s, argv, &l.args, l.strings);
	loader_stack_put_vector(s, envv, &l.env, l.strings + l.args.bytes);
	loader_stack_put(s, auxv, l.aux, l.naux * sizeof(l.aux[0]));
	if (s->error)
		return s->error;
	*entry = (struct loader_entry){.sp = argc_at,
				       .argv = argv,
				       .envv = envv,
				       .auxv = auxv,
				       .auxv_size = l.naux * sizeof(l.aux[0])};
	return 0;
}
