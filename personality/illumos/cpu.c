/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/cpu.c: processors, sets of them, and locality groups.
 *
 * A processor is one that programs here may use, by the host's number. Binding to one is an
 * affinity of one processor; there are no processor sets and one locality group, the root. Facts:
 * processor_bind(2), p_online(2), pset_create(2); usr/src/uts/common/syscall/{processor_bind,
 * processor_info,p_online,pset,lgrpsys}.c.
 */
#include "core/threads.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/illumos/abi_sched.h"
#include "personality/illumos/lwp.h"
#include "personality/illumos/procset.h"

#define CPUS_MAX 1024

struct cpus {
	u64 bits[CPUS_MAX / 64];
};

static bool has(const struct cpus *c, i32 cpu)
{
	return cpu >= 0 && cpu < CPUS_MAX && c->bits[cpu / 64] >> cpu % 64 & 1;
}

static u32 count(const struct cpus *c)
{
	u32 n = 0;

	for (u32 i = 0; i < ARRAY_LEN(c->bits); i++)
		for (u64 b = c->bits[i]; b; b &= b - 1)
			n++;
	return n;
}

static bool exists(i32 cpu)
{
	struct cpus all;

	exo_cpus(all.bits, sizeof(all));
	return has(&all, cpu);
}

/* ---- binding ---------------------------------------------------------------------------- */

/* The one processor a thread may run on, PBIND_NONE when it may on several; or -CORE_E. */
static long binding(i32 tid, i32 *bound)
{
	struct cpus c = {0};
	long r = EXO_NOW(sched_getaffinity, tid, sizeof(c), c.bits);

	*bound = ILLUMOS_PBIND_NONE;
	for (i32 i = 0; r > 0 && count(&c) == 1 && i < CPUS_MAX; i++)
		if (has(&c, i))
			*bound = i;
	return r < 0 ? r : 0;
}

static long bind_thread(i32 tid, i32 cpu, i32 *old)
{
	struct cpus c = {0};
	long r = binding(tid, old);

	if (r < 0 || cpu == ILLUMOS_PBIND_QUERY || cpu == ILLUMOS_PBIND_HARD ||
	    cpu == ILLUMOS_PBIND_SOFT)
		return r;
	if (cpu == ILLUMOS_PBIND_QUERY_TYPE) {
		*old = ILLUMOS_PBIND_HARD;
		return 0;
	}
	if (cpu == ILLUMOS_PBIND_NONE)
		exo_cpus(c.bits, sizeof(c));
	else
		c.bits[cpu / 64] = 1UL << cpu % 64;
	return EXO_NOW(sched_setaffinity, tid, sizeof(c), c.bits);
}

struct binding {
	i32 cpu, old;
};

static long bind_lwp(struct illumos_lwp *l, void *arg)
{
	struct binding *b = arg;

	return bind_thread((i32)l->tid, b->cpu, &b->old);
}

static long bind_process(i32 pid, struct binding *b)
{
	i32 ids[64];
	long n = exo_process_list(pid, ids, ARRAY_LEN(ids)), r = 0;

	if (n <= 0)
		return -CORE_ESRCH;
	for (long i = 0; i < MIN(n, (long)ARRAY_LEN(ids)); i++) {
		r = bind_thread(ids[i], b->cpu, &b->old);
		if (r < 0 && r != -CORE_ESRCH)
			return r;
	}
	return 0;
}

long illumos_processor_bind(struct core_thread *t, INT idtype, INT id, INT processorid, OUT obind)
{
	struct binding b = {processorid, ILLUMOS_PBIND_NONE};
	long r;

	if (processorid < ILLUMOS_PBIND_QUERY_TYPE || (processorid >= 0 && !exists(processorid)))
		return -CORE_EINVAL;
	switch (idtype) {
	case ILLUMOS_P_LWPID:
		if (id == ILLUMOS_P_MYID || id == (i32)t->abi_data[ILLUMOS_T_LWP])
			r = bind_thread(0, b.cpu, &b.old);
		else
			r = illumos_lwp_use(id, bind_lwp, &b);
		break;
	case ILLUMOS_P_PID:
		r = bind_process(id == ILLUMOS_P_MYID ? t->pid : id, &b);
		break;
	case ILLUMOS_P_TASKID:
	case ILLUMOS_P_PROJID:
	case ILLUMOS_P_ZONEID:
	case ILLUMOS_P_CTID: /* others than one's own processes are not touched */
		r = -CORE_EPERM;
		break;
	default:
		r = -CORE_EINVAL;
		break;
	}
	if (r < 0)
		return r;
	return obind.addr ? guest_write_u32(obind, (u32)b.old) : 0;
}

long illumos_processor_info(struct core_thread *t, INT processorid, OUT info)
{
	struct illumos_processor_info out = {.state = ILLUMOS_P_ONLINE};

	(void)t;
	if (!exists(processorid))
		return -CORE_EINVAL;
	fb_strlcpy(out.type, "i386", sizeof(out.type));
	fb_strlcpy(out.fputypes, "i387 compatible", sizeof(out.fputypes));
	return copy_to_guest(info, &out, sizeof(out));
}

long illumos_p_online(struct core_thread *t, INT processorid, INT flag)
{
	(void)t;
	if (!exists(processorid))
		return -CORE_EINVAL;
	switch (flag & ~ILLUMOS_P_FORCED) {
	case ILLUMOS_P_STATUS:
		return ILLUMOS_P_ONLINE;
	case ILLUMOS_P_ONLINE:
	case ILLUMOS_P_OFFLINE:
	case ILLUMOS_P_NOINTR:
	case ILLUMOS_P_FAULTED:
	case ILLUMOS_P_SPARE:
		return -CORE_EPERM;
	default:
		return -CORE_EINVAL;
	}
}

/* ---- sets ------------------------------------------------------------------------------- */

static bool no_set(i32 set)
{
	return set != ILLUMOS_PS_NONE && set != ILLUMOS_PS_MYID;
}

static long set_info(i32 set, guest_ptr type, guest_ptr numcpus, guest_ptr list)
{
	struct cpus all;
	u32 room = 0, n = 0;

	if (numcpus.addr && guest_read_u32(numcpus, &room) < 0)
		return -CORE_EFAULT;
	if (no_set(set))
		return -CORE_EINVAL;
	exo_cpus(all.bits, sizeof(all));
	for (i32 cpu = 0; cpu < CPUS_MAX; cpu++) {
		if (!has(&all, cpu))
			continue;
		if (list.addr && n < room && guest_write_u32(gp_add(list, n * 4), (u32)cpu) < 0)
			return -CORE_EFAULT;
		n++;
	}
	if (type.addr && guest_write_u32(type, (u32)ILLUMOS_PS_NONE) < 0)
		return -CORE_EFAULT;
	return numcpus.addr ? guest_write_u32(numcpus, n) : 0;
}

/* Nobody is in a set: that can be asked, and made so. */
static long set_bind(i32 set, i32 idtype, i32 id, guest_ptr old)
{
	if (set != ILLUMOS_PS_QUERY && set != ILLUMOS_PS_NONE && set != ILLUMOS_PS_MYID &&
	    set != ILLUMOS_PS_QUERY_TYPE)
		return -CORE_EINVAL;
	if (idtype == ILLUMOS_P_PID && id != ILLUMOS_P_MYID && EXO(getpgid, id) < 0)
		return -CORE_ESRCH;
	return old.addr ? guest_write_u32(old, (u32)ILLUMOS_PS_NONE) : 0;
}

static long set_assign(i32 set, i32 cpu, guest_ptr old)
{
	if (!exists(cpu))
		return -CORE_EINVAL;
	if (set != ILLUMOS_PS_QUERY)
		return set == ILLUMOS_PS_NONE || set == ILLUMOS_PS_MYID ? -CORE_EPERM
									: -CORE_EINVAL;
	return old.addr ? guest_write_u32(old, (u32)ILLUMOS_PS_NONE) : 0;
}

long illumos_pset(struct core_thread *t, INT subcode, ULONG a1, ULONG a2, ULONG a3, ULONG a4)
{
	u32 room = 0;

	switch (subcode) {
	case ILLUMOS_PSET_CREATE:
	case ILLUMOS_PSET_DESTROY:
	case ILLUMOS_PSET_ASSIGN_FORCED:
	case ILLUMOS_PSET_SETATTR:
		return -CORE_EPERM;
	case ILLUMOS_PSET_ASSIGN:
		return set_assign((i32)a1, (i32)a2, gp(a3));
	case ILLUMOS_PSET_INFO:
		return set_info((i32)a1, gp(a2), gp(a3), gp(a4));
	case ILLUMOS_PSET_BIND:
		return set_bind((i32)a1, (i32)a2, (i32)a3, gp(a4));
	case ILLUMOS_PSET_GETLOADAVG:
		return no_set((i32)a1) ? -CORE_EINVAL : illumos_getloadavg(t, gp(a2), (i32)a3);
	case ILLUMOS_PSET_LIST:
		if (a2 && guest_read_u32(gp(a2), &room) < 0)
			return -CORE_EFAULT;
		return a2 ? guest_write_u32(gp(a2), 0) : 0;
	case ILLUMOS_PSET_GETATTR:
		return no_set((i32)a1) ? -CORE_EINVAL : guest_write_u32(gp(a2), 0);
	default:
		return -CORE_EINVAL;
	}
}

/* ---- locality groups ---------------------------------------------------------------------- */

#define ROOT_GROUP 0

struct affinity_args {
	i32 idtype, id, lgrp, aff;
};

static long affinity(guest_ptr arg, bool set)
{
	struct affinity_args a;

	if (copy_from_guest(&a, arg, sizeof(a)) < 0)
		return -CORE_EFAULT;
	if (a.lgrp < 0)
		return -CORE_EINVAL;
	if (a.lgrp > ROOT_GROUP)
		return -CORE_ESRCH;
	if ((set && a.aff != 0 && a.aff != 0x10 && a.aff != 0x100) ||
	    (a.idtype != ILLUMOS_P_LWPID && a.idtype != ILLUMOS_P_PID))
		return -CORE_EINVAL;
	return 0; /* LGRP_AFF_NONE; and there is nowhere else to go */
}

long illumos_lgrpsys(struct core_thread *t, INT code, ULONG a1, ULONG a2)
{
	(void)t;
	switch (code) {
	case ILLUMOS_LGRP_SYS_GENERATION:
		return 0;
	case ILLUMOS_LGRP_SYS_VERSION:
		/* 0 asks which one it is. */
		return a1 == 0 || a1 == ILLUMOS_LGRP_VER_CURRENT ? ILLUMOS_LGRP_VER_CURRENT : 0;
	case ILLUMOS_LGRP_SYS_AFFINITY_GET:
	case ILLUMOS_LGRP_SYS_AFFINITY_SET:
		return affinity(gp(a2), code == ILLUMOS_LGRP_SYS_AFFINITY_SET);
	case ILLUMOS_LGRP_SYS_LATENCY:
		return a1 == ROOT_GROUP && a2 == ROOT_GROUP ? 0 : -CORE_ESRCH;
	case ILLUMOS_LGRP_SYS_HOME:
		if ((i32)a1 != ILLUMOS_P_LWPID && (i32)a1 != ILLUMOS_P_PID)
			return -CORE_EINVAL;
		return ROOT_GROUP;
	default: /* MEMINFO, SNAPSHOT */
		return -CORE_EINVAL;
	}
}
