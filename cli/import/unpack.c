/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/unpack.c: fills one tree from archives or a directory, through libarchive.
 *
 * An archive is hostile until shown otherwise. No name in it reaches the file system as it
 * stands: its parent directory is looked up with the tree as "/" (openat2) and what is
 * written is that directory's own name, free of links, with the last part behind it. So a
 * link made by an earlier entry leads where it leads in the finished root, which is what
 * layers of images rely on, and never out of it. Names that are absolute or hold ".." are
 * refused with the whole archive. libarchive's own guards are on besides.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/import/import.h"
#include "cli/import/plain.h"
#include "cli/import/unpack.h"
#include "cli/inside.h"
#include "cli/store.h"

#define WHITEOUT  ".wh."
#define OPAQUE	  ".wh..wh..opq"
#define DIRECTORY (O_PATH | O_DIRECTORY)

#define CLEAN_PLAIN __attribute__((cleanup(plain_end)))

int unpack_start(struct unpack *u, const char *dir)
{
	int how = ARCHIVE_EXTRACT_PERM | ARCHIVE_EXTRACT_TIME | ARCHIVE_EXTRACT_UNLINK |
		  ARCHIVE_EXTRACT_SECURE_NODOTDOT | ARCHIVE_EXTRACT_SECURE_SYMLINKS |
		  ARCHIVE_EXTRACT_SECURE_NOABSOLUTEPATHS;

	u->tree = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (u->tree < 0 || fchdir(u->tree) != 0)
		return fail(CLI_FAILED, "cannot enter %s: %s", dir, strerror(errno));
	u->real = realpath(".", NULL);
	u->disk = archive_write_disk_new();
	if (u->disk == NULL || u->real == NULL)
		return fail(CLI_FAILED, "out of memory, unpacking into %s", dir);
	archive_write_disk_set_options(u->disk, how | (geteuid() == 0 ? ARCHIVE_EXTRACT_OWNER : 0));
	return CLI_OK;
}

int unpack_end(struct unpack *u)
{
	int status = CLI_OK;

	/* Closing gives directories their modes and times. */
	if (u->disk != NULL && archive_write_close(u->disk) < ARCHIVE_WARN)
		status = fail(CLI_FAILED, "cannot finish the directories of the root: %s",
			      archive_error_string(u->disk));
	archive_write_free(u->disk);
	free(u->real);
	free(u->parent);
	free(u->parent_real);
	if (u->tree >= 0)
		close(u->tree);
	return status;
}

/* ---- names ------------------------------------------------------------------------------ */

static bool leads_out(const char *path)
{
	if (*path == '/')
		return true;
	for (const char *p = path; p != NULL; p = strchr(p, '/')) {
		p += *p == '/';
		if (p[0] == '.' && p[1] == '.' && (p[2] == '/' || p[2] == '\0'))
			return true;
	}
	return false;
}

/* The directory of that name inside the tree, made where it is missing. */
static int open_directory(const struct unpack *u, char *path, bool make)
{
	int fd = open_inside(u->tree, path, DIRECTORY);

	for (char *p = path; fd < 0 && errno == ENOENT && make && p != NULL;) {
		CLEAN_FD int parent = -1;
		char *name = p, *slash = strchr(p, '/');

		if (slash != NULL)
			*slash = '\0';
		fd = open_inside(u->tree, path, DIRECTORY);
		if (fd < 0 && errno == ENOENT) {
			char kept = *name;

			*name = '\0';
			parent = open_inside(u->tree, *path != '\0' ? path : ".", DIRECTORY);
			*name = kept;
			if (parent < 0 || mkdirat(parent, name, 0755) != 0)
				return -1;
			fd = open_inside(u->tree, path, DIRECTORY);
		}
		if (slash == NULL)
			return fd;
		*slash = '/';
		if (fd < 0)
			return -1;
		close(fd);
		fd = -1;
		errno = ENOENT;
		p = slash + 1;
	}
	return fd;
}

/* Looks u->parent up; the last one is remembered because files come directory by directory. */
static int find_parent(struct unpack *u, const char *path, size_t n, bool make)
{
	char self[32], real[PATH_MAX];
	CLEAN_FD int fd = -1;
	size_t above = strlen(u->real);
	ssize_t got;

	if (u->parent_real != NULL && strlen(u->parent) == n && memcmp(u->parent, path, n) == 0)
		return 0;
	free(u->parent);
	free(u->parent_real);
	u->parent_real = NULL;
	u->parent = format_string("%.*s", (int)n, path);
	if (n >= PATH_MAX)
		return ENAMETOOLONG;
	fd = open_directory(u, n != 0 ? u->parent : (char[]){"."}, make);
	if (fd < 0)
		return errno;
	snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	got = readlink(self, real, sizeof(real) - 1);
	if (got < 0)
		return errno;
	real[got] = '\0';
	if (strncmp(real, u->real, above) != 0 || (real[above] != '/' && real[above] != '\0'))
		return EXDEV;
	u->parent_real = format_string("%s%s", real + above + (real[above] == '/'),
				       real[above] == '/' ? "/" : "");
	return 0;
}

/*
 * Where a name of an archive leads in the tree: relative, no links, no "..", NULL for the root
 * itself. A status after a sentence when it would lead out.
 */
static int place_of(struct unpack *u, const char *path, const char *name, bool make, char **place)
{
	CLEAN_FREE char *copy = NULL;
	char *last;
	size_t n;
	int error;

	*place = NULL;
	if (path == NULL || *path == '\0' || leads_out(path))
		return fail(CLI_FAILED,
			    "cannot import %s: its entry '%.200s' would lead out of the root", name,
			    path != NULL ? path : "");
	copy = format_string("%s", path);
	for (n = strlen(copy); n > 0 && (copy[n - 1] == '/' ||
					 (copy[n - 1] == '.' && (n == 1 || copy[n - 2] == '/')));)
		copy[--n] = '\0';
	if (n == 0)
		return CLI_OK; /* the root itself */
	last = strrchr(copy, '/');
	last = last != NULL ? last + 1 : copy;
	error = find_parent(u, copy, (size_t)(last - copy), make);
	if (error != 0)
		return fail(CLI_FAILED, "cannot import %s: the directory of its entry '%.200s': %s",
			    name, path,
			    error == EEXIST ? "a link to nowhere is in its way" : strerror(error));
	*place = format_string("%s%s", u->parent_real, last);
	return CLI_OK;
}

/* ---- entries ---------------------------------------------------------------------------- */

static int because(const char *name, const char *path, const char *why)
{
	return fail(CLI_FAILED, "cannot import %s: %s%s%s", name, path != NULL ? path : "",
		    path != NULL ? ": " : "", why != NULL ? why : "no reason given");
}

/* Where the entry came from cannot be read, or the disk does not take it. */
static int no_entry(struct unpack *u, struct archive *a, const char *name, const char *path)
{
	bool packed = u->plain.tar != NULL && u->plain.tar == a;

	return because(name, path, packed ? plain_error(&u->plain) : archive_error_string(a));
}

static int next_of_archive(void *from, const void **block, size_t *size, int64_t *offset)
{
	la_int64_t at;
	int r = archive_read_data_block(from, block, size, &at);

	*offset = at;
	return r;
}

static int copy_content(struct unpack *u, const struct unpack_content *c, const char *name,
			const char *path)
{
	const void *block;
	size_t size;
	int64_t offset;
	int r;

	while ((r = c->next(c->from, &block, &size, &offset)) >= ARCHIVE_WARN) {
		if (r == ARCHIVE_EOF)
			return CLI_OK;
		u->written += (int64_t)size;
		if (u->written > u->limit)
			return fail(CLI_FAILED,
				    "cannot import %s: it holds more than %lld MiB; 'root add "
				    "--limit MIB' allows more",
				    name, (long long)(u->limit >> 20));
		if (archive_write_data_block(u->disk, block, size, offset) < ARCHIVE_WARN)
			return no_entry(u, u->disk, name, path);
	}
	return c->error != NULL ? because(name, path, c->error(c->from))
				: no_entry(u, c->from, name, path);
}

/* Some kinds of file have no place in a root, or not without privilege. */
static bool wanted(struct unpack *u, const struct archive_entry *e)
{
	switch (archive_entry_filetype((struct archive_entry *)e)) {
	case AE_IFCHR:
	case AE_IFBLK:
		if (u->devices)
			return true;
		u->skipped_devices++;
		return false;
	case AE_IFSOCK:
		return false;
	default:
		return true;
	}
}

/* An upper layer's file takes the place of a lower one's directory with all that is in it. */
static int make_way(const struct unpack *u, struct archive_entry *e, const char *name,
		    const char *path)
{
	struct stat st;
	int error;

	if (!u->layers || archive_entry_filetype(e) == AE_IFDIR || lstat(path, &st) != 0 ||
	    !S_ISDIR(st.st_mode))
		return CLI_OK;
	error = remove_tree(path);
	if (error != 0)
		return fail(CLI_FAILED, "cannot import %s: the directory %s stays: %s", name, path,
			    strerror(error));
	return CLI_OK;
}

int unpack_entry(struct unpack *u, struct archive *from, struct archive_entry *e, const char *name)
{
	return unpack_made(u, &(struct unpack_content){.next = next_of_archive, .from = from}, e,
			   name);
}

int unpack_made(struct unpack *u, const struct unpack_content *c, struct archive_entry *e,
		const char *name)
{
	CLEAN_FREE char *path = NULL, *target = NULL;
	const char *link = archive_entry_hardlink(e);
	int status;

	if (link == NULL && !wanted(u, e))
		return CLI_OK;
	status = place_of(u, archive_entry_pathname(e), name, true, &path);
	if (status != CLI_OK || path == NULL)
		return status;
	if (link != NULL) {
		status = place_of(u, link, name, false, &target);
		if (status != CLI_OK)
			return status;
		archive_entry_copy_hardlink(e, target != NULL ? target : ".");
	}
	archive_entry_copy_pathname(e, path);
	status = make_way(u, e, name, path);
	if (status != CLI_OK)
		return status;
	/* What was a directory may be a link from here on. */
	if (archive_entry_filetype(e) != AE_IFREG || link != NULL) {
		free(u->parent_real);
		u->parent_real = NULL;
	}
	if (archive_write_header(u->disk, e) < ARCHIVE_WARN)
		return no_entry(u, u->disk, name, path);
	/* Of cpio every name of a file may have its content with it. */
	if (archive_entry_filetype(e) == AE_IFREG &&
	    (archive_entry_size_is_set(e) ? archive_entry_size(e) > 0 : link == NULL)) {
		status = copy_content(u, c, name, path);
		if (status != CLI_OK)
			return status;
	}
	if (archive_write_finish_entry(u->disk) < ARCHIVE_WARN)
		return no_entry(u, u->disk, name, path);
	return CLI_OK;
}

/* ---- archives --------------------------------------------------------------------------- */

static bool is_whiteout(const char *path)
{
	const char *slash = path != NULL ? strrchr(path, '/') : NULL;

	return path != NULL &&
	       strncmp(slash != NULL ? slash + 1 : path, WHITEOUT, strlen(WHITEOUT)) == 0;
}

/* Puts an entry below the directory that the archive becomes. */
static void move_below(const char *into, struct archive_entry *e)
{
	const char *path = archive_entry_pathname(e), *link = archive_entry_hardlink(e);
	char *text;

	if (path != NULL) {
		text = format_string("%s/%s", into, path);
		archive_entry_copy_pathname(e, text);
		free(text);
	}
	if (link != NULL) {
		text = format_string("%s/%s", into, link);
		archive_entry_copy_hardlink(e, text);
		free(text);
	}
}

int unpack_archive(struct unpack *u, int fd, const char *name)
{
	struct plain *plain = &u->plain;
	struct archive_entry *e;
	struct progress bar;
	struct stat st;
	int r, status = CLI_OK;

	if (plain_start(plain, fd) != 0) {
		status = because(name, NULL, plain_error(plain));
		plain_end(plain);
		return status;
	}
	progress_start(&bar, name, fstat(fd, &st) == 0 ? st.st_size : 0);
	while (status == CLI_OK && (r = archive_read_next_header(plain->tar, &e)) != ARCHIVE_EOF) {
		if (r < ARCHIVE_WARN) {
			progress_end(&bar);
			status = no_entry(u, plain->tar, name, NULL);
			break;
		}
		progress_show(&bar, lseek(fd, 0, SEEK_CUR));
		if (u->into != NULL)
			move_below(u->into, e);
		if (!u->layers || !is_whiteout(archive_entry_pathname(e)))
			status = unpack_entry(u, plain->tar, e, name);
	}
	progress_end(&bar);
	plain_end(plain);
	return status;
}

/* Empties a directory that is a layer's opaque one. */
static int remove_children(const char *path)
{
	struct stat st;
	int error;

	if (lstat(path, &st) != 0)
		return errno == ENOENT ? 0 : errno;
	if (!S_ISDIR(st.st_mode))
		return 0;
	error = remove_tree(path);
	if (error == 0 && mkdir(path, st.st_mode & 07777) != 0)
		error = errno;
	return error;
}

static int remove_whited(struct unpack *u, const char *path, const char *name)
{
	CLEAN_FREE char *place = NULL;
	char *last;
	int status = place_of(u, path, name, true, &place);
	int error;

	if (status != CLI_OK || place == NULL)
		return status;
	last = strrchr(place, '/');
	if (strcmp(last != NULL ? last + 1 : place, OPAQUE) == 0) {
		if (last == NULL)
			return fail(CLI_FAILED,
				    "cannot import %s: a layer that hides the whole root", name);
		*last = '\0';
		error = remove_children(place);
	} else {
		char *target = last != NULL ? last + 1 : place;

		memmove(target, target + strlen(WHITEOUT), strlen(target + strlen(WHITEOUT)) + 1);
		if (*target == '\0' || strcmp(target, ".") == 0 || strcmp(target, "..") == 0)
			return fail(CLI_FAILED, "cannot import %s: a whiteout of nothing, '%.200s'",
				    name, path);
		error = remove_tree(place);
	}
	free(u->parent_real);
	u->parent_real = NULL;
	if (error != 0 && error != ENOENT)
		return fail(CLI_FAILED, "cannot import %s: the whiteout '%.200s': %s", name, path,
			    strerror(error));
	return CLI_OK;
}

int unpack_whiteouts(struct unpack *u, int fd, const char *name)
{
	struct plain plain CLEAN_PLAIN;
	struct archive_entry *e;
	int r, status = CLI_OK;

	if (plain_start(&plain, fd) != 0)
		return because(name, NULL, plain_error(&plain));
	while (status == CLI_OK && (r = archive_read_next_header(plain.tar, &e)) != ARCHIVE_EOF) {
		if (r < ARCHIVE_WARN)
			return because(name, NULL, plain_error(&plain));
		if (is_whiteout(archive_entry_pathname(e)))
			status = remove_whited(u, archive_entry_pathname(e), name);
	}
	return status;
}
