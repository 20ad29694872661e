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

/* An entry that came from another directory, or went there, extends this one. */
static u32 entry_notes(u32 mask, bool stays)
{
	u32 moved = mask & (CORE_IN_MOVED_FROM | CORE_IN_MOVED_TO);
	u32 notes = 0;

	if (mask & (CORE_IN_CREATE | CORE_IN_DELETE))
		notes |= CORE_NOTE_WRITE;
	else if (moved)
		notes |= stays ? CORE_NOTE_WRITE : CORE_NOTE_WRITE | CORE_NOTE_EXTEND;
	if (notes && (mask & CORE_IN_ISDIR) && !stays)
		notes |= CORE_NOTE_LINK;
	return notes;
}

u32 kq_vnode_notes(u32 mask, enum kq_about about, int links, i64 growth)
{
	u32 notes = 0;

	if (about != KQ_ITSELF)
		return entry_notes(mask, about == KQ_ENTRY_RENAMED);
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
