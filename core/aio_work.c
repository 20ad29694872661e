/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/aio_work.c: the threads that carry out requests. A few do files, one call each; one
 * waits for all sockets, and does what it can without waiting. That one also passes on what
 * message queues tell a thread: the host tells a process by a signal or somebody by a netlink
 * socket, on which it sends 32 bytes of ours back.
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
static bool has_mail;
static int mail; /* where message queues tell; hidden */
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

/* What comes by mail; the host sets the last byte to what happened. */
struct letter {
	i32 tid;
	i32 signo;
	u64 value;
	i32 mqd;
	u8 unused[11];
	u8 what;
};
SIZE_ASSERT(struct letter, 32);
#define LETTER_MESSAGE 1

static void read_mail(void)
{
	struct core_siginfo si;
	struct letter l;

	while (has_mail &&
	       EXO_NOW(recvfrom, mail, &l, sizeof(l), CORE_MSG_DONTWAIT, 0, 0) == sizeof(l)) {
		if (l.what != LETTER_MESSAGE)
			continue;
		si = (struct core_siginfo){.si_signo = l.signo, .si_code = CORE_SI_MESGQ};
		si.kill.pid = -1 - l.mqd;
		si.kill.value.sival_ptr = l.value;
		EXO_NOW(rt_tgsigqueueinfo, core_self()->pid, l.tid, l.signo, &si);
	}
}

static u32 what_to_wait_for(struct core_pollfd *p)
{
	u32 n = 0;

	p[n++] = (struct core_pollfd){bell, CORE_POLLIN, 0};
	if (has_mail)
		p[n++] = (struct core_pollfd){mail, CORE_POLLIN, 0};
	for (const struct aio *a = aio_held ? NULL : aio_first; a; a = a->next)
		if (has_turn(a))
			p[n++] = (struct core_pollfd){
			    a->r.fd, a->r.op == CORE_AIO_READ ? CORE_POLLIN : CORE_POLLOUT, 0};
	return n;
}

static void socket_thread(struct exo_thread *self)
{
	static FB_LARGE struct core_pollfd p[CORE_AIO_MOST + 2];
	u64 rung;
	u32 n;

	(void)self;
	for (;;) {
		exo_lock(&aio_lock);
		do_sockets();
		read_mail();
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

static long start_mail(struct core_thread *t)
{
	long fd, r = start_sockets(t);

	if (r < 0 || has_mail)
		return r;
	fd = EXO_NOW(socket, CORE_AF_NETLINK, CORE_SOCK_RAW | CORE_SOCK_CLOEXEC, 0);
	fd = fd < 0 ? fd : exo_hide_fd((int)fd);
	if (fd < 0)
		return -CORE_EAGAIN;
	mail = (int)fd;
	has_mail = true;
	aio_work_wake(true);
	return 0;
}

long core_mq_notify_thread(struct core_thread *t, int mqd, const struct core_sigevent *ev)
{
	struct letter l = {.tid = ev->sigev_tid,
			   .signo = ev->sigev_signo,
			   .value = ev->sigev_value.sival_ptr,
			   .mqd = mqd};
	struct core_sigevent by_mail = {.sigev_notify = CORE_SIGEV_THREAD};
	long r = -CORE_EAGAIN;

	if (t->proc->borrows)
		return r;
	exo_lock(&aio_lock);
	r = start_mail(t);
	exo_unlock(&aio_lock);
	if (r < 0)
		return r;
	by_mail.sigev_signo = mail;
	by_mail.sigev_value.sival_ptr = (u64)&l;
	return EXO(mq_notify, mqd, &by_mail);
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
	if (LIKELY(!threads && !has_socket_thread))
		return;
	threads = 0;
	idle = 0;
	if (has_socket_thread && !files)
		exo_unhide_fd(bell);
	if (has_mail && !files)
		exo_unhide_fd(mail);
	has_socket_thread = has_mail = false;
}
