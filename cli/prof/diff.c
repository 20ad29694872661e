/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/diff.c: `fbird prof diff A B`: which functions grew and which shrank.
 *
 * Two runs seldom have as many samples: what is compared is a function's part of its own run, in
 * hundredths; how the whole changed is said above.
 */
#include <math.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/prof/profile.h"

#define LINES 40

struct change {
	const char *name;
	double self[2], total[2]; /* per cent */
};

static int by_change(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	double p = fabs(x->self[1] - x->self[0]), q = fabs(y->self[1] - y->self[0]);

	if (p > q || p < q)
		return p > q ? -1 : 1;
	p = fabs(x->total[1] - x->total[0]);
	q = fabs(y->total[1] - y->total[0]);
	if (p > q || p < q)
		return p > q ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* Two files name the same function's objects differently, or not at all: the name counts. */
static void gather(struct profile *p, u32 side, struct intern *names, struct change **v, u32 *room)
{
	u32 n;
	CLEAN_FREE struct share *shares = profile_shares(p, &p->views[0], false, &n);

	for (u32 i = 0; i < n; i++) {
		u32 k = intern_string(names, shares[i].name);

		*v = grow(*v, room, k, sizeof(**v));
		(*v)[k].name = shares[i].name;
		(*v)[k].self[side] += 100.0 * (double)shares[i].self / (double)p->total[0];
		(*v)[k].total[side] += 100.0 * (double)shares[i].total / (double)p->total[0];
	}
}

int diff_main(int argc, char **argv)
{
	struct profile p[2];
	struct intern names = {0};
	struct change *v = NULL;
	u32 room = 0, shown = 0;

	if (argc != 3)
		return fail(CLI_USAGE, "the form is 'fbird prof diff BEFORE AFTER', two files of "
				       "folded stacks or pprof's");
	for (u32 i = 0; i < 2; i++) {
		int status = profile_read(&p[i], argv[i + 1]);

		if (status != CLI_OK)
			return status;
		gather(&p[i], i, &names, &v, &room);
	}
	if (v != NULL)
		qsort(v, names.n, sizeof(*v), by_change);
	printf("samples: %llu before, %llu after (%+.1f%%)\n\n"
	       "   self%% before  after change   total%% before  after change  function\n",
	       (unsigned long long)p[0].total[0], (unsigned long long)p[1].total[0],
	       100.0 * ((double)p[1].total[0] / (double)p[0].total[0] - 1));
	for (u32 i = 0; v != NULL && i < names.n && shown < LINES; i++) {
		const struct change *c = &v[i];

		if (fabs(c->self[1] - c->self[0]) < 0.005 &&
		    fabs(c->total[1] - c->total[0]) < 0.005)
			continue;
		printf("        %7.2f %6.2f %+6.2f          %6.2f %6.2f %+6.2f  %s\n", c->self[0],
		       c->self[1], c->self[1] - c->self[0], c->total[0], c->total[1],
		       c->total[1] - c->total[0], c->name);
		shown++;
	}
	if (shown == 0)
		printf("                                nothing changed\n");
	free(v);
	intern_free(&names);
	profile_free(&p[0]);
	profile_free(&p[1]);
	return CLI_OK;
}
