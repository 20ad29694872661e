/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/modes.h: what `--mode` can ask for. A mode is two numbers that are added up for each
 * stack: how often something happened, and how much of it; and where these come from, samples of
 * the host's kernel, or the calls of the system as the guest tells of them.
 */
#ifndef FB_CLI_PROF_MODES_H
#define FB_CLI_PROF_MODES_H

#include <stdbool.h>

#include "cli/trace/reader.h"
#include "lib/base.h"

enum mode { MODE_CPU, MODE_SYSCALL, MODE_MEMORY, MODE_LOCK, MODE_CACHE, MODE_BRANCH, MODES };

struct measure {
	const char *type; /* as pprof calls it */
	const char *unit; /* "count", "nanoseconds" or "bytes" */
	const char *title;
};

/* The numbers of a mode; the second is what it is about, and the first is worth a look by itself,
 * too, where they are of different things. */
struct mode_about {
	const char *name;
	struct measure count, amount;
	bool count_too;
};
extern const struct mode_about modes[MODES];

/* "cpu,lock" as bits, and the first. False: *word (of *length) is none. */
bool modes_named(const char *text, u32 *set, enum mode *first, const char **word, int *length);

/* The modes, as bits, that want to be told of a call. */
u32 modes_of_call(const struct abi *a, const struct call_info *c);
/* Is this one a wait for another thread: a lock, a condition, a word that changes? */
bool call_waits(const struct event *e);
/* Bytes by which it made its process's memory larger; it has succeeded. *end: of what break made
 * larger, 0 while it is not known, is the process's. */
u64 call_maps(const struct event *e, u64 *end);

#endif
