/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/mqueue.c: POSIX's message queues: a file that all who use it have mapped, with
 * a mutex, semaphores that count messages and free places, and a list for each priority.
 *
 * The lists lie in memory that any of them may have spoiled, so an offset is looked at before it is
 * followed. Facts: usr/src/lib/libc/port/rt/mqueue.c, mq_open(3C), mq_send(3C), mq_receive(3C);
 * limits: sys/param.h (_MQ_PRIO_MAX, _SEM_VALUE_MAX).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <synch.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest/illumos/libc/mqueue.h"
#include "guest/illumos/libc/named.h"
#include "guest/illumos/libc/sync.h"

#define MAGIC	     0x4d534751 /* "MSGQ" */
#define MESSAGES     128	/* of a queue nobody said anything about */
#define MESSAGE_SIZE 1024
#define COUNT_MAX    0x7fffffff

pthread_mutex_t fb_mq_lock = LOCK_INIT;
static struct descriptor *descriptors;

struct descriptor *fb_mq_descriptor(mqd_t q)
{
	struct descriptor *d = q;

	if (d && d != (void *)-1 && !((uintptr_t)d & 7) && d->magic == MAGIC)
		return d;
	fail_with(EBADF);
	return NULL;
}

/* ---- in the file --------------------------------------------------------------------------- */

static size_t place_size(const struct queue *q)
{
	return sizeof(struct message) + (((size_t)q->message_size + 7) & ~7UL);
}

/* NULL: nothing lies there whole. */
static void *at(struct queue *q, uint64_t offset, size_t size)
{
	uint64_t total = (uint64_t)q->total_size;

	if (offset < sizeof(*q) || offset & 7 || size > total || offset > total - size)
		return NULL;
	return (char *)q + offset;
}

static uint64_t *list_of(struct queue *q, uint64_t lists, uint32_t priority)
{
	return priority < PRIORITIES ? at(q, lists + priority * 8UL, 8) : NULL;
}

static void lay_out(struct queue *q, size_t size, size_t n)
{
	uint64_t next;

	mutex_init(&q->lock, USYNC_PROCESS | LOCK_ROBUST, NULL);
	sem_init(&q->readers, 1, 0);
	sem_init(&q->not_empty, 1, 0);
	sem_init(&q->spawner, 1, 0);
	sem_init(&q->not_full, 1, (unsigned)n);
	q->message_size = (int64_t)size;
	q->messages_max = (uint32_t)n;
	q->priorities = PRIORITIES;
	q->heads = sizeof(*q);
	q->tails = q->heads + PRIORITIES * 8;
	q->free = next = q->tails + PRIORITIES * 8;
	for (size_t i = 0; i < n; i++, next += place_size(q))
		((struct message *)((char *)q + next))->next = i + 1 < n ? next + place_size(q) : 0;
}

static bool put(struct queue *q, const char *text, size_t n, unsigned priority)
{
	uint64_t *head = list_of(q, q->heads, priority), *tail = list_of(q, q->tails, priority);
	uint64_t place = q->free;
	struct message *m = at(q, place, place_size(q)), *last;

	if (!m || !head || !tail)
		return false;
	if (*tail) {
		last = at(q, *tail, sizeof(*last));
		if (!last)
			return false;
		last->next = place;
	} else {
		*head = place;
		q->mask |= 1u << priority;
		if (priority > q->highest)
			q->highest = priority;
	}
	*tail = place;
	q->free = m->next;
	m->next = 0;
	m->length = n;
	memcpy(m + 1, text, n);
	return true;
}

static ssize_t get(struct queue *q, char *text, size_t room, unsigned *priority)
{
	uint32_t p = q->highest;
	uint64_t *head = list_of(q, q->heads, p), *tail = list_of(q, q->tails, p), place;
	struct message *m;

	if (!head || !tail || !(m = at(q, place = *head, place_size(q))) || m->length > room ||
	    m->length > (uint64_t)q->message_size)
		return -1;
	*head = m->next;
	if (!*head) {
		*tail = 0;
		q->mask &= ~(1u << p);
		q->highest = q->mask ? 31 - (unsigned)__builtin_clz(q->mask) : 0;
	}
	memcpy(text, m + 1, m->length);
	m->next = q->free;
	q->free = place;
	if (priority)
		*priority = p;
	return (ssize_t)m->length;
}

/* ---- opening ------------------------------------------------------------------------------- */

struct opening {
	char permission[PATH_MAX], data[PATH_MAX], lock[PATH_MAX];
	size_t total;
	int fd;
	bool made_permission, made_data;
};

static bool sizes(const struct mq_attr *attr, size_t *n, size_t *size, size_t *total)
{
	*n = MESSAGES;
	*size = MESSAGE_SIZE;
	if (attr && (attr->mq_maxmsg <= 0 || attr->mq_msgsize <= 0))
		return fail_with(EINVAL), false;
	if (attr) {
		*n = (size_t)attr->mq_maxmsg;
		*size = (size_t)attr->mq_msgsize;
	}
	if (*n > COUNT_MAX || *size > SSIZE_MAX - 64 ||
	    __builtin_mul_overflow(*n, ((*size + 7) & ~7UL) + sizeof(struct message), total) ||
	    *total > SSIZE_MAX - sizeof(struct queue) - 2 * PRIORITIES * 8)
		return fail_with(ENOSPC), false;
	*total += sizeof(struct queue) + 2 * PRIORITIES * 8;
	return true;
}

static struct queue *make(struct opening *o, mode_t mode, const struct mq_attr *attr)
{
	size_t n, size;
	struct queue *q;

	if (!sizes(attr, &n, &size, &o->total))
		return MAP_FAILED;
	/* Who may do either does both to the file. */
	mode |= (mode & 0444) >> 1 | (mode & 0222) << 1;
	o->fd = fb_named_open(o->data, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode, &o->made_data);
	if (o->fd < 0 || fchmod(o->fd, mode) < 0 || ftruncate(o->fd, (off_t)o->total) < 0)
		return MAP_FAILED;
	q = mmap(NULL, o->total, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd, 0);
	if (q != MAP_FAILED) {
		lay_out(q, size, n);
		q->total_size = (int64_t)o->total;
	}
	return q;
}

static bool is_sound(const struct queue *q, size_t file_size)
{
	return (size_t)q->total_size <= file_size && q->message_size >= 0 &&
	       q->message_size <= q->total_size && q->priorities == PRIORITIES;
}

static struct queue *find(struct opening *o)
{
	struct queue *q;
	struct stat st;
	int64_t total;
	bool created;

	o->fd = fb_named_open(o->data, O_RDWR | O_CLOEXEC, 0666, &created);
	if (o->fd < 0 || fstat(o->fd, &st) < 0)
		return MAP_FAILED;
	if (read(o->fd, &total, sizeof(total)) != sizeof(total) || total == 0)
		return fail_with(ENOENT), MAP_FAILED;
	if (total < (int64_t)sizeof(struct queue) || total > st.st_size)
		return fail_with(EFBIG), MAP_FAILED;
	o->total = (size_t)total;
	q = mmap(NULL, o->total, PROT_READ | PROT_WRITE, MAP_SHARED, o->fd, 0);
	if (q != MAP_FAILED && !is_sound(q, o->total)) {
		munmap(q, o->total);
		return fail_with(EBADMSG), MAP_FAILED;
	}
	return q;
}

static struct descriptor *open_locked(struct opening *o, int flags, mode_t mode,
				      const struct mq_attr *attr)
{
	struct descriptor *d;
	struct queue *q;
	size_t *shared;
	int fd;

	flags &= O_ACCMODE | O_CREAT | O_EXCL | O_NONBLOCK;
	fd = fb_named_open(o->permission, flags, mode, &o->made_permission);
	if (fd < 0)
		return NULL;
	close(fd);
	q = o->made_permission ? make(o, mode, attr) : find(o);
	if (q == MAP_FAILED)
		return NULL;
	d = calloc(1, sizeof(*d));
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON, -1, 0);
	if (!d || shared == MAP_FAILED) {
		if (shared != MAP_FAILED)
			munmap(shared, sizeof(*shared));
		free(d);
		munmap(q, o->total);
		return fail_with(ENOMEM), NULL;
	}
	*shared = (size_t)flags & O_NONBLOCK;
	d->queue = q;
	d->flags = shared;
	d->reads = (flags + 1) & 1;
	d->writes = (flags + 1) & 2;
	d->magic = MAGIC;
	return d;
}

EXPORT mqd_t fixed_mq_open(const char *name, int flags, mode_t mode,
			   struct mq_attr *attr) __asm__("mq_open");
EXPORT mqd_t fixed_mq_open(const char *name, int flags, mode_t mode, struct mq_attr *attr)
{
	struct opening *o = calloc(1, sizeof(*o));
	struct descriptor *d;
	int error;

	if (!o)
		return (mqd_t)-1;
	o->fd = -1;
	if (!fb_named_path(name, ".MQP", o->permission) || !fb_named_path(name, ".MQD", o->data) ||
	    !fb_named_path(name, ".MQL", o->lock) || !fb_named_lock(o->lock)) {
		free(o);
		return (mqd_t)-1;
	}
	d = open_locked(o, flags, mode, attr);
	error = self()->error;
	if (o->fd >= 0)
		close(o->fd);
	if (!d && o->made_data)
		unlink(o->data);
	if (!d && o->made_permission)
		unlink(o->permission);
	unlink(o->lock);
	free(o);
	if (!d)
		return (mqd_t)fail_with(error);
	pthread_mutex_lock(&fb_mq_lock);
	d->next = descriptors;
	descriptors = d;
	pthread_mutex_unlock(&fb_mq_lock);
	return d;
}

EXPORT int mq_close(mqd_t which)
{
	struct descriptor *d = fb_mq_descriptor(which), **to;
	int error;

	if (!d)
		return -1;
	error = pthread_mutex_lock(&d->queue->lock);
	fb_mq_untell(d);
	if (error == 0 || error == EOWNERDEAD)
		pthread_mutex_unlock(&d->queue->lock);
	fb_mq_end_teller(d);
	pthread_mutex_lock(&fb_mq_lock);
	for (to = &descriptors; *to && *to != d; to = &(*to)->next)
		;
	if (*to)
		*to = d->next;
	d->magic = 0;
	pthread_mutex_unlock(&fb_mq_lock);
	munmap(d->flags, sizeof(*d->flags));
	munmap(d->queue, (size_t)d->queue->total_size);
	free(d);
	return 0;
}

EXPORT int mq_unlink(const char *name)
{
	char path[PATH_MAX], lock[PATH_MAX];
	int r, error;

	if (!fb_named_path(name, ".MQL", lock) || !fb_named_lock(lock))
		return -1;
	fb_named_path(name, ".MQP", path);
	r = unlink(path);
	if (r == 0 || self()->error == EEXIST) {
		fb_named_path(name, ".MQD", path);
		r = unlink(path);
	}
	error = self()->error;
	unlink(lock);
	return r < 0 ? (int)fail_with(error) : 0;
}

/* ---- sending and receiving ----------------------------------------------------------------- */

/* Who died in the middle of it has perhaps left it in pieces. Everybody is told. */
bool fb_mq_enter(struct descriptor *d)
{
	struct queue *q = d->queue;
	int error = pthread_mutex_lock(&q->lock);

	if (error == 0)
		return true;
	d->damaged = true;
	sem_post(&q->not_full);
	sem_post(&q->not_empty);
	if (error == EOWNERDEAD) {
		if (q->notify.pid)
			fb_mq_tell(q);
		pthread_mutex_unlock(&q->lock);
	}
	fail_with(EBADMSG);
	return false;
}

void fb_mq_leave(struct descriptor *d)
{
	pthread_mutex_unlock(&d->queue->lock);
}

/* when: a moment, or with relative a time; NULL: for ever. */
static int wait(sem_t *s, const struct descriptor *d, const struct timespec *when, bool relative)
{
	if (*d->flags & O_NONBLOCK)
		return sem_trywait(s);
	if (!when)
		return sem_wait(s);
	return relative ? sem_reltimedwait_np(s, when) : sem_timedwait(s, when);
}

static int send(mqd_t which, const char *text, size_t n, unsigned priority,
		const struct timespec *when, bool relative)
{
	struct descriptor *d;
	struct queue *q;
	int have = 0, asleep = 0;
	bool tells = false, good;

	pthread_testcancel();
	d = fb_mq_descriptor(which);
	if (!d || !d->writes)
		return (int)fail_with(EBADF);
	q = d->queue;
	if (priority >= PRIORITIES)
		return (int)fail_with(EINVAL);
	if (n > (size_t)q->message_size)
		return (int)fail_with(EMSGSIZE);
	if (wait(&q->not_full, d, when, relative) < 0 || !fb_mq_enter(d))
		return -1;
	/* An empty queue's first message, which nobody sleeps for. */
	if (q->notify.pid) {
		sem_getvalue(&q->not_empty, &have);
		sem_getvalue(&q->readers, &asleep);
		tells = have == 0 && asleep == 0;
	}
	good = put(q, text, n, priority);
	if (good)
		sem_post(&q->not_empty);
	if (good && tells)
		fb_mq_tell(q);
	fb_mq_leave(d);
	return good ? 0 : (int)fail_with(EBADMSG);
}

EXPORT int mq_send(mqd_t q, const char *text, size_t n, unsigned priority)
{
	return send(q, text, n, priority, NULL, false);
}

EXPORT int mq_timedsend(mqd_t q, const char *text, size_t n, unsigned priority,
			const struct timespec *when)
{
	return send(q, text, n, priority, when, false);
}

EXPORT int mq_reltimedsend_np(mqd_t q, const char *text, size_t n, unsigned priority,
			      const struct timespec *time)
{
	return send(q, text, n, priority, time, true);
}

static void wake(void *arg)
{
	struct queue *q = arg;
	int state;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	while (sem_wait(&q->readers) < 0 && self()->error == EINTR)
		;
	pthread_setcancelstate(state, NULL);
}

static ssize_t receive(mqd_t which, char *text, size_t room, unsigned *priority,
		       const struct timespec *when, bool relative)
{
	struct descriptor *d;
	struct queue *q;
	ssize_t n;
	int r;

	pthread_testcancel();
	d = fb_mq_descriptor(which);
	if (!d || !d->reads)
		return fail_with(EBADF);
	q = d->queue;
	if (room < (size_t)q->message_size)
		return fail_with(EMSGSIZE);
	if (sem_trywait(&q->not_empty) < 0) {
		int error;

		if (*d->flags & O_NONBLOCK)
			return -1;
		sem_post(&q->readers);
		pthread_cleanup_push(wake, q);
		r = wait(&q->not_empty, d, when, relative);
		error = self()->error;
		pthread_cleanup_pop(1);
		if (r < 0)
			return fail_with(error);
	}
	if (!fb_mq_enter(d))
		return -1;
	n = get(q, text, room, priority);
	if (n >= 0)
		sem_post(&q->not_full);
	fb_mq_leave(d);
	return n < 0 ? fail_with(EBADMSG) : n;
}

EXPORT ssize_t mq_receive(mqd_t q, char *text, size_t room, unsigned *priority)
{
	return receive(q, text, room, priority, NULL, false);
}

EXPORT ssize_t mq_timedreceive(mqd_t q, char *_RESTRICT_KYWD text, size_t room,
			       unsigned *_RESTRICT_KYWD priority,
			       const struct timespec *_RESTRICT_KYWD when)
{
	return receive(q, text, room, priority, when, false);
}

EXPORT ssize_t mq_reltimedreceive_np(mqd_t q, char *_RESTRICT_KYWD text, size_t room,
				     unsigned *_RESTRICT_KYWD priority,
				     const struct timespec *_RESTRICT_KYWD time)
{
	return receive(q, text, room, priority, time, true);
}

/* ---- attributes ---------------------------------------------------------------------------- */

EXPORT int mq_getattr(mqd_t which, struct mq_attr *attr)
{
	struct descriptor *d = fb_mq_descriptor(which);
	int n;

	if (!d)
		return -1;
	sem_getvalue(&d->queue->not_empty, &n);
	attr->mq_flags = (long)*d->flags;
	attr->mq_maxmsg = d->queue->messages_max;
	attr->mq_msgsize = d->queue->message_size;
	attr->mq_curmsgs = n;
	return 0;
}

EXPORT int mq_setattr(mqd_t which, const struct mq_attr *_RESTRICT_KYWD attr,
		      struct mq_attr *_RESTRICT_KYWD old)
{
	struct descriptor *d = fb_mq_descriptor(which);

	if (!d)
		return -1;
	if (old)
		mq_getattr(which, old);
	*d->flags = (size_t)attr->mq_flags & O_NONBLOCK;
	return 0;
}

/* A child has its parent's queues, and not the threads that tell of them. */
void fb_queues_forked(void)
{
	for (struct descriptor *d = descriptors; d; d = d->next)
		d->teller = NULL;
	fb_mq_lock = (pthread_mutex_t)LOCK_INIT;
}
