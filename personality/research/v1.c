/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/research/v1.c: the First Edition, and the Second, whose programs it runs. */
#define RESEARCH_ROWS "personality/research/v1.def"
#include "personality/research/table.inc"
#include "personality/research/systems.h"

static const struct research_version version = {
    .shape = shapes,
    .signals = research_signals_v7,
    .number_mask = 0377,
    .nofile = 10,
    .name_max = 8,
    .args_max = 2048,
    .stack_clicks = 8,
    .stack_top = 0160000,
    .bytes_for_ids = true,
    .old_stat = true,
    .old_modes = true,
    .first = true,
    .no_errno = true,
    .sigsys = true,
    .root_ino = 41,
};

const struct core_personality research_v1_personality = {
    RESEARCH_PERSONALITY("v1"),
    .carry_errno = research_errno,
    .signal_frame = research_signal_frame,
};

const struct core_personality research_v2_personality = {
    RESEARCH_PERSONALITY("v2"),
    .carry_errno = research_errno,
    .signal_frame = research_signal_frame,
};
