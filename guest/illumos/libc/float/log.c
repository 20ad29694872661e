/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/float/log.c: what programs have to say: to their user and to the log. They
 * are variadic, and so lie here. Facts: err(3C), syslog(3C). The log is the datagram socket
 * /dev/log of the host, which the original reads by STREAMS.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

static void say(const char *format, va_list ap, int error)
{
	fprintf(stderr, "%s: ", getprogname());
	if (format)
		vfprintf(stderr, format, ap);
	if (error)
		fprintf(stderr, "%s%s", format ? ": " : "", strerror(error));
	fputc('\n', stderr);
}

EXPORT void vwarn(const char *format, va_list ap)
{
	say(format, ap, self()->error);
}

EXPORT void vwarnx(const char *format, va_list ap)
{
	say(format, ap, 0);
}

EXPORT void verr(int status, const char *format, va_list ap)
{
	vwarn(format, ap);
	exit(status);
}

EXPORT void verrx(int status, const char *format, va_list ap)
{
	vwarnx(format, ap);
	exit(status);
}

#define PASS(name, to)                                                                             \
	EXPORT void name(const char *format, ...)                                                  \
	{                                                                                          \
		va_list ap;                                                                        \
                                                                                                   \
		va_start(ap, format);                                                              \
		to(format, ap);                                                                    \
		va_end(ap);                                                                        \
	}
PASS(warn, vwarn)
PASS(warnx, vwarnx)

EXPORT void err(int status, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	verr(status, format, ap);
}

EXPORT void errx(int status, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	verrx(status, format, ap);
}

/* ---- the log ------------------------------------------------------------------------------- */

static pthread_mutex_t lock = LOCK_INIT;
static char ident[64];
static int options, facility = LOG_USER, mask = 0xff, fd = -1;

static void connect_log(void)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};

	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0) {
		close(fd);
		fd = -1;
	}
}

EXPORT void openlog(const char *name, int how, int where)
{
	pthread_mutex_lock(&lock);
	strlcpy(ident, name ? name : "", sizeof(ident));
	options = how;
	if (where && !(where & ~LOG_FACMASK))
		facility = where;
	if (how & LOG_NDELAY && fd < 0)
		connect_log();
	pthread_mutex_unlock(&lock);
}

EXPORT void closelog(void)
{
	pthread_mutex_lock(&lock);
	if (fd >= 0)
		close(fd);
	fd = -1;
	pthread_mutex_unlock(&lock);
}

EXPORT int setlogmask(int new)
{
	int was = mask;

	if (new)
		mask = new;
	return was;
}

/* %m is the error in words. */
static void expand(char *out, size_t size, const char *format, int error)
{
	size_t n = 0;

	for (; *format && n + 1 < size; format++) {
		if (format[0] == '%' && format[1] == 'm') {
			for (const char *p = strerror(error); *p && n + 2 < size; p++) {
				if (*p == '%')
					out[n++] = '%';
				out[n++] = *p;
			}
			format++;
			continue;
		}
		if (format[0] == '%' && format[1] && n + 2 < size)
			out[n++] = *format++;
		out[n++] = *format;
	}
	out[n] = '\0';
}

EXPORT void vsyslog(int priority, const char *format, va_list ap)
{
	int error = self()->error;
	char line[2048], expanded[1024], stamp[32];
	time_t now = time(NULL);
	struct tm tm;
	int n;

	if (!(mask & LOG_MASK(priority & LOG_PRIMASK)) || priority & ~(LOG_PRIMASK | LOG_FACMASK))
		return;
	if (!(priority & LOG_FACMASK))
		priority |= facility;
	expand(expanded, sizeof(expanded), format, error);
	strftime(stamp, sizeof(stamp), "%b %e %H:%M:%S", localtime_r(&now, &tm));
	pthread_mutex_lock(&lock);
	n = snprintf(line, 256, "<%d>%s %s", priority, stamp, *ident ? ident : getprogname());
	if (options & LOG_PID)
		n += snprintf(line + n, 32, "[%d]", getpid());
	n += snprintf(line + n, 3, ": ");
	vsnprintf(line + n, sizeof(line) - (size_t)n, expanded, ap);
	if (fd < 0)
		connect_log();
	if (fd < 0 || send(fd, line, strlen(line), MSG_NOSIGNAL) < 0) {
		if (fd >= 0)
			close(fd);
		fd = -1;
		if (options & LOG_CONS) {
			int console = open("/dev/console", O_WRONLY | O_NOCTTY | O_CLOEXEC);

			if (console >= 0) {
				dprintf(console, "%s\r\n", line);
				close(console);
			}
		}
	}
	pthread_mutex_unlock(&lock);
	self()->error = error;
}

EXPORT void syslog(int priority, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsyslog(priority, format, ap);
	va_end(ap);
}
