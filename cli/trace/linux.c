/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/linux.c: arguments as Linux has them, in strace's own words. Layouts: core/abi_file.h,
 * core/abi_poll.h (the hub's are Linux's).
 */
#include <stdio.h>

#include "cli/trace/linux_struct.h"
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
	static char name[64][12];

	if (number >= 32 && number <= 64) {
		char *n = name[number - 32];

		snprintf(n, sizeof(name[0]), number == 32 ? "SIGRTMIN" : "SIGRT_%d", number - 32);
		return n;
	}
	return name_of_signal(NAMES_CORE, number);
}

static bool linux_siginfo(struct text *t, const struct event *e, const void *at, u32 n)
{
	if (n < 48)
		return false;
	value_siginfo(t, e, at, linux_signal((int)value_u32(at, 0)));
	return true;
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

/* Which of futex's arguments count, says the operation (futex(2)). */
static u32 futex_count(u32 op)
{
	switch (op & 0x7f) {
	case CORE_FUTEX_WAKE:
	case CORE_FUTEX_UNLOCK_PI:
	case CORE_FUTEX_TRYLOCK_PI:
		return 3;
	case CORE_FUTEX_WAIT:
	case CORE_FUTEX_LOCK_PI:
		return 4;
	case CORE_FUTEX_REQUEUE:
		return 5;
	default:
		return 6;
	}
}

/* fcntl's commands without an argument. */
static bool fcntl_alone(u32 cmd)
{
	return cmd == CORE_F_GETFD || cmd == CORE_F_GETFL || cmd == CORE_F_GETOWN ||
	       cmd == CORE_F_GETSIG || cmd == CORE_F_GETLEASE || cmd == CORE_F_GETPIPE_SZ ||
	       cmd == CORE_F_GET_SEALS;
}

static void show_clone_call(struct text *t, const struct event *e)
{
	const u64 *a = e->r->args;

	text_str(t, "child_stack=");
	value_address(t, e, a[1]);
	text_str(t, ", flags=");
	value_show(t, e, 0);
	if (a[0] & (CORE_CLONE_PARENT_SETTID | CORE_CLONE_PIDFD)) {
		text_str(t, ", parent_tid=");
		value_address(t, e, a[2]);
	}
	if (a[0] & CORE_CLONE_SETTLS) {
		text_str(t, ", tls=");
		text_hex(t, a[4]);
	}
	if (a[0] & (CORE_CLONE_CHILD_SETTID | CORE_CLONE_CHILD_CLEARTID)) {
		text_str(t, ", child_tidptr=");
		value_address(t, e, a[3]);
	}
}

/* ioctl's requests without one. */
static bool ioctl_alone(u32 request)
{
	static const u32 alone[] = {CORE_FIOCLEX,   CORE_FIONCLEX, CORE_TIOCEXCL, CORE_TIOCNXCL,
				    CORE_TIOCNOTTY, CORE_TIOCSBRK, CORE_TIOCCBRK, CORE_TIOCVHANGUP};

	for (size_t i = 0; i < ARRAY_LEN(alone); i++)
		if (alone[i] == request)
			return true;
	return false;
}

/* 0 (SCHED_OTHER), 10 (SIGUSR1) */
static bool show_meaning(struct text *t, const struct event *e)
{
	const char *name = NULL;

	if (strcmp(e->call->name, "rt_sigtimedwait") == 0)
		name = linux_signal((int)e->r->result);
	if (name == NULL)
		return false;
	text_dec(t, e->r->result);
	text_str(t, " (");
	text_str(t, name);
	text_char(t, ')');
	return true;
}

/* 0x1 (flags FD_CLOEXEC) */
bool linux_result(struct text *t, const struct event *e)
{
	u32 cmd = e->r->nargs > 1 ? (u32)e->r->args[1] : 0;

	if (show_meaning(t, e))
		return true;
	if (strcmp(e->call->name, "fcntl") != 0 || (cmd != CORE_F_GETFD && cmd != CORE_F_GETFL))
		return false;
	text_hex(t, (u64)e->r->result);
	text_str(t, " (flags ");
	if (cmd == CORE_F_GETFD)
		text_str(t, "FD_CLOEXEC");
	else
		posix_open_flags(t, &linux_posix, (u32)e->r->result);
	text_char(t, ')');
	return true;
}

bool linux_arguments(struct text *t, const struct event *e)
{
	const char *name = e->call->name;
	u32 n = e->r->nargs;

	if (strcmp(name, "clone") == 0) {
		show_clone_call(t, e);
		return true;
	}
	if (strcmp(name, "preadv") == 0 || strcmp(name, "pwritev") == 0) {
		/* The upper half of the position is where there are no 64 bits. */
		for (u32 i = 0; i < 3; i++) {
			value_show(t, e, i);
			text_str(t, ", ");
		}
		text_dec(t, (i64)e->r->args[3]);
		return true;
	}
	if (strcmp(name, "futex") == 0 && ((u32)e->r->args[1] & 0x7f) == CORE_FUTEX_WAIT_BITSET) {
		for (u32 i = 0; i < 4; i++) {
			value_show(t, e, i);
			text_str(t, ", ");
		}
		if ((u32)e->r->args[5] == UINT32_MAX)
			text_str(t, "FUTEX_BITSET_MATCH_ANY");
		else
			text_hex(t, (u32)e->r->args[5]);
		return true;
	}
	if (strcmp(name, "ioctl") == 0 && ioctl_alone((u32)e->r->args[1]))
		n = 2;
	else if (strcmp(name, "futex") == 0)
		n = MIN(n, futex_count((u32)e->r->args[1]));
	else if (strcmp(name, "fcntl") == 0 && fcntl_alone((u32)e->r->args[1]))
		n = 2;
	else
		return false;
	for (u32 i = 0; i < n; i++) {
		if (i != 0)
			text_str(t, ", ");
		value_show(t, e, i);
	}
	return true;
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
		p.siginfo = linux_siginfo;
		p.ioctl = linux_ioctl;
	}
	if (linux_flags(t, e, i))
		return true;
	switch (e->call->word[i]) {
	case WORD_STATX:
	case WORD_SYSINFO:
	case WORD_STATFS:
		d = event_data(e, i, true, 0);
		if (d.p == NULL)
			return false;
		if (e->call->word[i] == WORD_STATX)
			return linux_statx(t, d.p, d.n);
		return e->call->word[i] == WORD_SYSINFO ? linux_sysinfo(t, d.p, d.n)
							: linux_statfs(t, d.p, d.n);
	case WORD_RANDOMFLAGS:
		value_flags(t, random_flags, ARRAY_LEN(random_flags), (u32)v, "0");
		return true;
	case WORD_ARCHOP:
		value_name(t, arch_ops, ARRAY_LEN(arch_ops), (i32)v);
		return true;
	case WORD_OUT: /* nobody reads these as text */
		d = event_data(e, i, true, 0);
		if (d.p == NULL || strcmp(e->call->name, "getrandom") != 0)
			return false;
		text_char(t, '"');
		for (u32 k = 0; k < d.n; k++) {
			text_str(t, "\\x");
			text_char(t, "0123456789abcdef"[d.p[k] >> 4]);
			text_char(t, "0123456789abcdef"[d.p[k] & 15]);
		}
		text_str(t, d.whole > d.n ? "\"..." : "\"");
		return true;
	case WORD_IOCTL:
		posix_name(t, &p, LIST_IOCTL, (i64)v);
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
			if (d.n < 12)
				return false;
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
