/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/options.c: options of commands. Facts: getopt(3C), getopt_long(3C): operands
 * end the options unless the short ones do not begin with `+` and POSIXLY_CORRECT is not set and
 * getopt_long was called.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest/illumos/libc/libc.h"

EXPORT char *optarg;
EXPORT int optind = 1, opterr = 1, optopt;
EXPORT int optreset;
static int place = 1; /* in the word of short options */

static void complain(char *const *argv, const char *shorts, const char *what, const char *on,
		     int letter)
{
	if (!opterr || *shorts == ':')
		return;
	if (on)
		fprintf(stderr, "%s: %s -- %s\n", argv[0], what, on);
	else
		fprintf(stderr, "%s: %s -- %c\n", argv[0], what, letter);
}

static int short_option(int argc, char *const *argv, const char *shorts)
{
	char *word = argv[optind];
	int c = (unsigned char)word[place++];
	const char *found = c == ':' ? NULL : strchr(shorts, c);
	bool end = word[place] == '\0';

	optopt = c;
	optarg = NULL;
	if (found && found[1] == ':') {
		if (!end)
			optarg = word + place;
		else if (found[2] != ':' && optind + 1 < argc)
			optarg = argv[++optind];
		else if (found[2] != ':') {
			optind++;
			place = 1;
			complain(argv, shorts, "option requires an argument", NULL, c);
			return *shorts == ':' ? ':' : '?';
		}
		end = true;
	}
	if (end) {
		optind++;
		place = 1;
	}
	if (!found) {
		complain(argv, shorts, "illegal option", NULL, c);
		return '?';
	}
	return c;
}

static bool is_end(int argc, char *const *argv)
{
	if (optreset) {
		place = 1;
		optreset = 0;
	}
	if (optind == 0) {
		optind = 1;
		place = 1;
	}
	return optind >= argc || !argv[optind];
}

EXPORT int getopt(int argc, char *const argv[], const char *shorts)
{
	bool end = is_end(argc, argv);

	if (*shorts == '+')
		shorts++;
	if (end)
		return -1;
	if (place == 1) {
		if (argv[optind][0] != '-' || argv[optind][1] == '\0')
			return -1;
		if (strcmp(argv[optind], "--") == 0) {
			optind++;
			return -1;
		}
	}
	return short_option(argc, argv, shorts);
}

/* Moves the operands from..optind-1 behind the options up to `to`. */
static void rotate(char **argv, int from, int middle, int to)
{
	while (middle < to) {
		char *word = argv[middle];

		memmove(argv + from + 1, argv + from, (size_t)(middle - from) * sizeof(*argv));
		argv[from++] = word;
		middle++;
	}
}

static int long_option(int argc, char *const *argv, const char *shorts, const struct option *longs,
		       int *which, const char *name)
{
	size_t n = strcspn(name, "=");
	int found = -1;
	bool ambiguous = false;

	for (int i = 0; longs[i].name; i++) {
		if (strncmp(longs[i].name, name, n) != 0)
			continue;
		if (strlen(longs[i].name) == n) {
			found = i;
			ambiguous = false;
			break;
		}
		ambiguous = found >= 0;
		found = i;
	}
	optind++;
	optarg = NULL;
	optopt = 0;
	if (found < 0 || ambiguous) {
		complain(argv, shorts, ambiguous ? "ambiguous option" : "unknown option", name, 0);
		return '?';
	}
	optopt = longs[found].flag ? 0 : longs[found].val;
	if (name[n] == '=') {
		if (longs[found].has_arg == no_argument) {
			complain(argv, shorts, "option doesn't take an argument", longs[found].name,
				 0);
			return '?';
		}
		optarg = (char *)name + n + 1;
	} else if (longs[found].has_arg == required_argument) {
		if (optind >= argc) {
			complain(argv, shorts, "option requires an argument", longs[found].name, 0);
			return *shorts == ':' ? ':' : '?';
		}
		optarg = argv[optind++];
	}
	if (which)
		*which = found;
	if (!longs[found].flag)
		return longs[found].val;
	*longs[found].flag = longs[found].val;
	return 0;
}

static int next(int argc, char *const *argv, const char *shorts, const struct option *longs,
		int *which, bool only)
{
	bool stop = *shorts == '+' || getenv("POSIXLY_CORRECT"), in_order = *shorts == '-';
	bool end = is_end(argc, argv);
	int from, r;
	const char *word;

	if (*shorts == '+' || *shorts == '-')
		shorts++;
	if (end)
		return -1;
	if (place > 1)
		return short_option(argc, argv, shorts);
	from = optind;
	while (optind < argc && (argv[optind][0] != '-' || argv[optind][1] == '\0')) {
		if (in_order) {
			optarg = argv[optind++];
			return 1;
		}
		if (stop)
			return -1;
		optind++;
	}
	if (optind == argc) {
		optind = from;
		return -1;
	}
	end = strcmp(argv[optind], "--") == 0;
	if (from != optind) {
		/* The option comes to where the first operand is; its argument follows. */
		int at = optind, used;

		optind = at;
		if (end) {
			rotate((char **)argv, from, at, at + 1);
			optind = from + 1;
			return -1;
		}
		rotate((char **)argv, from, at, at + 1);
		optind = from;
		/* And an argument of its own that is not in the same word. */
		used = at + 1;
		if (used < argc) {
			const char *w = argv[from];
			bool takes = false;

			if (w[1] == '-') {
				size_t n = strcspn(w + 2, "=");

				for (int i = 0; longs && longs[i].name && w[2 + n] != '='; i++)
					if (strncmp(longs[i].name, w + 2, n) == 0)
						takes = longs[i].has_arg == required_argument;
			} else {
				for (const char *p = w + 1; *p && !takes; p++) {
					const char *f = strchr(shorts, *p);

					if (f && f[1] == ':') {
						takes = p[1] == '\0' && f[2] != ':';
						break;
					}
				}
			}
			if (takes)
				rotate((char **)argv, from + 1, used, used + 1);
		}
	} else if (end) {
		optind++;
		return -1;
	}
	word = argv[optind];
	if (longs && (word[1] == '-' || (only && word[2]))) {
		r = long_option(argc, argv, shorts, longs, which, word + (word[1] == '-' ? 2 : 1));
		return r;
	}
	return short_option(argc, argv, shorts);
}

EXPORT int getopt_long(int argc, char *const *argv, const char *shorts, const struct option *longs,
		       int *which)
{
	return next(argc, argv, shorts, longs, which, false);
}

EXPORT int getopt_long_only(int argc, char *const *argv, const char *shorts,
			    const struct option *longs, int *which)
{
	return next(argc, argv, shorts, longs, which, true);
}
