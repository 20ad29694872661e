/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/spawn.h: spawn.c has the essay. */
#ifndef FB_ILLUMOS_SPAWN_H
#define FB_ILLUMOS_SPAWN_H

#include "core/thread.h"
#include "personality/illumos/abi_spawn.h"

/* spawn_check.c; size: of all that is there, not less than the head. */
bool illumos_spawn_param_good(const struct illumos_spawn_param *p, u32 size);
bool illumos_spawn_args_good(const struct illumos_spawn_args *a, u32 size);

static inline const struct illumos_spawn_attr *
illumos_spawn_attr(const struct illumos_spawn_param *p)
{
	return p && p->sp_attr_len ? (const void *)&p->sp_data[p->sp_attr_off] : NULL;
}

/* process.c: forks for a handler that goes on in both: the child's id, 0 in the child, an error.
 * signal: what the hub tells the parent by. */
long illumos_fork_for(struct core_thread *t, u32 flags, u64 signal);

#endif
