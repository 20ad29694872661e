/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/root.c: `fbird root`: the trees of other systems, by name.
 *
 * What unpacks or downloads is a program of its own, fbird-root (cli/import/import.h says
 * why); the rest is here.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/store.h"

/* ---- looking ---------------------------------------------------------------------------- */

static int no_root(const char *name, int error)
{
	if (error == ENOENT || error == ENOTDIR || !root_name_ok(name))
		return fail(CLI_FAILED,
			    "there is no root '%s'; 'fbird root list' shows those there are", name);
	return fail(CLI_FAILED, "cannot read the description of the root %s: %s", name,
		    strerror(error));
}

static bool is_default(const char *store, const char *name, const struct root_info *info)
{
	CLEAN_FREE char *chosen = root_default(store, info->personality);

	return chosen != NULL && strcmp(chosen, name) == 0;
}

static int list(const char *store, int argc, char **argv)
{
	char **names;

	(void)argv;
	if (argc > 1)
		return fail(CLI_USAGE, "'fbird root list' takes no argument");
	names = root_names(store);
	for (char **n = names; *n != NULL; n++) {
		struct root_info info CLEAN_ROOT = {0};

		if (root_load(store, *n, &info) != 0)
			continue;
		printf(is_default(store, *n, &info) ? "%-20s %-10s %-16s default\n"
						    : "%-20s %-10s %s\n",
		       *n, info.personality, info.version);
	}
	root_names_free(names);
	return CLI_OK;
}

static int show(const char *store, int argc, char **argv)
{
	struct root_info info CLEAN_ROOT = {0};
	int error;

	if (argc != 2)
		return fail(CLI_USAGE, "the form is 'fbird root show NAME'");
	error = root_name_ok(argv[1]) ? root_load(store, argv[1], &info) : ENOENT;
	if (error != 0)
		return no_root(argv[1], error);
	printf("name      %s\n"
	       "system    %s\n"
	       "version   %s\n"
	       "source    %s\n"
	       "imported  %s\n"
	       "default   %s\n"
	       "tree      %s/%s/tree\n",
	       argv[1], info.personality, *info.version != '\0' ? info.version : "not known",
	       info.source, info.imported, is_default(store, argv[1], &info) ? "yes" : "no", store,
	       argv[1]);
	return CLI_OK;
}

/* ---- changing --------------------------------------------------------------------------- */

/* Programs that run in it keep the files they have open, and lose the rest. */
static int remove_root(const char *store, int argc, char **argv)
{
	if (argc < 2)
		return fail(CLI_USAGE, "the form is 'fbird root remove NAME...'");
	for (int i = 1; i < argc; i++) {
		CLEAN_FREE char *place = format_string("%s/%s", store, argv[i]);
		CLEAN_FREE char *gone =
		    format_string("%s/.gone-%s-%d", store, argv[i], (int)getpid());
		int error;

		if (!root_name_ok(argv[i]))
			return no_root(argv[i], ENOENT);
		/* Out of sight first: a root is there wholly or not at all. */
		if (rename(place, gone) != 0)
			return errno == ENOENT ? no_root(argv[i], errno)
					       : fail(CLI_FAILED, "cannot remove the root %s: %s",
						      argv[i], strerror(errno));
		error = remove_tree(gone);
		if (error != 0)
			return fail(CLI_FAILED, "the root %s is no more, but %s stays: %s", argv[i],
				    gone, strerror(error));
	}
	return CLI_OK;
}

static int set_default(const char *store, int argc, char **argv)
{
	struct root_info info CLEAN_ROOT = {0};
	int error;

	if (argc != 2)
		return fail(CLI_USAGE, "the form is 'fbird root default NAME'");
	error = root_name_ok(argv[1]) ? root_load(store, argv[1], &info) : ENOENT;
	if (error != 0)
		return no_root(argv[1], error);
	return root_set_default(store, info.personality, argv[1]);
}

/* `fbird run --root NAME` with options of run before the name, a command or a shell behind it. */
static int shell(const char *store, int argc, char **argv)
{
	char *plain[] = {(char[]){"/bin/sh"}, NULL};
	CLEAN_FREE char **vector = allocate(((size_t)argc + 8) * sizeof(*vector));
	CLEAN_FREE char *chosen = NULL;
	int n = 0, at = 1;

	vector[n++] = (char[]){"run"};
	for (; at < argc && argv[at][0] == '-' && argv[at][1] == '-'; at++) {
		if (strcmp(argv[at], "--bind") == 0 || strcmp(argv[at], "--env") == 0 ||
		    strcmp(argv[at], "--view") == 0 || strcmp(argv[at], "--chdir") == 0) {
			if (at + 1 == argc)
				return fail(CLI_USAGE, "a value is missing after '%s'", argv[at]);
			vector[n++] = argv[at++];
		}
		vector[n++] = argv[at];
	}
	if (at == argc) {
		chosen = root_default(store, "freebsd");
		if (chosen == NULL)
			return fail(CLI_FAILED, "no root is given and there is no default one; "
						"'fbird root list' shows those there are");
	}
	vector[n++] = (char[]){"--root"};
	vector[n++] = chosen != NULL ? chosen : argv[at++];
	vector[n++] = (char[]){"--"};
	if (at == argc)
		vector[n++] = plain[0];
	while (at < argc)
		vector[n++] = argv[at++];
	vector[n] = NULL;
	optind = 1;
	return command_run.main(n, vector);
}

/* ---- the command ------------------------------------------------------------------------ */

static int root_main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*act)(const char *store, int argc, char **argv);
	} actions[] = {
	    {"list", list},	      {"show", show},	{"remove", remove_root},
	    {"default", set_default}, {"shell", shell},
	};
	CLEAN_FREE char *store = NULL;

	if (argc < 2)
		return fail(CLI_USAGE, "'fbird root' wants to know what to do: add, fetch, list, "
				       "show, remove, default or shell");
	if (strcmp(argv[1], "add") == 0 || strcmp(argv[1], "fetch") == 0)
		return become_part("FBIRD_ROOT_TOOL", "fbird-root", argc - 1, argv + 1);
	store = store_path();
	if (store == NULL)
		return CLI_FAILED;
	for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
		if (strcmp(argv[1], actions[i].name) == 0)
			return actions[i].act(store, argc - 1, argv + 1);
	}
	return fail(CLI_USAGE, "'fbird root' cannot '%s'; 'fbird help root' says what it can",
		    argv[1]);
}

const struct command command_root = {
    .name = "root",
    .summary = "keep the trees of other systems, for dynamic programs",
    .help = "usage: fbird root add [OPTIONS] NAME SOURCE\n"
	    "       fbird root fetch [OPTIONS] freebsd:VERSION\n"
	    "       fbird root list\n"
	    "       fbird root show NAME\n"
	    "       fbird root remove NAME...\n"
	    "       fbird root default NAME\n"
	    "       fbird root shell [RUN-OPTIONS] [NAME [PROGRAM ARGS...]]\n"
	    "\n"
	    "A root is the tree of another system: its dynamic linker, libraries and programs.\n"
	    "SOURCE is a directory, an archive such as base.txz, an image in an OCI layout or an "
	    "archive\n"
	    "of one, or a disk image of a PDP-11 UNIX. 'fetch' downloads an official base.txz and "
	    "checks it. A dynamic program\n"
	    "uses the default root of its system, unless 'fbird run --root' names another.\n"
	    "\n"
	    "  --personality NAME  say what system it is, where its files do not\n"
	    "  --default           make it the default root of its system; the first one is\n"
	    "  --devices           make the device nodes of an archive too (as root only)\n"
	    "  --limit MIB         refuse a source with more content than that; 32768\n"
	    "  --offset BLOCK      where in a disk image the file system begins, in 512 bytes\n"
	    "  --mount IMAGE[@BLOCK]:DIRECTORY\n"
	    "                      another disk image, as a directory of the root\n"
	    "  --salvage           leave out what of a disk image is damaged\n"
	    "  --name NAME         how to call what is fetched; freebsd-VERSION\n"
	    "  --from URL          fetch from this mirror: URL/VERSION-RELEASE/base.txz\n",
    .main = root_main,
};
