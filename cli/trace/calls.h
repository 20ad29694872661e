/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/calls.h: what the tables say of each call, as a tracer wants it: the words of its
 * arguments as numbers, its result, what it is about.
 */
#ifndef FB_CLI_TRACE_CALLS_H
#define FB_CLI_TRACE_CALLS_H

#include "cli/tables.h"
#include "cli/trace/names.h"
#include "trace/trace.h"
#include "trace/words.h"

enum call_result { RESULT_INT, RESULT_PTR, RESULT_HEX, RESULT_OCT, RESULT_NORET };

/* What -e trace=CLASS means. */
enum call_class {
	CLASS_FILE = 1 << 0,
	CLASS_NETWORK = 1 << 1,
	CLASS_PROCESS = 1 << 2,
	CLASS_MEMORY = 1 << 3,
	CLASS_SIGNAL = 1 << 4,
	CLASS_DESC = 1 << 5,
	CLASS_IPC = 1 << 6,
	CLASS_CREDS = 1 << 7,
	CLASS_CLOCK = 1 << 8,
};

struct call_info {
	const char *name; /* NULL: no such call */
	u8 nargs;
	u8 result; /* enum call_result */
	bool returns_fd;
	bool two_words; /* a PDP-11's result is long */
	bool ends;	/* its process or its thread */
	u8 word[TRACE_ARGS];
	char arg[TRACE_ARGS][20]; /* its name, cut short */
};

struct abi {
	const char *name;
	u32 number; /* in trace_header.abi */
	bool pdp11;
	enum names names;
	u32 count;
	struct call_info *calls;
};

/* All personalities; made once. */
const struct abi *abi_all(u32 *count);
/* By number; NULL: none. */
const struct abi *abi_at(u32 number);
/* The call, or NULL when there is none of that number. */
const struct call_info *abi_call(const struct abi *a, u32 nr);

/* Is it one of these, with blanks between them? Each may begin or end with a '*'. */
bool name_is_among(const char *name, const char *patterns);

/* What it is about: enum call_class. */
u32 call_classes(const struct call_info *c);
/* The class of that name ("file"), 0 for none. */
u32 class_named(const char *name, size_t n);

#endif
