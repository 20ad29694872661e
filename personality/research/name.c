/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/name.c: calls that name files, and directories without a call of their own.
 *
 * Until 4.2BSD a directory was made by mknod and two links, for "." and "..", and went by three
 * unlinks; it was renamed by a link and an unlink. Only the superuser might, so mkdir, rmdir and
 * mv were set-uid programs that asked access(2) first. Here whoever may use the host's mkdir,
 * rmdir and rename may: mknod of a directory makes it with both names in it; links of those names
 * are taken for done when they are what is there, their unlinking is nothing, and a link to a
 * directory renames it and lets the unlink of the old name succeed.
 *
 * Facts: sys2.c and sys4.c (V7), cmd/mkdir.c, rmdir.c and mv.c (V7), s1/mkdir.s, s2/rmdir.c (V6).
 */
#include "lib/mem.h"
#include "personality/research/calls.h"

/* The old name of a directory that a link has renamed. */
static FB_LARGE char moved[RESEARCH_PATH];

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool is_dots(const char *s)
{
	return s[0] == '.' && (!s[1] || (s[1] == '.' && !s[2]));
}

static bool same_file(const char *a, const char *b)
{
	struct core_stat sa = {0}, sb = {0};

	return EXO_NOW(stat, a, &sa) == 0 && EXO_NOW(stat, b, &sb) == 0 && sa.st_dev == sb.st_dev &&
	       sa.st_ino == sb.st_ino;
}

static bool is_directory(const char *path)
{
	struct core_stat st = {0};

	return EXO_NOW(lstat, path, &st) == 0 && (st.st_mode & CORE_S_IFMT) == CORE_S_IFDIR;
}

long research_link(struct core_thread *t, PATH path, PATH name)
{
	char from[RESEARCH_PATH], to[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_FILE, from);

	(void)t;
	if (r == 0)
		r = research_path(name, RESEARCH_NAME, to);
	if (r != 0)
		return r;
	if (is_dots(last_part(to)))
		return same_file(from, to) ? 0 : -CORE_EEXIST;
	r = EXO(linkat, CORE_AT_FDCWD, from, CORE_AT_FDCWD, to, CORE_AT_SYMLINK_FOLLOW);
	if (r != -CORE_EPERM || !is_directory(from))
		return r;
	r = EXO(renameat2, CORE_AT_FDCWD, from, CORE_AT_FDCWD, to, CORE_RENAME_NOREPLACE);
	if (r == 0)
		fb_strlcpy(moved, from, sizeof(moved));
	return r;
}

long research_unlink(struct core_thread *t, PATH path)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_NAME, name);

	(void)t;
	if (r < 0)
		return r;
	if (is_dots(last_part(name)))
		return is_directory(name) ? 0 : -CORE_ENOENT;
	r = EXO(unlink, name);
	if (r == -CORE_EISDIR || r == -CORE_EPERM)
		r = EXO(rmdir, name);
	if (r == -CORE_ENOENT && moved[0] && strcmp(name, moved) == 0) {
		moved[0] = '\0';
		return 0;
	}
	return r;
}

long research_mknod(struct core_thread *t, PATH path, MODE mode, UINT dev)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_NAME, name);
	u32 type = mode & CORE_S_IFMT;

	(void)t;
	if (r < 0)
		return r;
	if (type == CORE_S_IFDIR || (research.version->old_stat && (mode & 060000) == 040000))
		return EXO(mkdir, name, mode & 0777);
	if (research.version->old_stat)
		type = mode & 060000;
	return EXO(mknod, name, (type ? type : CORE_S_IFREG) | (mode & 07777),
		   (u64)(dev >> 8) << 8 | (dev & 0xff));
}

long research_chdir(struct core_thread *t, PATH path)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_FILE, name);

	(void)t;
	return r < 0 ? r : EXO(chdir, name);
}

long research_chroot(struct core_thread *t, PATH path)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_FILE, name);

	(void)t;
	return r < 0 ? r : EXO(chroot, name);
}

long research_chmod(struct core_thread *t, PATH path, MODE mode)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_FILE, name);
	int tty = r == 0 ? research_tty_named(name) : -1;

	(void)t;
	if (tty >= 0)
		return EXO(fchmod, tty, mode & 07777);
	return r < 0 ? r : EXO(chmod, name, mode & 07777);
}

static long change_owner(guest_ptr path, u16 uid, u16 gid, bool group)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_FILE, name);
	u32 owner = research_uid_back(uid, (u32)EXO_NOW(getuid));
	u32 to = group ? research_uid_back(gid, (u32)EXO_NOW(getgid)) : ~0u;

	if (r < 0)
		return r;
	r = research_gave(EXO(chown, name, owner, to));
	/* mkdir gives what it made to its caller, whose it is already. */
	if (r == -CORE_EPERM) {
		struct core_stat st;

		if (EXO_NOW(stat, name, &st) == 0 && st.st_uid == owner &&
		    owner == (u32)EXO_NOW(geteuid) && (!group || st.st_gid == to))
			return 0;
	}
	return r;
}

long research_chown(struct core_thread *t, PATH path, UINT uid, UINT gid)
{
	(void)t;
	return change_owner(path, (u16)uid, (u16)gid, true);
}

/* The Sixth Edition has both in a word. */
long research_chown_word(struct core_thread *t, PATH path, UINT ids)
{
	(void)t;
	return change_owner(path, ids & 0xff, (u16)(ids >> 8), true);
}

long research_access(struct core_thread *t, PATH path, INT mode)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_FILE, name);

	(void)t;
	return r < 0 ? r : EXO(access, name, mode & 7);
}

long research_umask(struct core_thread *t, MODE mask)
{
	(void)t;
	return EXO(umask, mask & 0777);
}
