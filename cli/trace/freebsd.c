/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/freebsd.c: arguments as FreeBSD has them: its stat of 14 and of before 12, its kevents,
 * the names of its sysctls' numbers. Layouts: personality/freebsd/abi_*.h.
 */
#include "cli/trace/freebsd_struct.h"
#include "personality/freebsd/abi_event.h"
#include "personality/freebsd/abi_file.h"

static bool freebsd_stat(struct posix_stat *s, const struct event *e, const void *p, u32 n)
{
	struct freebsd_stat st;
	struct freebsd11_stat old;

	if (strncmp(e->call->name, "freebsd11_", 10) == 0) {
		if (n < sizeof(old) || strstr(e->call->name, "nstat") != NULL)
			return false;
		memcpy(&old, p, sizeof(old));
		*s = (struct posix_stat){old.st_mode, (u64)old.st_size, old.st_rdev};
		return true;
	}
	if (n < sizeof(st))
		return false;
	memcpy(&st, p, sizeof(st));
	*s = (struct posix_stat){st.st_mode, (u64)st.st_size, st.st_rdev};
	return true;
}

const char *freebsd_signal(int number)
{
	static const struct flag signals[] = {
#define FBSD_SIG(name, nr, core, action) {nr, #name},
#define FBSD_SIG_RANGE(first, last, core, action)
#include "personality/freebsd/signal.def"
#undef FBSD_SIG
#undef FBSD_SIG_RANGE
	};

	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		if (signals[i].value == (u64)number)
			return signals[i].name;
	return NULL;
}

/* {ident=3, EVFILT_READ, EV_ADD, fflags=0, data=0, udata=0} */
static void show_kevents(struct text *t, const struct posix *p, struct shown_data d, u32 size)
{
	text_char(t, '[');
	for (u32 k = 0; k < d.n / size; k++) {
		const u8 *at = d.p + k * size;

		text_str(t, k != 0 ? ", {ident=" : "{ident=");
		text_dec(t, (i64)value_u64(at, 0));
		text_str(t, ", ");
		posix_name(t, p, LIST_EVFILT, (i16)value_u16(at, 8));
		text_str(t, ", ");
		posix_flags(t, p, LIST_EV, value_u16(at, 10), "0");
		text_str(t, ", fflags=");
		text_hex(t, value_u32(at, 12));
		text_str(t, ", data=");
		text_dec(t, (i64)value_u64(at, 16));
		text_str(t, ", udata=");
		text_hex(t, value_u64(at, 24));
		text_char(t, '}');
	}
	if (d.whole > d.n / size)
		text_str(t, ", ...");
	text_char(t, ']');
}

static bool show_events(struct text *t, const struct event *e, u32 i, const struct posix *p)
{
	u8 word = e->call->word[i];
	bool out = word == WORD_KEVENT_OUT || word == WORD_KEVENT11_OUT;
	struct shown_data d = event_data(e, i, out, 0);

	if (d.p == NULL && out && e->done && e->r->result == 0 && e->r->args[i] != 0) {
		text_str(t, "[]");
		return true;
	}
	if (d.p == NULL)
		return false;
	show_kevents(t, p, d, trace_taken[word].size);
	return true;
}

bool freebsd_value(struct text *t, const struct event *e, u32 i)
{
	static struct posix p;
	struct shown_data d;

	if (p.stat == NULL) {
		p = freebsd_posix;
		p.stat = freebsd_stat;
		p.signal = freebsd_signal;
		p.siginfo = freebsd_siginfo;
		p.ioctl = freebsd_ioctl;
	}
	switch (e->call->word[i]) {
	case WORD_KEVENT:
	case WORD_KEVENT_OUT:
	case WORD_KEVENT11:
	case WORD_KEVENT11_OUT:
		return show_events(t, e, i, &p);
	case WORD_MIB:
		d = event_data(e, i, false, 0);
		if (d.p == NULL)
			return false;
		freebsd_mib(t, d);
		return true;
	case WORD_SYSCTLOLD:
		return freebsd_sysctl_old(t, e, i);
	case WORD_IOCTL:
		freebsd_request(t, &p, e->r->args[i]);
		return true;
	case WORD_HEX:
		if (strcmp(e->call->name, "wait4") == 0 || strcmp(e->call->name, "wait6") == 0)
			posix_flags(t, &p, LIST_WAIT, (u32)e->r->args[i], "0");
		else if (strcmp(e->call->name, "pipe2") == 0 ||
			 strcmp(e->call->name, "accept4") == 0)
			posix_flags(t, &p, LIST_OFLAGS, (u32)e->r->args[i], "0");
		else
			return false;
		return true;
	default:
		return posix_value(t, e, i, &p);
	}
}
