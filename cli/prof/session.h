/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/session.h: what is gathered while the program runs: stacks of places, and the numbers of
 * each; and how that becomes a profile when it has ended.
 */
#ifndef FB_CLI_PROF_SESSION_H
#define FB_CLI_PROF_SESSION_H

#include "cli/prof/options.h"
#include "cli/prof/spaces.h"
#include "cli/prof/threads.h"

#define DEPTH_MOST 1024

/* What a sample of an event adds to: measures of the profile, or MEASURES_MOST for none. */
struct event_adds {
	u32 once, period;
};

struct call_queue;

struct session {
	const struct prof_options *options;
	struct spaces *spaces;
	struct objects *objects;
	struct threads threads;
	struct intern stacks; /* of struct place, the innermost first */
	u64 *values;	      /* as the profile's */
	u32 values_room;
	u32 *numbers; /* of stacks: theirs in the profile, in the end */
	struct sampler_event events[SAMPLER_EVENTS];
	struct event_adds adds[SAMPLER_EVENTS];
	u32 nevents;
	struct call_queue *calls; /* NULL: no mode wants any */
	u64 sampled, interpreted;
	bool guest_samples; /* by the guest itself: of a PDP-11, or where the kernel refuses */
	bool alone;	    /* the kernel refuses: there are no records of its */
	u64 began;	    /* of CLOCK_MONOTONIC */
	struct profile profile;
};

/* alone: there will be no sampler. */
void session_begin(struct session *s, const struct prof_options *o, const char *fbird, bool alone);
/* The measure of a mode: which 0 is how often, 1 how much; MEASURES_MOST: it was not asked for. */
u32 session_measure(const struct session *s, enum mode m, u32 which);
/* To be told of each record of the sampler. */
void session_take(void *session, const struct sampled *e);
/* With --threads: the outermost frames say whose stack it is. Gives how many there are then. */
#define SESSION_THREAD 2
u32 session_thread(struct session *s, struct place *places, u32 n, u32 pid, u32 tid);
/* A stack, the innermost first, and what is added to one or two of its measures. Gives its number.
 */
u32 session_add(struct session *s, const struct place *places, u32 n, u32 first, u64 once,
		u32 second, u64 much);
/* For outputs that want to know when; of CLOCK_MONOTONIC. */
void session_note(struct session *s, const struct moment *m, u32 pid, u32 tid);
/* When all is over: names. */
void session_end(struct session *s);

/* ---- calls of the system (calls.c, settle.c) ---------------------------------------------- */

/* The memory the guest tells in, for its options; false after a sentence. */
bool calls_begin(struct session *s, struct run_words *words, int *memory);
struct reader *calls_reader(struct session *s);
/* Does a ring fill? Then it is no time to sleep: its thread may wait already, and rings no more. */
bool calls_press(struct session *s);
/* Everything that is there. all: everybody has ended. False: there was nothing. */
bool calls_pass(struct session *s, bool all);
/* The kernel's records up to this time have been told: addresses of calls until then are known. */
void calls_settle(struct session *s, u64 until);
/* The table of calls. */
void calls_end(struct session *s);

#endif
