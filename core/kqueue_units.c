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

u32 kq_vnode_notes(u32 mask, bool entry, int links, i64 growth)
{
	u32 notes = 0;

	if (entry) {
		if (mask &
		    (CORE_IN_CREATE | CORE_IN_DELETE | CORE_IN_MOVED_FROM | CORE_IN_MOVED_TO))
			notes |= CORE_NOTE_WRITE;
		if ((mask & CORE_IN_ISDIR) && (mask & (CORE_IN_CREATE | CORE_IN_DELETE)))
			notes |= CORE_NOTE_LINK;
		return notes;
	}
	if (mask & CORE_IN_ATTRIB)
		notes |= links < 0   ? CORE_NOTE_DELETE
			 : links > 0 ? CORE_NOTE_LINK
				     : CORE_NOTE_ATTRIB;
	if (mask & CORE_IN_DELETE_SELF)
		notes |= CORE_NOTE_DELETE;
	if (mask & CORE_IN_MOVE_SELF)
		notes |= CORE_NOTE_RENAME;
	if (mask & CORE_IN_MODIFY) /* a truncation sets an attribute */
		notes |= growth < 0   ? CORE_NOTE_ATTRIB
			 : growth > 0 ? CORE_NOTE_WRITE | CORE_NOTE_EXTEND
				      : CORE_NOTE_WRITE;
	if (mask & CORE_IN_OPEN)
		notes |= CORE_NOTE_OPEN;
	if (mask & CORE_IN_CLOSE_NOWRITE)
		notes |= CORE_NOTE_CLOSE;
	if (mask & CORE_IN_CLOSE_WRITE)
		notes |= CORE_NOTE_CLOSE_WRITE;
	if (mask & CORE_IN_ACCESS)
		notes |= CORE_NOTE_READ;
	if (mask & CORE_IN_UNMOUNT)
		notes |= CORE_NOTE_REVOKE;
	return notes;
}
