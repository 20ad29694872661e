/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/kqueue.c: kqueues over epoll.
 *
 * A kqueue's descriptor is an epoll descriptor, so that poll, select, epoll and another
 * kqueue can wait for it, and waiting itself is one host call. What epoll can tell
 * (EVFILT_READ, EVFILT_WRITE) is left to it: kqueue_watch.c. Everything else is a note on a
 * queue of our own (kq->q_first), served in turn with epoll's reports; an event
 * descriptor, the bell, is rung when the queue has something and nobody knows it yet. The
 * bell, the timer and the file watcher are watched for edges and never read: writing,
 * setting, or more to read makes the next edge.
 *
 * The engine uses a hidden descriptor of the same epoll object for its own calls, because
 * the guest's may be closed and its number given away while a thread waits: closing does
 * not end the wait, here as there.
 *
 * Notes on a descriptor end with the descriptor, not with the file: core/fd.c says so
 * before it closes one. They end in the kqueue's own process only: a child of fork loses
 * the kqueue and must not touch the registrations, which it shares with its parent.
 *
 * Locks: the list of kqueues, then a kqueue. Guest memory is accessed with the kqueue
 * locked; a fault there is an error, never a signal.
 */
#include "core/kqueue_impl.h"
#include "core/signal.h"
#include "lib/mem.h"

#define CHANGES 8 /* taken from the guest at a time */

static FB_LARGE u64 watched[CORE_KQUEUE_FDS / 64];

static FB_HOT struct exo_lock list_lock;
static struct kq *list;

/* ---- life ------------------------------------------------------------------------------- */

/* The signals are watched no longer, and processes neither. In a child of fork only the
 * descriptors are its own. */
static void close_hidden(struct kq *kq)
{
	struct kq_link *l, *next;
	const int own[] = {kq->ep, kq->bell, kq->timerfd, kq->inotify, kq->news, kq->news_holder};

	for (u32 i = 0; i <= kq->watched.mask; i++)
		for (l = kq->watched.bucket[i].first; l; l = l->next)
			if (((struct kq_watch *)l)->kind == KQ_WATCH_PROCESS)
				exo_unhide_fd((int)l->key);
	for (u32 i = 0; i <= kq->ids.mask && kq->signals && !kq->orphan; i++)
		for (l = kq->ids.bucket[i].first; l; l = next) {
			next = l->next;
			if (((struct kq_note *)l)->ev.filter == CORE_EVFILT_SIGNAL)
				kq_signal_detach(kq, (struct kq_note *)l);
		}
	for (u32 i = 0; i < ARRAY_LEN(own); i++)
		if (own[i] >= 0)
			exo_unhide_fd(own[i]);
}

static void release(struct core_fd_note *note)
{
	struct kq *kq = (struct kq *)note, **at;

	if (!kq->orphan) {
		exo_lock(&list_lock);
		for (at = &list; *at != kq;)
			at = &(*at)->next;
		*at = kq->next;
		exo_unlock(&list_lock);
	}
	close_hidden(kq);
	kq_table_end(&kq->ids);
	kq_table_end(&kq->watched);
	core_slab_end(&kq->notes);
	core_slab_end(&kq->watches);
	exo_pages_free(kq, sizeof(*kq));
}

static const struct core_fd_ops ops = {CORE_FD_KQUEUE, release, true};

static struct kq *create(void)
{
	struct kq *kq = exo_pages_alloc(sizeof(*kq));

	if (!kq)
		return NULL;
	kq->ep = -1;
	kq->bell = -1;
	kq->timerfd = -1;
	kq->inotify = -1;
	kq->news = -1;
	kq->news_holder = -1;
	kq_table_start(&kq->ids);
	kq_table_start(&kq->watched);
	core_slab_start(&kq->notes, sizeof(struct kq_note));
	core_slab_start(&kq->watches, sizeof(struct kq_watch));
	return kq;
}

/* ---- descriptors that are watched ----------------------------------------------------------- */

void kq_watching(int fd)
{
	__atomic_or_fetch(&watched[fd / 64], 1UL << (fd % 64), __ATOMIC_RELAXED);
}

static bool is_watched(int fd)
{
	return (u32)fd < CORE_KQUEUE_FDS &&
	       (__atomic_load_n(&watched[(u32)fd / 64], __ATOMIC_RELAXED) >> ((u32)fd % 64) & 1);
}

/* Its knotes go with it. */
static void forget(int fd)
{
	exo_lock(&list_lock);
	__atomic_and_fetch(&watched[fd / 64], ~(1UL << (fd % 64)), __ATOMIC_RELAXED);
	for (struct kq *kq = list; kq; kq = kq->next) {
		struct kq_watch *w;

		exo_lock(&kq->lock);
		w = kq_watch_find(kq, (u64)fd);
		if (w && w->kind == KQ_WATCH_FD)
			kq_watch_close(kq, w);
		exo_unlock(&kq->lock);
	}
	exo_unlock(&list_lock);
}

static void closing(u32 first, u32 last)
{
	if (first >= CORE_KQUEUE_FDS)
		return;
	last = MIN(last, CORE_KQUEUE_FDS - 1u);
	for (u32 i = first / 64; i <= last / 64; i++) {
		u64 set = __atomic_load_n(&watched[i], __ATOMIC_RELAXED);

		for (; UNLIKELY(set); set &= set - 1) {
			u32 fd = i * 64 + (u32)__builtin_ctzl(set);

			if (fd >= first && fd <= last)
				forget((int)fd);
		}
	}
}

static const struct core_fd_keeper keeper = {is_watched, closing};

long core_kqueue(bool cloexec)
{
	struct kq *kq = create();
	long fd = -CORE_ENOMEM, r;

	if (!kq)
		return fd;
	kq->orphan = true; /* not in the list yet */
	r = EXO_NOW(epoll_create1, CORE_EPOLL_CLOEXEC);
	if (r < 0) {
		release(&kq->note);
		return r;
	}
	kq->ep = exo_hide_fd((int)r);
	if (kq->ep < 0) {
		EXO_NOW(close, r);
		release(&kq->note);
		return -CORE_EMFILE;
	}
	fd = EXO_NOW(fcntl, kq->ep, cloexec ? CORE_F_DUPFD_CLOEXEC : CORE_F_DUPFD, 0);
	if (fd < 0) {
		release(&kq->note);
		return fd;
	}
	core_fd_keep(&keeper);
	exo_lock(&list_lock);
	kq->next = list;
	list = kq;
	kq->orphan = false;
	exo_unlock(&list_lock);
	r = core_fd_attach((int)fd, &ops, &kq->note);
	if (r < 0) {
		EXO_NOW(close, fd);
		release(&kq->note);
		return r;
	}
	return fd;
}

void core_kqueue_fork(bool before)
{
	if (before)
		exo_lock(&list_lock);
	for (struct kq *kq = list; kq; kq = kq->next) {
		if (before)
			exo_lock(&kq->lock);
		else
			exo_unlock(&kq->lock);
	}
	if (!before)
		exo_unlock(&list_lock);
}

void core_kqueue_forked(void)
{
	while (list) {
		struct kq *kq = list;

		list = kq->next;
		kq->orphan = true;
		exo_lock_reset(&kq->lock);
	}
}

/* ---- the queue --------------------------------------------------------------------------- */

void kq_enqueue(struct kq *kq, struct kq_note *kn)
{
	if (kn->status & KQ_QUEUED)
		return;
	kn->status |= KQ_QUEUED;
	kn->q_next = NULL;
	kn->q_prev = kq->q_last;
	if (kq->q_last)
		kq->q_last->q_next = kn;
	else
		kq->q_first = kn;
	kq->q_last = kn;
}

void kq_dequeue(struct kq *kq, struct kq_note *kn)
{
	if (!(kn->status & KQ_QUEUED))
		return;
	kn->status &= ~(u32)KQ_QUEUED;
	if (kn->q_prev)
		kn->q_prev->q_next = kn->q_next;
	else
		kq->q_first = kn->q_next;
	if (kn->q_next)
		kn->q_next->q_prev = kn->q_prev;
	else
		kq->q_last = kn->q_prev;
}

void kq_activate(struct kq *kq, struct kq_note *kn)
{
	kn->status |= KQ_ACTIVE;
	if (!(kn->status & KQ_DISABLED))
		kq_enqueue(kq, kn);
}

static void ring(struct kq *kq)
{
	u64 one = 1;

	if (kq->bell < 0) {
		long fd = EXO_NOW(eventfd2, 0, CORE_EFD_CLOEXEC | CORE_EFD_NONBLOCK);

		if (kq_hidden(kq, &kq->bell, fd, KQ_WATCH_BELL) < 0)
			return; /* found at the next kevent */
	}
	EXO_NOW(write, kq->bell, &one, sizeof(one));
	kq->rung = true;
}

void kq_unlock(struct kq *kq)
{
	if (UNLIKELY(kq->q_first && !kq->rung))
		ring(kq);
	exo_unlock(&kq->lock);
}

void kq_each(void (*act)(struct kq *kq, void *arg), void *arg)
{
	exo_lock(&list_lock);
	for (struct kq *kq = list; kq; kq = kq->next) {
		exo_lock(&kq->lock);
		act(kq, arg);
		kq_unlock(kq);
	}
	exo_unlock(&list_lock);
}

void kq_signal(int sig)
{
	exo_lock(&list_lock);
	for (struct kq *kq = list; kq; kq = kq->next) {
		if (!(kq->signals & CORE_SIGBIT(sig)))
			continue;
		exo_lock(&kq->lock);
		for (struct kq_link *l = kq_table_find(&kq->ids, (u64)sig); l;
		     l = kq_table_next(l)) {
			struct kq_note *kn = (struct kq_note *)l;

			if (kn->ev.filter != CORE_EVFILT_SIGNAL)
				continue;
			kn->ev.data++;
			kq_activate(kq, kn);
		}
		kq_unlock(kq);
	}
	exo_unlock(&list_lock);
}

/* ---- kevent: changes
 * ----------------------------------------------------------------------------- */

/* The number of entries put out for errors and receipts, or the error there was no room for. */
static long change(struct kq *kq, int nchanges, int *nevents, struct core_kevent_io *io)
{
	struct core_kevent kev[CHANGES];
	long r, said = 0;

	while (nchanges > 0) {
		int n = MIN(nchanges, CHANGES);

		r = io->in(io, kev, n);
		if (r < 0)
			return r;
		exo_lock(&kq->lock);
		for (int i = 0; i < n; i++) {
			struct core_kevent *k = &kev[i];

			if (!k->filter)
				continue;
			k->flags &= (u16)~CORE_EV_SYSFLAGS;
			r = kq_change(kq, k, i + 1 < n ? k + 1 : NULL);
			if (r == 0 && !(k->flags & CORE_EV_RECEIPT))
				continue;
			if (*nevents == 0) {
				kq_unlock(kq);
				return r;
			}
			k->flags = CORE_EV_ERROR;
			k->data = -r;
			io->out(io, k, 1); /* what cannot be told stays untold */
			--*nevents;
			said++;
		}
		kq_unlock(kq);
		nchanges -= n;
	}
	return said;
}

long core_kevent(struct core_thread *t, int fd, int nchanges, int nevents,
		 const struct core_timespec *timeout, struct core_kevent_io *io)
{
	struct core_fd_note *note = core_fd_get(fd, CORE_FD_KQUEUE);
	long r = 0;

	if (!note)
		return -CORE_EBADF;
	if (nchanges < 0 || nevents < 0)
		r = -CORE_EINVAL;
	else if (nchanges > 0)
		r = change((struct kq *)note, nchanges, &nevents, io);
	if (r == 0 && nevents > 0)
		r = kq_scan(t, (struct kq *)note, nevents, timeout, io);
	core_fd_put(note);
	return r;
}
