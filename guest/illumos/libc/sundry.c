/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/sundry.c: small functions that programs ask for: names of signals, the
 * processor's features, memory that is cleared before it is given back, locks that are asked about.
 * Facts: str2sig(3C), usr/src/lib/libc/port/gen/{str2sig,getisax,sigsend}.c, sigsend(2),
 * sigset(3C), getisax(2), timespec_get, memset_s (C11), recallocarray(3C), mutex_init(3C),
 * semop(2); sys/{sem,shm,msg}_impl.h for the subcodes, sys/auxv.h.
 */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <synch.h>
#include <sys/procset.h>
#include <time.h>
#include <unistd.h>

#include "guest/illumos/libc/attr.h"
#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/sync.h"

/* ---- signals ------------------------------------------------------------------------------- */

/* By number; some have a second name, which is understood and not given. */
static const char names[][8] = {
    "EXIT",   "HUP",	"INT",	 "QUIT", "ILL",	 "TRAP",    "ABRT", "EMT",    "FPE",
    "KILL",   "BUS",	"SEGV",	 "SYS",	 "PIPE", "ALRM",    "TERM", "USR1",   "USR2",
    "CLD",    "PWR",	"WINCH", "URG",	 "POLL", "STOP",    "TSTP", "CONT",   "TTIN",
    "TTOU",   "VTALRM", "PROF",	 "XCPU", "XFSZ", "WAITING", "LWP",  "FREEZE", "THAW",
    "CANCEL", "LOST",	"XRES",	 "JVM1", "JVM2",
};
_Static_assert(sizeof(names) / sizeof(names[0]) == _SIGRTMIN, "one for each");

EXPORT int sig2str(int sig, char *name)
{
	if (sig < 0 || sig > _SIGRTMAX)
		return -1;
	if (sig < _SIGRTMIN)
		strcpy(name, names[sig]);
	else if (sig == _SIGRTMIN || sig == _SIGRTMAX)
		strcpy(name, sig == _SIGRTMIN ? "RTMIN" : "RTMAX");
	else if (sig - _SIGRTMIN < 16)
		sprintf(name, "RTMIN+%d", sig - _SIGRTMIN);
	else
		sprintf(name, "RTMAX-%d", _SIGRTMAX - sig);
	return 0;
}

EXPORT int str2sig(const char *name, int *sig)
{
	static const struct {
		char name[8];
		int sig;
	} others[] = {{"IOT", SIGABRT}, {"CHLD", SIGCLD}, {"IO", SIGPOLL}};
	char one[16], *end;
	long n;

	if (*name >= '0' && *name <= '9') {
		n = strtol(name, &end, 10);
		if (*end || n > _SIGRTMAX)
			return -1;
		*sig = (int)n;
		return 0;
	}
	for (int i = 0; i <= _SIGRTMAX; i++) {
		sig2str(i, one);
		if (strcmp(one, name) == 0)
			return *sig = i, 0;
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(others[i].name, name) == 0)
			return *sig = others[i].sig, 0;
	return -1;
}

/* Holding a signal is a disposition here. */
EXPORT void (*sigset(int sig, void (*handler)(int)))(int)
{
	struct sigaction new = {0}, old;
	sigset_t set, was;

	sigemptyset(&set);
	if (sigaddset(&set, sig) < 0)
		return SIG_ERR;
	new.sa_handler = handler;
	if (sigaction(sig, handler == SIG_HOLD ? NULL : &new, &old) < 0 ||
	    sigprocmask(handler == SIG_HOLD ? SIG_BLOCK : SIG_UNBLOCK, &set, &was) < 0)
		return SIG_ERR;
	return sigismember(&was, sig) ? SIG_HOLD : old.sa_handler;
}

EXPORT void psiginfo(const siginfo_t *info, const char *what)
{
	char code[32] = "";

	if (info->si_code > 0)
		snprintf(code, sizeof(code), " [code %d]", info->si_code);
	else
		snprintf(code, sizeof(code), " [process %d]", (int)info->si_pid);
	fprintf(stderr, "%s%s%s%s\n", what ? what : "", what ? " : " : "",
		strsignal(info->si_signo), code);
}

/* ---- the processor, time, memory ----------------------------------------------------------- */

#define AT_SUN_HWCAP  2009
#define AT_SUN_HWCAP2 2023

static uint32_t auxiliary(uint64_t type)
{
	for (const uint64_t *a = _fb_rtld.auxv; a[0]; a += 2)
		if (a[0] == type)
			return (uint32_t)a[1];
	return 0;
}

EXPORT uint_t getisax(uint32_t *array, uint_t n)
{
	uint32_t first = auxiliary(AT_SUN_HWCAP);

	for (uint_t i = 0; i < n; i++)
		array[i] = i == 0 ? first : i == 1 ? auxiliary(AT_SUN_HWCAP2) : 0;
	return first == 0 ? 0 : n >= 2 ? 2 : 1;
}

EXPORT int timespec_get(struct timespec *ts, int base)
{
	return base == 1 /* TIME_UTC */ && clock_gettime(CLOCK_REALTIME, ts) == 0 ? base : 0;
}

EXPORT int memset_s(void *p, size_t room, int c, size_t n)
{
	if (!p || room > SIZE_MAX / 2)
		return p ? ERANGE : EINVAL;
	explicit_bzero(p, n < room ? n : room);
	for (volatile unsigned char *q = p; c && q < (unsigned char *)p + (n < room ? n : room);
	     q++)
		*q = (unsigned char)c;
	return n > room ? EOVERFLOW : 0;
}

EXPORT void freezero(void *p, size_t n)
{
	if (p)
		explicit_bzero(p, n);
	free(p);
}

EXPORT void *recallocarray(void *old, size_t had, size_t n, size_t size)
{
	size_t was, want;
	void *p;

	if (__builtin_mul_overflow(n, size, &want))
		return fail_with(ENOMEM), NULL;
	if (!old)
		return calloc(n, size);
	if (__builtin_mul_overflow(had, size, &was))
		return fail_with(EINVAL), NULL;
	p = calloc(n, size);
	if (!p)
		return NULL;
	memcpy(p, old, was < want ? was : want);
	freezero(old, was);
	return p;
}

/* ---- System V's objects -------------------------------------------------------------------- */

EXPORT int semtimedop(int id, void *operations, size_t n, const struct timespec *time)
{
	return (int)result(SYSCALL(SYS_semsys, 4, id, operations, n, time));
}

EXPORT int semids(int *ids, uint_t room, uint_t *n)
{
	return (int)result(SYSCALL(SYS_semsys, 3, ids, room, n));
}

EXPORT int shmids(int *ids, uint_t room, uint_t *n)
{
	return (int)result(SYSCALL(SYS_shmsys, 4, ids, room, n));
}

EXPORT int msgids(int *ids, uint_t room, uint_t *n)
{
	return (int)result(SYSCALL(SYS_msgsys, 4, ids, room, n));
}

EXPORT int msgsnap(int id, void *buf, size_t size, long type)
{
	return (int)result(SYSCALL(SYS_msgsys, 5, id, buf, size, type));
}

/* ---- locks that are asked about ------------------------------------------------------------ */

EXPORT int mutex_held(mutex_t *m)
{
	return m->__pthread_mutex_data == (uintptr_t)self();
}

EXPORT int sema_held(sema_t *s)
{
	int n;

	return sem_getvalue(s, &n) < 0 || n == 0;
}

EXPORT int pthread_attr_setdaemonstate_np(pthread_attr_t *attr, int state)
{
	struct attr *a = attr ? attr->__pthread_attrp : NULL;

	if (!a || (state != 0 && state != PTHREAD_CREATE_DAEMON_NP))
		return EINVAL;
	a->daemon = state != 0;
	return 0;
}

EXPORT int pthread_attr_getdaemonstate_np(const pthread_attr_t *attr, int *state)
{
	const struct attr *a = attr ? attr->__pthread_attrp : NULL;

	if (!a || !state)
		return EINVAL;
	*state = a->daemon ? PTHREAD_CREATE_DAEMON_NP : 0;
	return 0;
}
