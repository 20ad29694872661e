/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kqueue(2) and kevent(2) themselves: descriptors, lists, errors in lists, time-outs, bad
 * pointers, the layout of release 11.
 */
#include "freebsd_event.h"

static int kq;

static void descriptors(void)
{
	int other;

	EXPECT_EQ(fcntl(kq, F_GETFD, 0), 0);
	other = (int)result(sys(SYS_kqueuex, KQUEUE_CLOEXEC));
	EXPECT_EQ(other, kq + 1);
	EXPECT_EQ(fcntl(other, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_ERROR(result(sys(SYS_kqueuex, 2)), EINVAL);
	/* A copy is the same queue, and lives on. */
	EXPECT_EQ(change(other, 1, EVFILT_USER, EV_ADD | EV_CLEAR, 0, 0), 0);
	EXPECT_EQ(dup2(other, 20), 20);
	close(other);
	EXPECT_ERROR(change(other, 1, EVFILT_USER, 0, NOTE_TRIGGER, 0), EBADF);
	EXPECT_EQ(change(20, 1, EVFILT_USER, 0, NOTE_TRIGGER, 0), 0);
	EXPECT_EVENT(20, 1, EVFILT_USER, EV_CLEAR, 0, 0);
	/* Replaced it is none. */
	dup2(0, 20);
	EXPECT_ERROR(change(20, 1, EVFILT_USER, 0, NOTE_TRIGGER, 0), EBADF);
	close(20);
	EXPECT_ERROR(change(0, 1, EVFILT_USER, EV_ADD, 0, 0), EBADF);
	EXPECT_ERROR(change(-1, 1, EVFILT_USER, EV_ADD, 0, 0), EBADF);
	EXPECT_ERROR(kevent(9999, NULL, 0, NULL, 0, (void *)8), EFAULT);
}

static void errors(void)
{
	struct kevent in[4] = {
	    {.ident = 1, .filter = EVFILT_USER, .flags = EV_ADD | EV_RECEIPT, .udata = 1},
	    {.ident = 999, .filter = EVFILT_READ, .flags = EV_ADD, .udata = 2},
	    {.ident = 3, .filter = 0, .flags = EV_ADD},
	    {.ident = 4, .filter = EVFILT_USER, .flags = EV_DELETE, .udata = 3},
	};
	struct kevent k[8];

	EXPECT_EQ(kevent(kq, in, 4, k, 8, NULL), 3);
	for (int i = 0; i < 3; i++)
		show(&k[i]);
	/* The first failure there is no room for ends it; what came before is done. */
	in[0].ident = 5;
	EXPECT_EQ(kevent(kq, in, 4, k, 1, NULL), -1);
	EXPECT_EQ(errno, EBADF);
	EXPECT_EQ(change(kq, 5, EVFILT_USER, EV_DELETE, 0, 0), 0);
	EXPECT_EQ(change(kq, 1, EVFILT_USER, EV_DELETE, 0, 0), 0);
	EXPECT_ERROR(change(kq, 1, -14, EV_ADD, 0, 0), EINVAL);
	EXPECT_ERROR(change(kq, 1, 1, EV_ADD, 0, 0), EINVAL);
	EXPECT_ERROR(change(kq, 1, EVFILT_AIO, EV_ADD, 0, 0), EPERM);
	EXPECT_ERROR(change(kq, 1, EVFILT_SENDFILE, EV_ADD, 0, 0), ENXIO);
	EXPECT_EQ(change(kq, 1, EVFILT_FS, EV_ADD, 0, 0), 0);
	EXPECT_EQ(change(kq, 1, EVFILT_FS, EV_DELETE, 0, 0), 0);
	EXPECT_ERROR(change(kq, 1UL << 33, EVFILT_READ, EV_ADD, 0, 0), EBADF);
	EXPECT_ERROR(change(kq, (u64)kq, EVFILT_READ, EV_ADD, 0, 0), EINVAL);
	EXPECT_ERROR(kevent(kq, in, -1, k, 8, NULL), EINVAL);
}

static void pointers(void)
{
	char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
	struct kevent *edge = (struct kevent *)(page + 4096) - 1, k[4];

	munmap(page + 4096, 4096);
	EXPECT_ERROR(kevent(kq, (void *)8, 1, k, 4, &at_once), EFAULT);
	*edge = (struct kevent){.ident = 6, .filter = EVFILT_USER, .flags = EV_ADD | EV_CLEAR};
	EXPECT_ERROR(kevent(kq, edge, 2, k, 4, &at_once), EFAULT);
	EXPECT_EQ(kevent(kq, edge, 1, k, 4, &at_once), 0);
	EXPECT_EQ(change(kq, 6, EVFILT_USER, 0, NOTE_TRIGGER, 0), 0);
	EXPECT_ERROR(kevent(kq, NULL, 0, (void *)8, 4, &at_once), EFAULT);
	/* It was taken all the same. */
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, 6, EVFILT_USER, 0, NOTE_TRIGGER, 0), 0);
	EXPECT_EQ(poll_events(kq, edge, 0x7fffffff), 1);
	EXPECT_EQ(change(kq, 6, EVFILT_USER, EV_DELETE, 0, 0), 0);
}

static void timeouts(void)
{
	const struct timespec bad[] = {{-1, 0}, {0, -1}, {0, 1000000000}};
	struct timespec ms = {0, 20000000}, before, after, for_ever = {1L << 40, 0};
	struct kevent k[4];

	for (int i = 0; i < 3; i++) {
		EXPECT_ERROR(kevent(kq, NULL, 0, k, 4, &bad[i]), EINVAL);
		/* Without room for events nobody looks at the time. */
		EXPECT_EQ(kevent(kq, NULL, 0, k, 0, &bad[i]), 0);
	}
	EXPECT_EQ(kevent(kq, NULL, 0, NULL, 0, NULL), 0);
	clock_gettime(CLOCK_MONOTONIC, &before);
	EXPECT_EQ(kevent(kq, NULL, 0, k, 4, &ms), 0);
	clock_gettime(CLOCK_MONOTONIC, &after);
	after.tv_nsec += (after.tv_sec - before.tv_sec) * 1000000000 - before.tv_nsec;
	EXPECT(after.tv_nsec >= 20000000);
	EXPECT_EQ(change(kq, 1, EVFILT_TIMER, EV_ADD | EV_ONESHOT, 0, 1), 0);
	EXPECT_EQ(kevent(kq, NULL, 0, k, 4, &for_ever), 1);
}

static void release_11(void)
{
	struct {
		u64 ident;
		i16 filter;
		u16 flags;
		u32 fflags;
		i64 data;
		u64 udata;
	} in[3] = {{1, EVFILT_USER, EV_ADD | EV_ONESHOT, 0, 0, 11},
		   {2, EVFILT_USER, EV_ADD, 0, 0, 12},
		   {1, EVFILT_USER, 0, NOTE_TRIGGER, 0, 13}},
	  out[2];

	EXPECT_EQ(sys(SYS_freebsd11_kevent, kq, in, 3, out, 2, &at_once), 1);
	EXPECT(out[0].ident == 1 && out[0].udata == 13 && out[0].flags == EV_ONESHOT);
	EXPECT_EQ(change(kq, 2, EVFILT_USER, EV_DELETE, 0, 0), 0);
}

/* What goes in with the addition comes out, whatever is changed later but udata. */
static void extensions(void)
{
	struct kevent in = {.ident = 1,
			    .filter = EVFILT_USER,
			    .flags = EV_ADD,
			    .udata = 5,
			    .ext = {1, 2, 3, 4}},
		      k[2];

	EXPECT_EQ(kevent(kq, &in, 1, NULL, 0, NULL), 0);
	in.ext[3] = 9;
	in.udata = 6;
	in.fflags = NOTE_TRIGGER;
	EXPECT_EQ(kevent(kq, &in, 1, k, 2, &at_once), 1);
	EXPECT(k[0].udata == 6 && k[0].ext[0] == 1 && k[0].ext[3] == 4);
	EXPECT_EQ(change(kq, 1, EVFILT_USER, EV_DELETE, 0, 0), 0);
}

static void nested(void)
{
	int inner = kqueue();
	struct kevent k[2];

	EXPECT_ERROR(change(kq, (u64)inner, EVFILT_WRITE, EV_ADD, 0, 0), EINVAL);
	EXPECT_EQ(change(kq, (u64)inner, EVFILT_READ, EV_ADD, 0, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 2), 0);
	EXPECT_EQ(change(inner, 3, EVFILT_USER, EV_ADD | EV_CLEAR, 0, 0), 0);
	EXPECT_EQ(change(inner, 3, EVFILT_USER, 0, NOTE_TRIGGER, 0), 0);
	EXPECT_EVENT(kq, inner, EVFILT_READ, 0, 0, 1);
	EXPECT_EQ(poll_events(inner, k, 2), 1);
	EXPECT_EQ(poll_events(kq, k, 2), 0);
	EXPECT_EQ(change(inner, 4, EVFILT_TIMER, EV_ADD | EV_ONESHOT, 0, 20), 0);
	EXPECT_EVENT(kq, inner, EVFILT_READ, 0, 0, 1);
	EXPECT_EQ(poll_events(inner, k, 2), 1);
	close(inner);
	EXPECT_EQ(poll_events(kq, k, 2), 0);
}

int main(void)
{
	kq = kqueue();
	descriptors();
	errors();
	pointers();
	timeouts();
	release_11();
	extensions();
	nested();
	return 0;
}
