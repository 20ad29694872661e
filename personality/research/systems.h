/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/systems.h: the systems of this family; each has a .def and a .c, which
 * includes table.inc and says what its `version` is.
 */
#ifndef FB_PERSONALITY_RESEARCH_SYSTEMS_H
#define FB_PERSONALITY_RESEARCH_SYSTEMS_H

#include "core/personality.h"
#include "core/signal.h"

extern const struct core_personality research_v1_personality, research_v2_personality,
    research_bsd29_personality, research_bsd211_personality, research_v5_personality,
    research_v6_personality, research_v7_personality, research_sysv_personality,
    research_pwb_personality;

/* What all of them answer with; the rest, errors and frames of signals, each says itself. */
#define RESEARCH_PERSONALITY(system)                                                               \
	.name = (system), .table = rows, .table_len = ARRAY_LEN(rows), .words = words,             \
	.missing = research_missing, .signal_comes = research_signal_comes,                        \
	.dumps = RESEARCH_DUMPS, .dies = research_dies, .load = research_load,                     \
	.run = research_run, .private = &version

#endif
