/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/view.c: a private mount namespace with a foreign root as "/".
 *
 * The kernel then resolves every path itself, so links and ".." are right and a call costs
 * nothing. From the host come what belongs to the user and not to a system: the home
 * directory, the working directory, /tmp, what --bind names; the terminal and the few devices
 * that every UNIX has, in a /dev as FreeBSD names them; /proc, which the runtime reads; the
 * resolver's configuration and the time zone. The host's whole tree is at /compat/linux.
 *
 * Without root's rights a user namespace comes with it, in which the user stays who he is:
 * his own ids are mapped to themselves, and nobody else's. The one capability that is kept is
 * to change the root directory, by which the runtime lets a Linux child have the host's tree
 * (rt/view.c). It is a convenience, not a jail: containment is not what a view is for.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "cli/cli.h"
#include "cli/inside.h"
#include "cli/mounts.h"
#include "cli/view.h"
#include "cli/view_impl.h"

/* ---- the namespace ---------------------------------------------------------------------- */

static bool write_file(const char *path, const char *text)
{
	CLEAN_FD int fd = open(path, O_WRONLY | O_CLOEXEC);

	return fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
}

/* Some hosts grant a user namespace and then nothing inside it; they say so beforehand. */
static bool namespaces_hollow(void)
{
	CLEAN_FD int fd =
	    open("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", O_RDONLY | O_CLOEXEC);
	char answer = '0';

	return fd >= 0 && read(fd, &answer, 1) == 1 && answer == '1';
}

/* CAP_SYS_CHROOT past the next execve: inheritable, then ambient. capabilities(7) */
static bool keep_chroot(void)
{
	enum { VERSION_3 = 0x20080522, SYS_CHROOT = 18 };
	struct {
		uint32_t version;
		int pid;
	} header = {VERSION_3, 0};
	struct {
		uint32_t effective, permitted, inheritable;
	} data[2];

	if (syscall(SYS_capget, &header, data) != 0)
		return false;
	data[0].inheritable |= 1u << SYS_CHROOT;
	return syscall(SYS_capset, &header, data) == 0 &&
	       prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, SYS_CHROOT, 0, 0) == 0;
}

/* 0, or the errno of what the host refused. */
static int new_namespace(bool *with_user)
{
	CLEAN_FREE char *user = format_string("%u %u 1\n", geteuid(), geteuid());
	CLEAN_FREE char *group = format_string("%u %u 1\n", getegid(), getegid());

	*with_user = geteuid() != 0 || unshare(CLONE_NEWNS) != 0;
	if (!*with_user)
		return 0;
	if (namespaces_hollow())
		return EPERM;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
		return errno;
	if (!write_file("/proc/self/setgroups", "deny") ||
	    !write_file("/proc/self/uid_map", user) || !write_file("/proc/self/gid_map", group) ||
	    !keep_chroot())
		return errno;
	return 0;
}

/* ---- the root itself -------------------------------------------------------------------- */

/* A layer over the tree: upper and work directories in the layer's folder or in memory. */
static int overlay(const struct view_options *o, int tree, bool user)
{
	CLEAN_FREE char *lower = format_string("/proc/self/fd/%d", tree);
	CLEAN_FREE char *upper = NULL;
	CLEAN_FREE char *work = NULL;
	const char *layer = o->layer;
	CLEAN_FD int memory = -1;
	int made;

	/* Overlays take only file systems that are somewhere: over the tree, for this moment. */
	if (layer == NULL) {
		layer = o->tree;
		memory = view_small_fs();
		if (memory < 0 || mount_attach(memory, tree) != 0)
			return -1;
	}
	upper = format_string("%s/upper", layer);
	work = format_string("%s/work", layer);
	if ((mkdir(layer, 0755) != 0 && errno != EEXIST) ||
	    (mkdir(upper, 0755) != 0 && errno != EEXIST) ||
	    (mkdir(work, 0755) != 0 && errno != EEXIST))
		return -1;
	/* A user's namespace may not write the attributes that overlays use by themselves. */
	made = mount_new("overlay", (const char *const[]){"source", "fbird", "lowerdir", lower,
							  "upperdir", upper, "workdir", work,
							  user ? "userxattr" : NULL, NULL, NULL});
	if (memory >= 0)
		umount2(o->tree, MNT_DETACH);
	return made;
}

static int base_of(const struct view_options *o, struct building *b)
{
	CLEAN_FD int tree = open(o->tree, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (tree < 0)
		return -1;
	b->root = o->overlay ? overlay(o, tree, b->user) : mount_copy(tree, "");
	b->writable = o->overlay || (o->named && !o->read_only);
	if (b->root < 0 || (o->read_only && mount_read_only(b->root, 1) != 0))
		return -1;
	return mount_attach(b->root, tree);
}

/* ---- what the host lends ---------------------------------------------------------------- */

enum when {
	ALWAYS,
	IF_UNUSED,  /* unless the root has a directory there with something in it */
	IF_MISSING, /* unless the root has anything but an empty file there */
	IF_FILE,    /* unless the root has something else than a file there */
};

struct loan {
	int from; /* taken before the root covers anything */
	char *to;
	enum when when;
	bool read_only;
};

struct loans {
	struct loan list[VIEW_BINDS_MAX + 16];
	int count;
};

static bool lend(struct loans *l, const char *from, const char *to, enum when when, bool read_only)
{
	int fd = mount_copy(AT_FDCWD, from);

	if (fd < 0 || l->count == ARRAY_LEN(l->list))
		return false;
	l->list[l->count++] = (struct loan){fd, format_string("%s", to), when, read_only};
	return true;
}

static bool within(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return strncmp(path, dir, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

static bool lent(const struct loans *l, const char *path)
{
	for (int i = 0; i < l->count; i++) {
		if (within(path, l->list[i].to))
			return true;
	}
	return false;
}

/* SRC:DST or SRC:DST:ro */
static int lend_bind(struct loans *l, const char *text)
{
	CLEAN_FREE char *from = format_string("%s", text);
	char *to = strchr(from, ':');
	size_t n = strlen(from);
	bool read_only = n > 3 && strcmp(from + n - 3, ":ro") == 0;

	if (read_only)
		from[n - 3] = '\0';
	if (to == NULL || to == from || to[1] != '/')
		return fail(CLI_RUN_FAILED,
			    "'--bind %s' is not of the form SOURCE:/PLACE or SOURCE:/PLACE:ro",
			    text);
	*to++ = '\0';
	if (!lend(l, from, to, ALWAYS, read_only))
		return fail(CLI_RUN_FAILED, "cannot bind %s: %s", from, strerror(errno));
	return CLI_OK;
}

static int gather(const struct view_options *o, const char *directory, struct loans *l)
{
	const char *home = getenv("HOME");
	int status = CLI_OK;

	lend(l, "/proc", "/proc", ALWAYS, false);
	lend(l, "/tmp", "/tmp", ALWAYS, false);
	lend(l, "/etc/resolv.conf", "/etc/resolv.conf", IF_FILE, false);
	lend(l, "/etc/localtime", "/etc/localtime", IF_MISSING, false);
	if (home != NULL && home[0] == '/' && home[1] != '\0' && !lent(l, home))
		lend(l, home, home, ALWAYS, false);
	if (directory[0] == '/' && directory[1] != '\0' && !lent(l, directory))
		lend(l, directory, directory, IF_UNUSED, false);
	if (o->program[0] == '/' && o->program[1] != '\0' && !lent(l, o->program))
		lend(l, o->program, o->program, IF_UNUSED, false);
	for (int i = 0; i < o->nbinds && status == CLI_OK; i++)
		status = lend_bind(l, o->binds[i]);
	return status;
}

static bool has_entries(int root, const char *path)
{
	int fd = open_inside(root, path, O_RDONLY | O_DIRECTORY);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	int count = 0;

	while (dir != NULL && count < 3 && readdir(dir) != NULL)
		count++;
	if (dir != NULL)
		closedir(dir);
	else if (fd >= 0)
		close(fd);
	return count > 2;
}

static bool root_keeps(const struct building *b, const struct loan *n)
{
	CLEAN_FREE char *parent = format_string("%s", n->to);
	CLEAN_FD int dir = -1;
	struct stat st;
	bool there;

	if (n->when == ALWAYS)
		return false;
	if (n->when == IF_UNUSED)
		return has_entries(b->root, n->to);
	*strrchr(parent, '/') = '\0';
	dir = open_inside(b->root, *parent != '\0' ? parent : "/", O_PATH | O_DIRECTORY);
	there = dir >= 0 && fstatat(dir, strrchr(n->to, '/') + 1, &st, AT_SYMLINK_NOFOLLOW) == 0;
	return there && (!S_ISREG(st.st_mode) || (n->when == IF_MISSING && st.st_size > 0));
}

static int take_loan(struct building *b, const struct loan *n)
{
	struct stat st;
	CLEAN_FD int place = -1;

	if (fstat(n->from, &st) != 0)
		return -1;
	if (root_keeps(b, n))
		return 0;
	place = view_place(b, n->to, S_ISDIR(st.st_mode));
	if (place < 0 || mount_attach(n->from, place) != 0)
		return -1;
	return n->read_only ? mount_read_only(n->from, 1) : 0;
}

/* ---- devices ---------------------------------------------------------------------------- */

/*
 * Those of the host's devices that FreeBSD has under the same name; hier(7), null(4). The file
 * system they are in also holds the user database while that is made. A device that is mounted
 * read-only is read and written as ever, but its mode and owner, which are the host's, stay.
 * Programs of the PDP-11 may have more in /dev, such as syslogd's socket, for as long as the view
 * is.
 */
static int devices(struct building *b, const struct view_options *o, int host)
{
	static const char *const names[] = {"null", "zero", "full", "random", "urandom", "tty"};
	static const char *const folders[] = {"pts", "shm"};
	/* The multiplexer looks for pts beside itself, in the file system it is in. */
	static const char *const links[][2] = {{VIEW_HOST "/dev/ptmx", "ptmx"},
					       {"/proc/self/fd", "fd"},
					       {"fd/0", "stdin"},
					       {"fd/1", "stdout"},
					       {"fd/2", "stderr"}};
	CLEAN_FD int from = openat(host, "dev", O_PATH | O_DIRECTORY | O_CLOEXEC);
	CLEAN_FD int place = view_place(b, "/dev", true);
	CLEAN_FD int dev = view_small_fs();
	size_t count = ARRAY_LEN(names) + ARRAY_LEN(folders);

	if (from < 0 || place < 0 || dev < 0 || mount_attach(dev, place) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		bool folder = i >= ARRAY_LEN(names);
		const char *name = folder ? folders[i - ARRAY_LEN(names)] : names[i];
		CLEAN_FD int copy = mount_copy(from, name);
		CLEAN_FD int at = -1;

		if (copy < 0)
			continue; /* a host without it */
		if ((folder ? mkdirat(dev, name, 0755) : mknodat(dev, name, S_IFREG | 0644, 0)) !=
		    0)
			return -1;
		at = openat(dev, name, O_PATH | O_CLOEXEC);
		if (at < 0 || (!folder && mount_read_only(copy, 0) != 0) ||
		    mount_attach(copy, at) != 0)
			return -1;
	}
	for (size_t i = 0; i < ARRAY_LEN(links); i++) {
		if (symlinkat(links[i][0], dev, links[i][1]) != 0)
			return -1;
	}
	if (!view_users(b, dev))
		return -1;
	return o->pdp11 && !o->read_only ? 0 : mount_read_only(dev, 0);
}

/* ---- entering --------------------------------------------------------------------------- */

static int cannot(const struct view_options *o, const char *what)
{
	return fail(CLI_RUN_FAILED, "cannot use %s as a root: %s: %s", o->tree, what,
		    strerror(errno));
}

static int build(const struct view_options *o, struct view *v, struct loans *l)
{
	struct building b = {.root = -1, .user = v->user};
	CLEAN_FD int old = -1;

	if (base_of(o, &b) != 0) {
		if (o->overlay)
			return fail(CLI_RUN_FAILED,
				    "cannot lay a layer over %s: %s; this host may not let a user "
				    "have overlays, or not on that file system",
				    o->tree, strerror(errno));
		return cannot(o, "mounting it");
	}
	for (int i = 0; i < l->count; i++) {
		if (take_loan(&b, &l->list[i]) != 0)
			return cannot(o, l->list[i].to);
	}
	if (devices(&b, o, v->host) != 0)
		return cannot(o, "/dev");
	old = view_place(&b, VIEW_HOST, true);
	if (old < 0 || view_close_mirrors(&b) != 0)
		return cannot(o, VIEW_HOST);
	if (mount_pivot(b.root, old) != 0)
		return cannot(o, "changing to it");
	close(b.root);
	v->entered = true;
	/* What the root does not have and the host did not lend is out of sight. */
	if (chdir(v->directory) != 0)
		return chdir("/") == 0 ? CLI_OK : cannot(o, "its /");
	return CLI_OK;
}

int view_enter(const struct view_options *o, struct view *v)
{
	struct loans l = {.count = 0};
	int error, status;

	v->entered = false;
	v->host = -1;
	if (getcwd(v->directory, sizeof(v->directory)) == NULL)
		return cannot(o, "the working directory");
	if (o->kind == VIEW_IN_PROCESS)
		error = EOPNOTSUPP;
	else
		error = new_namespace(&v->user);
	if (error != 0 && (o->kind == VIEW_NAMESPACE || o->overlay || o->read_only || o->nbinds))
		return fail(CLI_RUN_FAILED, "%s takes a mount namespace of one's own%s%s",
			    o->kind == VIEW_NAMESPACE ? "this view"
			    : o->overlay	      ? "--overlay"
			    : o->read_only	      ? "--read-only"
						      : "--bind",
			    o->kind == VIEW_IN_PROCESS ? "" : ", and this host refuses one: ",
			    o->kind == VIEW_IN_PROCESS ? "" : strerror(error));
	if (error != 0)
		return CLI_OK;
	/* Only now: a descriptor stays in the namespace it was opened in. */
	v->host = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	/* What is mounted here stays here; what the host mounts later is seen. */
	if (v->host < 0 || mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) != 0)
		return cannot(o, "keeping mounts to itself");
	status = gather(o, v->directory, &l);
	if (status == CLI_OK)
		status = build(o, v, &l);
	for (int i = 0; i < l.count; i++) {
		close(l.list[i].from);
		free(l.list[i].to);
	}
	return status;
}
