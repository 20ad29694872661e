/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/rings.h: the host kernel's events and the rings they are told in: one for each
 * processor, which all events share. perf_event_open(2).
 */
#ifndef FB_CLI_PROF_RINGS_H
#define FB_CLI_PROF_RINGS_H

#include <stdbool.h>
#include <sys/types.h>

#include "cli/prof/sampler.h"

struct ring {
	int fds[SAMPLER_EVENTS]; /* the first has the ring */
	u64 ids[SAMPLER_EVENTS];
	bool copies[SAMPLER_EVENTS]; /* the stack comes along */
	u32 n;
	u8 *head;
	u8 *data;
	u64 size;
};

/* How many there are; 0 after a sentence. */
u32 rings_open(struct ring **rings, pid_t pid, const struct sampler_event *events, u32 n);
void rings_close(struct ring *rings, u32 n);

#endif
