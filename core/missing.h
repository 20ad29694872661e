/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/missing.h: which calls a guest asked for that are not there.
 */
#ifndef FB_CORE_MISSING_H
#define FB_CORE_MISSING_H

#include "core/personality.h"

/* Counts one request for number nr. */
void core_missing_count(u64 nr);
/* Writes one line per missing call to the runtime's standard error, when asked for. */
void core_missing_want(bool report);
bool core_missing_wanted(void);
void core_missing_report(const struct core_personality *abi);

#endif
