/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/cfi.h: from a function to the one that called it, by what the compiler wrote of its
 * frames: .eh_frame, or .debug_frame (DWARF standard, version 5, 6.4), by libdw.
 */
#ifndef FB_CLI_PROF_CFI_H
#define FB_CLI_PROF_CFI_H

#include <stdbool.h>

#include "lib/base.h"

/* By their numbers of the System V ABI, AMD64 supplement, figure 3.36. */
enum {
	CFI_RBX = 3,
	CFI_RBP = 6,
	CFI_RSP = 7,
	CFI_R12 = 12,
	CFI_R15 = 15,
	CFI_RIP = 16,
	CFI_REGISTERS
};

struct registers {
	u64 v[CFI_REGISTERS];
};

/* What is known of the program's stack. */
struct stack_copy {
	u64 base;
	const u8 *p;
	u64 size;
};

bool stack_word(const struct stack_copy *s, u64 address, u64 *word);

struct cfi;

/* NULL: the file says nothing of frames. The descriptor must stay open. */
struct cfi *cfi_read(int fd);
void cfi_free(struct cfi *c);

enum cfi_step {
	CFI_STEPPED,
	CFI_NOTHING, /* nothing is known of that place */
	CFI_END,     /* it is the outermost, or what it needs is not in the copy */
};

/* offset: in the file, of the instruction that calls. r becomes the caller's; signal: it was not
 * called but interrupted. */
enum cfi_step cfi_step(struct cfi *c, u64 offset, struct registers *r, const struct stack_copy *s,
		       bool *signal);

/* Do most functions keep a frame pointer? */
bool cfi_has_frame_pointers(struct cfi *c);

#endif
