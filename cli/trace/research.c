/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/research.c: arguments and results as the PDP-11's systems have them: addresses, devices
 * and bits in octal. Where programs of a system wrote numbers there are numbers: open's 0, 1 and 2
 * of the Seventh Edition. Layouts of 2.11BSD's: personality/research/abi_bsd.h.
 */
#include "cli/trace/research.h"

#include "cli/trace/fds.h"
#include "personality/research/abi_bsd.h"
#include "personality/research/abi_tty.h"

static bool is_call(const struct event *e, const char *name)
{
	return strcmp(e->call->name, name) == 0;
}

/* ---- processes and signals ------------------------------------------------------------------ */

static void show_status(struct text *t, const struct event *e, u32 s)
{
	const char *name;

	if ((s & 0377) == 0177) {
		name = research_signal_name(e->abi, (int)(s >> 8));
		text_str(t, "[{WIFSTOPPED(s) && WSTOPSIG(s) == ");
		text_str(t, name != NULL ? name : "?");
	} else if ((s & 0177) == 0) {
		research_member(t, "[{WIFEXITED(s) && WEXITSTATUS(s) == ", s >> 8);
	} else {
		name = research_signal_name(e->abi, (int)(s & 0177));
		text_str(t, "[{WIFSIGNALED(s) && WTERMSIG(s) == ");
		text_str(t, name != NULL && *name != '\0' ? name : "?");
		if (s & 0200)
			text_str(t, " && WCOREDUMP(s)");
	}
	text_str(t, "}]");
}

static void show_signal(struct text *t, const struct event *e, u32 v)
{
	u32 number = research_is(e, "bsd29") ? v & 0377 : v;
	const char *name = research_signal_name(e->abi, (int)number);

	if (v != number) { /* what else 2.9BSD's signal(2) is asked to do */
		text_oct(t, v & ~0377u);
		text_char(t, '|');
	}
	if (name != NULL && *name != '\0')
		text_str(t, name);
	else
		text_udec(t, number);
}

static void show_handler(struct text *t, u32 v)
{
	if (v == 0 || v == 1)
		text_str(t, v == 0 ? "SIG_DFL" : "SIG_IGN");
	else
		text_oct(t, v);
}

static void show_set(struct text *t, const struct posix *p, const void *at)
{
	u32 set = research_long(at, 0);

	posix_sigset(t, p, &set, sizeof(set));
}

static void show_sigaction(struct text *t, const struct posix *p, const void *at)
{
	text_str(t, "{sa_handler=");
	show_handler(t, research_word(at, offsetof(struct bsd_sigaction, handler)));
	text_str(t, ", sa_mask=");
	show_set(t, p, (const u8 *)at + offsetof(struct bsd_sigaction, mask));
	text_str(t, ", sa_flags=");
	posix_flags(t, p, LIST_SA, research_word(at, offsetof(struct bsd_sigaction, flags)), "0");
	text_char(t, '}');
}

static void show_rlimit(struct text *t, const char *label, u32 v)
{
	text_str(t, label);
	if (v == BSD_RLIM_INFINITY)
		text_str(t, "RLIM_INFINITY");
	else
		text_dec(t, (i32)v);
}

/* How long an address is, says the next argument or the word behind it. */
static u32 address_length(const struct event *e, u32 i, u32 n)
{
	struct shown_data d;

	if (i + 1 >= e->r->nargs)
		return n;
	if (e->call->word[i + 1] != WORD_LENP)
		return MIN(n, (u32)e->r->args[i + 1]);
	d = event_data(e, i + 1, true, 0);
	return d.p != NULL && d.n >= 2 ? MIN(n, research_word(d.p, 0)) : 0;
}

static void show_iovec(struct text *t, const struct event *e, u32 i, bool after,
		       struct shown_data d)
{
	text_char(t, '[');
	for (u32 k = 0; k < d.n / sizeof(struct bsd_iovec); k++) {
		struct shown_data bytes = event_data(e, i, after, k + 1);

		text_str(t, k != 0 ? ", {iov_base=" : "{iov_base=");
		if (bytes.p != NULL)
			value_bytes(t, bytes);
		else
			value_address(t, e, research_word(d.p, k * sizeof(struct bsd_iovec)));
		research_member(t,
				", iov_len=", research_word(d.p, k * sizeof(struct bsd_iovec) + 2));
		text_char(t, '}');
	}
	text_str(t, d.whole > d.n / sizeof(struct bsd_iovec) ? ", ...]" : "]");
}

static void show_words(struct text *t, const struct event *e, struct shown_data d, bool fds)
{
	for (u32 k = 0; k < d.n / 2; k++) {
		text_str(t, k == 0 ? "[" : ", ");
		if (fds)
			value_fd(t, e, (i32)research_word(d.p, 2 * k));
		else
			text_udec(t, research_word(d.p, 2 * k));
	}
	text_char(t, ']');
}

/* ---- by the words --------------------------------------------------------------------------- */

/* Structures of the systems before 2.11BSD, of at least `least` bytes. */
static bool show_old(struct text *t, const struct event *e, u32 i, const void *at, u32 n)
{
	switch (e->call->word[i]) {
	case WORD_STAT:
		return research_stat(t, e, at, n);
	case WORD_TIMES:
		if (n < 16)
			return false;
		research_times(t, e, at);
		return true;
	case WORD_UTIMBUF:
		if (n < 8)
			return false;
		research_utimes(t, e, at);
		return true;
	case WORD_TIMEB:
		if (n < 10)
			return false;
		research_timeb(t, at);
		return true;
	case WORD_SGTTYB:
	case WORD_SGTTYB_OUT:
		if (n < sizeof(struct old_sgttyb))
			return false;
		research_sgttyb(t, e, at);
		return true;
	default:
		return false;
	}
}

static u32 least(u8 word)
{
	switch (word) {
	case WORD_STATUSP:
	case WORD_INTP:
	case WORD_LENP:
	case WORD_SOCKADDR:
	case WORD_SOCKADDR_OUT:
	case WORD_OPTVAL:
	case WORD_OPTVAL_OUT:
		return 2;
	case WORD_SIGSET:
	case WORD_SIGSET_OUT:
	case WORD_FDSET:
	case WORD_FDPAIR:
		return 4;
	case WORD_STACKT:
	case WORD_STACKT_OUT:
		return sizeof(struct bsd_sigaltstack);
	case WORD_STATFS:
		return sizeof(struct bsd_statfs);
	default:
		return 16; /* timeval twice, rusage, sigaction, rlimit */
	}
}

static bool show_bsd(struct text *t, const struct event *e, u32 i, const struct posix *p,
		     const void *at, u32 n)
{
	switch (e->call->word[i]) {
	case WORD_STATUSP:
		show_status(t, e, research_word(at, 0));
		return true;
	case WORD_INTP:
	case WORD_LENP:
	case WORD_OPTVAL:
	case WORD_OPTVAL_OUT:
		research_member(t, "[", (i16)research_word(at, 0));
		text_char(t, ']');
		return true;
	case WORD_FDPAIR:
		show_words(t, e, (struct shown_data){at, 4, 4}, true);
		return true;
	case WORD_FDSET:
		research_octal(t, "[", research_long(at, 0));
		text_char(t, ']');
		return true;
	case WORD_TIMEVAL:
	case WORD_TIMEVAL_OUT:
	case WORD_TIMESPEC:
		research_timeval(t, at, e->call->word[i] == WORD_TIMESPEC ? "tv_nsec" : "tv_usec");
		return true;
	case WORD_TIMEVALS:
		research_timevals(t, at, "[", ", ", "]");
		return true;
	case WORD_ITIMERVAL:
	case WORD_ITIMERVAL_OUT:
		research_timevals(t, at, "{it_interval=", ", it_value=", "}");
		return true;
	case WORD_RUSAGE:
		research_timevals(t, at, "{ru_utime=", ", ru_stime=", ", ...}");
		return true;
	case WORD_RLIMIT:
	case WORD_RLIMIT_OUT:
		show_rlimit(t, "{rlim_cur=", research_long(at, 0));
		show_rlimit(t, ", rlim_max=", research_long(at, 4));
		text_char(t, '}');
		return true;
	case WORD_SIGSET:
	case WORD_SIGSET_OUT:
		show_set(t, p, at);
		return true;
	case WORD_SIGACT:
	case WORD_SIGACT_OUT:
		show_sigaction(t, p, at);
		return true;
	case WORD_STACKT:
	case WORD_STACKT_OUT:
		research_octal(t, "{ss_base=", research_word(at, 0));
		research_member(t, ", ss_size=", research_word(at, 2));
		research_octal(t, ", ss_flags=", research_word(at, 4));
		text_char(t, '}');
		return true;
	case WORD_STATFS:
		research_statfs(t, at);
		return true;
	case WORD_SOCKADDR:
	case WORD_SOCKADDR_OUT:
		posix_sockaddr(t, p, at, address_length(e, i, n));
		return true;
	default:
		return false;
	}
}

static bool show_struct(struct text *t, const struct event *e, u32 i, const struct posix *p)
{
	u8 word = e->call->word[i], take = trace_taken[word].take;
	bool io = take == TRACE_STRUCT_IO;
	struct shown_data d = event_data(e, i, take == TRACE_STRUCT_OUT || (io && e->done), 0);

	if (d.p == NULL && io)
		d = event_data(e, i, false, 0);
	if (d.p == NULL)
		return false;
	if (show_old(t, e, i, d.p, d.n))
		return true;
	return p != NULL && research_is(e, "bsd211") && d.n >= least(word) &&
	       show_bsd(t, e, i, p, d.p, d.n);
}

static bool show_scalar(struct text *t, const struct event *e, u32 i, const struct posix *p)
{
	u64 v = e->r->args[i];
	const char *name;

	switch (e->call->word[i]) {
	case WORD_SIG:
	case WORD_SIGNO:
		show_signal(t, e, (u32)v & 0xffff);
		return true;
	case WORD_HANDLER:
		show_handler(t, (u32)v);
		return true;
	case WORD_HEX:
		text_oct(t, v & 0xffff);
		return true;
	case WORD_OFLAGS:
		posix_open_flags(t, p, (u32)v & 0xffff);
		return true;
	case WORD_MODE:
		if (!(v & 0170000))
			return false;
		text_oct(t, v & 0xffff);
		return true;
	case WORD_UINT:
	case WORD_LONG:
		if (i == 1 && is_call(e, "ioctl")) {
			name = research_request((u32)v);
			if (name != NULL)
				text_str(t, name);
			else
				text_oct(t, (u32)v);
			return true;
		}
		if (p == NULL || strcmp(e->call->arg[i], "whence") != 0 ||
		    p->list[LIST_WHENCE].n == 0)
			return false;
		posix_name(t, p, LIST_WHENCE, (i64)v);
		return true;
	default:
		return p != NULL && posix_value(t, e, i, p);
	}
}

bool research_value(struct text *t, const struct event *e, u32 i)
{
	const struct posix *p = research_posix(e->abi);
	u8 word = e->call->word[i];
	struct shown_data d;

	switch (trace_taken[word].take) {
	case TRACE_VALUE:
		return show_scalar(t, e, i, p);
	case TRACE_IOVEC:
		d = event_data(e, i, word == WORD_IOVEC_OUT, 0);
		if (d.p == NULL)
			return false;
		show_iovec(t, e, i, word == WORD_IOVEC_OUT, d);
		return true;
	case TRACE_ARRAY_IN: /* sysctl's name */
		d = event_data(e, i, false, 0);
		if (d.p == NULL)
			return false;
		show_words(t, e, d, false);
		return true;
	case TRACE_STRUCT_IN:
	case TRACE_STRUCT_OUT:
	case TRACE_STRUCT_IO:
		return word == WORD_IOCTLARG ? research_ioctl(t, e, i) : show_struct(t, e, i, p);
	default:
		return false;
	}
}

/* ---- results -------------------------------------------------------------------------------- */

/* dup's descriptor says in a bit whether the other counts (dup(2) of the Seventh Edition). */
#define DUP_TO 0100

bool research_arguments(struct text *t, const struct event *e)
{
	if (!is_call(e, "dup") || e->r->nargs != 2)
		return false;
	value_fd(t, e, (i32)e->r->args[0] & (DUP_TO - 1));
	if (!(e->r->args[0] & DUP_TO))
		return true;
	text_str(t, "|0100, ");
	value_fd(t, e, (i32)e->r->args[1]);
	return true;
}

const char *research_second(const struct event *e)
{
	static const struct {
		const char *call, *name;
	} pairs[] = {
	    {"pipe", "fd"},	{"wait", "status"}, {"getpid", "ppid"},
	    {"getuid", "euid"}, {"getgid", "egid"},
	};

	/* Up to the Sixth Edition both users are in one word. */
	if (research_is_old(e) && !is_call(e, "pipe") && !is_call(e, "wait") &&
	    !(research_is(e, "pwb") && is_call(e, "getpid")))
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (is_call(e, pairs[i].call))
			return research_is(e, "pwb") && i == 2 ? "pgrp" : pairs[i].name;
	return NULL;
}

bool research_result(struct text *t, const struct event *e)
{
	const char *second = research_second(e);
	u32 r0 = (u32)e->r->result & 0xffff, r1 = e->r->result2 & 0xffff;

	if (is_call(e, "signal")) {
		show_handler(t, r0);
		return true;
	}
	if (e->call->result == RESULT_PTR) {
		text_oct(t, r0);
		return true;
	}
	if (research_is_old(e) && (is_call(e, "getuid") || is_call(e, "getgid"))) {
		text_udec(t, r0);
		research_member(t, is_call(e, "getuid") ? " (uid " : " (gid ", r0 & 0377);
		research_member(t, is_call(e, "getuid") ? ", euid " : ", egid ", r0 >> 8);
		text_char(t, ')');
		return true;
	}
	if (second == NULL)
		return false;
	if (is_call(e, "pipe")) {
		text_char(t, '[');
		value_fd(t, e, (i32)r0);
		text_str(t, ", ");
		value_fd(t, e, (i32)r1);
		text_char(t, ']');
		return true;
	}
	text_udec(t, r0);
	text_char(t, ' ');
	if (is_call(e, "wait")) {
		show_status(t, e, r1);
		return true;
	}
	text_char(t, '(');
	text_str(t, second);
	research_member(t, " ", r1);
	text_char(t, ')');
	return true;
}
