/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/lookup.c: a foreign root without a mount namespace: names of files are looked up
 * here, in the root first and on the host second.
 *
 * Where the host grants namespaces its kernel resolves every name (cli/view.c) and none of
 * this is in the way. Where it refuses, exo_call comes through linux_view_call: every path
 * is walked part by part until no link is left in it, so that an absolute link or ".." means
 * the root's, and the call is made with the absolute name that was found. A name that is in
 * neither is made where its directory is: in the root if that has one. /tmp and the home
 * directory are the host's, /dev and /proc too and not walked at all: their links are not
 * names. All of the host's tree is in /compat/linux. What is listed of a directory is the root's
 * part of it only.
 *
 * A name can change between the walk and the call. That harms nobody: the root contains
 * nothing, the host's kernel checks every access, and a program that loses such a race
 * meets the same on any UNIX. Sockets' addresses are not looked up.
 */
#include <asm/stat.h>
#include <asm/unistd_64.h>
#include <linux/errno.h>
#include <linux/fcntl.h>

#include "exo/linux/linux.h"
#include "lib/mem.h"

#define NAME_MAX_ALL 4096
#define TREE_MAX     1024
#define LINKS_MAX    32 /* FreeBSD's MAXSYMLINKS */
#define PASS	     1	/* what the host makes of the name as it is */

static FB_LARGE char tree[TREE_MAX], home[TREE_MAX];

/* A walk. `at` is free of links and has no slash at its end, "" for "/". */
struct walk {
	char at[NAME_MAX_ALL];
	char rest[NAME_MAX_ALL];
	char link[NAME_MAX_ALL];
	char real[TREE_MAX + NAME_MAX_ALL];
	bool host; /* `at` is the host's and no part of the root */
	u32 links;
};

static bool within(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return n && strncmp(path, dir, n) == 0 && (path[n] == '/' || !path[n]);
}

static bool hosts_own(const char *at)
{
	return within(at, "/tmp") || within(at, home);
}

static bool not_walked(const char *at)
{
	return within(at, "/dev") || within(at, "/proc");
}

void exo_view_set(const char *root, const char *home_dir)
{
	linux_detours.view = root != NULL && *root && strlen(root) < TREE_MAX;
	if (!linux_detours.view)
		return;
	fb_strlcpy(tree, root, TREE_MAX);
	home[0] = '\0';
	if (home_dir && home_dir[0] == '/' && home_dir[1])
		fb_strlcpy(home, home_dir, TREE_MAX);
}

long linux_view_name(char *path, long n)
{
	size_t skip = strlen(tree);

	if (n < (long)skip || memcmp(path, tree, skip) != 0 ||
	    (n > (long)skip && path[skip] != '/'))
		return n;
	if (n == (long)skip) {
		path[0] = '/';
		return 1;
	}
	memmove(path, path + skip, (size_t)n - skip);
	return n - (long)skip;
}

/* ---- walking ----------------------------------------------------------------------------- */

/* Where a view of the other kind has the host's tree (cli/view.h): a root need not have it. */
static bool before_hosts_tree(const char *at, const char *left)
{
	return strcmp(at, "/compat") == 0 && within(left, "/linux");
}

static void real_name(struct walk *w, bool host)
{
	size_t n = host ? 0 : fb_strlcpy(w->real, tree, sizeof(w->real));

	fb_strlcpy(w->real + n, w->at[0] || n ? w->at : "/", sizeof(w->real) - n);
}

/* Is there something called `at` on one side? 0, 1 for a link, or an error. */
static long probe(struct walk *w, bool host)
{
	struct stat st;
	long r;

	real_name(w, host);
	r = LINUX(__NR_lstat, w->real, &st);
	return r < 0 ? r : (st.st_mode & 0170000) == 0120000; /* S_IFLNK */
}

/* Only a link that is followed is read: that changes its time of access. */
static long read_link(struct walk *w, bool host)
{
	long n;

	real_name(w, host);
	n = LINUX(__NR_readlink, w->real, w->link, NAME_MAX_ALL - 1);
	w->link[n >= 0 ? n : 0] = '\0';
	return n;
}

static void go_up(struct walk *w)
{
	char *slash = strrchr(w->at, '/');

	if (slash)
		*slash = '\0';
	if (w->host)
		w->host = w->at[0] && (hosts_own(w->at) || probe(w, false) == -ENOENT);
}

/* Where a relative name begins. */
static long begin(struct walk *w, int dirfd)
{
	char self[32];
	long n;

	w->at[0] = '\0';
	w->host = false;
	w->links = 0;
	if (w->rest[0] == '/')
		return 0;
	if (dirfd == AT_FDCWD) {
		n = LINUX(__NR_getcwd, w->at, NAME_MAX_ALL) - 1;
	} else {
		fb_format(self, sizeof(self), "/proc/self/fd/%d", dirfd);
		n = LINUX(__NR_readlink, self, w->at, NAME_MAX_ALL - 1);
	}
	if (n <= 0 || w->at[0] != '/')
		return PASS;
	w->at[n] = '\0';
	w->host = !within(w->at, tree);
	n = linux_view_name(w->at, n);
	w->at[n] = '\0';
	if (n == 1) {
		w->at[0] = '\0';
		w->host = false;
	}
	return 0;
}

/* Puts a link's text before what is left of the path. */
static long expand(struct walk *w, const char *left)
{
	size_t n = strlen(w->link), more = strlen(left);

	if (++w->links > LINKS_MAX)
		return -ELOOP;
	if (n + more >= NAME_MAX_ALL)
		return -ENAMETOOLONG;
	memmove(w->rest + n, left, more + 1);
	memcpy(w->rest, w->link, n);
	if (w->link[0] == '/') {
		w->at[0] = '\0';
		w->host = false;
	}
	return 0;
}

static long append(struct walk *w, const char *s, size_t n)
{
	size_t have = strlen(w->at);

	if (have + n >= NAME_MAX_ALL)
		return -ENAMETOOLONG;
	memcpy(w->at + have, s, n);
	w->at[have + n] = '\0';
	return 0;
}

/*
 * One part of the path, now at the end of `at`; left: what comes behind it. 0: go on. PASS:
 * the rest is to be taken as it stands.
 */
static long step(struct walk *w, const char *left, bool follow)
{
	bool host = w->host, hosts = hosts_own(w->at);
	char *part = strrchr(w->at, '/');
	long r;

	if (not_walked(w->at)) {
		w->host = true;
		return PASS;
	}
	if (before_hosts_tree(w->at, left))
		return 0;
	if (strcmp(w->at, "/compat/linux") == 0) {
		w->at[0] = '\0';
		w->host = true;
		return 0;
	}
	r = host || hosts ? -ENOENT : probe(w, false);
	if (r == -ENOENT) {
		r = probe(w, true);
		w->host = host || hosts || (r != -ENOENT && r != -ENOTDIR);
	}
	if (r < 0)
		return PASS;
	if (r == 0 || (!*left && !follow))
		return 0;
	r = read_link(w, w->host);
	if (r < 0)
		return r;
	*part = '\0';
	w->host = host;
	return expand(w, left);
}

/* w->rest becomes w->real: 0, PASS or an error. */
static long walk(struct walk *w, int dirfd, bool follow)
{
	bool slash = false;
	long r = begin(w, dirfd);
	char *p = w->rest;

	while (r == 0) {
		size_t n;

		slash = slash || *p == '/';
		while (*p == '/')
			p++;
		if (!*p)
			break;
		for (n = 0; p[n] && p[n] != '/';)
			n++;
		slash = false;
		if (n == 1 && p[0] == '.') {
			p += n;
			slash = true;
			continue;
		}
		if (n == 2 && p[0] == '.' && p[1] == '.') {
			go_up(w);
			p += n;
			slash = true;
			continue;
		}
		r = append(w, "/", 1);
		if (r == 0)
			r = append(w, p, n);
		p += n;
		if (r == 0) {
			u32 links = w->links;

			r = step(w, p, follow);
			if (w->links != links)
				p = w->rest;
		}
		if (r == PASS) {
			r = append(w, p, strlen(p));
			slash = false;
			break;
		}
	}
	if (r == 0 && slash && w->at[0])
		r = append(w, "/", 1);
	if (r == 0)
		real_name(w, w->host);
	return r;
}

/* Looks up a name that may lie in the guest's memory. */
static long look_up(struct walk *w, u64 dirfd, u64 path, bool follow)
{
	long n = exo_strnlen((const char *)path, NAME_MAX_ALL);

	if (n <= 0) /* the host says what is wrong, or means the descriptor itself */
		return PASS;
	if (n == NAME_MAX_ALL)
		return -ENAMETOOLONG;
	if (exo_copy(w->rest, (const void *)path, (size_t)n + 1) != 0)
		return PASS;
	return walk(w, (int)dirfd, follow);
}

/* ---- calls with names ---------------------------------------------------------------------- */

#define NONE 7 /* no such argument */

/* Which arguments are names, and what they are relative to. */
struct names {
	u8 dir[2], path[2];
	bool follow[2];
};

static bool one(struct names *s, int dir, int path, bool follow)
{
	*s = (struct names){{(u8)dir, NONE}, {(u8)path, NONE}, {follow, false}};
	return true;
}

static bool two(struct names *s, int d1, int p1, bool follow, int d2, int p2)
{
	*s = (struct names){{(u8)d1, (u8)d2}, {(u8)p1, (u8)p2}, {follow, false}};
	return true;
}

static bool opened(u64 flags)
{
	return !(flags & O_NOFOLLOW) && (flags & (O_CREAT | O_EXCL)) != (O_CREAT | O_EXCL);
}

static bool names_of(enum exo_op op, const u64 *a, struct names *s)
{
	switch (op) {
	case EXO_open:
		return one(s, NONE, 0, opened(a[1]));
	case EXO_stat:
	case EXO_access:
	case EXO_chdir:
	case EXO_creat:
	case EXO_chmod:
	case EXO_chown:
	case EXO_utime:
	case EXO_utimes:
	case EXO_statfs:
	case EXO_truncate:
	case EXO_execve:
	case EXO_chroot:
	case EXO_setxattr:
	case EXO_getxattr:
	case EXO_listxattr:
	case EXO_removexattr:
		return one(s, NONE, 0, true);
	case EXO_lstat:
	case EXO_mkdir:
	case EXO_rmdir:
	case EXO_unlink:
	case EXO_readlink:
	case EXO_lchown:
	case EXO_mknod:
	case EXO_lsetxattr:
	case EXO_lgetxattr:
	case EXO_llistxattr:
	case EXO_lremovexattr:
		return one(s, NONE, 0, false);
	case EXO_symlink:
		return one(s, NONE, 1, false);
	case EXO_inotify_add_watch:
		return one(s, NONE, 1, !(a[2] & 0x02000000)); /* IN_DONT_FOLLOW */
	case EXO_openat:
		return one(s, 0, 1, opened(a[2]));
	case EXO_mkdirat:
	case EXO_mknodat:
	case EXO_unlinkat:
	case EXO_readlinkat:
		return one(s, 0, 1, false);
	case EXO_symlinkat:
		return one(s, 1, 2, false);
	case EXO_futimesat:
	case EXO_fchmodat:
	case EXO_faccessat:
		return one(s, 0, 1, true);
	case EXO_newfstatat:
	case EXO_utimensat:
	case EXO_faccessat2:
		return one(s, 0, 1, !(a[3] & AT_SYMLINK_NOFOLLOW));
	case EXO_fchownat:
	case EXO_execveat:
		return one(s, 0, 1, !(a[4] & AT_SYMLINK_NOFOLLOW));
	case EXO_statx:
		return one(s, 0, 1, !(a[2] & AT_SYMLINK_NOFOLLOW));
	case EXO_name_to_handle_at:
		return one(s, 0, 1, a[4] & AT_SYMLINK_FOLLOW);
	case EXO_rename:
	case EXO_link:
		return two(s, NONE, 0, false, NONE, 1);
	case EXO_linkat:
		return two(s, 0, 1, a[4] & AT_SYMLINK_FOLLOW, 2, 3);
	case EXO_renameat:
	case EXO_renameat2:
		return two(s, 0, 1, false, 2, 3);
	default:
		return false;
	}
}

/* ---- calls that answer with names --------------------------------------------------------- */

static long give(const char *text, long n, u64 buf)
{
	return exo_copy((void *)buf, text, (size_t)n) ? -EFAULT : n;
}

static long view_getcwd(struct walk *w, const u64 *a)
{
	long n = LINUX(__NR_getcwd, w->link, NAME_MAX_ALL);

	if (n <= 0)
		return n;
	n = linux_view_name(w->link, n - 1);
	w->link[n++] = '\0';
	return (u64)n > a[1] ? -ERANGE : give(w->link, n, a[0]);
}

/* The host's links in /proc name files as the host does. */
static long view_readlink(struct walk *w, const u64 *a, u32 path)
{
	u64 size = a[path + 2];
	long n = LINUX(__NR_readlink, w->real, w->link, NAME_MAX_ALL);

	if ((i64)size <= 0)
		return -EINVAL;
	if (n > 0 && not_walked(w->at))
		n = linux_view_name(w->link, n);
	return n < 0 ? n : give(w->link, MIN(n, (long)MIN(size, (u64)NAME_MAX_ALL)), a[path + 1]);
}

/* ---- the call ------------------------------------------------------------------------------ */

/* A program that is executed takes this memory along, or leaves it to a parent: none is kept. */
static long execute(struct walk *w, linux_plain_call *call, u64 op, const u64 *a, u32 path)
{
	char name[1024];
	size_t n = fb_strlcpy(name, w->real, sizeof(name));

	exo_pages_free(w, 2 * sizeof(*w));
	if (n >= sizeof(name))
		return -ENAMETOOLONG;
	/* The name is the first argument or, behind a descriptor, the second. */
	return path == 0 ? call((u64)name, a[1], a[2], a[3], a[4], a[5], op)
			 : call(a[0], (u64)name, a[2], a[3], a[4], a[5], op);
}

static long with_names(linux_plain_call *call, enum exo_op op, u64 *a, const struct names *s)
{
	struct walk *w = exo_pages_alloc(2 * sizeof(*w));
	long r = 0;

	if (!w)
		return -ENOMEM;
	for (u32 i = 0; i < 2 && s->path[i] != NONE && r >= 0; i++) {
		u64 dir = s->dir[i] == NONE ? (u64)AT_FDCWD : a[s->dir[i]];

		r = look_up(&w[i], dir, a[s->path[i]], s->follow[i]);
		if (r != 0)
			continue;
		if (op == EXO_readlink || op == EXO_readlinkat) {
			r = view_readlink(w, a, s->path[0]);
			goto done;
		}
		if (op == EXO_execve || op == EXO_execveat)
			return execute(w, call, op, a, s->path[0]);
		a[s->path[i]] = (u64)w[i].real;
	}
	if (r >= 0)
		r = call(a[0], a[1], a[2], a[3], a[4], a[5], op);
	if (r == 0 && op == EXO_chroot)
		linux_detours.view = false; /* the root it changed to is all there is */
done:
	exo_pages_free(w, 2 * sizeof(*w));
	return r;
}

static long view_call(linux_plain_call *call, enum exo_op op, u64 *a)
{
	struct names s;

	if (op == EXO_getcwd) {
		struct walk *w = exo_pages_alloc(sizeof(*w));
		long r = w ? view_getcwd(w, a) : -ENOMEM;

		if (w)
			exo_pages_free(w, sizeof(*w));
		return r;
	}
	if (!names_of(op, a, &s))
		return call(a[0], a[1], a[2], a[3], a[4], a[5], op);
	return with_names(call, op, a, &s);
}

long linux_view_call6(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5, u64 op)
{
	u64 a[6] = {a0, a1, a2, a3, a4, a5};

	return view_call(linux_plain6, (enum exo_op)op, a);
}

long linux_view_call_now6(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5, u64 op)
{
	u64 a[6] = {a0, a1, a2, a3, a4, a5};

	return view_call(linux_plain_now6, (enum exo_op)op, a);
}

long linux_view_call_now(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 op)
{
	return linux_view_call_now6(a0, a1, a2, a3, a4, 0, op);
}
