/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_sockets.h: what is behind the descriptors of any process.
 */
#ifndef FB_FREEBSD_SYSCTL_SOCKETS_H
#define FB_FREEBSD_SYSCTL_SOCKETS_H

#include "core/fd.h"
#include "exo/net.h"
#include "personality/freebsd/sysctl.h"

/* All sockets of the machine, read when first asked for; zero it before, free it after. */
struct freebsd_sockets {
	struct exo_socket *list;
	u32 count;
};
/* NULL: none has that id. */
const struct exo_socket *freebsd_sockets_find(struct freebsd_sockets *all, u64 id);
void freebsd_socket_fill(struct freebsd_sockets *all, u64 id, struct freebsd_kinfo_file *kf);
void freebsd_sockets_free(struct freebsd_sockets *all);

/* The number in "socket:[N]" or "pipe:[N]", which exo_open_file has for a path; 0: none. */
u64 freebsd_open_file_id(const char *path);
/* FREEBSD_KF_TYPE_* of an open file by that path, and by its note when it is the caller's. */
i32 freebsd_open_file_type(const char *path, enum core_fd_kind kind);

/*
 * Is that descriptor of another guest its runtime's? The machine tells only of the caller's
 * own: these lie just below 1024, are close-on-exec, and are what a guest has no use for.
 */
bool freebsd_runtimes_own(i32 fd, const struct exo_open_file *open);

#endif
