/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/freebsd_struct.c: FreeBSD's sysctls by their names, siginfo, what ioctls point at.
 * Names, numbers and kinds of sysctls are those of the table the runtime answers from
 * (personality/freebsd/sysctl.def); layouts: personality/freebsd/abi_*.h.
 */
#include "cli/trace/freebsd_struct.h"

#include "cli/trace/struct.h"
#include "personality/freebsd/abi_signal.h"
#include "personality/freebsd/abi_socket.h"
#include "personality/freebsd/abi_stats.h"
#include "personality/freebsd/abi_sysctl.h"
#include "personality/freebsd/abi_tty.h"

/* ---- sysctl ------------------------------------------------------------------------------- */

enum { AUTO = -1 };

enum kind { KIND_NODE, KIND_STRING, KIND_INT, KIND_UINT, KIND_LONG, KIND_ULONG, KIND_OTHER };
#define KIND_U64    KIND_ULONG
#define KIND_OPAQUE KIND_OTHER
#define KIND_STRUCT KIND_OTHER

static const struct sysctl_row {
	u8 depth, kind;
	i32 number;
	const char *name;
} rows[] = {
#define NODE(depth, number, name, descr)		     {depth, KIND_NODE, number, #name},
#define ASK(depth, number, name, access, fn, descr)	     {depth, KIND_NODE, number, #name},
#define NUM(depth, number, name, type, access, value, descr) {depth, KIND_##type, number, #name},
#define TEXT(depth, number, name, access, text, descr)	     {depth, KIND_STRING, number, #name},
#define PROC(depth, number, name, type, access, format, fn, arg, descr)                            \
	{depth, KIND_##type, number, #name},
#include "personality/freebsd/sysctl.def"
#undef NODE
#undef ASK
#undef NUM
#undef TEXT
#undef PROC
};

/* Rows of a node lie behind it, one deeper, until one that is no deeper than itself. */
static const struct sysctl_row *child_of(const struct sysctl_row *node, i32 number,
					 const char *name, size_t n)
{
	u32 depth = node != NULL ? node->depth + 1u : 0;

	for (const struct sysctl_row *r = node != NULL ? node + 1 : rows;
	     r < rows + ARRAY_LEN(rows) && r->depth >= depth; r++) {
		i32 own = r->number != AUTO ? r->number : FREEBSD_CTL_AUTO_START + (i32)(r - rows);

		if (r->depth != depth)
			continue;
		if (name != NULL ? strlen(r->name) == n && memcmp(r->name, name, n) == 0
				 : own == number)
			return r;
	}
	return NULL;
}

static const struct sysctl_row *row_by_name(const char *name, size_t n)
{
	const struct sysctl_row *r = NULL;

	while (n != 0) {
		const char *dot = memchr(name, '.', n);
		size_t part = dot != NULL ? (size_t)(dot - name) : n;

		r = child_of(r, 0, name, part);
		if (r == NULL)
			return NULL;
		part = MIN(part + 1, n);
		name += part;
		n -= part;
	}
	return r;
}

/* How many numbers have names; the row of the last one. */
static u32 row_by_number(struct shown_data mib, const struct sysctl_row **row)
{
	u32 n = 0;

	*row = NULL;
	for (; n < mib.n / 4; n++) {
		const struct sysctl_row *r = child_of(*row, (i32)value_u32(mib.p, n * 4), NULL, 0);

		if (r == NULL)
			break;
		*row = r;
	}
	return n;
}

void freebsd_mib(struct text *t, struct shown_data mib)
{
	const struct sysctl_row *r = NULL;
	u32 n = mib.n / 4, named = row_by_number(mib, &r);

	text_char(t, named != 0 ? '"' : '[');
	for (u32 k = 0; k < n; k++) {
		if (k != 0)
			text_char(t, '.');
		if (k < named) {
			row_by_number((struct shown_data){mib.p, (k + 1) * 4, 0}, &r);
			text_str(t, r->name);
		} else {
			text_dec(t, (i32)value_u32(mib.p, k * 4));
		}
	}
	if (mib.whole > n)
		text_str(t, "...");
	text_char(t, named != 0 ? '"' : ']');
}

bool freebsd_sysctl_old(struct text *t, const struct event *e, u32 i)
{
	struct shown_data d = event_data(e, i, true, 0), name = event_data(e, 0, false, 0);
	const struct sysctl_row *r = NULL;

	if (d.p == NULL || name.p == NULL)
		return false;
	if (e->call->word[0] == WORD_STR)
		r = row_by_name((const char *)name.p, name.n);
	else if (row_by_number(name, &r) < name.n / 4 && (r == NULL || r->kind != KIND_NODE))
		return false;
	switch (r != NULL ? r->kind : KIND_OTHER) {
	case KIND_STRING: /* its end is one of its bytes */
		if (d.n != 0 && d.n == d.whole && d.p[d.n - 1] == 0)
			d.n--, d.whole--;
		value_bytes(t, d);
		return true;
	case KIND_INT:
	case KIND_UINT:
		if (d.n != 4)
			return false;
		text_char(t, '[');
		text_dec(t, r->kind == KIND_INT ? (i64)(i32)value_u32(d.p, 0)
						: (i64)value_u32(d.p, 0));
		text_char(t, ']');
		return true;
	case KIND_LONG:
	case KIND_ULONG:
		if (d.n != 8)
			return false;
		text_char(t, '[');
		if (r->kind == KIND_LONG)
			text_dec(t, (i64)value_u64(d.p, 0));
		else
			text_udec(t, value_u64(d.p, 0));
		text_char(t, ']');
		return true;
	default:
		return false;
	}
}

/* ---- siginfo ------------------------------------------------------------------------------ */

bool freebsd_siginfo(struct text *t, const struct event *e, const void *at, u32 n)
{
	static const struct flag senders[] = {
	    {FREEBSD_SI_USER, "SI_USER"},   {FREEBSD_SI_QUEUE, "SI_QUEUE"},
	    {FREEBSD_SI_TIMER, "SI_TIMER"}, {FREEBSD_SI_ASYNCIO, "SI_ASYNCIO"},
	    {FREEBSD_SI_MESGQ, "SI_MESGQ"}, {FREEBSD_SI_KERNEL, "SI_KERNEL"},
	    {FREEBSD_SI_LWP, "SI_LWP"},
	};
	static const struct flag children[] = {
	    {FREEBSD_CLD_EXITED, "CLD_EXITED"},	  {FREEBSD_CLD_KILLED, "CLD_KILLED"},
	    {FREEBSD_CLD_DUMPED, "CLD_DUMPED"},	  {FREEBSD_CLD_TRAPPED, "CLD_TRAPPED"},
	    {FREEBSD_CLD_STOPPED, "CLD_STOPPED"}, {FREEBSD_CLD_CONTINUED, "CLD_CONTINUED"},
	};
	struct freebsd_siginfo si;
	const char *name;

	if (n < sizeof(si))
		return false;
	memcpy(&si, at, sizeof(si));
	name = freebsd_signal(si.si_signo);
	text_str(t, "{si_signo=");
	if (name != NULL)
		text_str(t, name);
	else
		text_dec(t, si.si_signo);
	text_str(t, ", si_code=");
	if (name != NULL && strcmp(name, "SIGCHLD") == 0 && si.si_code < FREEBSD_SI_USER)
		value_name(t, children, ARRAY_LEN(children), si.si_code);
	else
		value_name(t, senders, ARRAY_LEN(senders), si.si_code);
	text_str(t, ", si_pid=");
	text_dec(t, si.si_pid);
	text_str(t, ", si_uid=");
	text_udec(t, si.si_uid);
	text_str(t, ", si_status=");
	text_dec(t, si.si_status);
	text_str(t, ", si_addr=");
	value_address(t, e, si.si_addr);
	text_char(t, '}');
	return true;
}

/* ---- ioctl -------------------------------------------------------------------------------- */

#define N(name)                                                                                    \
	{                                                                                          \
		(u64)(FREEBSD_##name), #name                                                       \
	}

static const struct flag iflags[] = {
    N(IGNBRK), N(BRKINT), N(IGNPAR), N(PARMRK), N(INPCK), N(ISTRIP),  N(INLCR),
    N(IGNCR),  N(ICRNL),  N(IXON),   N(IXOFF),	N(IXANY), N(IMAXBEL), N(IUTF8),
};
static const struct flag oflags[] = {N(OPOST), N(ONLCR), N(TAB3),  N(ONOEOT),
				     N(OCRNL), N(ONOCR), N(ONLRET)};
static const struct flag cflags[] = {N(CIGNORE), N(CSTOPB), N(CREAD), N(PARENB),
				     N(PARODD),	 N(HUPCL),  N(CLOCAL)};
static const struct flag lflags[] = {
    N(ECHOKE),	N(ECHOE),      N(ECHOK),  N(ECHO),   N(ECHONL),	   N(ECHOPRT),
    N(ECHOCTL), N(ISIG),       N(ICANON), N(IEXTEN), N(EXTPROC),   N(TOSTOP),
    N(FLUSHO),	N(NOKERNINFO), N(PENDIN), N(NOFLSH), N(ALTWERASE),
};

static void show_termios(struct text *t, const void *at)
{
	u32 c = value_u32(at, 8);

	text_str(t, "{c_iflag=");
	value_flags(t, iflags, ARRAY_LEN(iflags), value_u32(at, 0), "0");
	text_str(t, ", c_oflag=");
	value_flags(t, oflags, ARRAY_LEN(oflags), value_u32(at, 4), "0");
	text_str(t, ", c_cflag=CS");
	text_udec(t, 5 + (c & FREEBSD_CSIZE) / 0x100);
	c &= ~(u32)FREEBSD_CSIZE;
	if (c != 0) {
		text_char(t, '|');
		value_flags(t, cflags, ARRAY_LEN(cflags), c, "");
	}
	text_str(t, ", c_lflag=");
	value_flags(t, lflags, ARRAY_LEN(lflags), value_u32(at, 12), "0");
	text_str(t, ", c_ispeed=");
	text_udec(t, value_u32(at, 36));
	text_str(t, ", c_ospeed=");
	text_udec(t, value_u32(at, 40));
	text_str(t, ", ...}");
}

void freebsd_request(struct text *t, const struct posix *p, u64 v)
{
	static const struct flag ways[] = {{FREEBSD_IOC_VOID, "IOC_VOID"},
					   {FREEBSD_IOC_OUT, "IOC_OUT"},
					   {FREEBSD_IOC_IN, "IOC_IN"}};
	u32 r = (u32)v;

	if (value_named(t, p->list[LIST_IOCTL].f, p->list[LIST_IOCTL].n, r))
		return;
	text_str(t, "_IOC(");
	value_flags(t, ways, ARRAY_LEN(ways), r & 0xe0000000u, "0");
	text_str(t, ", ");
	text_hex(t, FREEBSD_IOCGROUP(r));
	text_str(t, ", ");
	text_hex(t, r & 0xff);
	text_str(t, ", ");
	text_hex(t, FREEBSD_IOCPARM_LEN(r));
	text_char(t, ')');
}

/* How long what it points at is, and which way it goes, the request itself says. */
bool freebsd_ioctl(struct text *t, const struct event *e, const struct posix *p, u64 request,
		   struct shown_data d)
{
	u32 r = (u32)request, length = FREEBSD_IOCPARM_LEN(r);
	bool in = r & FREEBSD_IOC_IN;

	(void)p;
	if ((!in && e->r->flags & TRACE_R_CARRY) || length > d.n)
		return false;
	if (length == 44 && FREEBSD_IOCGROUP(r) == 't')
		show_termios(t, d.p);
	else if (r == FREEBSD_TIOCGWINSZ || r == FREEBSD_TIOCSWINSZ)
		posix_winsize(t, d.p);
	else if (length == 4 && r & (FREEBSD_IOC_IN | FREEBSD_IOC_OUT)) {
		text_char(t, '[');
		text_dec(t, (i32)value_u32(d.p, 0));
		text_char(t, ']');
	} else
		return false;
	return true;
}
