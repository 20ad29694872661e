/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/kqueue_scan.c: taking events, from the queue and from the host in turn.
 *
 * A scan reports each note once: a note that it put back on the queue ends it, as the
 * marker does in FreeBSD's kqueue_scan, and the host's second report of a level waits for
 * the next scan. What the guest has no room for is queued, because an edge is told once.
 */
#include "core/kqueue_impl.h"
#include "core/signal.h"

#define EVENTS	16 /* given to the guest at a time */
#define REPORTS 64 /* taken from the host at a time */

#define ABSORBED (-EXO_INTERRUPTED) /* a signal came that concerns nobody but the queue */

struct scan {
	struct kq *kq;
	struct core_kevent_io *io;
	u32 id;
	int room;  /* that the guest still has */
	int total; /* that it got */
	int n;	   /* in out */
	long error;
	struct core_kevent out[EVENTS];
};

static void flush(struct scan *s)
{
	if (s->n && !s->error)
		s->error = s->io->out(s->io, s->out, s->n);
	s->total += s->n;
	s->n = 0;
}

static bool full(const struct scan *s)
{
	return s->room == 0 || s->error;
}

/* Reports kn, and does what its flags say happens then. */
static void report(struct scan *s, struct kq_note *kn)
{
	struct core_kevent *ev = &s->out[s->n];
	bool again = true;

	*ev = kn->ev;
	kn->scan = s->id;
	s->n++;
	s->room--;
	if (kn->ev.flags & CORE_EV_ONESHOT) {
		kq_drop(s->kq, kn);
	} else {
		if (kn->ev.filter == CORE_EVFILT_USER) {
			ev->fflags = kn->sfflags;
			ev->data = kn->sdata;
		}
		if (kn->ev.flags & CORE_EV_CLEAR) {
			kn->status &= ~(u32)KQ_FIRED;
			kn->ev.data = 0;
			kn->ev.fflags = 0;
			again = false;
		}
		if (kn->ev.flags & CORE_EV_DISPATCH) {
			kn->status |= KQ_DISABLED;
			if (kq_fd_mask(kn))
				kq_watch_sync(s->kq, kn->watch, false);
			again = false;
		}
		if (kq_fd_mask(kn) && !kq_fd_soft(kn))
			again = false; /* the host will tell */
		if (again)
			kq_activate(s->kq, kn);
		else
			kn->status &= ~(u32)KQ_ACTIVE;
	}
	if (s->n == EVENTS)
		flush(s);
}

/* From the queue's head to its end, or to what this scan put back there. */
static void take_queue(struct scan *s)
{
	struct kq *kq = s->kq;
	struct kq_note *kn;
	bool holds;

	while (!full(s) && (kn = kq->q_first) && kn->scan != s->id) {
		kq_dequeue(kq, kn);
		if (kn->status & KQ_DROP) {
			kq_drop(kq, kn);
			continue;
		}
		holds = kq_holds(kq, kn);
		if (holds || (kn->ev.flags & CORE_EV_ONESHOT))
			report(s, kn);
		else
			kn->status &= ~(u32)KQ_ACTIVE;
	}
}

static void take_fd(struct scan *s, struct kq_watch *w, u32 events)
{
	struct kq *kq = s->kq;
	struct kq_note *kn, *next;
	bool concerned = false;

	for (kn = w->notes; kn; kn = next) {
		next = (struct kq_note *)kn->link.next;
		if ((kn->status & (KQ_DISABLED | KQ_NEVER)) || !(events & kq_fd_mask(kn)))
			continue;
		concerned = true;
		if (kn->ev.filter == CORE_EVFILT_PROCDESC) {
			kq_proc_ended(kq, kn, (int)kn->ev.ident);
			continue;
		}
		if (kn->ev.filter == CORE_EVFILT_EMPTY)
			kn->nlink = 1; /* something may have been sent since */
		if (kn->scan == s->id && !(kn->ev.flags & CORE_EV_CLEAR))
			continue; /* the host will tell again */
		if (full(s) || kn->scan == s->id || kq_fd_soft(kn))
			kq_activate(kq, kn);
		else if (kq_fd_event(kq, kn, events)) {
			kq_dequeue(kq, kn);
			report(s, kn); /* may free w with its last note */
		}
	}
	if (!concerned)
		kq_watch_sync(kq, w, false);
}

static void take_report(struct scan *s, const struct core_epoll_event *e)
{
	struct kq *kq = s->kq;
	struct kq_watch *w = kq_watch_find(kq, (u32)e->data);

	if (!w || w->generation != (u32)(e->data >> 32))
		return; /* gone since */
	switch (w->kind) {
	case KQ_WATCH_FD:
		take_fd(s, w, e->events);
		break;
	case KQ_WATCH_BELL:
		kq->rung = false;
		break;
	case KQ_WATCH_TIMERS:
		kq_timers_run(kq);
		break;
	case KQ_WATCH_INOTIFY:
		kq_inodes_run(kq);
		break;
	case KQ_WATCH_NEWS:
		kq_news_run(kq);
		break;
	case KQ_WATCH_PROCESS:
		kq_news_run(kq); /* what it told before its end */
		kq_proc_ended(kq, w->notes, (int)w->link.key);
		break;
	}
}

/* ---- kevent: waiting --------------------------------------------------------------------------
 */

static long wait_host(const struct kq *kq, struct core_epoll_event *e, int room,
		      const struct core_timespec *ts)
{
	const bool poll = ts && ts->tv_sec == 0 && ts->tv_nsec == 0;
	long r;

	if (poll)
		return EXO_NOW(epoll_wait, kq->ep, e, MIN(room, REPORTS), 0);
	if (!ts)
		return EXO(epoll_wait, kq->ep, e, MIN(room, REPORTS), -1);
	r = EXO(epoll_pwait2, kq->ep, e, MIN(room, REPORTS), ts, NULL, 8);
	if (r == -CORE_ENOSYS) /* hosts before 5.11 count milliseconds */
		r = EXO(epoll_wait, kq->ep, e, MIN(room, REPORTS),
			MIN(ts->tv_sec * 1000 + (ts->tv_nsec + 999999) / 1000000, (i64)INT32_MAX));
	return r;
}

/* When the wait ends; false: never. */
static bool deadline(const struct core_timespec *limit, struct exo_time *end)
{
	if (!limit || limit->tv_sec > INT32_MAX) /* for ever there too (kqueue_scan) */
		return false;
	exo_clock_gettime(CORE_CLOCK_MONOTONIC, end);
	end->sec += limit->tv_sec;
	end->nsec += limit->tv_nsec;
	return true;
}

static void remaining(struct core_timespec *ts, const struct exo_time *end)
{
	struct exo_time now = {0};
	i64 left;

	exo_clock_gettime(CORE_CLOCK_MONOTONIC, &now);
	left = (end->sec - now.sec) * 1000000000 + end->nsec - now.nsec;
	ts->tv_sec = MAX(left, 0) / 1000000000;
	ts->tv_nsec = MAX(left, 0) % 1000000000;
}

/* Takes the host's reports, then the queue. True when another look is worth it. */
static bool take_reports(struct scan *s, const struct core_epoll_event *e, long n)
{
	int before = s->total + s->n;

	for (long i = 0; i < n; i++) {
		if (i % 4 == 3) { /* each report is a host call or two: let others in */
			exo_unlock(&s->kq->lock);
			exo_lock(&s->kq->lock);
		}
		take_report(s, &e[i]);
	}
	take_queue(s);
	return !full(s) && (s->total + s->n == 0 || (n == REPORTS && s->total + s->n > before));
}

long kq_scan(struct core_thread *t, struct kq *kq, int nevents, const struct core_timespec *limit,
	     struct core_kevent_io *io)
{
	static const struct core_timespec at_once;
	struct core_epoll_event e[REPORTS];
	struct scan s = {.kq = kq, .io = io, .room = nevents};
	struct core_timespec ts = limit ? *limit : at_once;
	struct exo_time end = {0};
	bool polls = limit && !ts.tv_sec && !ts.tv_nsec, timed = false;
	bool host_first;
	long n;

	if (ts.tv_sec < 0 || ts.tv_nsec < 0 || ts.tv_nsec >= 1000000000)
		return -CORE_EINVAL;
	if (!polls)
		timed = deadline(limit, &end);
	exo_lock(&kq->lock);
	s.id = ++kq->scans;
	host_first = kq->q_first && (s.id & 1); /* a long queue must not starve the host's */
	do {
		bool now;

		if (!host_first)
			take_queue(&s);
		if (full(&s))
			break;
		now = polls || host_first || s.total + s.n > 0;
		exo_unlock(&kq->lock);
		n = wait_host(kq, e, s.room, now ? &at_once : timed ? &ts : NULL);
		if (n == -EXO_INTERRUPTED || n == -CORE_EINTR)
			n = core_signal_absorb(t) ? ABSORBED : -CORE_EINTR_FINAL;
		exo_lock(&kq->lock);
		if (n < 0 && n != ABSORBED) {
			if (s.total + s.n == 0)
				s.error = n;
			break;
		}
		if (!take_reports(&s, e, n))
			break;
		if (n == 0 && !host_first && (polls || timed))
			break; /* time is up */
		if (timed)
			remaining(&ts, &end);
		host_first = false;
	} while (true);
	flush(&s);
	kq_unlock(kq);
	return s.error ? s.error : s.total;
}
