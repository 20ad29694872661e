/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/research/v5.c: the Fifth Edition. */
#define RESEARCH_ROWS "personality/research/v5.def"
#define RESEARCH_USER research_user_v5
#include "personality/research/era6.inc"

const struct core_personality research_v5_personality = {
    RESEARCH_PERSONALITY("v5"),
    .carry_errno = research_errno,
    .signal_frame = research_signal_frame,
};
