/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/summary.c: calls, errors and time by call. */
#include "cli/trace/summary.h"

#include <stdlib.h>

struct line {
	const char *name;
	u32 nr;
	u64 calls, errors, ns;
};

static int by_time(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->ns != y->ns)
		return x->ns < y->ns ? 1 : -1;
	return x->calls < y->calls ? 1 : x->calls > y->calls ? -1 : 0;
}

static void print_one(FILE *out, struct reader *r, const struct abi *a,
		      const struct trace_count *counts)
{
	static struct line lines[TRACE_NUMBERS + 1];
	struct line all = {0};
	u32 n = 0;

	for (u32 nr = 0; nr <= TRACE_NUMBERS; nr++) {
		const struct call_info *c = abi_call(a, nr);

		if (counts[nr].calls == 0)
			continue;
		lines[n] = (struct line){c != NULL ? c->name : NULL, nr, counts[nr].calls,
					 counts[nr].errors, reader_ns(r, counts[nr].ticks)};
		all.calls += lines[n].calls;
		all.errors += lines[n].errors;
		all.ns += lines[n].ns;
		n++;
	}
	qsort(lines, n, sizeof(lines[0]), by_time);
	fprintf(out,
		"%s\n%% time     seconds  usecs/call     calls    errors syscall\n"
		"------ ----------- ----------- --------- --------- ----------------\n",
		a->name);
	for (u32 i = 0; i < n; i++) {
		const struct line *l = &lines[i];

		fprintf(out, "%6.2f %11.6f %11llu %9llu ",
			all.ns != 0 ? 100.0 * (double)l->ns / (double)all.ns : 0.0,
			(double)l->ns / 1e9, (unsigned long long)(l->ns / l->calls / 1000),
			(unsigned long long)l->calls);
		if (l->errors != 0)
			fprintf(out, "%9llu ", (unsigned long long)l->errors);
		else
			fprintf(out, "%9s ", "");
		if (l->name != NULL)
			fprintf(out, "%s\n", l->name);
		else
			fprintf(out, "syscall_%#x\n", l->nr);
	}
	fprintf(out,
		"------ ----------- ----------- --------- --------- ----------------\n"
		"100.00 %11.6f %11llu %9llu %9llu total\n",
		(double)all.ns / 1e9,
		(unsigned long long)(all.calls != 0 ? all.ns / all.calls / 1000 : 0),
		(unsigned long long)all.calls, (unsigned long long)all.errors);
}

void summary_print(FILE *out, struct reader *r)
{
	u32 n;
	const struct abi *all = abi_all(&n);

	for (u32 i = 0; i < n; i++)
		if (reader_counts(r, i) != NULL)
			print_one(out, r, &all[i], reader_counts(r, i));
}
