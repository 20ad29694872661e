/* SPDX-License-Identifier: BSD-2-Clause */
/* trace/words.c: trace/words.def as a table. */
#include "trace/words.h"

const struct trace_taken trace_taken[WORD_COUNT] = {
#define WORD(name, type, take, size) [WORD_##name] = {TRACE_##take, size},
#include "trace/words.def"
#undef WORD
};
