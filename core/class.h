/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/class.h: the classes a call number can name (include/feuerbird/abi.h).
 *
 * Only a native program may name them; for every other program a number with a class is
 * just one it does not have.
 */
#ifndef FB_CORE_CLASS_H
#define FB_CORE_CLASS_H

#include "core/personality.h"

#define CORE_CLASS_SHIFT 24
#define CORE_CLASS_INDEX ((1u << CORE_CLASS_SHIFT) - 1)

/* Told by the start-up code; class 1..255. */
void core_class_set(u32 class, const struct core_personality *abi);
/* NULL for a class that is not there. */
const struct core_personality *core_class_get(u32 class);
/* The class of a personality, 0 when it has none. */
u32 core_class_of(const struct core_personality *abi);

#endif
