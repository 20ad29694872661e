/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/aio.c: asynchronous input and output by threads of the library's own, as the
 * original does it for all files that are no raw devices.
 *
 * Requests wait in one queue and are begun in its order; a thread is made when one waits and none
 * is idle. A request that is under way is cancelled by ending its thread: while it reads or writes
 * it may be ended at once. One lock covers everything. Facts: usr/src/lib/libc/port/aio/aio.c
 * (_aio_do_request, _aiodone, _aio_cancel_req, aiocancel_all, send_notification), aio_read(3C).
 */
#include <errno.h>
#include <fcntl.h>
#include <port.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

#include "guest/illumos/libc/aio.h"
#include "guest/illumos/libc/attr.h"
#include "guest/illumos/libc/locks.h"
#include "guest/illumos/libc/sync.h"

#define WORKERS_MAX 256
#define STACK_SIZE  (128 * 1024)
#define HASH	    1024
#define FDS	    65536

pthread_mutex_t fb_aio_lock = LOCK_INIT;
unsigned fb_aio_outstanding, fb_aio_done_count;
bool fb_aio_used;

#define RING(name) struct ring name = {(struct request *)&name, (struct request *)&name}
RING(fb_aio_queue);
RING(fb_aio_running);
RING(fb_aio_done);
RING(fb_aio_solaris_done);

static pthread_cond_t work = PTHREAD_COND_INITIALIZER, done = PTHREAD_COND_INITIALIZER;
static struct request *known[HASH];
static uint64_t serial;
static unsigned workers, idle, queued;
static uint8_t used_fd[FDS / 8]; /* descriptors there was a request for */

static struct request **bucket(const aio_result_t *result)
{
	return &known[((uintptr_t)result >> 3 ^ (uintptr_t)result >> 13) % HASH];
}

struct request *fb_aio_find(const aio_result_t *result)
{
	struct request *r = *bucket(result);

	while (r && r->result != result)
		r = r->link;
	return r;
}

void fb_aio_forget(struct request *r)
{
	struct request **at = bucket(r->result);

	while (*at && *at != r)
		at = &(*at)->link;
	if (*at)
		*at = r->link;
}

void fb_aio_unlink(struct request *r)
{
	r->next->previous = r->previous;
	r->previous->next = r->next;
	if (r->state == DONE && r->posix)
		fb_aio_done_count--;
}

static void append(struct ring *to, struct request *r)
{
	r->next = (struct request *)to;
	r->previous = to->previous;
	r->previous->next = r;
	to->previous = r;
}

void fb_aio_free(struct request *r)
{
	free(r);
}

void fb_aio_reap(struct request *r)
{
	fb_aio_forget(r);
	if (r->state == DONE) {
		fb_aio_unlink(r);
		fb_aio_free(r);
	} else { /* its thread is still being ended */
		r->reaped = true;
		r->block = NULL;
	}
}

/* ---- the end of a request ------------------------------------------------------------------ */

/* What is looked at without the lock is stored last: POSIX's the error, aiowait's the value. */
static void set_result(const struct request *r, ssize_t value, int error)
{
	if (r->posix) {
		r->result->aio_return = value;
		__atomic_store_n(&r->result->aio_errno, error, __ATOMIC_RELEASE);
	} else {
		r->result->aio_errno = error;
		__atomic_store_n(&r->result->aio_return, value, __ATOMIC_RELEASE);
	}
}

/* Its block is the program's again. */
static void leave(struct request *r)
{
	if (!r->block)
		return;
	fb_aio_forget(r);
	r->block->aio_state = STATE_DONE;
	r->block = NULL;
}

static void tell_list(struct request *r)
{
	struct list *l = r->list;

	r->list = NULL;
	if (!l || --l->left)
		return;
	if (l->waited_for)
		return; /* who waits looks, and frees it */
	r->list_notice = l->notice;
	free(l);
}

static void tell_sigio(void)
{
	struct sigaction now;

	if (sigaction(SIGIO, NULL, &now) == 0 && now.sa_handler != SIG_DFL &&
	    now.sa_handler != SIG_IGN)
		kill(getpid(), SIGIO);
}

static bool silent(const struct request *r)
{
	return r->notice.how == SIGEV_NONE && r->list_notice.how == SIGEV_NONE;
}

/* POSIX's, to be asked for: by aio_waitn, if not by its block. */
static void keep(struct request *r)
{
	r->state = DONE;
	append(&fb_aio_done, r);
	fb_aio_done_count++;
}

/* It is in no ring. What is returned is to be told of, and freed, without the lock. */
static struct request *end(struct request *r, ssize_t value, int error)
{
	struct request *teller = NULL;
	bool kept = r->notice.how == SIGEV_NONE && !r->reaped;

	fb_aio_outstanding--;
	pthread_cond_broadcast(&done);
	if (r->state != CANCELED)
		set_result(r, value, error);
	if (!r->posix) {
		if (r->state == CANCELED) {
			fb_aio_free(r);
		} else {
			r->state = DONE;
			append(&fb_aio_solaris_done, r);
			tell_sigio();
		}
		return NULL;
	}
	tell_list(r);
	if (!kept) {
		leave(r);
		if (!silent(r))
			return r;
		fb_aio_free(r);
		return NULL;
	}
	if (!silent(r) && (teller = malloc(sizeof(*teller))))
		*teller = *r;
	keep(r);
	return teller;
}

static void tell(struct request *r)
{
	fb_notice_send(&r->notice);
	fb_notice_send(&r->list_notice);
	fb_aio_free(r);
}

/* ---- the threads --------------------------------------------------------------------------- */

/* An fsync waits for what was asked of its file before. */
static bool may_begin(const struct request *r)
{
	if (r->op != AIOFSYNC)
		return true;
	EACH(other, &fb_aio_running)
	if (other->fd == r->fd && other->serial < r->serial)
		return false;
	EACH(other, &fb_aio_queue)
	if (other->fd == r->fd && other->serial < r->serial && !other->telling)
		return false;
	return true;
}

static struct request *take(void)
{
	EACH(r, &fb_aio_queue)
	{
		if (!may_begin(r))
			continue;
		fb_aio_unlink(r);
		queued--;
		return r;
	}
	return NULL;
}

static struct syscall_answer perform(const struct request *r)
{
	struct syscall_answer a;

	switch (r->op) {
	case AIOREAD:
	case AIOAREAD:
		a = SYSCALL(SYS_pread, r->fd, r->buf, r->size, r->offset);
		return a.error == ESPIPE ? SYSCALL(SYS_read, r->fd, r->buf, r->size) : a;
	case AIOWRITE:
	case AIOAWRITE:
		/* Who appends writes at the end, whatever the offset. */
		a = SYSCALL(SYS_fcntl, r->fd, F_GETFL);
		if (!a.error && a.value & O_APPEND)
			return SYSCALL(SYS_write, r->fd, r->buf, r->size);
		a = SYSCALL(SYS_pwrite, r->fd, r->buf, r->size, r->offset);
		return a.error == ESPIPE ? SYSCALL(SYS_write, r->fd, r->buf, r->size) : a;
	default:
		return SYSCALL(SYS_fdsync, r->fd, (int)r->offset);
	}
}

static void *worker(void *arg);

/* With the lock held. */
static int add_worker(void)
{
	struct attr a = fb_attr_default;
	sigset_t all, before;
	int error;

	a.stack_size = STACK_SIZE;
	a.detach = PTHREAD_CREATE_DETACHED;
	a.daemon = true;
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	error = fb_thread_create(&a, worker, NULL, false, NULL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (!error)
		workers++;
	return error;
}

static void need_worker(void)
{
	if (idle)
		pthread_cond_signal(&work);
	if (idle < queued && workers < WORKERS_MAX)
		add_worker();
}

/* The thread was ended in the middle of its request. */
static void cut_short(void *arg)
{
	struct request *r = arg;

	pthread_mutex_lock(&fb_aio_lock);
	workers--;
	fb_aio_unlink(r);
	r = end(r, -1, ECANCELED);
	if (queued)
		need_worker();
	pthread_mutex_unlock(&fb_aio_lock);
	if (r)
		tell(r);
}

static void *worker(void *arg)
{
	struct syscall_answer a;
	struct request *r;
	sigset_t mask;
	bool cancelled;

	(void)arg;
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	sigfillset(&mask);
	sigdelset(&mask, SIGCANCEL);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	for (;;) {
		pthread_mutex_lock(&fb_aio_lock);
		while (!(r = take())) {
			idle++;
			fb_cond_wait(&work, &fb_aio_lock, NULL);
			idle--;
		}
		if (r->telling) {
			pthread_mutex_unlock(&fb_aio_lock);
			tell(r);
			continue;
		}
		r->state = RUNNING;
		r->worker = pthread_self();
		append(&fb_aio_running, r);
		pthread_mutex_unlock(&fb_aio_lock);

		pthread_cleanup_push(cut_short, r);
		pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
		pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
		a = perform(r);
		pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
		pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, NULL);
		pthread_cleanup_pop(0);

		pthread_mutex_lock(&fb_aio_lock);
		fb_aio_unlink(r);
		cancelled = r->state == CANCELED; /* and so this thread has been asked to end */
		r = end(r, a.error ? -1 : a.value, a.error);
		if (cancelled)
			workers--;
		if (queued && (cancelled || idle))
			need_worker(); /* an fsync may have waited for this one */
		pthread_mutex_unlock(&fb_aio_lock);
		if (r)
			tell(r);
		if (cancelled)
			return NULL;
	}
}

/* ---- asking and cancelling ----------------------------------------------------------------- */

void fb_aio_notice(struct notice *n, const struct sigevent *event, int what, uintptr_t object)
{
	*n = (struct notice){.how = SIGEV_NONE, .event = what, .object = object};
	if (!event)
		return;
	n->value = event->sigev_value.sival_ptr;
	switch (event->sigev_notify) {
	case SIGEV_SIGNAL:
		n->where = event->sigev_signo;
		n->how = SIGEV_SIGNAL;
		break;
	case SIGEV_PORT: {
		const port_notify_t *p = event->sigev_value.sival_ptr;

		n->where = p->portnfy_port;
		n->value = p->portnfy_user;
		n->how = SIGEV_PORT;
		break;
	}
	case SIGEV_THREAD:
		n->function = event->sigev_notify_function;
		n->attributes = event->sigev_notify_attributes;
		n->how = SIGEV_THREAD;
		break;
	default:
		break;
	}
}

int fb_aio_check(int fd, int op)
{
	struct syscall_answer a = SYSCALL(SYS_fcntl, fd, F_GETFL);
	int mode = (int)a.value & O_ACCMODE;

	if (a.error)
		return a.error;
	if (op == AIOFSYNC || mode == O_RDWR)
		return 0;
	return mode == (op == AIOREAD || op == AIOAREAD ? O_RDONLY : O_WRONLY) ? 0 : EBADF;
}

int fb_aio_submit(const struct request *what)
{
	struct request *r = malloc(sizeof(*r)), **at;
	int error = 0;

	if (!r)
		return EAGAIN;
	*r = *what;
	pthread_mutex_lock(&fb_aio_lock);
	fb_aio_used = true;
	at = bucket(r->result);
	if (fb_aio_find(r->result))
		error = r->posix ? EBUSY : EINVAL;
	else if (workers == 0)
		error = add_worker() ? EAGAIN : 0;
	if (error) {
		pthread_mutex_unlock(&fb_aio_lock);
		free(r);
		return error;
	}
	r->link = *at;
	*at = r;
	r->serial = ++serial;
	r->state = QUEUED;
	append(&fb_aio_queue, r);
	queued++;
	fb_aio_outstanding++;
	if ((unsigned)r->fd < FDS)
		used_fd[r->fd / 8] |= (uint8_t)(1 << r->fd % 8);
	need_worker();
	pthread_mutex_unlock(&fb_aio_lock);
	return 0;
}

static void tell_later(struct request *r)
{
	r->state = QUEUED;
	r->telling = true;
	append(&fb_aio_queue, r);
	queued++;
	need_worker();
}

bool fb_aio_list_begun(struct list *l, bool any)
{
	bool waited_for;

	pthread_mutex_lock(&fb_aio_lock);
	waited_for = l->waited_for;
	if (--l->left == 0 && !waited_for) {
		struct request *r =
		    any && l->notice.how != SIGEV_NONE ? calloc(1, sizeof(*r)) : NULL;

		if (r) {
			r->notice.how = SIGEV_NONE;
			r->list_notice = l->notice;
			tell_later(r);
		}
		free(l);
	}
	pthread_mutex_unlock(&fb_aio_lock);
	return !waited_for;
}

/* What it ended with is known when this returns, though its thread may still be at it. */
int fb_aio_cancel(struct request *r)
{
	if (r->state == DONE)
		return WAS_DONE;
	if (r->state == CANCELED)
		return WAS_NEITHER;
	set_result(r, -1, ECANCELED);
	if (r->state == RUNNING) {
		if (!r->posix)
			fb_aio_forget(r);
		else if (r->notice.how != SIGEV_NONE)
			leave(r);
		r->state = CANCELED;
		pthread_cancel(r->worker);
		return WAS_CANCELED;
	}
	fb_aio_unlink(r);
	queued--;
	if (!r->posix)
		fb_aio_forget(r);
	r->state = CANCELED;
	r = end(r, -1, ECANCELED);
	if (r)
		tell_later(r); /* which may wait, as who cancels must not */
	return WAS_CANCELED;
}

static void cancel_ring(struct ring *ring, int fd, unsigned count[3])
{
	EACH(r, ring)
	if ((fd < 0 || r->fd == fd) && !r->telling)
		count[fb_aio_cancel(r)]++;
}

int fb_aio_cancel_all(int fd)
{
	unsigned count[3] = {0};
	int r = AIO_NOTCANCELED;

	pthread_mutex_lock(&fb_aio_lock);
	if (fb_aio_outstanding == 0) {
		r = AIO_ALLDONE;
	} else {
		cancel_ring(&fb_aio_running, fd, count);
		cancel_ring(&fb_aio_queue, fd, count);
		EACH(d, &fb_aio_solaris_done)
		{
			if (fd >= 0 && d->fd != fd)
				continue;
			fb_aio_unlink(d);
			fb_aio_forget(d);
			set_result(d, -1, ECANCELED);
			fb_aio_free(d);
		}
		if (count[WAS_CANCELED])
			r = AIO_CANCELED;
		else if (!((unsigned)fd < FDS && used_fd[fd / 8] & 1 << fd % 8))
			r = AIO_ALLDONE; /* the kernel is asked, which has none */
	}
	pthread_mutex_unlock(&fb_aio_lock);
	return r;
}

/* Before a descriptor is closed. */
void fb_aio_close(int fd)
{
	if (fd < 0)
		return;
	fb_aio_cancel_all(fd);
	if (fd < FDS)
		__atomic_fetch_and(&used_fd[fd / 8], (uint8_t) ~(1 << fd % 8), __ATOMIC_RELAXED);
}

/* ---- waiting ------------------------------------------------------------------------------- */

int fb_aio_wait(const struct timespec *relative)
{
	return fb_cond_wait(&done, &fb_aio_lock, relative);
}

void fb_aio_wake(void)
{
	pthread_cond_broadcast(&done);
}

bool fb_aio_begin_time(const struct timespec *relative, hrtime_t *until)
{
	hrtime_t sec = relative->tv_sec;

	if (sec < 0 || relative->tv_nsec < 0 || relative->tv_nsec >= 1000000000)
		return false;
	if (sec > 4000000000)
		sec = 4000000000;
	*until = gethrtime() + sec * 1000000000 + relative->tv_nsec;
	return true;
}

bool fb_aio_time_left(hrtime_t until, struct timespec *left)
{
	hrtime_t n = until - gethrtime();

	*left = (struct timespec){n / 1000000000, n % 1000000000};
	return n > 0;
}

/* A child has none of its parent's requests, and none of the threads. */
void fb_aio_locks(bool take_it)
{
	if (take_it)
		pthread_mutex_lock(&fb_aio_lock);
	else
		pthread_mutex_unlock(&fb_aio_lock);
}

void fb_aio_forked(void)
{
	static struct ring *const rings[] = {&fb_aio_queue, &fb_aio_running, &fb_aio_done,
					     &fb_aio_solaris_done};

	if (!fb_aio_used)
		return;
	for (unsigned i = 0; i < sizeof(rings) / sizeof(rings[0]); i++)
		*rings[i] = (struct ring){(struct request *)rings[i], (struct request *)rings[i]};
	for (unsigned i = 0; i < HASH; i++)
		known[i] = NULL;
	fb_aio_outstanding = fb_aio_done_count = workers = idle = queued = 0;
	fb_aio_used = false;
	work = done = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
}
