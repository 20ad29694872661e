/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/path.c: names of files.
 *
 * A directory's entry of these systems has 14 characters for a name, 8 in the First and Second
 * Edition. A host's name that is longer is shown as its beginning, a tilde and a number in base
 * 36 made of the whole name (FNV-1a), together as long as an entry allows: "Makefile.include" is
 * "Makefile.~1x9k". Where a component of a path has that shape and names nothing itself, the
 * directory is searched for the name it stands for. A longer component than these systems know
 * is handed to the host as it is: they would have cut it, but then nobody could name what the
 * host has.
 *
 * Facts: namei() of sys/nami.c (V7): an empty name is the working directory, slashes at the end
 * mean nothing.
 */
#include "lib/mem.h"
#include "personality/research/research.h"

#define MARK '~'

static u32 digits(u32 name_max)
{
	return name_max > 8 ? 4 : 3;
}

/* Bytes of a long name that are shown. */
static u32 kept(u32 name_max)
{
	return name_max - digits(name_max) - 1;
}

static u32 hash(const char *s)
{
	u32 h = 2166136261u;

	for (; *s; s++)
		h = (h ^ (u8)*s) * 16777619u;
	return h;
}

void research_entry_name(const char *name, char *out)
{
	static const char base36[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	u32 max = research.version->name_max, n = (u32)strlen(name);

	if (n <= max) {
		for (u32 i = 0; i < max; i++)
			out[i] = i < n ? name[i] : '\0';
		return;
	}
	memcpy(out, name, kept(max));
	out[kept(max)] = MARK;
	for (u32 h = hash(name), i = 0; i < digits(max); i++, h /= 36)
		out[kept(max) + 1 + i] = base36[h % 36];
}

bool research_stands_for(const char *entry, const char *name)
{
	char shown[64];

	if (strlen(name) <= research.version->name_max)
		return false;
	research_entry_name(name, shown);
	return memcmp(entry, shown, research.version->name_max) == 0;
}

static bool may_stand(const char *part, u32 n)
{
	return n == research.version->name_max && part[kept(n)] == MARK;
}

/* Finds in dir, an open directory, what entry stands for: its name at out, or false. */
static bool find_long(int dir, const char *entry, char *out, size_t room)
{
	u64 buf[96];

	for (;;) {
		long n = EXO_NOW(getdents64, dir, buf, sizeof(buf));

		if (n <= 0)
			return false;
		for (long at = 0; at < n;) {
			struct core_dirent64 *d = (struct core_dirent64 *)((u8 *)buf + at);

			at += d->d_reclen;
			if (research_stands_for(entry, d->d_name)) {
				fb_strlcpy(out, d->d_name, room);
				return true;
			}
		}
	}
}

/*
 * The component of n bytes at part, path being what precedes it: replaces it in the whole where
 * it stands for another. The path's new length behind it.
 */
static u32 settle_part(char *path, u32 at, u32 n)
{
	char entry[64], name[256], rest[RESEARCH_PATH], after = path[at + n], before = path[at];
	long there, dir;
	u32 len;

	path[at + n] = '\0';
	there = EXO_NOW(faccessat2, CORE_AT_FDCWD, path, CORE_F_OK, CORE_AT_SYMLINK_NOFOLLOW);
	memcpy(entry, path + at, n);
	path[at] = '\0';
	dir = there == -CORE_ENOENT ? EXO_NOW(open, at ? path : ".",
					      CORE_O_RDONLY | CORE_O_DIRECTORY | CORE_O_CLOEXEC)
				    : -1;
	path[at] = before;
	path[at + n] = after;
	if (dir < 0)
		return at + n;
	if (find_long((int)dir, entry, name, sizeof(name))) {
		len = (u32)strlen(name);
		fb_strlcpy(rest, path + at + n, sizeof(rest));
		fb_strlcpy(path + at, name, RESEARCH_PATH - at);
		if (at + len < RESEARCH_PATH)
			fb_strlcpy(path + at + len, rest, RESEARCH_PATH - at - len);
		n = len;
	}
	EXO_NOW(close, dir);
	return MIN(at + n, (u32)strlen(path));
}

static void settle(char *path)
{
	for (u32 at = 0; path[at];) {
		u32 n = 0;

		while (path[at] == '/')
			at++;
		while (path[at + n] && path[at + n] != '/')
			n++;
		at = may_stand(path + at, n) ? settle_part(path, at, n) : at + n;
	}
}

long research_path(guest_ptr p, enum research_look look, char *out)
{
	long n = copy_str_from_guest(out, p, RESEARCH_PATH);

	if (n < 0)
		return n;
	while (n > 1 && out[n - 1] == '/')
		out[--n] = '\0';
	if (n == 0) {
		if (look == RESEARCH_NAME)
			return -CORE_ENOENT;
		memcpy(out, ".", 2);
		return 0;
	}
	if (UNLIKELY(strchr(out, MARK)))
		settle(out);
	return 0;
}
