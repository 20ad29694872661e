/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/kqueue_impl.h: what the files of the kqueue engine share; core/kqueue.c has the essay.
 */
#ifndef FB_CORE_KQUEUE_IMPL_H
#define FB_CORE_KQUEUE_IMPL_H

#include "core/fd.h"
#include "core/kqueue.h"
#include "core/slab.h"
#include "core/timeheap.h"

/* ---- tables ------------------------------------------------------------------------ */

struct kq_link {
	struct kq_link *next;
	u64 key;
};

#define KQ_FEW 32

struct kq_bucket {
	struct kq_link *first;
};

struct kq_table {
	struct kq_bucket *bucket;
	u32 mask; /* buckets - 1 */
	u32 count;
	struct kq_bucket few[KQ_FEW]; /* what it starts with */
};

void kq_table_start(struct kq_table *t);
void kq_table_end(struct kq_table *t);
void kq_table_add(struct kq_table *t, struct kq_link *l);
void kq_table_remove(struct kq_table *t, struct kq_link *l);
/* The first link of that key in its bucket, or the next one after l. */
struct kq_link *kq_table_find(const struct kq_table *t, u64 key);
struct kq_link *kq_table_next(const struct kq_link *l);

/* ---- what is watched ------------------------------------------------------------------ */

enum kq_watch_kind {
	KQ_WATCH_FD,	  /* a descriptor of the guest's */
	KQ_WATCH_INODE,	  /* what an inotify watch number stands for */
	KQ_WATCH_PROCESS, /* a hidden process descriptor */
	KQ_WATCH_BELL,	  /* the queue has something */
	KQ_WATCH_TIMERS,
	KQ_WATCH_INOTIFY,
	KQ_WATCH_NEWS, /* what guest processes tell */
};

/* How room to write is asked for. */
enum kq_room {
	KQ_ROOM_UNKNOWN,
	KQ_ROOM_SOCKET,
	KQ_ROOM_BYTES, /* a socket that counts them */
	KQ_ROOM_PIPE,
	KQ_ROOM_FIFO, /* a pipe with a name */
	KQ_ROOM_OTHER
};

#define KQ_KEY_INODE (1UL << 40) /* ored with a watch number; else the key is a descriptor */

struct kq_watch {
	struct kq_link link;
	struct kq_note *notes;
	u32 generation; /* tells an event of this watch from one of an earlier of that key */
	u32 mask;	/* what the host watches for; 0: it does not */
	u32 prearmed;	/* watched for on behalf of the next change */
	u32 capacity;	/* of the send buffer */
	u8 kind;
	u8 room;
	bool plain;  /* a file or directory: always readable and writable to the host */
	bool parked; /* the host insists on a hang-up that is none: edges only */
};

#define KQ_ACTIVE   0x1 /* something happened */
#define KQ_QUEUED   0x2
#define KQ_DISABLED 0x4
#define KQ_DROP	    0x8	 /* goes away unreported */
#define KQ_FIRED    0x10 /* CORE_EVFILT_USER: triggered */

#define KQ_REQUEST 0x20 /* of an asynchronous request */
#define KQ_NEVER   0x40 /* there is nothing to report */

#define KQ_EV_REQUEST 0x2000 /* in a change of the runtime's own: a request registers itself */

/* One kevent that was added. */
struct kq_note {
	struct kq_link link; /* among the ids; of descriptors: link.next is the watch's next */
	struct kq_note *q_next, *q_prev;
	struct kq_watch *watch; /* of a descriptor or a process */
	struct kq_watch *inode; /* of a file */
	struct kq_note *inode_next;
	struct core_kevent ev; /* as it is reported */
	u32 sfflags;	       /* as they were asked for */
	u32 status;
	i64 sdata;
	u32 scan;  /* the last scan that reported it */
	u32 nlink; /* of a file; EVFILT_EMPTY: something was to be sent */
	i64 size;
	struct core_due due;
	i64 period;
};

struct kq {
	struct core_fd_note note;
	struct exo_lock lock;
	struct kq *next; /* in the list of all */
	bool orphan;	 /* after fork, in the child */
	bool rung;
	u32 scans;
	u32 generations;
	int ep;			    /* the epoll descriptor, hidden; the guest's is a copy of it */
	int bell, timerfd, inotify; /* hidden, -1 until needed, as the next two */
	int news, news_holder;	    /* where guest processes tell, and the wish that they do */
	u32 reader;		    /* the name of news */
	i64 armed;		    /* what timerfd is set to */
	u64 signals;		    /* watched */
	struct kq_note *q_first, *q_last;
	struct core_timeheap timers;
	struct core_slab notes, watches;
	struct kq_table ids;	 /* notes of filters whose ident is no descriptor */
	struct kq_table watched; /* watches */
};

/* ---- kqueue.c --------------------------------------------------------------------------- */

/* act for every kqueue of the process, each locked. */
void kq_each(void (*act)(struct kq *kq, void *arg), void *arg);
void kq_watching(int fd); /* a descriptor is watched from now on */
void kq_signal(int sig);  /* one that is watched has come */
/* Unlocks; whoever waits is told when there is something in the queue. */
void kq_unlock(struct kq *kq);
/* Something happened to kn: it will be looked at and reported, once it is enabled. */
void kq_activate(struct kq *kq, struct kq_note *kn);
void kq_enqueue(struct kq *kq, struct kq_note *kn);
void kq_dequeue(struct kq *kq, struct kq_note *kn);

/* ---- kqueue_scan.c -------------------------------------------------------------------------- */

/* Takes at most nevents events; the number put out, or -CORE_E. */
long kq_scan(struct core_thread *t, struct kq *kq, int nevents, const struct core_timespec *limit,
	     struct core_kevent_io *io);

/* ---- kqueue_change.c --------------------------------------------------------------------- */

/* Applies one change; next is the one after it, or NULL. 0 or -CORE_E. */
long kq_change(struct kq *kq, struct core_kevent *kev, const struct core_kevent *next);
/* Takes kn out of everything and frees it. */
void kq_drop(struct kq *kq, struct kq_note *kn);
/* Does what kn stands for hold now? Brings kn->ev up to date. */
bool kq_holds(struct kq *kq, struct kq_note *kn);

/* ---- kqueue_watch.c ----------------------------------------------------------------------- */

struct kq_watch *kq_watch_find(const struct kq *kq, u64 key);
struct kq_watch *kq_watch_new(struct kq *kq, u64 key, enum kq_watch_kind kind);
void kq_watch_free(struct kq *kq, struct kq_watch *w);
/* Tells the host what w's notes want; again: even what it knows, so that it looks afresh. */
long kq_watch_sync(struct kq *kq, struct kq_watch *w, bool again);
/* A hidden descriptor of the kqueue's own, made by open and watched; its number or -CORE_E. */
long kq_hidden(struct kq *kq, int *slot, long made, enum kq_watch_kind kind);
/* All notes of a descriptor go, and its watch. */
void kq_watch_close(struct kq *kq, struct kq_watch *w);

/* ---- kqueue_fd.c ---------------------------------------------------------------------------- */

long kq_fd_attach(struct kq *kq, struct kq_note *kn, const struct core_kevent *next);
void kq_fd_detach(struct kq *kq, struct kq_note *kn);
/* With what the host reported; kq_fd_holds asks it. */
bool kq_fd_event(struct kq *kq, struct kq_note *kn, u32 events);
bool kq_fd_holds(struct kq *kq, struct kq_note *kn);
/* What of a report concerns kn. */
u32 kq_fd_mask(const struct kq_note *kn);
/* Must kn be looked at by us because the host only tells of changes? */
bool kq_fd_soft(const struct kq_note *kn);
/* Does kn wait for more than the host's first byte? */
bool kq_fd_choosy(const struct kq_note *kn);
bool kq_is_fd_filter(int filter);

/* ---- kqueue_timer.c ----------------------------------------------------------------------------
 */

long kq_timer_attach(struct kq *kq, struct kq_note *kn);
void kq_timer_detach(struct kq *kq, struct kq_note *kn);
void kq_timer_touch(struct kq *kq, struct kq_note *kn, const struct core_kevent *kev);
void kq_timers_run(struct kq *kq);
/* Looks at kn again in ns nanoseconds. */
long kq_timer_later(struct kq *kq, struct kq_note *kn, i64 ns);

/* kqueue_units.c: a timer's data in nanoseconds, at most INT64_MAX / 4; -1 for units there
 * are not. */
i64 kq_timer_ns(i64 data, u32 fflags);
/* What an inotify mask is about: the file itself, an entry of the directory, or one that got
 * another name in it. */
enum kq_about { KQ_ITSELF, KQ_ENTRY, KQ_ENTRY_RENAMED };

/* What it means to EVFILT_VNODE; the links and the size of the file changed by so much. */
u32 kq_vnode_notes(u32 mask, enum kq_about about, int links, i64 growth);

/* ---- kqueue_vnode.c
 * ------------------------------------------------------------------------------ */

long kq_inode_attach(struct kq *kq, struct kq_note *kn);
void kq_inode_detach(struct kq *kq, struct kq_note *kn);
void kq_inodes_run(struct kq *kq);
long kq_vnode_check(int fd);
bool kq_unnamed_pipe(int fd);

/* ---- kqueue_proc.c
 * ---------------------------------------------------------------------------------- */

long kq_proc_attach(struct kq *kq, struct kq_note *kn);
/* Watches a process by a descriptor that it takes over, or an error in its place. */
long kq_proc_attach_fd(struct kq *kq, struct kq_note *kn, long fd);
void kq_proc_detach(struct kq *kq, struct kq_note *kn);
void kq_proc_ended(struct kq *kq, struct kq_note *kn, int pidfd);
long kq_procdesc_check(int fd);
void kq_signal_attach(struct kq *kq, struct kq_note *kn);
void kq_signal_detach(struct kq *kq, struct kq_note *kn);

/* ---- kqueue_news.c ------------------------------------------------------------------------ */

/* Sees to it that a process tells what kn wants to know; -CORE_EACCES when it is no guest. */
long kq_news_want(struct kq *kq, struct kq_note *kn);
void kq_news_unwant(struct kq *kq, const struct kq_note *kn);
void kq_news_run(struct kq *kq);

#endif
