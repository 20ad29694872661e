/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/mqueue_notify.c: telling of the first message in an empty queue, once.
 *
 * A signal is left with the kernel, for whoever sends the message to send. An event in a port, or a
 * function, is a thread's that sleeps on a semaphore in the queue. Facts:
 * usr/src/lib/libc/port/rt/mqueue.c (mq_notify, do_notify), sigev_thread.c (mqueue_spawner).
 */
#include <errno.h>
#include <port.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest/illumos/libc/aio.h"
#include "guest/illumos/libc/mqueue.h"

enum { SN_PROC = 1, SN_CANCEL, SN_SEND };

static pthread_cond_t ended = PTHREAD_COND_INITIALIZER;

void fb_mq_tell(struct queue *q)
{
	SYSCALL(SYS_signotify, SN_SEND, NULL, &q->notify);
	if (q->notify_type == SIGEV_THREAD || q->notify_type == SIGEV_PORT)
		sem_post(&q->spawner);
	q->notify_type = 0;
	q->notify_descriptor = 0;
}

bool fb_mq_untell(struct descriptor *d)
{
	struct queue *q = d->queue;

	if (q->notify_descriptor != (uintptr_t)d || q->notify.pid != getpid())
		return false;
	SYSCALL(SYS_signotify, SN_CANCEL, NULL, &q->notify);
	q->notify_type = 0;
	q->notify_descriptor = 0;
	return true;
}

/* ---- the thread that tells ----------------------------------------------------------------- */

/* It touches the queue no more. Is it to tell? Otherwise somebody awaits it, and frees it. */
static bool step_back(struct teller *t)
{
	bool tells;

	pthread_mutex_lock(&fb_mq_lock);
	tells = !t->awaited;
	if (tells)
		t->descriptor->teller = NULL;
	t->gone = true;
	pthread_cond_broadcast(&ended);
	pthread_mutex_unlock(&fb_mq_lock);
	return tells;
}

static void cut_short(void *arg)
{
	step_back(arg);
}

static void *tell(void *arg)
{
	struct teller *t = arg, copy;
	struct descriptor *object = t->descriptor;
	int r;

	pthread_cleanup_push(cut_short, t);
	do
		r = sem_wait(t->sem);
	while (r < 0 && self()->error == EINTR);
	pthread_cleanup_pop(0);
	copy = *t;
	if (!step_back(t))
		return NULL;
	free(t);
	if (r < 0)
		return NULL;
	if (copy.event.sigev_notify == SIGEV_PORT)
		fb_port_dispatch(copy.port, PORT_SOURCE_MQ, 0, (uintptr_t)object, copy.user);
	else
		copy.event.sigev_notify_function(copy.event.sigev_value);
	return NULL;
}

/* Returns when it does not touch the queue any more. */
void fb_mq_end_teller(struct descriptor *d)
{
	struct teller *t;

	pthread_mutex_lock(&fb_mq_lock);
	t = d->teller;
	d->teller = NULL;
	if (t) {
		t->awaited = true;
		pthread_cancel(t->thread);
		while (!t->gone)
			pthread_cond_wait(&ended, &fb_mq_lock);
		free(t);
	}
	pthread_mutex_unlock(&fb_mq_lock);
}

static int begin_teller(struct descriptor *d, const struct sigevent *event)
{
	const port_notify_t *p = event->sigev_value.sival_ptr;
	bool to_port = event->sigev_notify == SIGEV_PORT;
	struct teller *t = calloc(1, sizeof(*t));
	int error;

	if (!t)
		return EAGAIN;
	t->descriptor = d;
	t->sem = &d->queue->spawner;
	t->event = *event;
	t->port = to_port ? p->portnfy_port : -1;
	t->user = to_port ? p->portnfy_user : NULL;
	/* What was meant for one that was ended just then. */
	while (sem_trywait(t->sem) == 0)
		;
	pthread_mutex_lock(&fb_mq_lock);
	error = fb_daemon(to_port ? NULL : event->sigev_notify_attributes, tell, t, &t->thread);
	if (error)
		free(t);
	else
		d->teller = t;
	pthread_mutex_unlock(&fb_mq_lock);
	return error;
}

/* ---- mq_notify ----------------------------------------------------------------------------- */

static bool is_port(const struct sigevent *event)
{
	const port_notify_t *p = event->sigev_value.sival_ptr;
	struct stat st;

	return fstat(p->portnfy_port, &st) == 0 && S_ISPORT(st.st_mode);
}

static int leave_notice(struct descriptor *d, const struct sigevent *event)
{
	struct queue *q = d->queue;
	siginfo_t info;
	int error;

	memset(&info, 0, sizeof(info));
	info.si_code = SI_MESGQ;
	switch (event->sigev_notify) {
	case SIGEV_NONE:
	case SIGEV_THREAD:
		break;
	case SIGEV_SIGNAL:
		info.si_signo = event->sigev_signo;
		info.si_value = event->sigev_value;
		break;
	case SIGEV_PORT:
		if (!is_port(event))
			return EBADF;
		break;
	default:
		return EINVAL;
	}
	error = SYSCALL(SYS_signotify, SN_PROC, &info, &q->notify).error;
	if (error)
		return error;
	fb_mq_end_teller(d);
	if (event->sigev_notify == SIGEV_THREAD || event->sigev_notify == SIGEV_PORT)
		error = begin_teller(d, event);
	if (error) {
		SYSCALL(SYS_signotify, SN_CANCEL, NULL, &q->notify);
		return error;
	}
	q->notify_type = (uint32_t)event->sigev_notify;
	q->notify_descriptor = (uintptr_t)d;
	return 0;
}

EXPORT int mq_notify(mqd_t which, const struct sigevent *event)
{
	struct descriptor *d = fb_mq_descriptor(which);
	int error;

	if (!d || !fb_mq_enter(d))
		return -1;
	if (event) {
		error = leave_notice(d, event);
	} else {
		error = fb_mq_untell(d) ? 0 : EBUSY;
		fb_mq_end_teller(d);
	}
	fb_mq_leave(d);
	return error ? (int)fail_with(error) : 0;
}
