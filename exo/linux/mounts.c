/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/mounts.c: what is mounted: /proc/self/mountinfo of proc(5).
 *
 * A view (cli/view.c) is made of many mounts that no guest asked for: single files, a mirror
 * of a directory that must not be written to and what it is filled with, all of the host's
 * below /compat/linux. They are left out, so that what remains is what somebody would have
 * mounted. A mirror has the source "fbird".
 */
#include <asm/unistd_64.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/stat.h>

#include "exo/info.h"
#include "exo/linux/linux.h"
#include "lib/mem.h"

#define ROOM	  (256 * 1024)
#define MIRROR	  "fbird"
#define HOST_TREE "/compat/linux"

struct mount {
	i64 id, parent;
	const char *root, *from, *on; /* on: NULL for one that is not told of */
};

/* A blank, a tab, a newline and a backslash are written in octal. */
static void unescape(char *s)
{
	char *to = s;

	for (; *s; s++)
		if (s[0] == '\\' && s[1] && s[2] && s[3]) {
			*to++ = (char)((u32)(s[1] - '0') << 6 | (u32)(s[2] - '0') << 3 |
				       (u32)(s[3] - '0'));
			s += 3;
		} else {
			*to++ = *s;
		}
	*to = '\0';
}

/* Ends the word at *p and moves to the next of the line. */
static char *take_word(char **p)
{
	char *word = *p, *end = word;

	while (*end && *end != ' ')
		end++;
	*p = *end ? end + 1 : end;
	*end = '\0';
	return word;
}

static char *take_name(char **p)
{
	char *word = take_word(p);

	unescape(word);
	return word;
}

/* "id parent device ROOT ON options optional-fields - type FROM super-options" */
static bool parse(char *line, struct mount *m)
{
	char *p = line;

	linux_number(take_word(&p), &m->id);
	linux_number(take_word(&p), &m->parent);
	take_word(&p);
	m->root = take_name(&p);
	m->on = take_name(&p);
	while (*p && strncmp(p, "- ", 2) != 0)
		take_word(&p);
	take_word(&p);
	take_word(&p);
	m->from = take_name(&p);
	return m->on[0] == '/' && m->from[0];
}

static bool is_mirror(const struct mount *m)
{
	return strcmp(m->from, MIRROR) == 0;
}

static bool is_directory(const char *path)
{
	struct statx sx;
	long r = LINUX(__NR_statx, AT_FDCWD, path, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT,
		       STATX_TYPE, &sx);

	return r < 0 || (sx.stx_mode & S_IFMT) == S_IFDIR;
}

/* Is in a mirror what the mirrored directory has there? Others are mounted whole. */
static const struct mount *fills(const struct mount *m, const struct mount *list, u32 count)
{
	for (u32 i = 0; i < count; i++)
		if (list[i].on && list[i].id == m->parent && is_mirror(&list[i]) &&
		    strcmp(m->root, "/") != 0)
			return &list[i];
	return NULL;
}

static bool hidden(const struct mount *m, const struct mount *list, u32 count)
{
	size_t len = strlen(HOST_TREE);

	if (is_mirror(m) && strcmp(m->on, "/") != 0)
		return strcmp(m->on, "/dev") != 0;
	if (strncmp(m->on, HOST_TREE "/", len + 1) == 0)
		return true;
	return fills(m, list, count) || !is_directory(m->on);
}

/* What is behind a mirror of the root: any of what it is filled with. */
static void name_root(const struct mount *list, u32 count, struct exo_mount *out)
{
	const struct mount *mirror;

	for (u32 i = 0; i < count; i++) {
		mirror = list[i].on ? fills(&list[i], list, count) : NULL;
		if (mirror && strcmp(mirror->on, "/") == 0) {
			out->from = list[i].from;
			out->within = list[i].on;
			return;
		}
	}
}

static bool tell(const struct mount *list, u32 count, u32 i,
		 bool (*each)(void *ctx, const struct exo_mount *m), void *ctx)
{
	struct exo_mount out = {list[i].from, list[i].on, list[i].on};

	if (is_mirror(&list[i]) && strcmp(list[i].on, "/") == 0)
		name_root(list, count, &out);
	else if (is_mirror(&list[i]))
		out.from = "devfs";
	return each(ctx, &out);
}

/* A later mount at the same place covers the earlier. */
static u32 read_list(char *text, struct mount *list)
{
	u32 count = 0;

	for (char *p = text, *end; (end = strchr(p, '\n')); p = end + 1) {
		*end = '\0';
		if (!parse(p, &list[count]))
			continue;
		for (u32 i = 0; i < count; i++)
			if (list[i].on && strcmp(list[i].on, list[count].on) == 0)
				list[i].on = NULL;
		count++;
	}
	return count;
}

static void tell_all(const struct mount *list, u32 count,
		     bool (*each)(void *ctx, const struct exo_mount *m), void *ctx)
{
	for (u32 i = 0; i < count; i++)
		if (list[i].on && strcmp(list[i].on, "/") == 0 && !tell(list, count, i, each, ctx))
			return;
	for (u32 i = 0; i < count; i++)
		if (list[i].on && strcmp(list[i].on, "/") != 0 && !hidden(&list[i], list, count) &&
		    !tell(list, count, i, each, ctx))
			return;
}

/* Up from what is not told of. A number may be used again, but not while it is mounted. */
static void tell_one(const struct mount *list, u32 count, u64 id,
		     bool (*each)(void *ctx, const struct exo_mount *m), void *ctx)
{
	for (u32 i = count, depth = 0; i-- > 0 && depth <= count;) {
		if ((u64)list[i].id != id)
			continue;
		if (list[i].on &&
		    (strcmp(list[i].on, "/") == 0 || !hidden(&list[i], list, count))) {
			tell(list, count, i, each, ctx);
			return;
		}
		id = (u64)list[i].parent;
		i = count;
		depth++;
	}
}

/* all of them, or (id) one */
static long with_list(u64 id, bool (*each)(void *ctx, const struct exo_mount *m), void *ctx)
{
	char *text = exo_pages_alloc(ROOM);
	struct mount *list;
	u64 size = sizeof(*list);
	u32 count;
	long r;

	if (!text)
		return -ENOMEM;
	r = linux_file_read("/proc/self/mountinfo", text, ROOM);
	for (const char *p = text; r > 0 && *p; p++)
		size += *p == '\n' ? sizeof(*list) : 0;
	list = exo_pages_alloc(size);
	if (!list)
		r = -ENOMEM;
	if (r > 0) {
		count = read_list(text, list);
		if (id)
			tell_one(list, count, id, each, ctx);
		else
			tell_all(list, count, each, ctx);
	}
	if (list)
		exo_pages_free(list, size);
	exo_pages_free(text, ROOM);
	return r < 0 ? r : 0;
}

long exo_mounts(bool (*each)(void *ctx, const struct exo_mount *m), void *ctx)
{
	return with_list(0, each, ctx);
}

long exo_mount(u64 id, bool (*each)(void *ctx, const struct exo_mount *m), void *ctx)
{
	return with_list(id, each, ctx);
}
