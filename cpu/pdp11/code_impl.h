/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/code_impl.h: between the files of the translator.
 *
 * It takes a region at a time: the instructions reachable from one by branches and by falling
 * through, up to REGION_MAX of them (region.c), and turns them into the host's
 * (x86_64/translate.c). Every place in it where a block begins has its entry in a table by
 * address, through which everything else gets there; an empty entry leads back to code.c, which
 * interprets until a place has been visited often. Nothing is ever patched, so a region
 * is written once and executable from then on.
 *
 * Between blocks the registers are in the host's registers (x86_64/regs.h) and those
 * condition codes that somebody may still look at in `nzv` and `carry`. Within a block the
 * codes stay in the host's flags as long as they can; only live ones are ever made.
 *
 * Programs that can write their text: while any translated word lies in a writable page
 * every store looks whether it hits one (`words`), before it is done. A hit throws all code
 * away and the word is never translated again. Where text and data are apart no system lets
 * programs write the text; what is writable there is the interpreter's.
 */
#ifndef FB_CPU_PDP11_CODE_IMPL_H
#define FB_CPU_PDP11_CODE_IMPL_H

#include "cpu/pdp11/code.h"
#include "cpu/pdp11/decode.h"

#define REGION_MAX  200 /* instructions */
#define INSN_BYTES  256 /* of the host's, at most, for one of them with its way out */
#define REGION_ROOM (REGION_MAX * INSN_BYTES)
#define WORDS	    (PDP11_SPACE / 2)
#define PLACES_MAX  24576

/* Of `words`. */
#define WORD_CODE  1 /* is translated */
#define WORD_NEVER 2 /* is not to be: it was written after it had been */

#define NOWHERE 0xffff

/* How translated code returns: the program counter, and one of these above it. */
enum pdp11_exit {
	EXIT_NEXT,  /* go on there */
	EXIT_STEP,  /* the instruction there is the interpreter's */
	EXIT_CODE,  /* so it is, and it writes the translated word c->hit */
	EXIT_FAULT, /* it faulted; c->fault is where in the code */
	EXIT_STOP /* the interpreter, called from there, stopped: no counter but an enum pdp11_stop
		   */
};

struct pdp11_place {
	u32 code; /* offset of the first byte */
	u16 pc;	  /* made for this instruction */
};

struct pdp11_region {
	struct pdp11_insn in[REGION_MAX];
	u32 count;
	u8 live[REGION_MAX]; /* condition codes live before it; */
	u8 out[REGION_MAX];  /* and after it */
	bool head[REGION_MAX];
	u8 *label[REGION_MAX];
};

struct pdp11_code {
	/* The host's code knows where these are. */
	u16 nzv;   /* as lahf and seto leave them in ax; its carry means nothing */
	u8 carry;  /* 0 or 1 */
	u32 hit;   /* number of a word */
	u64 fault; /* where the host's fault was */
	u64 event; /* address of what says that one waits */
	u32 never; /* one that never comes */

	struct pdp11 *cpu;
	bool (*protect)(void *p, size_t n, bool writable);
	bool checked; /* stores look at words */
	u8 *low, *first, *at, *high;
	u8 *enter, *leave, *leave_stored, *landing;
	u32 places_used;
	u8 *visits; /* cpu's */

	u16 codes[16]; /* nzv for the lower four bits of a status word */
	/* Where overlays take turns, which is there now, and the entries of the others. */
	u32 window, window_end, overlay;
	u32 aside[PDP11_OVERLAYS][WORDS];
	u32 entry[WORDS]; /* of the host's code, 0: none */
	u8 words[WORDS] __attribute__((aligned(8)));
	u16 index[WORDS]; /* into the region at hand, plus 1 */
	struct pdp11_place places[PLACES_MAX];
	struct pdp11_region region;
	u64 work[2560]; /* for x86_64/tr.h */
};
_Static_assert(sizeof(struct pdp11_code) <= PDP11_CODE_DATA, "room for what it knows");

/* What may change behind the back of code that is not itself there. */
static inline bool pdp11_in_window(const struct pdp11_code *c, u32 pc)
{
	return pc >= c->window && pc < c->window_end;
}

/* Finds what belongs together with the instruction at pc; false when that is none to
 * translate. */
bool pdp11_region_find(struct pdp11_code *c, u16 pc);
/* The index of the instruction at pc in the region, or -1. */
static inline i32 pdp11_region_index(const struct pdp11_code *c, u16 pc)
{
	return pc & 1 ? -1 : (i32)c->index[pc / 2] - 1;
}

/* Does the path end behind this one? */
bool pdp11_insn_ends(const struct pdp11_insn *in);
/* Is it one that is left to the interpreter? */
bool pdp11_insn_foreign(const struct pdp11_insn *in);

/* Writes the code that goes in and out, once (x86_64/stubs.c). */
void pdp11_code_stubs(struct pdp11_code *c);
/* Writes the region's code and enters its blocks into the table. */
void pdp11_translate(struct pdp11_code *c);

#endif
