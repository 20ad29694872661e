/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/timeline.c: what was when, for the page: the profile's time in bins of the same length,
 * and in each, by thread and stack, how much of what was measured falls into it. A bin is longer
 * where there would be too many.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/prof/profile.h"

#define BINS	     600
#define SAMPLES	     4
#define BINS_FEWEST  20
#define ENTRIES_MOST 200000

struct entry_key {
	u32 measure, thread, bin, stack;
};

struct entries {
	struct intern known;
	struct entry_value {
		u64 value, times;
	} * v;
	u32 room;
};

static void add(struct entries *e, struct entry_key k, u64 value, u64 times)
{
	u32 i = intern(&e->known, &k, sizeof(k));

	e->v = grow(e->v, &e->room, i, sizeof(*e->v));
	e->v[i].value += value;
	e->v[i].times += times;
}

/* What lasts is spread over the bins it is in. */
static void spread(struct entries *e, const struct moment *m, u64 width, u32 bins)
{
	u64 first = MIN(m->begin / width, (u64)bins - 1), last = MIN(m->end / width, (u64)bins - 1);
	u64 rest = m->value, whole = m->end - m->begin;

	for (u64 bin = first; bin <= last; bin++) {
		u64 from = MAX(m->begin, bin * width), to = MIN(m->end, (bin + 1) * width);
		double part = whole != 0 && to > from ? (double)(to - from) / (double)whole : 1;
		u64 value = bin == last ? rest : MIN(rest, (u64)((double)m->value * part));

		rest -= value;
		add(e, (struct entry_key){m->measure, m->thread, (u32)bin, m->stack}, value,
		    bin == first);
	}
}

static bool gather(struct entries *e, const struct profile *p, u64 width, u32 bins)
{
	for (u32 i = 0; i < p->nmoments; i++) {
		spread(e, &p->moments[i], width, bins);
		if (e->known.n > ENTRIES_MOST && bins / 2 >= BINS_FEWEST)
			return false;
	}
	return true;
}

static void forget(struct entries *e)
{
	intern_free(&e->known);
	free(e->v);
	*e = (struct entries){0};
}

void timeline_write(FILE *f, const struct profile *p)
{
	struct entries e = {0};
	/* A bin has room for some samples. */
	u64 some = p->period != 0 ? p->duration / (SAMPLES * p->period) : BINS;
	u32 bins = (u32)MAX(MIN(some, (u64)BINS), (u64)BINS_FEWEST);
	u64 width = p->duration / bins + 1;

	while (!gather(&e, p, width, bins)) {
		forget(&e);
		bins /= 2;
		width = p->duration / bins + 1;
	}
	fprintf(f, ",\n\"bins\":%u,\"bin\":%llu,\"left_out\":%llu,\"threads\":[", bins,
		(unsigned long long)width, (unsigned long long)p->moments_left_out);
	for (u32 i = 0; i < p->nthreads; i++) {
		fprintf(f, "%s[%u,%u,", i != 0 ? "," : "", p->threads[i].pid, p->threads[i].tid);
		json_string(f, p->threads[i].name);
		fputc(']', f);
	}
	fprintf(f, "],\n\"moments\":[");
	for (u32 i = 0; i < e.known.n; i++) {
		const struct entry_key *k = interned(&e.known, i, NULL);

		fprintf(f, "%s[%u,%u,%u,%u,%llu,%llu]", i != 0 ? "," : "", k->measure, k->thread,
			k->bin, k->stack, (unsigned long long)e.v[i].value,
			(unsigned long long)e.v[i].times);
	}
	fprintf(f, "]");
	forget(&e);
}
