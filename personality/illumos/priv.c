/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/priv.c: privileges, and issetugid(2), which is one of their subcodes.
 *
 * A process has four sets. Until it asks for a change it is not aware of privileges, and while a
 * user id of it is 0 it has what its limit set says. What is given up is remembered, passed on by
 * fork, and asked for; that the host still lets a process do it is the host's business (its
 * capabilities are another division of the same power).
 *
 * Facts: privileges(7), usr/src/uts/common/syscall/ppriv.c, os/priv.c, sys/{priv,priv_impl}.h.
 */
#include "exo/lock.h"
#include "lib/mem.h"
#include "personality/illumos/convert_ucred.h"
#include "personality/illumos/illumos.h"

enum {
	SETPPRIV,
	GETPPRIV,
	GETIMPLINFO,
	SETPFLAGS,
	GETPFLAGS,
	ISSETUGID,
	KLPD_REG,
	KLPD_UNREG,
	PFEXEC_REG,
	PFEXEC_UNREG,
};

enum { EFFECTIVE, INHERITABLE, PERMITTED, LIMIT };
enum { OP_ON, OP_OFF, OP_SET };

#define PRIV_DEBUG	 0x1
#define PRIV_AWARE	 0x2
#define NET_MAC_AWARE	 0x10
#define NET_MAC_INHERIT	 0x20
#define PROC_PROTECT	 0x8
#define PRIV_AWARE_RESET 0x40
#define PRIV_XPOLICY	 0x80
#define PRIV_PFEXEC	 0x100

static struct exo_lock lock;
static bool begun;
static struct illumos_priv_set sets[ILLUMOS_PRIV_NSET];
static u32 flags;

/* With the lock held. */
static void begin(void)
{
	if (begun)
		return;
	begun = true;
	illumos_priv_basic(&sets[EFFECTIVE]);
	sets[INHERITABLE] = sets[PERMITTED] = sets[EFFECTIVE];
	illumos_priv_all(&sets[LIMIT]);
}

static struct illumos_priv_set present(int which)
{
	u32 r, e, s;

	EXO_NOW(getresuid, &r, &e, &s);
	if (!(flags & PRIV_AWARE)) {
		if (which == EFFECTIVE && e == 0)
			return sets[LIMIT];
		if (which == PERMITTED && (e == 0 || r == 0 || s == 0))
			return sets[LIMIT];
	}
	return sets[which];
}

static bool within(const struct illumos_priv_set *a, const struct illumos_priv_set *b)
{
	for (u32 i = 0; i < ILLUMOS_PRIV_SETSIZE; i++)
		if (a->bits[i] & ~b->bits[i])
			return false;
	return true;
}

static long set_privileges(int op, int which, const struct illumos_priv_set *given)
{
	struct illumos_priv_set now = present(which), permitted = present(PERMITTED), *to;

	if (op != OP_OFF) {
		if (which == LIMIT && !within(given, &sets[LIMIT]))
			return -CORE_EPERM;
		if (!within(given, &permitted) && !within(given, &now))
			return -CORE_EPERM;
	}
	if (which != INHERITABLE && !(flags & PRIV_AWARE)) { /* what it had it has */
		struct illumos_priv_set effective = present(EFFECTIVE);

		sets[EFFECTIVE] = effective;
		sets[PERMITTED] = permitted;
		flags |= PRIV_AWARE;
	}
	to = &sets[which];
	for (u32 i = 0; i < ILLUMOS_PRIV_SETSIZE; i++) {
		u32 bits = given->bits[i];

		to->bits[i] = op == OP_ON    ? to->bits[i] | bits
			      : op == OP_OFF ? to->bits[i] & ~bits
					     : bits;
		if (which == PERMITTED && op != OP_ON)
			sets[EFFECTIVE].bits[i] &= to->bits[i];
	}
	return 0;
}

static bool known_flag(u32 f)
{
	return f == PRIV_DEBUG || f == PRIV_AWARE || f == NET_MAC_AWARE || f == NET_MAC_INHERIT ||
	       f == PRIV_XPOLICY || f == PRIV_AWARE_RESET || f == PRIV_PFEXEC;
}

static long set_flag(u32 f, u32 on)
{
	if (on > 1 || (!known_flag(f) && f != PROC_PROTECT))
		return -CORE_EINVAL;
	if (f == PROC_PROTECT)
		return 0;
	if (f == PRIV_AWARE && on && !(flags & PRIV_AWARE)) {
		sets[EFFECTIVE] = present(EFFECTIVE);
		sets[PERMITTED] = present(PERMITTED);
	}
	flags = on ? flags | f : flags & ~f;
	return 0;
}

/* ---- what there is ------------------------------------------------------------------------- */

struct info_header {
	u32 headersize, flags, nsets, setsize, max, infosize, globalinfosize;
};

static const char *const set_names[] = {"Effective", "Inheritable", "Permitted", "Limit"};
static const char *const names[] = {
#define PRIV(name, text, kind) text,
#include "personality/illumos/priv.def"
#undef PRIV
};

/* A list of names: its length with the padding; written at at, unless that is NULL. */
static u32 name_list(u8 *at, u32 type, const char *const *list, u32 n)
{
	u32 len = 12;

	for (u32 i = 0; i < n; i++) {
		u32 size = (u32)strlen(list[i]) + 1;

		if (at)
			memcpy(at + len, list[i], size);
		len += size;
	}
	len = ALIGN_UP(len, 4u);
	if (at) {
		u32 head[3] = {type, len, n};

		memcpy(at, head, sizeof(head));
	}
	return len;
}

#define SETNAMES   1
#define PRIVNAMES  2
#define BASICPRIVS 3

static long implementation(struct core_thread *t, guest_ptr buf, u64 room)
{
	u8 *out = exo_thread_scratch(&t->exo), *at = out + sizeof(struct info_header);
	struct info_header h = {.headersize = sizeof(h),
				.nsets = ILLUMOS_PRIV_NSET,
				.setsize = ILLUMOS_PRIV_SETSIZE,
				.max = ILLUMOS_PRIV_COUNT,
				.infosize = 12};
	struct {
		u32 type, size;
		struct illumos_priv_set set;
	} basic = {BASICPRIVS, sizeof(basic), {{0}}};

	memset(out, 0, 4096);
	illumos_priv_basic(&basic.set);
	at += name_list(at, SETNAMES, set_names, ARRAY_LEN(set_names));
	at += name_list(at, PRIVNAMES, names, ARRAY_LEN(names));
	memcpy(at, &basic, sizeof(basic));
	at += sizeof(basic);
	h.globalinfosize = (u32)(at - out) - (u32)sizeof(h);
	memcpy(out, &h, sizeof(h));
	return copy_to_guest(buf, out, MIN((u64)(at - out), room));
}
_Static_assert(sizeof(struct info_header) + 64 + ILLUMOS_PRIV_COUNT * 24 + 64 <= 4096,
	       "names fit the scratch");

/* ---- the call ------------------------------------------------------------------------------ */

static long locked(int code, int op, int which, struct illumos_priv_set *s)
{
	long r = 0;

	exo_lock(&lock);
	begin();
	switch (code) {
	case SETPPRIV:
		r = set_privileges(op, which, s);
		break;
	case GETPPRIV:
		*s = present(which);
		break;
	case SETPFLAGS:
		r = set_flag((u32)op, (u32)which);
		break;
	default:
		r = (flags & (u32)op) != 0;
		break;
	}
	exo_unlock(&lock);
	return r;
}

long illumos_privsys(struct core_thread *t, INT code, INT op, INT which, INOUT buf, SIZE size,
		     INT type)
{
	struct illumos_priv_set s;
	long r;

	(void)type;
	switch (code) {
	case SETPPRIV:
		if (size < sizeof(s))
			return -CORE_ENOMEM;
		if (which < 0 || which >= ILLUMOS_PRIV_NSET || op < OP_ON || op > OP_SET)
			return -CORE_EINVAL;
		if (copy_from_guest(&s, buf, sizeof(s)) < 0)
			return -CORE_EFAULT;
		return locked(code, op, which, &s);
	case GETPPRIV:
		if (size < sizeof(s))
			return -CORE_ENOMEM;
		if (which < 0 || which >= ILLUMOS_PRIV_NSET)
			return -CORE_EINVAL;
		r = locked(code, op, which, &s);
		return r < 0 ? r : copy_to_guest(buf, &s, sizeof(s));
	case GETIMPLINFO:
		return implementation(t, buf, size);
	case SETPFLAGS:
		return locked(code, op, which, NULL);
	case GETPFLAGS:
		return known_flag((u32)op) ? locked(code, op, which, NULL) : -CORE_EINVAL;
	case ISSETUGID:
		return t->proc->abi_data[ILLUMOS_P_SECURE] ? 1 : 0;
	case KLPD_REG:
	case KLPD_UNREG:
	case PFEXEC_REG:
	case PFEXEC_UNREG:
		return -CORE_EPERM;
	default:
		return -CORE_EINVAL;
	}
}

/* In the child, where nobody holds the lock. */
void illumos_priv_forked(void)
{
	exo_lock_reset(&lock);
}
