/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/signal.h: dispositions, masks and delivery, in neutral numbers.
 */
#ifndef FB_CORE_SIGNAL_H
#define FB_CORE_SIGNAL_H

#include "core/thread.h"

#define CORE_SIGBIT(n)	     (1UL << ((n)-1))
#define CORE_SIG_UNBLOCKABLE (CORE_SIGBIT(CORE_SIGKILL) | CORE_SIGBIT(CORE_SIGSTOP))

/* The disposition of sig: *old gets the present one, *act (unless NULL) becomes it. */
long core_sigaction(struct core_thread *t, int sig, const struct core_action *act,
		    struct core_action *old);

/* The thread's blocked set. core_sigmask_set drops what cannot be blocked, tells the host
 * and lets held signals through. */
static inline u64 core_sigmask(const struct core_thread *t)
{
	return t->exo.mask;
}
void core_sigmask_set(struct core_thread *t, u64 mask);
/* how: CORE_SIG_BLOCK, _UNBLOCK, _SETMASK; 0 or -CORE_EINVAL. */
long core_sigprocmask(struct core_thread *t, int how, u64 set, u64 *old);
/* Tells the machine what to block now: the guest's mask and more. */
void core_sigmask_apply(const struct core_thread *t, u64 more);
/* Signals that the personality's `defers` put off come through, as the running call ends. */
void core_signal_resume(struct core_thread *t);
/* Blocks mask only until the running call has ended and its signals are delivered. */
void core_sigmask_during_call(struct core_thread *t, u64 mask);

/* Signals that are gone as soon as they are sent to t's process; none where the ABI keeps
 * them while they are blocked. */
u64 core_signal_discarded(const struct core_thread *t);

/* Signals that wait for this thread or its process. */
u64 core_sigpending(struct core_thread *t);

/*
 * Called by the gateway when events wait: result is what the interrupted call returned
 * (ignored for EXO_FRAME_ASYNC frames). Delivers, restarts, and sets the result.
 */
void core_signal_dispatch(struct core_thread *t, struct exo_frame *f, long result);

/* The process ends as by sig, whatever it would do about it, in f. */
NORETURN void core_signal_die(struct core_thread *t, struct exo_frame *f, int sig);

/* Raises a synchronous signal of the guest's own making (a bad call number, a bad frame). */
void core_signal_raise(struct core_thread *t, const struct core_siginfo *si);

/*
 * A signal the thread sends to itself or to its own process (code: CORE_SI_USER or _TKILL).
 * True when it was taken here, without asking the host: it has a handler and is not
 * blocked, and will be delivered as the running call ends.
 */
bool core_signal_self(struct core_thread *t, int sig, int code);

/*
 * Waits until a signal of mask comes to the thread or its process, and takes it: its number, or
 * -CORE_EAGAIN when the time is up, -CORE_EINTR; timeout NULL: for ever. A time-out that makes no
 * sense is an error (-CORE_EINVAL) only when no signal waits already.
 */
long core_signal_wait(struct core_thread *t, u64 mask, struct core_siginfo *si,
		      const struct core_timespec *timeout);

/* Takes one of the signals the runtime holds back (t->held) for a waiter. */
void core_signal_take_held(struct core_thread *t, int sig, struct core_siginfo *si);

/*
 * A wait was interrupted: when what interrupted it has no handler to run, deals with it
 * and says true, the wait may go on.
 */
bool core_signal_absorb(struct core_thread *t);

/* A call was interrupted: shall it be restarted, for the handler that is going to run? */
bool core_signal_restarts(const struct core_thread *t);

/* Somebody begins or ends to count a signal: told(sig) is called for each that comes. There is
 * one such somebody, the kqueues. */
void core_signal_watch(struct core_thread *t, int sig, bool on, void (*told)(int sig));
/* A signal was taken by a call that waits for it. */
void core_signal_count(struct core_thread *t, int sig);
/* After fork in the child, which has no kqueues. */
void core_signal_unwatch(struct core_thread *t);

/*
 * Around an execve: what the new program finds ignored and blocked. In between no fault is
 * caught, so nothing may touch the guest's memory but the machine itself.
 */
void core_signal_before_exec(struct core_thread *t);
void core_signal_after_exec(struct core_thread *t);

/* The stack pointer a handler with action a starts on, and whether that is the alternate one. */
u64 core_signal_stack(const struct core_thread *t, const struct exo_frame *f,
		      const struct core_action *a);
/* Is sp on the thread's alternate stack? */
bool core_on_altstack(const struct core_thread *t, u64 sp);

/* After exec in a fresh process: what an earlier image says is ignored (bit n-1), or, when
 * it said nothing, what the host says. */
void core_signal_inherit(struct core_process *p, bool said, u64 ignored);
/* When the personality is known: what it ignores by default and the machine does not is
 * ignored there from now on. */
void core_signal_start(struct core_thread *t);
/* The process is traced by its personality's own means: every signal comes to it, whatever it
 * has chosen (core_personality.signal_comes). */
void core_signal_traced(struct core_thread *t, bool on);
/* Nothing happens here: a handler is about to run, and it is a place for a breakpoint. */
void core_signal_caught(int sig, const struct core_siginfo *si);
/* Signals the guest ignores, for exec. */
u64 core_signal_ignored(const struct core_process *p);

#endif
