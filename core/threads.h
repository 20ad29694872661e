/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/threads.h: the threads of this memory, and what one does to the others.
 *
 * Most are of one process; those of borrowers (core/share.c) are in the list as well.
 */
#ifndef FB_CORE_THREADS_H
#define FB_CORE_THREADS_H

#include "core/thread.h"

void core_threads_add(struct core_thread *t);
void core_threads_remove(struct core_thread *t);

/* Sets the wake_word of a thread of this process and wakes it there; false: no such id. */
bool core_thread_wake(struct core_thread *t, i32 tid);
/* Gives a signal to another thread of the process that does not block it; false: none is. */
bool core_thread_pass_signal(struct core_thread *t, const struct core_siginfo *si);
/* act for every other thread of the process, while none can come or go. */
void core_thread_each_other(struct core_thread *t, void (*act)(struct core_thread *));
/* Does `is` hold of any thread that has this memory, of this process or another? */
bool core_thread_any(bool (*is)(const struct core_thread *o, const void *what), const void *what);
/* A machine's call in every thread of the process, first in the caller's, whose result it is;
 * when that fails, in no other. */
long core_call_everywhere(struct core_thread *t, enum exo_op op, u64 a0, u64 a1, u64 a2);
/* Sends a signal to every other thread of the process (0: to none); how many those are. */
u32 core_thread_signal_others(struct core_thread *t, int sig);
/* Takes what borrowers that have ended left behind. Do other processes share this memory? */
bool core_threads_sweep(struct core_thread *t);
/* Kills the processes that end with this one. */
void core_end_peers(struct core_thread *t);

/* Called around fork by core/process.c, and in the child, whose only thread t is. */
void core_threads_fork(bool before);
void core_threads_forked(struct core_thread *t);

#endif
