/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals: handlers and what they are told, masks, the alternate stack, interrupted calls. */
#include "guest.h"

static volatile int count;
static volatile int last_signal, last_code, last_pid;
static volatile u64 fault_address, handler_stack;

static void note(int sig, struct siginfo *info, void *context)
{
	(void)context;
	count++;
	last_signal = sig;
	last_code = info->si_code;
	last_pid = info->si_pid;
	handler_stack = (u64)__builtin_frame_address(0);
}

static u64 resume_at;

/* Leaves a fault the way longjmp would: the test's own recovery, without a context. */
static void recover(int sig, struct siginfo *info, void *context)
{
	(void)context;
	last_signal = sig;
	fault_address = info->si_addr;
	handler_stack = (u64)__builtin_frame_address(0);
	signal_mask(SIG_SETMASK, 0, NULL);
	__builtin_longjmp((void **)resume_at, 1);
}

static void fault_at(volatile char *address)
{
	void *buffer[5];

	resume_at = (u64)buffer;
	if (__builtin_setjmp(buffer) == 0)
		*address = 1;
}

static void send_later(int sig)
{
	struct timespec soon = {0, 50000000};
	int parent = getpid();

	if (fork() == 0) {
		nanosleep(&soon, NULL);
		kill(parent, sig);
		exit(0);
	}
}

int main(void)
{
	static char alternate[65536];
	struct stack stack = {.ss_sp = (u64)alternate, .ss_size = sizeof(alternate)};
	char byte;
	u64 old;
	int fds[2];

	EXPECT_EQ(on_signal(SIGUSR1, note, 0), 0);
	EXPECT_EQ(kill(getpid(), SIGUSR1), 0);
	EXPECT_EQ(count, 1);
	EXPECT_EQ(last_signal, SIGUSR1);
	EXPECT_EQ(last_code, SI_USER);
	EXPECT_EQ(last_pid, getpid());

	EXPECT_EQ(signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGUSR1) | SIGNAL_BIT(SIGUSR2), &old), 0);
	EXPECT_EQ(old, 0);
	EXPECT_EQ(kill(getpid(), SIGUSR1), 0);
	EXPECT_EQ(kill(getpid(), SIGUSR1), 0);
	EXPECT_EQ(count, 1);
	EXPECT_ERROR(sigsuspend_mask(SIGNAL_BIT(SIGUSR2)), EINTR);
	EXPECT_EQ(count, 2);
	EXPECT_EQ(signal_mask(SIG_SETMASK, 0, &old), 0);
	EXPECT_EQ(old, SIGNAL_BIT(SIGUSR1) | SIGNAL_BIT(SIGUSR2));
	EXPECT_EQ(count, 2);

	EXPECT_EQ(sigaltstack(&stack, NULL), 0);
	EXPECT_EQ(on_signal(SIGUSR2, note, SA_ONSTACK | SA_RESETHAND), 0);
	EXPECT_EQ(kill(getpid(), SIGUSR2), 0);
	EXPECT_EQ(count, 3);
	EXPECT(handler_stack - (u64)alternate < sizeof(alternate));

	EXPECT_EQ(on_signal(SIGSEGV, recover, SA_ONSTACK), 0);
	fault_at((char *)0x1234);
	EXPECT_EQ(last_signal, SIGSEGV);
	EXPECT_EQ(fault_address, 0x1234);
	EXPECT(handler_stack - (u64)alternate < sizeof(alternate));

	EXPECT_EQ(pipe2(fds, 0), 0);
	send_later(SIGUSR1);
	EXPECT_ERROR(read(fds[0], &byte, 1), EINTR);
	EXPECT_EQ(count, 4);
	EXPECT(waitpid(-1, NULL, 0) > 0);

	EXPECT_EQ(on_signal(SIGUSR1, note, SA_RESTART), 0);
	send_later(SIGUSR1);
	if (fork() == 0) {
		struct timespec later = {0, 150000000};

		nanosleep(&later, NULL);
		write(fds[1], "r", 1);
		exit(0);
	}
	EXPECT_EQ(read(fds[0], &byte, 1), 1);
	EXPECT_EQ(count, 5);
	EXPECT(waitpid(-1, NULL, 0) > 0);
	EXPECT(waitpid(-1, NULL, 0) > 0);

	print("and one that nothing handles ends the process\n");
	kill(getpid(), SIGUSR2);
	print("FAILED still here\n");
	return 0;
}
