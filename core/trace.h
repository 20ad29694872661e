/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/trace.h: how a guest's thread tells what it does. All of it costs nothing but a branch when
 * nobody listens, and asks the host for nothing but room in a ring that is full.
 */
#ifndef FB_CORE_TRACE_H
#define FB_CORE_TRACE_H

#include "trace/trace.h"
#include "trace/words.h"

/* NULL: nobody listens. That may change while the process runs (trace_attach, trace_detach), and a
 * thread notices when it next begins a record. */
extern struct trace_header *trace_memory;

/* A thread's part: its slot, once it has one, and the record of the call it is in. */
struct trace_writer {
	struct trace_header *memory; /* what the rest is about */
	struct trace_slot *slot;
	u8 *ring;
	struct trace_record *open;
	u32 used; /* bytes of it */
	u32 abi;  /* the number of `named`, by trace_abi */
	const char *named;
	u64 begin;  /* of a call that is only counted */
	u32 beat;   /* of the reader, when it was last looked for, */
	u32 silent; /* and how often it was the same */
	u32 parent; /* the process its own was forked from; 0: it did not begin so */
};

/* Who calls, and which call. */
struct trace_call {
	u32 pid, tid;
	const char *abi;
	u32 nr;
	u32 nargs;
	const u8 *words; /* enum trace_word, nargs of them */
	const u64 *args;
	u64 space;	/* of a PDP-11: where its addresses count from; 0: they are the machine's */
	u64 pc, sp, fp; /* for TRACE_F_STACK; addresses of a PDP-11 are its own here */
	const u64 *kept; /* rbx, rbp, r12 to r15; NULL of a PDP-11 */
	/* By core/audit.h: the line of the rule that wants it told, and TRACE_R_REFUSED, _KILLED.
	 */
	u32 rule;
	u8 verdict;
	u16 error; /* neutral, of one that is refused */
};

static inline bool trace_on(void)
{
	return UNLIKELY(trace_memory != NULL);
}

/* At start: the memory is behind the descriptor that was left to this image. False when it is of
 * another version; when it is not there any more nobody listens. */
bool trace_take(int left);
/* Somebody has begun to listen; to nobody else. False: there is one already. */
bool trace_attach(struct trace_header *h);
/* Does nobody listen any more, as far as it is known? ask: the host is asked, too. */
bool trace_deserted(bool ask);
/* Nobody listens any more. False: another thread has noticed before. */
bool trace_detach(void);
/*
 * Memories of readers that are gone: a thread that makes no calls may be in one for long, so they
 * stay where they are, and one that no thread is in (trace_writer.memory) gives its place to the
 * next. trace_retired: takes out the one at i below TRACE_RETIRED; NULL: there is none.
 */
#define TRACE_RETIRED 8
bool trace_retire(struct trace_header *h);
struct trace_header *trace_retired(u32 i);
bool trace_retired_full(void);
/* The thread gives up an earlier memory. */
void trace_settle(struct trace_writer *w);

/* The number of a personality in the memory, noted in w. */
u32 trace_abi(struct trace_writer *w, const char *name);

/* Before and after a call. trace_begin: false when this call is not asked for. */
bool trace_begin(struct trace_writer *w, const struct trace_call *c);
/* result: the handler's; guest, second: the registers as the guest gets them. flags: TRACE_R_*. */
void trace_end(struct trace_writer *w, const struct trace_call *c, i64 result, u64 guest,
	       u64 second, u32 flags);

/* An event by itself, with some bytes. */
void trace_event(struct trace_writer *w, const struct trace_call *c, enum trace_kind kind, u32 nr,
		 const void *bytes, u32 size);

/* TRACE_SAMPLE: c's registers, and what is wanted of the stack from there. */
void trace_sample(struct trace_writer *w, const struct trace_call *c, u32 count, u32 inside);

/* The record laid down `back` records ago, 1 for the last one; NULL: there is none any more. */
const struct trace_record *trace_recent(const struct trace_writer *w, u32 back);

/* The thread ends. */
void trace_left(struct trace_writer *w);
/* In a child that has the memory and is nobody yet. */
void trace_forked(struct trace_writer *w, u32 parent);

#endif
