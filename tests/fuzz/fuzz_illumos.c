/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes what illumos's socket and terminal calls convert. Beyond not crashing: what comes out lies
 * in its room and is well formed, and a name that went to the hub and back is the same name.
 */
#include <stdlib.h>
#include <string.h>

#include "personality/illumos/convert_control.h"
#include "personality/illumos/convert_socket.h"
#include "personality/illumos/convert_tty.h"
#include "personality/illumos/convert_ucred.h"

static u8 *exactly(const u8 *data, size_t n)
{
	u8 *p = malloc(n ? n : 1); /* its own block: the sanitizer sees a byte too far */

	if (n)
		memcpy(p, data, n);
	return p;
}

static void towards_the_hub(const u8 *data, u32 len, bool xpg, bool inet, u32 room)
{
	u8 *in = exactly(data, len), *out = malloc(room + 1);
	long r = illumos_to_core_control(in, len, xpg, inet, out, room);
	struct core_cmsghdr h;
	u64 at = 0;

	if (r > (long)room)
		abort();
	while (r > 0 && at < (u64)r) {
		if (!core_control_next(out + at, (u64)r - at, &h))
			abort();
		at += CORE_CMSG_ALIGN(h.cmsg_len);
	}
	free(in);
	free(out);
}

static void towards_the_guest(const u8 *data, u32 len, bool xpg, u32 want, u32 room)
{
	u8 *in = exactly(data, len), *out = malloc(room + 1);
	struct illumos_control c = {.want = want, .xpg = xpg, .room = room};

	core_to_illumos_control(in, len, out, &c);
	if (c.len > room || c.taken > len)
		abort();
	for (u32 at = 0; xpg && at < c.len;) {
		struct illumos_cmsghdr h;

		if (c.len - at < sizeof(h))
			abort();
		memcpy(&h, out + at, sizeof(h));
		if (h.cmsg_len < sizeof(h) || h.cmsg_len > c.len - at)
			abort();
		at += (u32)ILLUMOS_CMSG_ALIGN(h.cmsg_len);
	}
	free(in);
	free(out);
}

static void name(const u8 *data, u32 len, int family)
{
	enum illumos_name_use use = len & 1 ? ILLUMOS_NAME_CONNECT : ILLUMOS_NAME_BIND;
	struct core_sockaddr_storage core, again;
	struct illumos_sockaddr_storage back;
	u8 *in = exactly(data, len);
	long r = illumos_to_core_sockaddr(family, in, len, use, &core);
	u32 n;

	if (r > (long)sizeof(core))
		abort();
	if (r > 0) {
		n = core_to_illumos_sockaddr(&core, (u32)r, &back);
		if (n > sizeof(back) ||
		    illumos_to_core_sockaddr(family, &back, n, use, &again) != r ||
		    memcmp(&core, &again, (size_t)r))
			abort();
	}
	free(in);
}

static void terminal(const u8 *data, size_t n)
{
	struct illumos_termios t = {0}, back;
	struct core_termios core = {0};
	struct illumos_termio brief;

	memcpy(&t, data, n < sizeof(t) ? n : sizeof(t));
	illumos_to_core_termios(&t, &core);
	core_to_illumos_termios(&core, &back);
	if (memcmp(&t.c_cc, &back.c_cc, ILLUMOS_VSTATUS) || back.c_iflag & ~t.c_iflag ||
	    back.c_lflag & ~t.c_lflag)
		abort();
	illumos_to_termio(&back, &brief);
	illumos_from_termio(&brief, &back);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t n);
int LLVMFuzzerTestOneInput(const u8 *data, size_t n)
{
	struct core_sockaddr_storage from = {0};
	struct illumos_sockaddr_storage to;
	u32 room;

	if (n < 4 || n > 8192)
		return 0;
	room = data[0] | (u32)(data[1] & 0xf) << 8;
	towards_the_hub(data + 4, (u32)n - 4, data[2] & 1, data[2] & 2, room);
	towards_the_guest(data + 4, (u32)n - 4, data[2] & 1, data[3], room);
	name(data + 4, (u32)n - 4, CORE_AF_UNIX);
	name(data + 4, (u32)n - 4, CORE_AF_INET);
	name(data + 4, (u32)n - 4, CORE_AF_INET6);
	terminal(data, n);
	memcpy(&from, data, n < sizeof(from) ? n : sizeof(from));
	if (core_to_illumos_sockaddr(&from, (u32)(n < sizeof(from) ? n : sizeof(from)), &to) >
	    sizeof(to))
		abort();
	return 0;
}
