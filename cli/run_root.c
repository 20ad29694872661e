/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/run_root.c: choosing the root; cli/view.c makes it the program's "/". */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/inside.h"
#include "cli/program.h"
#include "cli/run_root.h"
#include "cli/store.h"
#include "loader/detect.h"
#include "loader/elf.h"

static bool is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_pdp11(int tree)
{
	struct program_file sh CLEAN_PROGRAM = {.fd = open_inside(tree, "/bin/sh", O_RDONLY)};
	struct loader_verdict v;
	struct stat st;

	if (sh.fd < 0 || fstat(sh.fd, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	program_use(&sh, (u64)st.st_size);
	return loader_detect(&sh.source, &v) == 0 && v.format == LOADER_PDP11;
}

static int use_directory(const char *path, struct view_options *o)
{
	CLEAN_FD int tree = -1;

	o->tree = realpath(path, NULL);
	if (o->tree == NULL)
		return fail(CLI_RUN_FAILED, "cannot use %s as a root: %s", path, strerror(errno));
	if (!is_directory(o->tree))
		return fail(CLI_RUN_FAILED, "cannot use %s as a root: it is no directory", path);
	if (strcmp(o->tree, "/") == 0)
		return fail(CLI_RUN_FAILED, "cannot use / as a root: it is this machine's own");
	tree = open(o->tree, O_PATH | O_DIRECTORY | O_CLOEXEC);
	o->pdp11 = is_pdp11(tree);
	return CLI_OK;
}

/* Which of the PDP-11 systems, of whose programs some look alike, whoever imported the root said.
 */
static void use_description(const char *store, const char *name, struct view_options *o)
{
	struct root_info info CLEAN_ROOT = {0};

	if (o->pdp11 && root_load(store, name, &info) == 0 && *info.personality != '\0')
		o->edition = format_string("%s", info.personality);
}

/* A name of the store comes before a directory called the same, which './NAME' means. */
int run_root_named(const char *name, struct view_options *o)
{
	CLEAN_FREE char *store = NULL;
	CLEAN_FREE char *tree = NULL;

	if (!root_name_ok(name))
		return use_directory(name, o);
	store = store_path();
	if (store == NULL)
		return CLI_RUN_FAILED;
	tree = format_string("%s/%s/tree", store, name);
	if (is_directory(tree)) {
		int status = use_directory(tree, o);

		o->named = true;
		if (status == CLI_OK)
			use_description(store, name, o);
		return status;
	}
	if (is_directory(name))
		return use_directory(name, o);
	return fail(CLI_RUN_FAILED,
		    "there is no root '%s' and no directory of that name; 'fbird root list' shows "
		    "the roots there are",
		    name);
}

/* FeuerBird has libraries of its own for some systems (guest/), where there is no root. */
static bool has_own_libraries(const char *personality)
{
	CLEAN_FREE char *runtime = find_runtime();
	CLEAN_FREE char *linker = NULL;
	char *slash = runtime != NULL ? strrchr(runtime, '/') : NULL;

	if (slash == NULL)
		return false;
	*slash = '\0';
	linker = format_string("%s/%s/ld.so.1", runtime, personality);
	return access(linker, R_OK) == 0;
}

int run_root_default(const char *program, struct view_options *o)
{
	struct program_file file CLEAN_PROGRAM = {.fd = -1};
	struct loader_elf_plan plan;
	struct loader_verdict v;
	CLEAN_FREE char *store = NULL;
	CLEAN_FREE char *name = NULL;

	/* What cannot be read or makes no sense is for the runtime to complain of. */
	if (program_open(&file, program) != 0 || loader_detect(&file.source, &v) != 0 ||
	    v.format != LOADER_ELF64 || v.personality == NULL ||
	    strcmp(v.personality, "linux") == 0 ||
	    loader_elf_plan(&file.source, &plan, NULL) != 0 || plan.interp[0] == '\0' ||
	    access(plan.interp, X_OK) == 0)
		return CLI_OK;
	store = store_path();
	if (store == NULL)
		return CLI_RUN_FAILED;
	name = root_default(store, v.personality);
	if (name != NULL)
		return run_root_named(name, o);
	if (has_own_libraries(v.personality))
		return CLI_OK;
	return fail(
	    CLI_CANNOT_RUN,
	    "cannot run %s: it is a dynamic program for %s, which wants the libraries of its "
	    "system, and there is no root for that; %s, or --root names a directory",
	    program, v.personality,
	    strcmp(v.personality, "freebsd") == 0
		? "'fbird root fetch freebsd:14.3' gets one, 'fbird root add' imports one"
		: "'fbird root add' imports one");
}

bool run_root_is_linux(const char *tree)
{
	static const char *const linkers[] = {"lib64/ld-linux-x86-64.so.2",
					      "lib/ld-musl-x86_64.so.1"};
	CLEAN_FD int dir = open(tree, O_PATH | O_DIRECTORY | O_CLOEXEC);

	for (size_t i = 0; i < ARRAY_LEN(linkers); i++) {
		CLEAN_FD int fd = open_inside(dir, linkers[i], O_PATH);

		if (fd >= 0)
			return true;
	}
	return false;
}

void run_root_prefer_path(const struct view_options *o)
{
	static const char *const folders[] = {"/bin", "/usr/bin", "/usr/ucb", "/etc", "/usr/games"};
	CLEAN_FD int dir = open(o->tree, O_PATH | O_DIRECTORY | O_CLOEXEC);
	const char *path = getenv("PATH");
	char *text = NULL;
	size_t size;
	FILE *out = o->pdp11 ? open_memstream(&text, &size) : NULL;

	if (out == NULL)
		return;
	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		CLEAN_FD int there = open_inside(dir, folders[i], O_PATH | O_DIRECTORY);

		if (there >= 0)
			fprintf(out, "%s:", folders[i]);
	}
	fputs(path != NULL ? path : "", out);
	if (fclose(out) == 0)
		setenv("PATH", text, 1);
	free(text);
}

void run_root_extend_path(void)
{
	const char *path = getenv("PATH");
	char *text = NULL;
	size_t size;
	FILE *out = path != NULL ? open_memstream(&text, &size) : NULL;

	if (out == NULL || strstr(path, VIEW_HOST) != NULL) {
		if (out != NULL)
			fclose(out);
		free(text);
		return;
	}
	fputs(path, out);
	for (const char *p = path; p != NULL;) {
		int n = (int)(strchrnul(p, ':') - p);
		CLEAN_FREE char *there = format_string(VIEW_HOST "%.*s", n, p);

		if (n > 0 && *p == '/' && is_directory(there))
			fprintf(out, ":%s", there);
		p = p[n] == ':' ? p + n + 1 : NULL;
	}
	if (fclose(out) == 0)
		setenv("PATH", text, 1);
	free(text);
}
