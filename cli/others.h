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

/* The socket where who was asked with value comes to, as one of uid's; type: of socket(2). -1,
 * errno. */
int attach_listen(u64 value, uid_t uid, int type);
/* A value that nobody guesses; tag: of trace/attach.h. */
u64 attach_value(u64 tag);
/* Asks a thread; 0, or -1 and errno. The process is one of ours, and has been looked at. */
int attach_ask_thread(u64 value, pid_t pid, pid_t tid);
/* Can this process be asked? A sentence, and CLI_FAILED, when not. */
int attach_check(pid_t pid);

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
