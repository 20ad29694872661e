/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A file that is opened gets the lowest descriptor that is free, also while another thread makes
 * calls from sites it never called from before, which the runtime looks at and changes; and again
 * in the child of a fork.
 */
#include "freebsd_thread.h"

#define SITES 400

/* mov $SYS_getppid, %rax; mov %rcx, %r10; syscall; ret; each 16 bytes after the one before */
__asm__(".balign 4096\nsites:\n"
	".rept 400\n"
	"	.balign 16\n"
	"	.byte 0x48, 0xc7, 0xc0; .long 39\n"
	"	movq %rcx, %r10\n"
	"	syscall\n"
	"	ret\n"
	".endr\n");
extern char sites[];

static struct thread caller;
static volatile int done;

static void call_from_all(void *arg)
{
	(void)arg;
	for (int i = 0; i < SITES; i++)
		for (int times = 0; times < 12; times++)
			((long (*)(void))(sites + 16 * i))();
	done = 1;
}

static int others_seen(void)
{
	int first = open("/dev/null", O_RDONLY), fd, bad = 0;

	close(first);
	do {
		fd = open("/dev/null", O_RDONLY);
		bad += fd != first;
		close(fd);
	} while (!done);
	return bad;
}

int main(void)
{
	int status, pid;

	EXPECT_EQ(thread_start(&caller, call_from_all, NULL), 0);
	EXPECT_EQ(others_seen(), 0);
	thread_join(&caller);
	pid = fork();
	if (pid == 0) {
		int before = open("/dev/null", O_RDONLY);

		call_from_all(NULL);
		exit(open("/dev/null", O_RDONLY) - before);
	}
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT_EQ(WEXITSTATUS(status), 1);
	return 0;
}
