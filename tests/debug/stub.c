/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For tests/tap/debug.t: a system-call stub as FreeBSD's library has them, which the runtime makes
 * cheap when it has trapped often enough; a signal, a child, another program, a bad pointer.
 */
#include "guest.h"

int watched;

long stub(void);
__asm__(".text\n.p2align 4\n.globl stub\n.type stub, @function\n"
	"stub: mov $20, %eax\n\tmov %rcx, %r10\n\tsyscall\n\tret\n.size stub, . - stub\n");

static void handler(int sig, struct siginfo *info, void *context)
{
	(void)info, (void)context;
	watched += sig;
}

__attribute__((noinline)) static int deeper(int n)
{
	return n == 0 ? watched : 1 + deeper(n - 1);
}

__attribute__((noinline)) static void half(int n)
{
	__asm__ volatile("" : : "r"(n) : "memory");
}

int main(int argc, char **argv)
{
	int same = 0;
	long pid = getpid();

	for (int i = 0; i < 10; i++)
		same += stub() == pid;
	half(same);
	for (int i = 0; i < 10; i++)
		same += stub() == pid;
	watched = 5;
	print("same %d deeper %d\n", same, deeper(3));
	on_signal(SIGUSR1, handler, 0);
	kill(getpid(), SIGUSR1);
	print("watched %d\n", watched);
	if (argc > 1 && argv[1][0] == 'k') { /* by another process: one's own need no host */
		if (fork() == 0)
			exit(kill((int)pid, SIGUSR1));
		waitpid(-1, &same, 0);
	}
	if (argc > 1 && argv[1][0] == 'x')
		execve(argv[2], argv + 2, (char *[]){NULL});
	if (argc > 1 && argv[1][0] == 'r')
		print("read %ld\n", read(0, (void *)16, 4));
	if (argc > 1 && argv[1][0] == 's')
		*(volatile int *)16 = 1;
	return 3;
}
