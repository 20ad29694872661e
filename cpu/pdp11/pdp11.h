/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/pdp11.h: a PDP-11/70 as a user-mode program sees it.
 *
 * The processor has registers, condition codes, the FP11 and two address spaces of 64 KiB, and
 * knows nothing of UNIX: it runs until something happens that is not its own business, and says
 * what. Whoever runs it (personality/research) does what a kernel would do and runs it on. Two
 * engines do the same: an interpreter, which is the reference (interp.c), and a translator
 * (code.h). Facts: PDP-11 Processor Handbook (11/04 to 11/70, EB 19402-20/81), appendix B of
 * the Architecture Handbook (EB-23657-18) for what differs between models.
 */
#ifndef FB_CPU_PDP11_PDP11_H
#define FB_CPU_PDP11_PDP11_H

#include "lib/base.h"

#define PDP11_SPACE 0x10000 /* bytes of an address space */
#define PDP11_PAGE  0x1000  /* what is there and what may be written is said for each so much */

#define PDP11_SP 6
#define PDP11_PC 7

/* The processor status word; in user mode only these can change. */
#define PDP11_C 001
#define PDP11_V 002
#define PDP11_Z 004
#define PDP11_N 010
#define PDP11_T 020

struct pdp11 {
	u16 r[8];
	u16 psw;
	u16 fps; /* FP11 status */
	u16 fec; /* code of its last exception, and where it was */
	u16 fea;
	/* Accumulators: sign, exponent and fraction from bit 63 down as memory has them, first
	 * word first; single precision is the upper half. */
	u64 ac[6];

	/*
	 * The host's addresses of both spaces; the same where they are not separate. Instructions,
	 * their further words and immediate operands are text, everything else is data.
	 */
	u8 *text, *data;
	/* Bit n: page n may be read or executed, written. */
	u16 text_read, data_read, data_write;
	u16 text_write; /* immediate operands as destinations; 0 for pure text */

	/* Non-zero: stop with PDP11_EVENT. Looked at often, but not at every instruction; a jump
	 * backwards is never taken twice without a look. NULL: nobody wants to stop it. */
	const volatile u32 *event;

	/* NULL, or a byte for each word of the data space: with bit 0 the one who set it wants to
	 * know of a store there, and finds the word's number, plus 1, in `written`. */
	const u8 *watch;
	u32 written;

	/* Of pdp11_cold: NULL, or counts of jumps to each word, and how many are many. */
	u8 *visits;
	u8 hot;

	/* Why it stopped. */
	u16 stop_word; /* the instruction: of TRAP and EMT the lower byte is the argument */
	u16 stop_addr; /* of PDP11_ODD and PDP11_SEGV: the address */
	u16 stop_text; /* and whether it was one of the text's */
	u16 stop_pc;   /* and how far PC had come by then; not counted is what -(PC) took back */
};

/*
 * For TRAP, EMT, BPT, IOT, TRACE, FPE and EVENT the instruction is done and PC is behind it; in
 * all other cases every register, the condition codes and memory are as before the instruction,
 * so that it can be run again. Of an FP11 exception and a trace trap after one instruction the
 * exception is told. WAIT, RESET and SPL do nothing in user mode.
 */
enum pdp11_stop {
	PDP11_TRAP,    /* vector 034 */
	PDP11_EMT,     /* 030 */
	PDP11_IOT,     /* 020 */
	PDP11_BPT,     /* 014 */
	PDP11_TRACE,   /* 014, by the T bit */
	PDP11_ILLEGAL, /* 010: reserved and illegal instructions */
	PDP11_ODD,     /* 004: a word at an odd address; HALT in user mode */
	PDP11_SEGV,    /* 0250: a page that is not there, or may not be written */
	PDP11_FPE,     /* 0244: FP11; fec and fea say more */
	PDP11_EVENT,   /* *event is set; nothing is wrong */
};

/* One instruction, whatever *event is; PDP11_EVENT when it was an ordinary one. */
enum pdp11_stop pdp11_step(struct pdp11 *cpu);

/* Runs until something happens. */
enum pdp11_stop pdp11_interp(struct pdp11 *cpu);

/* The same, but it also stops with PDP11_EVENT where a jump has led to a word for the `hot`th
 * time (forward branches are not counted), or T has been set. */
enum pdp11_stop pdp11_cold(struct pdp11 *cpu);

#endif
