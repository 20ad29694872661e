/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/view_users.c: the calling user, known in the root.
 *
 * Programs expect to find a name and a home directory for the user they run as. Where the
 * root's user database has none, the view shows one that has: /etc/passwd and /etc/group with
 * a line more, and FreeBSD's pwd.db made anew from that, because its libc reads nothing else.
 * The root's own files stay as they are; a database that cannot be made (too many users for
 * one page) is left alone.
 *
 * Facts: passwd(5), group(5); include/pwd.h and libc's gen/getpwent.c for the entries of
 * pwd.db, version 4; include/db.h and libc's db/hash/{hash,page}.h for the file around them,
 * a hash table of Berkeley DB 1.85. Ours has one bucket of the largest size, so that every
 * key is in it and nothing need be hashed.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/inside.h"
#include "cli/mounts.h"
#include "cli/view_impl.h"

#define TEXT_MAX (1 << 20)

/* ---- text ------------------------------------------------------------------------------- */

/* A file of the root as text, NULL when there is none of a sensible size. */
static char *read_text(const struct building *b, const char *path)
{
	CLEAN_FD int fd = open_inside(b->root, path, O_RDONLY | O_NONBLOCK);
	struct stat st;
	char *text;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > TEXT_MAX)
		return NULL;
	text = allocate((size_t)st.st_size + 1);
	n = read(fd, text, (size_t)st.st_size);
	text[n > 0 ? n : 0] = '\0';
	return text;
}

/* The next line, cut into fields at colons; how many there were. */
static int next_line(char **rest, char **field, int max)
{
	char *line = strsep(rest, "\n");
	int n = 0;

	while (line != NULL && n < max)
		field[n++] = strsep(&line, ":");
	return n;
}

/* Does a line have that word as its first field, or that number as its third? */
static bool has(const char *text, const char *name, unsigned id)
{
	CLEAN_FREE char *copy = format_string("%s", text);
	char *rest = copy, *field[10];
	bool found = false;

	while (rest != NULL && !found) {
		int n = next_line(&rest, field, ARRAY_LEN(field));

		found = name != NULL
			    ? n > 0 && strcmp(field[0], name) == 0
			    : n > 2 && *field[2] != '\0' && strtoul(field[2], NULL, 10) == id;
	}
	return found;
}

static const char *separator(const char *text)
{
	size_t n = strlen(text);

	return n == 0 || text[n - 1] == '\n' ? "" : "\n";
}

/* What the host calls the user, as far as a passwd file can hold it. */
static char *user_line(const char *text, unsigned uid, unsigned gid)
{
	const struct passwd *pw = getpwuid(uid);
	const char *home = getenv("HOME");
	CLEAN_FREE char *number = format_string("user%u", uid);
	const char *name = pw != NULL ? pw->pw_name : number;

	if (strpbrk(name, ":\n") != NULL || has(text, name, 0))
		name = number;
	if (home == NULL || *home != '/' || strpbrk(home, ":\n") != NULL)
		home = "/";
	return format_string("%s:*:%u:%u:%s:%s:/bin/sh\n", name, uid, gid,
			     pw != NULL && strpbrk(pw->pw_gecos, ":\n") == NULL ? pw->pw_gecos : "",
			     home);
}

/* ---- pwd.db ----------------------------------------------------------------------------- */

#define HASH_MAGIC    0x061561
#define HASH_VERSION  2
#define LITTLE	      1234
#define PAGE	      32768 /* MAX_BSIZE */
#define PAGE_SHIFT    15
#define CHARKEY_HASH  0x956e7de3 /* what the default hash function makes of its test key */
#define SEGMENT	      256
#define SEGMENT_SHIFT 8
#define PW_VERSION    4
#define PW_KEY(c)     (char)(((c)&0xcf) | PW_VERSION << 4) /* _PW_VERSIONED */

/* The header is always big-endian; `order` is that of the pages. */
struct hash_header {
	uint32_t magic, version, order;
	uint32_t bucket_size, bucket_shift, directory_size, segment_size, segment_shift;
	uint32_t overflow_point, last_freed;
	uint32_t max_bucket, high_mask, low_mask, fill_factor;
	uint32_t keys, header_pages, charkey;
	uint32_t spares[32];
	uint16_t bitmaps[32];
};
_Static_assert(sizeof(struct hash_header) == 260, "HASHHDR of db/hash/hash.h");

/* The bucket: offsets grow from its start, keys and data from its end. page.h draws it. */
struct bucket {
	uint16_t word[PAGE / 2];
	int count; /* words of offsets */
	size_t low;
	int keys;
};

static bool put(struct bucket *p, const void *key, size_t key_size, const void *data, size_t size)
{
	char *page = (char *)p->word;

	/* n, the offsets, two words of free space, and room for one overflow */
	if (p->low < (size_t)(p->count + 7) * 2 + key_size + size)
		return false;
	p->low -= key_size;
	memcpy(page + p->low, key, key_size);
	p->word[1 + p->count++] = (uint16_t)p->low;
	p->low -= size;
	memcpy(page + p->low, data, size);
	p->word[1 + p->count++] = (uint16_t)p->low;
	p->keys++;
	return true;
}

static void put_string(char **at, const char *s)
{
	size_t n = strlen(s) + 1;

	memcpy(*at, s, n);
	*at += n;
}

static void put_number(char **at, uint32_t n)
{
	n = htonl(n);
	memcpy(*at, &n, sizeof(n));
	*at += sizeof(n);
}

/* Name, uid, gid and their company under three keys: by name, by place in the file, by uid. */
static bool put_user(struct bucket *p, char **field, uint32_t place)
{
	enum {
		NAME = 1,
		PASSWORD = 2,
		UID = 4,
		GID = 8,
		CHANGE = 16,
		GECOS = 64,
		HOME = 128,
		SHELL = 256,
		EXPIRE = 512
	};
	uint32_t uid = (uint32_t)strtoul(field[2], NULL, 10);
	uint32_t fields = NAME | PASSWORD | UID | GID | CHANGE | EXPIRE;
	char data[4096], key[1024], *at = data, *k;
	size_t length = 64;

	for (int i = 0; i < 7; i++)
		length += strlen(field[i]);
	if (length > sizeof(data) || strlen(field[0]) + 2 > sizeof(key))
		return false;
	fields |= (*field[4] ? GECOS : 0) | (*field[5] ? HOME : 0) | (*field[6] ? SHELL : 0);
	put_string(&at, field[0]);
	put_string(&at, "*");
	put_number(&at, uid);
	put_number(&at, (uint32_t)strtoul(field[3], NULL, 10));
	put_number(&at, 0); /* change */
	put_string(&at, "");
	put_string(&at, field[4]);
	put_string(&at, field[5]);
	put_string(&at, field[6]);
	put_number(&at, 0); /* expire */
	put_number(&at, fields);

	key[0] = PW_KEY('1');
	memcpy(key + 1, field[0], strlen(field[0]));
	if (!put(p, key, 1 + strlen(field[0]), data, (size_t)(at - data)))
		return false;
	key[0] = PW_KEY('2');
	k = key + 1;
	put_number(&k, place);
	if (!put(p, key, 5, data, (size_t)(at - data)))
		return false;
	key[0] = PW_KEY('3');
	k = key + 1;
	put_number(&k, uid);
	return put(p, key, 5, data, (size_t)(at - data));
}

static bool write_database(int fd, const char *text)
{
	struct hash_header h = {
	    .magic = htonl(HASH_MAGIC),
	    .version = htonl(HASH_VERSION),
	    .order = htonl(LITTLE),
	    .bucket_size = htonl(PAGE),
	    .bucket_shift = htonl(PAGE_SHIFT),
	    .directory_size = htonl(SEGMENT),
	    .segment_size = htonl(SEGMENT),
	    .segment_shift = htonl(SEGMENT_SHIFT),
	    .high_mask = htonl(1),
	    .fill_factor = htonl(65536),
	    .header_pages = htonl(1),
	    .charkey = htonl(CHARKEY_HASH),
	};
	CLEAN_FREE struct bucket *p = allocate(sizeof(*p));
	CLEAN_FREE char *copy = format_string("%s", text);
	char *rest = copy, *field[10];
	bool fits;

	*p = (struct bucket){.low = PAGE};
	fits = put(p,
		   "\xff"
		   "VERSION",
		   8, &(char){PW_VERSION}, 1);
	for (uint32_t place = 1; rest != NULL && fits;) {
		int n = next_line(&rest, field, ARRAY_LEN(field));

		if (n == 7 && *field[0] != '\0' && *field[0] != '#' && *field[0] != '+')
			fits = put_user(p, field, place++);
	}
	if (!fits)
		return false;
	h.keys = htonl((uint32_t)p->keys);
	p->word[0] = (uint16_t)p->count;
	p->word[p->count + 1] = (uint16_t)(p->low - ((size_t)p->count + 3) * 2);
	p->word[p->count + 2] = (uint16_t)p->low;
	return pwrite(fd, &h, sizeof(h), 0) == (ssize_t)sizeof(h) &&
	       pwrite(fd, p->word, PAGE, PAGE) == PAGE;
}

/* ---- in the view ------------------------------------------------------------------------ */

/* Shows a file made in the directory scratch at path; there it has no name any more. */
static bool show(struct building *b, int scratch, const char *name, const char *path)
{
	CLEAN_FD int copy = mount_copy(scratch, name);
	CLEAN_FD int place = copy >= 0 ? view_place(b, path, false) : -1;
	bool shown = place >= 0 && mount_attach(copy, place) == 0 && mount_read_only(copy, 0) == 0;

	unlinkat(scratch, name, 0);
	return shown;
}

static int create(int scratch, const char *name)
{
	return openat(scratch, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
}

static bool show_text(struct building *b, int scratch, const char *text, const char *path)
{
	CLEAN_FD int fd = create(scratch, "text");
	ssize_t n = (ssize_t)strlen(text);

	return fd >= 0 && write(fd, text, (size_t)n) == n && show(b, scratch, "text", path);
}

static bool show_database(struct building *b, int scratch, const char *text)
{
	CLEAN_FD int there = open_inside(b->root, "/etc/pwd.db", O_PATH);
	CLEAN_FD int fd = there >= 0 ? create(scratch, "db") : -1;

	if (fd < 0)
		return there < 0;
	if (!write_database(fd, text)) {
		unlinkat(scratch, "db", 0);
		return true;
	}
	return show(b, scratch, "db", "/etc/pwd.db");
}

bool view_users(struct building *b, int scratch)
{
	CLEAN_FREE char *users = read_text(b, "/etc/passwd");
	CLEAN_FREE char *groups = read_text(b, "/etc/group");
	unsigned uid = geteuid(), gid = getegid();

	if (users != NULL && !has(users, NULL, uid)) {
		CLEAN_FREE char *line = user_line(users, uid, gid);
		CLEAN_FREE char *all = format_string("%s%s%s", users, separator(users), line);

		if (!show_text(b, scratch, all, "/etc/passwd") || !show_database(b, scratch, all))
			return false;
	}
	if (groups != NULL && !has(groups, NULL, gid)) {
		CLEAN_FREE char *all =
		    format_string("%s%sgroup%u:*:%u:\n", groups, separator(groups), gid, gid);

		return show_text(b, scratch, all, "/etc/group");
	}
	return true;
}
