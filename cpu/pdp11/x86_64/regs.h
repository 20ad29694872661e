/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/x86_64/regs.h: which of the host's registers are what, in translated code.
 *
 * R0 to R5 are in registers that a C function keeps, SP in RSI, and RDI points at the word
 * that says an event waits. All seven are the 16 bits and zeros above them, so that each is
 * an address as it stands: both spaces lie below 2 GiB, which makes their bases displacements.
 * RAX, RCX, RDX and R8 to R11 hold what one instruction needs.
 */
#ifndef FB_CPU_PDP11_X86_64_REGS_H
#define FB_CPU_PDP11_X86_64_REGS_H

#include "cpu/pdp11/code_impl.h"
#include "cpu/pdp11/x86_64/emit.h"

#define PDP11_HOST_REGS                                                                            \
	{                                                                                          \
		RBX, RBP, R12, R13, R14, R15, RSI                                                  \
	}
#define PDP11_HOST_EVENT RDI

/* To and from struct pdp11, without PC. */
void pdp11_emit_store_regs(struct x86 *x, const struct pdp11 *cpu);
void pdp11_emit_load_regs(struct x86 *x, const struct pdp11 *cpu);

#endif
