/* SPDX-License-Identifier: BSD-2-Clause */
/* /dev/poll. Source: usr/src/uts/common/sys/devpoll.h. */
#ifndef _FB_ILLUMOS_SYS_DEVPOLL_H
#define _FB_ILLUMOS_SYS_DEVPOLL_H

#include <poll.h>
#include <signal.h>

#define DP_POLL	       0xd001
#define DP_ISPOLLED    0xd002
#define DP_PPOLL       0xd003
#define DP_EPOLLCOMPAT 0xd004

typedef struct dvpoll {
	pollfd_t *dp_fds;
	nfds_t dp_nfds;
	int dp_timeout; /* ms */
	sigset_t *dp_setp;
} dvpoll_t;

typedef struct dvpoll_epollfd {
	pollfd_t dpep_pollfd;
	unsigned long long dpep_data;
} dvpoll_epollfd_t;

#endif
