/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/debugged.h: a debugger that a program of another processor than the machine's is run for.
 *
 * `fbird debug` leaves a socket (a descriptor) and speaks GDB's remote protocol on it; whoever
 * runs the processor answers (personality/research/debug.c). The next program of the same process
 * goes on with it.
 */
#ifndef FB_CORE_DEBUGGED_H
#define FB_CORE_DEBUGGED_H

#include "lib/base.h"

struct core_debugged {
	int fd;	       /* 0: nobody */
	bool again;    /* the debugger waits for a program that was executed */
	bool no_ack;   /* and takes packets without acknowledgements */
	bool possible; /* somebody here would answer one who comes now */
};
extern struct core_debugged core_debugged;

#define CORE_DEBUGGED_TEXT 32

/* The descriptor, and behind it "a" or "n" for a later program: with acknowledgements or not. */
void core_debugged_set(const char *text);
/* ";debug=" and that, for the next image (rt/options.c), or nothing. */
void core_debugged_to_text(char text[CORE_DEBUGGED_TEXT]);
/* Somebody asks to from outside (trace/attach.h), while the program runs. */
void core_debugged_asked(u64 asked);
/* Nobody debugs this process any more. */
void core_debugged_end(void);

#endif
