/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/value.h: an argument as text, in the notation of strace(1) and the words of its system.
 */
#ifndef FB_CLI_TRACE_VALUE_H
#define FB_CLI_TRACE_VALUE_H

#include "cli/trace/reader.h"
#include "cli/trace/text.h"

/* How many of its arguments a call has: fewer, where the last is not looked at. */
u32 value_count(const struct event *e);
/* The name of a call; NULL: it has none. */
const char *value_call(const struct event *e);
/* All arguments of a call, with what is between them. */
void value_arguments(struct text *t, const struct event *e);
/* Argument i of a call. */
void value_show(struct text *t, const struct event *e, u32 i);
/* {si_signo=..., ...}: the neutral siginfo of a signal of that name. */
void value_siginfo(struct text *t, const struct event *e, const void *si, const char *name);
/* The name of the signal that an event is of, by its system's list; NULL: it has none. */
const char *value_signal(const struct event *e);
/* What the call gave: "3", "-1 ENOENT (No such file or directory)", "?". */
void value_result(struct text *t, const struct event *e);

/*
 * What a system shows in its own way: true when it did. Each is asked before value_show does what
 * it can by the word alone.
 */
typedef bool value_fn(struct text *t, const struct event *e, u32 i);
/* And a whole list of arguments, or a result. */
typedef bool value_list_fn(struct text *t, const struct event *e);
value_list_fn linux_arguments, illumos_arguments, research_arguments, linux_result, research_result;
/* What the second register of a call's result is called; NULL: there is none. */
const char *research_second(const struct event *e);
/* The name a call goes by, where one number is many. */
const char *illumos_name(const struct event *e);
bool illumos_has_part(const char *call, const char *name);
/* Which argument of the call says that it is this one, by which bits of it, and how. */
bool illumos_part_code(const char *name, u32 *arg, u64 *mask, u64 *code);
value_fn freebsd_value, linux_value, illumos_value, research_value;

/* ---- for these ---------------------------------------------------------------------------- */

struct flag {
	u64 value;
	const char *name;
};

/* The names of the bits of v, joined with |, what has none in hexadecimal; `none` for 0. */
void value_flags(struct text *t, const struct flag *f, size_t n, u64 v, const char *none);
/* The name of v, or v in decimal. */
void value_name(struct text *t, const struct flag *f, size_t n, i64 v);
/* The name of v; false, and nothing, when it has none. */
bool value_named(struct text *t, const struct flag *f, size_t n, u64 v);
/* An address: NULL or hexadecimal. */
void value_address(struct text *t, const struct event *e, u64 v);
/* A descriptor, and with -y what is behind it. */
void value_fd(struct text *t, const struct event *e, i32 fd);
/* Bytes as a string, "..." behind them when there were more. */
void value_bytes(struct text *t, struct shown_data d);
/* The bytes of a structure of at least n, before (false) or after the call; NULL: not to be had. */
const void *value_struct(const struct event *e, u32 i, bool after, u32 n);
/* A file's mode: S_IFREG|0644. */
void value_mode(struct text *t, u32 mode);

/* Reads at an offset of a structure, whatever its alignment. */
static inline u64 value_u64(const void *p, size_t at)
{
	u64 v;

	memcpy(&v, (const char *)p + at, sizeof(v));
	return v;
}

static inline u32 value_u32(const void *p, size_t at)
{
	u32 v;

	memcpy(&v, (const char *)p + at, sizeof(v));
	return v;
}

static inline u16 value_u16(const void *p, size_t at)
{
	u16 v;

	memcpy(&v, (const char *)p + at, sizeof(v));
	return v;
}

#endif
