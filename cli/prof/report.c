/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/report.c: the profile as a page of text. */
#include <string.h>

#include "cli/cli.h"
#include "cli/prof/profile.h"

#define FUNCTIONS 40
#define OBJECTS	  15
#define STACKS	  6
#define DEPTH	  14

static double seconds(const struct profile *p, u64 samples)
{
	return (double)samples * (double)p->period / 1e9;
}

static double percent(const struct profile *p, u64 samples)
{
	return p->samples != 0 ? 100.0 * (double)samples / (double)p->samples : 0;
}

static void shares(FILE *f, const struct profile *p, bool by_object, u32 most)
{
	u32 n;
	CLEAN_FREE struct share *v = profile_shares(p, by_object, &n);

	fprintf(f, "\n  self%%  total%%     self s  %s\n", by_object ? "object" : "function");
	for (u32 i = 0; i < n && i < most; i++) {
		fprintf(f, "%7.2f %7.2f %10.3f  %s", percent(p, v[i].self), percent(p, v[i].total),
			seconds(p, v[i].self), v[i].name);
		if (v[i].object != NULL && strcmp(v[i].object, v[i].name) != 0)
			fprintf(f, "  (%s)", v[i].object);
		fputc('\n', f);
	}
	if (n > most)
		fprintf(f, "                            and %u more\n", n - most);
}

static void stacks(FILE *f, const struct profile *p)
{
	CLEAN_FREE u32 *order = profile_order(p);

	fprintf(f, "\nstacks with most samples, the innermost function first\n");
	for (u32 i = 0; i < p->stacks.n && i < STACKS; i++) {
		u32 n;
		const u32 *frames = stack_frames(p, order[i], &n);

		for (u32 k = 0; k < n && k < DEPTH; k++) {
			if (k == 0)
				fprintf(f, "%7.2f%% ", percent(p, p->counts[order[i]]));
			else
				fprintf(f, "         ");
			fprintf(f, "%s\n", frame_name(p, frames[k]));
		}
		if (n > DEPTH)
			fprintf(f, "         ... and %u that called it\n", n - DEPTH);
	}
}

static void calls(FILE *f, const struct profile *p)
{
	u64 all = 0;

	for (u32 i = 0; i < p->ncalls; i++)
		all += p->calls[i].ns;
	fprintf(f, "\ntime in calls of the system, by the clock on the wall; sleep and waiting are "
		   "in it\n"
		   "  time%%          s    us/call      calls     errors  call\n");
	for (u32 i = 0; i < p->ncalls; i++) {
		const struct call_time *c = &p->calls[i];

		fprintf(f, "%7.2f %10.6f %10.1f %10llu %10llu  %s (%s)\n",
			all != 0 ? 100.0 * (double)c->ns / (double)all : 0, (double)c->ns / 1e9,
			c->calls != 0 ? (double)c->ns / (double)c->calls / 1e3 : 0,
			(unsigned long long)c->calls, (unsigned long long)c->errors, c->name,
			c->system);
	}
	if (p->ncalls == 0)
		fprintf(f, "                            none\n");
}

void report_write(FILE *f, struct profile *p)
{
	fprintf(f,
		"%s\n%llu samples outside the kernel, one each %.3f ms of processor time: %.3f s "
		"in %.3f s\n",
		p->command != NULL ? p->command : "", (unsigned long long)p->samples,
		(double)p->period / 1e6, seconds(p, p->samples), (double)p->duration / 1e9);
	if (p->lost != 0)
		fprintf(f, "%llu records were lost: there was no room for them\n",
			(unsigned long long)p->lost);
	if (p->note != NULL)
		fprintf(f, "%s\n", p->note);
	shares(f, p, false, FUNCTIONS);
	shares(f, p, true, OBJECTS);
	stacks(f, p);
	if (p->has_calls)
		calls(f, p);
}
