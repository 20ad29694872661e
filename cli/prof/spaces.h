/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/spaces.h: what the processes have mapped that can be executed, as the records of the
 * kernel tell it, and so what an address of a sample is: a place in a file.
 *
 * In a process of a guest everything from EXO_GUEST_HIGH up is the runtime's, and that address
 * itself is the runtime's image; a Linux program that runs by itself has its libraries up there.
 */
#ifndef FB_CLI_PROF_SPACES_H
#define FB_CLI_PROF_SPACES_H

#include "cli/prof/objects.h"
#include "cli/prof/sampler.h"

/* A place in a file; for objects that are no file the address. */
struct place {
	u32 object;
	u32 pad;
	u64 offset;
};

struct space;
struct spaces;

struct spaces *spaces_new(struct objects *o, bool runtime);
/* A record that changes what is mapped; others are nothing to it. */
void spaces_note(struct spaces *s, const struct sampled *e);
/* Where no record tells: what a process that is still there has mapped now. */
void spaces_look(struct spaces *s, u32 pid, u32 parent);
bool spaces_known(struct spaces *s, u32 pid, u64 address);
/* The places of a sample, the innermost first; how many, 0: none. At most room. */
u32 spaces_places(struct spaces *s, const struct sampled *e, struct place *to, u32 room);

/* Those of a call, as its record has them (enum trace_when). */
u32 spaces_call_places(struct spaces *s, u32 pid, const u64 *addresses, u32 n, struct place *to,
		       u32 room);

/* The place of an address of the program's; false: nobody knows, or it is the runtime's. */
bool spaces_place(struct spaces *s, u32 pid, u64 address, struct place *to);
struct objects *spaces_objects(const struct spaces *s);

/* Is it of a guest with no file of its own that this processor executes? */
bool spaces_interpreted(struct spaces *s, const struct sampled *e);

#endif
