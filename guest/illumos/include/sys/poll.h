/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/poll.h. */
#ifndef _FB_ILLUMOS_SYS_POLL_H
#define _FB_ILLUMOS_SYS_POLL_H

#include <sys/types.h>
#include <signal.h>

typedef struct pollfd {
	int fd;
	short events, revents;
} pollfd_t;
typedef unsigned long nfds_t;

#define POLLIN	   0x0001
#define POLLPRI	   0x0002
#define POLLOUT	   0x0004
#define POLLERR	   0x0008
#define POLLHUP	   0x0010
#define POLLNVAL   0x0020
#define POLLRDNORM 0x0040
#define POLLNORM   POLLRDNORM
#define POLLWRNORM POLLOUT
#define POLLRDBAND 0x0080
#define POLLWRBAND 0x0100
#define POLLREMOVE 0x0800
#define POLLRDHUP  0x4000

__BEGIN_DECLS
struct timespec;
int poll(struct pollfd *, nfds_t, int);
int ppoll(struct pollfd *_RESTRICT_KYWD, nfds_t, const struct timespec *_RESTRICT_KYWD,
	  const sigset_t *_RESTRICT_KYWD);
__END_DECLS

#endif
