/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/copy.c: a directory as the source of a root: walked by libarchive, entry by
 * entry, and unpacked like an archive, with its hard links.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>

#include "cli/import/import.h"
#include "cli/import/unpack.h"

struct walk {
	struct unpack *u;
	const char *path;
	size_t length;
	struct archive *disk;
	struct archive_entry *entry;
	struct archive_entry_linkresolver *links;
};

static int walk_start(struct walk *w)
{
	w->disk = archive_read_disk_new();
	w->entry = archive_entry_new();
	w->links = archive_entry_linkresolver_new();
	if (w->disk == NULL || w->entry == NULL || w->links == NULL)
		return fail(CLI_FAILED, "out of memory, reading %s", w->path);
	archive_entry_linkresolver_set_strategy(w->links, ARCHIVE_FORMAT_TAR);
	archive_read_disk_set_symlink_physical(w->disk);
	archive_read_disk_set_behavior(w->disk, ARCHIVE_READDISK_NO_FFLAGS |
						    ARCHIVE_READDISK_NO_XATTR |
						    ARCHIVE_READDISK_NO_ACL);
	if (archive_read_disk_open(w->disk, w->path) != ARCHIVE_OK)
		return fail(CLI_FAILED, "cannot read %s: %s", w->path,
			    archive_error_string(w->disk));
	return CLI_OK;
}

/* What its owner keeps from us is left out and counted: a root seldom needs it. */
static bool readable(struct walk *w, const char *path)
{
	switch (archive_entry_filetype(w->entry)) {
	case AE_IFREG:
		break;
	case AE_IFDIR:
		if (access(path, R_OK | X_OK) != 0)
			w->u->skipped_unreadable++;
		return true;
	default:
		return true;
	}
	if (access(path, R_OK) == 0)
		return true;
	w->u->skipped_unreadable++;
	return false;
}

static int walk_entry(struct walk *w)
{
	const char *path = archive_entry_sourcepath(w->entry);
	struct archive_entry *spare = NULL;
	CLEAN_FREE char *inside = NULL;

	if (path == NULL || strncmp(path, w->path, w->length) != 0)
		return fail(CLI_FAILED, "cannot tell where in %s an entry is", w->path);
	path += w->length;
	path += strspn(path, "/");
	if (*path == '\0')
		return CLI_OK; /* the directory itself */
	if (!readable(w, archive_entry_sourcepath(w->entry)))
		return CLI_OK;
	inside = format_string("%s", path);
	archive_entry_copy_pathname(w->entry, inside);
	archive_entry_linkify(w->links, &w->entry, &spare);
	return unpack_entry(w->u, w->disk, w->entry, w->path);
}

static int walk_all(struct walk *w)
{
	struct progress bar;
	int64_t count = 0;
	int r, status = walk_start(w);

	progress_start(&bar, w->path, 0);
	while (status == CLI_OK) {
		archive_entry_clear(w->entry);
		r = archive_read_next_header2(w->disk, w->entry);
		if (r == ARCHIVE_EOF)
			break;
		if (r == ARCHIVE_FATAL) {
			status = fail(CLI_FAILED, "cannot read %s: %s", w->path,
				      archive_error_string(w->disk));
			break;
		}
		if (r < ARCHIVE_WARN)
			continue; /* went away, or may not be looked at: counted with its folder */
		archive_read_disk_descend(w->disk);
		status = walk_entry(w);
		if (++count % 64 == 0)
			progress_show(&bar, w->u->written);
	}
	progress_end(&bar);
	return status;
}

int unpack_directory(struct unpack *u, const char *path)
{
	struct walk w = {.u = u, .path = path, .length = strlen(path)};
	int status;

	if (w.length == 1) /* "/" */
		w.length = 0;
	status = walk_all(&w);
	archive_entry_linkresolver_free(w.links);
	archive_entry_free(w.entry);
	archive_read_free(w.disk);
	return status;
}
