/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trace/attach.h: how `fbird trace -p` and a guest that runs already find each other.
 *
 * The host lets only the guest's own user and the superuser queue a signal to it. The command
 * queues SIGSYS, which the runtime always catches, with a value that says so and is a secret; the
 * guest, at its next call, connects to the local socket that is called by this value and looks who
 * listens there: nobody but its own user is believed, and nobody at all by a program that has more
 * than one. It is given the memory (trace/trace.h) and answers.
 *
 * Such a signal would end a program that is none of ours: what is one says the plate of each
 * (trace/plate.h), and the host says whether it catches the signal.
 */
#ifndef FB_TRACE_ATTACH_H
#define FB_TRACE_ATTACH_H

#include "lib/base.h"

#define ATTACH_TAG	 0xfb7au /* the upper 16 bits of the value; no address has them */
#define ATTACH_TAG_DEBUG 0xfb7bu /* for a debugger (core/debugged.h), whose the socket then is */
#define ATTACH_TAG_SHIFT 48
#define ATTACH_NAME	 "fbird-trace-" /* and the value in 16 hexadecimal digits, lower case */
#define ATTACH_NAME_SIZE (sizeof(ATTACH_NAME) - 1 + 16)

/* What the guest answers, a byte. */
enum attach_answer { ATTACH_DONE = 1, ATTACH_BUSY, ATTACH_UNFIT };

static inline bool attach_is(u64 value)
{
	return value >> ATTACH_TAG_SHIFT == ATTACH_TAG ||
	       value >> ATTACH_TAG_SHIFT == ATTACH_TAG_DEBUG;
}

static inline bool attach_is_debug(u64 value)
{
	return value >> ATTACH_TAG_SHIFT == ATTACH_TAG_DEBUG;
}

/* The socket's name, ATTACH_NAME_SIZE bytes, in the namespace of names that are no files. */
static inline void attach_name(char *name, u64 value)
{
	static const char prefix[] = ATTACH_NAME;

	for (u32 i = 0; i < sizeof(prefix) - 1; i++)
		name[i] = prefix[i];
	for (u32 i = 0; i < 16; i++)
		name[sizeof(prefix) - 1 + i] = "0123456789abcdef"[value >> (60 - 4 * i) & 15];
}

#endif
