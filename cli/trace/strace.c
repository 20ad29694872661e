/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/strace.c: lines as strace(1) writes them.
 *
 *	[pid 12] 10:20:30 openat(AT_FDCWD, "/etc/motd", O_RDONLY) = 3 <0.000012>
 *
 * A call is told of when it has ended; one that takes longer is told of as <unfinished ...> first,
 * and then as <... resumed>.
 */
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "cli/trace/format.h"
#include "cli/trace/value.h"

#define COLUMN 39 /* where a result begins at the earliest */

static u64 line_before; /* ns */

static void show_clock(struct text *t, const struct format_options *o, struct reader *r, u64 ns)
{
	u64 since = ns - line_before, unix_ns = reader_epoch(r) + ns;
	time_t seconds = (time_t)(unix_ns / 1000000000u);
	struct tm tm;

	if (o->relative) {
		if (line_before == 0 || ns < line_before)
			since = 0;
		line_before = ns;
		for (u64 s = since / 1000000000u; s < 100000; s = s == 0 ? 10 : s * 10)
			text_char(t, ' ');
		text_udec(t, since / 1000000000u);
		text_char(t, '.');
		text_digits(t, since % 1000000000u / 1000, 6);
		text_char(t, ' ');
		return;
	}
	switch (o->clock) {
	case CLOCK_NONE:
		return;
	case CLOCK_UNIX:
		text_udec(t, (u64)seconds);
		break;
	default:
		localtime_r(&seconds, &tm);
		text_digits(t, (u64)tm.tm_hour, 2);
		text_char(t, ':');
		text_digits(t, (u64)tm.tm_min, 2);
		text_char(t, ':');
		text_digits(t, (u64)tm.tm_sec, 2);
		break;
	}
	if (o->clock != CLOCK_SECONDS) {
		text_char(t, '.');
		text_digits(t, unix_ns % 1000000000u / 1000, 6);
	}
	text_char(t, ' ');
}

static void show_head(struct text *t, const struct format_options *o, struct reader *r, u32 id,
		      u64 ns)
{
	if (o->who && o->to_file) {
		text_udec(t, id);
		text_char(t, ' ');
	} else if (o->who) {
		text_str(t, "[pid ");
		text_udec(t, id);
		text_str(t, "] ");
	}
	show_clock(t, o, r, ns);
}

static void show_name(struct text *t, const struct event *e)
{
	if (e->call != NULL) {
		text_str(t, value_call(e));
		return;
	}
	text_str(t, "syscall_");
	text_hex(t, e->r->nr);
}

static void show_call(struct text *t, const struct format_options *o, struct reader *r,
		      const struct event *e)
{
	size_t line = t->n, end;

	show_head(t, o, r, e->tid, e->begin);
	if (e->resumed && e->done) {
		text_str(t, "<... ");
		show_name(t, e);
		text_str(t, " resumed>");
	} else {
		show_name(t, e);
		text_char(t, '(');
	}
	if (e->under_way) {
		value_arguments(t, e);
		text_str(t, " <unfinished ...>\n");
		return;
	}
	value_arguments(t, e);
	if (!e->done && !e->executed && !(e->call != NULL && e->call->ends)) {
		text_str(t, " <unfinished ...>");
	}
	text_char(t, ')');
	end = t->n - line;
	while (end++ < COLUMN)
		text_char(t, ' ');
	text_str(t, " = ");
	if (e->executed)
		text_char(t, '0');
	else
		value_result(t, e);
	if (o->duration && e->done) {
		text_str(t, " <");
		text_udec(t, (e->end - e->begin) / 1000000000u);
		text_char(t, '.');
		text_digits(t, (e->end - e->begin) % 1000000000u / 1000, 6);
		text_char(t, '>');
	}
	text_char(t, '\n');
}

static void show_signal(struct text *t, const struct event *e)
{
	const void *si = value_struct(e, 0, false, 48);
	const char *name = value_signal(e);

	text_str(t, "--- ");
	if (name != NULL) {
		text_str(t, name);
	} else {
		text_str(t, "signal ");
		text_udec(t, e->r->nr);
	}
	if (si != NULL) {
		text_char(t, ' ');
		value_siginfo(t, e, si, name);
	}
	text_str(t, " ---\n");
}

static void strace_begin(struct text *t, const struct format_options *o, struct reader *r)
{
	(void)t, (void)o, (void)r;
}

/* How a process ended that is no child of ours: by its own word. */
static void show_end(struct text *t, const struct format_options *o, struct reader *r,
		     const struct event *e)
{
	const char *name = value_signal(e);

	if (o->bare || e->first)
		return;
	show_head(t, o, r, e->tid, e->begin);
	if (e->r->kind == TRACE_DEATH) {
		text_str(t, "+++ killed by ");
		text_str(t, name != NULL ? name : "a signal");
	} else {
		text_str(t, "+++ exited with ");
		text_udec(t, e->r->args[0] & 0xff);
	}
	text_str(t, " +++\n");
}

static void strace_event(struct text *t, const struct format_options *o, struct reader *r,
			 const struct event *e)
{
	switch (e->r->kind) {
	case TRACE_CALL:
		show_call(t, o, r, e);
		if (e->last && e->call != NULL && e->call->ends && !e->executed &&
		    e->call->nargs == 1)
			show_end(t, o, r, e);
		return;
	case TRACE_DEATH:
		show_end(t, o, r, e);
		return;
	case TRACE_SIGNAL:
		if (o->bare)
			return;
		show_head(t, o, r, e->tid, e->begin);
		show_signal(t, e);
		return;
	case TRACE_EXEC: {
		struct shown_data d = event_data(e, 0, false, 0);

		if (o->bare || d.p == NULL)
			return;
		show_head(t, o, r, e->tid, e->begin);
		text_str(t, "=== ");
		text_bytes(t, (const char *)d.p, d.n);
		text_str(t, " (");
		text_str(t, e->abi->name);
		text_str(t, ") ===\n");
		return;
	}
	default:
		return;
	}
}

static void strace_ended(struct text *t, const struct format_options *o, struct reader *r, u32 pid,
			 int status)
{
	const char *name;

	if (o->bare)
		return;
	show_head(t, o, r, pid, line_before);
	if (WIFSIGNALED(status)) {
		name = name_of_signal(NAMES_CORE, WTERMSIG(status));
		text_str(t, "+++ killed by ");
		text_str(t, name != NULL ? name : "a signal");
		text_str(t, WCOREDUMP(status) ? " (core dumped) +++\n" : " +++\n");
	} else {
		text_str(t, "+++ exited with ");
		text_dec(t, WEXITSTATUS(status));
		text_str(t, " +++\n");
	}
}

static void strace_end(struct text *t, const struct format_options *o, struct reader *r)
{
	(void)t, (void)o, (void)r;
}

const struct format format_strace = {"strace", strace_begin, strace_event, strace_ended,
				     strace_end};
