/* SPDX-License-Identifier: BSD-2-Clause */
/* core/timeheap.c: a pairing heap by time; core/timeheap.h has the contracts. */
#include "core/timeheap.h"

/* Two heaps into one; either may be NULL. */
static struct core_due *meld(struct core_due *a, struct core_due *b)
{
	struct core_due *t;

	if (!a || !b)
		return a ? a : b;
	if (b->at < a->at) {
		t = a;
		a = b;
		b = t;
	}
	b->prev = a;
	b->next = a->child;
	if (b->next)
		b->next->prev = b;
	a->child = b;
	return a;
}

/* The children of something taken out become one heap: pairs first, then the pairs. */
static struct core_due *merge_siblings(struct core_due *d)
{
	struct core_due *pairs = NULL, *whole = NULL;

	while (d) {
		struct core_due *a = d, *b = d->next, *m;

		d = b ? b->next : NULL;
		a->next = NULL;
		a->prev = NULL;
		if (b) {
			b->next = NULL;
			b->prev = NULL;
		}
		m = meld(a, b);
		m->next = pairs;
		pairs = m;
	}
	while (pairs) {
		struct core_due *next = pairs->next;

		pairs->next = NULL;
		whole = meld(whole, pairs);
		pairs = next;
	}
	return whole;
}

void core_timeheap_add(struct core_timeheap *h, struct core_due *d)
{
	d->child = NULL;
	d->next = NULL;
	d->prev = NULL;
	d->queued = true;
	h->first = meld(h->first, d);
}

void core_timeheap_remove(struct core_timeheap *h, struct core_due *d)
{
	struct core_due *rest;

	if (!d->queued)
		return;
	d->queued = false;
	rest = merge_siblings(d->child);
	d->child = NULL;
	if (h->first == d) {
		h->first = rest;
		return;
	}
	if (d->prev->child == d)
		d->prev->child = d->next;
	else
		d->prev->next = d->next;
	if (d->next)
		d->next->prev = d->prev;
	h->first = meld(h->first, rest);
}
