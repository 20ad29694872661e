/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/priv_host.c: privileges that the host knows by another name.
 *
 * What root may do the host refuses itself, once the thread's effective capabilities are what the
 * effective set says: the permitted ones stay, so that a privilege that is taken back comes back.
 * The two divide the same power differently. Where one capability is several privileges, it
 * stays as long as it is needed for one of them and priv_guard.c refuses the others, or, where the
 * host alone could tell them apart, it goes with the first.
 *
 * Facts: privileges(7); capabilities(7), linux/capability.h.
 */
#include "core/threads.h"
#include "personality/illumos/priv.h"

#define CAPABILITY_VERSION 0x20080522

enum { ANY, ALL };

static const struct rule {
	u8 capability, how, count, privilege[4];
} rules[] = {
#define P(name) ILLUMOS_PRIV_##name
    {0 /* CHOWN */, ANY, 2, {P(FILE_CHOWN), P(FILE_CHOWN_SELF)}},
    {1 /* DAC_OVERRIDE */,
     ALL,
     4,
     {P(FILE_DAC_READ), P(FILE_DAC_WRITE), P(FILE_DAC_SEARCH), P(FILE_DAC_EXECUTE)}},
    {2 /* DAC_READ_SEARCH */, ALL, 2, {P(FILE_DAC_READ), P(FILE_DAC_SEARCH)}},
    {3 /* FOWNER */, ANY, 1, {P(FILE_OWNER)}},
    {4 /* FSETID */, ANY, 1, {P(FILE_SETID)}},
    {5 /* KILL */, ANY, 1, {P(PROC_OWNER)}},
    {6 /* SETGID */, ANY, 1, {P(PROC_SETID)}},
    {7 /* SETUID */, ANY, 1, {P(PROC_SETID)}},
    {9 /* LINUX_IMMUTABLE */, ANY, 1, {P(FILE_FLAG_SET)}},
    {10 /* NET_BIND_SERVICE */, ANY, 2, {P(NET_PRIVADDR), P(SYS_SMB)}},
    {12 /* NET_ADMIN */, ANY, 2, {P(SYS_NET_CONFIG), P(SYS_IP_CONFIG)}},
    {13 /* NET_RAW */, ANY, 2, {P(NET_RAWACCESS), P(NET_ICMPACCESS)}},
    {14 /* IPC_LOCK */, ANY, 1, {P(PROC_LOCK_MEMORY)}},
    {15 /* IPC_OWNER */, ALL, 2, {P(IPC_DAC_READ), P(IPC_DAC_WRITE)}},
    {18 /* SYS_CHROOT */, ANY, 1, {P(PROC_CHROOT)}},
    {19 /* SYS_PTRACE */, ANY, 1, {P(PROC_OWNER)}},
    {20 /* SYS_PACCT */, ANY, 1, {P(SYS_ACCT)}},
    {21 /* SYS_ADMIN */, ANY, 4, {P(SYS_MOUNT), P(SYS_ADMIN), P(SYS_CONFIG), P(IPC_OWNER)}},
    {22 /* SYS_BOOT */, ANY, 1, {P(SYS_CONFIG)}},
    {23 /* SYS_NICE */, ANY, 2, {P(PROC_PRIOCNTL), P(PROC_PRIOUP)}},
    {24 /* SYS_RESOURCE */, ANY, 1, {P(SYS_RESOURCE)}},
    {25 /* SYS_TIME */, ANY, 1, {P(SYS_TIME)}},
    {27 /* MKNOD */, ANY, 1, {P(SYS_DEVICES)}},
#undef P
};

static bool holds(const struct rule *r, const struct illumos_priv_set *e)
{
	u32 n = 0;

	for (u32 i = 0; i < r->count; i++)
		n += illumos_priv_in(e, (enum illumos_priv)r->privilege[i]);
	return r->how == ANY ? n > 0 : n == r->count;
}

void illumos_priv_to_host(struct core_thread *t)
{
	struct illumos_priv_set e = illumos_priv_observed(t->proc, ILLUMOS_EFFECTIVE);
	u32 header[2] = {CAPABILITY_VERSION, 0};
	u32 sets[6] = {0}; /* effective, permitted, inheritable; and of numbers from 32 on */

	if (EXO_NOW(capget, header, sets) < 0 || !(sets[1] | sets[4]))
		return;
	sets[0] = sets[1];
	sets[3] = sets[4];
	for (u32 i = 0; i < ARRAY_LEN(rules); i++)
		if (!holds(&rules[i], &e))
			sets[0] &= ~(1u << rules[i].capability);
	core_call_everywhere(t, EXO_capset, (u64)header, (u64)sets, 0);
}
