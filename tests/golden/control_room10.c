/* SPDX-License-Identifier: BSD-2-Clause */
/* control_room.c with the note of FreeBSD 10.2. */
__asm__(".pushsection .note.tag, \"a\", @note\n"
	".long 8, 4, 1\n"
	".asciz \"FreeBSD\"\n"
	".long 1002000\n"
	".popsection\n");

#include "control_room.c"
