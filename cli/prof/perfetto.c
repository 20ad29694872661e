/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/perfetto.c: what was when, as JSON for Perfetto and Chrome's tracing ("Trace Event
 * Format": complete events, "X", of a track that is a thread's; times in microseconds).
 *
 * A sample says where a thread was for the time before it. Samples that follow one another are one
 * slice as far as their stacks are the same from the outside in; a slice begins and ends with a
 * sample. A thread has a track for each measure, since what two of them say does not nest.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/prof/profile.h"

#define DEPTH_MOST 1024

struct open_slice {
	u32 frame;
	u64 begin;
};

struct slice {
	u64 begin, end;
	u32 frame, depth;
};

struct track {
	FILE *f;
	const struct profile *p;
	bool first;
	u32 thread, measure;
	struct open_slice open[DEPTH_MOST];
	u32 depth;
	u64 end; /* of what is open */
	struct slice *slices;
	u32 nslices, slices_room;
};

/* Tracks are told apart by what the format calls a thread's number. */
static u64 track_number(const struct track *t)
{
	return (u64)t->p->threads[t->thread].tid * MEASURES_MOST + t->measure;
}

static void event_begin(struct track *t, const char *phase)
{
	fprintf(t->f, "%s{\"ph\":\"%s\",\"pid\":%u,\"tid\":%llu", t->first ? "" : ",\n", phase,
		t->p->threads[t->thread].pid, (unsigned long long)track_number(t));
	t->first = false;
}

static void slice_write(struct track *t, const struct slice *s)
{
	CLEAN_FREE char *label = frame_label(t->p, s->frame);
	u64 length = s->end - s->begin;

	event_begin(t, "X");
	fprintf(t->f, ",\"ts\":%llu.%03llu,\"dur\":%llu.%03llu,\"name\":",
		(unsigned long long)s->begin / 1000, (unsigned long long)s->begin % 1000,
		(unsigned long long)length / 1000, (unsigned long long)length % 1000);
	json_string(t->f, label);
	fprintf(t->f, ",\"cat\":");
	json_string(t->f, frame_object(t->p, s->frame));
	fputc('}', t->f);
}

/* Who reads them takes the outer one of two that begin together to be the first. */
static int by_begin(const void *a, const void *b)
{
	const struct slice *x = a, *y = b;

	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return x->depth < y->depth ? -1 : x->depth > y->depth;
}

static void close_to(struct track *t, u32 depth)
{
	while (t->depth > depth) {
		const struct open_slice *o = &t->open[--t->depth];

		t->slices = grow(t->slices, &t->slices_room, t->nslices, sizeof(*t->slices));
		t->slices[t->nslices++] = (struct slice){o->begin, t->end, o->frame, t->depth};
	}
}

static void end_track(struct track *t)
{
	close_to(t, 0);
	if (t->nslices != 0)
		qsort(t->slices, t->nslices, sizeof(*t->slices), by_begin);
	for (u32 i = 0; i < t->nslices; i++)
		slice_write(t, &t->slices[i]);
	t->nslices = 0;
	t->end = 0;
}

static void put(struct track *t, u64 begin, u64 end, u32 stack, bool joins)
{
	u32 n, same = 0;
	const u32 *frames = stack_frames(t->p, stack, &n);

	/* Behind a gap nothing goes on. */
	if (begin > t->end || !joins)
		close_to(t, 0);
	begin = MAX(begin, t->end);
	end = MAX(begin, end);
	n = MIN(n, (u32)DEPTH_MOST);
	while (same < n && same < t->depth && t->open[same].frame == frames[n - 1 - same])
		same++;
	close_to(t, same);
	for (; t->depth < n; t->depth++)
		t->open[t->depth] = (struct open_slice){frames[n - 1 - t->depth], begin};
	t->end = end;
}

static int by_track(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;

	if (x->thread != y->thread)
		return x->thread < y->thread ? -1 : 1;
	if (x->measure != y->measure)
		return x->measure < y->measure ? -1 : 1;
	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

static void name_track(struct track *t)
{
	const struct thread_seen *thread = &t->p->threads[t->thread];
	CLEAN_FREE char *name = format_string("%s %u: %s", thread->name, thread->tid,
					      t->p->measures[t->measure]->title);

	event_begin(t, "M");
	fprintf(t->f, ",\"name\":\"thread_name\",\"args\":{\"name\":");
	json_string(t->f, name);
	fprintf(t->f, "}}");
	if (thread->pid != thread->tid)
		return;
	event_begin(t, "M");
	fprintf(t->f, ",\"name\":\"process_name\",\"args\":{\"name\":");
	json_string(t->f, thread->name);
	fprintf(t->f, "}}");
}

void perfetto_write(FILE *f, struct profile *p)
{
	struct track *t = allocate(sizeof(*t));

	*t = (struct track){.f = f, .p = p, .first = true};
	if (p->nmoments != 0)
		qsort(p->moments, p->nmoments, sizeof(*p->moments), by_track);
	fprintf(f, "{\"displayTimeUnit\":\"ms\",\"otherData\":{\"command\":");
	json_string(f, p->command);
	fprintf(f, "},\"traceEvents\":[\n");
	for (u32 i = 0; i < p->nmoments; i++) {
		const struct moment *m = &p->moments[i];
		bool sample = p->measures[m->measure] == &modes[MODE_CPU].amount;
		u64 begin = m->begin;

		if (i == 0 || m->thread != t->thread || m->measure != t->measure) {
			end_track(t);
			t->thread = m->thread;
			t->measure = m->measure;
			name_track(t);
		}
		if (sample) {
			begin -= MIN(begin, p->period);
			/* The clock is that of processor time: what comes soon behind goes on. */
			if (begin < t->end + p->period / 2)
				begin = t->end;
		}
		put(t, begin, m->end, m->stack, sample);
	}
	end_track(t);
	fprintf(f, "\n]}\n");
	free(t->slices);
	free(t);
}
