/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/door.h: doors, among their files.
 *
 * A door is one end of a pair of connected sockets that keep messages apart: the descriptor a
 * program has. The other end is the server's process's, out of its sight. Whoever has the
 * descriptor, by whatever way it came (a fork, an exec, a message, another door), recognises it by
 * the name the server's end is bound to, which says whose door it is, and calls by sending a
 *message. So what a door carries is all that one process ever gets of another's.
 *
 * Within one process no socket is used: the caller hands its arguments to a thread that waits for
 * them on a futex, and the data are copied once, from the caller's memory to the server's stack.
 *
 *	door.c		making doors, asking about them, and the system call
 *	door_pool.c	pools of threads, and how calls reach them
 *	door_server.c	serving: stacks, results, door_return
 *	door_client.c	door_call
 *	door_wire.c	messages between processes
 *
 * Facts: usr/src/uts/common/fs/doorfs/door_sys.c, uts/intel/os/door_support.c, sys/door_data.h,
 * lib/libc/port/threads/door_calls.c, lib/libc/amd64/sys/door.s; door_create(3C) and its like.
 */
#ifndef FB_ILLUMOS_DOOR_H
#define FB_ILLUMOS_DOOR_H

#include "core/fd.h"
#include "personality/illumos/abi_door.h"
#include "personality/illumos/lwp.h"

#define ILLUMOS_DOOR_FDS_MOST 250     /* in one message: CORE_SCM_MAX_FD, and two of ours */
#define ILLUMOS_DOOR_INLINE   0x10000 /* more data than that travel in a file without a name */

struct illumos_door;
struct illumos_door_server;

/* ---- messages ------------------------------------------------------------------------------ */

enum illumos_wire_kind {
	ILLUMOS_WIRE_CALL,
	ILLUMOS_WIRE_NUDGE,
	ILLUMOS_WIRE_REPLY,
	ILLUMOS_WIRE_LEAVE, /* the caller of that channel waits no more */
};

#define ILLUMOS_WIRE_CHANNEL 0x1 /* the first descriptor is where to answer */
#define ILLUMOS_WIRE_FILE    0x2 /* the next holds the data */
#define ILLUMOS_WIRE_NOTHING 0x4 /* the caller wants no results at all */

struct illumos_wire {
	u32 kind, flags;
	u64 channel;
	u64 size;  /* of the data */
	u64 rsize; /* the caller's room for results */
	u32 fds;   /* descriptors that are the guest's */
	i32 error; /* of a reply, the hub's */
};

struct illumos_wire_fds {
	u32 n;
	i32 fd[CORE_SCM_MAX_FD];
};

/* Sends the header, w->size bytes at data, and descriptors. 0 or an error. */
long illumos_wire_send(int s, struct illumos_wire *w, u64 data, struct illumos_wire_fds *fds);
/*
 * Receives one: data up to room go to buf. Descriptors of the wire's own come first in *fds. 0,
 * -CORE_EPIPE at the end, or an error; now: without waiting.
 */
long illumos_wire_receive(int s, struct illumos_wire *w, u64 buf, u64 room,
			  struct illumos_wire_fds *fds, struct core_ucred *from, bool now);
/* n bytes of the file that came with a message, to the guest's or the runtime's memory. */
long illumos_wire_read(int file, u64 to, u64 n);
void illumos_wire_close(const struct illumos_wire_fds *fds, u32 from);

/* ---- doors --------------------------------------------------------------------------------- */

/* Where a process's calls are answered: a pair of sockets of which the server has the other end. */
struct illumos_door_channel {
	struct illumos_door_channel *next;
	u64 id;
	i32 pid; /* whose it is, as the machine says */
	int fd;
};

struct illumos_door_pair {
	struct illumos_door_pair *next;
	struct illumos_door *door;
	int fd;	     /* the server's end */
	bool handed; /* the other end was given away: it counts as a reference */
	bool dead;   /* and waits for those who serve a call of it */
	bool direct; /* a thread waits for messages of this one alone */
	int nudge;   /* the other end, to wake that thread by; -1: none */
	u32 busy;
	struct illumos_door_server *serving; /* threads with calls that came by it */
	struct illumos_door_channel *channels;
};

struct illumos_door_call;

struct illumos_door_pool {
	struct illumos_door_server *idle;	   /* on their futex */
	struct illumos_door_call *waiting, **last; /* local calls without a thread */
	u32 pollers;				   /* threads that wait for messages */
	u32 seq;      /* how many were taken: one idle thread looks whether it stands still, */
	bool watched; /* while this is set */
	u32 count;    /* of pairs, and if there is one, it */
	struct illumos_door_pair *only;
	int epoll, bell;
	bool started;
};

struct illumos_door {
	struct core_fd_note note;
	struct illumos_door *next; /* among this process's own */
	u32 uses;		   /* the note, pairs, calls, bound threads */
	i32 pid;
	u32 attributes;
	u64 id, pc, data;
	u64 data_max, data_min;
	u32 desc_max;
	bool unref_due, unref_queued, open;
	struct illumos_door *unref_next;
	struct illumos_door_pool own;
	struct illumos_door_pair *pairs;

	/* Of somebody else's door. */
	struct illumos_door_channel *channels; /* this process's ends, those not in use */
	i32 channels_pid;
};

/* One call within the process; it lies on the caller's stack. */
enum illumos_door_state {
	ILLUMOS_DOOR_QUEUED, /* no thread has it yet */
	ILLUMOS_DOOR_COPY,   /* a thread copies: the caller may not go */
	ILLUMOS_DOOR_SERVED,
	ILLUMOS_DOOR_DONE,
};

struct illumos_door_call {
	struct illumos_door_call *next;
	struct illumos_door *door;
	struct illumos_door_server *server;
	struct illumos_door_arg arg;
	u32 state; /* a futex */
	bool nothing, overflow, unref;
	long error;
};

struct illumos_door_server {
	struct illumos_door_server *next; /* among the idle */
	struct illumos_door_server *next_serving;
	i32 tid;
	u32 wake; /* a futex */
	u64 sp, ssize;
	struct illumos_door_call *call; /* the running one, within the process, */
	struct illumos_door_pair *pair; /* or of another */
	struct illumos_door *door;	/* whose call it is */
	struct illumos_door_channel *channel;
	struct illumos_wire wire;
	struct core_ucred from;
	struct illumos_door *bound;
	bool unbound_by_fork;
	bool polls; /* it was woken to wait for messages */
	u32 seen;   /* pool->seq when it went to sleep */
	u8 *buffer; /* for data of messages */
	struct illumos_wire_fds fds;
};

extern struct exo_lock illumos_doors_lock;

/* The door behind fd, referenced; NULL when it is none. illumos_door_put() lets it go. */
struct illumos_door *illumos_door_get(int fd);
void illumos_door_put(struct illumos_door *d);
bool illumos_door_is(int fd);
/* With the lock held: one use fewer. */
void illumos_door_drop(struct illumos_door *d);
static inline bool illumos_door_is_ours(const struct core_thread *t, const struct illumos_door *d)
{
	return d->pid == t->pid;
}
/* What is said of fd among descriptors that are passed. */
void illumos_door_describe(struct core_thread *t, int fd, struct illumos_door_desc *to);
/*
 * The descriptor to give away in fd's place, which is fd, or one to be closed afterwards: who
 * wants to be told of the last reference has to know which there are.
 */
int illumos_door_hand_out(int fd);

struct illumos_door_pool *illumos_door_pool_of(struct illumos_door *d);
long illumos_door_listen(struct illumos_door *d, struct illumos_door_pair *p);
/* With the lock held: the pair of that address, if there still is one. */
struct illumos_door_pair *illumos_door_find_pair(u64 address);
/* With the lock held: the other end is closed, or will not be heard any more. */
void illumos_door_unpair(struct illumos_door_pair *p);
/* A thread that serves is about to wait: somebody else has to hear messages. */
void illumos_door_will_block(struct core_thread *t);
/* With the lock held: a pair of the pool came or went; who waits for one alone looks again. */
void illumos_door_nudge(struct illumos_door_pool *pool);
/* With the lock held: was that the last reference but one? */
void illumos_door_check_unref(struct illumos_door *d, u32 refs);

long illumos_door_call(struct core_thread *t, int fd, guest_ptr args);
long illumos_door_return(struct core_thread *t, u64 data, u64 size, u64 desc, u32 ndesc, u64 sp,
			 u64 ssize);
long illumos_door_unref_wait(struct core_thread *t);
/* Within the process: c is filled in but for its state; waits until it is done. */
long illumos_door_local(struct core_thread *t, struct illumos_door_call *c);
/*
 * With the lock held, which is let go: waits until there is a call for s: 0, or why not. done: a
 * caller to be woken first, once s can be seen to wait.
 */
long illumos_door_wait(struct core_thread *t, struct illumos_door_server *s,
		       struct illumos_door_pool *pool, struct illumos_door_call *done);
/* With the lock held, of a call that came by a message: it is over; an error for an answer; the
 * caller is gone. */
void illumos_door_let_go(struct illumos_door_server *s);
void illumos_door_answer(struct illumos_door_server *s, long error);
void illumos_door_lose_channel(struct illumos_door_server *s);
struct illumos_door_server *illumos_door_self(struct core_thread *t, bool make);
/* With the lock held: who called d, which s serves, has left: its thread gets SIGCANCEL. */
void illumos_door_left(const struct illumos_door *d, const struct illumos_door_server *s);

/* Descriptors of a guest's list go into *fds, as they are to be given away; 0 or an error. */
long illumos_door_gather(u64 desc, u32 n, struct illumos_wire_fds *fds);
/* And afterwards: what was to be released is, and what was made to be given away is closed. */
void illumos_door_release_descs(u64 desc, u32 n, const struct illumos_wire_fds *sent, u32 first);

/* The thread ends, whatever it was serving; in the child of a fork. */
void illumos_door_thread_ends(struct core_thread *t);
void illumos_doors_forked(struct core_thread *t);

#endif
