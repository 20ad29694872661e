/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_socket.c: socket families, addresses, options and flags.
 */
#include "core/control.h"
#include "lib/mem.h"
#include "personality/bits.h"
#include "personality/freebsd/convert_socket.h"

/* ---- families and types -------------------------------------------------------- */

static const struct bit_pair families[] = {
    {FREEBSD_AF_UNSPEC, CORE_AF_UNSPEC},
    {FREEBSD_AF_UNIX, CORE_AF_UNIX},
    {FREEBSD_AF_INET, CORE_AF_INET},
    {FREEBSD_AF_INET6, CORE_AF_INET6},
};

bool freebsd_to_core_family(int family, int *core)
{
	u32 out;

	if (!value_to_core(families, ARRAY_LEN(families), (u32)family, &out))
		return false;
	*core = (int)out;
	return true;
}

bool core_to_freebsd_family(int core, int *family)
{
	u32 out;

	if (!value_to_guest(families, ARRAY_LEN(families), (u32)core, &out))
		return false;
	*family = (int)out;
	return true;
}

_Static_assert(FREEBSD_SOCK_STREAM == CORE_SOCK_STREAM && FREEBSD_SOCK_DGRAM == CORE_SOCK_DGRAM &&
		   FREEBSD_SOCK_RAW == CORE_SOCK_RAW &&
		   FREEBSD_SOCK_SEQPACKET == CORE_SOCK_SEQPACKET,
	       "socket types pass through");
_Static_assert(FREEBSD_SHUT_RDWR == CORE_SHUT_RDWR, "shutdown(2) passes through");

static const struct bit_pair type_flags[] = {
    {FREEBSD_SOCK_CLOEXEC, CORE_SOCK_CLOEXEC},
    {FREEBSD_SOCK_NONBLOCK, CORE_SOCK_NONBLOCK},
};

bool freebsd_to_core_socktype(int type, int *core)
{
	u32 out;
	bool known = bits_to_core(type_flags, ARRAY_LEN(type_flags), (u32)type & ~7u, &out);

	*core = (int)out | (type & 7);
	return known;
}

/* ---- addresses ------------------------------------------------------------------- */

static long unix_to_core(const u8 *from, u32 len, struct core_sockaddr_storage *to)
{
	struct core_sockaddr_un *un = (struct core_sockaddr_un *)to;
	size_t path;

	if (len == offsetof(struct freebsd_sockaddr_un, sun_path))
		return -CORE_EINVAL;
	if (len > sizeof(struct freebsd_sockaddr_un))
		return -CORE_EINVAL;
	path = strnlen((const char *)from + 2, len - 2);
	if (path == 0)
		return -CORE_ENOENT;
	un->sun_family = CORE_AF_UNIX;
	memcpy(un->sun_path, from + 2, path);
	un->sun_path[path] = '\0';
	return (long)(2 + path + 1);
}

long freebsd_to_core_sockaddr(const void *from, u32 len, struct core_sockaddr_storage *to)
{
	const u8 *bytes = from;

	if (len > FREEBSD_SOCK_MAXADDRLEN)
		return -CORE_ENAMETOOLONG;
	if (len < 2)
		return -CORE_EINVAL;
	memset(to, 0, sizeof(*to));
	switch (bytes[1]) {
	case FREEBSD_AF_UNSPEC:
		return sizeof(struct core_sockaddr);
	case FREEBSD_AF_UNIX:
		return unix_to_core(bytes, len, to);
	case FREEBSD_AF_INET:
		if (len != sizeof(struct freebsd_sockaddr_in))
			return -CORE_EINVAL;
		memcpy(to, from, len);
		to->ss_family = CORE_AF_INET;
		return (long)len;
	case FREEBSD_AF_INET6:
		if (len != sizeof(struct freebsd_sockaddr_in6))
			return -CORE_EINVAL;
		memcpy(to, from, len);
		to->ss_family = CORE_AF_INET6;
		return (long)len;
	default:
		return -CORE_EAFNOSUPPORT;
	}
}

/* The part of a path after what bindat(2) put before it. */
static const char *as_bound(const char *path, size_t *len)
{
	const size_t prefix = sizeof(FREEBSD_SOCKET_BELOW) - 1;
	size_t at = prefix;

	if (*len <= prefix || memcmp(path, FREEBSD_SOCKET_BELOW, prefix) != 0)
		return path;
	while (at < *len && path[at] >= '0' && path[at] <= '9')
		at++;
	if (at == prefix || at == *len || path[at] != '/')
		return path;
	*len -= at + 1;
	return path + at + 1;
}

static u32 unix_to_freebsd(const struct core_sockaddr_un *from, u32 len,
			   struct freebsd_sockaddr_un *to)
{
	size_t max = MIN(len - 2, sizeof(from->sun_path)), path;
	const char *name;

	to->sun_family = FREEBSD_AF_UNIX;
	if (len <= 2 || (core_unix_made_up(from->sun_path, max)))
		return sizeof(struct freebsd_sockaddr);
	if (from->sun_path[0] == '\0') {
		path = MIN(max, sizeof(to->sun_path));
		memcpy(to->sun_path, from->sun_path, path);
		to->sun_path[0] = '@';
		return (u32)(2 + path);
	}
	path = strnlen(from->sun_path, max);
	name = as_bound(from->sun_path, &path);
	path = MIN(path, sizeof(to->sun_path));
	memcpy(to->sun_path, name, path);
	return (u32)(2 + MIN(path + 1, sizeof(to->sun_path)));
}

u32 core_to_freebsd_sockaddr(const struct core_sockaddr_storage *from, u32 len,
			     struct freebsd_sockaddr_storage *to)
{
	u32 out = sizeof(struct freebsd_sockaddr);

	memset(to, 0, sizeof(*to));
	if (len < sizeof(from->ss_family))
		return 0;
	switch (from->ss_family) {
	case CORE_AF_UNIX:
		out = unix_to_freebsd((const struct core_sockaddr_un *)from, len,
				      (struct freebsd_sockaddr_un *)to);
		break;
	case CORE_AF_INET:
		out = sizeof(struct freebsd_sockaddr_in);
		memcpy(to, from, MIN(len, out));
		to->ss_family = FREEBSD_AF_INET;
		break;
	case CORE_AF_INET6:
		out = sizeof(struct freebsd_sockaddr_in6);
		memcpy(to, from, MIN(len, out));
		to->ss_family = FREEBSD_AF_INET6;
		break;
	default:
		break;
	}
	to->ss_len = (u8)out;
	return out;
}

/* ---- messages ---------------------------------------------------------------------- */

static const struct bit_pair msg_flags[] = {
    {FREEBSD_MSG_OOB, CORE_MSG_OOB},
    {FREEBSD_MSG_PEEK, CORE_MSG_PEEK},
    {FREEBSD_MSG_DONTROUTE, CORE_MSG_DONTROUTE},
    {FREEBSD_MSG_EOR, CORE_MSG_EOR},
    {FREEBSD_MSG_TRUNC, CORE_MSG_TRUNC},
    {FREEBSD_MSG_CTRUNC, CORE_MSG_CTRUNC},
    {FREEBSD_MSG_WAITALL, CORE_MSG_WAITALL},
    {FREEBSD_MSG_DONTWAIT, CORE_MSG_DONTWAIT},
    {FREEBSD_MSG_NBIO, CORE_MSG_DONTWAIT}, /* towards the hub only */
    {FREEBSD_MSG_NOSIGNAL, CORE_MSG_NOSIGNAL},
    {FREEBSD_MSG_CMSG_CLOEXEC, CORE_MSG_CMSG_CLOEXEC},
    {FREEBSD_MSG_WAITFORONE, CORE_MSG_WAITFORONE},
};

bool freebsd_to_core_msgflags(int flags, int *core)
{
	u32 out;
	bool known = bits_to_core(msg_flags, ARRAY_LEN(msg_flags), (u32)flags, &out);

	*core = (int)out;
	return known;
}

bool core_to_freebsd_msgflags(int core, int *flags)
{
	u32 out;
	bool known = bits_to_guest(msg_flags, ARRAY_LEN(msg_flags), (u32)core, &out);

	*flags = (int)out;
	return known;
}

/* ---- options ------------------------------------------------------------------------ */

struct option {
	i32 level, name;
	struct freebsd_sockopt core;
};

static const struct option options[] = {
#define OPT(level, name, core_level, core_name, kind)                                              \
	{FREEBSD_##level,                                                                          \
	 FREEBSD_##name,                                                                           \
	 {CORE_##core_level, CORE_##core_name, FREEBSD_SOCKOPT_##kind}},
#include "personality/freebsd/sockopt.def"
#undef OPT
};

bool freebsd_to_core_sockopt(int level, int name, struct freebsd_sockopt *core)
{
	for (size_t i = 0; i < ARRAY_LEN(options); i++) {
		if (options[i].level == level && options[i].name == name) {
			*core = options[i].core;
			return true;
		}
	}
	return false;
}
