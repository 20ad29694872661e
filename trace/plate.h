/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trace/plate.h: what a runtime says about itself to who looks into its process from outside.
 *
 * The plate is constant and heads the image, which lies at a fixed address (exo/x86_64/layout.h),
 * so that `fbird ps` and `fbird debug` need neither symbols nor the file: whoever may read the
 * memory of a process sees there whether it is a guest. It leads to the facts, which a start
 * writes once: a fork copies them, an exec makes new ones, and nothing else changes them. The
 * guest can write where they are; a reader takes them for the words of a stranger.
 */
#ifndef FB_TRACE_PLATE_H
#define FB_TRACE_PLATE_H

#include "lib/base.h"

#define TRACE_PLATE_AT	  0x700000080000     /* EXO_GUEST_HIGH */
#define TRACE_PLATE_MAGIC 0x32545244524942f1 /* changes with the layout of what follows */

struct trace_facts {
	const char *personality; /* NULL: none yet */
	const char *root;	 /* the directory on the host that its "/" is; NULL: the host's */
	const char *program;	 /* its path as the guest has it; "[...]": no guest, a service */
	const void *table;	 /* struct core_syscall of the personality, by number */
	u64 table_len;
	u64 bias, low, high; /* where the program is mapped, and by how much it was moved */
	u64 interp_bias;
	u64 entry;	/* of the first instruction: the interpreter's where there is one */
	u8 in_process;	/* names are looked up by the runtime, in the root first */
	u8 interpreted; /* another processor's program */
};

struct trace_plate {
	u64 magic;
	u64 size;
	struct trace_facts *facts;
	const void *begins;	 /* is called when the guest's first instruction is next */
	const void *up_call;	 /* is called with a frame for each call without a handler */
	const void *code_mapped; /* is called with address and length of new executable pages */
	const void *leaves;	/* is come by with the frame on the stack when a thread goes back */
	const void *caught;	/* is called with the machine's number when a handler is to run */
	u32 *code_kept;		/* not 0: the guest's code is not changed while it is traced */
	const void *traced;	/* a pointer to what it shares with who traces it (trace/trace.h) */
	u64 thread_frame;	/* offset in what %gs:0 points at of the pointer to its frame */
	const char *low, *high; /* of the runtime's own code */
};

#endif
