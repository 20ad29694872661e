/* SPDX-License-Identifier: BSD-2-Clause */
/* core/kqueue_request.c: events of asynchronous requests; core/kqueue.h has the contracts. */
#include "core/kqueue_impl.h"

long core_kqueue_request(int fd, int filter, u64 ident, u16 flags, u64 udata)
{
	struct core_fd_note *note = core_fd_get(fd, CORE_FD_KQUEUE);
	struct kq *kq = (struct kq *)note;
	struct core_kevent kev = {
	    .ident = ident,
	    .filter = (i16)filter,
	    .flags = (u16)(flags | CORE_EV_ADD | CORE_EV_ENABLE | KQ_EV_REQUEST),
	    .udata = udata,
	};
	long r;

	if (!note)
		return -CORE_EBADF;
	exo_lock(&kq->lock);
	r = kq_change(kq, &kev, NULL);
	kq_unlock(kq);
	core_fd_put(note);
	return r;
}

static struct kq_note *find(const struct kq *kq, int filter, u64 ident)
{
	for (struct kq_link *l = kq_table_find(&kq->ids, ident); l; l = kq_table_next(l))
		if (((struct kq_note *)l)->ev.filter == filter)
			return (struct kq_note *)l;
	return NULL;
}

struct ending {
	int filter;
	u64 ident;
	i64 data;
};

static void done(struct kq *kq, void *arg)
{
	struct ending *e = arg;
	struct kq_note *kn = find(kq, e->filter, e->ident);

	if (!kn)
		return;
	kn->status |= KQ_FIRED;
	kn->ev.flags |= CORE_EV_EOF;
	kn->ev.data = e->data;
	kq_activate(kq, kn);
}

static void gone(struct kq *kq, void *arg)
{
	struct ending *e = arg;
	struct kq_note *kn = find(kq, e->filter, e->ident);

	if (kn)
		kq_drop(kq, kn);
}

void core_kqueue_request_done(int filter, u64 ident, i64 data)
{
	struct ending e = {filter, ident, data};

	kq_each(done, &e);
}

void core_kqueue_request_gone(int filter, u64 ident)
{
	struct ending e = {filter, ident, 0};

	kq_each(gone, &e);
}
