/* SPDX-License-Identifier: BSD-2-Clause */
/* core/class.c: the classes of this image. */
#include "core/class.h"

#define CLASSES 16

static const struct core_personality *classes[CLASSES];

void core_class_set(u32 class, const struct core_personality *abi)
{
	if (class && class < CLASSES)
		classes[class] = abi;
}

const struct core_personality *core_class_get(u32 class)
{
	return class < CLASSES ? classes[class] : NULL;
}

u32 core_class_of(const struct core_personality *abi)
{
	for (u32 i = 1; i < CLASSES; i++)
		if (classes[i] == abi)
			return i;
	return 0;
}
