/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/profile.c: cli/prof/profile.h. */
#include "cli/prof/profile.h"

#include <string.h>

#include "cli/cli.h"

static void add_measure(struct profile *p, const struct measure *m)
{
	p->measures[p->nmeasures++] = m;
}

void profile_modes(struct profile *p, u32 set, enum mode first)
{
	u32 at[MODES];

	for (u32 m = 0; m < MODES; m++) {
		at[m] = p->nmeasures;
		if ((set >> m & 1) == 0)
			continue;
		add_measure(p, &modes[m].count);
		add_measure(p, &modes[m].amount);
	}
	for (u32 i = 0; i < MODES; i++) {
		u32 m = i == 0 ? first : i <= (u32)first ? i - 1 : i, count = at[m];

		if ((set >> m & 1) == 0)
			continue;
		p->views[p->nviews++] =
		    (struct view){count + 1, modes[m].count_too ? count + 1 : count, (enum mode)m};
		if (modes[m].count_too)
			p->views[p->nviews++] = (struct view){count, count, (enum mode)m};
	}
}

void profile_counted(struct profile *p)
{
	p->views[0] = (struct view){0, 0, MODE_CPU};
	p->nviews = p->nmeasures = 1;
	p->measures[0] = &modes[MODE_CPU].count;
}

u32 profile_frame_at(struct profile *p, const char *name, const char *object, const char *file,
		     u32 line)
{
	struct frame f = {intern_string(&p->strings, name), intern_string(&p->strings, object),
			  intern_string(&p->strings, file), line};

	return intern(&p->frames, &f, sizeof(f));
}

u32 profile_frame(struct profile *p, const char *name, const char *object)
{
	return profile_frame_at(p, name, object, "", 0);
}

u32 profile_add(struct profile *p, const u32 *frames, u32 n, const u64 *values)
{
	u32 stack = intern(&p->stacks, frames, n * sizeof(*frames));
	u64 *v;

	p->values =
	    grow(p->values, &p->values_room, (stack + 1) * p->nmeasures - 1, sizeof(*p->values));
	v = p->values + (size_t)stack * p->nmeasures;
	for (u32 i = 0; i < p->nmeasures; i++) {
		v[i] += values[i];
		p->total[i] += values[i];
	}
	return stack;
}

void profile_free(struct profile *p)
{
	intern_free(&p->strings);
	intern_free(&p->frames);
	intern_free(&p->stacks);
	free(p->values);
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

char *frame_label(const struct profile *p, u32 frame)
{
	const struct frame *f = frame_of(p, frame);
	const char *file, *slash;

	if (f->line == 0)
		return format_string("%s", frame_name(p, frame));
	file = interned(&p->strings, f->file, NULL);
	slash = strrchr(file, '/');
	return format_string("%s %s:%u", frame_name(p, frame), slash != NULL ? slash + 1 : file,
			     f->line);
}

u64 stack_value(const struct profile *p, u32 stack, u32 measure)
{
	return p->values[(size_t)stack * p->nmeasures + measure];
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

struct share *profile_shares(const struct profile *p, const struct view *view, bool by_object,
			     u32 *n)
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
		u64 value = stack_value(p, s, view->measure);

		for (u32 i = 0; i < depth; i++) {
			u32 key = by_object ? frame_of(p, frames[i])->object : frames[i];

			v[key].frame = frames[i];
			v[key].name =
			    by_object ? frame_object(p, frames[i]) : frame_name(p, frames[i]);
			v[key].object = by_object ? NULL : frame_object(p, frames[i]);
			if (i == 0) {
				v[key].self += value;
				v[key].count += stack_value(p, s, view->count);
			}
			/* A function that calls itself is in the stack once. */
			if (seen[key] != s + 1)
				v[key].total += value;
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

struct by_value {
	const struct profile *profile;
	u32 measure;
};

static int by_value(const void *a, const void *b, void *ctx)
{
	u32 x = *(const u32 *)a, y = *(const u32 *)b;
	const struct by_value *o = ctx;
	u64 p = stack_value(o->profile, x, o->measure), q = stack_value(o->profile, y, o->measure);

	if (p != q)
		return p > q ? -1 : 1;
	return x < y ? -1 : 1;
}

u32 *profile_order(const struct profile *p, u32 measure)
{
	u32 *order = allocate((p->stacks.n + 1) * sizeof(*order));
	struct by_value by = {p, measure};

	for (u32 i = 0; i < p->stacks.n; i++)
		order[i] = i;
	if (p->stacks.n != 0)
		qsort_r(order, p->stacks.n, sizeof(*order), by_value, &by);
	return order;
}
