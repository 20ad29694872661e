/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/aio.c: asynchronous requests and what is known of them; core/aio.h has the contracts.
 *
 * Threads of the runtime's own, which no guest sees, carry them out (core/aio_work.c): any
 * host can do that, it holds whatever the file system is, and a request is an ordinary call
 * of the process's own. They block all signals, share descriptors and memory, and end with
 * the process; a child of fork has none, and no requests.
 *
 * A descriptor is used by its number until the guest lets go of it. Only then a copy is made:
 * to close a copy at any other time would take the guest's record locks of that file away.
 * One lock covers everything; it is taken before those of kqueues.
 */
#include "core/aio_impl.h"
#include "core/fd.h"
#include "core/guest.h"
#include "core/kqueue.h"
#include "core/slab.h"
#include "lib/mem.h"

struct exo_lock aio_lock;
struct aio *aio_first;
bool aio_held;
static u32 aio_count; /* in the list */

static struct core_slab slab, groups;
static u64 turns;
static u32 ended; /* a futex */

/* ---- telling ------------------------------------------------------------------------------ */

static void send_signal(const struct core_sigevent *ev)
{
	struct core_siginfo si = {.si_signo = ev->sigev_signo, .si_code = CORE_SI_ASYNCIO};
	i32 pid = core_self()->pid;
	long r;

	si.kill.value = ev->sigev_value;
	if (ev->sigev_notify == CORE_SIGEV_THREAD_ID)
		r = EXO_NOW(rt_tgsigqueueinfo, pid, ev->sigev_tid, ev->sigev_signo, &si);
	else if (ev->sigev_notify == CORE_SIGEV_SIGNAL)
		r = EXO_NOW(rt_sigqueueinfo, pid, ev->sigev_signo, &si);
	else
		return;
	if (r == -CORE_EAGAIN) /* no room for its value */
		EXO_NOW(kill, pid, ev->sigev_signo);
}

static void group_release(struct core_aio_group *g)
{
	if (--g->claims)
		return;
	if (g->notice.kevent)
		core_kqueue_request_gone(CORE_EVFILT_LIO, g->id);
	core_slab_give(&groups, g);
}

static void group_ended(struct core_aio_group *g)
{
	if (--g->pending)
		return;
	g->done = true;
	if (g->notice.kevent)
		core_kqueue_request_done(CORE_EVFILT_LIO, g->id, 0);
	else
		send_signal(&g->notice.event);
}

void aio_finish(struct aio *a, long result)
{
	a->state = AIO_DONE;
	a->result = result;
	a->turn = ++turns;
	if (a->own_fd)
		exo_unhide_fd(a->r.fd);
	a->own_fd = false;
	if (a->iov != &a->one)
		exo_pages_free(a->iov, a->iov_count * sizeof(*a->iov));
	a->iov = &a->one;
	if (a->r.notice.kevent)
		core_kqueue_request_done(CORE_EVFILT_AIO, a->r.id, result < 0 ? -result : 0);
	else
		send_signal(&a->r.notice.event);
	if (a->r.group)
		group_ended(a->r.group);
	__atomic_add_fetch(&ended, 1, __ATOMIC_RELEASE);
	EXO_NOW(futex, &ended, CORE_FUTEX_WAKE | CORE_FUTEX_PRIVATE_FLAG, INT32_MAX);
}

u32 core_aio_ended(void)
{
	return __atomic_load_n(&ended, __ATOMIC_ACQUIRE);
}

long core_aio_wait(u32 seen, const struct exo_time *until)
{
	long r = EXO(futex, &ended, CORE_FUTEX_WAIT_BITSET | CORE_FUTEX_PRIVATE_FLAG, seen, until,
		     0, ~0u);

	return r == -CORE_EAGAIN ? 0 : r;
}

/* ---- submission --------------------------------------------------------------------------- */

static long load_vector(struct aio *a)
{
	const struct core_aio_request *r = &a->r;

	a->iov = &a->one;
	a->iov_count = 1;
	if (!r->vectored) {
		a->one = (struct core_iovec){r->data.addr, r->count};
	} else if (r->count > CORE_IOV_MAX) {
		return -CORE_EINVAL;
	} else if (r->count > 0) {
		a->iov_count = (u32)r->count;
		a->iov = exo_pages_alloc(r->count * sizeof(*a->iov));
		if (!a->iov)
			return -CORE_ENOMEM;
		if (copy_from_guest(a->iov, r->data, r->count * sizeof(*a->iov)) < 0)
			return -CORE_EFAULT;
	} else {
		a->one = (struct core_iovec){0, 0};
	}
	for (u32 i = 0; i < a->iov_count; i++)
		if (a->iov[i].iov_base >= EXO_GUEST_HIGH ||
		    a->iov[i].iov_len > EXO_GUEST_HIGH - a->iov[i].iov_base)
			a->iov[i].iov_base = ~0UL; /* faults wherever it is used */
	return 0;
}

static long check_fd(struct aio *a)
{
	struct core_stat st;
	long flags, r;
	u32 type;

	if (a->r.op == CORE_AIO_MLOCK)
		return 0;
	if (exo_fd_hidden(a->r.fd))
		return -CORE_EBADF;
	flags = EXO_NOW(fcntl, a->r.fd, CORE_F_GETFL);
	if (flags < 0)
		return flags;
	if (flags & CORE_O_PATH)
		return -CORE_EBADF;
	if ((flags & CORE_O_ACCMODE) ==
		(a->r.op == CORE_AIO_READ ? CORE_O_WRONLY : CORE_O_RDONLY) &&
	    a->r.op <= CORE_AIO_WRITE)
		return -CORE_EBADF;
	r = EXO_NOW(fstat, a->r.fd, &st);
	if (r < 0)
		return r;
	type = st.st_mode & CORE_S_IFMT;
	a->socket = type == CORE_S_IFSOCK && a->r.op <= CORE_AIO_WRITE;
	if (type != CORE_S_IFREG && type != CORE_S_IFDIR && type != CORE_S_IFBLK &&
	    type != CORE_S_IFSOCK)
		return -CORE_EOPNOTSUPP;
	return a->r.offset < 0 && !a->socket && a->r.op <= CORE_AIO_WRITE ? -CORE_EINVAL : 0;
}

static long prepare(struct aio *a)
{
	long r = check_fd(a);

	if (r == 0)
		r = load_vector(a);
	if (r == 0 && a->r.notice.kevent)
		r = core_kqueue_request(a->r.notice.kq, CORE_EVFILT_AIO, a->r.id,
					a->r.notice.kq_flags,
					a->r.notice.event.sigev_value.sival_ptr);
	return r;
}

static void forget(struct aio *a)
{
	struct aio **at = &aio_first;

	while (*at && *at != a)
		at = &(*at)->next;
	if (*at) {
		*at = a->next;
		aio_count--;
	}
	if (a->iov && a->iov != &a->one)
		exo_pages_free(a->iov, a->iov_count * sizeof(*a->iov));
	if (a->r.notice.kevent)
		core_kqueue_request_gone(CORE_EVFILT_AIO, a->r.id);
	core_slab_give(&slab, a);
}

static void enlist(struct aio *a)
{
	struct aio **at = &aio_first;

	while (*at)
		at = &(*at)->next;
	*at = a;
	aio_count++;
	if (a->r.group) {
		a->r.group->pending++;
		a->r.group->claims++;
	}
}

static bool runs(u32 first, u32 last)
{
	for (struct aio *a = aio_first; a; a = a->next)
		if (a->state == AIO_RUNNING && (u32)a->r.fd >= first && (u32)a->r.fd <= last)
			return true;
	return false;
}

/* Work on files ends by itself. */
static void wait_running(u32 first, u32 last)
{
	while (runs(first, last)) {
		u32 seen = core_aio_ended();

		exo_unlock(&aio_lock);
		EXO_NOW(futex, &ended, CORE_FUTEX_WAIT | CORE_FUTEX_PRIVATE_FLAG, seen, 0);
		exo_lock(&aio_lock);
	}
}

/* Descriptors are about to be closed or replaced: requests go on with what they were. */
static void closing(u32 first, u32 last)
{
	if (LIKELY(!__atomic_load_n(&aio_count, __ATOMIC_RELAXED)))
		return;
	exo_lock(&aio_lock);
	wait_running(first, last);
	for (struct aio *a = aio_first; a; a = a->next) {
		long fd;

		if (a->state == AIO_DONE || a->own_fd || (u32)a->r.fd < first ||
		    (u32)a->r.fd > last || a->r.op == CORE_AIO_MLOCK)
			continue;
		fd = EXO_NOW(fcntl, a->r.fd, CORE_F_DUPFD_CLOEXEC, 0);
		fd = fd < 0 ? fd : exo_hide_fd((int)fd);
		if (fd < 0) {
			aio_finish(a, fd);
			continue;
		}
		a->r.fd = (int)fd;
		a->own_fd = true;
		aio_work_wake(a->socket);
	}
	exo_unlock(&aio_lock);
}

static const struct core_fd_keeper keeper = {.closing = closing};

long core_aio_submit(struct core_thread *t, const struct core_aio_request *request)
{
	struct aio *a = NULL;
	long r = -CORE_EAGAIN;

	if (t->proc->borrows)
		return r; /* whose threads would it be? */
	core_fd_keep(&keeper);
	exo_lock(&aio_lock);
	if (!slab.size)
		core_slab_start(&slab, sizeof(*a));
	if (aio_count < CORE_AIO_MOST)
		a = core_slab_take(&slab);
	if (a) {
		a->r = *request;
		r = prepare(a);
		if (r == 0)
			r = aio_work_start(t, a->socket);
		if (r == 0) {
			enlist(a);
			aio_work_wake(a->socket);
		} else {
			forget(a);
		}
	}
	exo_unlock(&aio_lock);
	return r;
}

/* ---- groups ------------------------------------------------------------------------------- */

struct core_aio_group *core_aio_group_open(u64 id, const struct core_aio_notice *notice,
					   long *error)
{
	struct core_aio_group *g;

	exo_lock(&aio_lock);
	if (!groups.size)
		core_slab_start(&groups, sizeof(*g));
	g = core_slab_take(&groups);
	*error = g ? 0 : -CORE_EAGAIN;
	if (g) {
		*g =
		    (struct core_aio_group){.id = id, .pending = 1, .claims = 1, .notice = *notice};
		if (notice->kevent)
			*error =
			    core_kqueue_request(notice->kq, CORE_EVFILT_LIO, id, notice->kq_flags,
						notice->event.sigev_value.sival_ptr);
		if (*error < 0) {
			core_slab_give(&groups, g);
			g = NULL;
		}
	}
	exo_unlock(&aio_lock);
	return g;
}

void core_aio_group_close(struct core_aio_group *g)
{
	exo_lock(&aio_lock);
	group_ended(g);
	group_release(g);
	exo_unlock(&aio_lock);
}

/* ---- results ------------------------------------------------------------------------------ */

static struct aio *find(u64 id)
{
	struct aio *a = aio_first;

	while (a && a->r.id != id)
		a = a->next;
	return a;
}

static long hand_over(struct aio *a, long *result)
{
	*result = a->result;
	if (a->r.group)
		group_release(a->r.group);
	forget(a);
	return 0;
}

long core_aio_look(u64 id, long *result)
{
	struct aio *a;
	long r = -CORE_ENOENT;

	exo_lock(&aio_lock);
	a = find(id);
	if (a)
		r = a->state == AIO_DONE ? 0 : -CORE_EINPROGRESS;
	if (r == 0)
		*result = a->result;
	exo_unlock(&aio_lock);
	return r;
}

long core_aio_take(u64 id, long *result)
{
	struct aio *a;
	long r = -CORE_ENOENT;

	exo_lock(&aio_lock);
	a = find(id);
	if (a)
		r = a->state == AIO_DONE ? hand_over(a, result) : -CORE_EINPROGRESS;
	exo_unlock(&aio_lock);
	return r;
}

long core_aio_take_any(u64 *id, long *result)
{
	struct aio *first = NULL;
	long r = -CORE_ENOENT;

	exo_lock(&aio_lock);
	for (struct aio *a = aio_first; a; a = a->next)
		if (a->state == AIO_DONE && (!first || a->turn < first->turn))
			first = a;
	if (first) {
		*id = first->r.id;
		r = hand_over(first, result);
	}
	exo_unlock(&aio_lock);
	return r;
}

u32 core_aio_cancel(int fd, u64 id)
{
	u32 found = 0;

	exo_lock(&aio_lock);
	for (struct aio *a = aio_first; a; a = a->next) {
		if (a->state == AIO_DONE || a->r.op == CORE_AIO_MLOCK || a->r.fd != fd ||
		    (id && a->r.id != id))
			continue;
		if (a->state == AIO_RUNNING) {
			found |= CORE_AIO_NOTCANCELED;
			continue;
		}
		/* What has gone in part ends there, and was not cancelled. */
		found |= a->moved ? CORE_AIO_NOTCANCELED : CORE_AIO_CANCELED;
		aio_finish(a, a->moved ? (long)a->moved : -CORE_ECANCELED);
	}
	exo_unlock(&aio_lock);
	return found;
}

/* ---- descriptors, the end, fork ------------------------------------------------------------ */

void core_aio_hold(const struct core_thread *t)
{
	if (LIKELY(!__atomic_load_n(&aio_count, __ATOMIC_RELAXED)) || t->proc->borrows)
		return;
	exo_lock(&aio_lock);
	aio_held = true;
	wait_running(0, UINT32_MAX);
	exo_unlock(&aio_lock);
}

void core_aio_go_on(const struct core_thread *t)
{
	if (LIKELY(!aio_held) || t->proc->borrows)
		return;
	exo_lock(&aio_lock);
	aio_held = false;
	aio_work_wake(false);
	aio_work_wake(true);
	exo_unlock(&aio_lock);
}

void core_aio_fork(bool before)
{
	if (before)
		exo_lock(&aio_lock);
	else
		exo_unlock(&aio_lock);
}

void core_aio_forked(bool files)
{
	aio_work_fork(files);
	if (LIKELY(!slab.size))
		return;
	for (struct aio *a = aio_first; a && !files; a = a->next)
		if (a->own_fd)
			exo_unhide_fd(a->r.fd);
	core_slab_end(&slab);
	core_slab_end(&groups);
	aio_first = NULL;
	aio_count = 0;
	aio_held = false;
}
