/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/word.h: numbers as a PDP-11 keeps them in memory.
 *
 * A word has its low byte first. A long, which the machine's own instructions do not know, is
 * two words with the high one first (the C compiler's and the FP11's order), so its bytes come
 * in the order 2, 3, 0, 1: neither of today's. Structures of these systems are made of the two
 * types below, which have no alignment and cannot be used as numbers by accident.
 */
#ifndef FB_PERSONALITY_RESEARCH_WORD_H
#define FB_PERSONALITY_RESEARCH_WORD_H

#include "lib/base.h"

struct pdp_word {
	u8 b[2];
};
SIZE_ASSERT(struct pdp_word, 2);

struct pdp_long {
	struct pdp_word high, low;
};
SIZE_ASSERT(struct pdp_long, 4);

static inline struct pdp_word pdp_word(u64 v)
{
	return (struct pdp_word){{(u8)v, (u8)(v >> 8)}};
}

static inline u16 pdp_get(struct pdp_word w)
{
	return (u16)(w.b[0] | w.b[1] << 8);
}

static inline struct pdp_long pdp_long(u64 v)
{
	return (struct pdp_long){pdp_word(v >> 16), pdp_word(v)};
}

static inline i32 pdp_get_long(struct pdp_long l)
{
	return (i32)((u32)pdp_get(l.high) << 16 | pdp_get(l.low));
}

/* What does not fit is the nearest that does. */
static inline i32 pdp_clamp_long(i64 v)
{
	return (i32)MAX(MIN(v, (i64)INT32_MAX), (i64)INT32_MIN);
}

#endif
