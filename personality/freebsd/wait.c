/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/wait.c: wait4(2) and wait6(2).
 *
 * The host chooses children by process and by group. Where FreeBSD also chooses by user,
 * group, session and jail the children are looked at one by one here, zombies as well: they
 * keep their credentials. A child of pdfork(2) sends no signal when it ends, which hides it
 * from the host's waits; it is found by its id, and by nothing else. Facts: wait(2),
 * sys/kern/kern_exit.c (kern_wait6, proc_to_reap) of FreeBSD 14.
 */
#include "core/abi.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_process.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/freebsd.h"
#include "core/wait_signal.h"

#define WAIT_OPTIONS                                                                               \
	(FREEBSD_WNOHANG | FREEBSD_WUNTRACED | FREEBSD_WCONTINUED | FREEBSD_WNOWAIT |              \
	 FREEBSD_WEXITED | FREEBSD_WTRAPPED | FREEBSD_WLINUXCLONE)
#define WAIT_EVENTS	 (FREEBSD_WEXITED | FREEBSD_WUNTRACED | FREEBSD_WCONTINUED | FREEBSD_WTRAPPED)
#define STATUS_STOPPED	 0x7f
#define STATUS_CONTINUED 0x13 /* the number of SIGCONT */
#define STATUS_CORE	 0x80
#define HOST_JAIL	 0 /* the number of the machine itself */
/* Stops, continuations and the children of other threads say nothing: looked at again. */
#define LOOK_AGAIN_MS 50
#define WATCHED	      16

static u32 status_of(const struct core_siginfo *si)
{
	u32 sig = (u32)core_to_freebsd_signal(si->chld.status);

	switch (si->si_code) {
	case CORE_CLD_EXITED:
		return ((u32)si->chld.status & 0xff) << 8;
	case CORE_CLD_DUMPED:
		return sig | STATUS_CORE;
	case CORE_CLD_STOPPED:
	case CORE_CLD_TRAPPED:
		return sig << 8 | STATUS_STOPPED;
	case CORE_CLD_CONTINUED:
		return STATUS_CONTINUED;
	default:
		return sig;
	}
}

/* What to wait for, in the host's terms. */
struct wanted {
	int type; /* FREEBSD_P_* */
	i64 id;
	int how; /* CORE_W* */
};

static long ask(int type, i64 id, int how, struct core_siginfo *si, struct core_rusage *ru)
{
	memset(si, 0, sizeof(*si));
	return EXO(waitid, type, id, si, how, ru);
}

/* Linux knows two kinds of children, FreeBSD three: a child of pdfork has no signal at all. */
static bool is_silent(i32 pid)
{
	struct exo_process p;

	return exo_process_info(pid, 0, &p) == 0 && p.exit_signal == 0;
}

static long ask_process(const struct wanted *w, i64 id, int how, struct core_siginfo *si,
			struct core_rusage *ru)
{
	long r;

	if (id <= 0 || id > INT32_MAX)
		return -CORE_ECHILD;
	r = ask(CORE_P_PID, id, how, si, ru);
	if (r == -CORE_ECHILD && !(w->how & (int)CORE_WCLONE) && is_silent((i32)id))
		r = ask(CORE_P_PID, id, how | CORE_WALL, si, ru);
	return r;
}

static bool matches(const struct wanted *w, i32 pid)
{
	struct exo_process p;

	if (exo_process_info(pid, 0, &p) < 0)
		return false;
	switch (w->type) {
	case FREEBSD_P_SID:
		return p.sid == (i32)w->id;
	case FREEBSD_P_UID:
		return p.euid == (u32)w->id;
	case FREEBSD_P_GID:
		return p.egid == (u32)w->id;
	case FREEBSD_P_JAILID:
		return (i32)w->id == HOST_JAIL;
	default:
		return false;
	}
}

static bool is_child(i32 pid)
{
	struct core_siginfo si;

	return EXO_NOW(waitid, CORE_P_PID, pid, &si,
		       CORE_WNOHANG | CORE_WNOWAIT | CORE_WEXITED | CORE_WALL, NULL) == 0;
}

struct found {
	u32 count;
	i32 pid[WATCHED];
};

/* One look at every child that matches: the id of one that had something to tell, 0, or
 * -CORE_E. */
static long look(const struct wanted *w, const i32 *ids, u32 n, struct found *found,
		 struct core_siginfo *si, struct core_rusage *ru)
{
	found->count = 0;
	for (u32 i = 0; i < n; i++) {
		long r;

		if (!is_child(ids[i]) || !matches(w, ids[i]))
			continue;
		r = ask_process(w, ids[i], w->how | CORE_WNOHANG, si, ru);
		if (r == 0 && si->chld.pid)
			return si->chld.pid;
		if (r == 0) {
			if (found->count < WATCHED)
				found->pid[found->count] = ids[i];
			found->count++;
		} else if (r != -CORE_ECHILD) {
			return r;
		}
	}
	return 0;
}

static long sleep_until_one_ends(const struct found *found)
{
	struct core_pollfd p[WATCHED];
	u32 n = MIN(found->count, (u32)WATCHED);
	long r;

	for (u32 i = 0; i < n; i++)
		p[i] = (struct core_pollfd){(i32)EXO_NOW(pidfd_open, found->pid[i], 0), CORE_POLLIN,
					    0};
	r = EXO(poll, p, n, LOOK_AGAIN_MS);
	for (u32 i = 0; i < n; i++)
		if (p[i].fd >= 0)
			EXO_NOW(close, p[i].fd);
	return r;
}

static long wait_for_matching(const struct wanted *w, struct core_siginfo *si,
			      struct core_rusage *ru)
{
	struct found found;
	long r = 0;

	while (r >= 0) {
		long n = exo_process_list(0, NULL, 0);
		u32 room = (u32)MAX(n, 0) + 64;
		i32 *ids = n < 0 ? NULL : exo_pages_alloc(room * sizeof(*ids));

		if (!ids)
			return n < 0 ? n : -CORE_ENOMEM;
		n = exo_process_list(0, ids, room);
		r = n < 0 ? n : look(w, ids, MIN((u32)n, room), &found, si, ru);
		exo_pages_free(ids, room * sizeof(*ids));
		if (r != 0)
			return r < 0 ? r : 0;
		if (found.count == 0)
			return -CORE_ECHILD;
		memset(si, 0, sizeof(*si));
		if (w->how & CORE_WNOHANG)
			return 0;
		if (found.count > 1) {
			r = sleep_until_one_ends(&found);
			continue;
		}
		r = ask_process(w, found.pid[0], w->how, si, ru);
		if (r != -CORE_ECHILD) /* else another thread was quicker */
			return r;
		r = 0;
	}
	return r;
}

static long wait_common(int type, i64 id, u32 options, struct core_siginfo *si,
			struct core_rusage *ru)
{
	struct wanted w = {type, id, 0};

	if ((options & ~(u32)WAIT_OPTIONS) || !(options & WAIT_EVENTS))
		return -CORE_EINVAL;
	w.how |= options & FREEBSD_WNOHANG ? CORE_WNOHANG : 0;
	w.how |= options & FREEBSD_WUNTRACED ? CORE_WSTOPPED : 0;
	w.how |= options & FREEBSD_WCONTINUED ? CORE_WCONTINUED : 0;
	w.how |= options & FREEBSD_WNOWAIT ? (int)CORE_WNOWAIT : 0;
	w.how |= options & FREEBSD_WEXITED ? CORE_WEXITED : 0;
	w.how |= options & FREEBSD_WLINUXCLONE ? (int)CORE_WCLONE : 0;
	memset(si, 0, sizeof(*si));
	if (!(options & (WAIT_EVENTS & ~(u32)FREEBSD_WTRAPPED))) /* nobody is traced */
		return -CORE_ECHILD;
	if ((type == FREEBSD_P_PID || type == FREEBSD_P_PGID) && (i32)id == 0)
		return ask(CORE_P_PGID, 0, w.how, si, ru);
	switch (type) {
	case FREEBSD_P_ALL:
		return ask(CORE_P_ALL, 0, w.how, si, ru);
	case FREEBSD_P_PID:
		return ask_process(&w, (i32)id, w.how, si, ru);
	case FREEBSD_P_PGID:
		return (i32)id < 0 ? -CORE_ECHILD : ask(CORE_P_PGID, (i32)id, w.how, si, ru);
	case FREEBSD_P_SID:
	case FREEBSD_P_UID:
	case FREEBSD_P_GID:
	case FREEBSD_P_JAILID:
		return wait_for_matching(&w, si, ru);
	default: /* the kernel looks at every child and finds that none matches */
		return -CORE_ECHILD;
	}
}

long freebsd_wait4(struct core_thread *t, PID pid, OUT status, HEX options, OUT rusage)
{
	struct core_siginfo si;
	struct core_rusage ru;
	int type = FREEBSD_P_PID;
	i64 id = pid;
	long r;

	if (pid == -1) {
		type = FREEBSD_P_ALL;
		id = 0;
	} else if (pid < 0) {
		type = FREEBSD_P_PGID;
		id = -(i64)pid;
	}
	r = wait_common(type, id, options | FREEBSD_WEXITED | FREEBSD_WTRAPPED, &si,
			rusage.addr ? &ru : NULL);
	if (r < 0 || si.chld.pid == 0)
		return r;
	if (!(options & FREEBSD_WNOWAIT))
		core_wait_signal(t, si.chld.pid);
	if (status.addr && guest_write_u32(status, status_of(&si)) < 0)
		return -CORE_EFAULT;
	if (rusage.addr && copy_to_guest(rusage, &ru, sizeof(ru)) < 0)
		return -CORE_EFAULT;
	return si.chld.pid;
}

static struct core_timeval usec(u64 n)
{
	return (struct core_timeval){(i64)(n / 1000000), (i64)(n % 1000000)};
}

static struct core_timeval less(struct core_timeval a, struct core_timeval b)
{
	i64 n = (a.tv_sec - b.tv_sec) * 1000000 + a.tv_usec - b.tv_usec;

	return usec((u64)MAX(n, 0));
}

/* The host adds a process and the children it has waited for up; FreeBSD tells them apart. */
static void split_usage(const struct exo_process *p, struct core_rusage *self,
			struct core_rusage *children)
{
	memset(children, 0, sizeof(*children));
	children->ru_utime = usec(p->child_user_usec);
	children->ru_stime = usec(p->child_system_usec);
	children->ru_minflt = (i64)p->child_minor_faults;
	children->ru_majflt = (i64)p->child_major_faults;
	self->ru_utime = less(self->ru_utime, children->ru_utime);
	self->ru_stime = less(self->ru_stime, children->ru_stime);
	self->ru_minflt -= children->ru_minflt;
	self->ru_majflt -= children->ru_majflt;
}

/* Both halves: what is to be reaped must be looked at while it is there. */
static long wait_with_usage(int type, i64 id, u32 options, struct core_siginfo *si,
			    struct core_rusage ru[2])
{
	struct exo_process p;
	i32 pid;
	long r;

	do {
		r = wait_common(type, id, options | FREEBSD_WNOWAIT, si, &ru[0]);
		if (r < 0 || si->chld.pid == 0)
			return r;
		pid = si->chld.pid;
		if (exo_process_info(pid, 0, &p) < 0)
			memset(&p, 0, sizeof(p));
		if (!(options & FREEBSD_WNOWAIT))
			r = wait_common(FREEBSD_P_PID, pid, options | FREEBSD_WNOHANG, si, &ru[0]);
	} while (r == -CORE_ECHILD || (r == 0 && si->chld.pid == 0));
	if (r == 0)
		split_usage(&p, &ru[0], &ru[1]);
	return r;
}

long freebsd_wait6(struct core_thread *t, INT idtype, LONG id, OUT status, HEX options, OUT wrusage,
		   OUT info)
{
	struct freebsd_siginfo out;
	struct core_siginfo si;
	struct core_rusage ru[2];
	long r;

	if (wrusage.addr)
		r = wait_with_usage(idtype, id, options, &si, ru);
	else
		r = wait_common(idtype, id, options, &si, NULL);
	if (r < 0)
		return r;
	if (si.chld.pid && !(options & FREEBSD_WNOWAIT))
		core_wait_signal(t, si.chld.pid);
	if (si.chld.pid && status.addr && guest_write_u32(status, status_of(&si)) < 0)
		return -CORE_EFAULT;
	if (si.chld.pid && wrusage.addr && copy_to_guest(wrusage, ru, sizeof(ru)) < 0)
		return -CORE_EFAULT;
	if (info.addr) {
		memset(&out, 0, sizeof(out));
		if (si.chld.pid) {
			core_to_freebsd_siginfo(&si, 0, &out);
			out.si_signo = FREEBSD_SIGCHLD; /* whatever it sent */
		}
		if (copy_to_guest(info, &out, sizeof(out)) < 0)
			return -CORE_EFAULT;
	}
	return si.chld.pid;
}
