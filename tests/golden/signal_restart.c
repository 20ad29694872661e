/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which calls go on after a handler has run, without SA_RESTART and with it.
 */
#include "freebsd_event.h"
#include "freebsd_thread.h"

#define SYS_select  93
#define SYS_pselect 522

static struct thread one;
static int fds[2], child;
static volatile int handled;
static volatile long answer, extra;

static void note(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	handled++;
}

static void pause_ms(long ms)
{
	struct timespec ts = {0, ms * 1000000};

	sys(SYS_nanosleep, &ts, NULL);
}

static void do_read(void)
{
	char byte;

	answer = sys(SYS_read, fds[0], &byte, 1);
}

static void do_nanosleep(void)
{
	struct timespec want = {5, 0}, left = {0, 0};

	answer = sys(SYS_nanosleep, &want, &left);
	extra = left.tv_sec;
}

static void do_clock_nanosleep(void)
{
	struct timespec want = {5, 0};

	answer = sys(244, CLOCK_MONOTONIC, 0, &want, NULL);
}

static void do_wait4(void)
{
	int status;

	answer = sys(SYS_wait4, child, &status, 0, NULL) == child ? 1 : -EINTR;
}

static void do_sigsuspend(void)
{
	u64 none[2] = {0, 0};

	answer = sys(SYS_sigsuspend, none);
}

static void do_poll(void)
{
	struct {
		int fd;
		i16 events, revents;
	} p = {fds[0], 1, 0};

	answer = sys(SYS_poll, &p, 1, 5000);
}

static void do_select(void)
{
	u64 set[16] = {1UL << fds[0]};
	struct timespec limit = {5, 0};

	answer = sys(SYS_select, fds[0] + 1, set, NULL, NULL, &limit);
}

static void do_pselect(void)
{
	u64 set[16] = {1UL << fds[0]}, mask[2] = {0, 0};
	struct timespec limit = {5, 0};

	answer = sys(SYS_pselect, fds[0] + 1, set, NULL, NULL, &limit, mask);
}

static void do_kevent(void)
{
	int kq = (int)sys(SYS_kqueue);
	struct kevent k = {.ident = (u64)fds[0], .filter = EVFILT_READ, .flags = EV_ADD};

	answer = sys(SYS_kevent, kq, &k, 1, &k, 1, NULL);
	sys(SYS_close, kq);
}

static void do_umtx(void)
{
	static u32 word;
	struct timespec limit = {5, 0};

	answer = sys(SYS__umtx_op, &word, UMTX_OP_WAIT_UINT, 0, sizeof(limit), &limit);
}

static void do_flock(void)
{
	int fd = open("lock", O_RDWR);

	answer = sys(SYS_flock, fd, 2);
	close(fd);
}

static void in_thread(void *arg)
{
	((void (*)(void))arg)();
}

static void try(const char *what, void (*call)(void))
{
	for (int flags = 0; flags <= SA_RESTART; flags += SA_RESTART) {
		int status, lock = open("lock", O_RDWR | O_CREAT, 0600);

		pipe2(fds, 0);
		sys(SYS_flock, lock, 2);
		child = fork();
		if (child == 0) {
			pause_ms(200);
			exit(0);
		}
		on_signal(SIGUSR1, note, flags);
		handled = 0;
		answer = 1000;
		thread_start(&one, in_thread, (void *)call);
		pause_ms(50);
		sys(SYS_thr_kill, one.tid, SIGUSR1);
		pause_ms(50);
		/* what a call waits for comes now, if it still waits */
		if (answer == 1000) {
			write(fds[1], "x", 1);
			close(lock);
		}
		thread_join(&one);
		print("%s%s: ", what, flags ? ", SA_RESTART" : "");
		if (answer < 0)
			print("%s", error_name((int)-answer));
		else
			print("%ld", answer);
		print(", handlers: %d\n", handled);
		close(fds[0]);
		close(fds[1]);
		close(lock);
		waitpid(child, &status, 0);
	}
}

int main(void)
{
	try("read", do_read);
	try("nanosleep", do_nanosleep);
	EXPECT_EQ(extra, 4);
	try("clock_nanosleep", do_clock_nanosleep);
	try("wait4", do_wait4);
	try("sigsuspend", do_sigsuspend);
	try("poll", do_poll);
	try("select", do_select);
	try("pselect", do_pselect);
	try("kevent", do_kevent);
	try("_umtx_op", do_umtx);
	try("flock", do_flock);
	unlink("lock");
	return 0;
}
