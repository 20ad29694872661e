/* SPDX-License-Identifier: BSD-2-Clause */
/* A stack that overflows is a SIGSEGV handled on the alternate stack. */
#include "freebsd_context.h"

static char alternate[65536];

static void handle(int sig, struct siginfo *info, void *context)
{
	const struct ucontext *uc = context;
	u64 here = (u64)__builtin_frame_address(0);
	i64 distance = (i64)(uc->mc.rsp - info->si_addr);

	EXPECT_EQ(sig, SIGSEGV);
	EXPECT(here - (u64)alternate < sizeof(alternate));
	EXPECT(uc->mc.rsp - (u64)alternate >= sizeof(alternate));
	EXPECT(distance < 65536 && distance > -65536);
	EXPECT_EQ(uc->stack.ss_sp, alternate);
	exit(9);
}

static volatile int enough = 1 << 30;

static int recurse(int depth)
{
	volatile char room[4000];

	if (depth == enough)
		return 0;
	room[0] = (char)depth;
	return recurse(depth + 1) + room[0];
}

int main(void)
{
	struct stack stack = {.ss_sp = (u64)alternate, .ss_size = sizeof(alternate)};

	EXPECT_EQ(sigaltstack(&stack, NULL), 0);
	EXPECT_EQ(on_signal(SIGSEGV, handle, SA_ONSTACK), 0);
	return recurse(0);
}
