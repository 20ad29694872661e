/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/zone.h: the host's time zone for kernels that keep one.
 */
#ifndef FB_CLI_ZONE_H
#define FB_CLI_ZONE_H

#include <time.h>

/* What core_zone_set (core/zone.h) takes, to be freed. */
char *zone_text(time_t now);

#endif
