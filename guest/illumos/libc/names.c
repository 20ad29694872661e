/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/names.c: users and groups, of /etc/passwd and /etc/group. Facts: getpwnam(3C),
 * getgrnam(3C), passwd(4), group(4), initgroups(3C).
 */
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

/* Splits a line at colons; false: not as many fields as there must be. */
static bool split(char *line, char **fields, int n)
{
	for (int i = 0; i < n; i++) {
		fields[i] = line;
		line += strcspn(line, ":\n");
		if (i < n - 1 && *line != ':')
			return false;
		*line++ = '\0';
	}
	return true;
}

static bool number(const char *text, unsigned *out)
{
	char *end;
	unsigned long v = strtoul(text, &end, 10);

	*out = (unsigned)v;
	return end != text && !*end && v <= UINT_MAX;
}

static bool user(char *line, size_t room, struct passwd *pw)
{
	char *f[7];

	(void)room;
	if (*line == '#' || !split(line, f, 7) || !*f[0] || !number(f[2], &pw->pw_uid) ||
	    !number(f[3], &pw->pw_gid))
		return false;
	pw->pw_name = f[0];
	pw->pw_passwd = f[1];
	pw->pw_age = pw->pw_comment = f[1] + strlen(f[1]);
	pw->pw_gecos = f[4];
	pw->pw_dir = f[5];
	pw->pw_shell = f[6];
	return true;
}

/* Members' names follow in the same memory, aligned after the line. room: all of it. */
static bool group(char *line, size_t room, struct group *gr)
{
	size_t length = strlen(line) + 2, n = 0;
	char *f[4], **list = (char **)(((uintptr_t)line + length + 7) & ~7UL), *p;

	if (*line == '#' || !split(line, f, 4) || !*f[0] || !number(f[2], &gr->gr_gid))
		return false;
	gr->gr_name = f[0];
	gr->gr_passwd = f[1];
	gr->gr_mem = list;
	for (p = f[3]; *p;) {
		if ((char *)(list + n + 2) > line + room)
			break;
		list[n++] = p;
		p += strcspn(p, ",");
		if (*p)
			*p++ = '\0';
	}
	list[n] = NULL;
	return true;
}

/* What is looked for: a name, or a number when that is NULL. */
struct want {
	const char *name;
	unsigned id;
	bool any;
};

static int next_user(FILE *f, const struct want *w, struct passwd *pw, char *buf, size_t size)
{
	while (fgets(buf, size > INT_MAX ? INT_MAX : (int)size, f)) {
		if (!strchr(buf, '\n') && !feof(f))
			return ERANGE;
		if (user(buf, size, pw) &&
		    (w->any || (w->name ? strcmp(pw->pw_name, w->name) == 0 : pw->pw_uid == w->id)))
			return 0;
	}
	return -1;
}

static int next_group(FILE *f, const struct want *w, struct group *gr, char *buf, size_t size)
{
	while (fgets(buf, size > INT_MAX ? INT_MAX : (int)size, f)) {
		size_t members = 2;

		if (!strchr(buf, '\n') && !feof(f))
			return ERANGE;
		for (const char *p = buf; *p; p++)
			members += *p == ',';
		if (strlen(buf) + 16 + members * sizeof(char *) > size)
			return ERANGE;
		if (group(buf, size, gr) &&
		    (w->any || (w->name ? strcmp(gr->gr_name, w->name) == 0 : gr->gr_gid == w->id)))
			return 0;
	}
	return -1;
}

#define SEARCH(type, file, next)                                                                   \
	static int search_##type(const struct want *w, struct type *out, char *buf, size_t size,   \
				 struct type **found)                                              \
	{                                                                                          \
		FILE *f = fopen(file, "re");                                                       \
		int error = f ? next(f, w, out, buf, size) : -1;                                   \
                                                                                                   \
		if (f)                                                                             \
			fclose(f);                                                                 \
		*found = error ? NULL : out;                                                       \
		return error > 0 ? error : 0;                                                      \
	}
SEARCH(passwd, "/etc/passwd", next_user)
SEARCH(group, "/etc/group", next_group)

/* FIND(struct, what by name, what by number, its type, names of the functions) */
#define FIND(type, by_name, by_id, id_type)                                                        \
	EXPORT int __posix_##by_name##_r(const char *name, struct type *out, char *buf,            \
					 size_t size, struct type **found)                         \
	{                                                                                          \
		return search_##type(&(struct want){.name = name}, out, buf, size, found);         \
	}                                                                                          \
	EXPORT int __posix_##by_id##_r(id_type id, struct type *out, char *buf, size_t size,       \
				       struct type **found)                                        \
	{                                                                                          \
		return search_##type(&(struct want){.id = id}, out, buf, size, found);             \
	}                                                                                          \
	EXPORT struct type *by_name(const char *name)                                              \
	{                                                                                          \
		struct type *found;                                                                \
		int error = __posix_##by_name##_r(name, &own_##type, own_buf_##type,               \
						  sizeof(own_buf_##type), &found);                 \
                                                                                                   \
		return error ? (fail_with(error), NULL) : found;                                   \
	}                                                                                          \
	EXPORT struct type *by_id(id_type id)                                                      \
	{                                                                                          \
		struct type *found;                                                                \
		int error = __posix_##by_id##_r(id, &own_##type, own_buf_##type,                   \
						sizeof(own_buf_##type), &found);                   \
                                                                                                   \
		return error ? (fail_with(error), NULL) : found;                                   \
	}                                                                                          \
	EXPORT struct type *old_##by_name(const char *name, struct type *out, char *buf,           \
					  int size) __asm__(#by_name "_r");                        \
	EXPORT struct type *old_##by_name(const char *name, struct type *out, char *buf, int size) \
	{                                                                                          \
		struct type *found;                                                                \
		int error = __posix_##by_name##_r(name, out, buf, (size_t)size, &found);           \
                                                                                                   \
		return error ? (fail_with(error), NULL) : found;                                   \
	}                                                                                          \
	EXPORT struct type *old_##by_id(id_type id, struct type *out, char *buf,                   \
					int size) __asm__(#by_id "_r");                            \
	EXPORT struct type *old_##by_id(id_type id, struct type *out, char *buf, int size)         \
	{                                                                                          \
		struct type *found;                                                                \
		int error = __posix_##by_id##_r(id, out, buf, (size_t)size, &found);               \
                                                                                                   \
		return error ? (fail_with(error), NULL) : found;                                   \
	}
static struct passwd own_passwd;
static char own_buf_passwd[2048];
static struct group own_group;
static char own_buf_group[16384];

#undef getpwnam_r
#undef getpwuid_r
#undef getgrnam_r
#undef getgrgid_r
FIND(passwd, getpwnam, getpwuid, uid_t)
FIND(group, getgrnam, getgrgid, gid_t)

/* ---- all of them --------------------------------------------------------------------------- */

#define EACH(type, file, next, get, set, end)                                                      \
	static FILE *each_##type;                                                                  \
	EXPORT void set(void)                                                                      \
	{                                                                                          \
		if (each_##type)                                                                   \
			rewind(each_##type);                                                       \
	}                                                                                          \
	EXPORT void end(void)                                                                      \
	{                                                                                          \
		if (each_##type)                                                                   \
			fclose(each_##type);                                                       \
		each_##type = NULL;                                                                \
	}                                                                                          \
	EXPORT struct type *get##_r(struct type *out, char *buf, int size)                         \
	{                                                                                          \
		int error;                                                                         \
                                                                                                   \
		if (!each_##type && !(each_##type = fopen(file, "re")))                            \
			return NULL;                                                               \
		error = next(each_##type, &(struct want){.any = true}, out, buf, (size_t)size);    \
		if (error > 0)                                                                     \
			fail_with(error);                                                          \
		return error ? NULL : out;                                                         \
	}                                                                                          \
	EXPORT struct type *get(void)                                                              \
	{                                                                                          \
		return get##_r(&own_##type, own_buf_##type, sizeof(own_buf_##type));               \
	}
EACH(passwd, "/etc/passwd", next_user, getpwent, setpwent, endpwent)
EACH(group, "/etc/group", next_group, getgrent, setgrent, endgrent)

EXPORT int getgrouplist(const char *name, gid_t first, gid_t *list, int *n)
{
	char *buf = malloc(sizeof(own_buf_group));
	FILE *f = buf ? fopen("/etc/group", "re") : NULL;
	struct group gr;
	int found = 0, room = *n;

	if (found < room)
		list[found] = first;
	found++;
	while (f &&
	       next_group(f, &(struct want){.any = true}, &gr, buf, sizeof(own_buf_group)) == 0) {
		for (char **m = gr.gr_mem; *m; m++) {
			if (strcmp(*m, name) != 0 || gr.gr_gid == first)
				continue;
			if (found < room)
				list[found] = gr.gr_gid;
			found++;
			break;
		}
	}
	if (f)
		fclose(f);
	free(buf);
	*n = found;
	return found > room ? -1 : found;
}

EXPORT int initgroups(const char *name, gid_t first)
{
	gid_t list[NGROUPS_MAX];
	int n = NGROUPS_MAX;

	if (getgrouplist(name, first, list, &n) < 0)
		n = NGROUPS_MAX;
	return setgroups(n, list);
}

/* The session's user, as far as it can be told here: of the environment, or of the number. */
EXPORT int getlogin_r_(char *buf, int size) __asm__("__posix_getlogin_r");
EXPORT int getlogin_r_(char *buf, int size)
{
	const char *name = getenv("LOGNAME");
	struct passwd *pw = name && *name ? NULL : getpwuid(getuid());

	if (pw)
		name = pw->pw_name;
	if (!name || !*name)
		return ENXIO;
	return strlcpy(buf, name, (size_t)size) >= (size_t)size ? ERANGE : 0;
}

EXPORT char *getlogin(void)
{
	static char name[64];

	return getlogin_r_(name, sizeof(name)) ? NULL : name;
}
EXPORT char *getloginx(void) __attribute__((alias("getlogin")));

EXPORT char *old_getlogin_r(char *buf, int size) __asm__("getlogin_r");
EXPORT char *old_getlogin_r(char *buf, int size)
{
	int error = getlogin_r_(buf, size);

	return error ? (fail_with(error), NULL) : buf;
}

EXPORT char *cuserid(char *buf)
{
	static char own[9];
	struct passwd *pw = getpwuid(geteuid());

	if (!buf)
		buf = own;
	strlcpy(buf, pw ? pw->pw_name : "", 9);
	return buf;
}
