/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/main.c: fbird-root, which `fbird root add` and `fbird root fetch` become.
 *
 * A root is made under a name that is none (a dot comes first), described, and renamed: until
 * then nobody sees it, and what is left of an import that was killed is swept up by the next.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

#include "cli/import/import.h"
#include "cli/import/unpack.h"
#include "cli/store.h"

#define LIMIT_MIB (32 << 10)

/* ---- where it is made ------------------------------------------------------------------- */

int make_folders(const char *path)
{
	CLEAN_FREE char *copy = format_string("%s", path);

	for (char *p = copy + 1;; p++) {
		char c = *p;

		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (mkdir(copy, 0755) != 0 && errno != EEXIST)
			return fail(CLI_FAILED, "cannot make the folder %s: %s", copy,
				    strerror(errno));
		*p = c;
		if (c == '\0')
			return CLI_OK;
	}
}

/* Imports that were killed leave their folder behind, with no lock on it. */
static void sweep(const char *store)
{
	DIR *dir = opendir(store);
	const struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		CLEAN_FREE char *path = format_string("%s/%s", store, entry->d_name);
		CLEAN_FD int fd = -1;

		if (strncmp(entry->d_name, ".new-", 5) != 0 &&
		    strncmp(entry->d_name, ".gone-", 6) != 0)
			continue;
		fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
			remove_tree(path);
	}
	if (dir != NULL)
		closedir(dir);
}

struct making {
	char *store, *dir, *tree;
	int lock; /* held while the folder is ours; who finds it free may sweep it away */
};

static int name_taken(const char *name)
{
	return fail(CLI_FAILED, "there is a root '%s' already; 'fbird root remove %s' first", name,
		    name);
}

static int making_start(struct making *m, const char *name)
{
	CLEAN_FREE char *place = NULL;

	m->store = store_path();
	m->lock = -1;
	if (m->store == NULL || make_folders(m->store) != CLI_OK)
		return CLI_FAILED;
	place = format_string("%s/%s", m->store, name);
	if (access(place, F_OK) == 0)
		return name_taken(name);
	sweep(m->store);
	m->dir = format_string("%s/.new-%s-%d", m->store, name, (int)getpid());
	m->tree = format_string("%s/tree", m->dir);
	if (mkdir(m->dir, 0755) == 0)
		m->lock = open(m->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (m->lock < 0 || flock(m->lock, LOCK_EX) != 0 || mkdir(m->tree, 0755) != 0)
		return fail(CLI_FAILED, "cannot make the folder %s: %s", m->tree, strerror(errno));
	return CLI_OK;
}

static void making_end(struct making *m)
{
	if (m->dir != NULL)
		remove_tree(m->dir);
	if (m->lock >= 0)
		close(m->lock);
	free(m->store);
	free(m->dir);
	free(m->tree);
}

static int take_name(const struct making *m, const char *name)
{
	CLEAN_FREE char *place = format_string("%s/%s", m->store, name);

	if (renameat2(AT_FDCWD, m->dir, AT_FDCWD, place, RENAME_NOREPLACE) == 0)
		return CLI_OK;
	if (errno == EEXIST)
		return name_taken(name);
	return fail(CLI_FAILED, "cannot give the root its name %s: %s", place, strerror(errno));
}

/* ---- what it is made of ----------------------------------------------------------------- */

/* An archive of a layout was unpacked as if it were a root: its layers are the root. */
static int from_layout(struct unpack *u, struct making *m, const char *name)
{
	CLEAN_FREE char *layout = format_string("%s/layout", m->dir);
	CLEAN_FD int dir = -1;
	struct unpack next = {.tree = -1, .devices = u->devices, .limit = u->limit};
	int status;

	if (rename(m->tree, layout) != 0 || mkdir(m->tree, 0755) != 0)
		return fail(CLI_FAILED, "cannot make the folder %s: %s", m->tree, strerror(errno));
	dir = open(layout, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	status = unpack_start(&next, m->tree);
	if (status == CLI_OK)
		status = oci_import(dir, &next, name);
	u->skipped_devices = next.skipped_devices;
	if (unpack_end(&next) != CLI_OK && status == CLI_OK)
		status = CLI_FAILED;
	remove_tree(layout);
	return status;
}

static int from_directory(struct unpack *u, const char *path, const char *store)
{
	CLEAN_FD int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	size_t n = strlen(path);

	if (dir < 0)
		return fail(CLI_FAILED, "cannot import %s: %s", path, strerror(errno));
	if (oci_is_layout(dir))
		return oci_import(dir, u, path);
	if (strncmp(store, path, n) == 0 && (store[n] == '/' || store[n] == '\0' || n == 1))
		return fail(CLI_FAILED,
			    "cannot import %s: the roots themselves are in it, in %s; FBIRD_ROOTS "
			    "can name another place",
			    path, store);
	return unpack_directory(u, path);
}

static int fill(struct making *m, struct unpack *u, const char *path)
{
	CLEAN_FREE char *real = realpath(path, NULL);
	CLEAN_FREE char *store = realpath(m->store, NULL);
	CLEAN_FD int fd = real != NULL ? open(real, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
	struct stat st;
	int status;

	if (fd < 0 || fstat(fd, &st) != 0 || store == NULL)
		return fail(CLI_FAILED, "cannot import %s: %s", path, strerror(errno));
	if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
		return fail(CLI_FAILED, "cannot import %s: it is no directory and no file", path);
	status = unpack_start(u, m->tree);
	if (status != CLI_OK)
		return status;
	if (S_ISDIR(st.st_mode))
		return from_directory(u, real, store);
	status = unpack_archive(u, fd, path);
	if (status == CLI_OK && oci_is_layout(u->tree))
		status = from_layout(u, m, path);
	return status;
}

static char *now_text(void)
{
	time_t now = time(NULL);
	struct tm tm;
	char text[32];

	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
	return format_string("%s", text);
}

static int describe(const struct import_options *o, const struct making *m, const char *source,
		    struct root_info *info)
{
	CLEAN_FD int tree = open(m->tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	if (tree < 0 || fstat(tree, &st) != 0)
		return fail(CLI_FAILED, "cannot enter %s: %s", m->tree, strerror(errno));
	detect_root(tree, &info->personality, &info->version);
	if (o->personality != NULL) {
		free(info->personality);
		info->personality = format_string("%s", o->personality);
	}
	if (info->personality == NULL)
		return fail(CLI_FAILED,
			    "cannot tell what system %s holds: no dynamic linker and no shell that "
			    "says so; name it with --personality",
			    source);
	info->source = format_string("%s", source);
	info->imported = now_text();
	return root_describe(m->dir, info);
}

static void say(const struct import_options *o, const struct root_info *info,
		const struct unpack *u, bool is_default)
{
	printf("%s: %s%s%s%s\n", o->name, info->personality, *info->version != '\0' ? " " : "",
	       info->version, is_default ? ", the default for its system" : "");
	fflush(stdout);
	if (u->skipped_devices > 0)
		fprintf(stderr,
			"fbird: left out %llu device nodes; a program sees those of this machine\n",
			(unsigned long long)u->skipped_devices);
	if (u->skipped_unreadable > 0)
		fprintf(stderr, "fbird: left out %llu files that may not be read\n",
			(unsigned long long)u->skipped_unreadable);
}

int import_root(const struct import_options *o, const char *path, const char *source)
{
	struct root_info info CLEAN_ROOT = {0};
	struct unpack u = {.tree = -1, .devices = o->devices, .limit = o->limit};
	struct making m = {.lock = -1};
	int status = making_start(&m, o->name);

	if (status == CLI_OK && m.tree != NULL)
		status = fill(&m, &u, path);
	if (unpack_end(&u) != CLI_OK && status == CLI_OK)
		status = CLI_FAILED;
	if (status == CLI_OK && m.tree != NULL)
		status = describe(o, &m, source, &info);
	if (status == CLI_OK)
		status = take_name(&m, o->name);
	if (status == CLI_OK && info.version != NULL) {
		CLEAN_FREE char *old = root_default(m.store, info.personality);
		bool first = o->make_default || old == NULL;

		if (first)
			status = root_set_default(m.store, info.personality, o->name);
		say(o, &info, &u, first);
	}
	making_end(&m);
	return status;
}

/* ---- the command line ------------------------------------------------------------------- */

static int parse(int argc, char **argv, struct import_options *o, const char **base)
{
	static const struct option long_options[] = {
	    {"personality", required_argument, NULL, 'p'},
	    {"devices", no_argument, NULL, 'd'},
	    {"default", no_argument, NULL, 'D'},
	    {"limit", required_argument, NULL, 'l'},
	    {"from", required_argument, NULL, 'f'},
	    {"name", required_argument, NULL, 'n'},
	    {0},
	};
	char *end;
	int answer;

	while ((answer = getopt_long(argc, argv, ":", long_options, NULL)) != -1) {
		switch (answer) {
		case 'p':
			o->personality = optarg;
			break;
		case 'd':
			o->devices = true;
			break;
		case 'D':
			o->make_default = true;
			break;
		case 'l':
			errno = 0;
			o->limit = strtol(optarg, &end, 10);
			if (errno != 0 || *end != '\0' || o->limit < 1 ||
			    o->limit > INT64_MAX >> 20)
				return fail(CLI_USAGE, "'--limit %s' is no number of MiB", optarg);
			break;
		case 'f':
			*base = optarg;
			break;
		case 'n':
			o->name = optarg;
			break;
		default:
			return fail_option(CLI_USAGE, "root", answer, argv);
		}
	}
	o->limit <<= 20;
	if (o->devices && geteuid() != 0)
		return fail(CLI_USAGE, "--devices takes the rights of root: a user cannot make "
				       "device nodes");
	if (o->personality != NULL && !root_name_ok(o->personality))
		return fail(CLI_USAGE, "'--personality %s' is the name of no system",
			    o->personality);
	return CLI_OK;
}

int main(int argc, char **argv)
{
	struct import_options o = {.limit = LIMIT_MIB};
	const char *base = NULL;
	bool adding = argc > 1 && strcmp(argv[1], "add") == 0;
	int status;

	if (!adding && (argc < 2 || strcmp(argv[1], "fetch") != 0))
		return fail(CLI_USAGE, "fbird-root is a part of fbird; use 'fbird root'");
	argc--;
	argv++;
	status = parse(argc, argv, &o, &base);
	if (status != CLI_OK)
		return status;
	if (argc - optind != (adding ? 2 : 1))
		return fail(CLI_USAGE, "the form is 'fbird root %s'",
			    adding ? "add NAME SOURCE" : "fetch SYSTEM:VERSION");
	if (adding)
		o.name = argv[optind];
	if (o.name != NULL && !root_name_ok(o.name))
		return fail(CLI_USAGE,
			    "a root cannot be called '%s'; letters, digits and '._-' make a name",
			    o.name);
	return adding ? import_root(&o, argv[optind + 1], argv[optind + 1])
		      : fetch_root(&o, argv[optind], base);
}
