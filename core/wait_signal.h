/* SPDX-License-Identifier: BSD-2-Clause */
/* core/wait_signal.h: wait_signal.c has the essay. */
#ifndef FB_CORE_WAIT_SIGNAL_H
#define FB_CORE_WAIT_SIGNAL_H

#include "core/thread.h"

/* The news of a child were taken, not only looked at. */
void core_wait_signal(const struct core_thread *t, i32 pid);

#endif
