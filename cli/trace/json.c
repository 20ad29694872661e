/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/json.c: an event as a JSON object: a line each (json), or in the array that Perfetto
 * and Chrome's tracing read (perfetto): "Trace Event Format", complete events ("X") with
 * microseconds.
 */
#include <string.h>
#include <sys/wait.h>

#include "cli/trace/format.h"
#include "cli/trace/value.h"

static struct text scratch;
static bool first;

/* What show wrote, as a JSON string. */
#define AS_JSON(t, show)                                                                           \
	do {                                                                                       \
		if (scratch.p == NULL)                                                             \
			text_open(&scratch, -1);                                                   \
		scratch.n = 0;                                                                     \
		show;                                                                              \
		text_json(t, scratch.p, scratch.n);                                                \
	} while (0)

static void key(struct text *t, const char *name)
{
	text_str(t, ",\"");
	text_str(t, name);
	text_str(t, "\":");
}

static void show_string(struct text *t, const char *s)
{
	text_json(t, s, strlen(s));
}

static void show_ns(struct text *t, u64 ns, u64 unit, u32 digits)
{
	text_udec(t, ns / unit);
	text_char(t, '.');
	text_digits(t, ns % unit, digits);
}

static void show_name(struct text *t, const struct event *e)
{
	if (e->call != NULL) {
		show_string(t, value_call(e));
		return;
	}
	text_str(t, "\"syscall_");
	text_hex(t, e->r->nr);
	text_char(t, '"');
}

static void show_arguments(struct text *t, const struct event *e)
{
	text_str(t, "{");
	for (u32 i = 0; i < value_count(e); i++) {
		if (i != 0)
			text_char(t, ',');
		if (e->call != NULL && i < e->call->nargs) {
			show_string(t, e->call->arg[i]);
		} else {
			text_str(t, "\"a");
			text_udec(t, i);
			text_char(t, '"');
		}
		text_char(t, ':');
		AS_JSON(t, value_show(&scratch, e, i));
	}
	text_char(t, '}');
}

static void show_outcome(struct text *t, const struct event *e)
{
	const struct trace_record *r = e->r;
	const char *name;
	int number, core;

	if (!e->done || r->flags & (TRACE_R_RESTART | TRACE_R_KILLED))
		return;
	if (!(r->flags & TRACE_R_CARRY)) {
		key(t, "result");
		text_dec(t, r->result);
		if (e->call != NULL && e->abi->names == NAMES_RESEARCH && research_second(e)) {
			key(t, research_second(e));
			text_udec(t, r->result2 & 0xffff);
		}
		return;
	}
	number = e->abi->names == NAMES_CORE ? (int)-(u64)r->result : (int)r->guest;
	name = name_of_error(e->abi->names, number, &core);
	key(t, "result");
	text_str(t, "-1");
	key(t, "errno");
	text_dec(t, number);
	if (name != NULL) {
		key(t, "error");
		show_string(t, name);
	}
}

static void show_who(struct text *t, const struct event *e)
{
	key(t, "pid");
	text_udec(t, e->pid);
	key(t, "tid");
	text_udec(t, e->tid);
}

static const char *kind_of(const struct event *e)
{
	switch (e->r->kind) {
	case TRACE_SIGNAL:
		return "signal";
	case TRACE_EXEC:
		return "program";
	case TRACE_DEATH:
		return "death";
	default:
		return "call";
	}
}

/* What an event that is no call is about. */
static void show_subject(struct text *t, const struct event *e)
{
	struct shown_data d;
	const char *name;

	if (e->r->kind == TRACE_EXEC) {
		d = event_data(e, 0, false, 0);
		text_json(t, (const char *)d.p, d.n);
		return;
	}
	name = value_signal(e);
	if (name != NULL)
		show_string(t, name);
	else
		text_udec(t, e->r->nr);
}

/* ---- a line each --------------------------------------------------------------------------- */

static void json_begin(struct text *t, const struct format_options *o, struct reader *r)
{
	(void)t, (void)o, (void)r;
}

static void json_event(struct text *t, const struct format_options *o, struct reader *r,
		       const struct event *e)
{
	(void)o;
	if (e->under_way)
		return; /* it will end, or its thread will */
	text_str(t, "{\"time\":");
	show_ns(t, reader_epoch(r) + e->begin, 1000000000u, 9);
	show_who(t, e);
	key(t, "abi");
	show_string(t, e->abi->name);
	key(t, "event");
	show_string(t, kind_of(e));
	if (e->r->kind != TRACE_CALL) {
		key(t, e->r->kind == TRACE_EXEC ? "path" : "signal");
		show_subject(t, e);
		text_str(t, "}\n");
		return;
	}
	key(t, "call");
	show_name(t, e);
	key(t, "nr");
	text_udec(t, e->r->nr);
	key(t, "args");
	show_arguments(t, e);
	show_outcome(t, e);
	if (e->r->rule != 0) {
		key(t, "rule");
		text_udec(t, e->r->rule);
		key(t, "action");
		show_string(t, e->r->flags & TRACE_R_KILLED    ? "kill"
			       : e->r->flags & TRACE_R_REFUSED ? "refuse"
							       : "log");
	}
	if (e->done) {
		key(t, "duration");
		show_ns(t, e->end - e->begin, 1000000000u, 9);
	}
	text_str(t, "}\n");
}

static void json_ended(struct text *t, const struct format_options *o, struct reader *r, u32 pid,
		       int status)
{
	(void)o, (void)r;
	text_str(t, "{\"event\":\"end\",\"pid\":");
	text_udec(t, pid);
	key(t, WIFSIGNALED(status) ? "signal" : "status");
	text_dec(t, WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	text_str(t, "}\n");
}

static void json_end(struct text *t, const struct format_options *o, struct reader *r)
{
	(void)o;
	text_str(t, "{\"event\":\"lost\",\"count\":");
	text_udec(t, reader_lost(r));
	text_str(t, "}\n");
}

/* ---- Perfetto ------------------------------------------------------------------------------- */

static void perfetto_begin(struct text *t, const struct format_options *o, struct reader *r)
{
	(void)o, (void)r;
	first = true;
	text_str(t, "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n");
}

static void perfetto_event(struct text *t, const struct format_options *o, struct reader *r,
			   const struct event *e)
{
	(void)o, (void)r;
	if (e->under_way)
		return;
	text_str(t, first ? "{\"ph\":\"" : ",\n{\"ph\":\"");
	first = false;
	if (e->r->kind == TRACE_EXEC)
		text_str(t, "M\",\"name\":\"process_name\"");
	else if (e->r->kind == TRACE_CALL)
		text_str(t, e->done ? "X\",\"name\":" : "B\",\"name\":");
	else
		text_str(t, "i\",\"s\":\"t\",\"name\":");
	if (e->r->kind == TRACE_CALL)
		show_name(t, e);
	else if (e->r->kind != TRACE_EXEC)
		show_subject(t, e);
	key(t, "cat");
	show_string(t, e->abi->name);
	show_who(t, e);
	key(t, "ts");
	show_ns(t, e->begin, 1000, 3);
	if (e->r->kind == TRACE_CALL && e->done) {
		key(t, "dur");
		show_ns(t, e->end - e->begin, 1000, 3);
	}
	key(t, "args");
	if (e->r->kind == TRACE_EXEC) {
		text_str(t, "{\"name\":");
		show_subject(t, e);
		text_char(t, '}');
	} else if (e->r->kind == TRACE_CALL) {
		text_str(t, "{\"call\":");
		show_arguments(t, e);
		show_outcome(t, e);
		text_char(t, '}');
	} else {
		text_str(t, "{}");
	}
	text_char(t, '}');
}

static void perfetto_ended(struct text *t, const struct format_options *o, struct reader *r,
			   u32 pid, int status)
{
	(void)t, (void)o, (void)r, (void)pid, (void)status;
}

static void perfetto_end(struct text *t, const struct format_options *o, struct reader *r)
{
	(void)o;
	text_str(t, "\n],\"otherData\":{\"lost\":\"");
	text_udec(t, reader_lost(r));
	text_str(t, "\"}}\n");
}

const struct format format_json = {"json", json_begin, json_event, json_ended, json_end};
const struct format format_perfetto = {"perfetto", perfetto_begin, perfetto_event, perfetto_ended,
				       perfetto_end};
