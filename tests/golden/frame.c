/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The signal frame: what faults say of themselves, what the context holds, and that every
 * register comes back from a handler as the handler left it there, vector registers too.
 */
#include "freebsd_context.h"

static struct siginfo info_seen;
static struct mcontext context_seen;
static u64 fourth_argument;
static int skip;
static u64 new_rbx;

static void handle(int sig, struct siginfo *info, void *context)
{
	struct ucontext *uc = context;

	__asm__ volatile("movq %%rcx, %0" : "=m"(fourth_argument));
	(void)sig;
	info_seen = *info;
	context_seen = uc->mc;
	uc->mc.rip += (u64)skip;
	if (new_rbx != 0)
		uc->mc.rbx = new_rbx;
	/* Whatever the handler does to registers and flags is undone. */
	__asm__ volatile("pcmpeqd %%xmm0, %%xmm0; pcmpeqd %%xmm15, %%xmm15; stc; movl $1, %%r11d" ::
			     : "xmm0", "xmm15", "r11", "cc");
}

/* Loads registers with known values, runs one instruction, and stores them again. */
struct values {
	u64 rbx, rcx, rdx, rsi, r8, r11, r15, flags, xmm0[2], xmm15[2];
};

#define RUN(instruction, v)                                                                        \
	__asm__ volatile("leaq -128(%%rsp), %%rsp; movq 48(%%rax), %%r15; movq 0(%%rax), %%rbx; "  \
			 "movq 8(%%rax), %%rcx\n"                                                  \
			 "movq 24(%%rax), %%rsi; movq 32(%%rax), %%r8; movq 40(%%rax), %%r11\n"    \
			 "movups 64(%%rax), %%xmm0; movups 80(%%rax), %%xmm15\n"                   \
			 "pushq 56(%%rax); popfq; movq 16(%%rax), %%rdx\n" instruction "\n"        \
			 "pushfq; popq 56(%%rax)\n"                                                \
			 "movq %%rbx, 0(%%rax); movq %%rcx, 8(%%rax); movq %%rdx, 16(%%rax)\n"     \
			 "movq %%rsi, 24(%%rax); movq %%r8, 32(%%rax); movq %%r11, 40(%%rax)\n"    \
			 "movq %%r15, 48(%%rax); movups %%xmm0, 64(%%rax)\n"                       \
			 "movups %%xmm15, 80(%%rax); cld; leaq 128(%%rsp), %%rsp\n" ::"a"(v)       \
			 : "rbx", "rcx", "rdx", "rsi", "rdi", "r8", "r11", "r15", "xmm0", "xmm15", \
			   "memory", "cc")

static const struct values start = {
    0x1b, 0x1c, 0x1d, 0x51, 0x08, 0x11, 0x15, 0x202 | 0x40, {0xaaaa, 0xbbbb}, {0xcccc, 0xdddd}};

static void expect_kept(const struct values *v)
{
	EXPECT_EQ(v->rbx, new_rbx != 0 ? new_rbx : start.rbx);
	EXPECT_EQ(v->rcx, start.rcx);
	EXPECT_EQ(v->rdx, start.rdx);
	EXPECT_EQ(v->rsi, start.rsi);
	EXPECT_EQ(v->r8, start.r8);
	EXPECT_EQ(v->r11, start.r11);
	EXPECT_EQ(v->r15, start.r15);
	EXPECT_EQ(v->flags & 0xcd5, start.flags & 0xcd5);
	EXPECT(v->xmm0[0] == 0xaaaa && v->xmm0[1] == 0xbbbb);
	EXPECT(v->xmm15[0] == 0xcccc && v->xmm15[1] == 0xdddd);
}

int main(void)
{
	struct values v;

	on_signal(SIGSEGV, handle, 0);
	on_signal(SIGILL, handle, 0);
	on_signal(SIGTRAP, handle, 0);
	on_signal(SIGFPE, handle, 0);

	print("a read of nothing\n");
	v = start;
	skip = 2;
	RUN("movl $0x1238, %%edi; movl (%%rdi), %%edi", &v);
	EXPECT_EQ(info_seen.si_signo, SIGSEGV);
	EXPECT_EQ(info_seen.si_code, 1);
	EXPECT_EQ(info_seen.si_addr, 0x1238);
	EXPECT_EQ(info_seen.si_trapno, T_PAGEFLT);
	EXPECT_EQ(fourth_argument, 0x1238);
	EXPECT_EQ(context_seen.trapno, T_PAGEFLT);
	EXPECT_EQ(context_seen.addr, 0x1238);
	EXPECT_EQ(context_seen.rdi, 0x1238);
	EXPECT_EQ(context_seen.rbx, 0x1b);
	EXPECT_EQ(context_seen.rcx, 0x1c);
	EXPECT_EQ(context_seen.r11, 0x11);
	EXPECT_EQ(context_seen.len, 800);
	EXPECT_EQ(context_seen.fpformat, MC_FPFMT_XMM);
	EXPECT(context_seen.ownedfp == MC_FPOWNED_FPU || context_seen.ownedfp == MC_FPOWNED_PCB);
	EXPECT_EQ(context_seen.fpstate[20], 0xaaaa); /* xmm0, 160 bytes into the fxsave area */
	expect_kept(&v);

	print("an undefined instruction\n");
	v = start;
	RUN("ud2", &v);
	EXPECT_EQ(info_seen.si_signo, SIGILL);
	EXPECT_EQ(info_seen.si_addr, context_seen.rip);
	expect_kept(&v);

	print("a division by zero, and a register changed by the handler\n");
	v = start;
	new_rbx = 0x77;
	RUN("movq %%rax, %%rdi; xorl %%eax, %%eax; xorl %%edx, %%edx; divl %%eax; movq %%rdi, "
	    "%%rax;"
	    "movl $0x1d, %%edx; pushq $0x242; popfq",
	    &v);
	EXPECT_EQ(info_seen.si_signo, SIGFPE);
	EXPECT_EQ(info_seen.si_code, 2);
	EXPECT_EQ(info_seen.si_trapno, T_DIVIDE);
	expect_kept(&v);

	print("a breakpoint\n");
	new_rbx = 0;
	skip = 0;
	v = start;
	RUN("int3", &v);
	EXPECT_EQ(info_seen.si_signo, SIGTRAP);
	EXPECT_EQ(info_seen.si_trapno, T_BPTFLT);
	expect_kept(&v);
	return 0;
}
