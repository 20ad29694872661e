/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/message.h: messages of sockets, as arguments; false: they are not there to be shown. */
#ifndef FB_CLI_TRACE_MESSAGE_H
#define FB_CLI_TRACE_MESSAGE_H

#include "cli/trace/posix.h"

/* {msg_name=NULL, msg_namelen=0, msg_iov=[...], ...} */
bool posix_message(struct text *t, const struct event *e, u32 i, const struct posix *p);
/* [{msg_hdr={...}, msg_len=3}, ...] */
bool posix_messages(struct text *t, const struct event *e, u32 i, const struct posix *p);

#endif
