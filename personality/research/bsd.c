/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/bsd.c: files, descriptors and processes of 2.11BSD where its calls are not
 * the Seventh Edition's. Facts: usr/sys/sys/ufs_syscalls.c, kern_descrip.c, kern_exit.c,
 * kern_prot.c.
 */
#include "core/fd.h"
#include "core/login.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/research/abi_bsd.h"
#include "personality/research/calls.h"

long research_bsd_open(struct core_thread *t, PATH path, OFLAGS flags, MODE mode)
{
	char name[RESEARCH_PATH];
	int core = flags & BSD_O_ACCMODE;
	long r = research_path(path, flags & BSD_O_CREAT ? RESEARCH_NAME : RESEARCH_FILE, name);

	(void)t;
	if (r < 0)
		return r;
	if (flags & (BSD_O_SHLOCK | BSD_O_EXLOCK))
		return -CORE_EOPNOTSUPP;
	core |= flags & BSD_O_NONBLOCK ? CORE_O_NONBLOCK : 0;
	core |= flags & BSD_O_APPEND ? CORE_O_APPEND : 0;
	core |= flags & BSD_O_FSYNC ? CORE_O_SYNC : 0;
	core |= flags & BSD_O_CREAT ? CORE_O_CREAT : 0;
	core |= flags & BSD_O_TRUNC ? CORE_O_TRUNC : 0;
	core |= flags & BSD_O_EXCL ? CORE_O_EXCL : 0;
	return research_new_fd(EXO(open, name, core, mode & 07777));
}

long research_bsd_link(struct core_thread *t, PATH path, PATH name)
{
	char from[RESEARCH_PATH], to[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_FILE, from);

	(void)t;
	if (r == 0)
		r = research_path(name, RESEARCH_NAME, to);
	return r < 0 ? r
		     : EXO(linkat, CORE_AT_FDCWD, from, CORE_AT_FDCWD, to, CORE_AT_SYMLINK_FOLLOW);
}

long research_bsd_unlink(struct core_thread *t, PATH path)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_NAME, name);

	(void)t;
	r = r < 0 ? r : EXO(unlink, name);
	return r == -CORE_EISDIR ? -CORE_EPERM : r;
}

long research_bsd_fchdir(struct core_thread *t, FD fd)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : EXO(fchdir, fd);
}

long research_bsd_mknod(struct core_thread *t, PATH path, MODE mode, UINT dev)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_NAME, name);

	(void)t;
	return r < 0 ? r : EXO(mknod, name, mode, (u64)(dev >> 8) << 8 | (dev & 0xff));
}

static u32 owner(u32 id, bool group)
{
	u32 own = (u32)(group ? EXO_NOW(getgid) : EXO_NOW(getuid));

	return id == 0xffff ? ~0u : research_uid_back((u16)id, own);
}

long research_bsd_chown(struct core_thread *t, PATH path, UINT uid, UINT gid)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_FILE, name);

	(void)t;
	return r < 0 ? r : research_gave(EXO(lchown, name, owner(uid, false), owner(gid, true)));
}

long research_bsd_fchown(struct core_thread *t, FD fd, UINT uid, UINT gid)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : research_gave(EXO(fchown, fd, owner(uid, false), owner(gid, true)));
}

long research_bsd_fchmod(struct core_thread *t, FD fd, MODE mode)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : EXO(fchmod, fd, mode & 07777);
}

long research_bsd_symlink(struct core_thread *t, STR text, PATH path)
{
	char target[RESEARCH_PATH], name[RESEARCH_PATH];
	long r = copy_str_from_guest(target, text, sizeof(target));

	(void)t;
	if (r >= 0)
		r = research_path(path, RESEARCH_NAME, name);
	return r < 0 ? r : EXO(symlink, target, name);
}

long research_bsd_readlink(struct core_thread *t, PATH path, OUT buf, UINT n)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_FILE, name);

	(void)t;
	return r < 0 ? r : EXO(readlink, name, buf.addr, n);
}

long research_bsd_rename(struct core_thread *t, PATH from, PATH to)
{
	char old[RESEARCH_PATH], new[RESEARCH_PATH];
	long r = research_path(from, RESEARCH_NAME, old);

	(void)t;
	if (r == 0)
		r = research_path(to, RESEARCH_NAME, new);
	return r < 0 ? r : EXO(rename, old, new);
}

long research_bsd_mkdir(struct core_thread *t, PATH path, MODE mode)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_NAME, name);

	(void)t;
	return r < 0 ? r : EXO(mkdir, name, mode & 0777);
}

long research_bsd_rmdir(struct core_thread *t, PATH path)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_NAME, name);

	(void)t;
	return r < 0 ? r : EXO(rmdir, name);
}

long research_bsd_lstat(struct core_thread *t, PATH path, OUT st)
{
	char name[RESEARCH_PATH];
	struct core_stat host = {0};
	long r = research_path(path, RESEARCH_FILE, name);

	(void)t;
	if (r == 0)
		r = EXO(lstat, name, &host);
	if (r < 0)
		return r;
	research_tty_identity(name, &host);
	if ((host.st_mode & CORE_S_IFMT) == CORE_S_IFDIR)
		host.st_size = research_dir_size(CORE_AT_FDCWD, name);
	return research_put_stat(st, &host);
}

long research_bsd_truncate(struct core_thread *t, PATH path, OFF size)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_FILE, name);

	(void)t;
	return r < 0 ? r : EXO(truncate, name, size);
}

long research_bsd_ftruncate(struct core_thread *t, FD fd, OFF size)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : EXO(ftruncate, fd, size);
}

/* ---- descriptors --------------------------------------------------------------------------- */

long research_bsd_getdtablesize(struct core_thread *t)
{
	(void)t;
	return research.version->nofile;
}

long research_bsd_dup2(struct core_thread *t, FD from, FD to)
{
	long r = research_fd(from);

	(void)t;
	if (r == 0)
		r = research_fd(to);
	if (r < 0)
		return r;
	if (from != to)
		return core_dup2(from, to, 0);
	r = EXO(fcntl, from, CORE_F_GETFD);
	return r < 0 ? r : to;
}

static int flags_to_core(i32 f)
{
	return (f & BSD_O_NONBLOCK ? CORE_O_NONBLOCK : 0) | (f & BSD_O_APPEND ? CORE_O_APPEND : 0) |
	       (f & BSD_O_ASYNC ? CORE_O_ASYNC : 0);
}

static long flags_from_core(long f)
{
	return (f & CORE_O_ACCMODE) | (f & CORE_O_NONBLOCK ? BSD_O_NONBLOCK : 0) |
	       (f & CORE_O_APPEND ? BSD_O_APPEND : 0) | (f & CORE_O_ASYNC ? BSD_O_ASYNC : 0);
}

long research_bsd_fcntl(struct core_thread *t, FD fd, INT cmd, INT arg)
{
	enum { DUPFD, GETFD, SETFD, GETFL, SETFL };
	long r = research_fd(fd);

	(void)t;
	if (r < 0)
		return r;
	switch (cmd) {
	case DUPFD:
		if (research_fd(arg) < 0)
			return -CORE_EINVAL;
		return research_new_fd(core_dup_from(fd, arg, false));
	case GETFD:
		return EXO(fcntl, fd, CORE_F_GETFD);
	case SETFD:
		return EXO(fcntl, fd, CORE_F_SETFD, arg & 1);
	case GETFL:
		r = EXO(fcntl, fd, CORE_F_GETFL);
		return r < 0 ? r : flags_from_core(r);
	case SETFL:
		return EXO(fcntl, fd, CORE_F_SETFL, flags_to_core(arg));
	default:
		return -CORE_EINVAL;
	}
}

long research_bsd_flock(struct core_thread *t, FD fd, INT how)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : EXO(flock, fd, how); /* the operations have the same numbers */
}

long research_bsd_fsync(struct core_thread *t, FD fd)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : EXO(fsync, fd);
}

long research_bsd_vectors(guest_ptr iov, u32 n, struct core_iovec *out)
{
	for (u32 i = 0; i < n; i++) {
		struct bsd_iovec v;

		if (copy_from_guest(&v, gp_add(iov, i * sizeof(v)), sizeof(v)) < 0)
			return -CORE_EFAULT;
		out[i] = (struct core_iovec){research_at(pdp_get(v.base)).addr, pdp_get(v.len)};
	}
	return 0;
}

static long read_or_write(i32 fd, guest_ptr iov, u32 n, enum exo_op op)
{
	struct core_iovec v[BSD_MAXIOV];
	long r = research_fd(fd);

	if (r == 0)
		r = n > BSD_MAXIOV ? -CORE_EINVAL : research_bsd_vectors(iov, n, v);
	return r < 0 ? r : exo_call((u64)fd, (u64)v, n, 0, 0, op);
}

long research_bsd_readv(struct core_thread *t, FD fd, IN iov, UINT n)
{
	(void)t;
	return read_or_write(fd, iov, n, EXO_readv);
}

long research_bsd_writev(struct core_thread *t, FD fd, IN iov, UINT n)
{
	(void)t;
	return read_or_write(fd, iov, n, EXO_writev);
}

/* ---- processes ----------------------------------------------------------------------------- */

long research_bsd_geteuid(struct core_thread *t)
{
	(void)t;
	return research_uid((u32)EXO(geteuid));
}

long research_bsd_getegid(struct core_thread *t)
{
	(void)t;
	return research_uid((u32)EXO(getegid));
}

long research_bsd_seteuid(struct core_thread *t, UINT uid)
{
	u32 to = research_uid_back((u16)uid, (u32)EXO_NOW(getuid));

	(void)t;
	return research_used_ids(EXO(setresuid, -1, to, -1));
}

long research_bsd_setegid(struct core_thread *t, UINT gid)
{
	u32 to = research_uid_back((u16)gid, (u32)EXO_NOW(getgid));

	(void)t;
	return research_used_ids(EXO(setresgid, -1, to, -1));
}

long research_bsd_getppid(struct core_thread *t)
{
	(void)t;
	return research_pid((i32)EXO(getppid));
}

long research_bsd_getpgrp(struct core_thread *t, PID pid)
{
	long r = EXO(getpgid, pid ? research_pid_back((u16)pid) : 0);

	(void)t;
	return r < 0 ? r : research_pid((i32)r);
}

long research_bsd_setpgrp(struct core_thread *t, PID pid, PID group)
{
	(void)t;
	return EXO(setpgid, pid ? research_pid_back((u16)pid) : 0,
		   group ? research_pid_back((u16)group) : 0);
}

long research_bsd_killpg(struct core_thread *t, PID group, SIG sig)
{
	int core = sig ? research_signal_to_core((u32)sig) : 0;

	(void)t;
	if (sig && !core)
		return -CORE_EINVAL;
	if (group < 0) /* no group has such a number; the host's would be a process */
		return -CORE_ESRCH;
	return EXO(kill, group ? -research_pid_back((u16)group) : 0, core);
}

long research_bsd_kill(struct core_thread *t, PID pid, SIG sig)
{
	int core = sig ? research_signal_to_core((u32)sig) : 0;

	if (sig && !core)
		return -CORE_EINVAL;
	if (pid < -1)
		return research_bsd_killpg(t, -pid, sig);
	if (pid > 0 && research_pid_back((u16)pid) == t->pid &&
	    core_signal_self(t, core, CORE_SI_USER))
		return 0;
	return EXO(kill, pid > 0 ? research_pid_back((u16)pid) : pid, core);
}

long research_bsd_getlogin(struct core_thread *t, OUT name, UINT n)
{
	const char *login = core_login();

	(void)t;
	return copy_to_guest(name, login, MIN((size_t)n, strlen(login) + 1));
}

long research_bsd_fetchi(struct core_thread *t, UINT addr)
{
	i32 word = research_fetch_text((u16)addr);

	(void)t;
	return word < 0 ? -CORE_EFAULT : word;
}

long research_bsd_fperr(struct core_thread *t)
{
	(void)t;
	return research_pair(research.cpu.fec, research.cpu.fea);
}
