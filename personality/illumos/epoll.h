/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/epoll.h: a /dev/poll that was told to be like epoll, from devpoll.c. */
#ifndef FB_ILLUMOS_EPOLL_H
#define FB_ILLUMOS_EPOLL_H

#include "personality/illumos/illumos.h"

struct illumos_epoll;

/* NULL when there is no memory. */
struct illumos_epoll *illumos_epoll_new(void);
void illumos_epoll_free(struct illumos_epoll *e);
/* A write of n bytes of dvpoll_epollfd_t to the host's `epoll`. */
long illumos_epoll_write(struct illumos_epoll *e, int epoll, guest_ptr buf, u64 n);
/* At most n epoll_events to `to`; timeout in ms, -1 forever. Their number, or an error. */
long illumos_epoll_wait(struct core_thread *t, struct illumos_epoll *e, int epoll, guest_ptr to,
			u64 n, i32 timeout);

#endif
