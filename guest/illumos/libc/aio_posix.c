/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/aio_posix.c: POSIX's asynchronous input and output.
 *
 * As in the original a request that tells nobody of its end is kept until somebody asks for it,
 * and one that tells is forgotten at its end: aio_waitn finds the first kind alone, and aio_suspend
 * has nothing to wait for when neither is there. Facts: usr/src/lib/libc/port/aio/posix_aio.c,
 * and of what the kernel says of no requests of its own, usr/src/uts/common/os/aio.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "guest/illumos/libc/aio.h"
#include "guest/illumos/libc/sync.h"

#define LISTIO_MAX 4096

static int start(aiocb_t *b, int op, struct list *list)
{
	struct request r = {.posix = true,
			    .op = op,
			    .fd = b->aio_fildes,
			    .buf = (char *)b->aio_buf,
			    .size = b->aio_nbytes,
			    .offset = b->aio_offset,
			    .result = &b->aio_resultp,
			    .block = b,
			    .list = list,
			    .list_notice = {.how = SIGEV_NONE}};
	int error = fb_aio_check(b->aio_fildes, op);

	b->aio_state = STATE_NONE;
	if (error) {
		b->aio_resultp.aio_errno = error;
		b->aio_resultp.aio_return = -1;
		return error;
	}
	fb_aio_notice(&r.notice, &b->aio_sigevent, op, (uintptr_t)b);
	b->aio_resultp.aio_errno = EINPROGRESS;
	b->aio_state = STATE_OURS;
	error = fb_aio_submit(&r);
	if (error && error != EBUSY) {
		b->aio_state = STATE_NONE;
		b->aio_resultp.aio_errno = error;
		b->aio_resultp.aio_return = -1;
	}
	return error;
}

static bool busy(const aiocb_t *b)
{
	bool is;

	pthread_mutex_lock(&fb_aio_lock);
	is = fb_aio_find(&b->aio_resultp) != NULL;
	pthread_mutex_unlock(&fb_aio_lock);
	return is;
}

static int one(aiocb_t *b, int op, int opcode)
{
	int error;

	if (!b || b->aio_reqprio != 0)
		return (int)fail_with(EINVAL);
	if (busy(b))
		return (int)fail_with(EBUSY);
	b->aio_lio_opcode = opcode;
	error = start(b, op, NULL);
	return error ? (int)fail_with(error) : 0;
}

EXPORT int aio_read(aiocb_t *b)
{
	return one(b, AIOAREAD, LIO_READ);
}

EXPORT int aio_write(aiocb_t *b)
{
	return one(b, AIOAWRITE, LIO_WRITE);
}

EXPORT int aio_fsync(int op, aiocb_t *b)
{
	struct stat st;
	int error;

	if (!b)
		return 0;
	if (op != O_DSYNC && op != O_SYNC)
		return (int)fail_with(EINVAL);
	if (busy(b))
		return (int)fail_with(EBUSY);
	if (fstat(b->aio_fildes, &st) < 0)
		return -1;
	b->aio_offset = op;
	b->aio_lio_opcode = AIOFSYNC;
	error = start(b, AIOFSYNC, NULL);
	return error ? (int)fail_with(error) : 0;
}

/* ---- lists --------------------------------------------------------------------------------- */

static void drop_list(struct list *l, int n)
{
	if (l)
		l->left -= n;
}

static void unlock(void *arg)
{
	(void)arg;
	pthread_mutex_unlock(&fb_aio_lock);
}

/* Who waits for a list is not its requests' any more when it is interrupted or ended. */
static void stop_waiting(void *arg)
{
	struct list *l = arg;

	l->waited_for = false;
	l->notice.how = SIGEV_NONE;
	if (l->left == 0)
		free(l);
}

static int wait_list(struct list *l)
{
	int error = 0;

	pthread_mutex_lock(&fb_aio_lock);
	pthread_cleanup_push(unlock, NULL);
	pthread_cleanup_push(stop_waiting, l);
	while (l->left > 0 && !error)
		error = fb_aio_wait(NULL);
	pthread_cleanup_pop(1);
	pthread_cleanup_pop(1);
	return error;
}

/* Each request: 0 begun, or what is wrong with it. */
static int begin_listed(aiocb_t *b, struct list *l)
{
	int op = b->aio_lio_opcode == LIO_READ ? AIOAREAD : AIOAWRITE;

	if (b->aio_reqprio != 0 ||
	    (b->aio_lio_opcode != LIO_READ && b->aio_lio_opcode != LIO_WRITE)) {
		b->aio_resultp.aio_errno = EINVAL;
		b->aio_resultp.aio_return = -1;
		return EINVAL;
	}
	return start(b, op, l);
}

static bool all_well(aiocb_t *const *blocks, int n)
{
	for (int i = 0; i < n; i++)
		if (blocks[i] && blocks[i]->aio_lio_opcode != LIO_NOP &&
		    __atomic_load_n(&blocks[i]->aio_resultp.aio_errno, __ATOMIC_ACQUIRE))
			return false;
	return true;
}

EXPORT int lio_listio(int mode, aiocb_t *_RESTRICT_KYWD const *_RESTRICT_KYWD blocks, int n,
		      struct sigevent *_RESTRICT_KYWD event)
{
	struct list *l;
	int begun = 0, wrong = 0, bad_files = 0, error;

	if (n <= 0 || n > LISTIO_MAX || (mode != LIO_WAIT && mode != LIO_NOWAIT))
		return (int)fail_with(EINVAL);
	for (int i = 0; i < n; i++)
		if (blocks[i] && busy(blocks[i]))
			return (int)fail_with(EBUSY);
	l = calloc(1, sizeof(*l));
	if (!l)
		return (int)fail_with(EAGAIN);
	l->left = n + 1; /* and this call */
	l->waited_for = mode == LIO_WAIT;
	fb_aio_notice(&l->notice, mode == LIO_WAIT ? NULL : event, AIOLIO, (uintptr_t)event);
	for (int i = 0; i < n; i++) {
		error = blocks[i] && blocks[i]->aio_lio_opcode != LIO_NOP
			    ? begin_listed(blocks[i], l)
			    : -1;
		begun += error == 0;
		bad_files += error == EBADF;
		wrong += error > 0 && error != EBADF;
		if (error) {
			pthread_mutex_lock(&fb_aio_lock);
			drop_list(l, 1);
			pthread_mutex_unlock(&fb_aio_lock);
		}
	}
	if (fb_aio_list_begun(l, begun))
		l = NULL;
	error = l && mode == LIO_WAIT ? wait_list(l) : 0;
	if (wrong || (bad_files && !begun))
		return (int)fail_with(EIO);
	if (error)
		return (int)fail_with(error);
	if (mode == LIO_WAIT && !all_well((aiocb_t *const *)blocks, n))
		return (int)fail_with(EIO);
	return 0;
}

/* ---- what became of it --------------------------------------------------------------------- */

/* A request that has ended is the program's again. */
static void reap(aiocb_t *b, int state)
{
	struct request *r = fb_aio_find(&b->aio_resultp);

	b->aio_state = state;
	if (r)
		fb_aio_reap(r);
}

EXPORT int aio_error(const aiocb_t *b)
{
	int error = __atomic_load_n(&b->aio_resultp.aio_errno, __ATOMIC_ACQUIRE);

	if (error != EINPROGRESS && b->aio_state == STATE_OURS) {
		pthread_mutex_lock(&fb_aio_lock);
		reap((aiocb_t *)b, STATE_NONE);
		pthread_mutex_unlock(&fb_aio_lock);
	}
	return error;
}

/* Asked for once: afterwards it is as if there had been no request. */
EXPORT ssize_t aio_return(aiocb_t *b)
{
	aio_result_t *result = &b->aio_resultp;
	ssize_t value;
	int error;

	pthread_mutex_lock(&fb_aio_lock);
	error = __atomic_load_n(&result->aio_errno, __ATOMIC_ACQUIRE);
	value = result->aio_return;
	if ((value == -1 && error == EINVAL) || error == EINPROGRESS) {
		pthread_mutex_unlock(&fb_aio_lock);
		return fail_with(error);
	}
	result->aio_return = -1;
	result->aio_errno = EINVAL;
	reap(b, STATE_NONE);
	pthread_mutex_unlock(&fb_aio_lock);
	return value == -1 ? fail_with(error) : value;
}

EXPORT int aio_cancel(int fd, aiocb_t *b)
{
	static const int answers[] = {AIO_ALLDONE, AIO_CANCELED, AIO_NOTCANCELED};
	struct stat st;
	struct request *r;
	int answer = AIO_ALLDONE;

	if (fstat(fd, &st) < 0)
		return -1;
	if (!b)
		return fb_aio_cancel_all(fd);
	if (fd != b->aio_fildes)
		return (int)fail_with(EINVAL);
	pthread_mutex_lock(&fb_aio_lock);
	r = b->aio_state == STATE_OURS ? fb_aio_find(&b->aio_resultp) : NULL;
	if (r)
		answer = answers[fb_aio_cancel(r)];
	pthread_mutex_unlock(&fb_aio_lock);
	return answer;
}

/* ---- waiting ------------------------------------------------------------------------------- */

static bool bad_time(const struct timespec *t)
{
	return t && (t->tv_sec < 0 || t->tv_nsec < 0 || t->tv_nsec >= 1000000000);
}

/* 1: one is done; 0: some are under way; -1: none is. Cancelled ones are not done. */
static int look(const aiocb_t *const blocks[], int n)
{
	int r = -1;

	for (int i = 0; i < n; i++) {
		int error;

		if (!blocks[i])
			continue;
		error = __atomic_load_n(&blocks[i]->aio_resultp.aio_errno, __ATOMIC_ACQUIRE);
		if (error == EINPROGRESS)
			r = 0;
		else if (error != ECANCELED)
			return 1;
	}
	return r;
}

static int suspend(const aiocb_t *const blocks[], int n, const struct timespec *time)
{
	struct timespec left;
	hrtime_t until = 0;

	if (fb_aio_done_count + fb_aio_outstanding == 0)
		return fb_aio_used ? EAGAIN : EINVAL;
	if (time && !fb_aio_begin_time(time, &until))
		return EINVAL;
	for (;;) {
		int found = look(blocks, n), error;

		if (found > 0)
			return 0;
		if (fb_aio_outstanding == 0 && found < 0)
			return EAGAIN;
		if (time && !fb_aio_time_left(until, &left))
			return EAGAIN;
		error = fb_aio_wait(time ? &left : NULL);
		if (error)
			return error == ETIME ? EAGAIN : error;
	}
}

EXPORT int aio_suspend(const aiocb_t *const blocks[], int n, const struct timespec *time)
{
	int error;

	if (n <= 0 || bad_time(time))
		return (int)fail_with(EINVAL);
	pthread_mutex_lock(&fb_aio_lock);
	pthread_cleanup_push(unlock, NULL);
	error = suspend(blocks, n, time);
	pthread_cleanup_pop(1);
	return error ? (int)fail_with(error) : 0;
}

static bool waits; /* one aio_waitn at a time */

static void end_waitn(void *arg)
{
	(void)arg;
	waits = false;
	fb_aio_wake();
	pthread_mutex_unlock(&fb_aio_lock);
}

static unsigned collect(aiocb_t *list[], unsigned from, unsigned max)
{
	while (from < max && fb_aio_done_count) {
		struct request *r = fb_aio_done.next;

		list[from++] = r->block;
		r->block->aio_state = STATE_DONE;
		fb_aio_reap(r);
	}
	return from;
}

static int waitn(aiocb_t *list[], unsigned max, unsigned want, unsigned *got,
		 const struct timespec *time)
{
	bool poll = time && time->tv_sec == 0 && time->tv_nsec == 0;
	struct timespec left;
	hrtime_t until = 0;
	int error = 0;

	if (time && !fb_aio_begin_time(time, &until))
		return EINVAL;
	if (fb_aio_done_count + fb_aio_outstanding == 0)
		return !fb_aio_used || max > LISTIO_MAX ? EINVAL : EAGAIN;
	for (;;) {
		unsigned all = fb_aio_done_count + fb_aio_outstanding + *got;

		if (want > all)
			want = all; /* no more will come */
		*got = collect(list, *got, max);
		if (*got >= want || poll)
			return error;
		if (time && !fb_aio_time_left(until, &left))
			return ETIME;
		error = fb_aio_wait(time ? &left : NULL);
		poll = error != 0;
		if (error && error != ETIME)
			return error;
	}
}

EXPORT int aio_waitn(aiocb_t *list[], uint_t max, uint_t *count, const struct timespec *time)
{
	unsigned got = 0;
	int error = 0;

	if (max == 0 || *count == 0 || *count > max)
		return (int)fail_with(EINVAL);
	pthread_mutex_lock(&fb_aio_lock);
	pthread_cleanup_push(unlock, NULL);
	while (waits && !error) {
		if (time && time->tv_sec == 0 && time->tv_nsec == 0)
			break;
		error = fb_aio_wait(NULL);
	}
	pthread_cleanup_pop(0);
	if (waits || error) {
		pthread_mutex_unlock(&fb_aio_lock);
		*count = 0;
		return error ? (int)fail_with(error) : 0;
	}
	waits = true;
	pthread_cleanup_push(end_waitn, NULL);
	error = waitn(list, max, *count, &got, time);
	*count = got;
	pthread_cleanup_pop(1);
	return error ? (int)fail_with(error) : 0;
}
