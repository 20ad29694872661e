/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/struct.h: structures that the POSIX systems have alike but for their layout. */
#ifndef FB_CLI_TRACE_STRUCT_H
#define FB_CLI_TRACE_STRUCT_H

#include "cli/trace/posix.h"

/* Arguments; false: they cannot be shown. */
/* {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=0, l_len=0}; after: as the call left it */
bool posix_flock(struct text *t, const struct event *e, u32 i, const struct posix *p, bool after);
/* 0x7f... with how many entries of a directory were put there */
bool posix_entries(struct text *t, const struct event *e, u32 i);
bool posix_ioctl(struct text *t, const struct event *e, u32 i, const struct posix *p);
/* {sigmask=[USR1], sigsetsize=8} */
bool posix_sigset_at(struct text *t, const struct event *e, u32 i, const struct posix *p);

/* Bytes of what an argument says. */
/* {ss_sp=NULL, ss_flags=SS_DISABLE, ss_size=0} */
void posix_stack(struct text *t, const struct event *e, const struct posix *p, const void *at);
/* {l_onoff=1, l_linger=5}, {tv_sec=1, tv_usec=0}, [1]: by the option's name */
void posix_option(struct text *t, const struct event *e, u32 i, const struct posix *p,
		  const void *at);
/* {sysname="Linux", nodename="here", ...}: n bytes */
void posix_utsname(struct text *t, const void *at, u32 n);
/* {ws_row=24, ws_col=80, ws_xpixel=0, ws_ypixel=0} */
void posix_winsize(struct text *t, const void *at);

#endif
