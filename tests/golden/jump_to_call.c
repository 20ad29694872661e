/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A branch straight to a system-call instruction, past the load before it, works at any
 * time: before the site has ever been used that way, and after it may have been patched.
 */
#include "guest.h"

long normal_entry(void);
long middle_entry(long nr);
__asm__("normal_entry:\n"
	"	movl $20, %eax\n" /* getpid */
	"the_call:\n"
	"	syscall\n"
	"	ret\n"
	"middle_entry:\n"
	"	movq %rdi, %rax\n"
	"	jmp the_call\n");

int main(void)
{
	long pid = getpid();
	long parent = getppid();
	int wrong = 0;

	EXPECT(pid != parent);
	EXPECT_EQ(middle_entry(SYS_getppid), parent);
	for (int i = 0; i < 1000; i++) {
		wrong += normal_entry() != pid;
		wrong += middle_entry(SYS_getppid) != parent;
		wrong += middle_entry(SYS_getpid) != pid;
	}
	EXPECT_EQ(wrong, 0);
	return 0;
}
