/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/locale.h: what other files ask of the locale.
 */
#ifndef FB_GUEST_ILLUMOS_LOCALE_H
#define FB_GUEST_ILLUMOS_LOCALE_H

#include <stdbool.h>

/* Are the calling thread's characters UTF-8? */
bool fb_utf8(void);
extern const char *const fb_days[7], *const fb_months[12];

#endif
