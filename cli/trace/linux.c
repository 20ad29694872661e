/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/linux.c: arguments as Linux has them, in strace's own words. Layouts: core/abi_file.h,
 * core/abi_poll.h (the hub's are Linux's).
 */
#include "cli/trace/posix.h"
#include "core/abi.h"

static bool linux_stat(struct posix_stat *s, const struct event *e, const void *p, u32 n)
{
	struct core_stat st;

	(void)e;
	if (n < sizeof(st))
		return false;
	memcpy(&st, p, sizeof(st));
	*s = (struct posix_stat){(u32)st.st_mode, (u64)st.st_size, st.st_rdev};
	return true;
}

/* linux/random.h; asm/prctl.h */
static const struct flag random_flags[] = {
    {1, "GRND_NONBLOCK"}, {2, "GRND_RANDOM"}, {4, "GRND_INSECURE"}};
static const struct flag arch_ops[] = {
    {0x1001, "ARCH_SET_GS"},	 {0x1002, "ARCH_SET_FS"},    {0x1003, "ARCH_GET_FS"},
    {0x1004, "ARCH_GET_GS"},	 {0x1011, "ARCH_GET_CPUID"}, {0x1012, "ARCH_SET_CPUID"},
    {0x3001, "ARCH_CET_STATUS"},
};

static const char *linux_signal(int number)
{
	return name_of_signal(NAMES_CORE, number);
}

static void show_futex_op(struct text *t, const struct posix *p, u32 op)
{
	posix_name(t, p, LIST_FUTEX, op & 0x7f);
	if (op & CORE_FUTEX_PRIVATE_FLAG)
		text_str(t, "_PRIVATE");
	if (op & CORE_FUTEX_CLOCK_REALTIME)
		text_str(t, "|FUTEX_CLOCK_REALTIME");
}

static void show_epoll(struct text *t, const struct posix *p, const void *at)
{
	text_str(t, "{events=");
	posix_flags(t, p, LIST_EPOLL, value_u32(at, 0), "0");
	text_str(t, ", data={u32=");
	text_udec(t, value_u32(at, 4));
	text_str(t, ", u64=");
	text_udec(t, value_u64(at, 4));
	text_str(t, "}}");
}

static void show_clone(struct text *t, const struct posix *p, u64 flags)
{
	const char *name = linux_signal((int)(flags & 0xff));

	posix_flags(t, p, LIST_CLONE, flags & ~0xffull, "0");
	if ((flags & 0xff) == 0)
		return;
	text_char(t, '|');
	text_str(t, name != NULL ? name : "?");
}

bool linux_value(struct text *t, const struct event *e, u32 i)
{
	static struct posix p;
	u64 v = e->r->args[i];
	struct shown_data d;

	if (p.stat == NULL) {
		p = linux_posix;
		p.stat = linux_stat;
		p.signal = linux_signal;
	}
	switch (e->call->word[i]) {
	case WORD_RANDOMFLAGS:
		value_flags(t, random_flags, ARRAY_LEN(random_flags), (u32)v, "0");
		return true;
	case WORD_ARCHOP:
		value_name(t, arch_ops, ARRAY_LEN(arch_ops), (i32)v);
		return true;
	case WORD_FUTEXOP:
		show_futex_op(t, &p, (u32)v);
		return true;
	case WORD_CLONEFLAGS:
		show_clone(t, &p, v);
		return true;
	case WORD_EPOLL:
	case WORD_EPOLL_OUT:
		d = event_data(e, i, e->call->word[i] == WORD_EPOLL_OUT, 0);
		if (d.p == NULL) {
			if (e->call->word[i] == WORD_EPOLL_OUT && e->done && e->r->result == 0) {
				text_str(t, "[]");
				return true;
			}
			return false;
		}
		if (e->call->word[i] == WORD_EPOLL) {
			show_epoll(t, &p, d.p);
			return true;
		}
		text_char(t, '[');
		for (u32 k = 0; k < d.n / 12; k++) {
			if (k != 0)
				text_str(t, ", ");
			show_epoll(t, &p, d.p + k * 12);
		}
		text_char(t, ']');
		return true;
	default:
		return posix_value(t, e, i, &p);
	}
}
