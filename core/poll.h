/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/poll.h: poll(2) on a guest's own array, whose entries are struct core_pollfd in every ABI;
 * only what the events mean differs.
 */
#ifndef FB_CORE_POLL_H
#define FB_CORE_POLL_H

#include "core/guest.h"
#include "core/thread.h"

struct core_poll_abi {
	i16 same;		   /* events that have the hub's numbers */
	i16 invalid;		   /* what says that a descriptor is none */
	u32 never_asked;	   /* with so many entries nobody's limit of descriptors is asked */
	i16 (*events)(i16 events); /* the hub's for the guest's */
	/* The guest's answer for p of what the hub answered: of HUP and ERR, and of all where an
	 * event was not `same`. */
	i16 (*answer)(const struct core_pollfd *p, i16 revents);
};

/*
 * How many entries have an answer, which is in them; timeout NULL: for ever, and it is left
 * alone. -CORE_EINVAL: more entries than descriptors may be open; -CORE_EFAULT, -CORE_ENOMEM,
 * -CORE_EINTR.
 */
long core_poll(const struct core_poll_abi *abi, guest_ptr fds, u64 n,
	       const struct core_timespec *timeout);

/* A pipe, or one with a name: ABIs differ in what its end says. */
bool core_poll_is_pipe(int fd);

#endif
