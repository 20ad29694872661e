/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/profile.h: a profile: stacks of named functions, and what was measured of each, one
 * number or more. What the outputs write, and what `fbird prof diff` reads.
 */
#ifndef FB_CLI_PROF_PROFILE_H
#define FB_CLI_PROF_PROFILE_H

#include <stdio.h>

#include "cli/prof/intern.h"
#include "cli/prof/modes.h"

struct frame {
	u32 name, object; /* numbers in strings */
	u32 file, line;	  /* of its source; line 0: not known */
};

/* A call of the system, as fbird trace -c counts it. */
struct call_time {
	const char *system, *name;
	u64 calls, errors, ns;
};

/* A measure that is shown by itself: the page and the report have one graph for each. */
struct view {
	u32 measure, count; /* numbers in measures; count: how often, or the same */
	enum mode mode;
};

#define MEASURES_MOST (2 * MODES)

/* What happened when; a sample has no duration. */
struct moment {
	u64 begin, end; /* ns since the profile began */
	u64 value;
	u32 thread, stack;
	u32 measure;
};
#define MOMENTS_MOST (2u << 20)

struct thread_seen {
	u32 pid, tid;
	char name[16];
};

struct profile {
	struct intern strings;
	struct intern frames; /* of struct frame */
	struct intern stacks; /* of u32, numbers of frames, the innermost first */
	const struct measure *measures[MEASURES_MOST];
	u32 nmeasures;
	struct view views[MEASURES_MOST];
	u32 nviews;
	u64 *values; /* of stacks, by number: one of each measure */
	u32 values_room;
	u64 total[MEASURES_MOST];
	u64 lost;
	u64 period;   /* ns of processor time a sample stands for; 0: there are none */
	u64 began;    /* ns since 1970 */
	u64 duration; /* ns of wall time */
	char *command;
	const char *note; /* what has to be known to read it, or NULL */
	bool has_calls;
	struct call_time *calls;
	u32 ncalls, calls_room;
	/* For outputs that want them; what were too many is not there. */
	const struct thread_seen *threads;
	u32 nthreads;
	struct moment *moments;
	u32 nmoments, moments_room;
	u64 moments_left_out;
};

/* The measures and views of modes, given as bits, the views of `first` first. */
void profile_modes(struct profile *p, u32 set, enum mode first);
/* Of one measure, how often. */
void profile_counted(struct profile *p);

u32 profile_frame(struct profile *p, const char *name, const char *object);
u32 profile_frame_at(struct profile *p, const char *name, const char *object, const char *file,
		     u32 line);
/* Gives the stack's number. values: nmeasures of them. */
u32 profile_add(struct profile *p, const u32 *frames, u32 n, const u64 *values);
void profile_free(struct profile *p);

const char *frame_name(const struct profile *p, u32 frame);
const char *frame_object(const struct profile *p, u32 frame);
/* The name, and where its line is known that behind it; a copy, to be freed. */
char *frame_label(const struct profile *p, u32 frame);
const u32 *stack_frames(const struct profile *p, u32 stack, u32 *n);
u64 stack_value(const struct profile *p, u32 stack, u32 measure);

/* Self and total of a measure, and how often, by function or by object, most of self first. */
struct share {
	u32 frame;		   /* one of those that it is, */
	const char *name, *object; /* object NULL: name is one */
	u64 self, total, count;
};
struct share *profile_shares(const struct profile *p, const struct view *v, bool by_object, u32 *n);
/* Numbers of stacks, those with most first; p->stacks.n of them. */
u32 *profile_order(const struct profile *p, u32 measure);

/* ---- outputs: what went wrong shows in the stream ------------------------------------------- */

void report_write(FILE *f, struct profile *p);
void folded_write(FILE *f, struct profile *p);
void speedscope_write(FILE *f, struct profile *p);
void pprof_write(FILE *f, struct profile *p);
void html_write(FILE *f, struct profile *p);
void perfetto_write(FILE *f, struct profile *p);
/* Of the page's JSON: threads, and what was when. */
void timeline_write(FILE *f, const struct profile *p);

/* A string of JSON with its quotes; fit for a <script> of HTML, too. */
void json_string(FILE *f, const char *s);

/* ---- what was written before ---------------------------------------------------------------- */

/* A file of pprof's or of folded stacks. CLI_OK, or CLI_FAILED after a sentence. */
int profile_read(struct profile *p, const char *path);
/* Folded text; pprof's message. False: it is none, and *why says what was expected. */
bool folded_read(struct profile *p, char *text, size_t size, const char **why);
bool pprof_read(struct profile *p, const u8 *message, size_t size, const char **why);

int diff_main(int argc, char **argv);

#endif
