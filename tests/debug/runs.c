/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For tests/tap/debug-attach.t: goes on and on, a turn for each line it reads, by a call site that
 * the runtime has changed long before; another thread waits where nobody disturbs it.
 */
#include "guest.h"

int turns;

long stub(void);
__asm__(".text\n.p2align 4\n.globl stub\n.type stub, @function\n"
	"stub: mov $20, %eax\n\tmov %rcx, %r10\n\tsyscall\n\tret\n.size stub, . - stub\n");

static void handler(int sig, struct siginfo *info, void *context)
{
	(void)info, (void)context;
	print("signal %d\n", sig);
}

__attribute__((noinline)) static int turn(int n)
{
	int same = 0;
	long pid = getpid();

	for (int i = 0; i < n; i++)
		same += stub() == pid;
	turns++;
	return same;
}

__attribute__((noinline)) static long next(char *c)
{
	return read(0, c, 1);
}

int main(int argc, char **argv)
{
	char c;

	(void)argc;
	on_signal(SIGUSR1, handler, 0);
	turn(100);
	print("ready\n");
	while (next(&c) == 1 && c != 'e') {
		if (c == 's')
			kill(getpid(), SIGUSR1);
		if (c == 'x')
			execve(argv[0], argv, (char *[]){NULL});
		if (c == '\n')
			print("same %d turns %d\n", turn(10), turns);
	}
	print("end\n");
	return 4;
}
