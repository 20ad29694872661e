/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/sigev.c: telling a program that something has ended: by a signal, an event in
 * a port, or a thread of its own; and timers that do the last.
 *
 * The kernel knows no such timers: theirs end in a port of the library's, from which a thread takes
 * the events, calls the function and waits for it, so that there is never a second call under way.
 * Facts: usr/src/lib/libc/port/rt/sigev_thread.c, clock_timer.c, port/aio/aio.c
 * (send_notification); timer_create(3C).
 */
#include <errno.h>
#include <fcntl.h>
#include <port.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "guest/illumos/libc/aio.h"
#include "guest/illumos/libc/attr.h"
#include "guest/illumos/libc/locks.h"

#define PORT_DISPATCH 8
#define TIMERS	      256

struct call {
	void (*function)(union sigval);
	union sigval value;
};

int fb_port_dispatch(int port, int source, int event, uintptr_t object, void *user)
{
	return SYSCALL(SYS_portfs, PORT_DISPATCH, port, source, event, object, user).error;
}

static void *call(void *arg)
{
	struct call c = *(struct call *)arg;

	free(arg);
	c.function(c.value);
	return NULL;
}

/* A thread of the library's own: nobody waits for it, and it gets no signals. */
int fb_daemon(const pthread_attr_t *attributes, void *(*start)(void *), void *arg, pthread_t *id)
{
	struct attr a = attributes && attributes->__pthread_attrp
			    ? *(const struct attr *)attributes->__pthread_attrp
			    : fb_attr_default;
	sigset_t all, before;
	int error;

	a.detach = PTHREAD_CREATE_DETACHED;
	a.daemon = true;
	sigfillset(&all);
	sigdelset(&all, SIGCANCEL);
	sigprocmask(SIG_SETMASK, &all, &before);
	error = fb_thread_create(&a, start, arg, false, id);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return error;
}

static void call_by_thread(const struct notice *n)
{
	static const struct timespec while_ = {0, 50000000};
	struct call *c;

	if (!n->function || !(c = malloc(sizeof(*c))))
		return;
	*c = (struct call){n->function, {.sival_ptr = n->value}};
	while (fb_daemon(n->attributes, call, c, NULL) == EAGAIN)
		nanosleep(&while_, NULL);
}

void fb_notice_send(const struct notice *n)
{
	switch (n->how) {
	case SIGEV_SIGNAL:
		if (n->where)
			SYSCALL(SYS_sigqueue, getpid(), n->where, n->value, SI_ASYNCIO, 1);
		break;
	case SIGEV_PORT:
		if (n->where >= 0)
			fb_port_dispatch(n->where, PORT_SOURCE_AIO, n->event, n->object, n->value);
		break;
	case SIGEV_THREAD:
		call_by_thread(n);
		break;
	default:
		break;
	}
}

/* ---- timers -------------------------------------------------------------------------------- */

static pthread_mutex_t lock = LOCK_INIT;
static struct timer {
	timer_t id;
	int port; /* plus 1; 0: none */
	int overrun;
	struct call call;
} timers[TIMERS];

static struct timer *find(timer_t id)
{
	for (int i = 0; i < TIMERS; i++)
		if (timers[i].port && timers[i].id == id)
			return &timers[i];
	return NULL;
}

/* It goes on until the alert that says the timer is gone; then the port is its own to close. */
static void *serve(void *arg)
{
	struct timer *t = arg;
	struct call c = t->call;
	int port = t->port - 1;
	port_event_t e;

	for (;;) {
		if (port_get(port, &e, NULL) < 0) {
			if (self()->error == EINTR)
				continue;
			break;
		}
		if (e.portev_source != PORT_SOURCE_TIMER)
			break;
		pthread_mutex_lock(&lock);
		if (t->port == port + 1)
			t->overrun = e.portev_events - 1;
		pthread_mutex_unlock(&lock);
		c.function(c.value);
	}
	close(port);
	return NULL;
}

static int create_serving(clockid_t clock, const struct sigevent *event, timer_t *id)
{
	port_notify_t where = {.portnfy_port = port_create()};
	struct sigevent to_port = {.sigev_notify = SIGEV_PORT, .sigev_value.sival_ptr = &where};
	struct syscall_answer r;
	struct timer *t = timers;

	if (where.portnfy_port < 0)
		return (int)fail_with(EAGAIN);
	fcntl(where.portnfy_port, F_SETFD, FD_CLOEXEC);
	pthread_mutex_lock(&lock);
	while (t < timers + TIMERS && t->port)
		t++;
	r = SYSCALL(SYS_timer_create, clock, &to_port, id);
	if (!r.error) {
		if (t < timers + TIMERS) {
			*t = (struct timer){
			    .id = *id,
			    .port = where.portnfy_port + 1,
			    .call = {event->sigev_notify_function, event->sigev_value}};
			r.error = fb_daemon(event->sigev_notify_attributes, serve, t, NULL);
			if (r.error)
				t->port = 0;
		} else {
			r.error = EAGAIN;
		}
		if (r.error)
			SYSCALL(SYS_timer_delete, *id);
	}
	pthread_mutex_unlock(&lock);
	if (!r.error)
		return 0;
	close(where.portnfy_port);
	return (int)fail_with(r.error);
}

EXPORT int timer_create(clockid_t clock, struct sigevent *_RESTRICT_KYWD event,
			timer_t *_RESTRICT_KYWD id)
{
	if (event && event->sigev_notify == SIGEV_THREAD && event->sigev_notify_function)
		return create_serving(clock, event, id);
	return (int)result(SYSCALL(SYS_timer_create, clock, event, id));
}

EXPORT int timer_delete(timer_t id)
{
	struct timer *t;
	int r;

	pthread_mutex_lock(&lock);
	t = find(id);
	r = (int)result(SYSCALL(SYS_timer_delete, id));
	if (t && r == 0) {
		port_alert(t->port - 1, PORT_ALERT_SET, 1, NULL);
		t->port = 0;
	}
	pthread_mutex_unlock(&lock);
	return r;
}

EXPORT int timer_getoverrun(timer_t id)
{
	struct timer *t;
	int overrun = -1;

	pthread_mutex_lock(&lock);
	t = find(id);
	if (t)
		overrun = t->overrun;
	pthread_mutex_unlock(&lock);
	return t ? overrun : (int)result(SYSCALL(SYS_timer_getoverrun, id));
}

/* Timers and threads are not inherited. */
void fb_notices_forked(void)
{
	for (int i = 0; i < TIMERS; i++) {
		if (timers[i].port)
			close(timers[i].port - 1);
		timers[i].port = 0;
	}
	lock = (pthread_mutex_t)LOCK_INIT;
}
