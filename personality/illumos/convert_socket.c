/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/convert_socket.c: socket families, addresses, options and flags. */
#include "personality/illumos/convert_socket.h"
#include "core/control.h"
#include "lib/mem.h"
#include "personality/bits.h"

/* ---- families and types ------------------------------------------------------------------- */

static const struct bit_pair families[] = {
    {ILLUMOS_AF_UNSPEC, CORE_AF_UNSPEC},
    {ILLUMOS_AF_UNIX, CORE_AF_UNIX},
    {ILLUMOS_AF_INET, CORE_AF_INET},
    {ILLUMOS_AF_INET6, CORE_AF_INET6},
};

static const struct bit_pair types[] = {
    {ILLUMOS_SOCK_DGRAM, CORE_SOCK_DGRAM},
    {ILLUMOS_SOCK_STREAM, CORE_SOCK_STREAM},
    {ILLUMOS_SOCK_RAW, CORE_SOCK_RAW},
    {ILLUMOS_SOCK_RDM, CORE_SOCK_RDM},
    {ILLUMOS_SOCK_SEQPACKET, CORE_SOCK_SEQPACKET},
};

/* No waiting is no waiting: O_NDELAY of a socket answers as O_NONBLOCK does. */
static const struct bit_pair type_flags[] = {
    {ILLUMOS_SOCK_CLOEXEC, CORE_SOCK_CLOEXEC},
    {ILLUMOS_SOCK_NONBLOCK, CORE_SOCK_NONBLOCK},
    {ILLUMOS_SOCK_NDELAY, CORE_SOCK_NONBLOCK},
};

bool illumos_to_core_family(int family, int *core)
{
	u32 out = 0;
	bool known = value_to_core(families, ARRAY_LEN(families), (u32)family, &out);

	*core = (int)out;
	return known;
}

bool core_to_illumos_family(int core, int *family)
{
	u32 out = 0;
	bool known = value_to_guest(families, ARRAY_LEN(families), (u32)core, &out);

	*family = (int)out;
	return known;
}

bool illumos_to_core_socktype(int type, int *core)
{
	u32 out = 0;
	bool known = value_to_core(types, ARRAY_LEN(types), (u32)type, &out);

	*core = (int)out;
	return known;
}

bool core_to_illumos_socktype(int core, int *type)
{
	u32 out = 0;
	bool known = value_to_guest(types, ARRAY_LEN(types), (u32)core, &out);

	*type = (int)out;
	return known;
}

bool illumos_to_core_sockflags(u32 flags, int *core)
{
	u32 out;
	bool known = bits_to_core(type_flags, ARRAY_LEN(type_flags), flags, &out);

	*core = (int)out;
	return known;
}

/* ---- addresses ----------------------------------------------------------------------------- */

static long unix_to_core(const u8 *from, u32 len, enum illumos_name_use use,
			 struct core_sockaddr_storage *to)
{
	struct core_sockaddr_un *un = (struct core_sockaddr_un *)to;
	u16 family = CORE_AF_UNIX;
	size_t path;

	/* The kernel adds a NUL where none is: three bytes are no name. */
	if (len < sizeof(family) || len + (from[len - 1] != '\0') <= sizeof(family) + 1)
		return -CORE_EISDIR;
	memcpy(&family, from, sizeof(family));
	if (family != ILLUMOS_AF_UNIX)
		return -CORE_EAFNOSUPPORT;
	if (len > sizeof(struct illumos_sockaddr_un))
		return use == ILLUMOS_NAME_CONNECT ? -CORE_EINVAL : -CORE_ENAMETOOLONG;
	path = strnlen((const char *)from + 2, len - 2);
	if (path == sizeof(un->sun_path)) /* with the NUL it is too long */
		return use == ILLUMOS_NAME_CONNECT ? -CORE_EINVAL : -CORE_ENAMETOOLONG;
	if (path == 0)
		return -CORE_ENOENT;
	un->sun_family = CORE_AF_UNIX;
	memcpy(un->sun_path, from + 2, path);
	un->sun_path[path] = '\0';
	return (long)(2 + path + 1);
}

static long inet_to_core(int family, const u8 *from, u32 len, enum illumos_name_use use,
			 struct core_sockaddr_storage *to)
{
	const bool six = family == CORE_AF_INET6;
	const u32 size =
	    six ? sizeof(struct illumos_sockaddr_in6) : sizeof(struct illumos_sockaddr_in);
	const u32 core = six ? sizeof(struct core_sockaddr_in6) : sizeof(struct core_sockaddr_in);
	bool other;
	u16 given = 0;

	memcpy(&given, from, MIN(len, (u32)sizeof(given)));
	other = given != (six ? ILLUMOS_AF_INET6 : ILLUMOS_AF_INET);
	if (len != size)
		return other ? -CORE_EAFNOSUPPORT : -CORE_EINVAL;
	/* An old program's bind may say any family. */
	if (other && (six || use != ILLUMOS_NAME_BIND))
		return -CORE_EAFNOSUPPORT;
	memcpy(to, from, core);
	to->ss_family = (u16)family;
	return core;
}

long illumos_to_core_sockaddr(int family, const void *from, u32 len, enum illumos_name_use use,
			      struct core_sockaddr_storage *to)
{
	memset(to, 0, sizeof(*to));
	switch (family) {
	case CORE_AF_UNIX:
		return unix_to_core(from, len, use, to);
	case CORE_AF_INET:
	case CORE_AF_INET6:
		return inet_to_core(family, from, len, use, to);
	default:
		return -CORE_EAFNOSUPPORT;
	}
}

static u32 unix_to_illumos(const struct core_sockaddr_un *from, u32 len,
			   struct illumos_sockaddr_un *to)
{
	size_t max = MIN(len - 2, (u32)sizeof(from->sun_path)), path;

	to->sun_family = ILLUMOS_AF_UNIX;
	if (len <= 2 || core_unix_made_up(from->sun_path, max))
		return sizeof(struct illumos_sockaddr);
	path = from->sun_path[0] ? strnlen(from->sun_path, max) : max;
	memcpy(to->sun_path, from->sun_path, path);
	if (!to->sun_path[0])
		to->sun_path[0] = '@';
	return (u32)(2 + MIN(path + 1, sizeof(to->sun_path)));
}

u32 core_to_illumos_sockaddr(const struct core_sockaddr_storage *from, u32 len,
			     struct illumos_sockaddr_storage *to)
{
	memset(to, 0, sizeof(*to));
	if (len < sizeof(from->ss_family))
		return 0;
	switch (from->ss_family) {
	case CORE_AF_UNIX:
		return unix_to_illumos((const struct core_sockaddr_un *)from, len,
				       (struct illumos_sockaddr_un *)to);
	case CORE_AF_INET:
		memcpy(to, from, MIN(len, (u32)sizeof(struct core_sockaddr_in)));
		to->ss_family = ILLUMOS_AF_INET;
		return sizeof(struct illumos_sockaddr_in);
	case CORE_AF_INET6:
		memcpy(to, from, MIN(len, (u32)sizeof(struct core_sockaddr_in6)));
		to->ss_family = ILLUMOS_AF_INET6;
		return sizeof(struct illumos_sockaddr_in6);
	default:
		return sizeof(struct illumos_sockaddr);
	}
}

/* ---- messages ------------------------------------------------------------------------------ */

static const struct bit_pair msg_flags[] = {
    {ILLUMOS_MSG_OOB, CORE_MSG_OOB},
    {ILLUMOS_MSG_PEEK, CORE_MSG_PEEK},
    {ILLUMOS_MSG_DONTROUTE, CORE_MSG_DONTROUTE},
    {ILLUMOS_MSG_EOR, CORE_MSG_EOR},
    {ILLUMOS_MSG_CTRUNC, CORE_MSG_CTRUNC},
    {ILLUMOS_MSG_TRUNC, CORE_MSG_TRUNC},
    {ILLUMOS_MSG_WAITALL, CORE_MSG_WAITALL},
    {ILLUMOS_MSG_DONTWAIT, CORE_MSG_DONTWAIT},
    {ILLUMOS_MSG_NOSIGNAL, CORE_MSG_NOSIGNAL},
    {ILLUMOS_MSG_CMSG_CLOEXEC, CORE_MSG_CMSG_CLOEXEC},
};

static int some_flags(int flags, u32 which)
{
	u32 out;

	bits_to_core(msg_flags, ARRAY_LEN(msg_flags), (u32)flags & which, &out);
	return (int)out;
}

int illumos_to_core_sendflags(int flags)
{
	u32 which =
	    ILLUMOS_MSG_OOB | ILLUMOS_MSG_DONTROUTE | ILLUMOS_MSG_DONTWAIT | ILLUMOS_MSG_NOSIGNAL;

	/* Without MSG_XPG4_2 every message ends a record, which no stream looks at. */
	if (flags & ILLUMOS_MSG_XPG4_2)
		which |= ILLUMOS_MSG_EOR;
	return some_flags(flags, which);
}

int illumos_to_core_recvflags(int flags)
{
	return some_flags(flags, ILLUMOS_MSG_OOB | ILLUMOS_MSG_PEEK | ILLUMOS_MSG_WAITALL |
				     ILLUMOS_MSG_DONTWAIT | ILLUMOS_MSG_CMSG_CLOEXEC);
}

u32 core_to_illumos_msgflags(u32 core)
{
	u32 out;

	bits_to_guest(msg_flags, ARRAY_LEN(msg_flags),
		      core & (CORE_MSG_OOB | CORE_MSG_EOR | CORE_MSG_TRUNC | CORE_MSG_CTRUNC),
		      &out);
	return out;
}

/* ---- options ------------------------------------------------------------------------------- */

struct option {
	i32 level, name;
	struct illumos_sockopt core;
};

static const struct option options[] = {
#define OPT(level, name, core_level, core_name, kind)                                              \
	{ILLUMOS_##level,                                                                          \
	 ILLUMOS_##name,                                                                           \
	 {CORE_##core_level, CORE_##core_name, ILLUMOS_SOCKOPT_##kind}},
#include "personality/illumos/sockopt.def"
#undef OPT
};

bool illumos_to_core_sockopt(int level, int name, struct illumos_sockopt *core)
{
	for (size_t i = 0; i < ARRAY_LEN(options); i++) {
		if (options[i].level == level && options[i].name == name) {
			*core = options[i].core;
			return true;
		}
	}
	return false;
}
