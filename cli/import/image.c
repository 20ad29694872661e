/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/image.c: a disk image of an old UNIX system, unpacked as an archive is.
 *
 * oldfs.c reads it; every file goes through unpack.c, which keeps names inside the root. The
 * directories are visited one after the other, each once, whatever entries lead to it, so the
 * tree that comes out has an end. An inode's second name becomes a hard link. What makes no
 * sense stops the import, as a damaged archive does, unless the damage shall be left out.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/import/image.h"
#include "cli/import/import.h"
#include "cli/import/oldfs.h"
#include "cli/import/unpack.h"

#define SECTOR	  512
#define LINK_ROOM 1024 /* a symbolic link's text */

struct folder {
	struct folder *next;
	u32 number;
	char path[]; /* in the root; "" for the root itself */
};

struct image {
	struct unpack *u;
	const struct image_options *o;
	const char *name;
	struct oldfs fs;
	struct archive_entry *entry;
	struct folder *first, *last; /* to be visited */
	char **names;		     /* of the inodes met: the first of each */
	uint64_t damaged;
	struct progress bar;
	int64_t before; /* what had been written */
	/* The file that is being written. */
	struct oldfs_inode inode;
	u32 block; /* the next of it */
	const char *wrong;
	char link[LINK_ROOM + 1]; /* its text, if it is one */
	u8 bytes[OLDFS_BLOCK];
	u32 where[OLDFS_INODES];
};

/* ---- reading ---------------------------------------------------------------------------- */

static long read_file(void *from, void *buf, u32 len, u64 offset)
{
	const int *fd = from;

	if (offset > (u64)INT64_MAX - len)
		return EINVAL;
	for (u32 done = 0; done < len;) {
		ssize_t n = pread(*fd, (char *)buf + done, len - done, (off_t)(offset + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0 ? ENODATA : errno;
		done += (u32)n;
	}
	return 0;
}

/* What the i-th place is where a file system may begin, in blocks; false: there are no more. */
static bool place(struct oldfs *fs, u32 i, u32 *start)
{
	u32 partitions = 0;

	*start = 0;
	if (i == 0)
		return true;
	while (oldfs_label_start(fs, partitions, start)) {
		if (++partitions == i)
			return true;
	}
	*start = oldfs_usual_start(i - 1 - partitions);
	return *start != 0;
}

bool image_is(int fd, struct image_options *o, const char **personality)
{
	static const char *const systems[] = {
	    [OLDFS_V1] = "v1",		 [OLDFS_V6] = "v6",
	    [OLDFS_SYSV] = "sysv-pdp11", [OLDFS_SYSV_2] = "sysv-pdp11",
	    [OLDFS_V7] = "v7",		 [OLDFS_BSD29] = "bsd29",
	    [OLDFS_BSD211] = "bsd211",
	};
	CLEAN_FREE u32 *where = allocate(OLDFS_INODES * sizeof(*where));
	struct oldfs fs = {.read = read_file, .from = &fd, .where = where};
	bool found = false;
	u32 start;

	if (o->start >= 0) {
		fs.base = (u64)o->start * SECTOR;
		found = oldfs_open(&fs);
	}
	for (u32 i = 0; o->start < 0 && !found && place(&fs, i, &start); i++) {
		fs.base = (u64)start * SECTOR;
		found = oldfs_open(&fs);
	}
	if (!found)
		return false;
	o->start = (int64_t)(fs.base / SECTOR);
	*personality = systems[fs.kind];
	return true;
}

void image_tell_others(int fd, int64_t known, const char *name)
{
	CLEAN_FREE u32 *where = allocate(OLDFS_INODES * sizeof(*where));
	struct oldfs fs = {.read = read_file, .from = &fd, .where = where};
	u64 told = (u64)known * SECTOR;
	u32 start;

	for (u32 i = 0; place(&fs, i, &start); i++) {
		fs.base = (u64)start * SECTOR;
		if (fs.base == (u64)known * SECTOR || fs.base == told || !oldfs_open(&fs))
			continue;
		told = fs.base;
		fprintf(stderr,
			"fbird: %s holds a file system of %s at block %u, too; '--mount "
			"%s@%u:/DIRECTORY' adds it\n",
			name, oldfs_name(&fs), start, name, start);
	}
}

/* ---- writing ---------------------------------------------------------------------------- */

/* Goes on after damage that may be left out. */
static int damage(struct image *im, const char *path, const char *what, const char *wrong)
{
	if (im->o->salvage) {
		im->damaged++;
		return CLI_OK;
	}
	return fail(CLI_FAILED,
		    "cannot import %s: its %s /%s is damaged: %s; 'root add --salvage' leaves out "
		    "what is",
		    im->name, what, path, wrong);
}

/* The file's next block that is no hole. */
static int next_block(void *from, const void **block, size_t *size, int64_t *offset)
{
	struct image *im = from;
	u32 room = oldfs_block_size(&im->fs), blocks = (im->inode.size + room - 1) / room;
	u32 at, span;

	for (; im->block < blocks; im->block += MIN(span, blocks - im->block)) {
		im->wrong = oldfs_map(&im->fs, &im->inode, im->block, &at, &span);
		if (im->wrong != NULL)
			return ARCHIVE_FATAL;
		if (at == 0)
			continue;
		im->wrong = oldfs_block(&im->fs, at, im->bytes);
		if (im->wrong != NULL)
			return ARCHIVE_FATAL;
		*block = im->bytes;
		*offset = (int64_t)im->block * room;
		*size = MIN((u64)room, im->inode.size - (u64)*offset);
		im->block++;
		return ARCHIVE_OK;
	}
	return ARCHIVE_EOF;
}

static const char *what_is_wrong(void *from)
{
	const struct image *im = from;

	return im->wrong;
}

static const char *read_link(struct image *im)
{
	const void *block;
	int64_t offset;
	size_t size;

	memset(im->link, 0, sizeof(im->link));
	if (im->inode.size == 0 || im->inode.size > LINK_ROOM)
		return "a symbolic link of no sensible length";
	while (next_block(im, &block, &size, &offset) == ARCHIVE_OK)
		memcpy(im->link + offset, block, size);
	if (im->wrong == NULL && strlen(im->link) != im->inode.size)
		im->wrong = "a symbolic link with a NUL in it";
	return im->wrong;
}

static void describe_entry(struct image *im, const char *path, mode_t type)
{
	struct archive_entry *e = archive_entry_clear(im->entry);

	archive_entry_copy_pathname(e, path);
	archive_entry_set_filetype(e, type);
	archive_entry_set_perm(e, im->inode.mode);
	archive_entry_set_uid(e, im->inode.uid);
	archive_entry_set_gid(e, im->inode.gid);
	archive_entry_set_mtime(e, im->inode.mtime, 0);
	archive_entry_set_atime(e, im->inode.atime, 0);
}

static void remember(struct image *im, u32 number, const char *path)
{
	struct folder *f = allocate(sizeof(*f) + strlen(path) + 1);

	f->next = NULL;
	f->number = number;
	memcpy(f->path, path, strlen(path) + 1);
	if (im->last != NULL)
		im->last->next = f;
	else
		im->first = f;
	im->last = f;
}

static int write_entry(struct image *im, const char *path)
{
	struct unpack_content content = {.next = next_block, .error = what_is_wrong, .from = im};

	switch (im->inode.type) {
	case OLDFS_DIRECTORY:
		describe_entry(im, path, AE_IFDIR);
		remember(im, im->inode.number, path);
		break;
	case OLDFS_LINK:
		describe_entry(im, path, AE_IFLNK);
		archive_entry_copy_symlink(im->entry, im->link);
		break;
	case OLDFS_FIFO:
		describe_entry(im, path, AE_IFIFO);
		break;
	default:
		describe_entry(im, path, AE_IFREG);
		archive_entry_set_size(im->entry, im->inode.size);
	}
	return unpack_made(im->u, &content, im->entry, im->name);
}

static int write_hard_link(struct image *im, const char *path)
{
	describe_entry(im, path, AE_IFREG);
	archive_entry_copy_hardlink(im->entry, im->names[im->inode.number]);
	return unpack_made(im->u, &(struct unpack_content){0}, im->entry, im->name);
}

/* ---- the walk --------------------------------------------------------------------------- */

static int take_entry(struct image *im, const struct folder *f, const struct oldfs_entry *found)
{
	CLEAN_FREE char *path =
	    format_string("%s%s%s", f->path, *f->path != '\0' ? "/" : "", found->name);
	const char *wrong;

	if (strcmp(found->name, ".") == 0 || strcmp(found->name, "..") == 0)
		return CLI_OK;
	if (found->length == 0 || strchr(found->name, '/') != NULL)
		return damage(im, path, "entry", "no name that a file can have");
	im->block = 0;
	im->wrong = NULL;
	wrong = oldfs_inode(&im->fs, found->number, &im->inode);
	if (wrong != NULL)
		return damage(im, path, "entry", wrong);
	if (im->inode.type == OLDFS_SPECIAL) {
		im->u->skipped_devices++;
		return CLI_OK;
	}
	if (im->names[found->number] != NULL) {
		if (im->inode.type == OLDFS_DIRECTORY)
			return damage(im, path, "directory", "it has two names");
		return write_hard_link(im, path);
	}
	wrong = oldfs_check(&im->fs, &im->inode);
	if (wrong == NULL && im->inode.type == OLDFS_LINK)
		wrong = read_link(im);
	if (wrong != NULL)
		return damage(im, path, "file", wrong);
	im->names[found->number] = format_string("%s", path);
	return write_entry(im, path);
}

static int visit(struct image *im, const struct folder *f)
{
	struct oldfs_inode inode;
	struct oldfs_dir dir = {.fs = &im->fs, .inode = &inode};
	struct oldfs_entry found;
	const char *wrong = oldfs_inode(&im->fs, f->number, &inode);
	int status = CLI_OK;

	while (wrong == NULL && status == CLI_OK) {
		wrong = oldfs_next(&dir, &found);
		if (wrong == NULL && found.number == 0)
			return CLI_OK;
		if (wrong == NULL)
			status = take_entry(im, f, &found);
		progress_show(&im->bar, im->u->written - im->before);
	}
	return wrong != NULL ? damage(im, f->path, "directory", wrong) : status;
}

static int begin(struct image *im)
{
	u32 root = oldfs_root(&im->fs);

	im->entry = archive_entry_new();
	im->names = allocate(((size_t)im->fs.inodes + 1) * sizeof(*im->names));
	memset(im->names, 0, ((size_t)im->fs.inodes + 1) * sizeof(*im->names));
	if (im->entry == NULL)
		return fail(CLI_FAILED, "out of memory, reading %s", im->name);
	if (oldfs_inode(&im->fs, root, &im->inode) != NULL)
		return fail(CLI_FAILED, "cannot read %s any more", im->name);
	im->names[root] = format_string("%s", im->o->into);
	if (*im->o->into == '\0') {
		remember(im, root, "");
		return CLI_OK;
	}
	return write_entry(im, im->o->into);
}

static void end(struct image *im)
{
	for (u32 i = 0; im->names != NULL && i <= im->fs.inodes; i++)
		free(im->names[i]);
	free(im->names);
	while (im->first != NULL) {
		struct folder *f = im->first;

		im->first = f->next;
		free(f);
	}
	archive_entry_free(im->entry);
}

int unpack_image(struct unpack *u, int fd, const struct image_options *o, const char *name)
{
	CLEAN_FREE struct image *im = allocate(sizeof(*im));
	int status;

	*im = (struct image){.u = u,
			     .o = o,
			     .name = name,
			     .before = u->written,
			     .fs = {.read = read_file,
				    .from = &fd,
				    .where = im->where,
				    .base = (u64)o->start * SECTOR,
				    .no_double = o->no_double}};
	if (!oldfs_open(&im->fs))
		return fail(CLI_FAILED,
			    "cannot import %s: no file system begins at block %lld of it", name,
			    (long long)o->start);
	progress_start(&im->bar, name, (int64_t)im->fs.budget * oldfs_block_size(&im->fs));
	status = begin(im);
	while (status == CLI_OK && im->first != NULL) {
		struct folder *f = im->first;

		status = visit(im, f);
		im->first = f->next;
		if (im->first == NULL)
			im->last = NULL;
		free(f);
	}
	progress_end(&im->bar);
	if (status == CLI_OK && im->damaged > 0)
		fprintf(stderr, "fbird: left out %llu damaged entries of %s\n",
			(unsigned long long)im->damaged, name);
	end(im);
	return status;
}
