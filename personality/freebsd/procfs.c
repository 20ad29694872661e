/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/procfs.c: FreeBSD's /proc and /dev/fd, laid over the hub's.
 *
 * There is no file system: the names FreeBSD has are recognised when a program gives them,
 * from "/" on, and everything else below /proc is the hub's, so that programs that look for
 * /proc/self/maps or /proc/cpuinfo find them. FreeBSD's are /proc/curproc and, of a process,
 * cmdline, etype, exe, file, map, osrel, rlimit and status; of /proc/self only the two links.
 * regs, fpregs, dbregs, note and the like do not exist, as they do not for who may not debug.
 * What is read is what held when the file was opened: it is written to memory then.
 *
 * /dev/fd/N and its names stdin, stdout and stderr duplicate the descriptor, as they do with
 * fdescfs(5): the offset is shared and the access must be what the descriptor has.
 *
 * Facts: procfs(5), fdescfs(5), sys/fs/procfs/procfs.c, sys/fs/pseudofs/pseudofs_vnops.c,
 * sys/fs/fdescfs/fdesc_vnops.c, sys/kern/kern_descrip.c (dupfdopen).
 */
#include "personality/freebsd/procfs.h"
#include "core/fd.h"
#include "core/textfile.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/path.h"

#define NAME_MAX_OURS 64 /* longer names are none of ours */
#define TEXT_MAX      (2u << 20)

enum what {
	OTHER,	 /* not FreeBSD's */
	CURPROC, /* the link itself */
	FOLDER,	 /* a process's directory, or the hub's name in it */
	PROGRAM, /* a link to the program */
	FILE_OF, /* FREEBSD_PROCFS_* */
};

struct name {
	enum what what;
	enum freebsd_procfs_file file;
	i32 pid;
	char rest[NAME_MAX_OURS]; /* behind the process, with its slash */
};

static const char *const files[FREEBSD_PROCFS_FILE_COUNT] = {
    [FREEBSD_PROCFS_CMDLINE] = "/cmdline", [FREEBSD_PROCFS_ETYPE] = "/etype",
    [FREEBSD_PROCFS_MAP] = "/map",	   [FREEBSD_PROCFS_OSREL] = "/osrel",
    [FREEBSD_PROCFS_RLIMIT] = "/rlimit",   [FREEBSD_PROCFS_STATUS] = "/status",
};

static void in_process(struct name *n, const char *rest, bool current)
{
	struct exo_process p;

	fb_strlcpy(n->rest, rest, sizeof(n->rest));
	if (strcmp(rest, "/file") == 0 || strcmp(rest, "/exe") == 0)
		n->what = PROGRAM;
	else if (current)
		n->what = FOLDER;
	for (u32 i = 0; i < FREEBSD_PROCFS_FILE_COUNT; i++) {
		if (strcmp(rest, files[i]) == 0) {
			n->what = FILE_OF;
			n->file = (enum freebsd_procfs_file)i;
		}
	}
	/* Numbers of the hub's that are no process's say so themselves. */
	if (!current && n->what != OTHER && exo_process_info(n->pid, 0, &p) < 0)
		n->what = OTHER;
}

static struct name look_at(struct core_thread *t, guest_ptr path)
{
	struct name n = {.what = OTHER, .pid = t->pid};
	char text[NAME_MAX_OURS];
	const char *rest;

	if (copy_str_from_guest(text, path, sizeof(text)) < 0 || !core_path_behind(text, "/proc"))
		return n;
	rest = core_path_behind(text, "/proc/curproc");
	if (rest && !*rest) {
		n.what = CURPROC;
		return n;
	}
	if (rest) {
		in_process(&n, rest, true);
		return n;
	}
	rest = core_path_behind(text, "/proc/self");
	if (rest && (strcmp(rest, "/exe") == 0 || strcmp(rest, "/file") == 0)) {
		n.what = PROGRAM;
		return n;
	}
	rest = text[5] ? core_path_number(text + 6, &n.pid) : NULL;
	if (rest && *rest)
		in_process(&n, rest, false);
	return n;
}

/* ---- opening ----------------------------------------------------------------------------- */

static int core_flags(int flags)
{
	return CORE_O_RDONLY | CORE_O_NOCTTY | (flags & FREEBSD_O_CLOEXEC ? CORE_O_CLOEXEC : 0) |
	       (flags & FREEBSD_O_NONBLOCK ? CORE_O_NONBLOCK : 0);
}

static long open_file(struct core_thread *t, const struct name *n, int flags)
{
	char *text;
	long fd, len;

	if (flags & FREEBSD_O_CREAT && flags & FREEBSD_O_EXCL)
		return -CORE_EEXIST;
	if (flags & FREEBSD_O_DIRECTORY)
		return -CORE_ENOTDIR;
	if (flags & (FREEBSD_O_ACCMODE | FREEBSD_O_EXEC | FREEBSD_O_TRUNC))
		return EXO_NOW(geteuid) == 0 ? -CORE_EPERM : -CORE_EACCES;
	text = exo_pages_alloc(TEXT_MAX);
	if (!text)
		return -CORE_ENOMEM;
	len = freebsd_procfs_text(t, n->pid, n->file, text, TEXT_MAX);
	fd = len < 0 ? len
		     : core_text_file(files[n->file] + 1, text, (u64)len,
				      core_flags(flags) & ~CORE_O_NOCTTY);
	exo_pages_free(text, TEXT_MAX);
	return fd;
}

/* N of /dev/fd/N, -1 for other names, INT32_MAX for one that no descriptor has. */
static i32 named_descriptor(guest_ptr path)
{
	static const char *const standard[] = {"/dev/stdin", "/dev/stdout", "/dev/stderr"};
	char text[NAME_MAX_OURS];
	const char *rest;
	i32 fd;

	if (copy_str_from_guest(text, path, sizeof(text)) < 0)
		return -1;
	for (i32 i = 0; i < 3; i++)
		if (strcmp(text, standard[i]) == 0)
			return i;
	rest = core_path_behind(text, "/dev/fd");
	if (!rest || !rest[0] || !rest[1])
		return -1;
	rest = core_path_number(rest + 1, &fd);
	return !rest ? INT32_MAX : *rest ? -1 : fd;
}

static long duplicate(i32 fd, int flags)
{
	bool write = (flags & FREEBSD_O_ACCMODE) != FREEBSD_O_RDONLY;
	bool read = (flags & FREEBSD_O_ACCMODE) != FREEBSD_O_WRONLY;
	long has;

	if (fd == INT32_MAX)
		return -CORE_ENOENT;
	if (core_fd_hidden(fd))
		return -CORE_EBADF;
	if (flags & FREEBSD_O_CREAT && flags & FREEBSD_O_EXCL)
		return -CORE_EEXIST;
	has = EXO(fcntl, fd, CORE_F_GETFL);
	if (has < 0)
		return has;
	if (has & CORE_O_PATH || (read && (has & CORE_O_ACCMODE) == CORE_O_WRONLY) ||
	    (write && (has & CORE_O_ACCMODE) == CORE_O_RDONLY))
		return -CORE_EACCES;
	return core_dup_from(fd, 0, flags & FREEBSD_O_CLOEXEC);
}

/* ---- the directory of descriptors -------------------------------------------------------- */

static bool is_listing(guest_ptr path)
{
	char text[NAME_MAX_OURS];

	return copy_str_from_guest(text, path, sizeof(text)) >= 0 &&
	       (strcmp(text, "/dev/fd") == 0 || strcmp(text, "/dev/fd/") == 0);
}

static long open_listing(int flags)
{
	long fd;

	if (flags & FREEBSD_O_ACCMODE)
		return -CORE_EISDIR;
	fd = EXO(openat, CORE_AT_FDCWD, "/dev/fd/", core_flags(flags) | CORE_O_DIRECTORY);
	if (fd >= 0)
		core_fd_lists((int)fd);
	return fd;
}

long freebsd_procfs_open(struct core_thread *t, guest_ptr path, int flags)
{
	i32 fd = named_descriptor(path);
	char link[FREEBSD_PATH_MAX];
	struct name n;
	long r;

	if (fd >= 0)
		return duplicate(fd, flags);
	if (is_listing(path))
		return open_listing(flags);
	n = look_at(t, path);
	if (n.what == FILE_OF)
		return open_file(t, &n, flags);
	if (n.what == OTHER || flags & FREEBSD_O_EXEC)
		return FREEBSD_PROCFS_OTHER;
	if (n.what != FOLDER && flags & FREEBSD_O_NOFOLLOW)
		return -CORE_EMLINK;
	if (n.what == PROGRAM && flags & FREEBSD_O_ACCMODE)
		return -CORE_ETXTBSY;
	r = (long)freebsd_procfs_name(t, path, true, link);
	return EXO(openat, CORE_AT_FDCWD, r,
		   core_flags(flags) |
		       (flags & FREEBSD_O_DIRECTORY ? CORE_O_DIRECTORY : CORE_O_RDONLY));
}

/* ---- names ------------------------------------------------------------------------------- */

long freebsd_procfs_readlink(struct core_thread *t, guest_ptr path, char text[FREEBSD_PATH_MAX])
{
	struct name n = look_at(t, path);

	if (n.what == CURPROC)
		return (long)fb_format(text, FREEBSD_PATH_MAX, "%d", n.pid);
	if (n.what == FILE_OF)
		return -CORE_EINVAL;
	return n.what == PROGRAM ? freebsd_procfs_program(t, n.pid, text) : FREEBSD_PROCFS_OTHER;
}

u64 freebsd_procfs_name(struct core_thread *t, guest_ptr path, bool follow,
			char buf[FREEBSD_PATH_MAX])
{
	struct name n = look_at(t, path);

	switch (n.what) {
	case CURPROC:
		fb_format(buf, FREEBSD_PATH_MAX, follow ? "/proc/%d" : "/proc/self", n.pid);
		return (u64)buf;
	case FOLDER:
		fb_format(buf, FREEBSD_PATH_MAX, "/proc/%d%s", n.pid, n.rest);
		return (u64)buf;
	case PROGRAM:
		if (!follow || freebsd_procfs_program(t, n.pid, buf) < 0)
			fb_format(buf, FREEBSD_PATH_MAX, "/proc/%d/exe", n.pid);
		return (u64)buf;
	case FILE_OF: /* the same owner, mode and length */
		fb_format(buf, FREEBSD_PATH_MAX, "/proc/%d/cmdline", n.pid);
		return (u64)buf;
	default:
		return path.addr;
	}
}
