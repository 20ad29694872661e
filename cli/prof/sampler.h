/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/sampler.h: the host kernel's samples of a process and of whoever it starts, in the
 * order of their time.
 *
 * perf_event_open(2) (perf.h): an event of the
 * software clock for each processor, with a ring of its own, that begins when the process executes
 * its first program and is inherited by its children. The clock is that of the processor time a
 * thread uses; it takes no counter of the processor, so that it is there in virtual machines too.
 */
#ifndef FB_CLI_PROF_SAMPLER_H
#define FB_CLI_PROF_SAMPLER_H

#include <sys/types.h>

#include "cli/prof/perf.h"
#include "lib/base.h"

/* A record, checked: what it says of its own size is true. */
struct sampled {
	u64 time;
	const struct perf_record *h;
	u32 pid, tid;
};

struct sampler;

/* NULL after a sentence. hz: samples a second of processor time. */
struct sampler *sampler_new(pid_t pid, u32 hz);
/* Calls `take` for what is there; with `all` for what might still be followed by something older.
 */
void sampler_pass(struct sampler *s, bool all, void (*take)(void *ctx, const struct sampled *e),
		  void *ctx);
/* Sleeps until there is much, a child has ended or ms are over. SIGCHLD must be blocked. */
void sampler_sleep(struct sampler *s, u32 ms);
/* Records the kernel had no room for. */
u64 sampler_lost(const struct sampler *s);
void sampler_free(struct sampler *s);

#endif
