/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/research.h: what the PDP-11's systems call their numbers. */
#ifndef FB_CLI_TRACE_RESEARCH_H
#define FB_CLI_TRACE_RESEARCH_H

#include "cli/trace/posix.h"

/* Names of System III and of 2.11BSD; NULL: a system that writes numbers. */
const struct posix *research_posix(const struct abi *a);
/* A signal of the system's numbers; NULL or "": it has no name. */
const char *research_signal_name(const struct abi *a, int number);
const char *research_usg_signal_name(int number);
const char *research_bsd_signal_name(int number);
/* The same of one that the hub has this number for; "16" for a number without a name. */
const char *research_signal_of_core(const struct abi *a, int core);
/* A terminal's mode: CRMOD|ECHO; and its speed: B300. */
void research_modes(struct text *t, const struct abi *a, u32 v);
void research_speed(struct text *t, u32 v);
/* An ioctl; NULL: it is not known. */
const char *research_request(u32 request);

/* ---- for these ---------------------------------------------------------------------------- */

bool research_is(const struct event *e, const char *system);
/* The First to the Sixth Edition, and PWB. */
bool research_is_old(const struct event *e);

static inline u32 research_word(const void *p, size_t at)
{
	return value_u16(p, at);
}

static inline u32 research_long(const void *p, size_t at)
{
	return (u32)value_u16(p, at) << 16 | value_u16(p, at + 2);
}

/* label, then n */
void research_member(struct text *t, const char *label, i64 n);
void research_octal(struct text *t, const char *label, u64 n);

/* Structures at `at`; those with an n give false when they are no n bytes. */
bool research_stat(struct text *t, const struct event *e, const void *at, u32 n);
void research_statfs(struct text *t, const void *at);
void research_times(struct text *t, const struct event *e, const void *at);
void research_timeval(struct text *t, const void *at, const char *unit);
/* Two of them, with what is around them. */
void research_timevals(struct text *t, const void *at, const char *first, const char *second,
		       const char *end);
void research_utimes(struct text *t, const struct event *e, const void *at);
void research_timeb(struct text *t, const void *at);
void research_sgttyb(struct text *t, const struct event *e, const u8 *at);
/* What argument i, an ioctl's, points at. */
bool research_ioctl(struct text *t, const struct event *e, u32 i);

#endif
