/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/kqueue_timer.c: EVFILT_TIMER. One timer of the machine per kqueue, set to what is
 * due next; the rest waits in a heap. It is never read: it is watched for edges, and
 * setting it anew makes the next one.
 */
#include "core/kqueue_impl.h"

#define UNITS (CORE_NOTE_SECONDS | CORE_NOTE_MSECONDS | CORE_NOTE_USECONDS | CORE_NOTE_NSECONDS)

static i64 now_ns(int clock)
{
	struct exo_time t = {0};

	exo_clock_gettime(clock, &t);
	return t.sec * 1000000000 + t.nsec;
}

static long arm(struct kq *kq)
{
	struct core_itimerspec its = {0};
	i64 at;

	if (!kq->timers.first)
		return 0;
	if (kq->timerfd < 0) {
		long fd = EXO_NOW(timerfd_create, CORE_CLOCK_MONOTONIC,
				  CORE_TFD_CLOEXEC | CORE_TFD_NONBLOCK);

		fd = kq_hidden(kq, &kq->timerfd, fd, KQ_WATCH_TIMERS);
		if (fd < 0)
			return fd;
	}
	at = MAX(kq->timers.first->at, 1);
	if (at == kq->armed)
		return 0;
	its.it_value.tv_sec = at / 1000000000;
	its.it_value.tv_nsec = at % 1000000000;
	kq->armed = at;
	return EXO_NOW(timerfd_settime, kq->timerfd, CORE_TFD_TIMER_ABSTIME, &its, NULL);
}

static long start(struct kq *kq, struct kq_note *kn, i64 ns)
{
	if (kn->sfflags & CORE_NOTE_ABSTIME) {
		/* Not moved when the clock is set later, as FreeBSD's are not. */
		ns = MAX(ns - now_ns(CORE_CLOCK_REALTIME), 0);
		kn->period = 0;
	} else {
		kn->period = ns;
	}
	kn->due.at = now_ns(CORE_CLOCK_MONOTONIC) + ns;
	core_timeheap_add(&kq->timers, &kn->due);
	return arm(kq);
}

/* The time in nanoseconds, or -CORE_EINVAL. */
static i64 validate(struct kq_note *kn)
{
	i64 ns;

	if (kn->sdata < 0 || (kn->sfflags & ~(UNITS | CORE_NOTE_ABSTIME)))
		return -CORE_EINVAL;
	if (kn->sdata == 0 && !(kn->ev.flags & CORE_EV_ONESHOT))
		kn->sdata = 1;
	ns = kq_timer_ns(kn->sdata, kn->sfflags);
	return ns < 0 ? -CORE_EINVAL : ns;
}

long kq_timer_attach(struct kq *kq, struct kq_note *kn)
{
	i64 ns = validate(kn);

	if (ns < 0)
		return ns;
	if (!(kn->sfflags & CORE_NOTE_ABSTIME))
		kn->ev.flags |= CORE_EV_CLEAR;
	return start(kq, kn, ns);
}

void kq_timer_detach(struct kq *kq, struct kq_note *kn)
{
	core_timeheap_remove(&kq->timers, &kn->due);
}

/* Added again: starts anew, and what had come of the old time is forgotten. A bad time is
 * reported as an event (kern_event.c, filt_timertouch). */
void kq_timer_touch(struct kq *kq, struct kq_note *kn, const struct core_kevent *kev)
{
	i64 ns;

	if (!(kev->flags & CORE_EV_ADD))
		return;
	kq_timer_detach(kq, kn);
	kq_dequeue(kq, kn);
	kn->status &= ~(u32)KQ_ACTIVE;
	kn->ev.data = 0;
	kn->sfflags = kev->fflags;
	kn->sdata = kev->data;
	ns = validate(kn);
	if (ns >= 0) {
		start(kq, kn, ns);
	} else {
		kn->ev.flags |= CORE_EV_ERROR;
		kn->ev.data = -ns;
	}
}

long kq_timer_later(struct kq *kq, struct kq_note *kn, i64 ns)
{
	if (kn->due.queued)
		return 0;
	kn->due.at = now_ns(CORE_CLOCK_MONOTONIC) + ns;
	core_timeheap_add(&kq->timers, &kn->due);
	return arm(kq);
}

static void expire(struct kq *kq, struct kq_note *kn, i64 now)
{
	i64 times;

	if (kn->ev.filter == CORE_EVFILT_TIMER) {
		if ((kn->ev.flags & CORE_EV_ONESHOT) || kn->period == 0) {
			kn->ev.data++;
		} else {
			times = (now - kn->due.at) / kn->period + 1;
			kn->ev.data += times;
			kn->due.at += times * kn->period;
			core_timeheap_add(&kq->timers, &kn->due);
		}
	}
	kq_activate(kq, kn);
}

void kq_timers_run(struct kq *kq)
{
	i64 now = now_ns(CORE_CLOCK_MONOTONIC);
	struct core_due *d;

	while ((d = kq->timers.first) && d->at <= now) {
		core_timeheap_remove(&kq->timers, d);
		expire(kq, (struct kq_note *)((char *)d - offsetof(struct kq_note, due)), now);
	}
	kq->armed = 0;
	arm(kq);
}
