/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/syslog.h, usr/src/uts/common/sys/syslog.h. */
#ifndef _FB_ILLUMOS_SYSLOG_H
#define _FB_ILLUMOS_SYSLOG_H

#include <stdarg.h>
#include <sys/cdefs.h>

#define LOG_EMERG   0
#define LOG_ALERT   1
#define LOG_CRIT    2
#define LOG_ERR	    3
#define LOG_WARNING 4
#define LOG_NOTICE  5
#define LOG_INFO    6
#define LOG_DEBUG   7
#define LOG_KERN    (0 << 3)
#define LOG_USER    (1 << 3)
#define LOG_MAIL    (2 << 3)
#define LOG_DAEMON  (3 << 3)
#define LOG_AUTH    (4 << 3)
#define LOG_SYSLOG  (5 << 3)
#define LOG_CRON    (15 << 3)
#define LOG_LOCAL0  (16 << 3)
#define LOG_LOCAL7  (23 << 3)
#define LOG_FACMASK 0x03f8
#define LOG_PRIMASK 0x0007
#define LOG_PID	    0x01
#define LOG_CONS    0x02
#define LOG_ODELAY  0x04
#define LOG_NDELAY  0x08
#define LOG_NOWAIT  0x10
#define LOG_MASK(p) (1 << (p))
#define LOG_UPTO(p) ((1 << ((p) + 1)) - 1)

__BEGIN_DECLS
void openlog(const char *, int, int);
void closelog(void);
int setlogmask(int);
void syslog(int, const char *, ...) __PRINTF(2, 3);
void vsyslog(int, const char *, va_list);
__END_DECLS

#endif
