/* SPDX-License-Identifier: BSD-2-Clause */
/* core/notes.h: FBIRD_LOG=LEVEL[:ROOM][,LEVEL[:ROOM]...]: what the runtime is to tell of itself. */
#ifndef FB_CORE_NOTES_H
#define FB_CORE_NOTES_H

#include "exo/note.h"

/* The value of FBIRD_LOG into levels; the first piece of it that makes no sense, and *n its
 * length, or NULL. */
const char *core_notes_parse(const char *text, u8 levels[ROOM_COUNT], u32 *n);

#endif
