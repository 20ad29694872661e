/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit.c: `fbird audit`: programs under a policy.
 *
 * What reads policies and writes logs is a program of its own, fbird-audit (cli/audit/main.c): its
 * libraries would make every `fbird run` slower. It is told where this one is, for that is what it
 * has the program started by.
 */
#include "cli/cli.h"

static int audit_main(int argc, char **argv)
{
	CLEAN_FREE char *self = realpath("/proc/self/exe", NULL);

	if (self == NULL)
		return fail(CLI_FAILED, "cannot tell where this program is, from /proc/self/exe");
	argv[0] = self;
	return become_part("FBIRD_AUDIT_TOOL", "fbird-audit", argc, argv);
}

const struct command command_audit = {
    .name = "audit",
    .summary = "run a program under a policy, and log what it was refused",
    .help =
	"usage: fbird audit run -p POLICY [OPTIONS] PROGRAM [ARGS...]\n"
	"       fbird audit learn [-o POLICY] [--paths] PROGRAM [ARGS...]\n"
	"       fbird audit explain [--box NAME] POLICY\n"
	"       fbird audit verify [--last HASH] LOG\n"
	"\n"
	"run runs PROGRAM as 'fbird run' does, and lets through what POLICY allows; "
	"fbird-audit(1)\n"
	"has its language. A call that is refused gives an error of the program's own system.\n"
	"learn writes the policy under which PROGRAM would do the same again. explain tells of\n"
	"each rule who enforces it. verify checks that a log is as it was written.\n"
	"\n"
	"  -p, --policy POLICY  the file\n"
	"  -o, --output FILE    the log: JSON lines, each chained to the one before; without it\n"
	"                       what is refused is told on the standard error. Of learn: the "
	"policy\n"
	"  --log-size N[kMG]    bytes of the log's file; when it is full it becomes FILE.1 (16M)\n"
	"  --box NAME           the sections [box NAME] hold, too\n"
	"  --no-host            nothing by seccomp, Landlock and capabilities\n"
	"  --paths              learn files, too\n"
	"  --last HASH          what the log's last line has to have, as 'verify' once told it\n"
	"  -P NAME              as --personality NAME; 'bsd' is freebsd\n"
	"\n"
	"and of fbird run --personality, --root, --env, --unsetenv, --chdir, --argv0, --view,\n"
	"--bind, --read-only. run and learn end as PROGRAM does; 1 when something failed, 2 when\n"
	"a policy has an error, or asked for what cannot be.\n",
    .main = audit_main,
};
