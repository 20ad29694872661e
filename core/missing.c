/* SPDX-License-Identifier: BSD-2-Clause */
/* core/missing.c: a count per number; numbers beyond the table share the last slot. */
#include "core/missing.h"
#include "exo/note.h"

#define SLOTS 1024

static FB_LARGE u32 counts[SLOTS + 1];
static bool wanted;

void core_missing_count(u64 nr)
{
	if (__atomic_add_fetch(&counts[MIN(nr, (u64)SLOTS)], 1, __ATOMIC_RELAXED) == 1)
		exo_note(ROOM_PERSONALITY, NOTE_WARN, "call %lu is missing", nr);
}

void core_missing_want(bool report)
{
	wanted = report;
}

bool core_missing_wanted(void)
{
	return wanted;
}

void core_missing_report(const struct core_personality *abi)
{
	if (!wanted)
		return;
	for (u32 nr = 0; nr <= SLOTS; nr++) {
		if (!counts[nr])
			continue;
		if (nr < abi->table_len && abi->table[nr].name)
			exo_log("fbird: %s call %u (%s) is missing; asked for %u time%s\n",
				abi->name, nr, abi->table[nr].name, counts[nr],
				counts[nr] == 1 ? "" : "s");
		else
			exo_log("fbird: %s call %u%s does not exist; asked for %u time%s\n",
				abi->name, nr, nr == SLOTS ? " or above" : "", counts[nr],
				counts[nr] == 1 ? "" : "s");
	}
}
