/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/cancel.c: threads that are asked to end.
 *
 * Asking sets a flag and sends SIGCANCEL, whose handler ends the thread at once where that was
 * allowed, and otherwise only wakes it from a call. The flag is looked at in pthread_testcancel and
 * at the points fb_cancel_point is called from. Facts: pthread_cancel(3C), cancellation(5);
 * usr/src/lib/libc/port/threads/cancel.c.
 */
#include <signal.h>

#include "guest/illumos/libc/attr.h"
#include "guest/illumos/libc/libc.h"

static void act(struct thread *t)
{
	if (t->cancel_asked && t->cancel_state == PTHREAD_CANCEL_ENABLE) {
		t->cancel_state = PTHREAD_CANCEL_DISABLE;
		pthread_exit(PTHREAD_CANCELED);
	}
}

void fb_cancel_point(void)
{
	act(self());
}

EXPORT void pthread_testcancel(void)
{
	act(self());
}

/* What sends it without having asked is the kernel, whose caller of a door has left. */
static void handler(int sig)
{
	(void)sig;
	self()->cancel_asked = true;
	if (self()->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS)
		act(self());
}

void fb_cancel_ready(void)
{
	static bool installed;
	struct sigaction a = {.sa_flags = 0};

	if (installed)
		return;
	a.sa_handler = handler;
	installed = sigaction(SIGCANCEL, &a, NULL) == 0;
}

EXPORT int pthread_cancel(pthread_t id)
{
	struct thread *t;

	fb_threads_lock();
	t = fb_thread_find(id);
	if (t) {
		fb_cancel_ready();
		t->cancel_asked = true;
	}
	fb_threads_unlock();
	if (!t)
		return ESRCH;
	if (t == self()) {
		if (t->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS)
			act(t);
		return 0;
	}
	return SYSCALL(SYS_lwp_kill, id, SIGCANCEL).error == ESRCH ? ESRCH : 0;
}

EXPORT int pthread_setcancelstate(int state, int *old)
{
	struct thread *t = self();

	if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
		return EINVAL;
	if (old)
		*old = t->cancel_state;
	t->cancel_state = (uint8_t)state;
	if (t->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS)
		act(t);
	return 0;
}

EXPORT int pthread_setcanceltype(int type, int *old)
{
	struct thread *t = self();

	if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
		return EINVAL;
	if (old)
		*old = t->cancel_type;
	t->cancel_type = (uint8_t)type;
	if (type == PTHREAD_CANCEL_ASYNCHRONOUS)
		act(t);
	return 0;
}
