/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/profile.c: cli/prof/profile.h. */
#include "cli/prof/profile.h"

#include <string.h>

#include "cli/cli.h"

u32 profile_frame(struct profile *p, const char *name, const char *object)
{
	struct frame f = {intern_string(&p->strings, name), intern_string(&p->strings, object)};

	return intern(&p->frames, &f, sizeof(f));
}

void profile_add(struct profile *p, const u32 *frames, u32 n, u64 count)
{
	u32 stack = intern(&p->stacks, frames, n * sizeof(*frames));

	p->counts = grow(p->counts, &p->counts_room, stack, sizeof(*p->counts));
	p->counts[stack] += count;
	p->samples += count;
}

void profile_free(struct profile *p)
{
	intern_free(&p->strings);
	intern_free(&p->frames);
	intern_free(&p->stacks);
	free(p->counts);
	free(p->calls);
	free(p->command);
}

static const struct frame *frame_of(const struct profile *p, u32 frame)
{
	return interned(&p->frames, frame, NULL);
}

const char *frame_name(const struct profile *p, u32 frame)
{
	return interned(&p->strings, frame_of(p, frame)->name, NULL);
}

const char *frame_object(const struct profile *p, u32 frame)
{
	return interned(&p->strings, frame_of(p, frame)->object, NULL);
}

const u32 *stack_frames(const struct profile *p, u32 stack, u32 *n)
{
	const u32 *frames = interned(&p->stacks, stack, n);

	*n /= sizeof(*frames);
	return frames;
}

static int by_self(const void *a, const void *b)
{
	const struct share *x = a, *y = b;

	if (x->self != y->self)
		return x->self > y->self ? -1 : 1;
	if (x->total != y->total)
		return x->total > y->total ? -1 : 1;
	return strcmp(x->name, y->name);
}

struct share *profile_shares(const struct profile *p, bool by_object, u32 *n)
{
	/* Of objects there are no more numbers than strings. */
	u32 count = by_object ? p->strings.n : p->frames.n, used = 0;
	struct share *v = allocate((count + 1) * sizeof(*v));
	CLEAN_FREE u32 *seen = allocate((count + 1) * sizeof(*seen));

	memset(v, 0, (count + 1) * sizeof(*v));
	memset(seen, 0, (count + 1) * sizeof(*seen));
	for (u32 s = 0; s < p->stacks.n; s++) {
		u32 depth;
		const u32 *frames = stack_frames(p, s, &depth);

		for (u32 i = 0; i < depth; i++) {
			u32 key = by_object ? frame_of(p, frames[i])->object : frames[i];

			v[key].name =
			    by_object ? frame_object(p, frames[i]) : frame_name(p, frames[i]);
			v[key].object = by_object ? NULL : frame_object(p, frames[i]);
			if (i == 0)
				v[key].self += p->counts[s];
			/* A function that calls itself is in the stack once. */
			if (seen[key] != s + 1)
				v[key].total += p->counts[s];
			seen[key] = s + 1;
		}
	}
	for (u32 i = 0; i < count; i++)
		if (v[i].total != 0)
			v[used++] = v[i];
	qsort(v, used, sizeof(*v), by_self);
	*n = used;
	return v;
}

static int by_count(const void *a, const void *b, void *counts)
{
	u32 x = *(const u32 *)a, y = *(const u32 *)b;
	const u64 *c = counts;

	if (c[x] != c[y])
		return c[x] > c[y] ? -1 : 1;
	return x < y ? -1 : 1;
}

u32 *profile_order(const struct profile *p)
{
	u32 *order = allocate((p->stacks.n + 1) * sizeof(*order));

	for (u32 i = 0; i < p->stacks.n; i++)
		order[i] = i;
	if (p->stacks.n != 0)
		qsort_r(order, p->stacks.n, sizeof(*order), by_count, p->counts);
	return order;
}
