/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/spawn_check.c: is what spawn(2) was given whole? Every offset, length and
 * count is looked at before anything is followed. Facts: usr/src/uts/common/os/spawn.c
 * (spawn_param_verify, spawn_args_verify), whose order of looking this has.
 */
#include "lib/mem.h"
#include "personality/illumos/spawn.h"

static bool region(const struct illumos_spawn_param *p, u32 off, u32 len)
{
	return off <= p->sp_datalen && len <= p->sp_datalen - off;
}

/* A string that is there, or nothing at all. */
static bool text(const struct illumos_spawn_param *p, u32 off, u32 len)
{
	if (len == 0)
		return off == 0;
	return region(p, off, len) && p->sp_data[off + len - 1] == '\0';
}

static bool attributes(const struct illumos_spawn_param *p)
{
	const struct illumos_spawn_attr *a = (const void *)&p->sp_data[p->sp_attr_off];

	if (p->sp_attr_len == 0)
		return p->sp_attr_off == 0;
	return p->sp_attr_len == sizeof(*a) && p->sp_attr_off % 4 == 0 &&
	       region(p, p->sp_attr_off, p->sp_attr_len) && !(a->sa_psflags & ~ILLUMOS_SPAWN_ALL) &&
	       a->sa_pgroup >= 0;
}

static bool scheduling(const struct illumos_spawn_param *p)
{
	const struct illumos_kspawn_sched *s = (const void *)&p->sp_data[p->sp_sched_off];
	const struct illumos_spawn_attr *a = illumos_spawn_attr(p);

	if (!a || !(a->sa_psflags & (ILLUMOS_SPAWN_SETSCHEDULER | ILLUMOS_SPAWN_SETSCHEDPARAM)))
		return p->sp_sched_len == 0 && p->sp_sched_off == 0;
	if (p->sp_sched_len != sizeof(*s) || p->sp_sched_off % 4 ||
	    !region(p, p->sp_sched_off, p->sp_sched_len))
		return false;
	return s->ksched_op == ILLUMOS_KSCHED_PARMS ||
	       (s->ksched_op == ILLUMOS_KSCHED_PRIO && s->prio.op == ILLUMOS_PC_SET);
}

static bool action(const struct illumos_kfile_attr *k)
{
	bool named = k->kfa_pathsize && k->kfa_path[k->kfa_pathsize - 1] == '\0';

	switch (k->kfa_type) {
	case ILLUMOS_FA_OPEN:
		return k->kfa_filedes >= 0 && named;
	case ILLUMOS_FA_CHDIR:
		return named;
	case ILLUMOS_FA_CLOSE:
	case ILLUMOS_FA_CLOSEFROM:
	case ILLUMOS_FA_FCHDIR:
		return !k->kfa_pathsize && k->kfa_filedes >= 0;
	case ILLUMOS_FA_DUP2:
		return !k->kfa_pathsize && k->kfa_filedes >= 0 && k->kfa_newfiledes >= 0;
	default:
		return false;
	}
}

static bool actions(const struct illumos_spawn_param *p)
{
	u32 off = p->sp_fattr_off;

	if (p->sp_fattr_cnt == 0)
		return off == 0;
	if (off % 4)
		return false;
	for (u32 i = 0; i < p->sp_fattr_cnt; i++) {
		const struct illumos_kfile_attr *k = (const void *)&p->sp_data[off];

		if (!region(p, off, sizeof(*k)) ||
		    k->kfa_len != ALIGN_UP(sizeof(*k) + (u64)k->kfa_pathsize, 4) ||
		    !region(p, off, k->kfa_len) || !action(k))
			return false;
		off += k->kfa_len;
	}
	return true;
}

bool illumos_spawn_param_good(const struct illumos_spawn_param *p, u32 size)
{
	return p->sp_size == size && p->sp_datalen == size - sizeof(*p) && attributes(p) &&
	       scheduling(p) && actions(p) && text(p, p->sp_shell_off, p->sp_shell_len) &&
	       text(p, p->sp_path_off, p->sp_path_len);
}

/* count strings from *off on, the last of which ends at end. */
static bool strings(const struct illumos_spawn_args *a, u32 *off, u32 count, u32 end)
{
	for (u32 i = 0; i < count; i++) {
		size_t n = strnlen((const char *)&a->sa_data[*off], end - *off);

		if (n == end - *off)
			return false;
		*off += (u32)n + 1;
	}
	return *off == end;
}

bool illumos_spawn_args_good(const struct illumos_spawn_args *a, u32 size)
{
	u32 off = a->sa_arg_off;

	if (a->sa_size != size || a->sa_datalen != size - sizeof(*a) ||
	    a->sa_env_off > a->sa_datalen || a->sa_arg_off > a->sa_env_off)
		return false;
	return strings(a, &off, a->sa_arg_cnt, a->sa_env_off) &&
	       strings(a, &off, a->sa_env_cnt, a->sa_datalen);
}
