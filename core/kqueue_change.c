/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/kqueue_change.c: one change of a changelist, and what each filter makes of it.
 *
 * The order of steps, and what a second EV_ADD does and does not change, is that of
 * kqueue_register in FreeBSD 14's sys/kern/kern_event.c: flags stay those of the first
 * time, the user's data and the filter's arguments are replaced, and only EV_ENABLE
 * enables.
 */
#include "core/kqueue_impl.h"

static struct kq_note *find(const struct kq *kq, u64 ident, int filter)
{
	if (kq_is_fd_filter(filter)) {
		struct kq_watch *w = ident < CORE_KQUEUE_FDS ? kq_watch_find(kq, ident) : NULL;
		struct kq_note *kn = w && w->kind == KQ_WATCH_FD ? w->notes : NULL;

		while (kn && kn->ev.filter != filter)
			kn = (struct kq_note *)kn->link.next;
		return kn;
	}
	for (struct kq_link *l = kq_table_find(&kq->ids, ident); l; l = kq_table_next(l))
		if (((struct kq_note *)l)->ev.filter == filter)
			return (struct kq_note *)l;
	return NULL;
}

static long attach(struct kq *kq, struct kq_note *kn, const struct core_kevent *next)
{
	if (kq_is_fd_filter(kn->ev.filter))
		return kq_fd_attach(kq, kn, next);
	switch (kn->ev.filter) {
	case CORE_EVFILT_TIMER:
		return kq_timer_attach(kq, kn);
	case CORE_EVFILT_PROC:
		return kq_proc_attach(kq, kn);
	case CORE_EVFILT_SIGNAL:
		kq_signal_attach(kq, kn);
		return 0;
	case CORE_EVFILT_FS: /* nobody tells of mounts */
		kn->ev.flags |= CORE_EV_CLEAR;
		return 0;
	case CORE_EVFILT_USER:
		return 0; /* a trigger that comes with the addition is lost there too */
	case CORE_EVFILT_AIO:
	case CORE_EVFILT_LIO: /* registered by the request alone */
		return kn->status & KQ_REQUEST ? 0 : -CORE_EPERM;
	default:
		return -CORE_ENXIO;
	}
}

static void detach(struct kq *kq, struct kq_note *kn)
{
	if (kq_is_fd_filter(kn->ev.filter))
		kq_fd_detach(kq, kn);
	else if (kn->ev.filter == CORE_EVFILT_TIMER)
		kq_timer_detach(kq, kn);
	else if (kn->ev.filter == CORE_EVFILT_PROC)
		kq_proc_detach(kq, kn);
	else if (kn->ev.filter == CORE_EVFILT_SIGNAL)
		kq_signal_detach(kq, kn);
}

void kq_drop(struct kq *kq, struct kq_note *kn)
{
	kq_dequeue(kq, kn);
	detach(kq, kn);
	if (!kq_is_fd_filter(kn->ev.filter))
		kq_table_remove(&kq->ids, &kn->link);
	core_slab_give(&kq->notes, kn);
}

bool kq_holds(struct kq *kq, struct kq_note *kn)
{
	if (kq_is_fd_filter(kn->ev.filter))
		return kq_fd_holds(kq, kn);
	switch (kn->ev.filter) {
	case CORE_EVFILT_USER:
	case CORE_EVFILT_AIO:
	case CORE_EVFILT_LIO:
		return (kn->status & KQ_FIRED) != 0;
	case CORE_EVFILT_TIMER:
	case CORE_EVFILT_SIGNAL:
		return kn->ev.data != 0;
	default:
		return kn->ev.fflags != 0;
	}
}

static long add(struct kq *kq, struct core_kevent *kev, const struct core_kevent *next)
{
	struct kq_note *kn = core_slab_take(&kq->notes);
	long r;

	if (!kn)
		return -CORE_ENOMEM;
	kn->ev = *kev;
	kn->ev.flags &= (u16) ~(CORE_EV_ADD | CORE_EV_DELETE | CORE_EV_ENABLE | CORE_EV_DISABLE |
				CORE_EV_FORCEONESHOT);
	kn->ev.fflags = 0;
	kn->ev.data = 0;
	kn->sfflags = kev->fflags;
	kn->sdata = kev->data;
	kev->fflags = 0; /* a receipt shows it so */
	kn->status = kev->flags & CORE_EV_DISABLE ? KQ_DISABLED : 0;
	if (kev->flags & KQ_EV_REQUEST) {
		kn->status |= KQ_REQUEST;
		kn->ev.flags &= (u16)~KQ_EV_REQUEST;
	}
	r = attach(kq, kn, next);
	if (r < 0) {
		core_slab_give(&kq->notes, kn);
		return r;
	}
	if (!kq_is_fd_filter(kev->filter)) {
		kn->link.key = kev->ident;
		kq_table_add(&kq->ids, &kn->link);
	}
	return 0;
}

static void touch_user(struct kq_note *kn, struct core_kevent *kev)
{
	u32 with = kev->fflags & CORE_NOTE_FFLAGSMASK;

	if (kev->fflags & CORE_NOTE_TRIGGER)
		kn->status |= KQ_FIRED;
	switch (kev->fflags & CORE_NOTE_FFCTRLMASK) {
	case CORE_NOTE_FFAND:
		kn->sfflags &= with;
		break;
	case CORE_NOTE_FFOR:
		kn->sfflags |= with;
		break;
	case CORE_NOTE_FFCOPY:
		kn->sfflags = with;
		break;
	}
	kev->fflags = with;
	kn->sdata = kev->data;
	if (kev->flags & CORE_EV_CLEAR) {
		kn->status &= ~(u32)KQ_FIRED;
		kn->ev.data = 0;
		kn->ev.fflags = 0;
	}
}

static long modify(struct kq *kq, struct kq_note *kn, struct core_kevent *kev)
{
	long r = 0;

	if (kev->flags & CORE_EV_FORCEONESHOT) {
		kn->ev.flags |= CORE_EV_ONESHOT;
		kq_activate(kq, kn);
	}
	if (kev->flags & CORE_EV_ENABLE) {
		kn->status &= ~(u32)KQ_DISABLED;
	} else if (kev->flags & CORE_EV_DISABLE) {
		kn->status |= KQ_DISABLED;
		kq_dequeue(kq, kn);
	}
	if (!(kev->flags & CORE_EV_KEEPUDATA))
		kn->ev.udata = kev->udata;
	switch (kn->ev.filter) {
	case CORE_EVFILT_USER:
		touch_user(kn, kev);
		break;
	case CORE_EVFILT_TIMER:
		kq_timer_touch(kq, kn, kev);
		break;
	case CORE_EVFILT_PROC:
		kn->sfflags = kev->fflags;
		kn->sdata = kev->data;
		kq_news_want(kq, kn); /* as when it was added, where nobody tells: never */
		break;
	default:
		kn->sfflags = kev->fflags;
		kn->sdata = kev->data;
	}
	if (kq_is_fd_filter(kn->ev.filter)) {
		/* Having looked afresh the host reports what holds, even to one that wants edges.
		 */
		r = kq_watch_sync(kq, kn->watch, !(kn->status & KQ_DISABLED));
		if (kn->watch->plain)
			kq_activate(kq, kn);
		if (kn->ev.filter == CORE_EVFILT_VNODE)
			r = kq_inode_attach(kq, kn);
	} else if (!(kn->status & KQ_DISABLED) && kq_holds(kq, kn)) {
		kq_activate(kq, kn);
	}
	if ((kn->status & (KQ_ACTIVE | KQ_QUEUED | KQ_DISABLED)) == KQ_ACTIVE)
		kq_enqueue(kq, kn);
	return r;
}

long kq_change(struct kq *kq, struct core_kevent *kev, const struct core_kevent *next)
{
	const u32 both = CORE_EV_ENABLE | CORE_EV_DISABLE;
	const u32 keeps_none = CORE_EV_ADD | CORE_EV_KEEPUDATA;
	struct kq_note *kn;

	if ((kev->flags & both) == both || (kev->flags & keeps_none) == keeps_none)
		return -CORE_EINVAL;
	if (kev->filter >= 0 || kev->filter < -CORE_EVFILT_COUNT)
		return -CORE_EINVAL;
	kn = find(kq, kev->ident, kev->filter);
	if (!kn) {
		if (kev->flags & CORE_EV_ADD)
			return add(kq, kev, next);
		return kq_is_fd_filter(kev->filter) &&
			       (kev->ident >= CORE_KQUEUE_FDS || exo_fd_hidden((int)kev->ident) ||
				EXO_NOW(fcntl, (int)kev->ident, CORE_F_GETFD) < 0)
			   ? -CORE_EBADF
			   : -CORE_ENOENT;
	}
	if (kev->flags & CORE_EV_DELETE) {
		kq_drop(kq, kn);
		return 0;
	}
	return modify(kq, kn, kev);
}
