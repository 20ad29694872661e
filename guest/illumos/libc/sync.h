/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/sync.h: what waits share.
 */
#ifndef FB_GUEST_ILLUMOS_SYNC_H
#define FB_GUEST_ILLUMOS_SYNC_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* From a moment of clock to the time until then, zero when it is past. False: no such time. */
bool fb_until(clockid_t clock, const struct timespec *when, struct timespec *relative);

uint8_t *fb_mutex_count(pthread_mutex_t *m);
/* As pthread_cond_wait, but says how it ended: 0, EINTR, ETIME. relative may be NULL. */
int fb_cond_wait(pthread_cond_t *c, pthread_mutex_t *m, const struct timespec *relative);

#endif
