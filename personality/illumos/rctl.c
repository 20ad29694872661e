/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/rctl.c: resource controls.
 *
 * A control has up to three values, in this order: a basic one, which belongs to the process that
 * set it, a privileged one and the system's. Those that are limits of the host's are its soft and
 * its hard limit; the others are what a new system has and nobody can change. Facts: getrctl(2),
 * rctlblk_set_value(3C); usr/src/uts/common/syscall/rctlsys.c (the order of the errors), os/rctl.c
 * (rctl_val_cmp, rctl_local_*), sys/{rctl,rctl_impl}.h.
 */
#include "core/guest.h"
#include "lib/mem.h"
#include "personality/illumos/abi_signal.h"
#include "personality/illumos/illumos.h"

#define NONE (~1UL) /* no value of that privilege */

static const struct control {
	char name[32];
	u32 flags;
	u64 system, privileged, basic;
	int limit;
} controls[] = {
#define RCTL(name, flags, system, privileged, basic, limit)                                        \
	{name, flags, system, privileged, basic, limit},
#include "personality/illumos/rctl.def"
#undef RCTL
};

enum { GET, SET, LIST, CONTROL, SET_PROJECT };
enum { FIRST, NEXT, USAGE };
enum { INSERT, DELETE, REPLACE };

#define FLAGS_KNOWN	 0x10000003u
#define ACTION		 0x0000ffffu
#define BASIC		 0x01000000
#define PRIVILEGED	 0x04000000
#define SYSTEM		 0x07000000
#define LOCAL_SIGNAL	 0x1
#define LOCAL_DENY	 0x2
#define LOCAL_KNOWN	 0xc0000003u
#define LOCAL_MAXIMAL	 0x80000000u
#define GLOBAL_NOBASIC	 0x80000000u
#define GLOBAL_DENY	 0x20000000u
#define GLOBAL_NODENY	 0x10000000u
#define GLOBAL_FILE_SIZE 0x08000000u
#define GLOBAL_CPU_TIME	 0x04000000u
#define GLOBAL_NOSIGNAL	 0x02000000u

struct block {
	u64 value;
	u64 enforced;
	i32 privilege;
	u32 global_flags;
	i32 global_syslog;
	u32 local_flags;
	i32 local_signal;
	i32 recipient;
	i64 firing_time;
};
SIZE_ASSERT(struct block, 48);

static const struct control *control_named(const char *name)
{
	for (u32 i = 0; i < ARRAY_LEN(controls); i++)
		if (strcmp(controls[i].name, name) == 0)
			return &controls[i];
	return NULL;
}

/* 0 and the control, or -CORE_EFAULT, -CORE_EINVAL. */
static long find(guest_ptr name, const struct control **c)
{
	char text[64];
	long r;

	if (!name.addr)
		return -CORE_EFAULT;
	r = copy_str_from_guest(text, name, sizeof(text));
	if (r == -CORE_EFAULT)
		return r;
	*c = r < 0 ? NULL : control_named(text);
	return *c ? 0 : -CORE_EINVAL;
}

/* ---- what there is ------------------------------------------------------------------------- */

static u32 local_flags(const struct control *c)
{
	return (c->flags & GLOBAL_NODENY ? 0 : LOCAL_DENY) |
	       (c->flags & (GLOBAL_CPU_TIME | GLOBAL_FILE_SIZE) && c->limit >= 0 ? LOCAL_SIGNAL
										 : 0);
}

static i32 local_signal(const struct control *c)
{
	if (c->limit < 0)
		return 0;
	return c->flags & GLOBAL_CPU_TIME    ? ILLUMOS_SIGXCPU
	       : c->flags & GLOBAL_FILE_SIZE ? ILLUMOS_SIGXFSZ
					     : 0;
}

static struct block make_block(const struct control *c, u64 value, i32 privilege, i32 pid)
{
	return (struct block){
	    .value = MIN(value, c->system),
	    .enforced = MIN(value, c->system),
	    .privilege = privilege,
	    .global_flags = c->flags,
	    .local_flags = (privilege == SYSTEM ? (c->flags & GLOBAL_NODENY ? 0 : LOCAL_DENY)
						: local_flags(c)) |
			   (value >= c->system ? LOCAL_MAXIMAL : 0),
	    .local_signal = privilege == SYSTEM ? 0 : local_signal(c),
	    .recipient = privilege == BASIC ? pid : -1,
	};
}

/* The values a control has now, lowest first: how many of up to three. */
static u32 values(const struct core_thread *t, const struct control *c, struct block out[3])
{
	struct core_rlimit limit = {c->basic, c->privileged};
	u32 n = 0;

	if (c->limit >= 0)
		EXO_NOW(prlimit64, 0, c->limit, 0, &limit);
	if (limit.rlim_cur != NONE && (c->limit < 0 || limit.rlim_cur < limit.rlim_max))
		out[n++] = make_block(c, limit.rlim_cur, BASIC, t->pid);
	if (limit.rlim_max != NONE)
		out[n++] = make_block(c, limit.rlim_max, PRIVILEGED, -1);
	out[n++] = make_block(c, c->system, SYSTEM, -1);
	return n;
}

static bool same(const struct block *a, const struct block *b)
{
	return a->value == b->value && a->privilege == b->privilege &&
	       ((a->local_flags ^ b->local_flags) & (LOCAL_DENY | LOCAL_MAXIMAL)) == 0;
}

static long get(const struct core_thread *t, guest_ptr name, guest_ptr old, guest_ptr new,
		u32 flags)
{
	const struct control *c;
	struct block all[3], from;
	u32 action = flags & ACTION, n, at = 0;
	long r;

	if (flags & ~FLAGS_KNOWN || action > USAGE)
		return -CORE_EINVAL;
	if (!new.addr)
		return -CORE_EFAULT;
	r = find(name, &c);
	if (r < 0)
		return r;
	if (action == USAGE)
		return -CORE_ILLUMOS_ENOTSUP;
	n = values(t, c, all);
	if (action == NEXT) {
		if (copy_from_guest(&from, old, sizeof(from)) < 0)
			return -CORE_EFAULT;
		while (at < n && !same(&all[at], &from))
			at++;
		if (at >= n)
			return -CORE_ESRCH;
		if (++at == n)
			return -CORE_ENOENT;
	}
	return copy_to_guest(new, &all[at], sizeof(all[at]));
}

/* ---- setting ------------------------------------------------------------------------------- */

static bool is_signal(i32 sig)
{
	switch (sig) {
	case 0:
	case ILLUMOS_SIGHUP:
	case ILLUMOS_SIGABRT:
	case ILLUMOS_SIGKILL:
	case ILLUMOS_SIGTERM:
	case ILLUMOS_SIGSTOP:
	case ILLUMOS_SIGXCPU:
	case ILLUMOS_SIGXFSZ:
	case ILLUMOS_SIGXRES:
		return true;
	default:
		return false;
	}
}

/* rctl_invalid_value */
static bool is_valid(const struct control *c, const struct block *b)
{
	u32 l = b->local_flags;

	if (b->privilege != BASIC && b->privilege != PRIVILEGED && b->privilege != SYSTEM)
		return false;
	if (l & ~LOCAL_KNOWN || (b->privilege == BASIC && c->flags & GLOBAL_NOBASIC) ||
	    (!(l & LOCAL_DENY) && c->flags & GLOBAL_DENY) ||
	    (l & LOCAL_DENY && c->flags & GLOBAL_NODENY) ||
	    (l & LOCAL_SIGNAL && (c->flags & GLOBAL_NOSIGNAL || b->local_signal == 0)))
		return false;
	if ((b->local_signal == ILLUMOS_SIGXCPU && !(c->flags & GLOBAL_CPU_TIME)) ||
	    (b->local_signal == ILLUMOS_SIGXFSZ && !(c->flags & GLOBAL_FILE_SIZE)) ||
	    !is_signal(b->local_signal))
		return false;
	return b->value <= c->system;
}

static u64 to_limit(const struct control *c, const struct block *b)
{
	return b->value >= c->system || b->local_flags & LOCAL_MAXIMAL ? CORE_RLIM_INFINITY
								       : b->value;
}

/* The soft or the hard limit becomes the value; what the host forbids is EACCES. */
static long set_limit(const struct control *c, const struct block *b, bool gone)
{
	struct core_rlimit limit;
	long r = EXO(prlimit64, 0, c->limit, 0, &limit);
	u64 value = to_limit(c, b);

	if (r < 0)
		return r;
	if (b->privilege == BASIC) {
		limit.rlim_cur = gone ? limit.rlim_max : MIN(value, limit.rlim_max);
	} else {
		limit.rlim_max = gone ? CORE_RLIM_INFINITY : value;
		limit.rlim_cur = MIN(limit.rlim_cur, limit.rlim_max);
	}
	r = EXO(prlimit64, 0, c->limit, &limit, 0);
	return r == -CORE_EPERM ? -CORE_EACCES : r;
}

static long replace(const struct core_thread *t, const struct control *c, guest_ptr old,
		    const struct block *b)
{
	struct block all[3], from;
	u32 n, at = 0;

	if (copy_from_guest(&from, old, sizeof(from)) < 0)
		return -CORE_EFAULT;
	if (!is_valid(c, &from))
		return -CORE_EINVAL;
	n = values(t, c, all);
	while (at + 1 < n && !same(&all[at], &from))
		at++;
	if (all[at].privilege == SYSTEM)
		return same(&all[at], &from) ? -CORE_EPERM : -CORE_ESRCH;
	if (b->privilege == SYSTEM)
		return -CORE_EPERM;
	if (c->limit < 0 || all[at].privilege != b->privilege)
		return -CORE_EACCES;
	return set_limit(c, b, false);
}

static long set(const struct core_thread *t, guest_ptr name, guest_ptr old, guest_ptr new,
		u32 flags)
{
	const struct control *c;
	u32 action = flags & ACTION;
	struct block b;
	long r;

	if (flags & ~FLAGS_KNOWN || action > REPLACE)
		return -CORE_EINVAL;
	if (!new.addr)
		return -CORE_EFAULT;
	r = find(name, &c);
	if (r < 0)
		return r;
	if (copy_from_guest(&b, new, sizeof(b)) < 0)
		return -CORE_EFAULT;
	if (!is_valid(c, &b))
		return -CORE_EINVAL;
	if (action == REPLACE)
		return replace(t, c, old, &b);
	if (b.privilege == SYSTEM)
		return -CORE_EPERM;
	if (c->limit < 0)
		return -CORE_EACCES;
	return set_limit(c, &b, action == DELETE);
}

/* ---- the rest ------------------------------------------------------------------------------ */

/* Every name with its NUL: the size that takes. */
static long list(guest_ptr buf, u64 size)
{
	u64 need = 0, at = 0;

	for (u32 i = 0; i < ARRAY_LEN(controls); i++)
		need += strlen(controls[i].name) + 1;
	if (need > size)
		return (long)need;
	for (u32 i = 0; i < ARRAY_LEN(controls); i++) {
		size_t n = strlen(controls[i].name) + 1;

		if (copy_to_guest(gp_add(buf, at), controls[i].name, n) < 0)
			return -CORE_EFAULT;
		at += n;
	}
	return (long)need;
}

static long control(guest_ptr name, guest_ptr block, u32 flags)
{
	struct block b = {0};
	const struct control *c;
	long r = find(name, &c);

	if (r == -CORE_EFAULT)
		return r;
	if (flags == SET)
		return -CORE_EPERM;
	if (flags != GET)
		return -CORE_EINVAL;
	if (r < 0)
		return -CORE_ESRCH;
	b.global_flags = c->flags;
	return copy_to_guest(block, &b, sizeof(b));
}

long illumos_rctlsys(struct core_thread *t, INT code, STR name, IN old, INOUT new, SIZE size,
		     HEX flags)
{
	switch (code) {
	case GET:
		return get(t, name, old, new, flags);
	case SET:
		return set(t, name, old, new, flags);
	case LIST:
		return list(old, size);
	case CONTROL:
		return control(name, old, flags);
	case SET_PROJECT:
		return -CORE_EPERM;
	default:
		return -CORE_EINVAL;
	}
}
