/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/format.h: what `fbird trace` writes: one file for each format. */
#ifndef FB_CLI_TRACE_FORMAT_H
#define FB_CLI_TRACE_FORMAT_H

#include "cli/trace/reader.h"
#include "cli/trace/text.h"

enum clock_style { CLOCK_NONE, CLOCK_SECONDS, CLOCK_MICRO, CLOCK_UNIX };

struct format_options {
	bool who;     /* each line begins with the process */
	bool to_file; /* and as strace has it in files */
	enum clock_style clock;
	bool relative; /* -r: time since the line before */
	bool duration; /* -T */
	bool bare;     /* the program's end and signals are not told */
};

struct format {
	const char *name;
	void (*begin)(struct text *t, const struct format_options *o, struct reader *r);
	void (*event)(struct text *t, const struct format_options *o, struct reader *r,
		      const struct event *e);
	/* A process that we can wait for has ended; status as of wait(2). */
	void (*ended)(struct text *t, const struct format_options *o, struct reader *r, u32 pid,
		      int status);
	void (*end)(struct text *t, const struct format_options *o, struct reader *r);
};

extern const struct format format_strace, format_json, format_csv, format_perfetto;

#endif
