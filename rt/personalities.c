/* SPDX-License-Identifier: BSD-2-Clause */
/* rt/personalities.c: the personalities this image has. */
#include "core/class.h"
#include "include/feuerbird/abi.h"
#include "lib/mem.h"
#include "personality/feuerbird/feuerbird.h"
#include "personality/freebsd/freebsd.h"
#include "personality/illumos/illumos.h"
#include "personality/linux/linux.h"
#include "personality/research/systems.h"
#include "rt/rt.h"

static const struct core_personality *const all[] = {
    &freebsd_personality,	  &linux_personality,	      &feuerbird_personality,
    &research_v1_personality,	  &research_v2_personality,   &research_v5_personality,
    &research_v6_personality,	  &research_v7_personality,   &research_bsd29_personality,
    &research_bsd211_personality, &research_sysv_personality, &research_pwb_personality,
    &illumos_personality,
};

void rt_classes(void)
{
	core_class_set(FB_CLASS_NATIVE >> CORE_CLASS_SHIFT, &feuerbird_personality);
	core_class_set(FB_CLASS_LINUX >> CORE_CLASS_SHIFT, &linux_personality);
	core_class_set(FB_CLASS_FREEBSD >> CORE_CLASS_SHIFT, &freebsd_personality);
}

const struct core_personality *rt_personality(const char *name)
{
	for (u32 i = 0; i < ARRAY_LEN(all); i++)
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
}
