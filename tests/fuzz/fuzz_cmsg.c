/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the rebuilding of control messages in both directions, with every size of room.
 * Beyond not crashing: what came out is well formed, lies within its room, and a list of
 * descriptors keeps them all, in order.
 */
#include <stdlib.h>
#include <string.h>

#include "personality/freebsd/convert_control.h"

#define ROOM 4096

static u8 *exactly(const u8 *data, size_t n)
{
	u8 *p = malloc(n ? n : 1); /* its own block: the sanitizer sees a byte too far */

	if (n)
		memcpy(p, data, n);
	return p;
}

static void well_formed(const u8 *p, u32 n)
{
	for (u32 at = 0; at < n;) {
		struct freebsd_cmsghdr h;

		if (n - at < FREEBSD_CMSG_DATA)
			abort();
		memcpy(&h, p + at, sizeof(h));
		if (h.cmsg_len < FREEBSD_CMSG_DATA || FREEBSD_CMSG_ALIGN(h.cmsg_len) > n - at)
			abort();
		at += (u32)FREEBSD_CMSG_ALIGN(h.cmsg_len);
	}
}

static u64 count_rights(const u8 *p, u64 n)
{
	struct core_rights r = {p, n, 0, 0};
	u64 count = 0;
	int fd;

	while (core_rights_next(&r, &fd))
		count++;
	return count;
}

static void towards_the_guest(const u8 *data, u32 len, enum freebsd_creds creds, u32 room)
{
	u8 *in = exactly(data, len), *out = malloc(room + 1);
	u32 n;
	u64 taken;

	core_control_creds_last(in, len);
	taken = core_to_freebsd_control(in, len, creds, out, room, &n);
	if (taken > len || n > room)
		abort();
	well_formed(out, n);
	if (count_rights(in, taken) + count_rights(in + taken, len - taken) !=
	    count_rights(in, len))
		abort();
	free(in);
	free(out);
}

static void towards_the_hub(const u8 *data, u32 len, bool inet, u32 room)
{
	const struct core_ucred me = {1, 2, 3};
	u8 *in = exactly(data, len), *out = malloc(room + 1);
	long r = freebsd_to_core_control(in, len, inet, &me, out, room);

	if (r > (long)room)
		abort();
	if (r > 0) {
		u64 fds = count_rights(out, (u64)r);
		u8 *back = malloc(ROOM);
		u32 n;

		if (fds > (u64)r / sizeof(int))
			abort();
		if (core_to_freebsd_control(out, (u64)r, FREEBSD_CREDS_SENT, back, ROOM, &n) >
		    (u64)r)
			abort();
		well_formed(back, n);
		free(back);
	}
	free(in);
	free(out);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	u32 room;

	if (size < 2 || size > 2048)
		return 0;
	room = (u32)data[0] * 8 + (data[1] & 7);
	for (int creds = FREEBSD_CREDS_SENT; creds <= FREEBSD_CREDS_PERSISTENT; creds++)
		towards_the_guest(data + 2, (u32)size - 2, (enum freebsd_creds)creds, room);
	towards_the_hub(data + 2, (u32)size - 2, false, room);
	towards_the_hub(data + 2, (u32)size - 2, true, room);
	return 0;
}
