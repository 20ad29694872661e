/* SPDX-License-Identifier: BSD-2-Clause */
/* Jumps, contexts, signals, processes, pipes to commands. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

static sigjmp_buf out;
static ucontext_t home, other;
static char stack[65536] __attribute__((aligned(16)));
static volatile sig_atomic_t seen;

static void on_signal(int sig)
{
	seen = sig;
	siglongjmp(out, sig);
}

static void count(int sig)
{
	(void)sig;
	seen++;
}

static void visitor(int a, int b)
{
	printf("visitor with %d and %d\n", a, b);
	swapcontext(&other, &home);
	printf("visitor again\n");
}

static int deep(jmp_buf env, int n)
{
	if (n == 0)
		longjmp(env, 3);
	return deep(env, n - 1) + 1;
}

int main(void)
{
	jmp_buf env;
	volatile int tries = 0;
	double d = 1.5;
	struct sigaction act;
	sigset_t set, old;
	int status, fds[2], r;
	char line[64];
	char *argv[] = {(char *)"sh", (char *)"-c", (char *)"exit 9", NULL};
	extern char **environ;
	pid_t pid;
	FILE *f;

	setvbuf(stdout, NULL, _IOLBF, 0);
	r = setjmp(env);
	if (r == 0)
		deep(env, 20);
	printf("jumped with %d, %g\n", r, d * 2);
	if (++tries < 3)
		longjmp(env, 0);
	memset(&act, 0, sizeof(act));
	act.sa_handler = on_signal;
	sigaction(SIGSEGV, &act, NULL);
	if (sigsetjmp(out, 1) == 0)
		*(volatile int *)8 = 1;
	else
		printf("a fault, %d\n", seen == SIGSEGV);
	sigprocmask(SIG_BLOCK, NULL, &set);
	printf("still blocked: %d\n", sigismember(&set, SIGSEGV));
	getcontext(&other);
	other.uc_stack.ss_sp = stack;
	other.uc_stack.ss_size = sizeof(stack);
	other.uc_link = &home;
	makecontext(&other, (void (*)(void))visitor, 2, 7, 8);
	swapcontext(&home, &other);
	printf("home\n");
	swapcontext(&home, &other);
	printf("home for good\n");
	act.sa_handler = count;
	sigaction(SIGUSR1, &act, NULL);
	seen = 0;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, &old);
	raise(SIGUSR1);
	printf("blocked: %d", seen);
	sigprocmask(SIG_SETMASK, &old, NULL);
	printf(", then %d\n", seen);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		printf("the child\n");
		fflush(stdout);
		_exit(4);
	}
	r = waitpid(pid, &status, 0) == pid;
	printf("%d: exited %d with %d\n", r, WIFEXITED(status) != 0, WEXITSTATUS(status));
	pid = fork();
	if (pid == 0) {
		signal(SIGTERM, SIG_DFL);
		pause();
	}
	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	printf("killed %d by %d\n", WIFSIGNALED(status) != 0, WTERMSIG(status) == SIGTERM);
	r = posix_spawn(&pid, "/bin/sh", NULL, NULL, argv, environ);
	waitpid(pid, &status, 0);
	printf("spawn %d, %d\n", r, WEXITSTATUS(status));
	printf("spawn of nothing: %d\n",
	       posix_spawn(&pid, "/nowhere/x", NULL, NULL, argv, environ) == ENOENT);
	r = system("exit 3");
	printf("system %d\n", WEXITSTATUS(r));
	f = popen("echo from; echo the shell", "r");
	while (fgets(line, sizeof(line), f))
		printf("read %s", line);
	printf("pclose %d\n", pclose(f));
	pipe(fds);
	pid = vfork();
	if (pid == 0) {
		write(fds[1], "v", 1);
		_exit(0);
	}
	r = (int)read(fds[0], line, 1);
	printf("vfork %d %c\n", r, line[0]);
	return 0;
}
