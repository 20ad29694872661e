/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/prompt.h: the small debugger for PDP-11 programs: what its parts share.
 */
#ifndef FB_CLI_DEBUG_PROMPT_H
#define FB_CLI_DEBUG_PROMPT_H

#include "cli/debug/session.h"
#include "cli/debug/symbols.h"
#include "cli/tables.h"

#define POINTS_MAX  72 /* as many as the stub has room for */
#define CAUGHT_MAX  64
#define INSTRUCTION 6 /* bytes at most */

struct point {
	int id;
	char kind; /* of a Z packet: '0' a breakpoint, '2' to '4' watchpoints */
	u16 addr, len;
	u16 value; /* of a watched word, when it was looked at last */
};

struct prompt {
	struct session s;
	struct symbols symbols;
	char personality[32];
	char program[1024];
	const struct table *calls;
	u16 r[8], ps; /* as of the last stop */
	struct point point[POINTS_MAX];
	int npoints, next_id;
	int caught[CAUGHT_MAX], ncaught;
	u8 signal; /* the program gets this when it goes on */
	bool quit;
	bool attached;	   /* it ran before us, and goes on without us */
	bool follow_child; /* of fork's two processes */
	bool calling;	   /* it stopped at a call, which is not done yet */
	char format;	   /* of the last x, and where it ended */
	u16 next;
	u16 listed; /* where disassemble goes on */
};

/* ---- data.c ---- */

/* Bytes of memory; false, after a sentence, when they are not there. */
bool prompt_read(struct prompt *p, u16 addr, bool text, u8 *to, u32 n);
bool prompt_word(struct prompt *p, u16 addr, u16 *value);
bool prompt_store(struct prompt *p, u16 addr, const u8 *from, u32 n);
bool prompt_registers(struct prompt *p);
bool prompt_set_register(struct prompt *p, int n, u16 value);
/* Number 0 to 7, 8 for ps; -1: no register is called so. */
int register_named(const char *name, size_t n);

/* An expression at *text, which is moved behind it; false after a sentence. */
bool prompt_value(struct prompt *p, const char **text, u16 *value);
/* The same, and nothing may follow. */
bool prompt_only_value(struct prompt *p, const char *text, u16 *value);

/* "0123 <_main+4>"; in one of a few buffers in turn. */
const char *prompt_place(const struct prompt *p, u16 addr, bool text);

/* Prints the instruction at addr; the bytes it has, 0: none could be read. */
u32 prompt_instruction(struct prompt *p, u16 addr, const char *mark);
void prompt_examine(struct prompt *p, const char *args);
void prompt_backtrace(struct prompt *p);
void prompt_floats(struct prompt *p);

/* ---- go.c ---- */

/* Tells the stub of every point and call again: a program that was executed has a new one. */
bool prompt_sync(struct prompt *p);
void prompt_continue(struct prompt *p);
void prompt_step(struct prompt *p, long count, bool over);
void prompt_finish(struct prompt *p);
/* Looks whose program it is; says so when it has changed. */
void prompt_look(struct prompt *p, bool quiet);

#endif
