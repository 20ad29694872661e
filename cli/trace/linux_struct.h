/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/linux_struct.h: Linux's own structures and flags; false: not to be had from n bytes. */
#ifndef FB_CLI_TRACE_LINUX_STRUCT_H
#define FB_CLI_TRACE_LINUX_STRUCT_H

#include "cli/trace/posix.h"

void linux_statx_flags(struct text *t, u32 v);
void linux_statx_mask(struct text *t, u32 v);
bool linux_statx(struct text *t, const void *at, u32 n);
bool linux_sysinfo(struct text *t, const void *at, u32 n);
bool linux_statfs(struct text *t, const void *at, u32 n);
bool linux_ioctl(struct text *t, const struct event *e, const struct posix *p, u64 request,
		 struct shown_data d);

/* An argument whose flags or names belong to its call alone; false: it is none. */
bool linux_flags(struct text *t, const struct event *e, u32 i);

#endif
