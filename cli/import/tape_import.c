/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/tape_import.c: the files of a tape as sources of a root. Distributions began with
 * something to boot from, so the first file that is anything known is the root; the others are
 * told.
 */
#include <stdio.h>
#include <unistd.h>

#include "cli/import/image.h"
#include "cli/import/import.h"
#include "cli/import/tape.h"
#include "cli/import/unpack.h"

enum content { NOTHING, IMAGE, TP, ARCHIVE };

static enum content content_of(int fd, struct image_options *o, const char **personality)
{
	*personality = NULL;
	if (image_is(fd, o, personality))
		return IMAGE;
	if (tp_is(fd))
		return TP;
	return tape_is_archive(fd) ? ARCHIVE : NOTHING;
}

static int unpack_file(const struct image_options *o, struct unpack *u, int fd,
		       enum content content, const char *name)
{
	int status;

	if (content == IMAGE)
		return unpack_image(u, fd, o, name);
	if (content == TP)
		return tp_unpack(u, fd, o->into, o->salvage, name);
	u->into = *o->into != '\0' ? o->into : NULL;
	status = unpack_archive(u, fd, name);
	u->into = NULL;
	return status;
}

int tape_import(struct image_options *o, struct unpack *u, int fd, const char *name,
		const char **personality)
{
	int files = tape_files(fd), first = o->start >= 0 ? (int)MIN(o->start, files) : 0;

	for (int i = first; i < (o->start >= 0 ? MIN(first + 1, files) : files); i++) {
		CLEAN_FD int file = tape_file(fd, i, name);
		CLEAN_FREE char *title = format_string("%s (file %d)", name, i);
		struct image_options io = *o;
		enum content content;

		if (file < 0)
			return CLI_FAILED;
		io.start = -1;
		content = content_of(file, &io, personality);
		if (content == NOTHING)
			continue;
		o->start = i;
		return unpack_file(&io, u, file, content, title);
	}
	if (o->start >= 0)
		return fail(CLI_FAILED,
			    "cannot import %s: its file %lld holds nothing that is known", name,
			    (long long)o->start);
	return fail(CLI_FAILED,
		    "cannot import %s: no file of the tape holds anything that is known", name);
}

void tape_tell_others(int fd, int known, const char *name)
{
	static const char *const what[] = {
	    [IMAGE] = "a file system", [TP] = "an archive of tp", [ARCHIVE] = "an archive"};

	for (int i = 0, files = tape_files(fd); i < files; i++) {
		struct image_options io = {.start = -1, .into = ""};
		CLEAN_FD int file = i != known ? tape_file(fd, i, name) : -1;
		const char *personality;
		enum content content = file >= 0 ? content_of(file, &io, &personality) : NOTHING;

		if (content != NOTHING)
			fprintf(stderr,
				"fbird: file %d of the tape %s holds %s, too; '--mount "
				"%s@%d:/DIRECTORY' adds it\n",
				i, name, what[content], name, i);
	}
}
