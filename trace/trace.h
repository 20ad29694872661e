/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trace/trace.h: the memory that a traced guest and `fbird trace` share.
 *
 * One memfd: a header, then a table of slots, then a ring for each slot. A guest thread claims a
 * slot with its first traced call and is the only one that writes its ring; the reader is the only
 * one that takes from it. Neither asks the host for an event. A record is laid down in the ring
 * when a call begins and becomes the reader's (head passes it) when the call ends: one still under
 * way, or the last of a thread that was killed, is seen too, for the slot says that it lies there.
 * What did not fit is counted. The memory outlives whoever writes it.
 *
 * Everything the guest's side may have written is hostile to the reader: sizes and numbers are
 * checked before they are used (trace/read.c).
 */
#ifndef FB_TRACE_TRACE_H
#define FB_TRACE_TRACE_H

#include "lib/base.h"

#define TRACE_MAGIC   0x3163617274424621UL /* "!FBtrac1" */
#define TRACE_SLOTS   512
#define TRACE_RING    (512u << 10) /* bytes, a power of two */
#define TRACE_RECORD  (16u << 10)  /* bytes of the largest record */
#define TRACE_ABIS    32	   /* personalities that can be told apart */
#define TRACE_NUMBERS 1024	   /* call numbers beyond are one */
#define TRACE_ARGS    8
#define TRACE_RECENT  64 /* records a crash of the runtime tells of */
#define TRACE_BUCKETS 64 /* rates of a policy (trace/policy.h) */

/* What the reader wants; set before the guest starts. */
enum {
	TRACE_F_DROP = 1,  /* never wait for the reader: what does not fit is lost */
	TRACE_F_COUNT = 2, /* no records: calls are added up in the slots */
	TRACE_F_DATA = 4,  /* take strings and structures along */
	TRACE_F_STACK = 8, /* and who called, and who called that */
	TRACE_F_COPY = 16, /* with it, registers and the upper part of the stack itself */
};

struct trace_header {
	u64 magic;
	u32 flags;
	u32 string_max; /* bytes taken of a buffer, at most */
	u32 reader;	/* its process */
	u32 bell;	/* a futex: rung when a ring fills and the reader sleeps */
	u32 asleep;	/* the reader sleeps at the bell */
	u32 room;	/* a futex: writers that wait for room sleep here */
	u32 gone;	/* nobody reads any more: do not wait */
	u32 slots_used; /* none at or above this was ever claimed */
	u64 homeless;	/* events of threads that found no slot */
	u32 beat;	/* moves while the reader is at work */
	u32 copy_max;	/* bytes of the stack, at most */
	u64 sample_ns;	/* of processor time between TRACE_SAMPLEs; 0: none are wanted */
	u64 pad[6];
	char abi[TRACE_ABIS][16];		    /* name of a personality by its number */
	u64 wanted[TRACE_ABIS][TRACE_NUMBERS / 64]; /* a bit for each call to be told of */
	u64 bucket[TRACE_BUCKETS]; /* when each will be full again, as time stamps */
};

enum trace_state { TRACE_FREE, TRACE_CLAIMED, TRACE_LEFT };

struct trace_slot {
	u32 state; /* enum trace_state */
	u32 pid, tid;
	u32 abi;
	u64 head;     /* bytes written, ever */
	u64 pending;  /* size of the record that lies at head and is not done, 0: none */
	u64 lost;     /* records that found no room */
	u64 calls;    /* counted, in TRACE_F_COUNT */
	u64 executed; /* left because its process began another program */
	u32 parent;   /* the process it was forked from, and has done no exec since; 0: not told */
	u32 pad0;
	u64 tail; /* bytes taken, ever: the reader's */
	u64 pad1[7];
	/* Where the last records lie in the ring, in units of 8 bytes; and how many were laid down.
	 */
	u16 recent[TRACE_RECENT];
	u64 laid;
	u64 pad2[15];
};
SIZE_ASSERT(struct trace_slot, 384);

enum trace_kind {
	TRACE_PAD = 1, /* nothing: the rest of the ring up to its end */
	TRACE_CALL,
	TRACE_SIGNAL, /* nr: the neutral number; its siginfo is the data of argument 0 */
	TRACE_EXEC,   /* the thread's process is another program: its path, as data */
	TRACE_DEATH,  /* the process is about to end by signal nr */
	/* Where the thread is (TRACE_STACK); nr: for how many this stands; rule: and how many were
	 * in the runtime since the one before. */
	TRACE_SAMPLE,
};

enum {
	TRACE_R_ENDED = 1,   /* result, end and what the call wrote are there */
	TRACE_R_RESTART = 2, /* result is the gateway's own: the call is begun again, or not */
	TRACE_R_CARRY = 4,   /* the guest sees an error */
	TRACE_R_REFUSED = 8, /* a policy's rule did not let it through */
	TRACE_R_KILLED = 16, /* and ended the process */
};

struct trace_record {
	u32 size; /* of all, a multiple of 8 */
	u8 kind;
	u8 nargs;
	u8 abi;
	u8 flags;
	u32 nr;
	u32 result2;	/* the second register of a result */
	u64 begin, end; /* the processor's time stamps */
	i64 result;	/* neutral: >= 0, or a negative error */
	i64 guest;	/* the register the guest sees it in */
	u32 rule;	/* the line of a policy that the call is told of for, or 0 */
	u32 pad;
	u64 args[TRACE_ARGS];
	/* struct trace_data follow, each a multiple of 8 bytes */
};
SIZE_ASSERT(struct trace_record, 120);

enum trace_when {
	TRACE_BEFORE,
	TRACE_AFTER, /* as the call left it */
	/*
	 * Nothing of the argument, which is 0: where the call was made (behind it), the word on top
	 * of the stack then, and by the frame pointers where each caller goes on; all u64.
	 */
	TRACE_STACK,
	/* Nor this: rbx, rbp, rsp, rip, r12 to r15, and what lies at rsp. */
	TRACE_STACK_COPY,
};
#define TRACE_STACK_MOST     128 /* of them */
#define TRACE_COPY_REGISTERS 8

/* Memory of the guest that belongs to an argument. */
struct trace_data {
	u16 size; /* bytes that follow, before they are rounded up to 8 */
	u8 arg;
	u8 after;  /* enum trace_when */
	u32 whole; /* bytes, or elements of an array, there would have been */
	u8 bytes[];
};

/* TRACE_F_COUNT: the ring is an array of these, by number. */
struct trace_count {
	u64 calls, errors, ticks;
};

#define TRACE_RINGS                                                                                \
	ALIGN_UP(sizeof(struct trace_header) + TRACE_SLOTS * sizeof(struct trace_slot), 4096)
#define TRACE_SIZE (TRACE_RINGS + (u64)TRACE_SLOTS * TRACE_RING)

_Static_assert(sizeof(struct trace_count) * (TRACE_NUMBERS + 1) <= TRACE_RING, "counts fit");

static inline struct trace_slot *trace_slots(struct trace_header *h)
{
	return (struct trace_slot *)(h + 1);
}

static inline u8 *trace_ring(struct trace_header *h, u32 slot)
{
	return (u8 *)h + TRACE_RINGS + (u64)slot * TRACE_RING;
}

#endif
