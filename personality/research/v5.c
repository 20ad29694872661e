/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/research/v5.c: the Fifth Edition. Facts: usr/sys/param.h, ken/sys1.c. */
#define RESEARCH_ROWS "personality/research/v5.def"
#include "core/signal.h"
#include "personality/research/table.inc"
#include "personality/research/systems.h"

static const struct research_version version = {
    .shape = shapes,
    .signals = research_signals_v7,
    .user = &research_user_v5,
    .number_mask = 077,
    .nofile = 15,
    .name_max = 14,
    .args_max = 510,
    .stack_clicks = 20,
    .minus_one = true,
    .bytes_for_ids = true,
    .old_stat = true,
    .sigsys = true,
    .root_ino = 1,
};

const struct core_personality research_v5_personality = {
    .name = "v5",
    .table = rows,
    .table_len = ARRAY_LEN(rows),
    .carry_errno = research_errno,
    .missing = research_missing,
    .signal_frame = research_signal_frame,
    .signal_comes = research_signal_comes,
    .dumps = RESEARCH_DUMPS,
    .dies = research_dies,
    .load = research_load,
    .run = research_run,
    .private = &version,
};
