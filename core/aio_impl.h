/* SPDX-License-Identifier: BSD-2-Clause */
/* core/aio_impl.h: between core/aio.c, which keeps requests, and core/aio_work.c. */
#ifndef FB_CORE_AIO_IMPL_H
#define FB_CORE_AIO_IMPL_H

#include "core/aio.h"

enum aio_state { AIO_QUEUED, AIO_RUNNING, AIO_DONE };

struct core_aio_group {
	u64 id;
	u32 pending; /* requests that go on, and one until it is closed */
	u32 claims;  /* requests not taken yet, and that one */
	bool done;
	struct core_aio_notice notice;
};

struct aio {
	struct aio *next; /* in the order of submission */
	struct core_aio_request r;
	enum aio_state state;
	bool socket;
	bool own_fd; /* r.fd is hidden and ours */
	u64 turn;    /* of the ending */
	u64 moved;   /* bytes of a socket so far */
	long result;
	struct core_iovec one, *iov;
	u32 iov_count;
};

extern struct exo_lock aio_lock;
extern struct aio *aio_first;
extern bool aio_held;

/* With the lock held: it has ended; who wants to know is told. */
void aio_finish(struct aio *a, long result);
/* With the lock held: there is work; 0, or -CORE_EAGAIN when no thread can be had for it. */
long aio_work_start(struct core_thread *t, bool socket);
void aio_work_wake(bool socket);
void aio_work_fork(bool files);

#endif
