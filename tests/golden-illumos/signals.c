/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals that are waited for, queued and sent to sets; frames, contexts and what a handler
 * changes. */
#include "illumos_thread.h"

#define GETCONTEXT 0
#define UC_ALL	   0x0f
#define UC_XSAVE   0x10
#define REG_RAX	   14
#define REG_TRAPNO 15
#define SI_NOINFO  32767

struct ucontext {
	u64 flags;
	struct ucontext *link;
	u32 mask[4];
	struct stack stack;
	u64 pad;
	u64 gregs[28];
	u8 fpregs[528];
	u64 brand[3];
	u64 xsave, filler, pad1;
} __attribute__((aligned(16)));
_Static_assert(sizeof(struct ucontext) == 864, "ucontext_t");

struct procset {
	i32 op, lidtype, lid, ridtype, rid;
};

#define POP_AND 1

static volatile int handled, code, pid_told;
static volatile u64 value, link_seen;
static struct ucontext saved;

static void note(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)context;
	handled++;
	code = info ? info->si_code : -99;
	pid_told = info ? info->si_pid : 0;
	value = info ? info->si_value : 0;
}

static void waits(void)
{
	struct timespec none = {0, 0}, soon = {0, 2000000}, bad = {0, 1000000000};
	u64 set[2] = {SIGNAL_BIT(SIGUSR1), 0}, empty[2] = {0, 0};
	struct siginfo info;

	signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGUSR1), NULL);
	EXPECT_EQ(sys(SYS_sigtimedwait, set, &info, &none), -EAGAIN);
	EXPECT_EQ(sys(SYS_sigtimedwait, set, &info, &soon), -EAGAIN);
	EXPECT_EQ(sys(SYS_sigtimedwait, set, &info, &bad), -EINVAL);
	EXPECT_EQ(sys(SYS_sigtimedwait, empty, &info, &none), -EINVAL);
	EXPECT_EQ(sys(SYS_sigtimedwait, 8, &info, &none), -EFAULT);
	EXPECT_EQ(sys(SYS_sigqueue, getpid(), SIGUSR1, 0x1234567890, SI_QUEUE, 0), 0);
	EXPECT_EQ(sys(SYS_sigtimedwait, set, &info, NULL), SIGUSR1);
	EXPECT(info.si_signo == SIGUSR1 && info.si_code == SI_QUEUE && info.si_errno == 0);
	EXPECT(info.si_pid == getpid() && info.si_value == 0x1234567890);
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(sys(SYS_sigtimedwait, set, NULL, NULL), SIGUSR1);
	EXPECT_EQ(sys(SYS_sigqueue, getpid(), SIGUSR1, 0, SI_USER, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_sigqueue, 0, SIGUSR1, 0, SI_QUEUE, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_sigqueue, getpid(), 100, 0, SI_QUEUE, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_sigqueue, 0x3fffffff, SIGUSR1, 0, SI_QUEUE, 0), -ESRCH);
	EXPECT_EQ(sys(SYS_sigqueue, getpid(), 0, 0, SI_QUEUE, 0), 0);
	signal_mask(SIG_UNBLOCK, SIGNAL_BIT(SIGUSR1), NULL);
}

static void sets(void)
{
	struct procset me = {POP_AND, P_PID, getpid(), P_ALL, 0},
		       none = {POP_AND, P_PID, 0x3fffffff, P_ALL, 0};
	struct procset bad = {99, P_PID, 0, P_ALL, 0};

	on_signal(SIGUSR1, note, 0);
	handled = 0;
	EXPECT_EQ(sys(SYS_sigsendsys, &me, SIGUSR1), 0);
	EXPECT(handled == 1 && code == SI_USER && pid_told == getpid());
	EXPECT_EQ(sys(SYS_sigsendsys, &me, 0), 0);
	EXPECT_EQ(sys(SYS_sigsendsys, &none, SIGUSR1), -ESRCH);
	EXPECT_EQ(sys(SYS_sigsendsys, &bad, SIGUSR1), -EINVAL);
	EXPECT_EQ(sys(SYS_sigsendsys, &me, 100), -EINVAL);
	EXPECT_EQ(sys(SYS_sigsendsys, 8, SIGUSR1), -EFAULT);
}

static void again(void)
{
	struct siginfo info = {.si_signo = SIGUSR1, .si_code = SI_QUEUE};
	u64 empty[2] = {0, 0};

	info.si_pid = 77;
	info.si_value = 88;
	handled = 0;
	EXPECT_EQ(sys(SYS_sigresend, SIGUSR1, &info, empty), 0);
	EXPECT(handled == 1 && code == SI_QUEUE && pid_told == 77 && value == 88);
	EXPECT_EQ(sys(SYS_sigresend, SIGUSR2, &info, empty), -EINVAL);
	EXPECT_EQ(sys(SYS_sigresend, SIGKILL, NULL, empty), -EINVAL);
	EXPECT_EQ(sys(SYS_sigresend, SIGUSR1, 8, empty), -EFAULT);
	EXPECT_EQ(sys(SYS_sigresend, SIGUSR1, &info, 8), -EFAULT);
}

/* ---- contexts ------------------------------------------------------------------------------ */

static char other_stack[16384];

static void on_other_stack(void)
{
	print("on a context of our own\n");
	sys(SYS_context, SETCONTEXT, &saved);
}

/* In the caller's own frame, which is there when the context is used. */
static inline __attribute__((always_inline)) void get_context(struct ucontext *uc)
{
	long nr = SYS_context;

	__asm__ volatile("syscall"
			 : "+a"(nr)
			 : "D"((long)GETCONTEXT), "S"(uc)
			 : "rcx", "rdx", "r8", "r9", "r10", "r11", "memory");
}

static void contexts(void)
{
	static volatile int times;
	static struct ucontext made;

	EXPECT_EQ(sys(SYS_context, GETCONTEXT, 8), -EFAULT);
	saved.flags = UC_ALL;
	get_context(&saved);
	times++;
	print("here for the %d. time\n", times);
	if (times == 1) {
		made = saved;
		made.gregs[REG_RIP] = (u64)on_other_stack;
		made.gregs[REG_RSP] = (u64)(other_stack + sizeof(other_stack) - 8);
		sys(SYS_context, SETCONTEXT, &made);
	}
	EXPECT_EQ(sys(SYS_context, SETCONTEXT, 8), -EFAULT);
}

static void mend(int sig, struct siginfo *info, void *context)
{
	struct ucontext *uc = context;

	print("signal %d, code %d, at %lu, trap %lu\n", sig, info->si_code, info->si_addr,
	      uc->gregs[REG_TRAPNO]);
	link_seen = (u64)uc->link;
	uc->gregs[REG_RAX] = (u64)&handled;
}

/* The load faults, is done again with what the handler put into rax, and finds 5. */
static void faults(void)
{
	int got;

	on_signal(SIGSEGV, mend, 0);
	handled = 5;
	__asm__ volatile("movl $16, %%eax\n\tmovl (%%rax), %0" : "=r"(got)::"rax", "memory");
	EXPECT_EQ(got, 5);
}

static void spoil(int sig, struct siginfo *info, void *context)
{
	struct ucontext *uc = context;

	(void)sig, (void)info;
	__asm__ volatile("pcmpeqd %%xmm5, %%xmm5\n\tpcmpeqd %%xmm6, %%xmm6" ::: "xmm5", "xmm6");
	handled = (int)(uc->flags & UC_ALL);
}

/* What the floating point unit has survives a handler that uses it. */
static void registers(void)
{
	u64 in[2] = {0x1122334455667788, 0x99aabbccddeeff00}, out[2] = {0, 0};
	register long r8 __asm__("r8") = 0;
	long nr = SYS_kill, pid = getpid();

	on_signal(SIGUSR2, spoil, 0);
	__asm__ volatile("movdqu %[in], %%xmm5\n\tsyscall\n\tmovdqu %%xmm5, %[out]"
			 : "+a"(nr), [out] "=m"(out)
			 : "D"(pid), "S"((long)SIGUSR2), [in] "m"(in), "r"(r8)
			 : "rcx", "r11", "rdx", "xmm5", "memory");
	EXPECT(out[0] == in[0] && out[1] == in[1]);
	EXPECT_EQ(handled, UC_ALL);
}

static volatile u64 seen_sp;

static void where(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	seen_sp = (u64)__builtin_frame_address(0);
}

static void stacks(void)
{
	static char room[SIGSTKSZ];
	struct stack on = {(u64)room, sizeof(room), 0}, off = {0, 0, SS_DISABLE},
		     small = {(u64)room, 100, 0}, was;

	EXPECT_EQ(sys(SYS_sigaltstack, &small, NULL), -ENOMEM);
	EXPECT_EQ(sys(SYS_sigaltstack, &on, NULL), 0);
	on_signal(SIGUSR1, where, SA_ONSTACK);
	kill(getpid(), SIGUSR1);
	EXPECT(seen_sp > (u64)room && seen_sp < (u64)room + sizeof(room));
	EXPECT_EQ(sys(SYS_sigaltstack, &off, &was), 0);
	EXPECT(was.ss_sp == (u64)room && was.ss_size == sizeof(room) && was.ss_flags == 0);
	kill(getpid(), SIGUSR1);
	EXPECT(seen_sp < (u64)room || seen_sp >= (u64)room + sizeof(room));
}

int main(void)
{
	waits();
	sets();
	again();
	contexts();
	faults();
	registers();
	stacks();
	return 0;
}
