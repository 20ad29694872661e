/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/process.c: processes begin and are waited for, and what is done at a fork.
 *
 * The library's own locks are held over a fork, so that a child of a threaded program never gets
 * one taken. Facts: fork(2), pthread_atfork(3C), wait(3C); how a status is made of a siginfo, and
 * wait4's notion of pid: usr/src/lib/libc/port/gen/waitpid.c.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guest/illumos/libc/attr.h"
#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/locks.h"

/* ---- fork ---------------------------------------------------------------------------------- */

struct handlers {
	struct handlers *next, *before;
	void (*prepare)(void), (*parent)(void), (*child)(void);
};
static struct handlers *first, *last;
static pthread_mutex_t lock = LOCK_INIT;

EXPORT int pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void))
{
	struct handlers *h = malloc(sizeof(*h));

	if (!h)
		return ENOMEM;
	*h = (struct handlers){.prepare = prepare, .parent = parent, .child = child};
	pthread_mutex_lock(&lock);
	h->before = last;
	if (last)
		last->next = h;
	else
		first = h;
	last = h;
	pthread_mutex_unlock(&lock);
	return 0;
}

/* The last registered is prepared first; afterwards in the order of registration. */
static void each_before(void)
{
	for (struct handlers *h = last; h; h = h->before)
		if (h->prepare)
			h->prepare();
}

static void each_after(bool child)
{
	for (struct handlers *h = first; h; h = h->next) {
		void (*f)(void) = child ? h->child : h->parent;

		if (f)
			f();
	}
}

static pid_t fork_with(int code, int flags)
{
	struct syscall_answer r;
	sigset_t all, before;
	bool child;

	each_before();
	sigfillset(&all);
	SYSCALL(SYS_sigprocmask, SIG_SETMASK, &all, &before);
	fb_locks_take();
	r = SYSCALL(SYS_forksys, code, flags);
	child = !r.error && r.second != 0;
	if (child)
		fb_threads_forked();
	fb_locks_give(child);
	SYSCALL(SYS_sigprocmask, SIG_SETMASK, &before, NULL);
	each_after(child);
	if (r.error)
		return (pid_t)fail_with(r.error);
	return child ? 0 : (pid_t)r.value;
}

EXPORT pid_t forkx(int flags)
{
	return fork_with(0, flags);
}

EXPORT pid_t fork(void)
{
	return fork_with(0, 0);
}
EXPORT pid_t fork1(void) __attribute__((alias("fork")));

/* With all threads: what the kernel says of it. */
EXPORT pid_t forkallx(int flags)
{
	return fork_with(1, flags);
}

EXPORT pid_t forkall(void)
{
	return fork_with(1, 0);
}

/* ---- the end of others --------------------------------------------------------------------- */

EXPORT int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	siginfo_t own;

	return (int)result(WAITING(waitsys, type, id, info ? info : &own, options));
}

static int status_of(const siginfo_t *info)
{
	int status = info->si_status & 0xff;

	switch (info->si_code) {
	case CLD_EXITED:
		return status << 8;
	case CLD_DUMPED:
		return status | WCOREFLG;
	case CLD_TRAPPED:
	case CLD_STOPPED:
		return status << 8 | WSTOPFLG;
	case CLD_CONTINUED:
		return WCONTFLG;
	default:
		return status;
	}
}

EXPORT pid_t waitpid(pid_t pid, int *status, int options)
{
	siginfo_t info = {0};
	idtype_t type = pid > 0 ? P_PID : pid == -1 ? P_ALL : P_PGID;
	id_t id = pid > 0 ? pid : pid == -1 ? 0 : pid == 0 ? getpgid(0) : -pid;

	if (waitid(type, id, &info, options | WEXITED | WTRAPPED) < 0)
		return -1;
	if (status && info.si_pid)
		*status = status_of(&info);
	return info.si_pid;
}

EXPORT pid_t wait(int *status)
{
	return waitpid(-1, status, 0);
}

/* Here 0 is any child, and a negative number a group. Times are what the children's grew by. */
EXPORT pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
	siginfo_t info = {0};
	struct tms before, after;
	const long hz = 100, us = 1000000 / hz;

	if (options & ~(WNOHANG | WUNTRACED | WCONTINUED))
		return (pid_t)fail_with(EINVAL);
	if (usage) {
		memset(usage, 0, sizeof(*usage));
		if (times(&before) == -1)
			return -1;
	}
	if (waitid(pid > 0    ? P_PID
		   : pid == 0 ? P_ALL
			      : P_PGID,
		   pid < 0 ? -pid : pid, &info, options | WEXITED | WTRAPPED) < 0)
		return -1;
	if (info.si_pid == 0)
		return 0;
	if (usage && times(&after) != -1) {
		clock_t user = after.tms_cutime - before.tms_cutime;
		clock_t system = after.tms_cstime - before.tms_cstime;

		usage->ru_utime = (struct timeval){user / hz, user % hz * us};
		usage->ru_stime = (struct timeval){system / hz, system % hz * us};
	}
	if (status)
		*status = status_of(&info);
	return info.si_pid;
}

EXPORT pid_t wait3(int *status, int options, struct rusage *usage)
{
	return wait4(0, status, options, usage);
}

EXPORT clock_t times(struct tms *out)
{
	return result(SYSCALL(SYS_times, out));
}

EXPORT int killpg(pid_t group, int sig)
{
	return group <= 0 ? (int)fail_with(ESRCH) : kill(-group, sig);
}
