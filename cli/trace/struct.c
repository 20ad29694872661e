/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/struct.c: structures that the POSIX systems have alike but for their layout: locks,
 * signal stacks, options of sockets, windows. Where their members lie says struct posix.
 */
#include "cli/trace/struct.h"

bool posix_flock(struct text *t, const struct event *e, u32 i, const struct posix *p, bool after)
{
	const u8 *at = value_struct(e, i, after, 24);

	if (at == NULL || (after && e->r->flags & TRACE_R_CARRY))
		return false;
	text_str(t, "{l_type=");
	posix_name(t, p, LIST_FLOCKTYPE, (i16)value_u16(at, p->flock.type));
	text_str(t, ", l_whence=");
	posix_name(t, p, LIST_WHENCE, (i16)value_u16(at, p->flock.whence));
	text_str(t, ", l_start=");
	text_dec(t, (i64)value_u64(at, p->flock.start));
	text_str(t, ", l_len=");
	text_dec(t, (i64)value_u64(at, p->flock.len));
	text_char(t, '}');
	return true;
}

bool posix_entries(struct text *t, const struct event *e, u32 i)
{
	struct shown_data d = event_data(e, i, true, 0);

	if (d.p == NULL)
		return false;
	value_address(t, e, e->r->args[i]);
	text_str(t, " /* ");
	text_udec(t, d.whole);
	text_str(t, d.whole == 1 ? " entry */" : " entries */");
	return true;
}

bool posix_ioctl(struct text *t, const struct event *e, u32 i, const struct posix *p)
{
	bool failed = e->r->flags & TRACE_R_CARRY || !e->done;
	struct shown_data d = event_data(e, i, !failed, 0);

	if (i == 0 || d.p == NULL || p->ioctl == NULL)
		return false;
	return p->ioctl(t, e, p, e->r->args[i - 1], d);
}

bool posix_sigset_at(struct text *t, const struct event *e, u32 i, const struct posix *p)
{
	struct shown_data d = event_data(e, i, false, 0);

	if (d.p == NULL || d.n < 8)
		return false;
	text_str(t, "{sigmask=");
	posix_sigset(t, p, d.p, d.n);
	text_str(t, ", sigsetsize=8}");
	return true;
}

void posix_stack(struct text *t, const struct event *e, const struct posix *p, const void *at)
{
	text_str(t, "{ss_sp=");
	value_address(t, e, value_u64(at, 0));
	text_str(t, ", ss_flags=");
	posix_flags(t, p, LIST_SS, value_u32(at, p->stack.flags), "0");
	text_str(t, ", ss_size=");
	text_udec(t, value_u64(at, p->stack.size));
	text_char(t, '}');
}

/* The level and the option stand before it. */
void posix_option(struct text *t, const struct event *e, u32 i, const struct posix *p,
		  const void *at)
{
	const char *name = NULL;

	if (i >= 2 && (i32)e->r->args[i - 2] == p->sol_socket)
		name = posix_name_of(p, LIST_SOCKOPT, (u32)e->r->args[i - 1]);
	if (name != NULL && strcmp(name, "SO_LINGER") == 0) {
		text_str(t, "{l_onoff=");
		text_dec(t, (i32)value_u32(at, 0));
		text_str(t, ", l_linger=");
		text_dec(t, (i32)value_u32(at, 4));
		text_char(t, '}');
		return;
	}
	if (name != NULL && strstr(name, "TIMEO") != NULL) {
		posix_time(t, at, "tv_usec");
		return;
	}
	text_char(t, '[');
	text_dec(t, (i32)value_u32(at, 0));
	text_char(t, ']');
}

void posix_utsname(struct text *t, const void *at, u32 n)
{
	u32 size = n / 6; /* members of Linux's, which has six */

	text_str(t, "{sysname=");
	text_quoted(t, at, strnlen(at, size));
	text_str(t, ", nodename=");
	text_quoted(t, (const u8 *)at + size, strnlen((const char *)at + size, size));
	text_str(t, ", ...}");
}

void posix_winsize(struct text *t, const void *at)
{
	static const char *const names[] = {
	    "{ws_row=", ", ws_col=", ", ws_xpixel=", ", ws_ypixel="};

	for (u32 i = 0; i < ARRAY_LEN(names); i++) {
		text_str(t, names[i]);
		text_udec(t, value_u16(at, 2 * i));
	}
	text_char(t, '}');
}
