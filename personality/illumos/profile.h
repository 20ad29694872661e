/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/profile.h: what the rest of the personality knows of profiling. */
#ifndef FB_ILLUMOS_PROFILE_H
#define FB_ILLUMOS_PROFILE_H

#include "core/thread.h"

/* Is the signal a tick? Then it has been counted, for a program that is at pc. */
bool illumos_profile_tick(const struct core_siginfo *si, u64 pc);
/* Is the host's timer of that number the one that ticks? */
bool illumos_profile_is_timer(i32 id);
/* In the child of a fork. */
void illumos_profile_forked(void);

#endif
