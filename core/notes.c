/* SPDX-License-Identifier: BSD-2-Clause */
/* core/notes.c: core/notes.h. */
#include "core/notes.h"
#include "lib/mem.h"

static const char *const levels_names[] = {
    [NOTE_NOTHING] = "off", [NOTE_WARN] = "warn", [NOTE_INFO] = "info", [NOTE_DEBUG] = "debug"};
static const char *const room_names[] = {
    [ROOM_EXO] = "exo",	  [ROOM_LOADER] = "loader",
    [ROOM_CORE] = "core", [ROOM_PERSONALITY] = "personality",
    [ROOM_RT] = "rt",	  [ROOM_COUNT] = "all",
};

/* Which of the names the n bytes are, -1 for none. */
static int named(const char *const *names, u32 count, const char *s, u32 n)
{
	for (u32 i = 0; i < count; i++)
		if (strlen(names[i]) == n && memcmp(names[i], s, n) == 0)
			return (int)i;
	return -1;
}

const char *core_notes_parse(const char *text, u8 levels[ROOM_COUNT], u32 *n)
{
	const char *wrong = NULL;

	for (const char *p = text;; p++) {
		u32 size = 0, word = 0;
		int level, room = ROOM_COUNT;

		while (p[size] && p[size] != ',')
			size++;
		while (word < size && p[word] != ':')
			word++;
		level = named(levels_names, ARRAY_LEN(levels_names), p, word);
		if (word < size)
			room =
			    named(room_names, ARRAY_LEN(room_names), p + word + 1, size - word - 1);
		if ((level < 0 || room < 0) && !wrong) {
			wrong = p;
			*n = size;
		}
		for (int i = 0; level >= 0 && i < ROOM_COUNT; i++)
			if (room == i || room == ROOM_COUNT)
				levels[i] = (u8)level;
		p += size;
		if (!*p)
			return wrong;
	}
}
