/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/kqueue_proc.c: EVFILT_PROC, EVFILT_PROCDESC and EVFILT_SIGNAL.
 *
 * A process is watched through a process descriptor, which says that it ended, and with
 * what status as long as its parent has not asked, or on hosts that remember (Linux 6.15).
 * What it does before that, fork and exec, guests tell each other (core/news.c) and the host
 * nobody but its superuser: of a process that is no guest, an attempt to watch for nothing
 * else is refused; asked for its end as well, that part never comes.
 *
 * Facts: filt_procattach and filt_proc (sys/kern/kern_event.c), procdesc_kqops_event
 * (sys_procdesc.c), filt_signal (kern_sig.c).
 */
#include "core/kqueue_impl.h"
#include "core/signal.h"
#include "exo/info.h"

/* struct pidfd_info of linux/pidfd.h, first version, and the request for it. */
struct pidfd_info {
	u64 mask;
	u64 cgroupid;
	u32 ids[11];
	i32 exit_code;
};
SIZE_ASSERT(struct pidfd_info, 64);
#define PIDFD_GET_INFO	0xc040ff0bu
#define PIDFD_INFO_EXIT 8u

static bool has_ended(int pidfd)
{
	struct core_pollfd p = {pidfd, CORE_POLLIN, 0};

	return EXO_NOW(poll, &p, 1, 0) > 0;
}

/* Of one whose parent has asked. */
static bool status_left(int pidfd, i64 *status)
{
	struct pidfd_info info = {.mask = PIDFD_INFO_EXIT};

	if (EXO_NOW(ioctl, pidfd, PIDFD_GET_INFO, &info) != 0 || !(info.mask & PIDFD_INFO_EXIT))
		return false;
	*status = info.exit_code;
	return true;
}

/* As wait(2) would have it; 0 when nobody can tell. pid: 0 for a child. */
static i64 status_of(int pidfd, i32 pid)
{
	struct core_siginfo si = {0};
	struct exo_process p;
	i64 status = 0;

	if (EXO_NOW(waitid, CORE_P_PIDFD, pidfd, &si,
		    CORE_WEXITED | CORE_WNOHANG | CORE_WNOWAIT | CORE_WALL, NULL) == 0 &&
	    si.chld.pid) {
		if (si.si_code == CORE_CLD_EXITED)
			return (si.chld.status & 0xff) << 8;
		return si.chld.status | (si.si_code == CORE_CLD_DUMPED ? 0x80 : 0);
	}
	if (status_left(pidfd, &status))
		return status;
	if (pid && exo_process_info(pid, 0, &p) == 0 && p.state == 'Z')
		status = p.exit_status;
	status_left(pidfd, &status); /* its parent may have asked meanwhile */
	return status;
}

void kq_proc_ended(struct kq *kq, struct kq_note *kn, int pidfd)
{
	if (kn->sfflags & CORE_NOTE_EXIT) {
		kn->ev.fflags |= CORE_NOTE_EXIT;
		kn->ev.data =
		    status_of(pidfd, kn->ev.filter == CORE_EVFILT_PROC ? (i32)kn->ev.ident : 0);
	}
	kn->ev.flags |= CORE_EV_EOF | CORE_EV_ONESHOT;
	if (!kn->ev.fflags)
		kn->status |= KQ_DROP;
	kq_activate(kq, kn);
}

long kq_proc_attach_fd(struct kq *kq, struct kq_note *kn, long fd)
{
	int hidden;

	fd = kq_hidden(kq, &hidden, fd, KQ_WATCH_PROCESS);
	if (fd < 0)
		return fd;
	kn->ev.flags |= CORE_EV_CLEAR;
	kn->watch = kq_watch_find(kq, (u64)hidden);
	kn->watch->notes = kn;
	kn->link.next = NULL;
	return 0;
}

long kq_proc_attach(struct kq *kq, struct kq_note *kn)
{
	long fd, r;

	if (kn->ev.ident == 0 || kn->ev.ident > INT32_MAX)
		return -CORE_ESRCH;
	fd = EXO_NOW(pidfd_open, (int)kn->ev.ident, 0);
	if (fd == -CORE_EINVAL || fd == -CORE_ENOENT) /* a thread of some process */
		return -CORE_ESRCH;
	if (fd >= 0 && !(kn->sfflags & CORE_NOTE_EXIT) && has_ended((int)fd)) {
		EXO_NOW(close, fd);
		return -CORE_ESRCH;
	}
	fd = kq_proc_attach_fd(kq, kn, fd);
	if (fd < 0)
		return fd;
	r = kq_news_want(kq, kn);
	if (r < 0 && !(kn->sfflags & CORE_NOTE_EXIT)) {
		kq_proc_detach(kq, kn);
		return -CORE_EACCES;
	}
	return 0;
}

void kq_proc_detach(struct kq *kq, struct kq_note *kn)
{
	int fd;

	if (!kn->watch)
		return;
	fd = (int)kn->watch->link.key;
	kq_news_unwant(kq, kn);
	kq_watch_free(kq, kn->watch);
	exo_unhide_fd(fd);
}

long kq_procdesc_check(int fd)
{
	struct core_siginfo si;
	long r = EXO_NOW(waitid, CORE_P_PIDFD, fd, &si,
			 CORE_WEXITED | CORE_WNOHANG | CORE_WNOWAIT | CORE_WALL, NULL);

	return r == 0 || r == -CORE_ECHILD ? 0 : -CORE_EINVAL;
}

void kq_signal_attach(struct kq *kq, struct kq_note *kn)
{
	kn->ev.flags |= CORE_EV_CLEAR;
	if (kn->ev.ident < 1 || kn->ev.ident >= CORE_NSIG)
		return; /* a number that never comes is watched in vain */
	kq->signals |= CORE_SIGBIT(kn->ev.ident);
	core_signal_watch(core_self(), (int)kn->ev.ident, true, kq_signal);
}

void kq_signal_detach(struct kq *kq, struct kq_note *kn)
{
	if (kn->ev.ident < 1 || kn->ev.ident >= CORE_NSIG)
		return;
	kq->signals &= ~CORE_SIGBIT(kn->ev.ident);
	core_signal_watch(core_self(), (int)kn->ev.ident, false, kq_signal);
}
