/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/kqueue_news.c: EVFILT_PROC's NOTE_FORK, NOTE_EXEC and NOTE_TRACK, from what guest
 * processes tell (core/news.h).
 *
 * A tracked process's child gets two notes, as there: one that says whose child it is, once,
 * and one that goes on as its parent's. Facts: knote_fork, filt_procattach
 * (sys/kern/kern_event.c) of FreeBSD 14.
 */
#include "core/kqueue_impl.h"
#include "core/news.h"

#define HELD_PLAIN 1u /* in kn->nlink: which subscriptions it has */
#define HELD_TRACK 2u
#define TOLD	   (CORE_NOTE_FORK | CORE_NOTE_EXEC | CORE_NOTE_TRACK)

static long open_news(struct kq *kq)
{
	long fd;

	if (kq->news < 0) {
		fd = core_news_listen(&kq->reader);
		fd = kq_hidden(kq, &kq->news, fd, KQ_WATCH_NEWS);
		if (fd < 0)
			return fd;
	}
	if (kq->news_holder < 0) {
		fd = core_news_holder();
		if (fd >= 0)
			fd = exo_hide_fd((int)fd);
		if (fd < 0)
			return fd;
		kq->news_holder = (int)fd;
	}
	return 0;
}

long kq_news_want(struct kq *kq, struct kq_note *kn)
{
	bool track = (kn->sfflags & CORE_NOTE_TRACK) != 0;
	u32 held = track ? HELD_TRACK : HELD_PLAIN;
	long r;

	if (!(kn->sfflags & TOLD) || (kn->nlink & held))
		return 0;
	r = open_news(kq);
	if (r == 0)
		r = core_news_subscribe(kq->news_holder, (i32)kn->ev.ident, kq->reader, track);
	if (r == 0)
		kn->nlink |= held;
	return r;
}

void kq_news_unwant(struct kq *kq, const struct kq_note *kn)
{
	if (kn->nlink & HELD_PLAIN)
		core_news_unsubscribe(kq->news_holder, (i32)kn->ev.ident, kq->reader, false);
	if (kn->nlink & HELD_TRACK)
		core_news_unsubscribe(kq->news_holder, (i32)kn->ev.ident, kq->reader, true);
}

static void happened(struct kq *kq, struct kq_note *kn, u32 what)
{
	kn->ev.fflags |= kn->sfflags & what;
	if (kn->ev.fflags)
		kq_activate(kq, kn);
}

static struct kq_note *new_note(struct kq *kq, const struct kq_note *parent, i32 pid)
{
	struct kq_note *kn = core_slab_take(&kq->notes);

	if (!kn)
		return NULL;
	kn->ev = parent->ev;
	kn->ev.ident = (u64)pid;
	kn->ev.fflags = 0;
	kn->ev.data = 0;
	kn->sfflags = parent->sfflags;
	kn->sdata = (i64)parent->ev.ident;
	return kn;
}

static void add_note(struct kq *kq, struct kq_note *kn)
{
	kn->link.key = kn->ev.ident;
	kq_table_add(&kq->ids, &kn->link);
}

/* The later one is found first, and is the one that changes are about. */
static void track(struct kq *kq, struct kq_note *parent, const struct core_news *n)
{
	struct kq_note *once = new_note(kq, parent, n->pid), *on = new_note(kq, parent, n->pid);
	int pidfd = (int)EXO_NOW(fcntl, n->pidfd, CORE_F_DUPFD_CLOEXEC, 0);

	if (once) {
		once->ev.flags |= CORE_EV_ONESHOT;
		once->ev.data = once->sdata;
		once->ev.fflags = CORE_NOTE_CHILD;
		once->sfflags &= ~(CORE_NOTE_EXIT | CORE_NOTE_EXEC | CORE_NOTE_FORK);
		add_note(kq, once);
		kq_activate(kq, once);
	}
	if (on && kq_proc_attach_fd(kq, on, pidfd) == 0) {
		add_note(kq, on);
	} else if (on) {
		core_slab_give(&kq->notes, on);
		on = NULL;
	}
	if (!once || !on)
		parent->ev.fflags |= CORE_NOTE_TRACKERR;
}

static void take(struct kq *kq, const struct core_news *n)
{
	u64 about = (u64)(u32)(n->kind == CORE_NEWS_BORN ? n->other : n->pid);
	struct kq_link *l, *next;

	for (l = kq_table_find(&kq->ids, about); l; l = next) {
		struct kq_note *kn = (struct kq_note *)l;

		next = kq_table_next(l);
		/* One that told of a birth, and nothing else, has no watch. */
		if (kn->ev.filter != CORE_EVFILT_PROC || !kn->watch)
			continue;
		switch (n->kind) {
		case CORE_NEWS_BORN:
			if (!(kn->sfflags & CORE_NOTE_TRACK))
				break;
			track(kq, kn, n);
			happened(kq, kn, CORE_NOTE_FORK);
			return; /* the table may have grown */
		case CORE_NEWS_FORK:
			happened(kq, kn, CORE_NOTE_FORK);
			break;
		case CORE_NEWS_EXEC:
			happened(kq, kn, CORE_NOTE_EXEC);
			break;
		}
	}
}

void kq_news_run(struct kq *kq)
{
	struct core_news n;

	while (kq->news >= 0 && core_news_next(kq->news, &n) > 0) {
		take(kq, &n);
		if (n.pidfd >= 0)
			EXO_NOW(close, n.pidfd);
	}
}
