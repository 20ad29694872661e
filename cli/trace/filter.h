/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/filter.h: -e: which calls are asked for. */
#ifndef FB_CLI_TRACE_FILTER_H
#define FB_CLI_TRACE_FILTER_H

#include "cli/trace/calls.h"

/* Every call of every personality, or of one. */
void filter_all(struct trace_header *h);
/* And those that -y must know of. */
void filter_add_needed(struct trace_header *h);
/* Is it asked for, by a copy of trace_header.wanted? */
bool filter_has(const u64 (*wanted)[TRACE_NUMBERS / 64], u32 abi, u32 nr);
/*
 * What an -e says: "trace=file,openat", "openat,close", "trace=!close", "/^open", "all", "none". 0,
 * or CLI_USAGE after a sentence. What is in more than one -e adds up: first, for the first.
 */
int filter_add(struct trace_header *h, const char *text, bool first);

/*
 * Calls hit for each call that a word names: a name, a class ("file", "%file"), or /REGEX. part:
 * the word, when it is one of several that the number is (illumos's door_call), else NULL. How many
 * there were; -1: no regular expression.
 */
typedef void filter_hit_fn(void *ctx, const struct abi *a, u32 nr, const char *part);
int filter_each(const char *word, filter_hit_fn *hit, void *ctx);

#endif
