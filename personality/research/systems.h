/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/research/systems.h: the systems of this family; each has a .def and a .c. */
#ifndef FB_PERSONALITY_RESEARCH_SYSTEMS_H
#define FB_PERSONALITY_RESEARCH_SYSTEMS_H

#include "core/personality.h"

extern const struct core_personality research_v1_personality, research_v2_personality,
    research_bsd29_personality, research_bsd211_personality, research_v5_personality,
    research_v6_personality, research_v7_personality;

#endif
