/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/epoll.h, epoll_create(3C). */
#ifndef _FB_ILLUMOS_SYS_EPOLL_H
#define _FB_ILLUMOS_SYS_EPOLL_H

#include <poll.h>
#include <signal.h>
#include <stdint.h>

typedef union epoll_data {
	void *ptr;
	int fd;
	uint32_t u32;
	uint64_t u64;
} epoll_data_t;

struct epoll_event {
	uint32_t events;
	epoll_data_t data;
} __attribute__((packed));

#define EPOLLIN	       0x0001
#define EPOLLPRI       0x0002
#define EPOLLOUT       0x0004
#define EPOLLERR       0x0008
#define EPOLLHUP       0x0010
#define EPOLLRDNORM    0x0040
#define EPOLLRDBAND    0x0080
#define EPOLLWRNORM    0x0100
#define EPOLLWRBAND    0x0200
#define EPOLLMSG       0x0400
#define EPOLLRDHUP     0x2000
#define EPOLLEXCLUSIVE (1u << 28)
#define EPOLLWAKEUP    (1u << 29)
#define EPOLLONESHOT   (1u << 30)
#define EPOLLET	       (1u << 31)

#define EPOLL_CTL_ADD 1
#define EPOLL_CTL_DEL 2
#define EPOLL_CTL_MOD 3
#define EPOLL_CLOEXEC 02000000

__BEGIN_DECLS
int epoll_create(int);
int epoll_create1(int);
int epoll_ctl(int, int, int, struct epoll_event *);
int epoll_wait(int, struct epoll_event *, int, int);
int epoll_pwait(int, struct epoll_event *, int, int, const sigset_t *);
__END_DECLS

#endif
