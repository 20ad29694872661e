/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/process.h: how processes and threads begin and end.
 */
#ifndef FB_CORE_PROCESS_H
#define FB_CORE_PROCESS_H

#include "core/thread.h"

/* The first process structure, for t; called once at start. */
struct core_process *core_process_start(struct core_thread *t);

/*
 * A new thread of the calling process, not yet running: inherits the mask and personality,
 * has no alternate stack. Give it its frame, then core_thread_run.
 */
struct core_thread *core_thread_new(struct core_thread *t);
/*
 * Starts it in the guest by its frame; %fs base is tls. flags: CORE_CLONE_* for the machine;
 * words are written by the machine (clone(2)). Returns the new thread's id after
 * published(child, id) has run, before the child's first instruction.
 */
long core_thread_run(struct core_thread *child, u64 flags, u64 ptid, u64 ctid, u64 tls,
		     void (*published)(struct core_thread *child, i32 tid));
/* Drops the calling thread; returns when it is the last one of its process. */
void core_thread_end(struct core_thread *t);

/* fork: the child's id, 0 in the child. clone_flags as exo_fork has them. */
long core_fork(struct core_thread *t, u64 clone_flags, u64 ptid, u64 ctid, u64 tls);
/*
 * vfork: as fork, but the child runs in the parent's memory and the parent waits. The child
 * continues in the guest by a copy of the frame with its return register(s) set by ready().
 */
long core_vfork(struct core_thread *t, u64 clone_flags, u64 ptid, u64 ctid, u64 tls,
		void (*ready)(struct core_thread *child));

/*
 * Starts a process that shares the caller's memory and goes on beside it, by a copy of the
 * caller's frame with its return register(s) set by ready().
 */
struct core_sharing {
	u64 signal;    /* that tells the parent of its end, 0: none */
	bool files;    /* the same descriptors and working directory; else a copy */
	bool no_files; /* of which nothing is left */
	bool handlers; /* the same signal dispositions; else a copy */
	bool peer;     /* is killed when the parent's leader ends */
};
long core_fork_sharing(struct core_thread *t, const struct core_sharing *how,
		       void (*ready)(struct core_thread *child));
/* Makes the descriptors its own that the process shares with another (core_fork with
 * CORE_CLONE_FILES). -CORE_EINVAL where that cannot be. */
long core_unshare_files(struct core_thread *t);
/* For those who make a process: its dispositions are its own; a copy of another's state. */
void core_process_alone(struct core_process *p);
void core_process_copy(struct core_process *p, struct core_process *from);
/* Ends the process: reports what was missing, then exits. */
void core_exit(struct core_thread *t, int status) NORETURN;

/* A page buffer that survives a vfork child's execve and is released by the parent. */
void *core_exec_buffer(struct core_thread *t, size_t bytes);
void core_exec_buffer_free(struct core_thread *t);

#endif
