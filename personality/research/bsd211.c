/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/research/bsd211.c: 2.11BSD. Facts: usr/sys/h/param.h, kern_exec.c, kern_sig2.c. */
#define RESEARCH_ROWS "personality/research/bsd211.def"
#include "core/signal.h"
#include "personality/research/table.inc"
#include "personality/research/systems.h"

static const struct research_version version = {
    .shape = shapes,
    .signals = research_signals_bsd,
    .user = &research_user_bsd211,
    .number_mask = 0377,
    .nofile = 30,
    .name_max = 63,
    .args_max = 5120,
    .stack_clicks = 20,
    .environment = true,
    .stack_args = true,
    .sigsys = true,
    .bsd = true,
    .root_ino = 2,
};

const struct core_personality research_bsd211_personality = {
    RESEARCH_PERSONALITY("bsd211"),
    .carry_errno = research_errno_bsd,
    .default_ignored = CORE_SIGBIT(CORE_SIGURG) | CORE_SIGBIT(CORE_SIGCONT) |
		       CORE_SIGBIT(CORE_SIGCHLD) | CORE_SIGBIT(CORE_SIGWINCH) |
		       CORE_SIGBIT(CORE_SIGIO),
    .discards_ignored = true,
    .signal_frame = research_bsd_frame,
};
