/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * First stacks: built into a buffer that stands for the stack of the guest, then walked
 * as the start-up code of each system walks it.
 */

#include "core/abi.h"
#include "personality/freebsd/exec_stack.h"
#include "loader/stack_sysv.h"
#include "tests/unit/tap.h"

#define SIZE 0x4000
#define TOP  0x7fff00000000UL

static u8 memory[SIZE];
static long writes, fail_at;

static long put(void *ctx, u64 addr, const void *p, size_t n)
{
	(void)ctx;
	if (++writes == fail_at)
		return -CORE_EFAULT;
	if (addr < TOP - SIZE || n > TOP - addr) {
		ok(false, "a write of %zu bytes at 0x%lx is outside of the stack", n, addr);
		return -CORE_EFAULT;
	}
	memcpy(memory + (addr - (TOP - SIZE)), p, n);
	return 0;
}

static void *at(u64 addr)
{
	static u8 nothing[64];

	return addr >= TOP - SIZE && addr < TOP ? memory + (addr - (TOP - SIZE)) : nothing;
}

static u64 word(u64 addr)
{
	u64 w;

	memcpy(&w, at(addr), sizeof(w));
	return w;
}

static u64 aux(const struct loader_entry *e, u64 type)
{
	for (u64 a = e->auxv; word(a); a += 16) {
		if (word(a) == type)
			return word(a + 8);
	}
	return ~0UL;
}

static const char *const args[] = {"prog", "", "-x y", NULL};
static const char *const env[] = {"HOME=/root", "A=b", NULL};
static const char *const none[] = {NULL};
static struct loader_elf_plan plan = {.entry = 0x1234,
				      .phdr = 0x40,
				      .phnum = 7,
				      .phentsize = 56,
				      .flags = 5,
				      .has_stack = true,
				      .stack_prot = 3};

static struct loader_program program(void)
{
	struct loader_program p = {.argv = args,
				   .envp = env,
				   .execname = "./prog",
				   .execpath = "/usr/local/bin/prog",
				   .plan = &plan,
				   .bias = 0x10000000,
				   .has_interp = true,
				   .interp_base = 0x20000000,
				   .stack_limit = 8 << 20,
				   .ncpus = 6,
				   .uid = 1,
				   .euid = 2,
				   .gid = 3,
				   .egid = 4};

	for (u32 i = 0; i < sizeof(p.random); i++)
		p.random[i] = (u8)(i + 1);
	return p;
}

static struct loader_stack stack(void)
{
	memset(memory, 0xee, sizeof(memory));
	writes = 0;
	return (struct loader_stack){.sp = TOP, .limit = TOP - SIZE, .put = put};
}

/* argc, argv and envp as they must lie from addr on. */
static void walk_vectors(u64 addr, const struct loader_entry *e)
{
	is_number((long)word(addr), 3, "argc");
	is_number((long)e->argv, (long)addr + 8, "argv follows");
	for (int i = 0; i < 3; i++)
		is_string(at(word(addr + 8 + 8 * (u64)i)), args[i], "argv[%d]", i);
	is_number((long)word(addr + 32), 0, "a null pointer ends argv");
	is_number((long)e->envv, (long)addr + 40, "envp follows");
	for (int i = 0; i < 2; i++)
		is_string(at(word(addr + 40 + 8 * (u64)i)), env[i], "envp[%d]", i);
	is_number((long)word(addr + 56), 0, "a null pointer ends envp");
	is_number((long)e->auxv, (long)addr + 64, "the auxiliary vector follows");
	ok(word(addr + 8) + 5 == word(addr + 16), "argument strings are without gaps");
}

static void test_freebsd(void)
{
	struct loader_stack s = stack();
	struct loader_program p = program();
	struct freebsd_exec exec = {.osreldate = 1400097};
	struct loader_entry e;

	is_number(freebsd_exec_stack(&s, &p, &exec, &e), 0, "FreeBSD: built");
	is_number((long)(e.sp & 15), 8, "rsp is 8 modulo 16");
	ok(e.sp == e.arg0 || e.sp == e.arg0 - 8, "and at argc or just below");
	walk_vectors(e.arg0, &e);
	is_number((long)aux(&e, 3), 0x10000040, "AT_PHDR");
	is_number((long)aux(&e, 4), 56, "AT_PHENT");
	is_number((long)aux(&e, 5), 7, "AT_PHNUM");
	is_number((long)aux(&e, 6), 4096, "AT_PAGESZ");
	is_number((long)aux(&e, 7), 0x20000000, "AT_BASE: the dynamic linker's");
	is_number((long)aux(&e, 9), 0x10001234, "AT_ENTRY");
	is_string(at(aux(&e, 15)), "/usr/local/bin/prog", "AT_EXECPATH");
	is_number((long)aux(&e, 17), 64, "AT_CANARYLEN");
	ok(memcmp(at(aux(&e, 16)), p.random, 64) == 0, "AT_CANARY");
	is_number((long)aux(&e, 18), 1400097, "AT_OSRELDATE");
	is_number((long)aux(&e, 19), 6, "AT_NCPUS");
	is_number((long)aux(&e, 21), 24, "AT_PAGESIZESLEN");
	is_number((long)word(aux(&e, 20)), 4096, "AT_PAGESIZES");
	is_number((long)aux(&e, 22), -1, "no AT_TIMEKEEP without a shared page");
	is_number((long)aux(&e, 23), 3, "AT_STACKPROT");
	is_number((long)aux(&e, 24), 5, "AT_EHDRFLAGS");
	is_number((long)aux(&e, 25), -1, "no AT_HWCAP on amd64");
	is_number((long)aux(&e, 27), 0, "AT_BSDFLAGS");
	is_number((long)aux(&e, 28), 3, "AT_ARGC");
	is_number((long)aux(&e, 29), (long)e.argv, "AT_ARGV");
	is_number((long)aux(&e, 30), 2, "AT_ENVC");
	is_number((long)aux(&e, 31), (long)e.envv, "AT_ENVV");
	is_number((long)aux(&e, 32), (long)TOP - 32, "AT_PS_STRINGS is at the top");
	is_number((long)aux(&e, 35), (long)TOP, "AT_USRSTACKBASE");
	is_number((long)aux(&e, 36), 8 << 20, "AT_USRSTACKLIM");
	is_number((long)e.auxv_size, 37 * 16, "room for AT_COUNT entries");
	is_number((long)word(e.auxv + 36 * 16), 0, "all of it written");
	is_number((long)word(e.ps_strings), (long)e.argv, "ps_strings: argv");
	is_number((long)(word(e.ps_strings + 8) & 0xffffffff), 3, "ps_strings: argc");
	is_number((long)word(e.ps_strings + 16), (long)e.envv, "ps_strings: envp");
	is_number((long)(word(e.ps_strings + 24) & 0xffffffff), 2, "ps_strings: envc");
}

static void test_freebsd_static(void)
{
	struct loader_stack s = stack();
	struct loader_program p = program();
	struct loader_elf_plan fixed = plan;
	struct freebsd_exec exec = {.osreldate = 1400097, .timekeep = 0x1000, .bsdflags = 1};
	struct loader_entry e;

	fixed.has_stack = false;
	p.plan = &fixed;
	p.has_interp = false;
	p.bias = 0;
	p.execpath = NULL;
	p.envp = none;
	is_number(freebsd_exec_stack(&s, &p, &exec, &e), 0, "FreeBSD: a static program");
	is_number((long)aux(&e, 7), 0, "AT_BASE is 0");
	is_number((long)aux(&e, 15), -1, "no AT_EXECPATH when it is not known");
	is_number((long)aux(&e, 22), 0x1000, "AT_TIMEKEEP");
	is_number((long)aux(&e, 23), 7, "AT_STACKPROT without PT_GNU_STACK");
	is_number((long)aux(&e, 27), 1, "AT_BSDFLAGS");
	is_number((long)word(e.envv), 0, "empty environment");
}

static void test_linux(void)
{
	static const struct loader_aux host[] = {{33, 0x7ff000}, {16, 0xbeef}, {17, 100}, {3, 9},
						 {26, 2},	 {51, 3376},   {0, 0}};
	struct loader_stack s = stack();
	struct loader_program p = program();
	struct loader_sysv exec = {.host = host};
	struct loader_entry e;

	p.secure = true;
	is_number(loader_sysv_stack(&s, &p, &exec, &e), 0, "Linux: built");
	is_number((long)(e.sp & 15), 0, "rsp is a multiple of 16");
	is_number((long)e.arg0, 0, "no argument register");
	walk_vectors(e.sp, &e);
	is_number((long)word(e.auxv), 33, "AT_SYSINFO_EHDR comes first");
	is_number((long)aux(&e, 33), 0x7ff000, "and is the host's");
	is_number((long)aux(&e, 16), 0xbeef, "AT_HWCAP");
	is_number((long)aux(&e, 17), 100, "AT_CLKTCK");
	is_number((long)aux(&e, 26), 2, "AT_HWCAP2");
	is_number((long)aux(&e, 51), 3376, "AT_MINSIGSTKSZ");
	is_number((long)aux(&e, 3), 0x10000040, "AT_PHDR is the program's, not the host's");
	is_number((long)aux(&e, 5), 7, "AT_PHNUM");
	is_number((long)aux(&e, 7), 0x20000000, "AT_BASE");
	is_number((long)aux(&e, 9), 0x10001234, "AT_ENTRY");
	is_number((long)aux(&e, 11), 1, "AT_UID");
	is_number((long)aux(&e, 12), 2, "AT_EUID");
	is_number((long)aux(&e, 13), 3, "AT_GID");
	is_number((long)aux(&e, 14), 4, "AT_EGID");
	is_number((long)aux(&e, 23), 1, "AT_SECURE");
	ok(memcmp(at(aux(&e, 25)), p.random, 16) == 0, "AT_RANDOM");
	is_string(at(aux(&e, 31)), "./prog", "AT_EXECFN");
	is_string(at(aux(&e, 15)), "x86_64", "AT_PLATFORM");
	is_number((long)word(e.auxv + e.auxv_size - 16), 0, "AT_NULL ends it");
	is_number((long)word(TOP - 8), 0, "a null word is at the top");
	exec.host = NULL;
	s = stack();
	p.has_interp = false;
	is_number(loader_sysv_stack(&s, &p, &exec, &e), 0, "Linux: without a host's vector");
	is_number((long)aux(&e, 33), -1, "there is no vDSO");
	is_number((long)aux(&e, 7), 0, "AT_BASE is 0 without a dynamic linker");
}

static void test_limits(void)
{
	struct freebsd_exec fexec = {.osreldate = 1400097};
	struct loader_sysv lexec = {0};
	struct loader_program p = program();
	struct loader_entry e;
	struct loader_stack s = stack(), measured;
	u64 need;

	measured = (struct loader_stack){.sp = TOP};
	is_number(freebsd_exec_stack(&measured, &p, &fexec, &e), 0, "a measurement succeeds");
	is_number(writes, 0, "and writes nothing");
	need = TOP - measured.sp;
	s.limit = TOP - need;
	is_number(freebsd_exec_stack(&s, &p, &fexec, &e), 0, "what was measured is enough");
	s = stack();
	s.limit = TOP - need + 8;
	is_number(freebsd_exec_stack(&s, &p, &fexec, &e), -CORE_E2BIG, "a word less is not");
	s = stack();
	s.limit = TOP - 100;
	is_number(loader_sysv_stack(&s, &p, &lexec, &e), -CORE_E2BIG, "Linux: too small");
	s = (struct loader_stack){.sp = 64};
	is_number(loader_sysv_stack(&s, &p, &lexec, &e), -CORE_E2BIG, "addresses do not wrap");
	for (long i = 1; i < 40; i += 13) {
		s = stack();
		fail_at = i;
		is_number(freebsd_exec_stack(&s, &p, &fexec, &e), -CORE_EFAULT,
			  "write %ld fails and is told", i);
		is_number(writes, i, "nothing is written after that");
		fail_at = 0;
	}
}

int main(void)
{
	test_freebsd();
	test_freebsd_static();
	test_linux();
	test_limits();
	return tap_end();
}
