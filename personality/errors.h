/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/errors.h: error numbers in both directions, for ABIs with an errno.def.
 *
 * The two tables are made from that list by the personality. Zero is no error and stays zero;
 * a number nobody knows becomes EINVAL.
 */
#ifndef FB_PERSONALITY_ERRORS_H
#define FB_PERSONALITY_ERRORS_H

#include "core/abi.h"

#define ERRORS_COUNT 256 /* entries of a table from neutral numbers */

static inline int errors_to_guest(const i16 from_core[ERRORS_COUNT], int core)
{
	if (core == 0)
		return 0;
	return core > 0 && core < ERRORS_COUNT && from_core[core] ? from_core[core]
								  : from_core[CORE_EINVAL];
}

static inline int errors_to_core(const u8 *to_core, size_t n, int number)
{
	if (number == 0)
		return 0;
	return number > 0 && (size_t)number < n && to_core[number] ? to_core[number] : CORE_EINVAL;
}

#endif
