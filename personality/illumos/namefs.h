/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/namefs.h: doors and STREAMS that have a name; namefs.c has the essay. */
#ifndef FB_ILLUMOS_NAMEFS_H
#define FB_ILLUMOS_NAMEFS_H

#include "core/guest.h"
#include "core/thread.h"

/* mount(2) of "namefs": the descriptor gets the name. */
long illumos_namefs_attach(struct core_thread *t, guest_ptr path, guest_ptr data, i32 size);
/* umount: -CORE_ENOTSUP when nothing is attached there. */
long illumos_namefs_detach(guest_ptr path);
/* open, after the hub said ENXIO: a descriptor or an error. */
long illumos_namefs_open(int fd, guest_ptr path, i32 flags, i32 core_flags, u32 mode);
/* What a name of a socket is: st is changed when something is attached to it. */
void illumos_namefs_stat(int fd, u64 path, struct core_stat *st);

#endif
