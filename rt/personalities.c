/* SPDX-License-Identifier: BSD-2-Clause */
/* rt/personalities.c: the personalities this image has. */
#include "lib/mem.h"
#include "personality/freebsd/freebsd.h"
#include "personality/linux/linux.h"
#include "rt/rt.h"

static const struct core_personality *const all[] = {&freebsd_personality, &linux_personality};

const struct core_personality *rt_personality(const char *name)
{
	for (u32 i = 0; i < ARRAY_LEN(all); i++)
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
}
