/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/exo.h: the exokernel interface, what FeuerBird asks of a machine.
 *
 * Two halves. Down-calls are operations on what the machine has: memory, threads,
 * wait and wake, files, sockets, time. Up-calls (exo_up_*) are events it delivers:
 * a guest call, an interruption, a new thread; the gateway implements them. How a
 * machine catches these events is its own affair. Everything here is in neutral
 * terms (core/abi.h): >= 0, or a negative CORE_E number.
 */
#ifndef FB_EXO_EXO_H
#define FB_EXO_EXO_H

#include "exo/x86_64/frame.h"
#include "lib/base.h"

/* ---- neutral POSIX operations ------------------------------------------------ */

enum exo_op {
#define CALL(name) EXO_##name,
#include "exo/calls.def"
#undef CALL
	EXO_OP_COUNT
};

/*
 * Performs one operation on behalf of the guest. If an event waits for the thread
 * the operation is not begun and -EXO_INTERRUPTED is returned; if one arrives while
 * it blocks it ends with -CORE_EINTR.
 */
long exo_call(enum exo_op op, u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5);
/* The same for the runtime's own book-keeping: begun whatever waits. */
long exo_call_now(enum exo_op op, u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5);

#define EXO_INTERRUPTED 512 /* outside the errno range of every ABI; never reaches a guest */

/* EXO(openat, fd, path, flags, mode): a call by name with the arguments it has. */
#define EXO_ARGS_(f, op, a, b, c, d, e, g, ...)                                                    \
	f(op, (u64)(a), (u64)(b), (u64)(c), (u64)(d), (u64)(e), (u64)(g))
#define EXO(name, ...)	   EXO_ARGS_(exo_call, EXO_##name, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)
#define EXO_NOW(name, ...) EXO_ARGS_(exo_call_now, EXO_##name, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

/* ---- threads ------------------------------------------------------------------ */

/* What a waiting event was, in neutral terms: the first 128 bytes are a core_siginfo. */
struct exo_event {
	u8 siginfo[128];
	u64 fault_trap; /* processor trap number, when a fault */
	u64 fault_error; /* processor error code, when a fault */
	u64 fault_addr;
};

/*
 * The machine's part of a thread. %gs:0 points at it; entry.S and the host-call stubs
 * know the offsets asserted below. It heads core's struct core_thread.
 */
struct exo_thread {
	struct exo_thread *self;
	u64 guest_sp;		/* scratch of the entry path */
	struct exo_frame *frame; /* top of the kernel stack, where calls save registers */
	u32 interrupted;	/* non-zero: an event waits; calls are not begun */
	u32 event_valid;	/* event below holds one */
	u64 block;		/* base of the memory block this lives in, for reuse */
	u64 altstack;		/* base of the stack the machine's handlers run on */
	u32 in_use;		/* cleared by the very last instructions of a dying thread */
	u32 tid;		/* the machine's id of this thread */
	u32 start_gate;		/* a new thread waits until its creator sets this */
	u32 dead_stack;		/* unused padding, keeps event aligned */
	u64 fault_resume;	/* reserved for the machine */
	struct exo_event event;
};

#define EXO_THREAD_GUEST_SP    8
#define EXO_THREAD_FRAME       16
#define EXO_THREAD_INTERRUPTED 24

OFFSET_ASSERT(struct exo_thread, guest_sp, EXO_THREAD_GUEST_SP);
OFFSET_ASSERT(struct exo_thread, frame, EXO_THREAD_FRAME);
OFFSET_ASSERT(struct exo_thread, interrupted, EXO_THREAD_INTERRUPTED);

static inline struct exo_thread *exo_self(void)
{
	struct exo_thread *t;

	__asm__("movq %%gs:0, %0" : "=r"(t));
	return t;
}

#endif
