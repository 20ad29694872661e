/* SPDX-License-Identifier: BSD-2-Clause */
/* FBIRD_LOG: levels and rooms, one behind the other, and what makes no sense. */

#include <string.h>

#include "core/notes.h"
#include "tests/unit/tap.h"

static u8 levels[ROOM_COUNT];

static const char *parse(const char *text, u32 *n)
{
	memset(levels, 0, sizeof(levels));
	return core_notes_parse(text, levels, n);
}

static void refused(const char *text, const char *piece)
{
	u32 n = 0;
	const char *wrong = parse(text, &n);
	char found[32] = "";

	if (wrong && n < sizeof(found))
		memcpy(found, wrong, n);
	is_string(found, piece, "'%s' has a piece that makes no sense", text);
}

int main(void)
{
	u32 n;

	ok(!parse("info", &n), "a level alone");
	for (u32 i = 0; i < ROOM_COUNT; i++)
		is_number(levels[i], NOTE_INFO, "is that of room %u", i);
	ok(!parse("debug:exo", &n), "a level of a room");
	is_number(levels[ROOM_EXO], NOTE_DEBUG, "is that room's");
	is_number(levels[ROOM_CORE], NOTE_NOTHING, "and no other's");
	ok(!parse("warn,off:loader,debug:rt", &n), "several");
	is_number(levels[ROOM_LOADER], NOTE_NOTHING, "the later one counts");
	is_number(levels[ROOM_RT], NOTE_DEBUG, "for each room");
	is_number(levels[ROOM_PERSONALITY], NOTE_WARN, "and the first for the others");
	ok(!parse("info:all", &n), "all rooms by name");
	is_number(levels[ROOM_CORE], NOTE_INFO, "are all");
	refused("loud", "loud");
	refused("debug:exo,loud,mute", "loud");
	is_number(levels[ROOM_EXO], NOTE_DEBUG, "what makes sense holds");
	refused("debug:cellar", "debug:cellar");
	refused("debug:", "debug:");
	refused("debug:exo:", "debug:exo:");
	refused("info,", "");
	ok(parse("info,", &n) && n == 0, "an empty piece is none");
	refused("de", "de");
	refused("debugs", "debugs");
	return tap_end();
}
