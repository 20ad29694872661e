/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The carry flag says how a call ended, whatever it was before: for calls that need the whole of
 * the caller's registers too, and after the site has been patched.
 */
#include "freebsd_context.h"

#define SYS_getcontext 421
#define STRING_(x)     #x
#define STRING(x)      STRING_(x)

/* One site for each: the number is the five bytes in front of the call. */
#define SITE(name, nr)                                                                             \
	static inline __attribute__((always_inline)) long name(void *arg)                          \
	{                                                                                          \
		long ret;                                                                          \
		bool failed;                                                                       \
                                                                                                   \
		__asm__ volatile("stc\n\tmovl $" STRING(nr) ", %%eax\n\tsyscall"                   \
				 : "=a"(ret), "=@ccc"(failed)                                      \
				 : "D"(arg)                                                        \
				 : "rcx", "rdx", "r8", "r9", "r10", "r11", "memory");              \
		return failed ? -1000 - ret : ret;                                                 \
	}

SITE(context, SYS_getcontext)
SITE(process, SYS_getpid)
SITE(spawn, 251)	   /* rfork */
SITE(child_and_memory, 66) /* vfork */

int main(void)
{
	static struct ucontext uc;
	int status;

	for (int round = 0; round < 4; round++) {
		long child;

		EXPECT_EQ(context(&uc), 0);
		EXPECT(process(NULL) == getpid());
		EXPECT_EQ(context((void *)8), -1000 - EFAULT);
		child = spawn((void *)0x14); /* RFPROC | RFFDG */
		if (child == 0)
			exit(round);
		EXPECT(child > 0 && waitpid((int)child, &status, 0) == child &&
		       status == round << 8);
		child = child_and_memory(NULL);
		if (child == 0)
			exit(round);
		EXPECT(child > 0 && waitpid((int)child, &status, 0) == child &&
		       status == round << 8);
	}
	return 0;
}
