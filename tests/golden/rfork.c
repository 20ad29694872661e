/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rfork(2): what parent and child share, by flag: memory, descriptors, working directory,
 * dispositions; what the parent is told by; children of nobody's; flags that make no sense.
 */
#include "freebsd_thread.h"

#define SYS_rfork 251
#define SYS_wait6 532

#define RFFDG	    0x4
#define RFPROC	    0x10
#define RFMEM	    0x20
#define RFNOWAIT    0x40
#define RFCFDG	    0x1000
#define RFTHREAD    0x2000
#define RFSIGSHARE  0x4000
#define RFLINUXTHPN 0x10000
#define RFSTOPPED   0x20000
#define RFTSIGZMB   0x80000
#define RFTSIG(n)   ((n) << 20)
#define RFSPAWN	    0x80000000u
#define P_ALL	    7
#define WEXITED	    16
#define WLINUXCLONE 0x80000000u

static char stack[2][65536] __attribute__((aligned(16)));
static volatile u32 word;
static volatile int counted, child_pid;

/* As rfork_thread(3) was: the child goes on in body, on a stack of its own. */
static long rfork_on(u32 flags, char *top, void (*body)(void))
{
	register long rax __asm__("rax") = SYS_rfork;
	register long rdi __asm__("rdi") = flags;
	register long rdx __asm__("rdx") = 0;
	register void *r12 __asm__("r12") = top;
	register void (*r13)(void) __asm__("r13") = body;
	unsigned char failed;

	__asm__ volatile("syscall\n\t"
			 "setc %1\n\t"
			 "jc 1f\n\t"
			 "testq %%rdx, %%rdx\n\t"
			 "jz 1f\n\t"
			 "movq %%r12, %%rsp\n\t"
			 "call *%%r13\n\t"
			 "hlt\n"
			 "1:"
			 : "+r"(rax), "=r"(failed), "+r"(rdx)
			 : "r"(rdi), "r"(r12), "r"(r13)
			 : "rcx", "r8", "r9", "r10", "r11", "memory");
	return failed ? -rax : rax;
}

static void count(int sig, struct siginfo *info, void *context)
{
	(void)info, (void)context;
	counted += sig;
}

static int ended(long pid)
{
	int status = -1;

	if (waitpid((int)pid, &status, 0) != pid)
		return -1;
	return status;
}

static void say_word(void)
{
	child_pid = getpid();
	word = 7;
	sys(SYS__umtx_op, &word, UMTX_OP_WAKE, 1, NULL, NULL);
	exit(3);
}

static void memory(void)
{
	long pid;

	for (int i = 0; i < 200; i++) {
		word = 0;
		pid = rfork_on(RFPROC | RFMEM, stack[0] + sizeof(stack[0]), say_word);
		if (pid <= 0)
			break;
		while (word == 0)
			sys(SYS__umtx_op, &word, UMTX_OP_WAIT_UINT, 0, NULL, NULL);
		if (ended(pid) != 3 << 8 || child_pid != pid)
			pid = -1;
	}
	EXPECT(pid > 0);
	EXPECT_EQ(word, 7);
	EXPECT(child_pid != getpid());
}

static volatile int opened;

static void open_and_close(void)
{
	opened = open("/dev/null", O_RDONLY);
	chdir("/");
	exit(close(99));
}

static void files(void)
{
	char dir[256];
	int fds[2];
	long pid;

	pipe2(fds, 0);
	chdir("/dev");
	dup2(fds[0], 99);
	pid = rfork_on(RFPROC | RFMEM, stack[0] + sizeof(stack[0]), open_and_close);
	EXPECT_EQ(ended(pid), 0);
	EXPECT_EQ(fcntl(99, F_GETFD, 0), -1);
	EXPECT_EQ(fcntl(opened, F_GETFD, 0), 0);
	getcwd(dir, sizeof(dir));
	EXPECT_EQ(strcmp(dir, "/"), 0);
	close(opened);
	chdir("/dev");
	dup2(fds[0], 99);
	pid = rfork_on(RFPROC | RFMEM | RFFDG, stack[0] + sizeof(stack[0]), open_and_close);
	EXPECT_EQ(ended(pid), 0);
	EXPECT_EQ(fcntl(99, F_GETFD, 0), 0);
	EXPECT_EQ(fcntl(opened, F_GETFD, 0), -1);
	getcwd(dir, sizeof(dir));
	EXPECT_EQ(strcmp(dir, "/dev"), 0);
	/* An empty table: 99 is not there. */
	pid = rfork_on(RFPROC | RFMEM | RFCFDG, stack[0] + sizeof(stack[0]), open_and_close);
	EXPECT_EQ(WEXITSTATUS(ended(pid)), 255);
	EXPECT_EQ(opened, 0);
	EXPECT_EQ(fcntl(99, F_GETFD, 0), 0);
	/* The same without shared memory. */
	pid = sys(SYS_rfork, RFPROC | RFCFDG);
	if (pid == 0)
		exit(close(99) == -1 ? 5 : 6);
	EXPECT_EQ(ended(pid), 5 << 8);
	pid = sys(SYS_rfork, RFPROC);
	if (pid == 0) {
		dup2(99, 98);
		if (sys(SYS_rfork, RFFDG) != 0) /* on its own from here on */
			exit(6);
		exit(close(99));
	}
	EXPECT_EQ(ended(pid), 0);
	EXPECT_EQ(close(98), 0);
	EXPECT_EQ(close(99), 0);
}

static void change_action(void)
{
	on_signal(SIGUSR2, count, 0);
	exit(0);
}

static void actions(void)
{
	long pid;

	on_signal(SIGUSR2, HANDLER_IGNORE, 0);
	pid = rfork_on(RFPROC | RFMEM, stack[0] + sizeof(stack[0]), change_action);
	EXPECT_EQ(ended(pid), 0);
	counted = 0;
	kill(getpid(), SIGUSR2);
	EXPECT_EQ(counted, 0);
	pid = rfork_on(RFPROC | RFMEM | RFSIGSHARE, stack[0] + sizeof(stack[0]), change_action);
	EXPECT_EQ(ended(pid), 0);
	kill(getpid(), SIGUSR2);
	EXPECT_EQ(counted, SIGUSR2);
	on_signal(SIGUSR2, HANDLER_DEFAULT, 0);
}

/* Another signal than SIGCHLD: wait(2) does not see it unless asked. */
static void told_by(const char *what, u32 flags, int sig)
{
	int status;
	long pid;

	print("%s\n", what);
	on_signal(SIGUSR1, count, 0);
	on_signal(SIGUSR2, count, 0);
	counted = 0;
	pid = sys(SYS_rfork, RFPROC | RFFDG | flags);
	if (pid == 0)
		exit(4);
	EXPECT_EQ(sys(SYS_wait6, P_ALL, 0, &status, WEXITED | WLINUXCLONE, NULL, NULL) - pid, 0);
	EXPECT_EQ(WEXITSTATUS(status), 4);
	EXPECT_EQ(counted, sig);
	EXPECT_EQ(waitpid(-1, &status, 0), -1);
}

static void of_nobody(void)
{
	int fds[2], me = getpid();
	struct {
		int pid, parent;
	} there = {0};
	long pid;

	pipe2(fds, 0);
	on_signal(SIGCHLD, count, 0);
	counted = 0;
	pid = sys(SYS_rfork, RFPROC | RFFDG | RFNOWAIT);
	if (pid == 0) {
		there.pid = getpid();
		there.parent = getppid();
		write(fds[1], &there, sizeof(there));
		exit(0);
	}
	EXPECT_EQ(read(fds[0], &there, sizeof(there)), sizeof(there));
	EXPECT_EQ(there.pid - pid, 0);
	EXPECT(there.parent != me);
	EXPECT_EQ(waitpid(-1, NULL, 0), -1);
	EXPECT_EQ(counted, 0);
	close(fds[0]);
	close(fds[1]);
}

static volatile int peer_end;

static void stay(void)
{
	char c;

	read(peer_end, &c, 1);
	exit(0);
}

/* A peer ends with its leader: the pipe it holds open shows when. */
static void peers(void)
{
	int out[2], in[2];
	long pid;
	char c;

	pipe2(out, 0);
	pipe2(in, 0);
	pid = fork();
	if (pid == 0) {
		close(out[0]);
		close(in[1]);
		peer_end = in[0];
		rfork_on(RFPROC | RFMEM | RFTHREAD, stack[1] + sizeof(stack[1]), stay);
		exit(0);
	}
	close(out[1]);
	EXPECT_EQ(ended(pid), 0);
	EXPECT_EQ(read(out[0], &c, 1), 0); /* nobody has the other end */
	close(out[0]);
	close(in[0]);
	close(in[1]);
}

static struct thread threads[2];
static volatile u32 turns;

static void turn(void *arg)
{
	(void)arg;
	__atomic_add_fetch(&turns, 1, __ATOMIC_SEQ_CST);
}

/* A borrower has threads too, and may fork. */
static void with_threads(void)
{
	int status, pid;

	thread_start(&threads[0], turn, NULL);
	thread_start(&threads[1], turn, NULL);
	thread_join(&threads[0]);
	thread_join(&threads[1]);
	pid = fork();
	if (pid == 0) {
		turns = 100; /* a copy */
		exit(2);
	}
	waitpid(pid, &status, 0);
	exit(WEXITSTATUS(status) + (int)turns);
}

static void errors(void)
{
	EXPECT_EQ(sys(SYS_rfork, RFFDG | RFCFDG), -EINVAL);
	EXPECT_EQ(sys(SYS_rfork, RFPROC | RFFDG | RFCFDG), -EINVAL);
	EXPECT_EQ(sys(SYS_rfork, RFPROC | RFSTOPPED), -EINVAL);
	EXPECT_EQ(sys(SYS_rfork, RFPROC | 1), -EINVAL);
	EXPECT_EQ(sys(SYS_rfork, RFPROC | RFTSIG(SIGUSR1)), -EINVAL);
	EXPECT_EQ(sys(SYS_rfork, RFPROC | RFTSIGZMB | RFTSIG(129)), -EINVAL);
	EXPECT_EQ(sys(SYS_rfork, RFSPAWN | RFPROC), -EINVAL);
	EXPECT_EQ(sys(SYS_rfork, 0), 0);
	EXPECT_EQ(sys(SYS_rfork, RFFDG), 0);
}

int main(void)
{
	long pid;

	print("memory\n");
	memory();
	print("files\n");
	files();
	print("actions\n");
	actions();
	told_by("SIGUSR1", RFLINUXTHPN, SIGUSR1);
	told_by("SIGUSR2", RFTSIGZMB | RFTSIG(SIGUSR2), SIGUSR2);
	told_by("nothing", RFTSIGZMB, 0);
	print("nobody's\n");
	of_nobody();
	peers();
	pid = rfork_on(RFPROC | RFMEM | RFFDG, stack[0] + sizeof(stack[0]), with_threads);
	EXPECT_EQ(ended(pid), (2 + 2) << 8);
	print("errors\n");
	errors();
	return 0;
}
