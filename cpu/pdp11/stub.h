/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/stub.h: the target's side of GDB's remote serial protocol, for a PDP-11.
 *
 * It makes answers of packets and knows when the processor is to stop; it neither reads nor
 * writes to anybody. Who runs the processor (personality/research/debug.c) feeds it what comes
 * and sends what it says. Addresses are those of the data space; with bit 16, of the instructions'
 * (both are the same where the spaces are). Breakpoints are compared with, not written: the
 * program's memory stays as it is.
 *
 * Facts: "Debugging with GDB", appendix E (Remote Protocol) and G (Target Descriptions); signals
 * are numbered as include/gdb/signals.def does, which up to 15 is as UNIX always did.
 */
#ifndef FB_CPU_PDP11_STUB_H
#define FB_CPU_PDP11_STUB_H

#include "cpu/pdp11/pdp11.h"

#define STUB_PACKET	 1024 /* bytes between '$' and '#', either way */
#define STUB_BREAKPOINTS 64
#define STUB_WATCHPOINTS 8
#define STUB_CALLS	 256 /* numbers of system calls */
#define STUB_SIGINT	 2
#define STUB_SIGTRAP	 5
#define STUB_SIGNALS	 33

/* Bit 16 of an address. */
#define STUB_TEXT 0x10000u

/* Registers in the order of the protocol: r0-r5, sp, pc, ps, then the FP11's status and its six
 * accumulators of 64 bits. */
enum { STUB_PS = 8, STUB_FPS = 9, STUB_AC0 = 10, STUB_REGISTERS = 16 };

enum stub_watch { STUB_WRITE = 2, STUB_READ = 3, STUB_ACCESS = 4 }; /* as in Z packets */

struct stub_range {
	u16 at, len;
	u8 kind;
};

struct pdp11_stub {
	struct pdp11 *cpu;
	void *ctx;
	/* n bytes of memory within a space, all or none; false: they may not be touched. */
	bool (*read)(void *ctx, u32 addr, u8 *to, u32 n);
	bool (*write)(void *ctx, u32 addr, const u8 *from, u32 n);

	u16 breakpoint[STUB_BREAKPOINTS];
	u32 nbreakpoints;
	struct stub_range watch[STUB_WATCHPOINTS];
	u32 nwatch;
	u64 calls[STUB_CALLS / 64]; /* that are caught */
	u64 pass;		    /* signals that need not stop it */
	bool no_ack;
	bool follow; /* of a fork's two it is the child that is debugged on */
	u32 child;   /* its number, until a stop has told it */

	/* What is coming in. */
	u32 state, n;
	u8 sum, said;
	u8 in[STUB_PACKET + 1];

	/* What to say: framed, with its checksum. */
	u32 len;
	u8 out[STUB_PACKET + 16];
	u8 last[64]; /* the latest stop reply, for `?` */

	/* How to go on, after STUB_GO. */
	bool stepping;
	u8 signal; /* 0: none */
};

void pdp11_stub_start(struct pdp11_stub *s, struct pdp11 *cpu);

enum stub_event {
	STUB_MORE,	/* nothing is to be done yet */
	STUB_ANSWER,	/* out is to be sent */
	STUB_GO,	/* the program goes on; out may hold an acknowledgement */
	STUB_KILL,	/* it is to be killed */
	STUB_DETACH,	/* it goes on, alone; out is to be sent first */
	STUB_INTERRUPT, /* it is to stop, if it runs */
};

/*
 * Beside GDB's own packets: QFbirdFollow:1, of a fork's two the child is debugged on; :0, the
 * parent. Its first stop says "fbird-child:NUMBER;".
 */

/* One byte that came. */
enum stub_event pdp11_stub_byte(struct pdp11_stub *s, u8 byte);

/* Makes a stop reply: by a signal; at a watchpoint's address; at a call or its end. */
void pdp11_stub_stopped(struct pdp11_stub *s, u32 signal);
void pdp11_stub_watched(struct pdp11_stub *s, const struct stub_range *w, u32 at);
void pdp11_stub_called(struct pdp11_stub *s, u32 number, bool returned);

bool pdp11_stub_at_breakpoint(const struct pdp11_stub *s, u16 pc);
/* Of a call that is caught. */
bool pdp11_stub_catches(const struct pdp11_stub *s, u32 number);
/* Does the instruction at PC touch a watched place? *at: which address it is. NULL: none. */
const struct stub_range *pdp11_stub_watch(const struct pdp11_stub *s, u16 *at);
/* Is what was touched so watched? As above. */
struct pdp11_touch;
const struct stub_range *pdp11_stub_touched(const struct pdp11_stub *s, const struct pdp11_touch *t,
					    u16 *at);

/* ---- touch.c ----------------------------------------------------------------------------- */

struct pdp11_touch {
	u16 at, len;
	bool read, written;
};
#define PDP11_TOUCHES 4

/* The data that the instruction at PC will touch by its operands and its stack; how many. Not the
 * words that lead to them. cpu is only looked at. */
u32 pdp11_touches(const struct pdp11 *cpu, struct pdp11_touch t[PDP11_TOUCHES]);

#endif
