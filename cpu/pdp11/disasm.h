/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/disasm.h: an instruction of the PDP-11 as text, in the words of V7's adb and as, for
 * traces and for people.
 */
#ifndef FB_CPU_PDP11_DISASM_H
#define FB_CPU_PDP11_DISASM_H

#include "lib/base.h"

#define PDP11_DISASM_MAX 48 /* the longest text, with its NUL */

/*
 * Writes the instruction at `pc`, whose words are given, at least three of them or zeros. The
 * number of its words, 1 to 3; a word that is none of the 11/70's is written as its number.
 */
unsigned pdp11_disasm(char text[PDP11_DISASM_MAX], u16 pc, const u16 words[3]);

#endif
