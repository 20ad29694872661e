/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/tape.c: magnetic tapes in SIMH's format (.tap).
 *
 * A record's length is before and after it, in four bytes with the lowest first; a byte of padding
 * follows one of odd length. The length 0 is a tape mark, which ends a file, and of some other
 * values one is a gap and one the end of the medium. A file that is not so from its beginning to
 * its end is no tape. Facts: sim_tape.h of SIMH; tar(5), cpio(5) of the Seventh Edition and System
 * III.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/import/import.h"
#include "cli/import/tape.h"
#include "lib/base.h"

#define MARK	0u
#define END	0xffffffffu
#define GAP	0xfffffffeu
#define ERROR	0x80000000u /* of a record that was read badly: what there is, is kept */
#define LONGEST 0x00ffffffu

static bool read_all(int fd, void *buf, size_t len, uint64_t offset)
{
	for (size_t done = 0; done < len;) {
		ssize_t n = pread(fd, (char *)buf + done, len - done, (off_t)(offset + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

static uint32_t number(const u8 *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

enum what { RECORD, TAPE_MARK, TAPE_END, NO_TAPE };

/* What is at *at, behind which it goes on; a record's content. */
static enum what next(int fd, uint64_t *at, uint64_t *content, uint32_t *length)
{
	u8 raw[4];
	uint32_t n;

	do {
		if (!read_all(fd, raw, sizeof(raw), *at))
			return TAPE_END; /* many have no end but the file's */
		*at += sizeof(raw);
		n = number(raw);
	} while (n == GAP);
	if (n == MARK)
		return TAPE_MARK;
	if (n == END)
		return TAPE_END;
	*length = n & ~ERROR;
	if (*length == 0 || *length > LONGEST)
		return NO_TAPE;
	*content = *at;
	*at += *length + (*length & 1);
	if (!read_all(fd, raw, sizeof(raw), *at) || number(raw) != n)
		return NO_TAPE;
	*at += sizeof(raw);
	return RECORD;
}

int tape_files(int fd)
{
	uint64_t at = 0, content, records = 0;
	uint32_t length;
	bool inside = false;
	int files = 0;

	for (;;) {
		switch (next(fd, &at, &content, &length)) {
		case RECORD:
			inside = true;
			records++;
			break;
		case TAPE_MARK:
			if (records == 0)
				return 0; /* zeroes are no tape */
			files++;
			if (!inside || files == TAPE_FILES) /* two marks are the end */
				return files - !inside;
			inside = false;
			break;
		case TAPE_END:
			return files + inside;
		default:
			return 0;
		}
	}
}

static bool copy(int from, uint64_t at, uint32_t length, int to)
{
	char buf[1 << 16];

	while (length > 0) {
		uint32_t n = MIN(length, (uint32_t)sizeof(buf));

		if (!read_all(from, buf, n, at))
			return false;
		for (uint32_t done = 0; done < n;) {
			ssize_t w = write(to, buf + done, n - done);

			if (w < 0 && errno != EINTR)
				return false;
			done += w > 0 ? (uint32_t)w : 0;
		}
		at += n;
		length -= n;
	}
	return true;
}

int tape_file(int fd, int index, const char *name)
{
	uint64_t at = 0, content;
	uint32_t length;
	int to = open(".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600), file = 0;
	enum what what;

	if (to < 0) /* not every file system has files without names */
		to = memfd_create("tape", MFD_CLOEXEC);

	while (to >= 0 && file <= index &&
	       ((what = next(fd, &at, &content, &length)) == RECORD || what == TAPE_MARK)) {
		if (what == TAPE_MARK) {
			file++;
		} else if (file == index && !copy(fd, content, length, to)) {
			close(to);
			to = -1;
		}
	}
	if (to < 0)
		fail(CLI_FAILED, "cannot import %s: its file %d: %s", name, index, strerror(errno));
	return to;
}

/* ---- archives --------------------------------------------------------------------------- */

#define TAR_BLOCK    512
#define TAR_CHECKSUM 148 /* eight characters, which count as blanks */
#define CPIO_MAGIC   070707

static bool is_tar(const u8 *block)
{
	uint32_t sum = 0, told = 0;

	for (int i = 0; i < TAR_BLOCK; i++)
		sum += i >= TAR_CHECKSUM && i < TAR_CHECKSUM + 8 ? ' ' : block[i];
	for (int i = TAR_CHECKSUM; i < TAR_CHECKSUM + 8; i++) {
		if (block[i] >= '0' && block[i] <= '7')
			told = told * 8 + (uint32_t)(block[i] - '0');
		else if (block[i] != ' ' && block[i] != '\0')
			return false;
	}
	return block[0] != '\0' && told == sum;
}

bool tape_is_archive(int fd)
{
	u8 block[TAR_BLOCK];

	if (!read_all(fd, block, sizeof(block), 0))
		return false;
	return is_tar(block) || (block[0] | block[1] << 8) == CPIO_MAGIC ||
	       memcmp(block, "070707", 6) == 0;
}
