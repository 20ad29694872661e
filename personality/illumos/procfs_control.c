/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/procfs_control.c: ctl and lwpctl of /proc: messages that are written to a
 * process.
 *
 * The descriptor is one of the host's that only names a file of that process's, so that the host
 * refuses every write to it, and it outlives forks and execs; the write is then looked at here.
 * Nobody can be traced, so of the messages only those do something that are a kill or a nice
 * by another name; for the others the process is as busy as one that somebody else traces.
 *
 * Facts: proc(5); usr/src/uts/common/fs/proc/prcontrol.c (prwritectl, ctlsize, pr_kill, pr_nice),
 * sys/procfs.h.
 */
#include "core/fd.h"
#include "core/textfile.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/priv.h"
#include "personality/illumos/procfs.h"

enum {
	PCNULL,
	PCSTOP,
	PCDSTOP,
	PCWSTOP,
	PCTWSTOP,
	PCRUN,
	PCCSIG,
	PCCFAULT,
	PCSSIG,
	PCKILL,
	PCUNKILL,
	PCNICE = 21,
	PCSCREDX = 31, /* the last */
};

/* What stands for ctl and for lwpctl among the host's files of a process. */
static const char ctl[] = "clear_refs", lwpctl[] = "sched";

#define NAME_MAX_OURS 80
#define NZERO	      20

static i32 nth_thread(i32 pid, i32 number)
{
	i32 ids[256];
	long n = exo_process_list(pid, ids, ARRAY_LEN(ids));

	n = MIN(n, (long)ARRAY_LEN(ids));
	for (long i = 0; i < n; i++) {
		i32 before = 1;

		for (long k = 0; k < n; k++)
			before += ids[k] < ids[i];
		if (before == number || ids[i] == number)
			return ids[i];
	}
	return 0;
}

static bool may_control(const struct core_thread *t, i32 pid)
{
	struct exo_process p;
	u32 uid = (u32)EXO_NOW(geteuid);

	if (pid == t->pid || illumos_priv_has(t, ILLUMOS_PRIV_PROC_OWNER))
		return true;
	return exo_process_info(pid, 0, &p) == 0 && p.uid == uid && p.euid == uid && p.suid == uid;
}

long illumos_procfs_control_open(struct core_thread *t, i32 pid, i32 lwp, i32 core_flags)
{
	char path[NAME_MAX_OURS];
	i32 tid = lwp ? nth_thread(pid, lwp) : 0;

	if (lwp && !tid)
		return -CORE_ENOENT;
	if (!may_control(t, pid))
		return -CORE_EACCES;
	if (lwp)
		fb_format(path, sizeof(path), "/proc/%d/task/%d/%s", pid, tid, lwpctl);
	else
		fb_format(path, sizeof(path), "/proc/%d/%s", pid, ctl);
	return EXO(openat, CORE_AT_FDCWD, path, (core_flags & CORE_O_CLOEXEC) | CORE_O_PATH);
}

struct target {
	i32 pid, tid;
};

/* Whose ctl a descriptor is. */
static bool is_control(int fd, struct target *to)
{
	struct exo_open_file f;
	const char *p;

	if (exo_process_fd((i32)EXO_NOW(getpid), fd, &f) < 0 || !(f.flags & CORE_O_PATH))
		return false;
	p = core_path_behind(f.path, "/proc");
	p = p && *p ? core_path_number(p + 1, &to->pid) : NULL;
	if (!p || !*p)
		return false;
	to->tid = 0;
	if (strcmp(p + 1, ctl) == 0)
		return true;
	p = core_path_behind(p + 1, "task");
	p = p && *p ? core_path_number(p + 1, &to->tid) : NULL;
	return p && *p && strcmp(p + 1, lwpctl) == 0;
}

/* ctlsize(): the bytes of operands, for what has some that matter here. */
static u64 operand_size(i64 cmd)
{
	return cmd == PCKILL || cmd == PCNICE || cmd == PCUNKILL ? sizeof(i64) : 0;
}

static long send(const struct target *to, i64 sig)
{
	int core = illumos_to_core_signal((int)sig);

	if (sig <= 0 || sig > ILLUMOS_MAXSIG || !core)
		return -CORE_EINVAL;
	return to->tid ? EXO(tgkill, to->pid, to->tid, core) : EXO(kill, to->pid, core);
}

static long be_nice(struct core_thread *t, const struct target *to, i64 by)
{
	struct exo_process p;

	if (exo_process_info(to->pid, 0, &p) < 0)
		return -CORE_ENOENT;
	if ((by < 0 || by > 2 * NZERO) && !illumos_priv_has(t, ILLUMOS_PRIV_PROC_PRIOCNTL) &&
	    !illumos_priv_has(t, ILLUMOS_PRIV_PROC_PRIOUP))
		return -CORE_EPERM;
	by = MIN(MAX(p.nice + MIN(MAX(by, -2L * NZERO), 2L * NZERO), -(i64)NZERO), NZERO - 1L);
	return EXO(setpriority, 0, to->pid, (int)by);
}

static long message(struct core_thread *t, const struct target *to, i64 cmd, i64 operand)
{
	switch (cmd) {
	case PCNULL:
		return 0;
	case PCKILL:
		return send(to, operand);
	case PCNICE:
		return be_nice(t, to, operand);
	default:
		return cmd < 0 || cmd > PCSCREDX ? -CORE_EINVAL : -CORE_EBUSY;
	}
}

long illumos_procfs_control(struct core_thread *t, int fd, guest_ptr buf, u64 n)
{
	struct target to;
	struct exo_process p;
	u64 at = 0;
	long r = 0;

	if (core_fd_hidden(fd) || !is_control(fd, &to))
		return -CORE_EBADF;
	if (exo_process_info(to.pid, to.tid, &p) < 0 || p.state == 'Z')
		return -CORE_ENOENT;
	if (n % sizeof(i64))
		return -CORE_EINVAL;
	while (r >= 0 && at < n) {
		i64 words[2] = {0, 0};
		u64 more;

		if (copy_from_guest(words, gp(buf.addr + at), sizeof(i64)) < 0)
			return -CORE_EFAULT;
		more = operand_size(words[0]);
		if (n - at - sizeof(i64) < more)
			return -CORE_EINVAL;
		if (more && copy_from_guest(&words[1], gp(buf.addr + at + sizeof(i64)), more) < 0)
			return -CORE_EFAULT;
		r = message(t, &to, words[0], words[1]);
		at += sizeof(i64) + more;
	}
	return r < 0 ? r : (long)n;
}
