/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/research/v7.c: the Seventh Edition. Facts: usr/sys/h/param.h. */
#define RESEARCH_ROWS "personality/research/v7.def"
#include "personality/research/table.inc"
#include "personality/research/systems.h"

static const struct research_version version = {
    .shape = shapes,
    .signals = research_signals_v7,
    .user = &research_user_v7,
    .number_mask = 077,
    .nofile = 20,
    .name_max = 14,
    .args_max = 5120,
    .stack_clicks = 20,
    .environment = true,
    .root_ino = 2,
};

const struct core_personality research_v7_personality = {
    RESEARCH_PERSONALITY("v7"),
    .carry_errno = research_errno,
    .signal_frame = research_signal_frame,
};
