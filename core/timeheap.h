/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/timeheap.h: what is due next, of things that carry their place in the heap.
 *
 * A pairing heap: adding is constant, taking the first or any other is logarithmic over
 * time, nothing is allocated. The caller locks.
 */
#ifndef FB_CORE_TIMEHEAP_H
#define FB_CORE_TIMEHEAP_H

#include "lib/base.h"

struct core_due {
	i64 at;			/* nanoseconds of a clock of the user's choice */
	struct core_due *child; /* the first; its siblings follow */
	struct core_due *next;	/* sibling */
	struct core_due *prev;	/* sibling before, or the parent for a first child */
	bool queued;
};

struct core_timeheap {
	struct core_due *first; /* NULL when empty */
};

/* d->at is set; d is in no heap. */
void core_timeheap_add(struct core_timeheap *h, struct core_due *d);
/* Takes d out; nothing happens when it is in no heap. */
void core_timeheap_remove(struct core_timeheap *h, struct core_due *d);

#endif
