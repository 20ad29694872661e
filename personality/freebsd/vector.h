/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/vector.h: how much one call may move, and arrays of buffers.
 *
 * What differs: FreeBSD takes any length, and any lengths that make no negative one together;
 * the hub looks at each by itself, wants all of it to lie within the address space, and moves
 * at most FREEBSD_MOVE_MAX at a time. Facts: read(2), readv(2), copyinuio of
 * sys/kern/subr_uio.c (kern_subr.c before), IOSIZE_MAX of sys/sys/uio.h.
 */
#ifndef FB_FREEBSD_VECTOR_H
#define FB_FREEBSD_VECTOR_H

#include "core/abi.h"
#include "core/guest.h"

#define FREEBSD_MOVE_MAX 0x7ffff000ul /* whole pages below 2 GiB */

/* The length of one buffer: 0, or -CORE_EINVAL; *n becomes what the hub shall move. */
static inline long freebsd_length(u64 *n)
{
	if (UNLIKELY(*n > FREEBSD_MOVE_MAX)) {
		if (*n > INT64_MAX)
			return -CORE_EINVAL;
		*n = FREEBSD_MOVE_MAX;
	}
	return 0;
}

struct freebsd_vector {
	u64 iov; /* what the hub is given: the guest's own array, or a copy that was cut */
	u32 n;
	bool copied;
};

/* The guest's array of n buffers, for the hub; 0, -CORE_EINVAL, -CORE_EFAULT, -CORE_ENOMEM. */
long freebsd_vector_begin(struct freebsd_vector *v, guest_ptr iov, u32 n);
void freebsd_vector_end(struct freebsd_vector *v);

#endif
