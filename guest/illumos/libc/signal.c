/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/signal.c: signals.
 *
 * The kernel knows one handler, the library's: it calls the program's, and goes back by
 * setcontext(2), because the kernel's frame has no way back of its own. What the program set is
 * kept here. Facts: sigaction(2), usr/src/lib/libc/port/threads/sigaction.c (sigacthandler).
 */
#include <string.h>
#include <time.h>

#include "guest/illumos/libc/libc.h"

static struct sigaction actions[NSIG];
static pthread_mutex_t lock = LOCK_INIT;

void fb_signals_start(void)
{
}

static void handle(int sig, siginfo_t *info, void *context)
{
	struct sigaction act = actions[sig];
	int error = self()->error;

	if (act.sa_flags & SA_SIGINFO)
		act.sa_sigaction(sig, info, context);
	else
		((void (*)(int, siginfo_t *, void *))act.sa_handler)(sig, info, context);
	self()->error = error;
	SYSCALL(SYS_context, SETCONTEXT, context);
	__builtin_trap();
}

static bool is_handler(void (*h)(int))
{
	return h != SIG_DFL && h != SIG_IGN;
}

EXPORT int sigaction(int sig, const struct sigaction *act, struct sigaction *old)
{
	struct sigaction kernel, was, mine;
	struct syscall_answer r;

	if (sig <= 0 || sig >= NSIG)
		return (int)fail_with(EINVAL);
	pthread_mutex_lock(&lock);
	mine = actions[sig];
	if (act) {
		kernel = *act;
		if (is_handler(act->sa_handler)) {
			kernel.sa_flags |= SA_SIGINFO;
			kernel.sa_sigaction = handle;
			/* A signal that comes at once finds what it is to do. */
			actions[sig] = *act;
		}
	}
	r = SYSCALL(SYS_sigaction, sig, act ? &kernel : NULL, &was);
	if (r.error)
		actions[sig] = mine;
	else if (act)
		actions[sig] = *act;
	pthread_mutex_unlock(&lock);
	if (r.error)
		return (int)fail_with(r.error);
	if (old) {
		*old = was;
		if (was.sa_sigaction == handle) {
			old->sa_flags = mine.sa_flags;
			old->sa_handler = mine.sa_handler;
		}
	}
	return 0;
}

EXPORT int sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
	return (int)result(SYSCALL(SYS_sigprocmask, how, set, old));
}

EXPORT int pthread_sigmask(int how, const sigset_t *set, sigset_t *old)
{
	return SYSCALL(SYS_sigprocmask, how, set, old).error;
}
EXPORT int thr_sigsetmask(int, const sigset_t *, sigset_t *)
    __attribute__((alias("pthread_sigmask")));

EXPORT int sigpending(sigset_t *set)
{
	return (int)result(SYSCALL(SYS_sigpending, 1, set));
}

EXPORT int sigsuspend(const sigset_t *set)
{
	return (int)result(WAITING(sigsuspend, set));
}

EXPORT int sigaltstack(const stack_t *new, stack_t *old)
{
	return (int)result(SYSCALL(SYS_sigaltstack, new, old));
}

EXPORT int sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *timeout)
{
	return (int)result(WAITING(sigtimedwait, set, info, timeout));
}

EXPORT int sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
	return sigtimedwait(set, info, NULL);
}

/* The standard's: the signal by reference, the error as the value. */
EXPORT int __posix_sigwait(const sigset_t *set, int *sig)
{
	struct syscall_answer r;

	do
		r = SYSCALL(SYS_sigtimedwait, set, NULL, NULL);
	while (r.error == EINTR);
	if (r.error)
		return r.error;
	*sig = (int)r.value;
	return 0;
}

EXPORT int kill(pid_t pid, int sig)
{
	return (int)result(SYSCALL(SYS_kill, pid, sig));
}

/* To the thread, as the original does. */
EXPORT int raise(int sig)
{
	return (int)result(SYSCALL(SYS_lwp_kill, self()->id, sig));
}

EXPORT int sigsendset(const procset_t *set, int sig)
{
	return (int)result(SYSCALL(SYS_sigsendsys, set, sig, 0, 0, 0));
}

EXPORT int sigsend(idtype_t type, id_t id, int sig)
{
	procset_t set = {POP_AND, type, id, P_ALL, P_MYID};

	return sigsendset(&set, sig);
}

EXPORT int sigqueue(pid_t pid, int sig, const union sigval value)
{
	return (int)result(SYSCALL(SYS_sigqueue, pid, sig, value.sival_ptr, SI_QUEUE, 0));
}

EXPORT int sigemptyset(sigset_t *set)
{
	*set = (sigset_t){{0}};
	return 0;
}

EXPORT int sigfillset(sigset_t *set)
{
	*set = (sigset_t){{~0u, ~0u, (1u << (NSIG - 1 - 64)) - 1, 0}};
	return 0;
}

static bool bad(int sig)
{
	return sig <= 0 || sig >= NSIG;
}

EXPORT int sigaddset(sigset_t *set, int sig)
{
	if (bad(sig))
		return (int)fail_with(EINVAL);
	set->__sigbits[(sig - 1) / 32] |= 1u << (sig - 1) % 32;
	return 0;
}

EXPORT int sigdelset(sigset_t *set, int sig)
{
	if (bad(sig))
		return (int)fail_with(EINVAL);
	set->__sigbits[(sig - 1) / 32] &= ~(1u << (sig - 1) % 32);
	return 0;
}

EXPORT int sigismember(const sigset_t *set, int sig)
{
	if (bad(sig))
		return (int)fail_with(EINVAL);
	return set->__sigbits[(sig - 1) / 32] >> (sig - 1) % 32 & 1;
}

/* System V's: handled once, and not blocked meanwhile. */
EXPORT void (*signal(int sig, void (*handler)(int)))(int)
{
	struct sigaction act = {.sa_flags = SA_RESETHAND | SA_NODEFER}, old;

	act.sa_handler = handler;
	if (sig == SIGCLD) {
		act.sa_flags = SA_NOCLDSTOP;
		if (handler == SIG_IGN)
			act.sa_flags |= SA_NOCLDWAIT;
	}
	return sigaction(sig, &act, &old) < 0 ? SIG_ERR : old.sa_handler;
}
