/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/value.c: arguments by their words alone, and results; what is a system's own is asked
 * of its file first.
 */
#include "cli/trace/value.h"

#include <string.h>

#include "cli/trace/fds.h"
#include "cli/trace/ready.h"
#include "cli/trace/research.h"
#include "core/thread.h"

void value_flags(struct text *t, const struct flag *f, size_t n, u64 v, const char *none)
{
	bool some = false;

	if (v == 0) {
		text_str(t, none);
		return;
	}
	for (size_t i = 0; i < n && v != 0; i++) {
		if (f[i].value == 0 || (v & f[i].value) != f[i].value)
			continue;
		if (some)
			text_char(t, '|');
		text_str(t, f[i].name);
		v &= ~f[i].value;
		some = true;
	}
	if (v != 0) {
		if (some)
			text_char(t, '|');
		text_hex(t, v);
	}
}

bool value_named(struct text *t, const struct flag *f, size_t n, u64 v)
{
	for (size_t i = 0; i < n; i++)
		if (f[i].value == v) {
			text_str(t, f[i].name);
			return true;
		}
	return false;
}

void value_name(struct text *t, const struct flag *f, size_t n, i64 v)
{
	if (!value_named(t, f, n, (u64)v))
		text_dec(t, v);
}

void value_address(struct text *t, const struct event *e, u64 v)
{
	if (e->abi->pdp11)
		v &= 0xffff;
	if (v == 0)
		text_str(t, e->abi->pdp11 ? "0" : "NULL");
	else if (e->abi->pdp11)
		text_oct(t, v);
	else
		text_hex(t, v);
}

static void show_behind(struct text *t, const char *path)
{
	if (path == NULL)
		return;
	text_char(t, '<');
	text_str(t, path);
	text_char(t, '>');
}

void value_fd(struct text *t, const struct event *e, i32 fd)
{
	text_dec(t, fd);
	if (fds_followed())
		show_behind(t, fds_path(e, fd));
}

void value_bytes(struct text *t, struct shown_data d)
{
	text_quoted(t, d.p, d.n);
	if (d.whole > d.n)
		text_str(t, "...");
}

const void *value_struct(const struct event *e, u32 i, bool after, u32 n)
{
	struct shown_data d = event_data(e, i, after, 0);

	return d.p != NULL && d.n >= n ? d.p : NULL;
}

void value_mode(struct text *t, u32 mode)
{
	static const struct flag kinds[] = {
	    {0010000, "S_IFIFO"}, {0020000, "S_IFCHR"}, {0040000, "S_IFDIR"},  {0060000, "S_IFBLK"},
	    {0100000, "S_IFREG"}, {0120000, "S_IFLNK"}, {0140000, "S_IFSOCK"},
	};
	static const struct flag bits[] = {
	    {04000, "S_ISUID"}, {02000, "S_ISGID"}, {01000, "S_ISVTX"}};

	if (mode & 0170000) {
		value_name(t, kinds, ARRAY_LEN(kinds), mode & 0170000);
		text_char(t, '|');
	}
	if (mode & 07000) {
		value_flags(t, bits, ARRAY_LEN(bits), mode & 07000, "");
		text_char(t, '|');
	}
	text_char(t, '0');
	text_digits(t, (mode >> 6 & 7) * 100 + (mode >> 3 & 7) * 10 + (mode & 7), 3);
}

/* {"a", "b", ...} */
static void show_vector(struct text *t, const struct event *e, u32 i)
{
	struct shown_data d = event_data(e, i, false, 0);
	u32 n = 0;

	if (d.p == NULL) {
		value_address(t, e, e->r->args[i]);
		return;
	}
	if (e->call->word[i] == WORD_ENVP) {
		value_address(t, e, e->r->args[i]);
		text_str(t, " /* ");
		text_udec(t, d.whole);
		text_str(t, d.whole == 1 ? " var */" : " vars */");
		return;
	}
	text_char(t, '[');
	for (struct shown_data next;; d = next, n++) {
		next = event_data(e, i, false, n + 1);
		if (next.p == NULL)
			break;
		if (n != 0)
			text_str(t, ", ");
		value_bytes(t, d);
	}
	if (d.whole > n) /* the last says how many there are */
		text_str(t, n != 0 ? ", ..." : "...");
	text_char(t, ']');
}

/* [{iov_base="...", iov_len=5}, ...] */
static void show_iovec(struct text *t, const struct event *e, u32 i, bool after)
{
	struct shown_data d = event_data(e, i, after, 0);

	if (d.p == NULL) {
		value_address(t, e, e->r->args[i]);
		return;
	}
	text_char(t, '[');
	for (u32 k = 0; k < d.n / 16; k++) {
		struct shown_data bytes = event_data(e, i, after, k + 1);

		text_str(t, k != 0 ? ", {iov_base=" : "{iov_base=");
		if (bytes.p != NULL)
			value_bytes(t, bytes);
		else
			value_address(t, e, value_u64(d.p, k * 16));
		text_str(t, ", iov_len=");
		text_udec(t, value_u64(d.p, k * 16 + 8));
		text_char(t, '}');
	}
	if (d.whole > d.n / 16)
		text_str(t, ", ...");
	text_char(t, ']');
}

static bool show_word(struct text *t, const struct event *e, u32 i)
{
	u64 v = e->r->args[i];
	struct shown_data d;

	switch (e->call->word[i]) {
	case WORD_FD:
		value_fd(t, e, (i32)v);
		return true;
	case WORD_INT:
	case WORD_PID:
	case WORD_CLOCKID:
	case WORD_FAMILY:
	case WORD_SOCKTYPE:
	case WORD_WHENCE:
	case WORD_RESOURCE:
	case WORD_RUSAGEWHO:
	case WORD_IDTYPE:
	case WORD_ITIMER:
	case WORD_SIGHOW:
	case WORD_SOCKLEVEL:
	case WORD_SOCKOPT:
	case WORD_SHUTHOW:
	case WORD_FCNTLCMD:
	case WORD_MADVICE:
	case WORD_UMTXOP:
	case WORD_EPOLLOP:
		text_dec(t, (i32)v);
		return true;
	case WORD_UID:
	case WORD_GID:
		text_dec(t, (i32)v == -1 ? -1 : (i64)(u32)v);
		return true;
	case WORD_UINT:
		text_udec(t, (u32)v);
		return true;
	case WORD_SIZE:
		text_udec(t, e->abi->pdp11 ? v & 0xffff : v);
		return true;
	case WORD_OFF:
	case WORD_LONG:
		text_dec(t, (i64)v);
		return true;
	case WORD_MODE:
		text_char(t, '0');
		text_digits(t,
			    (v >> 9 & 7) * 1000 + (v >> 6 & 7) * 100 + (v >> 3 & 7) * 10 + (v & 7),
			    v & 07000 ? 4 : 3);
		return true;
	case WORD_SIG: {
		const char *name = name_of_signal(e->abi->names, (i32)v);

		if (name != NULL && e->abi->names == NAMES_CORE)
			text_str(t, name);
		else
			text_dec(t, (i32)v);
		return true;
	}
	case WORD_PATH:
	case WORD_STR:
		d = event_data(e, i, false, 0);
		if (d.p == NULL)
			return false;
		value_bytes(t, d);
		return true;
	case WORD_IN:
	case WORD_OUT:
	case WORD_OUTSTR:
		d = event_data(e, i, e->call->word[i] != WORD_IN, 0);
		if (d.p == NULL && e->call->word[i] == WORD_OUT && e->done && e->r->result == 0 &&
		    v != 0 && i + 1 < e->r->nargs &&
		    (e->call->word[i + 1] == WORD_SIZE || e->call->word[i + 1] == WORD_UINT) &&
		    !(e->r->flags & TRACE_R_CARRY)) {
			text_str(t, "\"\"");
			return true;
		}
		if (d.p == NULL)
			return false;
		value_bytes(t, d);
		return true;
	case WORD_ARGV:
	case WORD_ENVP:
		show_vector(t, e, i);
		return true;
	case WORD_IOVEC:
	case WORD_IOVEC_OUT:
		show_iovec(t, e, i, e->call->word[i] == WORD_IOVEC_OUT);
		return true;
	case WORD_HEX:
	case WORD_OFLAGS:
	case WORD_ATFLAGS:
	case WORD_PROT:
	case WORD_MAPFLAGS:
	case WORD_MSGFLAGS:
	case WORD_ACCMODE:
	case WORD_WAITFLAGS:
	case WORD_FUTEXOP:
		text_hex(t, (u32)v);
		return true;
	case WORD_ULONG:
	case WORD_DEV:
	case WORD_IOCTL:
	case WORD_CLONEFLAGS:
		text_hex(t, v);
		return true;
	default:
		return false;
	}
}

/* open's mode counts where a file may be made. */
u32 value_count(const struct event *e)
{
	static const u32 makes[] = {
	    [NAMES_CORE] = 0100 | 020000000,
	    [NAMES_FREEBSD] = 0x200,
	    [NAMES_ILLUMOS] = 0x100,
	    [NAMES_RESEARCH] = UINT32_MAX,
	};
	u32 n = e->r->nargs;

	if (n >= 2 && e->call != NULL && e->call->word[n - 1] == WORD_MODE &&
	    e->call->word[n - 2] == WORD_OFLAGS && !(e->r->args[n - 2] & makes[e->abi->names]))
		return n - 1;
	return n;
}

void value_show(struct text *t, const struct event *e, u32 i)
{
	static value_fn *const own[] = {
	    [NAMES_CORE] = linux_value,
	    [NAMES_FREEBSD] = freebsd_value,
	    [NAMES_ILLUMOS] = illumos_value,
	    [NAMES_RESEARCH] = research_value,
	};

	if (e->call == NULL)
		text_hex(t, e->r->args[i]);
	else if (!own[e->abi->names](t, e, i) && !show_word(t, e, i))
		value_address(t, e, e->r->args[i]);
}

const char *value_call(const struct event *e)
{
	if (e->call == NULL)
		return NULL;
	return e->abi->names == NAMES_ILLUMOS ? illumos_name(e) : e->call->name;
}

const char *value_signal(const struct event *e)
{
	if (e->abi->names == NAMES_RESEARCH)
		return research_signal_of_core(e->abi, (int)e->r->nr);
	return name_of_signal(e->abi->names, (int)e->r->nr);
}

void value_arguments(struct text *t, const struct event *e)
{
	u32 n = value_count(e);

	if (e->call != NULL && e->abi->names == NAMES_CORE && linux_arguments(t, e))
		return;
	if (e->call != NULL && e->abi->names == NAMES_ILLUMOS && illumos_arguments(t, e))
		return;
	if (e->call != NULL && e->abi->names == NAMES_RESEARCH && research_arguments(t, e))
		return;
	for (u32 i = 0; i < n; i++) {
		if (i != 0)
			text_str(t, ", ");
		value_show(t, e, i);
	}
}

static void show_error(struct text *t, const struct event *e)
{
	int number = e->abi->names == NAMES_CORE ? (int)-(u64)e->r->result : (int)e->r->guest, core;
	const char *name = name_of_error(e->abi->names, number, &core);

	text_str(t, "-1 ");
	if (name == NULL) {
		text_dec(t, number);
		return;
	}
	text_str(t, name);
	text_str(t, " (");
	text_str(t, strerror(core));
	text_char(t, ')');
}

void value_result(struct text *t, const struct event *e)
{
	const struct trace_record *r = e->r;

	if (!e->done || r->flags & (TRACE_R_RESTART | TRACE_R_KILLED)) {
		text_char(t, '?');
		if (e->done && r->flags & TRACE_R_RESTART)
			text_str(t, r->result == -CORE_ERESTART_NOHAND
					? " ERESTARTNOHAND (To be restarted if no handler)"
					: " ERESTARTSYS (To be restarted if SA_RESTART is set)");
		return;
	}
	if (r->flags & TRACE_R_CARRY) {
		show_error(t, e);
		return;
	}
	if (e->call != NULL && e->abi->names == NAMES_RESEARCH && research_result(t, e))
		return;
	switch (e->call != NULL ? e->call->result : RESULT_INT) {
	case RESULT_PTR:
	case RESULT_HEX:
		text_hex(t, (u64)r->result);
		return;
	case RESULT_OCT:
		text_oct(t, (u64)r->result);
		return;
	default:
		if (r->result != 0 && e->call != NULL && e->abi->names == NAMES_CORE &&
		    linux_result(t, e))
			return;
		text_dec(t, r->result);
		if (fds_followed())
			show_behind(t, fds_made(e));
		if (e->call != NULL && e->abi->names != NAMES_RESEARCH && posix_of(e->abi) != NULL)
			posix_became_ready(t, e, posix_of(e->abi));
		return;
	}
}
