/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/thread.h: a guest thread and a guest process, as every personality sees them.
 *
 * The machine's part comes first, so that %gs:0 is both. State that fork copies and vfork
 * must not share hangs off proc: a vfork child gets a copy of its own, which is how what
 * it does to its handlers leaves its parent alone although they share memory.
 */
#ifndef FB_CORE_THREAD_H
#define FB_CORE_THREAD_H

#include "core/abi.h"
#include "core/guest_ptr.h"
#include "core/trace.h"
#include "exo/exo.h"
#include "exo/lock.h"

struct core_personality;

#define CORE_NSIG 65 /* signals 1..64 */

/* One guest disposition, in neutral terms; the handler is a guest address. */
struct core_action {
	u64 handler; /* CORE_SIG_DFL, CORE_SIG_IGN or an address */
	u64 flags;   /* CORE_SA_* */
	u64 mask;
	u64 restorer;			    /* where the ABI has one */
	const struct core_personality *abi; /* whose call installed it: its frame is used */
};

/* Who is told of a process's forks and executions (core/news.h). */
#define CORE_NEWS_READERS 4
struct core_news_readers {
	u32 count;
	u64 id[CORE_NEWS_READERS];
};

struct core_process {
	u32 refs; /* threads that use it */
	struct exo_lock lock;
	const struct core_personality *abi;
	struct core_action *action; /* by signal: own_action, or that of handlers */
	struct core_action own_action[CORE_NSIG];
	bool traced; /* by its parent, who knew it before an exec; the personality's business */
	u64 carried; /* the personality's word, which programs it executes are told */
	bool native; /* a program of FeuerBird's own: may name classes in call numbers */

	/* What it shares with processes whose memory this is as well (core/share.c). */
	struct core_process *handlers; /* whose action and lock are used, mostly its own */
	struct core_process *memory;   /* the first one here: its heap's end counts */
	struct core_process *leader;   /* ends when that one does; mostly itself */
	bool borrows;	   /* the memory is another's, which goes on with it: vfork, share.c */
	bool own_fds;	   /* and yet has descriptors of its own: the notes are not about them */
	bool shares_files; /* another process has, or had, the same descriptors */
	bool referred;	   /* handlers of another */
	bool lends;	   /* has, or had, borrowers */
	bool ended;	   /* it has asked for its end; for the parent that waits for its memory */

	struct core_news_readers told; /* by its parent's wish */

	u64 handled; /* signals handlers of its threads ran for */

	/* The program, as its exec left it. */
	char exec_path[1024]; /* absolute where it could be had */
	u64 stack_low, stack_high;
	u64 brk_start, brk_now, brk_max;
	u64 abi_data[16]; /* the personality's own */
};

struct core_thread {
	struct exo_thread exo;
	struct core_process *proc;
	const struct core_personality *abi;

	const struct core_personality *calling; /* class of the running call, NULL: abi */
	u64 saved_mask; /* what to go back to after sigsuspend and its like */
	i32 pid;
	bool restore_mask;
	u64 held; /* signals the guest blocks that the machine must not: they wait here */
	struct core_siginfo held_info[8]; /* of those, in no order */
	u64 handled;			  /* signals a handler ran for */
	u64 counted; /* signals another thread counted for its kqueues and passed on */
	struct core_siginfo raised; /* a synchronous signal of the running call */
	bool has_raised;
	bool deferring; /* every signal is blocked at the machine, whatever the guest's mask */
	struct core_stack altstack;
	void *exec_buffer; /* argument vectors of an execve under way */
	u64 exec_buffer_size;
	struct core_thread *next, **link; /* among the threads of this memory */
	u32 wake_word;			  /* set by core_thread_wake, a futex */
	struct trace_writer trace;
	u64 start_arg[8];		      /* from a thread's creator to its start */
	void (*begin)(struct core_thread *t); /* NULL, or what it does first */
	u64 abi_data[16];		      /* the personality's own */
};

_Static_assert(sizeof(struct core_thread) <= EXO_THREAD_MAX, "a thread fits its block");

static inline struct core_thread *core_self(void)
{
	return (struct core_thread *)exo_self();
}

/*
 * Results of a call that never reach a guest as they are: the gateway turns them into a
 * restart or into EINTR. A plain -CORE_EINTR is restarted when the handler that ran has
 * CORE_SA_RESTART.
 */
#define CORE_ERESTART_ALWAYS EXO_INTERRUPTED /* not begun: run it again after the handlers */
#define CORE_EINTR_FINAL     513	     /* EINTR whatever the handler says */
#define CORE_ERESTART_NOHAND 514	     /* again, unless a handler ran */
#define CORE_EJUSTRETURN     515	     /* the frame is as the guest shall get it */

#endif
