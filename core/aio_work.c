/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/aio_work.c: the threads that carry out requests. A few do files, one call each; one
 * waits for all sockets, and does what it can without waiting.
 *
 * They are host threads with a kernel stack and nothing of a guest: not in the list of
 * threads, never in guest code, all signals blocked. Made when first needed, they stay.
 */
#include "core/aio_impl.h"
#include "lib/mem.h"

#define FILE_THREADS 4
#define SHARED                                                                                     \
	(CORE_CLONE_VM | CORE_CLONE_FS | CORE_CLONE_FILES | CORE_CLONE_SIGHAND |                   \
	 CORE_CLONE_THREAD | CORE_CLONE_SYSVSEM)

static u32 threads, idle; /* for files */
static u32 work;	  /* a futex: changes when there is something for them */
static bool has_socket_thread;
static int bell; /* wakes the one for sockets; hidden */

static long start_thread(struct core_thread *t, void (*run)(struct exo_thread *))
{
	struct core_thread *w = (struct core_thread *)exo_thread_alloc();
	long r;

	if (!w)
		return -CORE_EAGAIN;
	w->proc = t->proc;
	w->pid = t->pid;
	w->abi = t->abi;
	w->exo.mask = ~0UL;
	r = exo_thread_start(&w->exo, SHARED, 0, 0, 0, run);
	if (r < 0) {
		exo_thread_free(&w->exo);
		return -CORE_EAGAIN;
	}
	exo_thread_open(&w->exo);
	return 0;
}

/* ---- files -------------------------------------------------------------------------------- */

/* A sync waits for what was asked before it of the same file. */
static bool may_begin(const struct aio *a)
{
	if (a->r.op != CORE_AIO_SYNC && a->r.op != CORE_AIO_DATASYNC)
		return true;
	for (const struct aio *b = aio_first; b != a; b = b->next)
		if (b->state != AIO_DONE && b->r.fd == a->r.fd && b->r.op <= CORE_AIO_WRITE)
			return false;
	return true;
}

static struct aio *next_file(void)
{
	struct aio *a = aio_held ? NULL : aio_first;

	while (a && (a->state != AIO_QUEUED || a->socket || !may_begin(a)))
		a = a->next;
	return a;
}

static long do_file(const struct aio *a)
{
	switch (a->r.op) {
	case CORE_AIO_READ:
		return EXO_NOW(preadv, a->r.fd, a->iov, a->iov_count, a->r.offset, 0);
	case CORE_AIO_WRITE:
		return EXO_NOW(pwritev, a->r.fd, a->iov, a->iov_count, a->r.offset, 0);
	case CORE_AIO_SYNC:
		return EXO_NOW(fsync, a->r.fd);
	case CORE_AIO_DATASYNC:
		return EXO_NOW(fdatasync, a->r.fd);
	case CORE_AIO_MLOCK:
		return EXO_NOW(mlock, a->one.iov_base, a->one.iov_len);
	}
	return -CORE_EINVAL;
}

static void file_thread(struct exo_thread *self)
{
	(void)self;
	exo_lock(&aio_lock);
	for (;;) {
		struct aio *a = next_file();
		long r;

		if (!a) {
			u32 seen = work;

			idle++;
			exo_unlock(&aio_lock);
			EXO_NOW(futex, &work, CORE_FUTEX_WAIT | CORE_FUTEX_PRIVATE_FLAG, seen, 0);
			exo_lock(&aio_lock);
			idle--;
			continue;
		}
		a->state = AIO_RUNNING;
		exo_unlock(&aio_lock);
		r = do_file(a);
		exo_lock(&aio_lock);
		aio_finish(a, r);
		aio_work_wake(false); /* a sync may have waited for it */
	}
}

/* ---- sockets ------------------------------------------------------------------------------ */

/* The part of a vector that has not gone yet. */
static u32 rest_of(const struct aio *a, struct core_iovec *out, u32 most)
{
	u64 skip = a->moved;
	u32 n = 0;

	for (u32 i = 0; i < a->iov_count && n < most; i++) {
		struct core_iovec v = a->iov[i];

		if (skip >= v.iov_len) {
			skip -= v.iov_len;
			continue;
		}
		out[n++] = (struct core_iovec){v.iov_base + skip, v.iov_len - skip};
		skip = 0;
	}
	return n;
}

/* A write to a socket that may block goes on until all has gone. */
static void do_socket(struct aio *a)
{
	struct core_iovec rest[16];
	struct core_msghdr msg = {.msg_iov = (u64)rest};
	bool reading = a->r.op == CORE_AIO_READ;
	long r;

	do {
		msg.msg_iovlen = rest_of(a, rest, ARRAY_LEN(rest));
		r = reading
			? EXO_NOW(recvmsg, a->r.fd, &msg, CORE_MSG_DONTWAIT)
			: EXO_NOW(sendmsg, a->r.fd, &msg, CORE_MSG_DONTWAIT | CORE_MSG_NOSIGNAL);
		if (r > 0)
			a->moved += (u64)r;
	} while (r > 0 && !reading && rest_of(a, rest, 1));
	if (r == -CORE_EAGAIN && (!a->moved || !reading)) {
		if (!a->moved || !(EXO_NOW(fcntl, a->r.fd, CORE_F_GETFL) & CORE_O_NONBLOCK))
			return;
	}
	if (r == -CORE_EPIPE && !a->moved)
		EXO_NOW(kill, core_self()->pid, CORE_SIGPIPE);
	aio_finish(a, a->moved ? (long)a->moved : r);
}

/* Requests of one socket and direction have their turns. */
static bool has_turn(const struct aio *a)
{
	if (a->state != AIO_QUEUED || !a->socket)
		return false;
	for (const struct aio *b = aio_first; b != a; b = b->next)
		if (b->state == AIO_QUEUED && b->socket && b->r.fd == a->r.fd && b->r.op == a->r.op)
			return false;
	return true;
}

static void do_sockets(void)
{
	for (struct aio *a = aio_held ? NULL : aio_first; a; a = a->next)
		if (has_turn(a))
			do_socket(a);
}

static u32 what_to_wait_for(struct core_pollfd *p)
{
	u32 n = 0;

	p[n++] = (struct core_pollfd){bell, CORE_POLLIN, 0};
	for (const struct aio *a = aio_held ? NULL : aio_first; a; a = a->next)
		if (has_turn(a))
			p[n++] = (struct core_pollfd){
			    a->r.fd, a->r.op == CORE_AIO_READ ? CORE_POLLIN : CORE_POLLOUT, 0};
	return n;
}

static void socket_thread(struct exo_thread *self)
{
	static struct core_pollfd p[CORE_AIO_MOST + 1];
	u64 rung;
	u32 n;

	(void)self;
	for (;;) {
		exo_lock(&aio_lock);
		do_sockets();
		n = what_to_wait_for(p);
		exo_unlock(&aio_lock);
		EXO_NOW(poll, p, n, -1);
		EXO_NOW(read, bell, &rung, sizeof(rung));
	}
}

/* ---- starting ----------------------------------------------------------------------------- */

static long start_sockets(struct core_thread *t)
{
	long fd;

	if (has_socket_thread)
		return 0;
	fd = EXO_NOW(eventfd2, 0, CORE_EFD_CLOEXEC | CORE_EFD_NONBLOCK);
	fd = fd < 0 ? fd : exo_hide_fd((int)fd);
	if (fd < 0)
		return -CORE_EAGAIN;
	bell = (int)fd;
	if (start_thread(t, socket_thread) < 0) {
		exo_unhide_fd(bell);
		return -CORE_EAGAIN;
	}
	has_socket_thread = true;
	return 0;
}

long aio_work_start(struct core_thread *t, bool socket)
{
	if (socket)
		return start_sockets(t);
	if (idle == 0 && threads < FILE_THREADS && start_thread(t, file_thread) == 0)
		threads++;
	return threads ? 0 : -CORE_EAGAIN;
}

void aio_work_wake(bool socket)
{
	u64 one = 1;

	if (socket && !has_socket_thread)
		return;
	if (socket) {
		EXO_NOW(write, bell, &one, sizeof(one));
		return;
	}
	__atomic_add_fetch(&work, 1, __ATOMIC_RELEASE);
	EXO_NOW(futex, &work, CORE_FUTEX_WAKE | CORE_FUTEX_PRIVATE_FLAG, FILE_THREADS);
}

void aio_work_fork(bool files)
{
	threads = 0;
	idle = 0;
	if (has_socket_thread && !files)
		exo_unhide_fd(bell);
	has_socket_thread = false;
}
