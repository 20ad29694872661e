/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/others.h: -p: guests that run already are asked to share the reader's memory
 * (trace/attach.h).
 */
#ifndef FB_CLI_OTHERS_H
#define FB_CLI_OTHERS_H

#include <sys/types.h>

#include "lib/base.h"

#define ATTACHED_MOST 64

struct attach;

/* Makes the place where they meet; memory: the reader's descriptor. NULL after a sentence. */
struct attach *attach_new(const pid_t *pids, u32 n, int memory);
/* Asks every thread of theirs. A cli_status, after a sentence when it is not CLI_OK. */
int attach_ask(struct attach *a);
/* Answers who has come, and says so unless `quiet`; to be called now and then. */
void attach_look(struct attach *a, bool quiet);
/* Is one of them still there, and not refused? */
bool attach_any(const struct attach *a);
/* One of them could not be attached to. */
bool attach_failed(const struct attach *a);
/* Says that the others go on. */
void attach_end(struct attach *a, bool quiet);

#endif
