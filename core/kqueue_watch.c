/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/kqueue_watch.c: descriptors as epoll knows them.
 *
 * All notes of one descriptor share one registration. It is level-triggered while every
 * enabled note is; as soon as one wants edges (EV_CLEAR) or is choosy (NOTE_LOWAT) the
 * registration gives edges, and the notes that want levels are looked at by us
 * (kq_fd_soft). Nothing enabled: no registration, because the host reports hang-ups whether
 * asked or not.
 */
#include "core/kqueue_impl.h"

struct kq_watch *kq_watch_find(const struct kq *kq, u64 key)
{
	return (struct kq_watch *)kq_table_find(&kq->watched, key);
}

struct kq_watch *kq_watch_new(struct kq *kq, u64 key, enum kq_watch_kind kind)
{
	struct kq_watch *w = core_slab_take(&kq->watches);

	if (!w)
		return NULL;
	w->link.key = key;
	w->kind = (u8)kind;
	w->generation = ++kq->generations;
	kq_table_add(&kq->watched, &w->link);
	return w;
}

static long control(struct kq *kq, struct kq_watch *w, int op, u32 mask)
{
	struct core_epoll_event e = {mask, (u64)w->generation << 32 | (u32)w->link.key};

	return EXO_NOW(epoll_ctl, kq->ep, op, (int)w->link.key, &e);
}

void kq_watch_free(struct kq *kq, struct kq_watch *w)
{
	if (w->mask)
		control(kq, w, CORE_EPOLL_CTL_DEL, 0);
	kq_table_remove(&kq->watched, &w->link);
	core_slab_give(&kq->watches, w);
}

static u32 wanted(const struct kq_watch *w)
{
	u32 mask = w->prearmed;

	for (struct kq_note *kn = w->notes; kn; kn = (struct kq_note *)kn->link.next) {
		if (kn->status & (KQ_DISABLED | KQ_NEVER))
			continue;
		switch (kn->ev.filter) {
		case CORE_EVFILT_READ:
			mask |= CORE_EPOLLIN | CORE_EPOLLRDHUP;
			break;
		case CORE_EVFILT_WRITE:
			mask |= CORE_EPOLLOUT;
			break;
		case CORE_EVFILT_PROCDESC:
			mask |= CORE_EPOLLIN | CORE_EPOLLET;
			break;
		case CORE_EVFILT_EMPTY:
			mask |= CORE_EPOLLOUT | CORE_EPOLLET;
			break;
		default:
			continue;
		}
		if ((kn->ev.flags & CORE_EV_CLEAR) || kq_fd_choosy(kn) || w->parked)
			mask |= CORE_EPOLLET;
	}
	return mask;
}

long kq_watch_sync(struct kq *kq, struct kq_watch *w, bool again)
{
	u32 mask = wanted(w);
	long r;

	if (w->plain || (mask == w->mask && !(again && mask)))
		return 0;
	if (!mask) {
		control(kq, w, CORE_EPOLL_CTL_DEL, 0);
		w->mask = 0;
		return 0;
	}
	r = control(kq, w, w->mask ? CORE_EPOLL_CTL_MOD : CORE_EPOLL_CTL_ADD, mask);
	/* The descriptor was made another's behind our back. */
	if (UNLIKELY(r == -CORE_ENOENT))
		r = control(kq, w, CORE_EPOLL_CTL_ADD, mask);
	else if (UNLIKELY(r == -CORE_EEXIST))
		r = control(kq, w, CORE_EPOLL_CTL_MOD, mask);
	if (r == 0)
		w->mask = mask;
	return r;
}

long kq_hidden(struct kq *kq, int *slot, long made, enum kq_watch_kind kind)
{
	struct kq_watch *w;
	long r;
	int fd;

	if (made < 0)
		return made;
	fd = exo_hide_fd((int)made);
	if (fd < 0) {
		EXO_NOW(close, made);
		return fd;
	}
	w = kq_watch_new(kq, (u64)fd, kind);
	r = -CORE_ENOMEM;
	if (w) {
		w->mask = CORE_EPOLLIN | CORE_EPOLLET;
		r = control(kq, w, CORE_EPOLL_CTL_ADD, w->mask);
		if (r < 0) {
			w->mask = 0;
			kq_watch_free(kq, w);
		}
	}
	if (r < 0) {
		exo_unhide_fd(fd);
		return r == -CORE_ENOSPC ? -CORE_ENOMEM : r;
	}
	*slot = fd;
	return fd;
}

void kq_watch_close(struct kq *kq, struct kq_watch *w)
{
	struct kq_note *kn;
	bool last;

	if (w->mask)
		control(kq, w, CORE_EPOLL_CTL_DEL, 0);
	w->mask = 0;
	w->plain = true; /* nothing to tell the host from here on */
	do {
		kn = w->notes;
		last = !kn->link.next;
		kq_drop(kq, kn); /* and with the last one the watch */
	} while (!last);
}
