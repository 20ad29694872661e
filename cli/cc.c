/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/cc.c: `fbird cc`: clang, told how to make a program for another system.
 *
 * For illumos it uses the headers and libraries FeuerBird ships (guest/illumos), so that a small C
 * program needs no SDK; for FreeBSD a root that has them. It adds arguments and executes clang:
 * whatever else stands on the command line is clang's own.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/store.h"

/* The words for clang. */
struct words {
	char **v;
	size_t n, room;
};

static void drop_words(struct words *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->v[i]);
	free(w->v);
}

static void add(struct words *w, const char *word)
{
	if (w->n + 1 >= w->room) {
		w->room = w->room ? 2 * w->room : 64;
		w->v = realloc(w->v, w->room * sizeof(*w->v));
		if (w->v == NULL)
			abort();
	}
	w->v[w->n++] = format_string("%s", word);
	w->v[w->n] = NULL;
}

static void add_joined(struct words *w, const char *before, const char *part, const char *after)
{
	CLEAN_FREE char *word = format_string("%s%s%s", before, part, after);

	add(w, word);
}

#define ADD(w, ...) add_all(w, (const char *const[]){__VA_ARGS__, NULL})

static void add_all(struct words *w, const char *const *words)
{
	for (; *words != NULL; words++)
		add(w, *words);
}

static bool has_option(char **argv, const char *option)
{
	for (; *argv != NULL; argv++)
		if (strcmp(*argv, option) == 0)
			return true;
	return false;
}

/* Does clang stop before linking? */
static bool only_compiles(char **argv)
{
	return has_option(argv, "-c") || has_option(argv, "-S") || has_option(argv, "-E") ||
	       has_option(argv, "-fsyntax-only") || has_option(argv, "-M") ||
	       has_option(argv, "-MM");
}

static bool is_file(const char *path)
{
	return access(path, R_OK) == 0;
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), k = strlen(end);

	return n > k && strcmp(text + n - k, end) == 0;
}

static bool is_cplusplus(char **argv)
{
	static const char *const ends[] = {".cc", ".cpp", ".cxx", ".c++", ".C"};

	for (; *argv != NULL; argv++) {
		if (strcmp(*argv, "-xc++") == 0 || strcmp(*argv, "-lstdc++") == 0 ||
		    (strcmp(*argv, "-x") == 0 && argv[1] != NULL && strcmp(argv[1], "c++") == 0))
			return true;
		for (size_t i = 0; i < ARRAY_LEN(ends) && **argv != '-'; i++)
			if (ends_with(*argv, ends[i]))
				return true;
	}
	return false;
}

/* Where a part of the guest libraries is: in the build tree beside its source, or installed. */
static char *illumos_headers(const char *libraries)
{
	static const char *const places[] = {"include", "../../../../guest/illumos/include"};

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		CLEAN_FREE char *path = format_string("%s/%s", libraries, places[i]);
		CLEAN_FREE char *probe = format_string("%s/sys/types.h", path);

		if (is_file(probe))
			return format_string("%s", path);
	}
	fail(CLI_FAILED, "cannot find the headers for illumos beside %s; build or install them",
	     libraries);
	return NULL;
}

/*
 * What an illumos linker is told with -z and another one otherwise, or does by itself: rustc and
 * configure scripts say these. Facts: ld(1), usr/src/cmd/sgs/libld/common/args.c.
 */
static const struct {
	const char *word, *instead;
} linker_words[] = {
    {"ignore", "-Wl,--as-needed"},
    {"record", "-Wl,--no-as-needed"},
    {"allextract", "-Wl,--whole-archive"},
    {"defaultextract", "-Wl,--no-whole-archive"},
    {"weakextract", "-Wl,--no-whole-archive"},
    {"textoff", "-Wl,-z,notext"},
    {"textwarn", "-Wl,-z,notext"},
    {"rescan", NULL},
    {"rescan-start", NULL},
    {"rescan-end", NULL},
    {"direct", NULL},
    {"nodirect", NULL},
    {"lazyload", NULL},
    {"nolazyload", NULL},
};

/* The arguments, with -z WORD and -Wl,-z,WORD of the list in the words of the linker that links. */
static void add_arguments(struct words *w, char **argv)
{
	for (char **a = argv; *a != NULL; a++) {
		bool two = strcmp(*a, "-z") == 0 && a[1] != NULL;
		const char *word = two ? a[1] : strncmp(*a, "-Wl,-z,", 7) == 0 ? *a + 7 : "";
		size_t i = 0;

		while (i < ARRAY_LEN(linker_words) && strcmp(word, linker_words[i].word) != 0)
			i++;
		if (i == ARRAY_LEN(linker_words)) {
			add(w, *a);
			continue;
		}
		if (linker_words[i].instead != NULL)
			add(w, linker_words[i].instead);
		a += two;
	}
}

/*
 * clang's own Solaris driver wants the linker of a Solaris; so it is told of a Linux, whose driver
 * links with lld, and by its predefined names of an illumos.
 */
static int illumos(struct words *w, char **argv)
{
	CLEAN_FREE char *linker = find_part("FBIRD_ILLUMOS_LIBRARIES", "illumos/ld.so.1");
	CLEAN_FREE char *headers = NULL;
	bool bare = has_option(argv, "-nostdlib");
	char *slash;

	if (has_option(argv, "-static"))
		return fail(CLI_USAGE, "cannot link statically for illumos: its libc is a shared "
				       "library only; leave -static out");
	if (is_cplusplus(argv))
		return fail(CLI_USAGE,
			    "cannot make C++ programs for illumos: there is no library of C++ for "
			    "it here; fbird cc compiles C");
	if (linker == NULL)
		return CLI_FAILED;
	slash = strrchr(linker, '/');
	*slash = '\0';
	headers = illumos_headers(linker);
	if (headers == NULL)
		return CLI_FAILED;
	ADD(w, "--target=x86_64-unknown-linux-gnu", "-U__linux__", "-U__linux", "-Ulinux",
	    "-U__gnu_linux__", "-D__sun=1", "-D__sun__=1", "-Dsun=1", "-D__svr4__=1", "-D__SVR4=1",
	    "-D__illumos__=1", "-fno-stack-protector", "--start-no-unused-arguments",
	    "-nostdlibinc", "--end-no-unused-arguments");
	add_joined(w, "-isystem", headers, "");
	add_arguments(w, argv);
	if (only_compiles(argv))
		return CLI_OK;
	ADD(w, "-fuse-ld=lld", "-nostdlib", "-Wl,--dynamic-linker=/lib/amd64/ld.so.1",
	    "-Wl,--hash-style=both", "-Wl,-z,now", "-Wl,--allow-shlib-undefined");
	if (bare)
		return CLI_OK;
	if (!has_option(argv, "-shared"))
		add_joined(w, "", linker, "/crt1.o");
	add_joined(w, "-L", linker, "");
	ADD(w, "-Wl,--as-needed", "-lgcc_s", "-Wl,--no-as-needed", "-lc");
	return CLI_OK;
}

static int freebsd(struct words *w, char **argv)
{
	CLEAN_FREE char *store = store_path();
	CLEAN_FREE char *name = store != NULL ? root_default(store, "freebsd") : NULL;
	CLEAN_FREE char *tree = NULL;
	CLEAN_FREE char *probe = NULL;

	ADD(w, "--target=x86_64-unknown-freebsd14", "-fuse-ld=lld");
	if (name != NULL)
		tree = format_string("%s/%s/tree", store, name);
	if (tree != NULL)
		probe = format_string("%s/usr/include/sys/types.h", tree);
	if (probe != NULL && is_file(probe))
		add_joined(w, "--sysroot=", tree, "");
	else if (!has_option(argv, "-nostdlib") && !has_option(argv, "-ffreestanding"))
		return fail(
		    CLI_FAILED,
		    "cannot make programs for FreeBSD: no root has its headers; 'fbird root "
		    "fetch freebsd:14.3' gets one, or -ffreestanding -nostdlib does without");
	for (char **a = argv; *a != NULL; a++)
		add(w, *a);
	return CLI_OK;
}

static int cc_main(int argc, char **argv)
{
	const char *clang = getenv("FBIRD_CLANG"), *target = NULL;
	struct words w = {0};
	int status;

	if (argc > 2 && strcmp(argv[1], "--target") == 0) {
		target = argv[2];
		argv += 3;
	} else if (argc > 1 && strncmp(argv[1], "--target=", 9) == 0) {
		target = argv[1] + 9;
		argv += 2;
	}
	if (target == NULL)
		return fail(CLI_USAGE,
			    "no target given; 'fbird cc --target illumos FILE.c' makes a "
			    "program for illumos");
	if (strcmp(target, "illumos") != 0 && strcmp(target, "freebsd") != 0)
		return fail(CLI_USAGE, "no target is called '%s'; there are illumos and freebsd",
			    target);
	if (clang == NULL || *clang == '\0')
		clang = "clang";
	add(&w, clang);
	status = strcmp(target, "illumos") == 0 ? illumos(&w, argv) : freebsd(&w, argv);
	if (status == CLI_OK) {
		execvp(clang, w.v);
		status = fail(CLI_FAILED,
			      "cannot execute %s: %s; install clang and lld, or set FBIRD_CLANG",
			      clang, strerror(errno));
	}
	drop_words(&w);
	return status;
}

const struct command command_cc = {
    .name = "cc",
    .summary = "compile a C program for illumos or FreeBSD",
    .help =
	"usage: fbird cc --target SYSTEM [clang's arguments]\n"
	"\n"
	"Executes clang with what it takes to make a program for another system.\n"
	"\n"
	"  --target SYSTEM  'illumos', with FeuerBird's own headers and libraries (C, and shared\n"
	"                   libraries only), or 'freebsd', with those of the default root\n"
	"\n"
	"FBIRD_CLANG names another clang; linking takes lld. Exit status: clang's, 2 when asked\n"
	"for what cannot be, 1 when something lacks.\n",
    .main = cc_main,
};
