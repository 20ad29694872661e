/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/aio.h: requests that are carried out while the guest goes on.
 *
 * A request is known by the guest's name for it (an address) from core_aio_submit until
 * core_aio_take. Results are what the same call made at once would return: a count, 0 or a
 * negative CORE_E number; -CORE_ECANCELED for one that was cancelled.
 */
#ifndef FB_CORE_AIO_H
#define FB_CORE_AIO_H

#include "core/abi.h"
#include "core/thread.h"

enum core_aio_op {
	CORE_AIO_READ,
	CORE_AIO_WRITE,
	CORE_AIO_SYNC,
	CORE_AIO_DATASYNC,
	CORE_AIO_MLOCK
};

#define CORE_AIO_MOST 256 /* unfinished and unclaimed requests of a process */

/* What is told when something ends: a signal, or an event of a kqueue, or nothing. */
struct core_aio_notice {
	bool kevent;
	int kq; /* the kqueue's descriptor */
	u16 kq_flags;
	struct core_sigevent event; /* CORE_SIGEV_NONE, _SIGNAL, _THREAD_ID; the value of both */
};

/* Several requests of which the end of the last is told. */
struct core_aio_group;

struct core_aio_request {
	u64 id;
	enum core_aio_op op;
	int fd;
	i64 offset; /* of a file; sockets have none */
	bool vectored;
	guest_ptr data; /* bytes, or iovecs */
	u64 count;	/* how many of them */
	struct core_aio_notice notice;
	struct core_aio_group *group; /* or NULL */
};

/* 0 when it is under way; -CORE_EBADF, _EINVAL, _EFAULT, _EOPNOTSUPP (of what is neither file
 * nor socket), _EAGAIN (too many, or no thread to be had), _ENOMEM. */
long core_aio_submit(struct core_thread *t, const struct core_aio_request *request);

/* -CORE_ENOENT: there is no such request; -CORE_EINPROGRESS: it goes on; 0: *result is it. */
long core_aio_look(u64 id, long *result);
/* The same, and a finished request is forgotten. */
long core_aio_take(u64 id, long *result);
/* Takes the one that finished first; -CORE_ENOENT: none has. */
long core_aio_take_any(u64 *id, long *result);

/* Cancels what has not begun, of a descriptor and (id not 0) of one name: bits of what there was.
 */
#define CORE_AIO_CANCELED    1
#define CORE_AIO_NOTCANCELED 2
u32 core_aio_cancel(int fd, u64 id);

/*
 * Changes whenever a request ends. core_aio_wait sleeps while it is seen, at most until a time
 * of the monotonic clock (NULL: for ever): 0, -CORE_ETIMEDOUT, -CORE_EINTR or a restart.
 */
u32 core_aio_ended(void);
long core_aio_wait(u32 seen, const struct exo_time *until);

/* id: the name by which a kqueue is told. Until core_aio_group_close the group does not end. */
struct core_aio_group *core_aio_group_open(u64 id, const struct core_aio_notice *notice,
					   long *error);
void core_aio_group_close(struct core_aio_group *g);

/*
 * The next message that comes to an empty queue is told to one thread (mq_notify(2), which
 * knows only processes): a CORE_SI_MESGQ signal with -1 - mqd as sender. 0 or -CORE_E.
 */
long core_mq_notify_thread(struct core_thread *t, int mqd, const struct core_sigevent *ev);

/* Before the process ends or becomes another program: what writes is waited for, nothing new
 * begins until, should that fail, core_aio_go_on. */
void core_aio_hold(const struct core_thread *t);
void core_aio_go_on(const struct core_thread *t);

/* Called around fork by core/process.c, and in the child; files: it has the same descriptors. */
void core_aio_fork(bool before);
void core_aio_forked(bool files);

#endif
