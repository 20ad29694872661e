/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/code.h: the other engine: a PDP-11's instructions become the host's.
 *
 * It does what pdp11_interp does, and asks it (instruction by instruction) about everything it
 * has not translated: what ran only a few times, what is rare, and every instruction that
 * stops. Where an instruction reaches memory that is not there the host's own fault is the
 * check: whoever catches it goes on at the landing (struct pdp11_landing), and the interpreter
 * then says what is wrong. So the pages of both spaces must have the host's protection that
 * the masks of struct pdp11 say.
 *
 * One thing is not as in the interpreter: condition codes that the failing instruction, or the
 * one before it, would have replaced may be older ones when it stops with PDP11_ODD,
 * PDP11_SEGV or PDP11_FPE. No instruction that is run then ever sees them. Nor are codes made
 * that nothing translated with them looks at, though a program may be about to overwrite that
 * with something that does.
 */
#ifndef FB_CPU_PDP11_CODE_H
#define FB_CPU_PDP11_CODE_H

#include "cpu/pdp11/pdp11.h"

/* Memory that an engine needs: zeroed, at a page below 2 GiB, like both spaces and the
 * processor itself. What is behind PDP11_CODE_DATA becomes its code. */
#define PDP11_CODE_DATA 0x300000
#define PDP11_CODE_SIZE 0x600000

struct pdp11_code;

/* What struct pdp11's `visits` is to count to, and how many bytes it has. */
#define PDP11_CODE_HOT	  100
#define PDP11_CODE_VISITS (PDP11_SPACE / 2)

/* protect: makes n bytes at p, whole pages, writable or executable, never both; false when the
 * host does not let it. cpu's spaces and visits are known by now and stay where they are.
 * NULL: there can be no code. */
struct pdp11_code *pdp11_code_start(void *memory, struct pdp11 *cpu,
				    bool (*protect)(void *p, size_t n, bool writable));

enum pdp11_stop pdp11_code_run(struct pdp11_code *c);

/* Somebody other than the processor wrote len bytes of its memory at addr. */
void pdp11_code_changed(struct pdp11_code *c, u16 addr, u32 len);

/* Somebody changed any instructions. */
void pdp11_code_forget(struct pdp11_code *c);

/*
 * The text from addr on is another's now: overlay n (0 to 15) of those that take turns at these
 * len bytes, always the same. What is translated of one is there when it comes back.
 */
#define PDP11_OVERLAYS 16
void pdp11_code_overlay(struct pdp11_code *c, u16 addr, u32 len, u32 n);

/* A fault of the host at [low, high) is one of the guest: r11 becomes the address of the
 * faulting instruction, and the thread goes on at `at`. */
struct pdp11_landing {
	u64 low, high, at;
};
struct pdp11_landing pdp11_code_landing(const struct pdp11_code *c);

#endif
