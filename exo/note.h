/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/note.h: what the runtime tells of its own doings on the standard error, when FBIRD_LOG asks
 * (core/notes.c): by room and level. Who does not ask pays a byte's comparison, and none of it is
 * on the way of a call that goes well.
 */
#ifndef FB_EXO_NOTE_H
#define FB_EXO_NOTE_H

#include "lib/base.h"

enum exo_room {
	ROOM_EXO,
	ROOM_LOADER,
	ROOM_CORE,
	ROOM_PERSONALITY,
	ROOM_RT,
	ROOM_COUNT,
};

enum exo_level {
	NOTE_NOTHING,
	NOTE_WARN,  /* a guest asked for what is not there */
	NOTE_INFO,  /* programs, processes, signals */
	NOTE_DEBUG, /* mappings, call sites, threads */
};

extern u8 exo_note_levels[ROOM_COUNT]; /* enum exo_level: this and those below are told */

void exo_note_text(enum exo_room room, const char *fmt, ...) PRINTF_LIKE(2, 3)
    __attribute__((cold));

#define exo_note(room, level, ...)                                                                 \
	do {                                                                                       \
		if (UNLIKELY(exo_note_levels[room] >= (level)))                                    \
			exo_note_text(room, __VA_ARGS__);                                          \
	} while (0)

#endif
