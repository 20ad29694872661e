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

#include "cli/import/image.h"
#include "cli/import/tape.h"
#include "cli/import/import.h"
#include "cli/import/unpack.h"
#include "cli/store.h"

#define LIMIT_MIB  (32 << 10)
#define LAST_BLOCK (1LL << 32) /* that an image's file system may begin at */

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
	const char *personality; /* what the source itself says; NULL: nothing */
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

static struct image_options image_options(const struct import_options *o, int64_t start,
					  const char *into)
{
	/* Until the Sixth Edition no file had tables of tables. */
	bool early = o->personality != NULL && strcmp(o->personality, "v5") == 0;

	return (struct image_options){
	    .start = start, .salvage = o->salvage, .no_double = early, .into = into};
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

static int mount_one(const struct import_options *o, const struct import_mount *mount,
		     struct unpack *u)
{
	struct image_options io = image_options(o, mount->start, mount->into);
	const char *personality;

	if (tape_files(mount->fd) > 0)
		return tape_import(&io, u, mount->fd, mount->path, &personality);
	if (image_is(mount->fd, &io, &personality))
		return unpack_image(u, mount->fd, &io, mount->path);
	if (mount->start < 0 && tp_is(mount->fd))
		return tp_unpack(u, mount->fd, mount->into, o->salvage, mount->path);
	return fail(CLI_FAILED, "cannot import %s: it holds no file system that is known%s",
		    mount->path, mount->start >= 0 ? " at that block" : "");
}

/* An image, tape or archive of tp: the root itself. false: it is none. */
static bool from_image(const struct import_options *o, struct making *m, struct unpack *u, int fd,
		       const char *path, int *status)
{
	struct image_options io = image_options(o, o->start, "");

	if (tape_files(fd) > 0) {
		*status = tape_import(&io, u, fd, path, &m->personality);
		if (*status == CLI_OK && o->mount_count == 0)
			tape_tell_others(fd, (int)io.start, path);
	} else if (image_is(fd, &io, &m->personality)) {
		*status = unpack_image(u, fd, &io, path);
		if (*status == CLI_OK && o->mount_count == 0)
			image_tell_others(fd, io.start, path);
	} else if (o->start < 0 && tp_is(fd)) {
		*status = tp_unpack(u, fd, "", o->salvage, path);
	} else {
		return false;
	}
	return true;
}

static int from_file(const struct import_options *o, struct making *m, struct unpack *u, int fd,
		     const char *path)
{
	bool asked = o->start >= 0 || o->salvage || o->mount_count > 0;
	int status;

	if (from_image(o, m, u, fd, path, &status)) {
		for (int i = 0; status == CLI_OK && i < o->mount_count; i++)
			status = mount_one(o, &o->mounts[i], u);
		return status;
	}
	if (asked)
		return fail(CLI_FAILED, "cannot import %s: it holds no file system that is known%s",
			    path, o->start >= 0 ? " at that block" : "");
	status = unpack_archive(u, fd, path);
	if (status == CLI_OK && oci_is_layout(u->tree))
		status = from_layout(u, m, path);
	return status;
}

static int fill(const struct import_options *o, struct making *m, struct unpack *u,
		const char *path)
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
	return S_ISDIR(st.st_mode) ? from_directory(u, real, store) : from_file(o, m, u, fd, path);
}

static char *now_text(void)
{
	time_t now = time(NULL);
	struct tm tm;
	char text[32];

	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
	return format_string("%s", text);
}

/* File systems are of more than one system each, among which the tree's shell may decide. */
static bool shell_decides(const char *kind, const char *shell)
{
	static const char *const of_one_kind[][3] = {
	    {"v6", "v5", "pwb"},
	    {"v7", "sysv-pdp11", "bsd29"},
	};

	for (size_t i = 0; shell != NULL && i < ARRAY_LEN(of_one_kind); i++)
		if (strcmp(kind, of_one_kind[i][0]) == 0)
			return strcmp(shell, of_one_kind[i][1]) == 0 ||
			       strcmp(shell, of_one_kind[i][2]) == 0;
	return false;
}

static int describe(const struct import_options *o, const struct making *m, const char *source,
		    struct root_info *info)
{
	CLEAN_FD int tree = open(m->tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const char *told = o->personality;
	struct stat st;

	if (tree < 0 || fstat(tree, &st) != 0)
		return fail(CLI_FAILED, "cannot enter %s: %s", m->tree, strerror(errno));
	detect_root(tree, &info->personality, &info->version);
	if (told == NULL && m->personality != NULL &&
	    !shell_decides(m->personality, info->personality))
		told = m->personality;
	if (told != NULL) {
		free(info->personality);
		info->personality = format_string("%s", told);
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
		status = fill(o, &m, &u, path);
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

static bool number_of(const char *text, int64_t most, int64_t *value)
{
	char *end;

	errno = 0;
	*value = strtol(text, &end, 10);
	return errno == 0 && end != text && *end == '\0' && *value >= 0 && *value <= most;
}

/* IMAGE:DIRECTORY or IMAGE@BLOCK:DIRECTORY, of which the parts are made strings. */
static int parse_mount(struct import_options *o, char *text)
{
	struct import_mount *mount = &o->mounts[o->mount_count];
	char *colon = strrchr(text, ':'), *at;

	if (o->mount_count == IMPORT_MOUNTS)
		return fail(CLI_USAGE, "more than %d times '--mount'", IMPORT_MOUNTS);
	if (colon == NULL || colon == text || colon[1 + strspn(colon + 1, "/")] == '\0')
		return fail(CLI_USAGE, "'--mount %s' is not of the form IMAGE[@BLOCK]:DIRECTORY",
			    text);
	*colon = '\0';
	at = strrchr(text, '@');
	mount->start = -1;
	if (at != NULL && number_of(at + 1, LAST_BLOCK, &mount->start))
		*at = '\0';
	else
		mount->start = -1;
	mount->path = text;
	mount->fd = open(text, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	mount->into = colon + 1 + strspn(colon + 1, "/");
	if (mount->fd < 0)
		return fail(CLI_FAILED, "cannot import %s: %s", text, strerror(errno));
	o->mount_count++;
	return CLI_OK;
}

static int parse(int argc, char **argv, struct import_options *o, const char **base)
{
	static const struct option long_options[] = {
	    {"personality", required_argument, NULL, 'p'}, {"devices", no_argument, NULL, 'd'},
	    {"default", no_argument, NULL, 'D'},	   {"limit", required_argument, NULL, 'l'},
	    {"from", required_argument, NULL, 'f'},	   {"name", required_argument, NULL, 'n'},
	    {"offset", required_argument, NULL, 'o'},	   {"mount", required_argument, NULL, 'm'},
	    {"salvage", no_argument, NULL, 's'},	   {0},
	};
	int answer, status;

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
			if (!number_of(optarg, INT64_MAX >> 20, &o->limit) || o->limit < 1)
				return fail(CLI_USAGE, "'--limit %s' is no number of MiB", optarg);
			break;
		case 'f':
			*base = optarg;
			break;
		case 'n':
			o->name = optarg;
			break;
		case 'o':
			if (!number_of(optarg, LAST_BLOCK, &o->start))
				return fail(CLI_USAGE, "'--offset %s' is no number of a block",
					    optarg);
			break;
		case 'm':
			status = parse_mount(o, optarg);
			if (status != CLI_OK)
				return status;
			break;
		case 's':
			o->salvage = true;
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
	struct import_options o = {.limit = LIMIT_MIB, .start = -1};
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
