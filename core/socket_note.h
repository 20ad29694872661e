/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/socket_note.h: what an ABI keeps in a socket and the hub does not: bits, of the ABI's own
 * meaning, that go with the description wherever it is copied within the process.
 */
#ifndef FB_CORE_SOCKET_NOTE_H
#define FB_CORE_SOCKET_NOTE_H

#include "lib/base.h"

extern u32 core_socket_noted; /* how many sockets have any */

/* The bits of a socket that may have some. */
u32 core_socket_note_flags(int s);

/* The bits of a socket: nothing is looked up while no socket has any. */
static inline u32 core_socket_notes(int s)
{
	return UNLIKELY(__atomic_load_n(&core_socket_noted, __ATOMIC_RELAXED))
		   ? core_socket_note_flags(s)
		   : 0;
}

/* Sets and clears bits: 0, -CORE_ENOMEM. */
long core_socket_note(int s, u32 set, u32 clear);

#endif
