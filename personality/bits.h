/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/bits.h: flag words written once as pairs, read in both directions.
 *
 * A pair with more than one bit on a side matches only when all of them are set; put it
 * before the pairs it contains. A converter answers whether it knew every bit: what to do
 * with a word it did not know is the caller's decision, but never silence.
 */
#ifndef FB_PERSONALITY_BITS_H
#define FB_PERSONALITY_BITS_H

#include "lib/base.h"

struct bit_pair {
	u32 guest;
	u32 core;
};

static inline bool bits_to_core(const struct bit_pair *pairs, size_t n, u32 guest, u32 *core)
{
	u32 out = 0;

	for (size_t i = 0; i < n && guest; i++) {
		if (pairs[i].guest && (guest & pairs[i].guest) == pairs[i].guest) {
			guest &= ~pairs[i].guest;
			out |= pairs[i].core;
		}
	}
	*core = out;
	return guest == 0;
}

static inline bool bits_to_guest(const struct bit_pair *pairs, size_t n, u32 core, u32 *guest)
{
	u32 out = 0;

	for (size_t i = 0; i < n && core; i++) {
		if (pairs[i].core && (core & pairs[i].core) == pairs[i].core) {
			core &= ~pairs[i].core;
			out |= pairs[i].guest;
		}
	}
	*guest = out;
	return core == 0;
}

/* One value for another: the first pair that has it; false when none does. */
static inline bool value_to_core(const struct bit_pair *pairs, size_t n, u32 guest, u32 *core)
{
	for (size_t i = 0; i < n; i++) {
		if (pairs[i].guest == guest) {
			*core = pairs[i].core;
			return true;
		}
	}
	return false;
}

static inline bool value_to_guest(const struct bit_pair *pairs, size_t n, u32 core, u32 *guest)
{
	for (size_t i = 0; i < n; i++) {
		if (pairs[i].core == core) {
			*guest = pairs[i].guest;
			return true;
		}
	}
	return false;
}

#endif
