/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/call_queue.h: what the guest told of its calls, and of where it is, between calls.c and
 * settle.c.
 *
 * What an address of a stack is, the kernel's records say, and they are told later than the call
 * was: it waits in the queue until all of them have been that are older than its end.
 */
#ifndef FB_CLI_PROF_CALL_QUEUE_H
#define FB_CLI_PROF_CALL_QUEUE_H

#include "cli/prof/session.h"

struct queued {
	u64 time; /* of CLOCK_MONOTONIC, as the sampler's */
	u64 ns, mapped;
	u32 pid, tid;
	u32 abi, nr;
	u32 n;	     /* addresses that follow, */
	u32 copy;    /* and bytes behind: registers and stack */
	u32 program; /* of a PDP-11: the object its addresses are in, else 0 */
	u32 samples; /* for how many it stands; 0: it is a call */
	u32 inside;  /* of a sample: and so many were in the runtime before */
	bool waits;
};

struct total {
	u64 calls, errors, ns;
};

struct call_queue {
	struct reader *reader;
	u64 base; /* the reader's time 0 */
	u8 *bytes;
	size_t begin, end, room;
	struct intern kinds; /* of { abi, number } */
	struct total *totals;
	u32 totals_room;
	struct intern pids;
	struct process {
		u64 end;     /* of what break made larger */
		u32 program; /* of a PDP-11: its object, 0 while it is not known */
		u64 looked;  /* when its mappings were looked at */
	} * processes;	     /* of pids */
	u32 processes_room;
};

/* Of one in the queue, with what follows it. */
static inline size_t queued_size(const struct queued *c)
{
	return sizeof(*c) + c->n * sizeof(u64) + ALIGN_UP(c->copy, 8u);
}

#endif
