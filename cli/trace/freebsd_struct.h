/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/freebsd_struct.h: FreeBSD's own structures; false: they cannot be shown. */
#ifndef FB_CLI_TRACE_FREEBSD_STRUCT_H
#define FB_CLI_TRACE_FREEBSD_STRUCT_H

#include "cli/trace/posix.h"

/* A signal of its numbers; NULL: it has no name. */
const char *freebsd_signal(int number);

/* "kern.ostype", or [12.7] where there are no names. */
void freebsd_mib(struct text *t, struct shown_data mib);
/* What a sysctl gave, by its kind. */
bool freebsd_sysctl_old(struct text *t, const struct event *e, u32 i);
bool freebsd_siginfo(struct text *t, const struct event *e, const void *at, u32 n);
/* TIOCGETA, or _IOC(IOC_OUT, 0x66, 0x1, 0x4) */
void freebsd_request(struct text *t, const struct posix *p, u64 v);
bool freebsd_ioctl(struct text *t, const struct event *e, const struct posix *p, u64 request,
		   struct shown_data d);

#endif
