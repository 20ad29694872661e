/* SPDX-License-Identifier: BSD-2-Clause */
/* EVFILT_USER: triggers, the arithmetic of fflags, and the flags of the queue. */
#include "freebsd_event.h"

int main(void)
{
	int kq = kqueue();
	struct kevent k[4];

	/* The trigger of an addition is lost, its flags come back as they were given. */
	EXPECT_EQ(change(kq, 7, EVFILT_USER, EV_ADD | EV_CLEAR, NOTE_FFCOPY | 0x12, 0), 0);
	EXPECT_EQ(change(kq, 8, EVFILT_USER, EV_ADD, NOTE_TRIGGER, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, 7, EVFILT_USER, 0, NOTE_TRIGGER, 33), 0);
	EXPECT_EVENT(kq, 7, EVFILT_USER, EV_CLEAR, NOTE_FFCOPY | 0x12, 33);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, 7, EVFILT_USER, 0, NOTE_FFCOPY | 0x0f, 0), 0);
	EXPECT_EQ(change(kq, 7, EVFILT_USER, 0, NOTE_FFOR | 0xf0, 0), 0);
	EXPECT_EQ(change(kq, 7, EVFILT_USER, 0, NOTE_FFAND | 0x3c, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, 7, EVFILT_USER, 0, NOTE_TRIGGER | 0x1, -4), 0);
	EXPECT_EVENT(kq, 7, EVFILT_USER, EV_CLEAR, 0x3c, -4);

	/* Without EV_CLEAR it stays triggered until somebody clears it. */
	EXPECT_EQ(change(kq, 9, EVFILT_USER, EV_ADD, 0, 0), 0);
	EXPECT_EQ(change(kq, 9, EVFILT_USER, 0, NOTE_TRIGGER, 1), 0);
	EXPECT_EVENT(kq, 9, EVFILT_USER, 0, 0, 1);
	EXPECT_EVENT(kq, 9, EVFILT_USER, 0, 0, 1);
	EXPECT_EQ(change(kq, 9, EVFILT_USER, EV_CLEAR, 0, 2), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);

	/* Disabled it is silent, and it does not forget. */
	EXPECT_EQ(change(kq, 9, EVFILT_USER, EV_DISABLE, 0, 0), 0);
	EXPECT_EQ(change(kq, 9, EVFILT_USER, 0, NOTE_TRIGGER, 5), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, 9, EVFILT_USER, EV_ENABLE, 0, 6), 0);
	EXPECT_EVENT(kq, 9, EVFILT_USER, 0, 0, 6);
	EXPECT_EQ(change(kq, 9, EVFILT_USER, EV_DISABLE, 0, 6), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, 9, EVFILT_USER, EV_DELETE, 0, 0), 0);
	EXPECT_ERROR(change(kq, 9, EVFILT_USER, 0, NOTE_TRIGGER, 0), ENOENT);

	EXPECT_EQ(change(kq, 10, EVFILT_USER, EV_ADD | EV_DISPATCH, 0, 0), 0);
	EXPECT_EQ(change(kq, 10, EVFILT_USER, 0, NOTE_TRIGGER, 0), 0);
	EXPECT_EVENT(kq, 10, EVFILT_USER, EV_DISPATCH, 0, 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, 10, EVFILT_USER, EV_ENABLE, 0, 0), 0);
	EXPECT_EVENT(kq, 10, EVFILT_USER, EV_DISPATCH, 0, 0);

	EXPECT_EQ(change(kq, 11, EVFILT_USER, EV_ADD | EV_ONESHOT, 0, 0), 0);
	EXPECT_EQ(change(kq, 11, EVFILT_USER, 0, NOTE_TRIGGER, 0), 0);
	EXPECT_EVENT(kq, 11, EVFILT_USER, EV_ONESHOT, 0, 0);
	EXPECT_ERROR(change(kq, 11, EVFILT_USER, 0, NOTE_TRIGGER, 0), ENOENT);

	/* The program's own data may be left as they are. */
	EXPECT_EQ(change(kq, 12, EVFILT_USER, EV_ADD | EV_CLEAR, 0, 0), 0);
	k[0] = (struct kevent){
	    .ident = 12, .filter = EVFILT_USER, .flags = EV_KEEPUDATA, .fflags = NOTE_TRIGGER};
	EXPECT_EQ(kevent(kq, k, 1, NULL, 0, NULL), 0);
	EXPECT_EVENT(kq, 12, EVFILT_USER, EV_CLEAR, 0, 0);
	EXPECT_ERROR(change(kq, 13, EVFILT_USER, EV_ADD | EV_KEEPUDATA, 0, 0), EINVAL);
	k[0].flags = 0;
	EXPECT_EQ(kevent(kq, k, 1, NULL, 0, NULL), 0);
	EXPECT(poll_events(kq, k, 1) == 1 && k[0].udata == 0);

	/* One at a time, in turn: no event is served twice before another. */
	for (u64 i = 100; i < 103; i++) {
		change(kq, i, EVFILT_USER, EV_ADD, 0, 0);
		change(kq, i, EVFILT_USER, 0, NOTE_TRIGGER, 0);
	}
	for (int i = 0; i < 6; i++) {
		EXPECT_EQ(poll_events(kq, k, 1), 1);
		print("  %lu\n", k[0].ident);
	}
	EXPECT_EQ(poll_events(kq, k, 4), 3);
	return 0;
}
