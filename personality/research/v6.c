/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/research/v6.c: the Sixth Edition. */
#define RESEARCH_ROWS "personality/research/v6.def"
#define RESEARCH_USER research_user_v6
#include "personality/research/era6.inc"

const struct core_personality research_v6_personality = {
    RESEARCH_PERSONALITY("v6"),
    .carry_errno = research_errno,
    .signal_frame = research_signal_frame,
};
