/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/priv_guard.c: calls of a process that has given up privileges.
 *
 * Such a process enters by a second table (illumos.c) whose every row comes here first; one that
 * has what its user has never does, and pays nothing. What is refused is refused where the original
 * would have come to it: names are looked up before, so that what is not there is ENOENT, and
 * what is no valid call is left to the call itself to say. Files below /proc are not files to
 * file_read and file_write, as there.
 *
 * Facts: usr/src/uts/common/os/policy.c, os/cred.c (prochasprocperm, hasprocperm),
 * os/{exec,fork}.c, syscall; fs/{ufs,tmpfs,zfs}, fs/sockfs/socksubr.c (so_ux_lookup),
 * fs/proc/prvnops.c, inet/{tcp/tcp,udp/udp,ip/icmp}.c.
 */
#include "core/textfile.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/illumos/abi_file.h"
#include "personality/illumos/abi_process.h"
#include "personality/illumos/abi_socket.h"
#include "personality/illumos/convert_file.h"
#include "personality/illumos/path.h"
#include "personality/illumos/priv.h"
#include "personality/illumos/procfs.h"

enum number {
#define SYS(nr, name, state, result, args, note) NR_##name = nr,
#define MISS(nr, name, result, args, note)	 NR_##name = nr,
#define GAP(nr, name, state, why)
#include "personality/illumos/syscalls.def"
#undef SYS
#undef MISS
#undef GAP
};

#define R_OK 4
#define W_OK 2

/* A call under examination: what the process has is looked up once, when it matters. */
struct call {
	const struct core_thread *t;
	const u64 *args;
	bool looked;
	struct illumos_priv_set effective;
};

static const struct illumos_priv_set *effective(struct call *c)
{
	if (!c->looked)
		c->effective = illumos_priv_observed(c->t->proc, ILLUMOS_EFFECTIVE);
	c->looked = true;
	return &c->effective;
}

static bool lacks(struct call *c, enum illumos_priv p)
{
	return !illumos_priv_in(effective(c), p);
}

/* ---- processes ----------------------------------------------------------------------------- */

static bool own_kind(const struct exo_process *target)
{
	u32 r, e, s;

	EXO_NOW(getresuid, &r, &e, &s);
	return e == target->uid || r == target->uid || e == target->suid || r == target->suid;
}

bool illumos_priv_reaches(const struct core_thread *t, i32 pid)
{
	struct exo_process target, self;

	if (pid == t->pid || exo_process_info(pid, 0, &target) < 0 ||
	    exo_process_info(t->pid, 0, &self) < 0)
		return true; /* who is not there cannot be reached, which the call says */
	if (target.sid != self.sid && !illumos_priv_has(t, ILLUMOS_PRIV_PROC_SESSION))
		return false;
	return own_kind(&target) || illumos_priv_has(t, ILLUMOS_PRIV_PROC_OWNER);
}

bool illumos_priv_hides(const struct core_thread *t, i32 pid)
{
	return pid != t->pid && !illumos_priv_has(t, ILLUMOS_PRIV_PROC_INFO) &&
	       !illumos_priv_reaches(t, pid);
}

static long signal_to(struct call *c, i32 pid)
{
	if (pid > 0)
		return illumos_priv_reaches(c->t, pid) ? 0 : -CORE_EPERM;
	/* To all: those of other sessions could not be left out. */
	return pid == -1 && lacks(c, ILLUMOS_PRIV_PROC_SESSION) ? -CORE_EPERM : 0;
}

/* A name in /proc of a process that is not to be seen. */
static bool is_hidden(struct call *c, guest_ptr path)
{
	char text[32];
	const char *rest;
	i32 pid;

	if (LIKELY(!lacks(c, ILLUMOS_PRIV_PROC_INFO)) || !illumos_procfs_maybe(path) ||
	    copy_str_from_guest(text, path, sizeof(text)) < 0)
		return false;
	rest = core_path_behind(text, "/proc");
	rest = rest && *rest ? core_path_number(rest + 1, &pid) : NULL;
	return rest && illumos_priv_hides(c->t, pid);
}

/* ---- names --------------------------------------------------------------------------------- */

enum place { NOTHING, FILE_THERE, NO_PARENT };

/* What a name is: st of what is there (of a link itself, unless it is followed). */
static enum place look(i32 fd, u64 path, bool follow, struct core_stat *st)
{
	long r;

	path = illumos_fence(path);
	if (illumos_procfs_maybe(gp(path)))
		return NO_PARENT;
	r = EXO_NOW(newfstatat, illumos_to_core_atfd(fd), path, st,
		    follow ? 0 : CORE_AT_SYMLINK_NOFOLLOW);
	if (r == 0)
		return FILE_THERE;
	return r == -CORE_ENOENT ? NOTHING : NO_PARENT;
}

/* Is there a directory for the new name? */
static bool has_parent(i32 fd, u64 path)
{
	char text[ILLUMOS_PATH_MAX], *slash;
	struct core_stat st;

	if (copy_str_from_guest(text, gp(illumos_fence(path)), sizeof(text)) <= 0)
		return false;
	slash = strrchr(text, '/');
	if (!slash)
		return true;
	slash[slash == text] = '\0';
	return EXO_NOW(newfstatat, illumos_to_core_atfd(fd), text, &st, 0) == 0 &&
	       (st.st_mode & CORE_S_IFMT) == CORE_S_IFDIR;
}

static long new_name(struct call *c, i32 fd, u64 path)
{
	struct core_stat st;

	if (!lacks(c, ILLUMOS_PRIV_FILE_WRITE) || look(fd, path, false, &st) != NOTHING)
		return 0;
	return has_parent(fd, path) ? -CORE_EACCES : 0;
}

static long old_name(struct call *c, i32 fd, u64 path)
{
	struct core_stat st;

	return lacks(c, ILLUMOS_PRIV_FILE_WRITE) && look(fd, path, false, &st) == FILE_THERE
		   ? -CORE_EACCES
		   : 0;
}

static long renaming(struct call *c, i32 fd, u64 from, i32 tofd, u64 to)
{
	struct core_stat st;

	if (!lacks(c, ILLUMOS_PRIV_FILE_WRITE) || look(fd, from, false, &st) != FILE_THERE)
		return 0;
	return look(tofd, to, false, &st) == FILE_THERE || has_parent(tofd, to) ? -CORE_EACCES : 0;
}

static long linking(struct call *c, i32 fd, u64 from, i32 tofd, u64 to, i32 flag)
{
	struct core_stat st, other;

	if (look(fd, from, flag & ILLUMOS_AT_SYMLINK_FOLLOW, &st) != FILE_THERE ||
	    look(tofd, to, false, &other) == FILE_THERE)
		return 0;
	if (lacks(c, ILLUMOS_PRIV_FILE_LINK_ANY) && st.st_uid != (u32)EXO_NOW(geteuid))
		return -CORE_EPERM;
	return new_name(c, tofd, to);
}

/* ---- files --------------------------------------------------------------------------------- */

static long opening(struct call *c, i32 fd, u64 path, i32 flags)
{
	bool writes = flags & (ILLUMOS_O_WRONLY | ILLUMOS_O_RDWR | ILLUMOS_O_TRUNC);
	bool reads = !(flags & ILLUMOS_O_WRONLY);
	struct core_stat st;

	if (is_hidden(c, gp(illumos_fence(path))))
		return -CORE_ENOENT;
	if (flags & (ILLUMOS_O_SEARCH | ILLUMOS_O_EXEC))
		return 0;
	switch (look(fd, path, !(flags & ILLUMOS_O_NOFOLLOW), &st)) {
	case FILE_THERE:
		if ((flags & ILLUMOS_O_CREAT && flags & ILLUMOS_O_EXCL) ||
		    (st.st_mode & CORE_S_IFMT) == CORE_S_IFLNK)
			return 0;
		if ((reads && lacks(c, ILLUMOS_PRIV_FILE_READ)) ||
		    (writes && lacks(c, ILLUMOS_PRIV_FILE_WRITE)))
			return -CORE_EACCES;
		return 0;
	case NOTHING:
		return flags & ILLUMOS_O_CREAT ? new_name(c, fd, path) : 0;
	default:
		return 0;
	}
}

static long access_to(struct call *c, i32 fd, u64 path, i32 mode)
{
	struct core_stat st;

	if (is_hidden(c, gp(illumos_fence(path))))
		return -CORE_ENOENT;
	if (!((mode & R_OK && lacks(c, ILLUMOS_PRIV_FILE_READ)) ||
	      (mode & W_OK && lacks(c, ILLUMOS_PRIV_FILE_WRITE))))
		return 0;
	return look(fd, path, true, &st) == FILE_THERE ? -CORE_EACCES : 0;
}

/* Who owns the file needs the one or the other, who does not the other. */
static long giving_away(struct call *c, i32 fd, u64 path, bool follow)
{
	struct core_stat st;

	if (!lacks(c, ILLUMOS_PRIV_FILE_CHOWN) || lacks(c, ILLUMOS_PRIV_FILE_CHOWN_SELF))
		return 0; /* the host sees to it */
	if (path ? look(fd, path, follow, &st) != FILE_THERE : EXO_NOW(fstat, fd, &st) < 0)
		return 0;
	return st.st_uid == (u32)EXO_NOW(geteuid) ? 0 : -CORE_EPERM;
}

/* ---- sockets ------------------------------------------------------------------------------- */

static long new_socket(struct call *c, i32 family, i32 type, i32 protocol)
{
	if (family != ILLUMOS_AF_INET && family != ILLUMOS_AF_INET6)
		return 0;
	if (type == ILLUMOS_SOCK_RAW) {
		if (lacks(c, ILLUMOS_PRIV_NET_ICMPACCESS))
			return -CORE_EACCES;
		return protocol == CORE_IPPROTO_RAW && lacks(c, ILLUMOS_PRIV_NET_RAWACCESS)
			   ? -CORE_EACCES
			   : 0;
	}
	return (type == ILLUMOS_SOCK_STREAM || type == ILLUMOS_SOCK_DGRAM) &&
		       lacks(c, ILLUMOS_PRIV_NET_ACCESS)
		   ? -CORE_EACCES
		   : 0;
}

/* secpolicy_net_privaddr() */
static long to_port(struct call *c, u32 port)
{
	switch (port) {
	case 137:
	case 138:
	case 139:
	case 445:
		return lacks(c, ILLUMOS_PRIV_NET_PRIVADDR) && lacks(c, ILLUMOS_PRIV_SYS_SMB)
			   ? -CORE_EACCES
			   : 0;
	case 2049:
	case 4045:
		return lacks(c, ILLUMOS_PRIV_SYS_NFS) ? -CORE_EACCES : 0;
	default:
		return port && port < 1024 && lacks(c, ILLUMOS_PRIV_NET_PRIVADDR) ? -CORE_EACCES
										  : 0;
	}
}

/* The name of a local socket is a file. */
static long address(struct call *c, guest_ptr name, u64 len, bool bind)
{
	char text[256] = "";
	struct core_stat st;
	u16 family, port;

	if (len < 4 || copy_from_guest(text, name, MIN(len, sizeof(text) - 1)) < 0)
		return 0;
	memcpy(&family, text, sizeof(family));
	memcpy(&port, text + 2, sizeof(port));
	if (family == ILLUMOS_AF_INET || family == ILLUMOS_AF_INET6)
		return bind ? to_port(c, (u32)__builtin_bswap16(port)) : 0;
	if (family != ILLUMOS_AF_UNIX || !text[2])
		return 0;
	if (bind)
		return new_name(c, ILLUMOS_AT_FDCWD, name.addr + 2);
	if (!lacks(c, ILLUMOS_PRIV_FILE_READ) && !lacks(c, ILLUMOS_PRIV_FILE_WRITE))
		return 0;
	return look(ILLUMOS_AT_FDCWD, name.addr + 2, true, &st) == FILE_THERE ? -CORE_EACCES : 0;
}

/* ---- the rest ------------------------------------------------------------------------------ */

static long forking(struct call *c, u32 flags)
{
	if (flags & ~(u32)(ILLUMOS_FORK_NOSIGCHLD | ILLUMOS_FORK_WAITPID))
		return 0;
	return lacks(c, ILLUMOS_PRIV_PROC_FORK) ? -CORE_EPERM : 0;
}

static long executing(struct call *c, u64 path)
{
	struct core_stat st;

	return lacks(c, ILLUMOS_PRIV_PROC_EXEC) &&
		       look(ILLUMOS_AT_FDCWD, path, true, &st) == FILE_THERE
		   ? -CORE_EPERM
		   : 0;
}

/* Root's id is worth all privileges, to whom has it nowhere yet. */
static long becoming(struct call *c, u32 uid)
{
	struct illumos_priv_set all;
	u32 r, e, s;

	EXO_NOW(getresuid, &r, &e, &s);
	if (uid != 0 || r == 0 || e == 0 || s == 0)
		return 0;
	illumos_priv_all(&all);
	return memcmp(&all, effective(c), sizeof(all)) != 0 ? -CORE_EPERM : 0;
}

static long of_privilege(struct call *c, enum illumos_priv p)
{
	return lacks(c, p) ? -CORE_EPERM : 0;
}

static long process_call(struct call *c, u64 nr)
{
	const u64 *a = c->args;

	switch (nr) {
	case NR_kill:
		return signal_to(c, (i32)a[0]);
	case NR_sigqueue:
		return (i32)a[0] > 0 ? signal_to(c, (i32)a[0]) : 0;
	case NR_vfork:
		return forking(c, 0);
	case NR_forksys:
		return forking(c, (u32)a[1]);
	case NR_execve:
		return executing(c, a[0]);
	case NR_spawn:
		return forking(c, 0) ?: executing(c, a[0]);
	case NR_setuid:
	case NR_seteuid:
		return becoming(c, (u32)a[0]);
	case NR_setreuid:
		return becoming(c, (u32)a[0]) ?: becoming(c, (u32)a[1]);
	case NR_umount2:
		return of_privilege(c, ILLUMOS_PRIV_SYS_MOUNT);
	case NR_so_socket:
		return new_socket(c, (i32)a[0], (i32)a[1], (i32)a[2]);
	case NR_bind:
		return address(c, gp(illumos_fence(a[1])), (u32)a[2], true);
	case NR_connect:
		return address(c, gp(illumos_fence(a[1])), (u32)a[2], false);
	default:
		return 0;
	}
}

static long mounting(struct call *c, u64 dir)
{
	struct core_stat st;

	return lacks(c, ILLUMOS_PRIV_SYS_MOUNT) &&
		       look(ILLUMOS_AT_FDCWD, dir, true, &st) == FILE_THERE
		   ? -CORE_EPERM
		   : 0;
}

static long file_call(struct call *c, u64 nr)
{
	const i32 here = ILLUMOS_AT_FDCWD;
	const u64 *a = c->args;

	switch (nr) {
	case NR_open:
		return opening(c, here, a[0], (i32)a[1]);
	case NR_openat:
		return opening(c, (i32)a[0], a[1], (i32)a[2]);
	case NR_access:
		return access_to(c, here, a[0], (i32)a[1]);
	case NR_faccessat:
		return access_to(c, (i32)a[0], a[1], (i32)a[2]);
	case NR_stat:
	case NR_lstat:
	case NR_readlink:
	case NR_chdir:
		return is_hidden(c, gp(illumos_fence(a[0]))) ? -CORE_ENOENT : 0;
	case NR_fstatat:
	case NR_readlinkat:
		return a[1] && is_hidden(c, gp(illumos_fence(a[1]))) ? -CORE_ENOENT : 0;
	case NR_link:
		return linking(c, here, a[0], here, a[1], 0);
	case NR_linkat:
		return linking(c, (i32)a[0], a[1], (i32)a[2], a[3], (i32)a[4]);
	case NR_symlink:
		return new_name(c, here, a[1]);
	case NR_symlinkat:
		return new_name(c, (i32)a[1], a[2]);
	case NR_mkdir:
	case NR_mknod:
		return new_name(c, here, a[0]);
	case NR_mkdirat:
	case NR_mknodat:
		return new_name(c, (i32)a[0], a[1]);
	case NR_unlink:
	case NR_rmdir:
		return old_name(c, here, a[0]);
	case NR_unlinkat:
		return old_name(c, (i32)a[0], a[1]);
	case NR_rename:
		return renaming(c, here, a[0], here, a[1]);
	case NR_renameat:
		return renaming(c, (i32)a[0], a[1], (i32)a[2], a[3]);
	case NR_chown:
		return giving_away(c, here, a[0], true);
	case NR_lchown:
		return giving_away(c, here, a[0], false);
	case NR_fchown:
		return giving_away(c, (i32)a[0], 0, false);
	case NR_fchownat:
		return giving_away(c, (i32)a[0], a[1], !(a[4] & ILLUMOS_AT_SYMLINK_NOFOLLOW));
	case NR_mount:
		return mounting(c, a[1]);
	default:
		return process_call(c, nr);
	}
}

long illumos_priv_refuses(struct core_thread *t, u64 nr, const u64 *args)
{
	struct call c = {.t = t, .args = args};

	return file_call(&c, nr);
}
