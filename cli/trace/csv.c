/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/csv.c: a line of comma-separated values for each call and signal (RFC 4180). */
#include "cli/trace/format.h"
#include "cli/trace/value.h"

static struct text scratch;

static void quoted(struct text *t)
{
	text_char(t, '"');
	for (size_t i = 0; i < scratch.n; i++) {
		if (scratch.p[i] == '"')
			text_char(t, '"');
		text_char(t, scratch.p[i]);
	}
	text_char(t, '"');
}

static void csv_begin(struct text *t, const struct format_options *o, struct reader *r)
{
	(void)o, (void)r;
	text_open(&scratch, -1);
	text_str(t, "time,pid,tid,abi,event,name,arguments,result,duration\r\n");
}

static void show_name(struct text *t, const struct event *e)
{
	const char *name = e->r->kind == TRACE_CALL && e->call != NULL ? value_call(e) : NULL;

	if (e->r->kind == TRACE_SIGNAL || e->r->kind == TRACE_DEATH)
		name = value_signal(e);
	if (name != NULL)
		text_str(t, name);
	else if (e->r->kind != TRACE_EXEC)
		text_udec(t, e->r->nr);
}

static void csv_event(struct text *t, const struct format_options *o, struct reader *r,
		      const struct event *e)
{
	static const char *const kinds[] = {
	    [TRACE_CALL] = "call",
	    [TRACE_SIGNAL] = "signal",
	    [TRACE_EXEC] = "program",
	    [TRACE_DEATH] = "death",
	};
	u64 time = reader_epoch(r) + e->begin;

	(void)o;
	if (e->under_way)
		return;
	text_udec(t, time / 1000000000u);
	text_char(t, '.');
	text_digits(t, time % 1000000000u, 9);
	text_char(t, ',');
	text_udec(t, e->pid);
	text_char(t, ',');
	text_udec(t, e->tid);
	text_char(t, ',');
	text_str(t, e->abi->name);
	text_char(t, ',');
	text_str(t, kinds[e->r->kind]);
	text_char(t, ',');
	show_name(t, e);
	text_char(t, ',');
	scratch.n = 0;
	if (e->r->kind == TRACE_EXEC) {
		struct shown_data d = event_data(e, 0, false, 0);

		text_bytes(&scratch, (const char *)d.p, d.n);
	}
	for (u32 i = 0; i < value_count(e); i++) {
		if (i != 0)
			text_str(&scratch, ", ");
		value_show(&scratch, e, i);
	}
	quoted(t);
	text_char(t, ',');
	scratch.n = 0;
	if (e->r->kind == TRACE_CALL)
		value_result(&scratch, e);
	quoted(t);
	text_char(t, ',');
	if (e->done && e->r->kind == TRACE_CALL) {
		text_udec(t, (e->end - e->begin) / 1000000000u);
		text_char(t, '.');
		text_digits(t, (e->end - e->begin) % 1000000000u, 9);
	}
	text_str(t, "\r\n");
}

static void csv_ended(struct text *t, const struct format_options *o, struct reader *r, u32 pid,
		      int status)
{
	(void)t, (void)o, (void)r, (void)pid, (void)status;
}

static void csv_end(struct text *t, const struct format_options *o, struct reader *r)
{
	(void)t, (void)o, (void)r;
	text_close(&scratch);
}

const struct format format_csv = {"csv", csv_begin, csv_event, csv_ended, csv_end};
