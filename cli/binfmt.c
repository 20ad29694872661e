/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/binfmt.c: `fbird binfmt`: tells the host's kernel to hand FreeBSD programs to
 * fbird-rt, so that `./program`, and a native shell's or make's execve, just work.
 *
 * The registration matches the ELF identification up to EI_OSABI: 64-bit, little-endian,
 * version 1, ELFOSABI_FREEBSD (9), which the linkers of the FreeBSD toolchains, Go's and
 * Rust's write. Flag P passes the guest's argv[0] on; F makes the kernel open fbird-rt
 * once, now, so that it is found in containers and chroots too (binfmt-misc.rst in the
 * Linux documentation has the format).
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <string.h>

#include "cli/cli.h"

#define ENTRY "fbird-freebsd"
#define MAGIC "\\x7fELF\\x02\\x01\\x01\\x09"
#define FLAGS "PF"

/* Tests point this at a folder of their own. */
static const char *binfmt_dir(void);

bool binfmt_registered(void)
{
	CLEAN_FREE char *entry = format_string("%s/%s", binfmt_dir(), ENTRY);

	return access(entry, F_OK) == 0;
}

static const char *binfmt_dir(void)
{
	const char *given = getenv("FBIRD_BINFMT_DIR");

	return given != NULL ? given : "/proc/sys/fs/binfmt_misc";
}

static int write_file(const char *path, const char *text, bool dry_run, const char *flag)
{
	CLEAN_FD int fd = -1;
	const char *why;

	if (dry_run) {
		printf("would write to %s: %s\n", path, text);
		return CLI_OK;
	}
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text))
		return CLI_OK;
	why = strerror(errno);
	if (errno == EACCES || errno == EPERM)
		return fail(CLI_FAILED,
			    "cannot write to %s: %s; as root, 'sudo fbird binfmt %s' can", path,
			    why, flag);
	if (errno == ENOENT)
		return fail(
		    CLI_FAILED,
		    "cannot write to %s: %s; if the kernel has binfmt_misc, 'mount -t binfmt_misc "
		    "binfmt_misc %s' as root brings it up",
		    path, why, binfmt_dir());
	return fail(CLI_FAILED, "cannot write to %s: %s", path, why);
}

static int install(const char *entry, bool dry_run)
{
	CLEAN_FREE char *path = format_string("%s/register", binfmt_dir());
	CLEAN_FREE char *runtime = find_runtime();
	CLEAN_FREE char *text = NULL;
	const char *separator;

	if (runtime == NULL)
		return CLI_FAILED;
	if (access(entry, F_OK) == 0)
		return fail(
		    CLI_FAILED,
		    "FreeBSD programs are already registered, in %s; 'fbird binfmt --remove' "
		    "first to register them anew",
		    entry);
	/* The line's first character separates its fields, so any the path lacks will do. */
	for (separator = ":|,;"; *separator != '\0'; separator++) {
		if (strchr(runtime, *separator) == NULL)
			break;
	}
	if (*separator == '\0')
		return fail(CLI_FAILED, "cannot register %s: its path has every separator in it",
			    runtime);
	text = format_string("%1$c%2$s%1$cM%1$c0%1$c%3$s%1$c%1$c%4$s%1$c%5$s", *separator, ENTRY,
			     MAGIC, runtime, FLAGS);
	return write_file(path, text, dry_run, "--install");
}

static int remove_entry(const char *entry, bool dry_run)
{
	if (access(entry, F_OK) != 0)
		return fail(CLI_FAILED, "FreeBSD programs are not registered: there is no %s",
			    entry);
	return write_file(entry, "-1", dry_run, "--remove");
}

static int status(const char *entry)
{
	FILE *in = fopen(entry, "re");
	char line[4096];

	if (in == NULL) {
		if (errno != ENOENT)
			return fail(CLI_FAILED, "cannot read %s: %s", entry, strerror(errno));
		printf("FreeBSD programs are not registered; 'fbird binfmt --install' does it\n");
		return CLI_FAILED;
	}
	printf("FreeBSD programs are registered as %s:\n", ENTRY);
	while (fgets(line, sizeof(line), in) != NULL)
		printf("  %s", line);
	fclose(in);
	return CLI_OK;
}

static int binfmt_main(int argc, char **argv)
{
	static const struct option long_options[] = {
	    {"install", no_argument, NULL, 'i'},
	    {"remove", no_argument, NULL, 'r'},
	    {"status", no_argument, NULL, 's'},
	    {"dry-run", no_argument, NULL, 'n'},
	    {0},
	};
	CLEAN_FREE char *entry = format_string("%s/%s", binfmt_dir(), ENTRY);
	bool dry_run = false;
	int action = 0;
	int answer;

	while ((answer = getopt_long(argc, argv, ":", long_options, NULL)) != -1) {
		switch (answer) {
		case 'i':
		case 'r':
		case 's':
			if (action != 0 && action != answer)
				return fail(CLI_USAGE, "'fbird binfmt' does one thing at a time");
			action = answer;
			break;
		case 'n':
			dry_run = true;
			break;
		default:
			return fail_option(CLI_USAGE, "binfmt", answer, argv);
		}
	}
	if (optind < argc)
		return fail(CLI_USAGE, "'fbird binfmt' takes no argument such as '%s'",
			    argv[optind]);
	switch (action) {
	case 'i':
		return install(entry, dry_run);
	case 'r':
		return remove_entry(entry, dry_run);
	case 's':
		return status(entry);
	default:
		return fail(CLI_USAGE,
			    "'fbird binfmt' wants one of --install, --remove and --status");
	}
}

const struct command command_binfmt = {
    .name = "binfmt",
    .summary = "let the kernel start FreeBSD programs by itself",
    .help = "usage: fbird binfmt --install | --remove | --status [--dry-run]\n"
	    "\n"
	    "Registers fbird-rt with the kernel's binfmt_misc as the interpreter of FreeBSD\n"
	    "programs, so that they can be executed like any other. It needs root's rights and\n"
	    "lasts until the next start of the machine.\n"
	    "\n"
	    "  --install   register\n"
	    "  --remove    take the registration back\n"
	    "  --status    say whether it is there; exit status 1 when it is not\n"
	    "  --dry-run   only say what would be written where\n",
    .main = binfmt_main,
};
