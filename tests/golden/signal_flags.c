/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Handlers and their flags, masks while they run, the alternate stack, children, contexts
 * that a program makes up, and what a new program finds of all that.
 */
#include "freebsd_context.h"

#define SYS_getcontext	421
#define SYS_setcontext	422
#define SYS_swapcontext 423
#define WUNTRACED	2 /* sys/wait.h */

static int count, depth, deepest;
static u64 mask_seen, stack_seen;
static struct siginfo seen;

static u64 mask_now(void)
{
	u64 old = 0;

	signal_mask(SIG_BLOCK, 0, &old);
	return old;
}

static void note(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)context;
	count++;
	seen = *info;
	mask_seen = mask_now();
	stack_seen = (u64)__builtin_frame_address(0);
}

/* Raises itself again, once; deepest tells whether it nested. */
static void nest(int sig, struct siginfo *info, void *context)
{
	(void)info, (void)context;
	count++;
	depth++;
	deepest = depth > deepest ? depth : deepest;
	if (count == 1)
		kill(getpid(), sig);
	depth--;
}

struct action {
	signal_handler *handler;
	i32 flags;
	u32 mask[4];
};

static void flags(void)
{
	struct action a = {.handler = note, .flags = SA_SIGINFO, .mask = {SIGNAL_BIT(SIGUSR2)}}, b;

	sys(SYS_sigaction, SIGUSR1, &a, NULL);
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(mask_seen, SIGNAL_BIT(SIGUSR1) | SIGNAL_BIT(SIGUSR2));
	EXPECT_EQ(mask_now(), 0);
	EXPECT_EQ(sys(SYS_sigaction, SIGUSR1, NULL, &b), 0);
	EXPECT(b.handler == note && b.flags == SA_SIGINFO && b.mask[0] == a.mask[0]);
	on_signal(SIGUSR1, note, SA_NODEFER);
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(mask_seen, 0);
	on_signal(SIGUSR1, note, SA_RESETHAND);
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(mask_seen, SIGNAL_BIT(SIGUSR1));
	sys(SYS_sigaction, SIGUSR1, NULL, &b);
	EXPECT(b.handler == HANDLER_DEFAULT);
	count = deepest = 0;
	on_signal(SIGUSR1, nest, 0);
	kill(getpid(), SIGUSR1);
	EXPECT(count == 2 && deepest == 1);
	count = deepest = 0;
	on_signal(SIGUSR1, nest, SA_NODEFER);
	kill(getpid(), SIGUSR1);
	EXPECT(count == 2 && deepest == 2);
	EXPECT_EQ(sys(SYS_sigaction, SIGUSR1, 8, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_sigaction, SIGUSR1, NULL, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_sigprocmask, SIG_BLOCK, 8, NULL), -EFAULT);
	a.mask[0] = 0;
	EXPECT_EQ(sys(SYS_sigprocmask, 0, a.mask, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_sigprocmask, 4, a.mask, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_sigprocmask, 4, NULL, b.mask), 0);
	signal_mask(SIG_SETMASK, ~0UL, NULL);
	EXPECT_EQ(mask_now() & (SIGNAL_BIT(SIGKILL) | SIGNAL_BIT(SIGSTOP)), 0);
	signal_mask(SIG_SETMASK, 0, NULL);
}

/* ---- the alternate stack ------------------------------------------------------------------ */

static char alternate[65536];
static long from_handler;
static struct stack told;

static void on_alternate(int sig, struct siginfo *info, void *context)
{
	struct stack s = {.ss_sp = (u64)alternate, .ss_size = sizeof(alternate)};

	note(sig, info, context);
	told.ss_flags = -1;
	from_handler = sys(SYS_sigaltstack, &s, NULL);
	sys(SYS_sigaltstack, NULL, &told);
}

static void alternate_stack(void)
{
	struct stack s = {.ss_sp = (u64)alternate, .ss_size = 2047}, old;

	sys(SYS_sigaltstack, NULL, &old);
	EXPECT_EQ(old.ss_flags, SS_DISABLE);
	EXPECT_EQ(sys(SYS_sigaltstack, &s, NULL), -ENOMEM);
	s.ss_size = sizeof(alternate);
	s.ss_flags = SS_ONSTACK;
	EXPECT_EQ(sys(SYS_sigaltstack, &s, NULL), -EINVAL);
	s.ss_flags = 8;
	EXPECT_EQ(sys(SYS_sigaltstack, &s, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_sigaltstack, 8, NULL), -EFAULT);
	s.ss_flags = 0;
	EXPECT_EQ(sys(SYS_sigaltstack, &s, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_sigaltstack, &s, &old), 0);
	EXPECT(old.ss_sp == (u64)alternate && old.ss_flags == 0);
	on_signal(SIGUSR1, on_alternate, SA_ONSTACK);
	kill(getpid(), SIGUSR1);
	EXPECT(stack_seen - (u64)alternate < sizeof(alternate));
	EXPECT_EQ(from_handler, -EPERM);
	EXPECT_EQ(told.ss_flags, SS_ONSTACK);
	on_signal(SIGUSR1, on_alternate, 0);
	kill(getpid(), SIGUSR1);
	EXPECT(stack_seen - (u64)alternate >= sizeof(alternate));
	EXPECT_EQ(from_handler, 0);
	s.ss_flags = SS_DISABLE;
	EXPECT_EQ(sys(SYS_sigaltstack, &s, NULL), 0);
	on_signal(SIGUSR1, note, SA_ONSTACK);
	kill(getpid(), SIGUSR1);
	EXPECT(stack_seen - (u64)alternate >= sizeof(alternate));
}

/* ---- children ----------------------------------------------------------------------------------
 */

static void children(void)
{
	struct timespec soon = {0, 50000000};
	int pid, status;

	on_signal(SIGCHLD, note, 0);
	count = 0;
	pid = fork();
	if (pid == 0) {
		kill(getpid(), SIGSTOP);
		nanosleep(&soon, NULL); /* or its end could not be told from its going on */
		exit(3);
	}
	while (sys(SYS_wait4, pid, &status, WUNTRACED, NULL) != pid)
		;
	EXPECT_EQ(status, SIGSTOP << 8 | 0x7f);
	EXPECT_EQ(count, 1);
	EXPECT(seen.si_code == 5 && seen.si_status == SIGSTOP && seen.si_pid == pid);
	kill(pid, SIGCONT);
	while (waitpid(pid, &status, 0) != pid)
		;
	EXPECT_EQ(WEXITSTATUS(status), 3);
	EXPECT(seen.si_code == 1 && seen.si_status == 3);
	on_signal(SIGCHLD, note, SA_NOCLDSTOP);
	count = 0;
	pid = fork();
	if (pid == 0) {
		kill(getpid(), SIGSTOP);
		exit(3);
	}
	EXPECT_EQ(sys(SYS_wait4, pid, &status, WUNTRACED, NULL), pid);
	nanosleep(&soon, NULL);
	EXPECT_EQ(count, 0);
	kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) != pid)
		;
	EXPECT_EQ(WTERMSIG(status), SIGKILL);
	EXPECT_EQ(count, 1);
	on_signal(SIGCHLD, note, SA_NOCLDWAIT);
	pid = fork();
	if (pid == 0)
		exit(3);
	while (sys(SYS_wait4, pid, &status, 0, NULL) == -EINTR)
		;
	EXPECT_EQ(sys(SYS_wait4, pid, &status, 0, NULL), -ECHILD);
	on_signal(SIGCHLD, HANDLER_DEFAULT, 0);
}

/* ---- contexts
 * ------------------------------------------------------------------------------------ */

static struct ucontext here, there;
static u64 xmm_seen[2];

static void resumed(void)
{
	__asm__ volatile("movups %%xmm7, %0" : "=m"(xmm_seen));
	sys(SYS_setcontext, &here);
	print("FAILED came back\n");
}

static void contexts(void)
{
	static char stack[16384] __attribute__((aligned(16)));
	static const u64 value[2] = {0x1234, 0x5678};
	volatile int passed = 0;

	EXPECT_EQ(sys(SYS_getcontext, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_setcontext, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_setcontext, 8), -EFAULT);
	__asm__ volatile("movups %0, %%xmm7" : : "m"(value) : "xmm7");
	EXPECT_EQ(sys(SYS_getcontext, &there), 0);
	EXPECT(there.mc.len == 800 && there.mc.rax == 0 && there.mc.ownedfp == MC_FPOWNED_FPU);
	/* xmm7 as it was, 272 bytes into the fxsave area; the library does not use it */
	EXPECT(there.mc.fpstate[34] == 0x1234 && there.mc.fpstate[35] == 0x5678);
	there.mc.rip = (u64)resumed;
	there.mc.rsp = (u64)stack + sizeof(stack) - 8;
	__asm__ volatile("pxor %%xmm7, %%xmm7" : : : "xmm7");
	EXPECT_EQ(sys(SYS_swapcontext, &here, &there), 0);
	passed++;
	EXPECT(passed == 1 && xmm_seen[0] == 0x1234 && xmm_seen[1] == 0x5678);

	print("what no processor takes is refused\n");
	there.mc.len = 799;
	EXPECT_EQ(sys(SYS_setcontext, &there), -EINVAL);
	EXPECT_EQ(sys(SYS_sigreturn, &there), -EINVAL);
	there.mc.len = 800;
	there.mc.flags = 0x80;
	EXPECT_EQ(sys(SYS_sigreturn, &there), -EINVAL);
	there.mc.flags = 0;
	there.mc.rflags = 0x3202; /* input and output privilege */
	EXPECT_EQ(sys(SYS_sigreturn, &there), -EINVAL);
	there.mc.rflags = 0x202;
	there.mc.ownedfp = 7;
	EXPECT_EQ(sys(SYS_sigreturn, &there), -EINVAL);
	there.mc.ownedfp = MC_FPOWNED_FPU;
	there.mc.flags = MC_HASFPXSTATE;
	there.mc.xfpustate = 8;
	there.mc.xfpustate_len = 64;
	EXPECT_EQ(sys(SYS_sigreturn, &there), -EFAULT);
	there.mc.xfpustate_len = 1UL << 40;
	EXPECT_EQ(sys(SYS_sigreturn, &there), -EINVAL);
	there.mc.flags = MC_HASBASES;
	there.mc.fsbase = 1UL << 63;
	EXPECT_EQ(sys(SYS_sigreturn, &there), -EINVAL);
	EXPECT_EQ(sys(SYS_sigreturn, NULL), -EFAULT);
}

static u64 bad_pc;
static int bus_seen;
static void *back[5];

static void recover(int sig, struct siginfo *info, void *context)
{
	struct ucontext *uc = context;

	(void)info;
	bus_seen = sig;
	bad_pc = uc->mc.rip;
	signal_mask(SIG_SETMASK, 0, NULL);
	__builtin_longjmp(back, 1);
}

static void impossible_return(void)
{
	on_signal(SIGBUS, recover, SA_ONSTACK);
	on_signal(SIGSEGV, recover, SA_ONSTACK);
	if (__builtin_setjmp(back) == 0) {
		sys(SYS_getcontext, &there);
		there.mc.rip = 1UL << 62;
		sys(SYS_setcontext, &there);
		print("FAILED came back\n");
	}
	EXPECT_EQ(bus_seen, SIGBUS);
	EXPECT_EQ(bad_pc, 1UL << 62);
}

/* ---- a new program
 * ------------------------------------------------------------------------------- */

static int in_new_program(void)
{
	struct action a;
	u64 old = mask_now();

	for (int sig = 1; sig < 32; sig++) {
		sys(SYS_sigaction, sig, NULL, &a);
		if (a.handler == HANDLER_IGNORE)
			print("ignored: %d\n", sig);
		else if (a.handler != HANDLER_DEFAULT)
			print("FAILED %d has a handler\n", sig);
		if (old & SIGNAL_BIT(sig))
			print("blocked: %d\n", sig);
	}
	return 0;
}

int main(int argc, char **argv)
{
	char *const new_argv[] = {argv[0], "again", NULL};
	char *const new_envp[] = {NULL};

	if (argc > 1)
		return in_new_program();
	print("flags\n");
	flags();
	print("the alternate stack\n");
	alternate_stack();
	print("children\n");
	children();
	print("contexts\n");
	contexts();
	impossible_return();
	print("a new program\n");
	on_signal(SIGSEGV, HANDLER_IGNORE, 0);
	on_signal(SIGTERM, HANDLER_IGNORE, 0);
	on_signal(SIGUSR1, note, 0);
	on_signal(SIGBUS, HANDLER_DEFAULT, 0);
	signal_mask(SIG_SETMASK, SIGNAL_BIT(SIGUSR2) | SIGNAL_BIT(SIGSEGV) | SIGNAL_BIT(SIGHUP),
		    NULL);
	execve(argv[0], new_argv, new_envp);
	print("FAILED execve %d\n", errno);
	return 1;
}
