/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/reader.h: the reader's side of the rings (trace/trace.h): events one after the other,
 * in the order they ended, out of memory that nobody can be trusted to have left whole.
 */
#ifndef FB_CLI_TRACE_READER_H
#define FB_CLI_TRACE_READER_H

#include <sys/types.h>

#include "cli/trace/calls.h"

/* Bytes of one argument, before or after the call. */
struct shown_data {
	const u8 *p; /* NULL: none */
	u32 n;
	u32 whole;
};

/* An event, valid until the next one is asked for. */
struct event {
	const struct trace_record *r;
	const struct abi *abi;
	const struct call_info *call; /* NULL: no call, or one without a name */
	u32 pid, tid;
	u32 slot;
	u32 parent;	/* the process that pid was forked from; 0: not told */
	u64 begin, end; /* ns since the reader began; an end of 0: not ended */
	bool done;
	/* Of the process that reader_watch was told of, whose end somebody else tells. */
	bool first;
	/* Told of before it ends. */
	bool under_way;
	/* The rest of one that was told of under way. */
	bool resumed;
	/* It never ended: its thread is no more. */
	bool last;
	/* It began another program. */
	bool executed;
};

/* Are a record's size (which is that of its memory), its numbers and its data what they can be? */
bool reader_is_whole(const struct trace_record *r);
/* The data of argument arg: the nth piece of it. */
struct shown_data event_data(const struct event *e, u32 arg, bool after, u32 nth);

struct reader;

struct reader_options {
	u32 flags; /* TRACE_F_* */
	u32 string_max;
	bool follow; /* children as well */
};

/* Makes the memory; its descriptor is for the guest. NULL after a sentence. */
struct reader *reader_new(const struct reader_options *o, int *fd);
struct trace_header *reader_header(struct reader *r);
/* The first process: the one whose end counts. */
void reader_watch(struct reader *r, pid_t pid);
/* One that was not started by us; there may be READER_WATCHED of them. */
#define READER_WATCHED 64
void reader_watch_other(struct reader *r, pid_t pid);
/* Calls `take` for all that is there now. False: there was nothing. */
typedef void reader_take_fn(void *ctx, const struct event *e);
bool reader_pass(struct reader *r, reader_take_fn *take, void *ctx);
/* The next pass asks whether each thread is still there, which others do now and then. */
void reader_look(struct reader *r);
/* Until the bell is rung, or was since reader_bell() was asked; at most `ms`. */
u32 reader_bell(const struct reader *r);
void reader_sleep(struct reader *r, u32 bell, u32 ms);
/* Is a process that was traced still there? */
bool reader_anybody(struct reader *r);
/*
 * All of it, until the child pid has ended, and where others are followed everybody; after is
 * called behind each pass, unless NULL. The child's status, as of wait(2).
 */
int reader_follow(struct reader *r, pid_t pid, reader_take_fn *take, void (*after)(void *ctx),
		  void *ctx);
/* Nobody reads any more: guests go on. */
void reader_stop(struct reader *r);
/* Behind the last pass, where guests are still there: adds up what they counted, and gives the
 * memory of their rings back. */
void reader_leave(struct reader *r);

/* Events that were lost, in all. */
u64 reader_lost(struct reader *r);
/* Wall-clock time of event time 0, ns since 1970. */
u64 reader_epoch(const struct reader *r);
/* Nanoseconds that so many ticks are. */
u64 reader_ns(struct reader *r, u64 ticks);

/* TRACE_F_COUNT: what calls of a personality were counted by threads that are no more, by number;
 * NULL: none. */
const struct trace_count *reader_counts(struct reader *r, u32 abi);

#endif
