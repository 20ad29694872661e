/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/aio_solaris.c: asynchronous requests of the system's own kind, known by the
 * address of what they end with. Facts: aioread(3C), aiowait(3C), aiocancel(3C);
 * usr/src/lib/libc/port/aio/aio.c (_aiorw, aiowait, aiocancel).
 */
#include <errno.h>
#include <sys/asynch.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest/illumos/libc/aio.h"

static int start(int op, int fd, caddr_t buf, int size, off_t offset, int whence,
		 aio_result_t *result)
{
	struct request r = {.op = op,
			    .fd = fd,
			    .buf = buf,
			    .size = (size_t)size,
			    .result = result,
			    .notice = {.how = SIGEV_NONE},
			    .list_notice = {.how = SIGEV_NONE}};
	struct stat st;
	off_t base = 0;
	int error;

	switch (whence) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		base = lseek(fd, 0, SEEK_CUR);
		break;
	case SEEK_END:
		base = fstat(fd, &st) < 0 ? -1 : st.st_size;
		break;
	default:
		return (int)fail_with(EINVAL);
	}
	if (base < 0)
		return -1;
	r.offset = base + offset;
	result->aio_errno = 0;
	error = fb_aio_check(fd, op);
	if (!error)
		error = fb_aio_submit(&r);
	return error ? (int)fail_with(error) : 0;
}

EXPORT int aioread(int fd, caddr_t buf, int size, off_t offset, int whence, aio_result_t *result)
{
	return start(AIOREAD, fd, buf, size, offset, whence, result);
}

EXPORT int aiowrite(int fd, caddr_t buf, int size, off_t offset, int whence, aio_result_t *result)
{
	return start(AIOWRITE, fd, buf, size, offset, whence, result);
}

/* What there is nothing to cancel of says whether anything is under way. */
EXPORT int aiocancel(aio_result_t *result)
{
	struct request *r;
	int error = 0;

	pthread_mutex_lock(&fb_aio_lock);
	r = fb_aio_find(result);
	if (!fb_aio_used)
		error = EINVAL;
	else if (!r || fb_aio_cancel(r) != WAS_CANCELED)
		error = fb_aio_outstanding ? EACCES : EINVAL;
	pthread_mutex_unlock(&fb_aio_lock);
	return error ? (int)fail_with(error) : 0;
}

static aio_result_t *take(void)
{
	struct request *r = fb_aio_solaris_done.next;
	aio_result_t *result = r->result;

	if (r == (struct request *)&fb_aio_solaris_done)
		return NULL;
	fb_aio_unlink(r);
	fb_aio_forget(r);
	fb_aio_free(r);
	return result;
}

static void unlock(void *arg)
{
	(void)arg;
	pthread_mutex_unlock(&fb_aio_lock);
}

static aio_result_t *wait_one(bool poll, const struct timespec *time, hrtime_t until, int *error)
{
	struct timespec left;
	aio_result_t *result;

	while (!(result = take())) {
		if (fb_aio_outstanding == 0) {
			*error = EINVAL;
			return NULL;
		}
		if (poll || (time && !fb_aio_time_left(until, &left)))
			return NULL;
		if (fb_aio_wait(time ? &left : NULL) == EINTR) {
			*error = EINTR;
			return NULL;
		}
	}
	return result;
}

EXPORT aio_result_t *aiowait(struct timeval *time)
{
	struct timespec ts = {0, 0};
	aio_result_t *result;
	hrtime_t until = 0;
	int error = 0;

	if (time) {
		if (time->tv_usec < 0 || time->tv_usec >= 1000000)
			return (aio_result_t *)fail_with(EINVAL);
		ts = (struct timespec){time->tv_sec, time->tv_usec * 1000};
		if (!fb_aio_begin_time(&ts, &until))
			return (aio_result_t *)fail_with(EINVAL);
	}
	pthread_mutex_lock(&fb_aio_lock);
	pthread_cleanup_push(unlock, NULL);
	result =
	    wait_one(time && ts.tv_sec == 0 && ts.tv_nsec == 0, time ? &ts : NULL, until, &error);
	pthread_cleanup_pop(1);
	return error ? (aio_result_t *)fail_with(error) : result;
}
