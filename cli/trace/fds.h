/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/fds.h: -y: what is behind a descriptor, as the calls of its process have made it. The
 * host is asked once, when a process is first seen.
 */
#ifndef FB_CLI_TRACE_FDS_H
#define FB_CLI_TRACE_FDS_H

#include "cli/trace/reader.h"

/* From now on descriptors are followed. */
void fds_follow(void);
bool fds_followed(void);
/* The first process begins with our own standard descriptors, and our directory or another. */
void fds_begin(u32 pid, const char *directory);
/* Must this call be known of, though nobody asked for it? */
bool fds_need(const struct call_info *c);
/* What an event has changed. */
void fds_after(const struct event *e);
/* The path of a descriptor of e's process, or what it is ("socket"); NULL: not known. cwd: of its
 * working directory. */
const char *fds_path(const struct event *e, int fd);
const char *fds_cwd(const struct event *e);
/* The same of the descriptor the call has made, which fds_after does not know of yet. */
const char *fds_made(const struct event *e);

/* The path that argument i is, from the directory it is meant from; NULL: none. Until the next is
 * asked for. */
const char *fds_whole_path(const struct event *e, u32 i);

#endif
