/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/aio.h: asynchronous input and output: what its files share.
 */
#ifndef FB_GUEST_ILLUMOS_AIO_H
#define FB_GUEST_ILLUMOS_AIO_H

#include <aio.h>
#include <time.h>

#include "guest/illumos/libc/libc.h"

/* aio_state of a block: not a request, one of the library's, one that is done. */
#define STATE_NONE 2
#define STATE_DONE 5
#define STATE_OURS 4

/* Whom to tell, taken from a sigevent when the request is made. */
struct notice {
	int how;   /* SIGEV_NONE ... */
	int where; /* the signal, the port */
	void *value;
	void (*function)(union sigval);
	pthread_attr_t *attributes;
	int event;	  /* portev_events, */
	uintptr_t object; /* portev_object */
};

/* The requests of one lio_listio. */
struct list {
	int left;
	bool waited_for;
	struct notice notice;
};

enum request_state { QUEUED, RUNNING, CANCELED, DONE };

struct request {
	struct request *next, *previous; /* of those in its state */
	struct request *link;		 /* of those with the same hash */
	enum request_state state;
	bool posix;
	bool reaped;  /* its end was asked for while it was being cancelled */
	bool telling; /* all that is left to do is to tell of it */
	int op, fd;
	char *buf;
	size_t size;
	off_t offset;
	uint64_t serial;
	pthread_t worker;
	aio_result_t *result;
	aiocb_t *block;
	struct list *list;
	struct notice notice, list_notice;
};

/* A ring through a head that is no request. */
struct ring {
	struct request *next, *previous;
};

extern pthread_mutex_t fb_aio_lock;
extern unsigned fb_aio_outstanding; /* queued and running */
extern bool fb_aio_used;
extern struct ring fb_aio_queue, fb_aio_running;
extern struct ring fb_aio_done;		/* POSIX's of SIGEV_NONE, not asked for yet */
extern struct ring fb_aio_solaris_done; /* those for aiowait */
extern unsigned fb_aio_done_count;

#define EACH(r, ring)                                                                              \
	for (struct request *r = (ring)->next, *next_ = r->next; r != (struct request *)(ring);    \
	     r = next_, next_ = r->next)

/* All of these but submit want the lock held. */
struct request *fb_aio_find(const aio_result_t *result);
void fb_aio_forget(struct request *r); /* from the hash */
void fb_aio_unlink(struct request *r); /* from its ring */
/* Nothing of it is left; it must be in no ring and no hash. */
void fb_aio_free(struct request *r);
/* 0, or an error number: that of a descriptor that is none, or not open for this. */
int fb_aio_check(int fd, int op);
/* Its end has been asked for: it is the program's again. */
void fb_aio_reap(struct request *r);
/* Takes the lock itself. 0 or an error number; the request is the library's from then on. */
int fb_aio_submit(const struct request *what);
enum { WAS_DONE, WAS_CANCELED, WAS_NEITHER };
int fb_aio_cancel(struct request *r);
int fb_aio_cancel_all(int fd);
/* A list's requests are begun, or none could be. True: it is the library's; false: the caller's,
 * who waits for it. Takes the lock itself. */
bool fb_aio_list_begun(struct list *l, bool any);
/* Sleeps until something is done: 0, EINTR or ETIME. Cancellation finds the lock held. */
int fb_aio_wait(const struct timespec *relative);
void fb_aio_wake(void);
void fb_aio_notice(struct notice *n, const struct sigevent *event, int what, uintptr_t object);
/* sigev.c: without the lock. May wait. */
void fb_notice_send(const struct notice *n);
int fb_port_dispatch(int port, int source, int event, uintptr_t object, void *user);
int fb_daemon(const pthread_attr_t *attributes, void *(*start)(void *), void *arg, pthread_t *id);
/* A time to wait: false when it is none. *until is when it ends. */
bool fb_aio_begin_time(const struct timespec *relative, hrtime_t *until);
/* What is left of it; false: nothing. */
bool fb_aio_time_left(hrtime_t until, struct timespec *left);

#endif
