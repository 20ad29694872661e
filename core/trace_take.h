/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/trace_take.h: what is taken along of the guest's memory, into the record of its call. Each
 * gives the bytes of the record that are used then, of TRACE_RECORD.
 */
#ifndef FB_CORE_TRACE_TAKE_H
#define FB_CORE_TRACE_TAKE_H

#include "core/trace.h"

/* What the arguments (r->args, c->words) say the call reads; at most string_max bytes of a buffer.
 */
u32 trace_take_before(struct trace_record *r, u32 used, const struct trace_call *c, u32 string_max);
/* And what it has written, with r->result >= 0. */
u32 trace_take_after(struct trace_record *r, u32 used, const struct trace_call *c, u32 string_max);
/* TRACE_STACK: from c's registers outwards. */
u32 trace_take_stack(struct trace_record *r, u32 used, const struct trace_call *c);
/* TRACE_STACK_COPY: at most `most` bytes of the stack. */
u32 trace_take_copy(struct trace_record *r, u32 used, const struct trace_call *c, u32 most);
/* Bytes of the runtime's own, as of argument 0. */
u32 trace_take_bytes(struct trace_record *r, u32 used, const void *bytes, u32 size);

#endif
