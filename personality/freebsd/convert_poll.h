/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_poll.h: the events of poll(2).
 *
 * Facts: sys/poll.h; sys/kern/sys_pipe.c (pipe_poll), uipc_socket.c (sopoll_generic).
 */
#ifndef FB_FREEBSD_CONVERT_POLL_H
#define FB_FREEBSD_CONVERT_POLL_H

#include "core/abi.h"
#include "personality/freebsd/abi_event.h"

/* Events with the same number and meaning on both sides. */
#define FREEBSD_POLL_SAME                                                                          \
	(FREEBSD_POLLIN | FREEBSD_POLLPRI | FREEBSD_POLLOUT | FREEBSD_POLLERR | FREEBSD_POLLHUP |  \
	 FREEBSD_POLLNVAL | FREEBSD_POLLRDNORM | FREEBSD_POLLRDBAND)

/* What to ask of the hub for the guest's events; bits neither knows are not asked for. */
i16 freebsd_to_core_poll_events(i16 events);
/*
 * What the guest, which asked for events, gets for the hub's answer: the end of what can be
 * read makes readable, unless that was to be ignored. broken_pipe: the error is a pipe's,
 * which has no reader left; that is a hang-up.
 */
i16 core_to_freebsd_poll_revents(i16 revents, i16 events, bool broken_pipe);

#endif
