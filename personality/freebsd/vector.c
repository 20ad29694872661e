/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/freebsd/vector.c: arrays of buffers; vector.h says what differs. */
#include "personality/freebsd/vector.h"
#include "exo/exo.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_file.h"

#define CHUNK 8 /* buffers looked at together */

/* All lengths together, of which none is negative and they neither; or an error. */
static long total_of(guest_ptr iov, u32 n)
{
	struct core_iovec v[CHUNK];
	u64 total = 0;

	for (u32 at = 0; at < n; at += CHUNK) {
		u32 m = MIN(n - at, (u32)CHUNK);

		if (copy_from_guest(v, gp_add(iov, at * sizeof(*v)), m * sizeof(*v)) < 0)
			return -CORE_EFAULT;
		for (u32 i = 0; i < m; i++) {
			if (v[i].iov_len > INT64_MAX - total)
				return -CORE_EINVAL;
			total += v[i].iov_len;
		}
	}
	return (long)total;
}

/* A copy of which the hub takes all. */
static long cut(struct freebsd_vector *v, guest_ptr iov)
{
	struct core_iovec *copy = exo_pages_alloc(v->n * sizeof(*copy));
	u64 left = FREEBSD_MOVE_MAX;

	if (!copy)
		return -CORE_ENOMEM;
	v->iov = (u64)copy;
	v->copied = true;
	if (copy_from_guest(copy, iov, v->n * sizeof(*copy)) < 0) {
		freebsd_vector_end(v);
		return -CORE_EFAULT;
	}
	for (u32 i = 0; i < v->n; i++) {
		copy[i].iov_len = MIN(copy[i].iov_len, left);
		left -= copy[i].iov_len;
	}
	return 0;
}

long freebsd_vector_begin(struct freebsd_vector *v, guest_ptr iov, u32 n)
{
	long total;

	*v = (struct freebsd_vector){iov.addr, n, false};
	if (n > FREEBSD_IOV_MAX)
		return -CORE_EINVAL;
	total = total_of(iov, n);
	if (total < 0)
		return total;
	return (u64)total <= FREEBSD_MOVE_MAX ? 0 : cut(v, iov);
}

void freebsd_vector_end(struct freebsd_vector *v)
{
	if (v->copied)
		exo_pages_free((void *)v->iov, v->n * sizeof(struct core_iovec));
	v->copied = false;
}
