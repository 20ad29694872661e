/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/objects.h: the files that were executed, and the names of their functions.
 *
 * A file is opened when it is first seen: the process that mapped it, whose root its name is of,
 * may be gone a moment later, and so may the file. What is in it is read when a sample asks.
 */
#ifndef FB_CLI_PROF_OBJECTS_H
#define FB_CLI_PROF_OBJECTS_H

#include <stdbool.h>

#include "cli/prof/cfi.h"
#include "cli/prof/lines.h"
#include "lib/base.h"

enum {
	OBJECT_FBIRD,	/* the runtime, when nobody asked what is in it */
	OBJECT_UNKNOWN, /* an address where nothing is known to be */
	OBJECT_CALL,	/* no object: a call of the system, by number */
	OBJECT_THREAD,	/* nor this: a thread, or its process */
	OBJECT_OTHERS,	/* the first that is none of these */
};

struct object_seen {
	const char *path; /* as the kernel says it, in the root of process pid */
	u32 major, minor;
	u64 ino;
	u32 pid;
};

struct objects;

struct objects *objects_new(const char *tool);
u32 objects_add(struct objects *o, const struct object_seen *seen);
/* A PDP-11 program of that system, by the path its own process called it. */
u32 objects_add_aout(struct objects *o, const char *path, u32 pid, const char *personality);
void objects_set_runtime(struct objects *o, u32 object);
bool objects_is_tool(const struct objects *o, u32 object);

/* The file's name without directories, or what it is in brackets. */
const char *object_name(const struct objects *o, u32 object);
/* The function at an offset of the file; NULL: nobody knows. */
const char *object_function(struct objects *o, u32 object, u64 offset);
/* Its source; none, 0. */
u32 object_lines(struct objects *o, u32 object, u64 offset, struct line_at *v, u32 room);
/* What is known of its frames; NULL: nothing. */
struct cfi *object_cfi(struct objects *o, u32 object);
/* Is the address to return to, behind an instruction that calls? What cannot be read is not. */
bool object_is_behind_call(struct objects *o, u32 object, u64 offset);
/* How far into its function; UINT64_MAX: nobody knows. */
u64 object_into_function(struct objects *o, u32 object, u64 offset);
bool object_is_file(const struct objects *o, u32 object);

#endif
