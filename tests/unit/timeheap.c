/* SPDX-License-Identifier: BSD-2-Clause */
/* core/timeheap: order, removal from anywhere, against a plain search. */

#include "core/timeheap.h"
#include "tests/unit/tap.h"

#define COUNT 300

static struct core_due due[COUNT];

static u32 random_next(void)
{
	static u32 state = 12345;

	state = state * 1664525 + 1013904223;
	return state >> 8;
}

static i64 least(void)
{
	i64 at = INT64_MAX;

	for (int i = 0; i < COUNT; i++)
		if (due[i].queued && due[i].at < at)
			at = due[i].at;
	return at;
}

int main(void)
{
	struct core_timeheap h = {0};
	struct core_due none = {0};
	bool same = true;
	i64 last = -1;
	int left = 0;

	ok(h.first == NULL, "a new heap is empty");
	core_timeheap_remove(&h, &none);
	ok(h.first == NULL, "taking out what is not in it does nothing");
	for (int round = 0; round < 20000; round++) {
		struct core_due *d = &due[random_next() % COUNT];

		if (d->queued) {
			core_timeheap_remove(&h, d);
		} else {
			d->at = random_next() % 1000;
			core_timeheap_add(&h, d);
		}
		if ((h.first ? h.first->at : INT64_MAX) != least())
			same = false;
	}
	ok(same, "the first is the least after each of 20000 additions and removals");
	for (int i = 0; i < COUNT; i++)
		left += due[i].queued;
	same = true;
	while (h.first) {
		if (h.first->at < last)
			same = false;
		last = h.first->at;
		core_timeheap_remove(&h, h.first);
		left--;
	}
	ok(same, "they come out in order");
	is_number(left, 0, "all of them");
	return tap_end();
}
