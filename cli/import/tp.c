/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/tp.c: tapes of tp(1), the archiver from the Fourth Edition to the Seventh.
 *
 * Behind a block to boot from lies the directory, entries of 64 bytes of which the words of each
 * add up to zero; each says where its file begins, in blocks. DECtapes have 24 blocks of directory,
 * magnetic tapes 62, or as the last word of the boot block says. Directories have no entries of
 * their own. Facts: tp(5) of the Sixth Edition; cmd/tp of System III (tp.h, tp1.c to tp3.c).
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/import/import.h"
#include "cli/import/tape.h"
#include "cli/import/unpack.h"
#include "lib/base.h"

#define BLOCK	     512
#define ENTRY	     64
#define NAME	     32
#define MAGTAPE	     496 /* entries */
#define DECTAPE	     192
#define ENTRIES_WORD 510 /* of the boot block */

/* Where in an entry what is. */
#define MODE	32
#define UID	34
#define GID	35
#define SIZE0	37
#define SIZE1	38
#define TIME	40
#define ADDRESS 44

struct file {
	char name[NAME + 1];
	uint32_t mode, uid, gid, size, address;
	int64_t time;
};

struct reading {
	int fd;
	uint32_t address, size, done;
	const char *wrong;
	char bytes[BLOCK];
};

static u16 word(const u8 *p)
{
	return (u16)(p[0] | p[1] << 8);
}

static bool read_at(int fd, void *buf, size_t len, uint64_t offset)
{
	ssize_t n;

	do
		n = pread(fd, buf, len, (off_t)offset);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)len;
}

/* An entry; false when it does not add up. Empty ones have no name. */
static bool decode(const u8 *raw, struct file *f)
{
	u16 sum = 0;

	for (int i = 0; i < ENTRY; i += 2)
		sum = (u16)(sum + word(raw + i));
	memcpy(f->name, raw, NAME);
	f->name[NAME] = '\0';
	f->mode = word(raw + MODE) & 07777;
	f->uid = raw[UID];
	f->gid = raw[GID];
	f->size = (uint32_t)raw[SIZE0] << 16 | word(raw + SIZE1);
	f->time = (i64)((uint32_t)word(raw + TIME) << 16 | word(raw + TIME + 2));
	f->address = word(raw + ADDRESS);
	return sum == 0;
}

/* How many entries there are room for: what adds up as far, and has files behind it. 0: no tp. */
static uint32_t entries(int fd)
{
	uint32_t told, room[3], best = 0;
	u8 raw[BLOCK];
	struct file f;

	if (!read_at(fd, raw, sizeof(raw), 0))
		return 0;
	told = word(raw + ENTRIES_WORD);
	room[0] = told > 0 && told <= MAGTAPE && told % (BLOCK / ENTRY) == 0 ? told : MAGTAPE;
	room[1] = MAGTAPE;
	room[2] = DECTAPE;
	for (int i = 0; i < 3 && best == 0; i++) {
		uint32_t named = 0, n = 0;

		for (; n < room[i]; n++) {
			if (!read_at(fd, raw, ENTRY, BLOCK + n * ENTRY) || !decode(raw, &f))
				break;
			if (f.name[0] == '\0')
				continue;
			if (f.address <= room[i] / (BLOCK / ENTRY))
				break;
			named++;
		}
		if (n == room[i] && named > 0)
			best = n;
	}
	return best;
}

bool tp_is(int fd)
{
	return entries(fd) > 0;
}

static int next_block(void *from, const void **block, size_t *size, int64_t *offset)
{
	struct reading *r = from;

	if (r->done == r->size)
		return ARCHIVE_EOF;
	*size = MIN(r->size - r->done, (uint32_t)BLOCK);
	if (!read_at(r->fd, r->bytes, *size, (uint64_t)r->address * BLOCK + r->done)) {
		r->wrong = "the tape ends before it";
		return ARCHIVE_FATAL;
	}
	*block = r->bytes;
	*offset = r->done;
	r->done += (uint32_t)*size;
	return ARCHIVE_OK;
}

static const char *what_is_wrong(void *from)
{
	const struct reading *r = from;

	return r->wrong;
}

static bool is_there(int fd, const struct file *f)
{
	off_t end = lseek(fd, 0, SEEK_END);

	return end >= 0 && (uint64_t)f->address * BLOCK + f->size <= (uint64_t)end;
}

static int unpack_file(struct unpack *u, int fd, const struct file *f, struct archive_entry *e,
		       const char *into, const char *name)
{
	struct reading r = {.fd = fd, .address = f->address, .size = f->size};
	struct unpack_content content = {.next = next_block, .error = what_is_wrong, .from = &r};
	const char *relative = f->name + strspn(f->name, "/"); /* as tp -m has them, below "/" */
	CLEAN_FREE char *path = format_string("%s%s%s", into, *into != '\0' ? "/" : "", relative);

	archive_entry_clear(e);
	archive_entry_copy_pathname(e, path);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, (mode_t)f->mode);
	archive_entry_set_uid(e, f->uid);
	archive_entry_set_gid(e, f->gid);
	archive_entry_set_mtime(e, f->time, 0);
	archive_entry_set_size(e, f->size);
	return unpack_made(u, &content, e, name);
}

int tp_unpack(struct unpack *u, int fd, const char *into, bool salvage, const char *name)
{
	uint32_t count = entries(fd), damaged = 0;
	struct archive_entry *e = archive_entry_new();
	int status = CLI_OK;
	struct file f;
	u8 raw[ENTRY];

	for (uint32_t i = 0; e != NULL && status == CLI_OK && i < count; i++) {
		if (!read_at(fd, raw, sizeof(raw), BLOCK + i * ENTRY) || !decode(raw, &f) ||
		    f.name[0] == '\0')
			continue;
		if (is_there(fd, &f))
			status = unpack_file(u, fd, &f, e, into, name);
		else if (salvage)
			damaged++;
		else
			status = fail(CLI_FAILED,
				      "cannot import %s: its file %s is damaged: the tape ends "
				      "before it; 'root add --salvage' leaves out what is",
				      name, f.name);
	}
	if (status == CLI_OK && damaged > 0)
		fprintf(stderr, "fbird: left out %u damaged entries of %s\n", damaged, name);
	archive_entry_free(e);
	return e != NULL ? status : fail(CLI_FAILED, "out of memory, reading %s", name);
}
