/* SPDX-License-Identifier: BSD-2-Clause */
/* core/kqueue_units.c: what of the kqueue engine needs no machine. */
#include "core/kqueue_impl.h"

#define LONGEST (INT64_MAX / 4)

i64 kq_timer_ns(i64 data, u32 fflags)
{
	i64 unit;

	switch (fflags & (CORE_NOTE_SECONDS | CORE_NOTE_MSECONDS | CORE_NOTE_USECONDS |
			  CORE_NOTE_NSECONDS)) {
	case CORE_NOTE_SECONDS:
		unit = 1000000000;
		break;
	case 0:
	case CORE_NOTE_MSECONDS:
		unit = 1000000;
		break;
	case CORE_NOTE_USECONDS:
		unit = 1000;
		break;
	case CORE_NOTE_NSECONDS:
		unit = 1;
		break;
	default:
		return -1;
	}
	return data > LONGEST / unit ? LONGEST : data * unit;
}
