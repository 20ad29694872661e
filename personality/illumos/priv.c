/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/priv.c: privileges, and issetugid(2), which is one of their subcodes.
 *
 * A process has four sets: priv_sets.c has their rules, priv_guard.c and priv_host.c see to it that
 * they count. Here is the call, and what the kernel says about itself.
 *
 * Facts: privileges(7), setppriv(2), setpflags(2); usr/src/uts/common/syscall/ppriv.c, os/priv.c,
 * os/klpd.c, sys/{priv,priv_impl}.h.
 */
#include "lib/mem.h"
#include "personality/illumos/priv.h"
#include "personality/illumos/priv_sets.h"

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

enum { OP_ON, OP_OFF, OP_SET };

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

static long set_set(struct core_thread *t, INT op, INT which, guest_ptr buf)
{
	struct illumos_priv_set given;

	if (which < 0 || which >= ILLUMOS_PRIV_NSET || op < OP_ON || op > OP_SET)
		return -CORE_EINVAL;
	if (copy_from_guest(&given, buf, sizeof(given)) < 0)
		return -CORE_EFAULT;
	switch (op) {
	case OP_ON:
		return illumos_privs_change(t, which, &given, true, true);
	case OP_OFF:
		return illumos_privs_change(t, which, &given, false, true);
	default:
		return illumos_privs_change(t, which, &given, true, false);
	}
}

/* A daemon of root's that decides for others is asked by door; nobody asks here. */
static long register_policy(struct core_thread *t)
{
	return illumos_priv_has_all(t) ? -CORE_ILLUMOS_ENOTSUP : -CORE_EPERM;
}

long illumos_privsys(struct core_thread *t, INT code, INT op, INT which, INOUT buf, SIZE size,
		     INT type)
{
	struct illumos_priv_set s;

	(void)type;
	switch (code) {
	case SETPPRIV:
		return size < sizeof(s) ? -CORE_ENOMEM : set_set(t, op, which, buf);
	case GETPPRIV:
		if (size < sizeof(s))
			return -CORE_ENOMEM;
		if (which < 0 || which >= ILLUMOS_PRIV_NSET)
			return -CORE_EINVAL;
		s = illumos_priv_observed(t->proc, which);
		return copy_to_guest(buf, &s, sizeof(s));
	case GETIMPLINFO:
		return implementation(t, buf, size);
	case SETPFLAGS:
		return illumos_privs_set_flag(t, (u32)op, (u32)which);
	case GETPFLAGS:
		return illumos_privs_flag(t, (u32)op);
	case ISSETUGID:
		return t->proc->abi_data[ILLUMOS_P_SECURE] ? 1 : 0;
	case KLPD_REG:
	case KLPD_UNREG:
	case PFEXEC_REG:
	case PFEXEC_UNREG:
		return register_policy(t);
	default:
		return -CORE_EINVAL;
	}
}
