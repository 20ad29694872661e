/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/more_calls.c: functions that are a call with its subcode, or little more.
 * Facts: the manual's sections 2 and 3C; subcodes: usr/src/uts/common/sys/syscall.h; priorities and
 * nice values: usr/src/lib/libc/port/gen/setpriority.c; privileges: port/sys/ppriv.c; tasks:
 * port/sys/tasksys.c; zones: port/sys/zone.c and sys/zone.h.
 */
#include <door.h>
#include <fcntl.h>
#include <limits.h>
#include <pcsample.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <stropts.h>
#include <sys/lwp.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/procset.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

#define CALL(type, name, params, nr, ...)                                                          \
	EXPORT type name params                                                                    \
	{                                                                                          \
		return (type)result(SYSCALL(SYS_##nr, ##__VA_ARGS__));                             \
	}

/* ---- STREAMS ------------------------------------------------------------------------------- */

CALL(int, getmsg, (int fd, struct strbuf *ctl, struct strbuf *data, int *flags), getmsg, fd, ctl,
     data, flags)
CALL(int, putmsg, (int fd, const struct strbuf *ctl, const struct strbuf *data, int flags), putmsg,
     fd, ctl, data, flags)
CALL(int, getpmsg, (int fd, struct strbuf *ctl, struct strbuf *data, int *band, int *flags),
     getpmsg, fd, ctl, data, band, flags)
CALL(int, putpmsg,
     (int fd, const struct strbuf *ctl, const struct strbuf *data, int band, int flags), putpmsg,
     fd, ctl, data, band, flags)

EXPORT int isastream(int fd)
{
	struct syscall_answer a = SYSCALL(SYS_ioctl, fd, I_CANPUT, 0);

	if (a.error == EBADF)
		return (int)fail_with(EBADF);
	return !a.error && (a.value == 0 || a.value == 1);
}

/* mount(2) wants the name from "/" on. Facts: usr/src/lib/libc/port/gen/fattach.c. */
EXPORT int fattach(int fd, const char *path)
{
	char whole[PATH_MAX];
	door_info_t info;
	int stream = isastream(fd);

	if (stream != 1 && door_info(fd, &info) != 0) {
		if (stream == 0)
			self()->error = EINVAL;
		return -1;
	}
	if (!path || !*path)
		return (int)fail_with(ENOENT);
	if (*path != '/') {
		if (!getcwd(whole, sizeof(whole)))
			return -1;
		if (strlcat(whole, "/", sizeof(whole)) >= sizeof(whole) ||
		    strlcat(whole, path, sizeof(whole)) >= sizeof(whole))
			return (int)fail_with(ENAMETOOLONG);
		path = whole;
	}
	return mount(NULL, path, MS_DATA | MS_NOMNTTAB, "namefs", &fd, sizeof(fd), NULL, 0);
}

EXPORT int fdetach(const char *path)
{
	return umount(path);
}

/* ---- priorities ---------------------------------------------------------------------------- */

#define PC_VERSION 1
#define PC_DONICE  6

struct nice_request {
	int value, set;
};

static long do_nice(int which, id_t who, struct nice_request *r)
{
	procset_t set = {POP_AND, P_PID, who ? who : P_MYID, P_ALL, P_MYID};

	if (which < PRIO_PROCESS || which > PRIO_USER || who < 0)
		return fail_with(EINVAL);
	set.p_lidtype = which == PRIO_PROCESS ? P_PID : which == PRIO_PGRP ? P_PGID : P_UID;
	return result(SYSCALL(SYS_priocntlsys, PC_VERSION, &set, PC_DONICE, r, 0));
}

EXPORT int getpriority(int which, id_t who)
{
	struct nice_request r = {0, 0};

	return do_nice(which, who, &r) < 0 ? -1 : r.value;
}

EXPORT int setpriority(int which, id_t who, int value)
{
	struct nice_request r = {value, 1};

	return do_nice(which, who, &r) < 0 ? -1 : 0;
}

CALL(long, __priocntlset, (int version, procset_t *set, int command, caddr_t arg, void *more),
     priocntlsys, version, set, command, arg, more)

/* ---- privileges, tasks, zones -------------------------------------------------------------- */

CALL(int, setpflags, (uint_t flag, uint_t value), privsys, 3, flag, value, 0, 0)
CALL(uint_t, getpflags, (uint_t flag), privsys, 4, flag, 0, 0, 0)
CALL(int, profil, (unsigned short *buf, size_t size, unsigned long offset, unsigned int scale),
     profil, buf, size, offset, scale)
CALL(long, pcsample, (uintptr_t * samples, long n), pcsample, samples, n)
CALL(taskid_t, gettaskid, (void), tasksys, 1, 0, 0, 0, 0)
CALL(projid_t, getprojid, (void), tasksys, 2, 0, 0, 0, 0)

EXPORT zoneid_t getzoneid(void)
{
	return (zoneid_t)result(SYSCALL(SYS_zone, 6 /* ZONE_LOOKUP */, NULL));
}

CALL(zoneid_t, getzoneidbyname, (const char *name), zone, 6, name)
CALL(ssize_t, zone_getattr, (zoneid_t id, int attribute, void *value, size_t size), zone, 2, id,
     attribute, value, size)
CALL(int, zone_list, (zoneid_t * list, uint_t *n), zone, 4, list, n)

EXPORT ssize_t getzonenamebyid(zoneid_t id, char *buf, size_t size)
{
	return zone_getattr(id, 2 /* ZONE_ATTR_NAME */, buf, size);
}

/* ---- timers -------------------------------------------------------------------------------- */

CALL(int, timer_settime,
     (timer_t id, int flags, const struct itimerspec *new, struct itimerspec *old), timer_settime,
     id, flags, new, old)
CALL(int, timer_gettime, (timer_t id, struct itimerspec *now), timer_gettime, id, now)

EXPORT int clock_nanosleep(clockid_t clock, int flags, const struct timespec *when,
			   struct timespec *left)
{
	struct timespec now, ts = *when;

	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return clock == CLOCK_VIRTUAL || clock == CLOCK_PROCESS_CPUTIME_ID ||
			       clock == CLOCK_THREAD_CPUTIME_ID
			   ? ENOTSUP
			   : EINVAL;
	if (ts.tv_nsec < 0 || ts.tv_nsec >= 1000000000L)
		return EINVAL;
	if (flags & TIMER_ABSTIME) {
		/* A clock that is set meanwhile is looked at again. */
		for (;;) {
			int error;

			clock_gettime(clock, &now);
			ts.tv_sec = when->tv_sec - now.tv_sec;
			ts.tv_nsec = when->tv_nsec - now.tv_nsec;
			if (ts.tv_nsec < 0) {
				ts.tv_sec--;
				ts.tv_nsec += 1000000000L;
			}
			if (ts.tv_sec < 0)
				return 0;
			if (ts.tv_sec == 0 && ts.tv_nsec == 0)
				return 0;
			error = SYSCALL(SYS_nanosleep, &ts, NULL).error;
			if (error)
				return error;
		}
	}
	return SYSCALL(SYS_nanosleep, &ts, left).error;
}

EXPORT int settimeofday(struct timeval *tv, void *zone)
{
	struct timespec ts;

	(void)zone;
	if (!tv)
		return 0;
	if (tv->tv_usec < 0 || tv->tv_usec >= 1000000)
		return (int)fail_with(EINVAL);
	ts = (struct timespec){tv->tv_sec, tv->tv_usec * 1000};
	return clock_settime(CLOCK_REALTIME, &ts);
}

EXPORT hrtime_t gethrvtime(void)
{
	struct timespec ts = {0, 0};

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

EXPORT int clock_getcpuclockid(pid_t pid, clockid_t *clock)
{
	if (pid != 0 && pid != getpid())
		return EPERM;
	*clock = CLOCK_PROCESS_CPUTIME_ID;
	return 0;
}

EXPORT useconds_t ualarm(useconds_t us, useconds_t interval)
{
	struct itimerval new = {{interval / 1000000, interval % 1000000},
				{us / 1000000, us % 1000000}},
			 old;

	if (setitimer(ITIMER_REAL, &new, &old) < 0)
		return 0;
	return (useconds_t)(old.it_value.tv_sec * 1000000 + old.it_value.tv_usec);
}

/* ---- memory -------------------------------------------------------------------------------- */

EXPORT int posix_madvise(void *address, size_t n, int advice)
{
	return SYSCALL(SYS_memcntl, address, n, MC_ADVISE, advice, 0, 0).error;
}

CALL(int, brk, (void *end), brk, end)

extern char _end __attribute__((weak));
static char *break_now;

EXPORT void *sbrk(intptr_t more)
{
	static pthread_mutex_t lock = LOCK_INIT;
	void *was;

	pthread_mutex_lock(&lock);
	if (!break_now) {
		/* The program's own end; brk(0) is told it by nobody. */
		uintptr_t *end = _fb_rtld.symbol((void *)-2, "_end", (void *)sbrk);

		break_now = (char *)(((uintptr_t)end + 15) & ~15UL);
	}
	was = break_now;
	if (more && result(SYSCALL(SYS_brk, break_now + more)) < 0)
		was = (void *)-1;
	else
		break_now += more;
	pthread_mutex_unlock(&lock);
	return was;
}

/* ---- descriptors --------------------------------------------------------------------------- */

EXPORT int fdwalk(int (*each)(void *, int), void *arg)
{
	long limit = sysconf(_SC_OPEN_MAX);
	int r = 0;

	for (int fd = 0; fd < limit && fd < 1 << 20 && r == 0; fd++)
		if (!SYSCALL(SYS_fcntl, fd, F_GETFD).error)
			r = each(arg, fd);
	return r;
}

EXPORT void closefrom(int from)
{
	long limit = sysconf(_SC_OPEN_MAX);

	for (int fd = from < 0 ? 0 : from; fd < limit && fd < 1 << 20; fd++)
		SYSCALL(SYS_close, fd);
}

EXPORT int daemon(int keep_directory, int keep_streams)
{
	pid_t pid = fork();
	int fd;

	if (pid < 0)
		return -1;
	if (pid)
		_exit(0);
	if (setsid() < 0)
		return -1;
	if (!keep_directory)
		chdir("/");
	if (!keep_streams && (fd = open("/dev/null", O_RDWR)) >= 0) {
		for (int i = 0; i < 3; i++)
			dup2(fd, i);
		if (fd > 2)
			close(fd);
	}
	return 0;
}

EXPORT int setpgrp(void)
{
	return (int)result(SYSCALL(SYS_pgrpsys, 1));
}

EXPORT int lchmod(const char *path, mode_t mode)
{
	return fchmodat(AT_FDCWD, path, mode, AT_SYMLINK_NOFOLLOW);
}

EXPORT void *reallocarray(void *p, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		return fail_with(ENOMEM), NULL;
	return realloc(p, bytes);
}

EXPORT int sockatmark(int fd)
{
	int mark;

	return ioctl(fd, 0x40047307 /* SIOCATMARK */, &mark) < 0 ? -1 : mark;
}

/* ---- LWPs ---------------------------------------------------------------------------------- */

EXPORT lwpid_t _lwp_self(void)
{
	return self()->id;
}

EXPORT int _lwp_kill(lwpid_t id, int sig)
{
	return SYSCALL(SYS_lwp_kill, id, sig).error;
}

EXPORT int _lwp_suspend(lwpid_t id)
{
	return SYSCALL(SYS_lwp_suspend, id).error;
}

EXPORT int _lwp_continue(lwpid_t id)
{
	return SYSCALL(SYS_lwp_continue, id).error;
}

/* ---- System V's way with signals (signal(3C)) ----------------------------------------------- */

static int one(int how, int sig)
{
	sigset_t set;

	sigemptyset(&set);
	if (sigaddset(&set, sig) < 0)
		return -1;
	return sigprocmask(how, &set, NULL);
}

EXPORT int sighold(int sig)
{
	return one(SIG_BLOCK, sig);
}

EXPORT int sigrelse(int sig)
{
	return one(SIG_UNBLOCK, sig);
}

EXPORT int sigignore(int sig)
{
	struct sigaction a = {0};

	a.sa_handler = SIG_IGN;
	return sigaction(sig, &a, NULL);
}

EXPORT int sigpause(int sig)
{
	sigset_t set;

	sigprocmask(SIG_BLOCK, NULL, &set);
	if (sigdelset(&set, sig) < 0)
		return -1;
	return sigsuspend(&set);
}

EXPORT int siginterrupt(int sig, int yes)
{
	struct sigaction a;

	if (sigaction(sig, NULL, &a) < 0)
		return -1;
	a.sa_flags = yes ? a.sa_flags & ~SA_RESTART : a.sa_flags | SA_RESTART;
	return sigaction(sig, &a, NULL);
}

EXPORT int old_sigwait(sigset_t *set) __asm__("sigwait");
EXPORT int old_sigwait(sigset_t *set)
{
	return sigtimedwait(set, NULL, NULL);
}

EXPORT int sigandset(sigset_t *out, const sigset_t *a, const sigset_t *b)
{
	for (int i = 0; i < 4; i++)
		out->__sigbits[i] = a->__sigbits[i] & b->__sigbits[i];
	return 0;
}

EXPORT int _sigrtmin(void)
{
	return SIGRTMIN;
}

EXPORT int _sigrtmax(void)
{
	return SIGRTMAX;
}

/* ---- what few ask for ---------------------------------------------------------------------- */

CALL(int, mmapobj, (int fd, uint_t flags, void *storage, uint_t *n, void *arg), mmapobj, fd, flags,
     storage, n, arg)
CALL(int, ntp_gettime, (void *out), ntp_gettime, out)
CALL(int, ntp_adjtime, (void *inout), ntp_adjtime, inout)

EXPORT long fixed_ulimit(int command, long arg) __asm__("ulimit");
EXPORT long fixed_ulimit(int command, long arg)
{
	return result(SYSCALL(SYS_ulimit, command, arg));
}
