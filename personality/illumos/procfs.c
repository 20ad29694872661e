/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/procfs.c: illumos's /proc, laid over the hub's.
 *
 * There is no file system: the names illumos has are recognised when a program gives them, from
 * "/" on, and everything else below /proc is the hub's. Of a process they are psinfo, lpsinfo,
 * status, lstatus, usage, lusage, map, xmap, pagedata, watch, cred, priv, secflags, sigact, auxv,
 * argv, execname, lwp/N/lwpsinfo and its kin, fdinfo/N and path/X; as is memory, which the hub lets
 * be read by whom it lets; ctl and lwpctl are procfs_control.c's. /proc/self is the process itself.
 * The hub's fd, cwd and root are what illumos has.
 *
 * A name in /dev/fd duplicates the descriptor, as with fdfs. Facts: proc(5), fd(5);
 * usr/src/uts/common/fs/proc/prvnops.c (piddir, lwpiddir, the modes of files), fs/fd/fdops.c.
 */
#include "personality/illumos/procfs.h"
#include "core/fd.h"
#include "core/textfile.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/illumos/abi_file.h"
#include "personality/illumos/contract.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/priv.h"

#define NAME_MAX_OURS 96 /* longer names are none of ours */
#define DATA_MAX      (1u << 20)

enum what {
	OTHER,	 /* not illumos's */
	FILE_OF, /* ILLUMOS_PROCFS_* */
	LINK,	 /* path/X and object/X */
	MEMORY,
	CONTROL,
	LWPS, /* the directory of LWPs */
	DESCRIPTORS,
};

struct name {
	enum what what;
	enum illumos_procfs_file file;
	i32 pid, which;
	char link[NAME_MAX_OURS]; /* X */
};

static const char *const files[ILLUMOS_PROCFS_FILES] = {
    [ILLUMOS_PROCFS_PSINFO] = "psinfo",	      [ILLUMOS_PROCFS_LPSINFO] = "lpsinfo",
    [ILLUMOS_PROCFS_USAGE] = "usage",	      [ILLUMOS_PROCFS_LUSAGE] = "lusage",
    [ILLUMOS_PROCFS_LWPSINFO] = "lwpsinfo",   [ILLUMOS_PROCFS_LWPUSAGE] = "lwpusage",
    [ILLUMOS_PROCFS_STATUS] = "status",	      [ILLUMOS_PROCFS_LSTATUS] = "lstatus",
    [ILLUMOS_PROCFS_LWPSTATUS] = "lwpstatus", [ILLUMOS_PROCFS_MAP] = "map",
    [ILLUMOS_PROCFS_XMAP] = "xmap",	      [ILLUMOS_PROCFS_PAGEDATA] = "pagedata",
    [ILLUMOS_PROCFS_WATCH] = "watch",	      [ILLUMOS_PROCFS_PRIV] = "priv",
    [ILLUMOS_PROCFS_SECFLAGS] = "secflags",   [ILLUMOS_PROCFS_CRED] = "cred",
    [ILLUMOS_PROCFS_SIGACT] = "sigact",	      [ILLUMOS_PROCFS_AUXV] = "auxv",
    [ILLUMOS_PROCFS_ARGV] = "argv",	      [ILLUMOS_PROCFS_EXECNAME] = "execname",
    [ILLUMOS_PROCFS_FDINFO] = "fdinfo",
};

static bool of_lwp(enum illumos_procfs_file file)
{
	return file == ILLUMOS_PROCFS_LWPSINFO || file == ILLUMOS_PROCFS_LWPUSAGE ||
	       file == ILLUMOS_PROCFS_LWPSTATUS;
}

static bool find_file(struct name *n, const char *rest, bool lwp)
{
	for (u32 i = 0; i < ILLUMOS_PROCFS_FILES; i++) {
		if (strcmp(rest, files[i]) == 0 && of_lwp((enum illumos_procfs_file)i) == lwp &&
		    i != ILLUMOS_PROCFS_FDINFO) {
			n->what = FILE_OF;
			n->file = (enum illumos_procfs_file)i;
			return true;
		}
	}
	return false;
}

/* rest: behind "/proc/N/". */
static void in_process(struct name *n, const char *rest)
{
	const char *p;

	if (find_file(n, rest, false))
		return;
	if (strcmp(rest, "as") == 0) {
		n->what = MEMORY;
	} else if (strcmp(rest, "ctl") == 0) {
		n->what = CONTROL;
	} else if (strcmp(rest, "lwp") == 0 || strcmp(rest, "lwp/") == 0) {
		n->what = LWPS;
	} else if (strcmp(rest, "fd") == 0 || strcmp(rest, "fd/") == 0) {
		n->what = DESCRIPTORS;
	} else if ((p = core_path_behind(rest, "path")) || (p = core_path_behind(rest, "object"))) {
		if (p[0] && p[1]) {
			n->what = LINK;
			fb_strlcpy(n->link, p + 1, sizeof(n->link));
		}
	} else if ((p = core_path_behind(rest, "lwp")) && *p) {
		p = core_path_number(p + 1, &n->which);
		if (p && *p && strcmp(p + 1, "lwpctl") == 0)
			n->what = CONTROL;
		else if (p && *p)
			find_file(n, p + 1, true);
	} else if ((p = core_path_behind(rest, "fdinfo")) && *p) {
		p = core_path_number(p + 1, &n->which);
		if (p && !*p) {
			n->what = FILE_OF;
			n->file = ILLUMOS_PROCFS_FDINFO;
		}
	}
}

static struct name look_at(struct core_thread *t, guest_ptr path)
{
	struct name n = {.what = OTHER, .pid = t->pid};
	char text[NAME_MAX_OURS];
	struct exo_process p;
	const char *rest;

	if (copy_str_from_guest(text, path, sizeof(text)) < 0 || !core_path_behind(text, "/proc"))
		return n;
	rest = core_path_behind(text, "/proc/self");
	if (!rest)
		rest = text[5] ? core_path_number(text + 6, &n.pid) : NULL;
	if (!rest || !*rest)
		return n;
	in_process(&n, rest + 1);
	/* Numbers of the hub's that are no process's say so themselves. */
	if (n.what != OTHER && n.pid != t->pid && exo_process_info(n.pid, 0, &p) < 0)
		n.what = OTHER;
	return n;
}

/* ---- opening ----------------------------------------------------------------------------- */

static int core_flags(i32 flags)
{
	return (flags & ILLUMOS_O_CLOEXEC ? CORE_O_CLOEXEC : 0) |
	       (flags & (ILLUMOS_O_NONBLOCK | ILLUMOS_O_NDELAY) ? CORE_O_NONBLOCK : 0);
}

static bool may_read(const struct core_thread *t, const struct name *n)
{
	struct exo_process p;
	u32 uid = (u32)EXO_NOW(geteuid);

	if (n->pid == t->pid || n->file <= ILLUMOS_PROCFS_LWPUSAGE ||
	    illumos_priv_has(t, ILLUMOS_PRIV_PROC_OWNER))
		return true;
	return exo_process_info(n->pid, 0, &p) == 0 && p.euid == uid && p.uid == uid;
}

static long open_file(struct core_thread *t, const struct name *n, i32 flags)
{
	u8 *data;
	long fd, len;

	if (flags & ILLUMOS_O_CREAT && flags & ILLUMOS_O_EXCL)
		return -CORE_EEXIST;
	if (flags & ILLUMOS_O_DIRECTORY)
		return -CORE_ENOTDIR;
	if (flags & 3 || !may_read(t, n))
		return -CORE_EACCES;
	data = exo_pages_alloc(DATA_MAX);
	if (!data)
		return -CORE_ENOMEM;
	len = illumos_procfs_data(t, n->pid, n->file, n->which, data, DATA_MAX);
	fd = len < 0 ? len : core_text_file(files[n->file], data, (u64)len, core_flags(flags));
	exo_pages_free(data, DATA_MAX);
	return fd;
}

static long open_named(i32 pid, const char *name, i32 flags, i32 more)
{
	char path[64];

	fb_format(path, sizeof(path), "/proc/%d/%s", pid, name);
	return EXO(openat, CORE_AT_FDCWD, path, core_flags(flags) | (flags & 3) | more);
}

/* N of /dev/fd/N, -1 for other names. */
static i32 named_descriptor(const char *text)
{
	const char *rest = core_path_behind(text, "/dev/fd");
	i32 fd;

	if (!rest || !rest[0] || !rest[1])
		return -1;
	rest = core_path_number(rest + 1, &fd);
	return !rest || *rest ? -1 : fd;
}

/* fdfs: the descriptor itself, whatever way it is opened. */
static long open_in_fd(guest_ptr path, i32 flags)
{
	char text[NAME_MAX_OURS];
	long r;
	i32 fd;

	if (copy_str_from_guest(text, path, sizeof(text)) < 0)
		return ILLUMOS_PROCFS_OTHER;
	if (strcmp(text, "/dev/fd") == 0 || strcmp(text, "/dev/fd/") == 0) {
		r = open_named((i32)EXO_NOW(getpid), "fd", flags, CORE_O_DIRECTORY);
		if (r >= 0)
			core_fd_lists((int)r);
		return r;
	}
	fd = named_descriptor(text);
	if (fd < 0)
		return ILLUMOS_PROCFS_OTHER;
	if (core_fd_hidden(fd))
		return -CORE_EBADF;
	return core_dup_from(fd, 0, flags & ILLUMOS_O_CLOEXEC);
}

static long open_link(const struct name *n, i32 flags)
{
	char path[ILLUMOS_PATH_MAX];
	long r = illumos_procfs_object(n->pid, n->link, path);

	if (r < 0)
		return r;
	if (flags & ILLUMOS_O_NOFOLLOW)
		return -CORE_ELOOP;
	if (flags & 3)
		return -CORE_EACCES;
	return EXO(openat, CORE_AT_FDCWD, path, core_flags(flags) | CORE_O_RDONLY);
}

long illumos_procfs_open(struct core_thread *t, guest_ptr path, i32 flags)
{
	long r = illumos_ctfs_open(t, path, flags);
	struct name n;

	if (r != ILLUMOS_PROCFS_OTHER)
		return r;
	n = look_at(t, path);
	switch (n.what) {
	case FILE_OF:
		return open_file(t, &n, flags);
	case LINK:
		return open_link(&n, flags);
	case MEMORY:
		return open_named(n.pid, "mem", flags, 0);
	case CONTROL:
		if ((flags & 3) != ILLUMOS_O_WRONLY)
			return -CORE_EACCES;
		return illumos_procfs_control_open(t, n.pid, n.which, core_flags(flags));
	case LWPS:
		return open_named(n.pid, "task", flags, CORE_O_DIRECTORY);
	case DESCRIPTORS:
		r = open_named(n.pid, "fd", flags, CORE_O_DIRECTORY);
		if (r >= 0 && n.pid == t->pid)
			core_fd_lists((int)r);
		return r;
	default:
		return open_in_fd(path, flags);
	}
}

/* ---- names ------------------------------------------------------------------------------- */

long illumos_procfs_readlink(struct core_thread *t, guest_ptr path, char text[ILLUMOS_PATH_MAX])
{
	long r = illumos_ctfs_readlink(t, path, text, ILLUMOS_PATH_MAX);
	struct name n;

	if (r != ILLUMOS_PROCFS_OTHER)
		return r;
	n = look_at(t, path);
	if (n.what == LINK)
		return illumos_procfs_object(n.pid, n.link, text);
	return n.what == OTHER ? ILLUMOS_PROCFS_OTHER : -CORE_EINVAL;
}

u64 illumos_procfs_name(struct core_thread *t, guest_ptr path, char buf[ILLUMOS_PATH_MAX])
{
	struct name n = look_at(t, path);
	const char *like; /* the same owner, mode and length */

	switch (n.what) {
	case FILE_OF:
		like = n.file <= ILLUMOS_PROCFS_LWPUSAGE ? "cmdline" : "auxv";
		break;
	case LINK:
		if (illumos_procfs_object(n.pid, n.link, buf) >= 0)
			return (u64)buf;
		return path.addr;
	case MEMORY:
	case CONTROL:
		like = "mem";
		break;
	case LWPS:
		like = "task";
		break;
	default:
		return path.addr;
	}
	fb_format(buf, ILLUMOS_PATH_MAX, "/proc/%d/%s", n.pid, like);
	return (u64)buf;
}
