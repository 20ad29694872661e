/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/door_xcreate.c: doors whose program makes the threads that serve them.
 *
 * Its function is called once for each thread that is wanted, and gives it our start function
 * with our argument. All threads of the beginning must be bound to the door before any serves: they
 * wait for the word, and when one of them failed all give up. Facts: door_xcreate(3C);
 * usr/src/lib/libc/port/threads/door_calls.c (door_create_cmn, door_xcreate_startf,
 * door_xcreate_n, door_depletion_cb, door_unbind).
 */
#include <door.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "guest/illumos/libc/door_private.h"
#include "guest/illumos/libc/libc.h"

/* What the threads of one door have in common; it goes with the last of them. */
struct private_door {
	int fd;
	uint_t refs;
	door_xcreate_server_func_t *create;
	door_xcreate_thrsetup_func_t *set_up;
	void *cookie;
};

enum state { WAITING, BOUND, FAILED, SERVE, GIVE_UP };

struct shared {
	pthread_mutex_t lock;
	pthread_cond_t to_threads, to_creator;
	int waiting; /* who owes an answer */
	struct private_door *door;
};

struct one {
	struct shared *shared;
	enum state state;
};

static pthread_key_t key = PTHREAD_ONCE_KEY_NP;

static void release(void *arg)
{
	struct private_door *d = arg;

	if (__atomic_sub_fetch(&d->refs, 1, __ATOMIC_ACQ_REL) == 0)
		free(d);
}

/* With the lock: the answer is given, and who waits for the last of them told. */
static void answer(struct shared *s)
{
	if (--s->waiting == 0)
		pthread_cond_signal(&s->to_creator);
}

static bool prepare(struct private_door *d)
{
	__atomic_add_fetch(&d->refs, 1, __ATOMIC_RELAXED);
	if (pthread_setspecific(key, d) != 0) {
		release(d);
		return false;
	}
	if (d->set_up) {
		d->set_up(d->cookie);
	} else {
		pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
		pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, NULL);
	}
	return door_bind(d->fd) == 0;
}

static void *start(void *arg)
{
	struct one *me = arg;
	struct shared *s = me->shared;
	bool bound = prepare(s->door), serve;

	pthread_mutex_lock(&s->lock);
	if (me->state == GIVE_UP)
		bound = false;
	me->state = bound ? BOUND : FAILED;
	answer(s);
	while (me->state == BOUND)
		pthread_cond_wait(&s->to_threads, &s->lock);
	serve = me->state == SERVE;
	if (bound)
		answer(s);
	pthread_mutex_unlock(&s->lock);
	if (serve)
		door_return(NULL, 0, NULL, 0);
	return NULL;
}

/* The threads that the program's function makes; the error of the first that it does not. */
static int make(door_info_t *info, struct shared *s, struct one *list, int n, bool beginning)
{
	int error = 0;

	for (int i = 0; i < n && !error; i++) {
		list[i] = (struct one){s, WAITING};
		switch (s->door->create(info, start, &list[i], s->door->cookie)) {
		case 1:
			s->waiting++;
			break;
		case 0: /* it wants no more */
			list[i].state = FAILED;
			error = beginning ? EINVAL : 0;
			break;
		case -1:
			list[i].state = FAILED;
			error = EPIPE;
			break;
		default:
			abort();
		}
	}
	return error;
}

static void await(struct shared *s)
{
	while (s->waiting)
		pthread_cond_wait(&s->to_creator, &s->lock);
}

/* 0 when there are n more threads, else an error. */
static int more_threads(door_info_t *info, struct private_door *d, int n, bool beginning)
{
	struct shared s = {.door = d};
	struct one *list = calloc((size_t)n, sizeof(*list));
	int error, bound = 0;

	if (!list)
		return E2BIG;
	pthread_mutex_init(&s.lock, NULL);
	pthread_cond_init(&s.to_threads, NULL);
	pthread_cond_init(&s.to_creator, NULL);
	pthread_mutex_lock(&s.lock);
	error = make(info, &s, list, n, beginning);
	for (int i = 0; error && beginning && i < n; i++)
		if (list[i].shared && list[i].state == WAITING)
			list[i].state = GIVE_UP;
	await(&s);
	for (int i = 0; i < n; i++)
		bound += list[i].state == BOUND;
	if (!error && bound < n)
		error = EBADF;
	for (int i = 0; i < n; i++) {
		if (list[i].state != BOUND)
			continue;
		list[i].state = error && beginning ? GIVE_UP : SERVE;
		s.waiting++;
	}
	pthread_cond_broadcast(&s.to_threads);
	await(&s);
	pthread_mutex_unlock(&s.lock);
	pthread_mutex_destroy(&s.lock);
	pthread_cond_destroy(&s.to_threads);
	pthread_cond_destroy(&s.to_creator);
	free(list);
	return error;
}

void fb_door_more(door_info_t *info)
{
	struct private_door *d = pthread_getspecific(key);

	if (d)
		more_threads(info, d, 1, false);
}

void fb_door_unbound(void)
{
	struct private_door *d = pthread_getspecific(key);

	if (d) {
		pthread_setspecific(key, NULL);
		release(d);
	}
}

EXPORT int door_xcreate(door_server_procedure_t *f, void *cookie, uint_t flags,
			door_xcreate_server_func_t *create, door_xcreate_thrsetup_func_t *set_up,
			void *create_cookie, int n)
{
	struct private_door *d;
	door_info_t info;
	int fd, error;

	if (flags & DOOR_PRIVCREATE || n < 1 || !create)
		return (int)fail_with(EINVAL);
	fd = fb_door_create(f, cookie, flags | DOOR_PRIVATE | DOOR_PRIVCREATE);
	if (fd < 0 || door_info(fd, &info) < 0)
		return -1;
	pthread_key_create_once_np(&key, release);
	d = malloc(sizeof(*d));
	if (!d) {
		door_revoke(fd);
		return (int)fail_with(ENOMEM);
	}
	*d = (struct private_door){fd, 1, create, set_up, create_cookie};
	error = more_threads(&info, d, n, true);
	if (error)
		door_revoke(fd);
	release(d);
	return error ? (int)fail_with(error) : fd;
}
