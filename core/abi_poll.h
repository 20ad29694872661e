/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/abi_poll.h: waiting for events in the neutral ABI.
 */
#ifndef FB_CORE_ABI_POLL_H
#define FB_CORE_ABI_POLL_H

#include "lib/base.h"

/* poll(2) (asm-generic/poll.h). */
#define CORE_POLLIN	0x1
#define CORE_POLLPRI	0x2
#define CORE_POLLOUT	0x4
#define CORE_POLLERR	0x8
#define CORE_POLLHUP	0x10
#define CORE_POLLNVAL	0x20
#define CORE_POLLRDNORM 0x40
#define CORE_POLLRDBAND 0x80
#define CORE_POLLWRNORM 0x100
#define CORE_POLLWRBAND 0x200
#define CORE_POLLMSG	0x400
#define CORE_POLLREMOVE 0x1000
#define CORE_POLLRDHUP	0x2000

/* epoll(7) (linux/eventpoll.h). */
#define CORE_EPOLL_CLOEXEC  0x80000
#define CORE_EPOLL_CTL_ADD  1
#define CORE_EPOLL_CTL_DEL  2
#define CORE_EPOLL_CTL_MOD  3
#define CORE_EPOLLIN	    0x1
#define CORE_EPOLLPRI	    0x2
#define CORE_EPOLLOUT	    0x4
#define CORE_EPOLLERR	    0x8
#define CORE_EPOLLHUP	    0x10
#define CORE_EPOLLRDNORM    0x40
#define CORE_EPOLLRDBAND    0x80
#define CORE_EPOLLWRNORM    0x100
#define CORE_EPOLLWRBAND    0x200
#define CORE_EPOLLMSG	    0x400
#define CORE_EPOLLRDHUP	    0x2000
#define CORE_EPOLLEXCLUSIVE 0x10000000
#define CORE_EPOLLWAKEUP    0x20000000
#define CORE_EPOLLONESHOT   0x40000000
#define CORE_EPOLLET	    0x80000000u

/* eventfd2(2). */
#define CORE_EFD_SEMAPHORE 01
#define CORE_EFD_CLOEXEC   02000000
#define CORE_EFD_NONBLOCK  04000

/* inotify(7) (linux/inotify.h). */
#define CORE_IN_ACCESS	      0x1
#define CORE_IN_MODIFY	      0x2
#define CORE_IN_ATTRIB	      0x4
#define CORE_IN_CLOSE_WRITE   0x8
#define CORE_IN_CLOSE_NOWRITE 0x10
#define CORE_IN_OPEN	      0x20
#define CORE_IN_MOVED_FROM    0x40
#define CORE_IN_MOVED_TO      0x80
#define CORE_IN_CREATE	      0x100
#define CORE_IN_DELETE	      0x200
#define CORE_IN_DELETE_SELF   0x400
#define CORE_IN_MOVE_SELF     0x800
#define CORE_IN_UNMOUNT	      0x2000
#define CORE_IN_Q_OVERFLOW    0x4000
#define CORE_IN_IGNORED	      0x8000
#define CORE_IN_ONLYDIR	      0x1000000
#define CORE_IN_DONT_FOLLOW   0x2000000
#define CORE_IN_EXCL_UNLINK   0x4000000
#define CORE_IN_MASK_CREATE   0x10000000
#define CORE_IN_MASK_ADD      0x20000000
#define CORE_IN_ISDIR	      0x40000000
#define CORE_IN_ONESHOT	      0x80000000u
#define CORE_IN_CLOEXEC	      02000000
#define CORE_IN_NONBLOCK      04000

struct core_pollfd {
	i32 fd;
	i16 events;
	i16 revents;
};
SIZE_ASSERT(struct core_pollfd, 8);

struct core_epoll_event {
	u32 events;
	u64 data;
} __attribute__((packed));
SIZE_ASSERT(struct core_epoll_event, 12);
OFFSET_ASSERT(struct core_epoll_event, data, 4);

struct core_inotify_event {
	i32 wd;
	u32 mask;
	u32 cookie;
	u32 len;
	char name[];
};
SIZE_ASSERT(struct core_inotify_event, 16);

/* The sixth argument of pselect6(2). */
struct core_pselect_mask {
	u64 mask; /* address of a u64 set, or 0 */
	u64 size;
};
SIZE_ASSERT(struct core_pselect_mask, 16);

#define CORE_FD_SETSIZE 1024

#endif
