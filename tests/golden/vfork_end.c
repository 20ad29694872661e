/* SPDX-License-Identifier: BSD-2-Clause */
/* A vfork child that has ended can be waited for when its parent goes on. */
#include "guest.h"

#define SYS_wait4 7
#define WNOHANG	  1

/* No function of its own: the child would return from it, and then over its parent's stack. */
static inline __attribute__((always_inline)) long make_child(void)
{
	long ret, second;

	__asm__ volatile("syscall"
			 : "=a"(ret), "=d"(second)
			 : "0"((long)SYS_vfork)
			 : "rcx", "rdi", "rsi", "r8", "r9", "r10", "r11", "memory", "cc");
	return second ? 0 : ret;
}

int main(void)
{
	int missed = 0, status;

	for (int i = 0; i < 300; i++) {
		long child = make_child();

		if (child == 0)
			sys(SYS_exit, 0);
		if (sys(SYS_wait4, child, &status, WNOHANG, NULL) != child) {
			missed++;
			waitpid((int)child, &status, 0);
		}
	}
	EXPECT_EQ(missed, 0);
	return 0;
}
