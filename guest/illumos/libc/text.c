/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/text.c: errors and signals in words, and strings in the locale's order. What
 * the words are: the comments of usr/src/uts/common/sys/errno.h say the same in longer form;
 * strerror(3C), strsignal(3C).
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "guest/illumos/libc/libc.h"

static const char *const errors[] = {
#define E(number, text) [number] = text,
#include "guest/illumos/libc/errors.def"
#undef E
};

EXPORT char *strerror(int error)
{
	if (error < 0 || (size_t)error >= sizeof(errors) / sizeof(*errors) || !errors[error]) {
		self()->error = EINVAL;
		return (char *)"Unknown error";
	}
	return (char *)errors[error];
}

EXPORT char *strerror_l(int error, void *locale)
{
	(void)locale;
	return strerror(error);
}

EXPORT int strerror_r(int error, char *buf, size_t size)
{
	int saved = self()->error;
	const char *text = strerror(error);
	bool known = text != strerror(-1);

	self()->error = saved;
	if (strlcpy(buf, text, size) >= size)
		return ERANGE;
	return known ? 0 : EINVAL;
}

static const char *const signals[NSIG] = {
    [SIGHUP] = "Hangup",
    [SIGINT] = "Interrupt",
    [SIGQUIT] = "Quit",
    [SIGILL] = "Illegal Instruction",
    [SIGTRAP] = "Trace/Breakpoint Trap",
    [SIGABRT] = "Abort",
    [SIGEMT] = "Emulation Trap",
    [SIGFPE] = "Arithmetic Exception",
    [SIGKILL] = "Killed",
    [SIGBUS] = "Bus Error",
    [SIGSEGV] = "Segmentation Fault",
    [SIGSYS] = "Bad System Call",
    [SIGPIPE] = "Broken Pipe",
    [SIGALRM] = "Alarm Clock",
    [SIGTERM] = "Terminated",
    [SIGUSR1] = "User Signal 1",
    [SIGUSR2] = "User Signal 2",
    [SIGCLD] = "Child Status Changed",
    [SIGPWR] = "Power-Fail/Restart",
    [SIGWINCH] = "Window Size Change",
    [SIGURG] = "Urgent Socket Condition",
    [SIGPOLL] = "Pollable Event",
    [SIGSTOP] = "Stopped (signal)",
    [SIGTSTP] = "Stopped (user)",
    [SIGCONT] = "Continued",
    [SIGTTIN] = "Stopped (tty input)",
    [SIGTTOU] = "Stopped (tty output)",
    [SIGVTALRM] = "Virtual Timer Expired",
    [SIGPROF] = "Profiling Timer Expired",
    [SIGXCPU] = "Cpu Limit Exceeded",
    [SIGXFSZ] = "File Size Limit Exceeded",
    [SIGWAITING] = "No runnable lwp",
    [SIGLWP] = "Inter-lwp signal",
    [SIGFREEZE] = "Checkpoint Freeze",
    [SIGTHAW] = "Checkpoint Thaw",
    [SIGCANCEL] = "Thread Cancellation",
    [SIGLOST] = "Resource Lost",
    [SIGXRES] = "Resource Control Exceeded",
    [SIGJVM1] = "Reserved for JVM 1",
    [SIGJVM2] = "Reserved for JVM 2",
};

EXPORT char *strsignal(int sig)
{
	return sig > 0 && sig < NSIG ? (char *)signals[sig] : NULL;
}

EXPORT void psignal(int sig, const char *what)
{
	const char *text = strsignal(sig);

	fprintf(stderr, "%s%s%s\n", what ? what : "", what && *what ? ": " : "",
		text ? text : "Unknown signal");
}

/* Every locale there is has the order of the bytes. */
EXPORT int strcoll(const char *a, const char *b)
{
	return strcmp(a, b);
}

EXPORT int strcoll_l(const char *a, const char *b, void *locale)
{
	(void)locale;
	return strcmp(a, b);
}

EXPORT size_t strxfrm(char *to, const char *from, size_t n)
{
	return n ? strlcpy(to, from, n) : strlen(from);
}

EXPORT size_t strxfrm_l(char *to, const char *from, size_t n, void *locale)
{
	(void)locale;
	return strxfrm(to, from, n);
}

EXPORT int strcasecmp_l(const char *a, const char *b, void *locale)
{
	(void)locale;
	return strcasecmp(a, b);
}

EXPORT int strncasecmp_l(const char *a, const char *b, size_t n, void *locale)
{
	(void)locale;
	return strncasecmp(a, b, n);
}

EXPORT char *strnstr(const char *text, const char *what, size_t n)
{
	return memmem(text, strnlen(text, n), what, strlen(what));
}

EXPORT char *gettext(const char *text)
{
	return (char *)text;
}

EXPORT char *dgettext(const char *domain, const char *text)
{
	(void)domain;
	return (char *)text;
}

EXPORT char *dcgettext(const char *domain, const char *text, int category)
{
	(void)domain, (void)category;
	return (char *)text;
}

EXPORT char *textdomain(const char *domain)
{
	return (char *)(domain ? domain : "");
}

EXPORT char *bindtextdomain(const char *domain, const char *directory)
{
	(void)domain;
	return (char *)directory;
}
