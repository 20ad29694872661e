/* SPDX-License-Identifier: BSD-2-Clause */
/* core/kqueue_units: a timer's time, and what a change of a file is called. */

#include "core/kqueue_impl.h"
#include "tests/unit/tap.h"

static void times(void)
{
	is_number(kq_timer_ns(5, 0), 5000000, "milliseconds without a unit");
	is_number(kq_timer_ns(5, CORE_NOTE_SECONDS), 5000000000, "seconds");
	is_number(kq_timer_ns(5, CORE_NOTE_MSECONDS), 5000000, "milliseconds");
	is_number(kq_timer_ns(5, CORE_NOTE_USECONDS), 5000, "microseconds");
	is_number(kq_timer_ns(5, CORE_NOTE_NSECONDS), 5, "nanoseconds");
	is_number(kq_timer_ns(5, CORE_NOTE_NSECONDS | CORE_NOTE_ABSTIME), 5, "of the day");
	is_number(kq_timer_ns(5, CORE_NOTE_SECONDS | CORE_NOTE_NSECONDS), -1, "two units");
	is_number(kq_timer_ns(INT64_MAX, CORE_NOTE_SECONDS), INT64_MAX / 4, "as long as can be");
	is_number(kq_timer_ns(INT64_MAX, CORE_NOTE_NSECONDS), INT64_MAX / 4, "and not longer");
	is_number(kq_timer_ns(0, 0), 0, "none");
}

static void files(void)
{
	static const struct {
		u32 mask;
		enum kq_about about;
		int links;
		i64 growth;
		u32 notes;
	} of[] = {
	    {CORE_IN_MODIFY, KQ_ITSELF, 0, 5, CORE_NOTE_WRITE | CORE_NOTE_EXTEND},
	    {CORE_IN_MODIFY, KQ_ITSELF, 0, 0, CORE_NOTE_WRITE},
	    {CORE_IN_MODIFY, KQ_ITSELF, 0, -5, CORE_NOTE_ATTRIB},
	    {CORE_IN_ATTRIB, KQ_ITSELF, 0, 0, CORE_NOTE_ATTRIB},
	    {CORE_IN_ATTRIB, KQ_ITSELF, 1, 0, CORE_NOTE_LINK},
	    {CORE_IN_ATTRIB, KQ_ITSELF, -1, 0, CORE_NOTE_DELETE},
	    {CORE_IN_DELETE_SELF, KQ_ITSELF, 0, 0, CORE_NOTE_DELETE},
	    {CORE_IN_MOVE_SELF, KQ_ITSELF, 0, 0, CORE_NOTE_RENAME},
	    {CORE_IN_OPEN, KQ_ITSELF, 0, 0, CORE_NOTE_OPEN},
	    {CORE_IN_CLOSE_NOWRITE, KQ_ITSELF, 0, 0, CORE_NOTE_CLOSE},
	    {CORE_IN_CLOSE_WRITE, KQ_ITSELF, 0, 0, CORE_NOTE_CLOSE_WRITE},
	    {CORE_IN_ACCESS, KQ_ITSELF, 0, 0, CORE_NOTE_READ},
	    {CORE_IN_UNMOUNT, KQ_ITSELF, 0, 0, CORE_NOTE_REVOKE},
	    {CORE_IN_IGNORED, KQ_ITSELF, 0, 0, 0},
	    {CORE_IN_CREATE, KQ_ENTRY, 0, 0, CORE_NOTE_WRITE},
	    {CORE_IN_CREATE | CORE_IN_ISDIR, KQ_ENTRY, 1, 0, CORE_NOTE_WRITE | CORE_NOTE_LINK},
	    {CORE_IN_DELETE | CORE_IN_ISDIR, KQ_ENTRY, -1, 0, CORE_NOTE_WRITE | CORE_NOTE_LINK},
	    {CORE_IN_MOVED_FROM, KQ_ENTRY, 0, 0, CORE_NOTE_WRITE | CORE_NOTE_EXTEND},
	    {CORE_IN_MOVED_TO | CORE_IN_ISDIR, KQ_ENTRY, 0, 0,
	     CORE_NOTE_WRITE | CORE_NOTE_EXTEND | CORE_NOTE_LINK},
	    {CORE_IN_MOVED_TO | CORE_IN_ISDIR, KQ_ENTRY_RENAMED, 0, 0, CORE_NOTE_WRITE},
	    {CORE_IN_MODIFY, KQ_ENTRY, 0, 5, 0},
	    {CORE_IN_ATTRIB, KQ_ENTRY, -1, 0, 0},
	};

	for (u32 i = 0; i < ARRAY_LEN(of); i++)
		is_number(kq_vnode_notes(of[i].mask, of[i].about, of[i].links, of[i].growth),
			  of[i].notes, "mask %x%s, links %d, size %ld", of[i].mask,
			  of[i].about ? " of an entry" : "", of[i].links, of[i].growth);
}

int main(void)
{
	times();
	files();
	return tap_end();
}
