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
#include "exo/x86_64/layout.h"
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
long exo_call(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 op);
long exo_call6(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5, u64 op);
/* The same for the runtime's own book-keeping: begun whatever waits. */
long exo_call_now(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 op);
long exo_call_now6(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5, u64 op);

#define EXO_INTERRUPTED 512 /* outside the errno range of every ABI; never reaches a guest */

/*
 * EXO(openat, fd, path, flags, mode): a call by name with the arguments it has. Few have six;
 * up to five and the operation travel in registers, so that a handler which does nothing else
 * jumps to the machine's call, and the result goes straight back to the gateway. That return
 * counts: after a visit to the host's kernel a processor rarely predicts one.
 */
#define EXO_FIVE_(f, op, a, b, c, d, e, ...) f((u64)(a), (u64)(b), (u64)(c), (u64)(d), (u64)(e), op)
#define EXO_SIX_(f, op, a, b, c, d, e, g, ...)                                                     \
	f##6((u64)(a), (u64)(b), (u64)(c), (u64)(d), (u64)(e), (u64)(g), op)
#define EXO_SHAPE_(a, b, c, d, e, f, g, shape, ...) shape
#define EXO_ARGS_(f, op, ...)                                                                      \
	EXO_SHAPE_(0, ##__VA_ARGS__, EXO_SIX_, EXO_FIVE_, EXO_FIVE_, EXO_FIVE_, EXO_FIVE_,         \
		   EXO_FIVE_, EXO_FIVE_)                                                           \
	(f, op, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define EXO(name, ...)	   EXO_ARGS_(exo_call, EXO_##name, ##__VA_ARGS__)
#define EXO_NOW(name, ...) EXO_ARGS_(exo_call_now, EXO_##name, ##__VA_ARGS__)

/*
 * The calling thread's next exo_call that would sleep answers -CORE_EINTR instead, as if an
 * event had come, and sets `refused`; with `on` false none does any more.
 */
void exo_stay_awake(bool on);

/*
 * Makes a call in other threads of the process, each in its own context, wherever it is, and
 * waits until all have that are still there. What interrupts them is no event: a wait that
 * ends by it is to be begun again. done: to be 0.
 */
struct exo_errand {
	u32 tid, done;
};
void exo_call_in(struct exo_errand *list, u32 n, enum exo_op op, u64 a0, u64 a1, u64 a2);

/*
 * The calling thread is asked every ns of its processor time where it is: in the guest's code it
 * comes to exo_up_event, with `sampled` not zero. Not inherited by whoever is forked.
 */
long exo_sample_start(u64 ns);
void exo_sample_stop(void);

/* ---- threads ------------------------------------------------------------------ */

/* A waiting event: the machine's siginfo (struct core_siginfo) and, for a fault, what the
 * processor said. */
struct exo_event {
	u8 siginfo[128];
	u64 trap;  /* processor trap number */
	u64 error; /* processor error code */
	u64 addr;  /* faulting address */
};

/*
 * The machine's part of a thread. %gs:0 points at it; entry.S and the host-call stubs
 * know the offsets asserted below. It heads core's struct core_thread.
 */
struct exo_thread {
	struct exo_thread *self;
	struct exo_frame *frame; /* top of the kernel stack, where calls save registers */
	u32 interrupted;	 /* non-zero: an event waits; calls are not begun */
	u32 in_use;		 /* cleared by the very last instructions of a dying thread */
	const void *calls;	 /* the gateway's: the rows of class 0, how many, and */
	u64 call_count;		 /* which bits of a frame's flag bytes a success keeps */
	u16 keep_flags;
	u16 asked; /* something was asked from outside, which the next call is to see to */
	u16 sampled, sampled_inside; /* exo_sample_start: in the guest's code, and elsewhere */
	u64 block;		     /* base of the memory block this lives in */
	u32 tid;		     /* the machine's id of this thread */
	u32 gate;		     /* a new thread waits until its creator opens it */
	u32 has_event;		     /* event holds one */
	u32 has_late;		     /* late holds one more */
	u64 mask; /* the signal mask the guest is to run with, sync signals never in it */
	struct exo_event event;
	u64 seen[8];   /* call sites that trapped lately, the machine's */
	u32 seen_next; /* which of them is the oldest */
	u32 awake;     /* exo_stay_awake is on */
	u32 refused;   /* it made a call end; for the caller to clear */
	u32 sampler;   /* the machine's, of exo_sample_start */
	u8 late[128];  /* siginfo of a signal that cannot be masked and came second */
};

#define EXO_THREAD_FRAME       8
#define EXO_THREAD_INTERRUPTED 16
#define EXO_THREAD_IN_USE      20
#define EXO_THREAD_CALLS       24
#define EXO_THREAD_CALL_COUNT  32
#define EXO_THREAD_KEEP_FLAGS  40
#define EXO_THREAD_HAS_EVENT   64

OFFSET_ASSERT(struct exo_thread, frame, EXO_THREAD_FRAME);
OFFSET_ASSERT(struct exo_thread, interrupted, EXO_THREAD_INTERRUPTED);
OFFSET_ASSERT(struct exo_thread, in_use, EXO_THREAD_IN_USE);
OFFSET_ASSERT(struct exo_thread, calls, EXO_THREAD_CALLS);
OFFSET_ASSERT(struct exo_thread, call_count, EXO_THREAD_CALL_COUNT);
OFFSET_ASSERT(struct exo_thread, keep_flags, EXO_THREAD_KEEP_FLAGS);
OFFSET_ASSERT(struct exo_thread, has_event, EXO_THREAD_HAS_EVENT);

static inline void *exo_thread_scratch(const struct exo_thread *t)
{
	return (void *)(t->block + EXO_SCRATCH_OFFSET);
}

static inline struct exo_thread *exo_self(void)
{
	struct exo_thread *t;

	__asm__ volatile("movq %%gs:0, %0" : "=r"(t));
	return t;
}

/* A block with a zeroed thread in it, its frame and self set. NULL when memory is out. */
struct exo_thread *exo_thread_alloc(void);
void exo_thread_free(struct exo_thread *t);

/*
 * Starts a thread that shares everything the flags (CORE_CLONE_*) say, on child's kernel
 * stack, in start(child), with all signals masked; it waits for exo_thread_open(child).
 * ptid/ctid/tls as clone(2) has them. Returns the machine's id of the new thread.
 */
long exo_thread_start(struct exo_thread *child, u64 flags, u64 ptid, u64 ctid, u64 tls,
		      void (*start)(struct exo_thread *child));
void exo_thread_open(struct exo_thread *child);
/* Does no other thread run in this memory? Then none will before the caller starts it. */
bool exo_alone(void);
/* Ends the calling thread, not the process; its block becomes free for reuse. */
void exo_thread_exit(void) NORETURN;

/*
 * Duplicates the process (fork): returns 0 in the child, which runs on in the same frame.
 * flags: CORE_CLONE_* besides CLONE_VM, and the exit signal in the low byte.
 */
long exo_fork(u64 flags, u64 ptid, u64 ctid, u64 tls);
/*
 * vfork: starts child, a copy of the caller's thread in a block of its own, sharing memory,
 * and holds the caller until it executes a program or exits. start(child) must not return.
 */
long exo_vfork(struct exo_thread *child, u64 flags, u64 ptid, u64 ctid, u64 tls,
	       void (*start)(struct exo_thread *child));

/* Leaves the runtime for the guest by the frame of the calling thread, every register. */
void exo_resume(void) NORETURN;

/* The guest's thread pointer, %fs base; and %gs base is refused: the runtime lives there. */
u64 exo_tls_get(void);
void exo_tls_set(u64 base);

/* ---- events -------------------------------------------------------------------- */

/* What the machine shall do with a signal: its default, nothing, or tell us. */
enum exo_disposition { EXO_DEFAULT, EXO_IGNORE, EXO_CATCH };
long exo_signal_set(int sig, enum exo_disposition how, u64 flags);
/* The disposition the process was started with: EXO_DEFAULT or EXO_IGNORE. */
enum exo_disposition exo_signal_inherited(int sig);

/* Around execve: what the guest ignores must stay ignored though we catch it ourselves; and
 * back again when the execve failed. */
void exo_signal_ignore_for_exec(u64 set);
void exo_signal_after_exec(void);

/*
 * Makes mask (bit n-1 for signal n) the calling thread's; SEGV, BUS, TRAP, SYS are left out.
 * While an event waits nothing is done: all stays masked, so that no second event takes its
 * place, and whoever takes it (exo_event_take) sets the mask then.
 */
void exo_mask_set(u64 mask);
u64 exo_mask_sync(void); /* those, and what exo_mask_open added */
/* From its next exo_mask_set on a thread leaves these open as well. */
void exo_mask_open(u64 set);

/* Takes the event that waits for the calling thread. False when there is none. */
bool exo_event_take(struct exo_event *ev);

/* Raises sig on the calling thread with its default action; for fatal ones, no return. */
void exo_die_of_signal(int sig) NORETURN;

/*
 * From here on the guest's `int vector` is a call whose number is that in eax plus base. Two
 * vectors may be so.
 */
void exo_interrupt_calls(u8 vector, u32 base);

/* ---- memory -------------------------------------------------------------------- */

/* Copies until done or a fault; returns the number of bytes not copied. */
size_t exo_copy(void *dst, const void *src, size_t n);
size_t exo_zero(void *dst, size_t n);
/* Length of a string of at most max bytes, max when none ends it, -1 on a fault. */
long exo_strnlen(const char *s, size_t max);
/* Single accesses of a word: 0, or -1 on a fault. After a cas *expected is what was there. */
int exo_load_u32(u64 addr, u32 *out);
int exo_load_u64(u64 addr, u64 *out);
int exo_store_u32(u64 addr, u32 v);
int exo_store_u64(u64 addr, u64 v);
int exo_cas_u32(u64 addr, u32 *expected, u32 value);
int exo_cas_u64(u64 addr, u64 *expected, u64 value);

/* Guests live in [EXO_GUEST_LOW, EXO_GUEST_HIGH); in its last page lies what
 * exo/x86_64/guestcode.h gives them to execute. */
/* True when any byte of the range is the runtime's. */
bool exo_is_ours(u64 addr, u64 len);
/* Pages for the runtime's own use, zeroed; NULL when memory is out. */
void *exo_pages_alloc(size_t bytes);
void exo_pages_free(void *p, size_t bytes);

/*
 * Code that the runtime makes while it runs lies in [low, high), and runs on a kernel stack. A
 * fault in it is no bug: the thread goes on at `at`, and finds the address of the instruction
 * that faulted in r11. There is one such range.
 */
void exo_code_made(u64 low, u64 high, u64 at);

/* The extended state (vector registers): its size, saving, restoring what the guest may forge. */
size_t exo_xstate_size(void);
void exo_xstate_save(void *area, u64 features);
int exo_xstate_restore(const void *area, u64 features);
u64 exo_xstate_features(void);
/* Where component n (a bit of the features) lies in such an area; false: the processor has none. */
bool exo_xstate_part(u32 n, u32 *offset, u32 *size);

/* Code in [addr, addr+len) changed, went away or lost its rights: forget what we did to it. */
void exo_code_gone(u64 addr, u64 len);
/* New private, file-backed code that may be made cheap to call from. */
void exo_code_mapped(u64 addr, u64 len);
/* From here on nothing is made cheap: somebody debugs the guest and wants its code as it is. */
void exo_code_leave_alone(void);
/* Not 0: the same, for as long as somebody traces the process. Who does sets it, from outside. */
extern u32 exo_code_kept;

/* ---- time ----------------------------------------------------------------------- */

struct exo_time {
	i64 sec;
	i64 nsec;
};
/* clock: CORE_CLOCK_*; served without entering the machine's kernel where it can be. */
long exo_clock_gettime(int clock, struct exo_time *out);

/* ---- start ---------------------------------------------------------------------- */

/* What the machine told us at start; pointers into the runtime's own initial stack. */
struct exo_boot {
	long argc;
	char **argv;
	char **envp;
	const u64 *auxv;
};
u64 exo_auxv(const struct exo_boot *b, u64 type, u64 fallback);

/* The vector of a machine that itself runs programs of the neutral ABI; NULL elsewhere. */
const u64 *exo_machine_auxv(void);

/* Takes the machine over: first thread, handlers. Exits with a sentence when it cannot. */
struct exo_thread *exo_start(const struct exo_boot *boot);
/*
 * What a machine finds out about itself once, and what is executed later need not find out
 * again: the number of exo_machine_known, which means something to that machine alone, or -1
 * at the first start.
 */
void exo_machine_told(int earlier);
int exo_machine_known(void);
/* From here on the guest's calls come to us: arms the calling thread. */
void exo_arm(void);
/* How calls are caught, for people. */
const char *exo_intercept_name(void);
/*
 * A machine may catch calls by something that a program it executes keeps. Then whoever is
 * executed must be caught by us again (exo_catches_executed, after exo_arm), and is told so
 * before it arms (exo_caught_already).
 */
bool exo_catches_executed(void);
void exo_caught_already(void);

/* A descriptor of the runtime's own image, out of the guest's sight; and all such ones. */
int exo_image_fd(void);
/* Once at start: takes over the descriptor an earlier image left for this one, or opens it. */
void exo_image_open(int left);
/* The name of the image's file, with its NUL; its length without, or -CORE_E. */
long exo_image_name(char *buf, size_t size);
/* Just before and, when it failed, after executing the image: is it left to the next one? */
void exo_image_leave(bool on);
/*
 * From here on names in exo_call and exo_call_now mean files of that directory, and where it
 * has none, of the machine; the home directory is the machine's. NULL: the machine's alone.
 */
void exo_view_set(const char *root, const char *home);

/*
 * Two root directories: programs of this machine live in one, those of another system in the
 * other. The descriptor of the one this process is not in is left to the next image like the
 * image itself; exo_other_root_take takes it over at start, exo_other_root_enter changes sides
 * and keeps the working directory where it has the same name. -1 from exo_other_root: there
 * are no two.
 */
void exo_other_root_take(int left);
int exo_other_root(void);
long exo_other_root_enter(void);
/*
 * Memory shared with whoever started the first program: the descriptor of it was left to this
 * image, and is left to the next. NULL: there is none such, or not of that many bytes. A policy is
 * for reading, and sealed so that nobody can write it.
 */
enum exo_shared { EXO_SHARED_TRACE, EXO_SHARED_POLICY, EXO_SHARED_COUNT };
void *exo_shared_take(enum exo_shared what, int left, size_t bytes);
int exo_shared_fd(enum exo_shared what);    /* -1: there is none */
void exo_shared_drop(enum exo_shared what); /* no image after this one gets it */
/*
 * The same with a process that runs already (trace/attach.h). Who asks sets the thread's `asked`
 * and call_count to 0, at any moment. exo_asked: what was asked, to the first thread that takes it;
 * 0: nothing. exo_ask_again: this thread is to see it with its next look. Memory that begins with
 * magic, of a user who may ask, or NULL; at `over`, which is memory got earlier, unless NULL. And a
 * polite no, for one has it or there is no room.
 */
u64 exo_asked(void);
void exo_ask_again(struct exo_thread *t, u64 asked);
void *exo_shared_fetch(enum exo_shared what, u64 asked, size_t bytes, u64 magic, void *over);
void exo_shared_refuse(u64 asked, bool no_room);
/* One more descriptor that was left, and is left to the next image, until it is dropped. */
bool exo_kept_take(int left);
/* The same of somebody who asked a process that runs already for a connection; -1: there is none,
 * or it is not wanted, which is told by its end. */
int exo_kept_fetch(u64 asked, bool wanted);
void exo_kept_drop(void);
int exo_hide_fd(int fd);    /* moves fd out of the guest's sight; the new number or -CORE_E */
void exo_unhide_fd(int fd); /* closes one */
bool exo_fd_hidden(int fd);
/* Lowest hidden descriptor number, for close_range and enumeration; INT32_MAX when none. */
int exo_fd_hidden_low(void);

/* Tells the machine where the guest's argument and environment strings lie and what code it
 * has, for those who list processes. What it cannot be told it is not. */
void exo_describe(u64 args, u64 args_len, u64 env_len, u64 code_low, u64 code_high);
/* Nothing boot points at is needed any more. */
void exo_boot_end(const struct exo_boot *boot);

void exo_exit(int status) NORETURN;
/* Writes to the standard error of the runtime, for its own messages. */
void exo_log(const char *fmt, ...) PRINTF_LIKE(1, 2);
/* A bug of ours, or a machine that cannot be used: says so and ends with status 126. */
void exo_fatal(const char *fmt, ...) PRINTF_LIKE(1, 2) NORETURN;

/* ---- up-calls, implemented by the gateway ------------------------------------------- */

/* A guest call; on the thread's kernel stack, signals as the guest has them. */
void exo_up_call(struct exo_frame *f);
/* A bug of the runtime's was met in the calling thread, whose registers were told: what else
 * there is to say of what it was doing. The thread's state may be nonsense. */
void exo_up_crash(void);
/* An event waits (exo_event_take); after a call, or between two instructions of the guest. */
void exo_up_event(struct exo_frame *f);

#endif
