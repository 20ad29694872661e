/* SPDX-License-Identifier: BSD-2-Clause */
/* exo/skeleton/info.c: exo/info.h of a machine that knows nothing of itself. */
#include "exo/info.h"

#define NOT_HERE (-38L) /* -CORE_ENOSYS */

i64 exo_setting(enum exo_setting what, i64 fallback)
{
	(void)what;
	return fallback;
}

long exo_machine_id(char out[33])
{
	(void)out;
	return NOT_HERE;
}

long exo_cpus(u64 *mask, u64 bytes)
{
	(void)mask, (void)bytes;
	return NOT_HERE;
}

long exo_process_list(i32 pid, i32 *ids, u32 max)
{
	(void)pid, (void)ids, (void)max;
	return NOT_HERE;
}
