/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * demo/tour.c: a FreeBSD program that shows where it is: asks for things only FreeBSD has,
 * by FreeBSD's numbers, and says what it got. Freestanding, so that a cross compiler and a
 * linker are all it takes to build it.
 */
#include "guest.h"

/* struct kevent, EVFILT_TIMER and EV_ADD|EV_ONESHOT of sys/event.h */
struct kevent {
	u64 ident;
	i16 filter;
	u16 flags;
	u32 fflags;
	i64 data;
	u64 udata;
	u64 ext[4];
};
#define EVFILT_TIMER (-7)
#define EV_ADD	     0x0001
#define EV_ONESHOT   0x0010

static void ask(const char *name)
{
	char text[128];
	size_t size = sizeof(text) - 1;

	if (sys(SYS___sysctlbyname, name, strlen(name), text, &size, NULL, 0) == 0) {
		text[size] = '\0';
		print("  sysctl %s = %s\n", name, text);
	}
}

static void time_a_timer(void)
{
	struct kevent timer = {
	    .ident = 1, .filter = EVFILT_TIMER, .flags = EV_ADD | EV_ONESHOT, .data = 50};
	struct timespec before, after;
	int queue = (int)result(sys(SYS_kqueue));
	struct kevent event;

	clock_gettime(CLOCK_MONOTONIC, &before);
	if (queue < 0 || result(sys(SYS_kevent, queue, &timer, 1, &event, 1, NULL)) != 1) {
		print("  kqueue is not there yet: %s\n", error_name(errno));
		return;
	}
	clock_gettime(CLOCK_MONOTONIC, &after);
	print("  a kqueue timer of 50 ms fired after %ld ms\n",
	      ((after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec) /
		  1000000);
}

static void raise_a_family(void)
{
	int status;
	int pid = fork();

	if (pid == 0)
		exit(7);
	if (waitpid(pid, &status, 0) == pid)
		print("  a child of mine, process %d, ended with %d\n", pid, WEXITSTATUS(status));
}

int main(int argc, char **argv)
{
	static char directory[1024];

	(void)argc;
	print("Hello. I am %s, a FreeBSD program, process %d.\n", argv[0], getpid());
	ask("kern.ostype");
	ask("kern.osrelease");
	ask("hw.machine");
	if (getcwd(directory, sizeof(directory)) > 0)
		print("  I was started in %s\n", directory);
	if (open("/nowhere/at/all", O_RDONLY) < 0)
		print("  a file that is not there: error %d, %s\n", errno, error_name(errno));
	time_a_timer();
	raise_a_family();
	return 0;
}
