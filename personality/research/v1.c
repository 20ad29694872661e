/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/research/v1.c: the First Edition, and the Second, whose programs it runs. */
#define RESEARCH_ROWS "personality/research/v1.def"
#include "core/signal.h"
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
    .first = true,
    .no_errno = true,
    .sigsys = true,
    .root_ino = 41,
};

const struct core_personality research_v1_personality = {
    .name = "v1",
    .table = rows,
    .table_len = ARRAY_LEN(rows),
    .carry_errno = research_errno,
    .missing = research_missing,
    .signal_frame = research_signal_frame,
    .dumps = RESEARCH_DUMPS,
    .dies = research_dies,
    .load = research_load,
    .run = research_run,
    .private = &version,
};

const struct core_personality research_v2_personality = {
    .name = "v2",
    .table = rows,
    .table_len = ARRAY_LEN(rows),
    .carry_errno = research_errno,
    .missing = research_missing,
    .signal_frame = research_signal_frame,
    .dumps = RESEARCH_DUMPS,
    .dies = research_dies,
    .load = research_load,
    .run = research_run,
    .private = &version,
};
