/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/sampler.h: the host kernel's samples of a process and of whoever it starts, in the
 * order of their time.
 *
 * Events (perf.h) that begin when the process executes its first program and are inherited by its
 * children. That of processor time is the software clock of what a thread uses: it takes no counter
 * of the processor, so that it is there in virtual machines too.
 */
#ifndef FB_CLI_PROF_SAMPLER_H
#define FB_CLI_PROF_SAMPLER_H

#include <stdbool.h>
#include <sys/types.h>

#include "cli/prof/perf.h"
#include "lib/base.h"

#define SAMPLER_EVENTS 6

struct sampler_event {
	u32 type;
	u64 config;
	u64 period; /* of so many one is told of; or, with frequency, so many are a second */
	bool frequency;
	u32 stack;	  /* bytes of the stack that come along, and the registers; 0: neither */
	const char *what; /* for a sentence that says that there is none */
};

/* A record, checked: what it says of its own size is true. */
struct sampled {
	u64 time; /* of CLOCK_MONOTONIC, ns */
	const struct perf_record *h;
	u32 pid, tid;
	/* Of a sample: which event, how many it stands for, where, and the frames around that. */
	u32 event;
	u64 period;
	u64 ip;
	const u8 *chain; /* u64, not aligned */
	u64 nchain;
	/* Those of unwind.h, and what the stack's upper part was; NULL: not there. */
	const u8 *registers, *stack;
	u64 nstack;
};

struct sampler;

/* May this process sample at all? Says nothing; 0 or the error of the host. */
int sampler_refused(void);
/* NULL after a sentence. */
struct sampler *sampler_new(pid_t pid, const struct sampler_event *events, u32 n);
/*
 * Calls `take` for what is there; with `all` for what might still be followed by something older.
 * Gives the time up to which everything has been.
 */
u64 sampler_pass(struct sampler *s, bool all, void (*take)(void *ctx, const struct sampled *e),
		 void *ctx);
/* Sleeps until there is much, a child has ended or ms are over. SIGCHLD must be blocked. */
void sampler_sleep(struct sampler *s, u32 ms);
/* Records the kernel had no room for. */
u64 sampler_lost(const struct sampler *s);
void sampler_free(struct sampler *s);

#endif
