/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof.c: `fbird prof`: where a program spends its time.
 *
 * What samples, reads symbols and writes profiles is a program of its own, fbird-prof
 * (cli/prof/main.c): its libraries would make every `fbird run` slower. It is told where this one
 * is, for that is what it has the program started by.
 */
#include "cli/cli.h"

static int prof_main(int argc, char **argv)
{
	CLEAN_FREE char *self = realpath("/proc/self/exe", NULL);

	(void)argc;
	if (self == NULL)
		return fail(CLI_FAILED, "cannot tell where this program is, from /proc/self/exe");
	/* argv[0] is "prof". */
	argv[0] = self;
	return become_part("FBIRD_PROF_TOOL", "fbird-prof", argc, argv);
}

const struct command command_prof = {
    .name = "prof",
    .summary = "run a program and say where its time goes",
    .help =
	"usage: fbird prof [OPTIONS] PROGRAM [ARGS...]\n"
	"       fbird prof diff BEFORE AFTER\n"
	"\n"
	"Runs PROGRAM as 'fbird run' does, looks where it is some 1,000 times for each second\n"
	"of processor time that it and what it starts use, and at the end says which functions\n"
	"those were; or where else its time or its memory goes. diff compares two profiles, folded "
	"ones or pprof's.\n"
	"\n"
	"  -o, --output FILE    into FILE; - is the standard output; a report without this goes\n"
	"                       to the standard error\n"
	"  --format FORMAT      report (default), folded, speedscope, pprof, html or perfetto; "
	"unless\n"
	"                       said, what FILE's name ends with: .folded, .json, .pb.gz, .html,\n"
	"                       .perfetto.json\n"
	"  --mode MODE[,MODE...]\n"
	"                       cpu (default); syscall, time in calls of the system; lock, "
	"waiting\n"
	"                       for one another; memory, what is mapped, and page faults; cache,\n"
	"                       branch, by the processor's counters\n"
	"  -F, --frequency HZ   samples a second of processor time (997)\n"
	"  --stack HOW          auto (default); frames, by frame pointers; dwarf[,BYTES], by what\n"
	"                       compilers wrote of frames, in copies of so much of each stack\n"
	"  --threads            tell threads and processes apart\n"
	"  --lines              source lines, and functions inside others, from debugging "
	"information\n"
	"  --runtime            names for the runtime's own functions, in place of [fbird]\n"
	"  -P NAME              as --personality NAME; 'bsd' is freebsd\n"
	"\n"
	"and of fbird run --personality, --root, --env, --unsetenv, --chdir, --argv0, --view,\n"
	"--bind, --read-only. It ends as PROGRAM does; 1 when there can be no profile, 2 when\n"
	"asked for what cannot be.\n",
    .main = prof_main,
};
