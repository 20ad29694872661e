/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/personality.h: what the gateway and the start-up code ask of a personality.
 */
#ifndef FB_CORE_PERSONALITY_H
#define FB_CORE_PERSONALITY_H

#include "core/abi.h"
#include "core/shortcut.h"
#include "core/thread.h"

enum core_call_state {
	CORE_CALL_NONE, /* no such number */
	CORE_CALL_MISSING,
	CORE_CALL_PARTIAL,
	CORE_CALL_FULL,
};

/*
 * One number of a table. A handler is given the arguments in order and returns >= 0 or a
 * negative error. handler: up to six arguments, in registers; wide: more, the rest from the
 * guest's stack; both NULL when there is none, or when the row is the machine's own
 * operation (pass). entry.S knows the size and that handler comes first.
 */
struct core_syscall {
	long (*handler)(struct core_thread *t, const u64 *args);
	long (*wide)(struct core_thread *t, const u64 *args);
	const char *name;
	u16 pass; /* enum exo_op + 1, or 0 */
	u8 state;
	u8 nargs;
	bool never_restarted; /* a pass row that SA_RESTART leaves interrupted */
};
SIZE_ASSERT(struct core_syscall, 32);

/* A row's handler fields from a thunk and its number of arguments. */
#define CORE_ROW_HANDLER(thunk, n)                                                                 \
	.handler = (n) <= 6 ? (thunk) : NULL, .wide = (n) > 6 ? (thunk) : NULL, .nargs = (n)

/* A program about to start, and where it starts (loader/stack.h, loader/image.h). */
struct loader_program;
struct loader_source;
struct loader_error;
struct loader_entry;
struct loader_stack;

#define CORE_HAND_ON_TEXT 192

struct core_personality {
	const char *name;
	const struct core_syscall *table;
	u32 table_len;
	/* What the arguments of each row are (enum trace_word), for who traces. */
	const u8 (*words)[TRACE_ARGS];
	/* 256 of the ABI's error numbers by neutral number, for ABIs that flag errors with carry;
	 * NULL: -errno in rax. */
	const i16 *carry_errno;
	/* Signals (neutral numbers) whose default is to be ignored. */
	u64 default_ignored;
	/* A signal that is ignored when it is sent is gone, though it be blocked: BSD. */
	bool discards_ignored;

	/* A number without a handler: returns what the guest gets, or raises. */
	long (*missing)(struct core_thread *t, u64 nr);
	/*
	 * Builds the frame for a handler on the guest's stack and points f at it; returns 0,
	 * or -CORE_EFAULT when the stack cannot hold it.
	 */
	long (*signal_frame)(struct core_thread *t, struct exo_frame *f,
			     const struct core_action *a, const struct core_siginfo *si,
			     const struct exo_event *ev, u64 mask_to_restore);
	/* What this ABI makes of a processor's fault (ev->trap) at f, where the machine's own
	 * signal, code and address are not it. NULL: they are. */
	void (*fault)(struct core_siginfo *si, const struct exo_event *ev,
		      const struct exo_frame *f);
	/* Writes the initial stack of a new program; 0 or -CORE_E. */
	long (*build_stack)(struct core_thread *t, struct loader_stack *s,
			    const struct loader_program *p, struct loader_entry *e);
	/* The thread is about to run its first instruction: what else this ABI sets up. */
	void (*start)(struct core_thread *t, struct exo_frame *f, const struct loader_entry *e);
	/* The process is about to be another program: what its threads leave to others. NULL:
	 * nothing. */
	void (*leave)(struct core_thread *t);
	/* What a program that is executed inherits beside what the machine hands on: hand_on writes
	 * it as text (no ';' in it, "" for nothing), take_over reads it before the first
	 * instruction of a program of the same personality. NULL: nothing. */
	void (*hand_on)(struct core_thread *t, char *text, size_t room);
	void (*take_over)(struct core_thread *t, const char *text);
	/* A signal is about to take effect, in f. False: it does not; si may be made another one.
	 * Where a process stops that is traced by its personality's own means. NULL: nothing. */
	bool (*signal_comes)(struct core_thread *t, struct exo_frame *f, struct core_siginfo *si);
	/* A signal is about to end the process, in f; and those of the signals that must not do so
	 * behind the runtime's back. NULL: nothing. */
	void (*dies)(struct core_thread *t, struct exo_frame *f, int sig);
	u64 dumps;
	/* Has the guest put signals off, by other means than its mask? It is told that one came.
	 * NULL: it cannot. core_signal_resume() lets them through. */
	bool (*defers)(struct core_thread *t);
	/*
	 * Programs of another processor than the machine's: load reads one into memory, with its
	 * arguments, and answers 0 or -CORE_E after a sentence; run runs it, on the thread's
	 * kernel stack, where signals are noted as during a call. NULL: the machine's own runs
	 * them. private is the personality's.
	 */
	long (*load)(struct core_thread *t, const struct loader_source *file,
		     const struct loader_program *p, struct loader_error *err);
	void (*run)(struct core_thread *t); /* does not return */
	const void *private;
	/* Where no dynamic linker of its system's is to be had: the name of ours, below the
	 * directory the runtime lies in. NULL: there is none. */
	const char *own_linker;
	/* `int vector` is a call, of the number in eax plus base; vector 0: none. */
	struct {
		u8 vector;
		u32 base;
	} interrupts[2];
	bool stack_exec; /* the stack of a program that does not say is executable */
	u64 stack_max;	 /* bytes of stack a new program gets at most */
	u64 pie_base;	 /* where position-independent programs go */
	u64 mmap_base;	 /* where mappings without an address begin */
};

/* Makes abi the meaning of class 0 for t. */
static inline void core_thread_set_abi(struct core_thread *t, const struct core_personality *abi)
{
	t->abi = abi;
	t->exo.calls = abi->table;
	t->exo.call_count = abi->table_len;
	if (trace_on())
		core_shortcut(t, abi);
	t->exo.keep_flags = abi->carry_errno ? (u16) ~(EXO_FLAG_CARRY << 8) : 0xffff;
}

/* Puts a call's result where the ABI wants it. */
static inline void core_call_result(const struct core_personality *abi, struct exo_frame *f, long r)
{
	if (!abi->carry_errno) {
		f->rax = (u64)r;
		return;
	}
	if (r < 0 && r >= -4095) {
		f->rax = (u64)abi->carry_errno[MIN(-r, 255)];
		f->flags |= EXO_FLAG_CARRY;
		f->rflags |= EXO_FLAG_CARRY;
	} else {
		f->rax = (u64)r;
		f->flags &= (u8)~EXO_FLAG_CARRY;
		f->rflags &= ~(u64)EXO_FLAG_CARRY;
	}
}

/* A success that may be negative (a priority, a process group): put where the guest finds it,
 * past the exit that would take it for an error. For ABIs that flag errors with carry. */
static inline long core_success(struct core_thread *t, long value)
{
	struct exo_frame *f = t->exo.frame;

	if (value >= 0)
		return value;
	f->rax = (u64)value;
	f->flags &= (u8)~EXO_FLAG_CARRY;
	f->rflags &= ~(u64)EXO_FLAG_CARRY;
	return -CORE_EJUSTRETURN;
}

/*
 * For a handler that needs the whole frame of its call: the way out is then by all of it, so what
 * a success does to the flags is done here.
 */
static inline void core_call_complete(struct core_thread *t)
{
	exo_frame_complete(t->exo.frame);
	core_call_result(t->calling ? t->calling : t->abi, t->exo.frame, 0);
}

#endif
