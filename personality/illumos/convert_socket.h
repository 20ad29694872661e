/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/convert_socket.h: socket families, addresses, options and flags.
 *
 * Facts: the headers of abi_socket.h; usr/src/uts/common/fs/sockfs/{socksyscalls,socktpi,socksubr,
 * sockcommon_subr}.c (copyin_name, sotpi_bindlisten, so_addr_verify, sotpi_getsockname).
 */
#ifndef FB_ILLUMOS_CONVERT_SOCKET_H
#define FB_ILLUMOS_CONVERT_SOCKET_H

#include "core/abi.h"
#include "personality/illumos/abi_socket.h"

bool illumos_to_core_family(int family, int *core);
bool core_to_illumos_family(int core, int *family);
/* The type alone; its bits are illumos_to_core_sockflags'. */
bool illumos_to_core_socktype(int type, int *core);
bool core_to_illumos_socktype(int core, int *type);
bool illumos_to_core_sockflags(u32 flags, int *core);

/* What an address is for: errors differ. */
enum illumos_name_use { ILLUMOS_NAME_BIND, ILLUMOS_NAME_BIND_XPG, ILLUMOS_NAME_CONNECT };

/*
 * An address of len bytes for a socket of the hub's family. Returns the hub's length or an error:
 * -CORE_EAFNOSUPPORT, -CORE_EINVAL, -CORE_EISDIR, -CORE_ENAMETOOLONG, -CORE_ENOENT.
 */
long illumos_to_core_sockaddr(int family, const void *from, u32 len, enum illumos_name_use use,
			      struct core_sockaddr_storage *to);
/*
 * The other way; returns illumos's length. A unix address without a name is as long as a struct
 * sockaddr; a name in the hub's abstract space reads "@name".
 */
u32 core_to_illumos_sockaddr(const struct core_sockaddr_storage *from, u32 len,
			     struct illumos_sockaddr_storage *to);

/* Flags of a call: what illumos does not look at is dropped, as it does. */
int illumos_to_core_sendflags(int flags);
int illumos_to_core_recvflags(int flags);
/* msg_flags of a received message. */
u32 core_to_illumos_msgflags(u32 core);

enum illumos_sockopt_kind {
	ILLUMOS_SOCKOPT_PLAIN,	 /* the same value in the same layout */
	ILLUMOS_SOCKOPT_FLAG,	 /* an int; when set, getsockopt answers the option's own bit */
	ILLUMOS_SOCKOPT_HANDLER, /* the value needs work as well */
};

struct illumos_sockopt {
	i32 level; /* the hub's */
	i32 name;
	enum illumos_sockopt_kind kind;
};

bool illumos_to_core_sockopt(int level, int name, struct illumos_sockopt *core);

#endif
