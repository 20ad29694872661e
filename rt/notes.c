/* SPDX-License-Identifier: BSD-2-Clause */
/* rt/notes.c: FBIRD_LOG of the environment; core/notes.h has its form. */
#include "core/notes.h"
#include "lib/mem.h"
#include "rt/rt.h"

void rt_notes_start(char **envp)
{
	static const char name[] = "FBIRD_LOG=";
	const char *wrong;
	u32 n = 0;

	while (*envp && strncmp(*envp, name, sizeof(name) - 1) != 0)
		envp++;
	if (!*envp || !(*envp)[sizeof(name) - 1])
		return;
	wrong = core_notes_parse(*envp + sizeof(name) - 1, exo_note_levels, &n);
	if (wrong) {
		char piece[80];

		n = MIN(n, (u32)sizeof(piece) - 1);
		memcpy(piece, wrong, n);
		piece[n] = '\0';
		exo_log("fbird: FBIRD_LOG: '%s' is not LEVEL or LEVEL:ROOM; levels are off, warn, "
			"info and debug, rooms exo, loader, core, personality, rt and all\n",
			piece);
	}
}
