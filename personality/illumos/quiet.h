/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/quiet.h: quiet.c has the essay. */
#ifndef FB_ILLUMOS_QUIET_H
#define FB_ILLUMOS_QUIET_H

#include "core/thread.h"

/* Are there any children that were forked with flags? */
extern bool illumos_quiet_any;

/* Room for one more, before it is forked: 0 or -CORE_EAGAIN. */
long illumos_quiet_prepare(void);
void illumos_quiet_add(i32 pid, u32 flags);
/* It is gone. */
void illumos_quiet_forget(i32 pid);
/* waitid for the guest, when there may be some: as the hub's, with *si. */
long illumos_quiet_wait(int type, i32 id, u32 how, struct core_siginfo *si);
/* A SIGCHLD comes: shall the guest see it? Or another child's. */
bool illumos_quiet_signal(struct core_siginfo *si);
/* In the child of a fork. */
void illumos_quiet_forked(void);

#endif
