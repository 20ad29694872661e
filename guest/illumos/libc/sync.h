/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/sync.h: what waits share.
 */
#ifndef FB_GUEST_ILLUMOS_SYNC_H
#define FB_GUEST_ILLUMOS_SYNC_H

#include <stdbool.h>
#include <time.h>

/* From a moment of clock to the time until then, zero when it is past. False: no such time. */
bool fb_until(clockid_t clock, const struct timespec *when, struct timespec *relative);

#endif
