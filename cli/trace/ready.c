/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/ready.c: what poll(2) and select(2) wait for, and which of it came: as strace(1) has
 * it, behind the result.
 */
#include "cli/trace/ready.h"

#include "cli/trace/fds.h"

static void show_pollfds(struct text *t, const struct event *e, const struct posix *p,
			 struct shown_data d, bool after)
{
	bool first = true;

	text_char(t, '[');
	for (u32 i = 0; i < d.n / 8; i++) {
		u16 events = value_u16(d.p, i * 8 + (after ? 6 : 4));

		if (after && events == 0)
			continue;
		text_str(t, first ? "{fd=" : ", {fd=");
		first = false;
		value_fd(t, e, (i32)value_u32(d.p, i * 8));
		text_str(t, after ? ", revents=" : ", events=");
		posix_flags(t, p, LIST_POLL, events, "0");
		text_char(t, '}');
	}
	if (d.whole > d.n / 8)
		text_str(t, first ? "..." : ", ...");
	text_char(t, ']');
}

static void show_set(struct text *t, const struct event *e, struct shown_data d, u32 n)
{
	bool first = true;

	text_char(t, '[');
	for (u32 fd = 0; fd < MIN(n, d.n * 8); fd++) {
		if (!(d.p[fd / 8] >> fd % 8 & 1))
			continue;
		if (!first)
			text_char(t, ' ');
		first = false;
		value_fd(t, e, (i32)fd);
	}
	text_char(t, ']');
}

bool posix_ready(struct text *t, const struct event *e, u32 i, const struct posix *p)
{
	struct shown_data d = event_data(e, i, false, 0);

	if (d.p == NULL)
		return false;
	if (e->call->word[i] == WORD_POLLFD)
		show_pollfds(t, e, p, d, false);
	else
		show_set(t, e, d, (u32)e->r->args[0]);
	return true;
}

static bool is_empty(struct shown_data d, u32 n)
{
	for (u32 fd = 0; fd < MIN(n, d.n * 8); fd++)
		if (d.p[fd / 8] >> fd % 8 & 1)
			return false;
	return true;
}

static bool show_sets(struct text *t, const struct event *e)
{
	static const char *const names[] = {"in ", "out ", "except "};
	u32 which = 0;
	bool any = false;

	for (u32 i = 0; i < e->r->nargs; i++) {
		struct shown_data d;

		if (e->call->word[i] != WORD_FDSET)
			continue;
		which++;
		d = event_data(e, i, true, 0);
		if (d.p == NULL || is_empty(d, (u32)e->r->args[0]) || which > ARRAY_LEN(names))
			continue;
		text_str(t, any ? ", " : " (");
		text_str(t, names[which - 1]);
		show_set(t, e, d, (u32)e->r->args[0]);
		any = true;
	}
	return any;
}

void posix_became_ready(struct text *t, const struct event *e, const struct posix *p)
{
	bool any = false, waits = false;

	for (u32 i = 0; i < e->r->nargs && i < TRACE_ARGS; i++) {
		struct shown_data d;

		waits |= e->call->word[i] == WORD_POLLFD || e->call->word[i] == WORD_FDSET;
		if (e->call->word[i] != WORD_POLLFD)
			continue;
		d = event_data(e, i, true, 0);
		if (d.p == NULL || e->r->result <= 0)
			continue;
		text_str(t, " (");
		show_pollfds(t, e, p, d, true);
		any = true;
		break;
	}
	if (!waits)
		return;
	if (e->r->result == 0) {
		text_str(t, " (Timeout)");
		return;
	}
	if (!any)
		any = show_sets(t, e);
	/* What is left of the time: Linux alone writes it back. */
	for (u32 i = 0; any && p->time_left && i < e->r->nargs && i < TRACE_ARGS; i++) {
		struct shown_data d;

		if (e->call->word[i] != WORD_TIMESPEC && e->call->word[i] != WORD_TIMEVAL)
			continue;
		d = event_data(e, i, true, 0);
		if (d.n < 16)
			continue;
		text_str(t, ", left ");
		posix_time(t, d.p, e->call->word[i] == WORD_TIMESPEC ? "tv_nsec" : "tv_usec");
	}
	if (any)
		text_char(t, ')');
}
