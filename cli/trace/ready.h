/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/ready.h: descriptors that are waited for. */
#ifndef FB_CLI_TRACE_READY_H
#define FB_CLI_TRACE_READY_H

#include "cli/trace/posix.h"

/* An argument: [{fd=3, events=POLLIN}] or [3 5]; false: it cannot be shown. */
bool posix_ready(struct text *t, const struct event *e, u32 i, const struct posix *p);
/* Behind the result of a call that waits: " ([{fd=3, revents=POLLIN}])", " (in [3])", " (Timeout)".
 */
void posix_became_ready(struct text *t, const struct event *e, const struct posix *p);

#endif
