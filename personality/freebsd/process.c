/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/process.c: beginnings and ends of processes.
 *
 * fork returns 1 in the child's second result register, as sys/amd64/amd64/vm_machdep.c
 * (cpu_fork) has it. rfork(RFSPAWN) is what posix_spawn(3) lives on: a vfork whose child
 * has every handler reset. Memory can be shared for good (core/share.c). Facts: fork(2), rfork(2),
 * pdfork(2), execve(2), sys/kern/kern_fork.c.
 */
#include "core/fd.h"
#include "core/process.h"
#include "core/signal.h"
#include "core/threads.h"
#include "loader/exec.h"
#include "loader/script.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_process.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/procfs.h"
#include "personality/freebsd/umtx.h"

#define PATH_MAX_BYTES 1024 /* sys/syslimits.h PATH_MAX */
#define ABORT2_ARGS    16
#define ABORT2_REASON  128

long freebsd_exit(struct core_thread *t, INT rval)
{
	freebsd_umtx_leave(t); /* robust mutexes may lie in memory that other processes share */
	core_exit(t, rval & 0xff);
}

long freebsd_getpid(struct core_thread *t)
{
	return t->pid;
}

long freebsd_getppid(struct core_thread *t)
{
	(void)t;
	return EXO(getppid);
}

static long fork_result(struct core_thread *t, long r)
{
	if (r == 0) { /* its parent has the mutexes */
		freebsd_umtx_ceiling(t, FREEBSD_NO_CEILING);
		freebsd_umtx_forked();
	}
	if (r >= 0)
		t->exo.frame->rdx = r == 0;
	return r;
}

static void child_ready(struct core_thread *child)
{
	core_call_result(child->abi, child->exo.frame, 0);
	child->exo.frame->rdx = 1;
}

static void child_ready_reset(struct core_thread *child)
{
	struct core_action dfl = {0};

	for (int sig = 1; sig < CORE_NSIG; sig++)
		if (child->proc->action[sig].handler > CORE_SIG_IGN)
			child->proc->action[sig] = dfl;
	child_ready(child);
}

long freebsd_fork(struct core_thread *t)
{
	return fork_result(t, core_fork(t, CORE_SIGCHLD, 0, 0, 0));
}

long freebsd_vfork(struct core_thread *t)
{
	return fork_result(t, core_vfork(t, CORE_SIGCHLD, 0, 0, 0, child_ready));
}

/* The signal a parent gets at the child's end; -1 for one the host has not. */
static int end_signal(u32 flags)
{
	u32 number = flags >> FREEBSD_RFTSIGSHIFT & FREEBSD_RFTSIGMASK;
	int sig;

	if (!(flags & FREEBSD_RFTSIGZMB))
		return flags & FREEBSD_RFLINUXTHPN ? CORE_SIGUSR1 : CORE_SIGCHLD;
	if (number == 0)
		return 0;
	sig = freebsd_to_core_signal((int)number);
	return sig ? sig : -1;
}

/* Without a child: divorces the caller from what it shares. */
static long divorce(struct core_thread *t, u32 flags)
{
	long r = 0;

	if (!(flags & FREEBSD_RFMEM) && core_threads_sweep(t))
		return -CORE_EINVAL; /* memory cannot be copied under a process */
	if (flags & (FREEBSD_RFFDG | FREEBSD_RFCFDG))
		r = core_unshare_files(t);
	if (r == 0 && (flags & FREEBSD_RFCFDG))
		r = core_close_range(0, UINT32_MAX, 0);
	return r;
}

static void without_files(u32 flags)
{
	if (flags & FREEBSD_RFCFDG)
		core_close_range(0, UINT32_MAX, 0);
}

/*
 * A child of nobody's: the host gives those to init whose parent has ended, so one is made
 * in between that tells us the child's id and ends at once.
 */
static long fork_away(struct core_thread *t, u64 clone, u32 flags)
{
	struct core_siginfo si;
	i32 ends[2], id = -1;
	long r = EXO_NOW(pipe2, ends, CORE_O_CLOEXEC);

	if (r < 0)
		return r;
	r = core_fork(t, clone & CORE_CLONE_FILES, 0, 0, 0);
	if (r == 0) {
		i32 between = t->pid;
		long child = core_fork(t, clone, 0, 0, 0);

		if (child != 0) {
			id = (i32)child;
			EXO_NOW(write, ends[1], &id, sizeof(id));
			exo_exit(0);
		}
		while (EXO_NOW(getppid) == between)
			EXO_NOW(sched_yield);
		if (!(clone & CORE_CLONE_FILES)) {
			EXO_NOW(close, ends[0]);
			EXO_NOW(close, ends[1]);
		}
		without_files(flags);
		return 0;
	}
	if (r > 0) {
		EXO_NOW(read, ends[0], &id, sizeof(id));
		EXO_NOW(waitid, CORE_P_PID, r, &si, CORE_WEXITED | CORE_WALL, NULL);
		r = id;
	}
	EXO_NOW(close, ends[0]);
	EXO_NOW(close, ends[1]);
	return r;
}

long freebsd_rfork(struct core_thread *t, HEX flags)
{
	const u32 numbered = FREEBSD_RFTSIGMASK << FREEBSD_RFTSIGSHIFT;
	const u32 both = FREEBSD_RFFDG | FREEBSD_RFCFDG;
	int sig = end_signal(flags);
	u64 clone;
	long r;

	if (flags & FREEBSD_RFSPAWN) /* and nothing else */
		return flags != FREEBSD_RFSPAWN ? -CORE_EINVAL
						: fork_result(t, core_vfork(t, CORE_SIGCHLD, 0, 0,
									    0, child_ready_reset));
	if ((flags & ~(FREEBSD_RFFLAGS | numbered)) || (flags & FREEBSD_RFKERNELONLY) ||
	    ((flags & numbered) && !(flags & FREEBSD_RFTSIGZMB)) || (flags & both) == both ||
	    sig < 0)
		return -CORE_EINVAL;
	if (!(flags & FREEBSD_RFPROC))
		return divorce(t, flags);
	if (flags & FREEBSD_RFMEM) {
		struct core_sharing how = {
		    .signal = (u64)sig,
		    .files = !(flags & both),
		    .no_files = (flags & FREEBSD_RFCFDG) != 0,
		    .handlers = (flags & FREEBSD_RFSIGSHARE) != 0,
		    .peer = (flags & FREEBSD_RFTHREAD) != 0,
		};

		if (flags & FREEBSD_RFNOWAIT)
			return -CORE_EINVAL;
		return fork_result(t, core_fork_sharing(t, &how, child_ready));
	}
	if (flags & (FREEBSD_RFSIGSHARE | FREEBSD_RFTHREAD))
		return -CORE_EINVAL; /* both live in shared memory here */
	clone = (u64)sig;
	if (!(flags & both)) {
		clone |= CORE_CLONE_FILES | CORE_CLONE_FS;
		t->proc->shares_files = true;
	}
	if (flags & FREEBSD_RFNOWAIT)
		return fork_result(t, fork_away(t, clone, flags));
	r = core_fork(t, clone, 0, 0, 0);
	if (r == 0)
		without_files(flags);
	return fork_result(t, r);
}

/*
 * Ends the process by SIGABRT, whatever it makes of that; who calls it wrongly is killed. The
 * reason goes to the system's log there, which is no place of the host's.
 */
long freebsd_abort2(struct core_thread *t, STR why, INT nargs, IN argv)
{
	u64 args[ABORT2_ARGS];
	char text[ABORT2_REASON];
	int sig = CORE_SIGABRT;

	(void)t;
	if (nargs < 0 || nargs > ABORT2_ARGS ||
	    (nargs && copy_from_guest(args, argv, (u64)nargs * sizeof(*args)) < 0) ||
	    (why.addr && copy_str_from_guest(text, why, sizeof(text)) == -CORE_EFAULT))
		sig = CORE_SIGKILL;
	exo_die_of_signal(sig);
}

/* ---- execve ------------------------------------------------------------------------- */

/* A program may execute itself by the name /proc has for it. */
static long exec_name(struct core_thread *t, guest_ptr fname, char path[PATH_MAX_BYTES])
{
	if (freebsd_procfs_maybe(fname) && freebsd_procfs_name(t, fname, true, path) == (u64)path)
		return (long)strlen(path);
	return copy_str_from_guest(path, fname, PATH_MAX_BYTES);
}

long freebsd_execve(struct core_thread *t, PATH fname, ARGV argv, ARGV envv)
{
	char path[PATH_MAX_BYTES];
	long r = exec_name(t, fname, path);

	if (r < 0)
		return r;
	if (r == 0)
		return -CORE_ENOENT;
	return loader_execve(t, CORE_AT_FDCWD, path, argv.addr, envv.addr, &loader_script_freebsd);
}

long freebsd_fexecve(struct core_thread *t, FD fd, ARGV argv, ARGV envv)
{
	return loader_execve(t, fd, "", argv.addr, envv.addr, &loader_script_freebsd);
}

/* ---- groups and sessions --------------------------------------------------------------- */

long freebsd_getpgrp(struct core_thread *t)
{
	(void)t;
	return EXO(getpgrp);
}

long freebsd_getpgid(struct core_thread *t, PID pid)
{
	(void)t;
	return pid < 0 ? -CORE_ESRCH : EXO(getpgid, pid);
}

long freebsd_setpgid(struct core_thread *t, PID pid, PID pgid)
{
	(void)t;
	if (pid < 0 && pgid >= 0)
		return -CORE_ESRCH;
	return EXO(setpgid, pid, pgid);
}

long freebsd_getsid(struct core_thread *t, PID pid)
{
	(void)t;
	return EXO(getsid, pid);
}

long freebsd_setsid(struct core_thread *t)
{
	(void)t;
	return EXO(setsid);
}

/* ---- process descriptors ---------------------------------------------------------------- */

struct procdesc {
	struct core_fd_note note;
	i32 pid;   /* is told when the process has long gone */
	i32 owner; /* who made it: its closing counts, not that of its other children */
	int fd;	   /* the runtime's own, to end the process with; -1: a daemon is not ended */
};

static void procdesc_release(struct core_fd_note *note)
{
	struct procdesc *p = (struct procdesc *)note;

	/* Closing the last descriptor of a process ends it, unless it is a daemon. */
	if (p->fd >= 0) {
		if (EXO_NOW(getpid) == p->owner)
			EXO_NOW(pidfd_send_signal, p->fd, CORE_SIGKILL, 0, 0);
		exo_unhide_fd(p->fd);
	}
	exo_pages_free(p, sizeof(*p));
}

static const struct core_fd_ops procdesc_ops = {.kind = CORE_FD_PROCDESC,
						.release = procdesc_release};

static void attach_procdesc(int fd, i32 pid, i32 owner, bool daemon)
{
	struct procdesc *p = exo_pages_alloc(sizeof(*p));
	long copy;

	if (!p)
		return;
	p->pid = pid;
	p->owner = owner;
	p->fd = -1;
	if (!daemon) {
		copy = EXO_NOW(fcntl, fd, CORE_F_DUPFD_CLOEXEC, 0);
		if (copy >= 0)
			p->fd = exo_hide_fd((int)copy);
	}
	core_fd_attach(fd, &procdesc_ops, &p->note);
}

long freebsd_pdfork(struct core_thread *t, OUT fdp, HEX flags)
{
	u32 *pidfd = (u32 *)&t->start_arg[0];
	long r;

	if (flags & ~(u32)FREEBSD_PD_ALLOWED_AT_FORK)
		return -CORE_EINVAL;
	/* No exit signal: such a child is waited for through its descriptor. */
	r = core_fork(t, CORE_CLONE_PIDFD, (u64)pidfd, 0, 0);
	if (r <= 0)
		return fork_result(t, r);
	if (!(flags & FREEBSD_PD_CLOEXEC))
		EXO_NOW(fcntl, *pidfd, CORE_F_SETFD, 0);
	attach_procdesc((int)*pidfd, (i32)r, t->pid, flags & FREEBSD_PD_DAEMON);
	if (guest_write_u32(fdp, *pidfd) < 0)
		return -CORE_EFAULT;
	return fork_result(t, r);
}

/* The process behind a pidfd: the "Pid:" line of its fdinfo (proc(5)). */
static long pid_of(int fd)
{
	char path[48], text[512], *p;
	long in, n, pid = 0;

	fb_format(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	in = EXO_NOW(open, path, CORE_O_RDONLY | CORE_O_CLOEXEC);
	if (in < 0)
		return -CORE_EBADF;
	n = EXO_NOW(read, in, text, sizeof(text) - 1);
	EXO_NOW(close, in);
	text[MAX(n, 0L)] = '\0';
	for (p = text; p && strncmp(p, "Pid:", 4) != 0; p = strchr(p, '\n'), p = p ? p + 1 : NULL)
		;
	if (!p)
		return -CORE_EBADF;
	for (p += 4; *p == '\t' || *p == ' '; p++)
		;
	for (; *p >= '0' && *p <= '9'; p++)
		pid = pid * 10 + (*p - '0');
	return pid > 0 ? pid : -CORE_ESRCH;
}

long freebsd_pdgetpid(struct core_thread *t, FD fd, OUT pidp)
{
	struct core_fd_note *note = core_fd_get(fd, CORE_FD_PROCDESC);
	long pid;

	(void)t;
	if (note) {
		pid = ((struct procdesc *)note)->pid;
		core_fd_put(note);
	} else {
		pid = exo_fd_hidden(fd) ? -CORE_EBADF : pid_of(fd);
	}
	return pid < 0 ? pid : guest_write_u32(pidp, (u32)pid);
}

long freebsd_pdkill(struct core_thread *t, FD fd, SIG signum)
{
	int sig = signum ? freebsd_to_core_signal(signum) : 0;

	(void)t;
	if (signum && !sig)
		return -CORE_EINVAL;
	return exo_fd_hidden(fd) ? -CORE_EBADF : EXO(pidfd_send_signal, fd, sig, 0, 0);
}
