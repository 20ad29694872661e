/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/freebsd/wait_signal.h: wait_signal.c has the essay. */
#ifndef FB_FREEBSD_WAIT_SIGNAL_H
#define FB_FREEBSD_WAIT_SIGNAL_H

#include "core/thread.h"

/* The news of a child were taken, not only looked at. */
void freebsd_wait_signal(const struct core_thread *t, i32 pid);

#endif
