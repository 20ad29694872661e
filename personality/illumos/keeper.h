/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/keeper.h: the keeper of contracts, among its files.
 *
 * A contract outlives the process that made it, and has to notice the ends of processes that
 * cannot say anything any more. So what the original's kernel does, a process does here: the first
 * that wants something of /system/contract starts it, it holds a descriptor for each process it
 * was told of, and it ends when nobody is left. There is one per user. It is the runtime's image,
 * executed anew: nothing of a guest is in it.
 *
 *	keeper.c	 connections, requests, processes
 *	keeper_terms.c	 templates
 *	keeper_contract.c the life of contracts
 *	keeper_event.c	 events, queues and listeners
 *	keeper_data.c	 lists of names and values
 *	keeper_name.c	 names of doors and STREAMS (namefs.c), which outlive processes as well
 *
 * Facts: usr/src/uts/common/os/contract.c, contract/process.c, fs/ctfs/ctfs_{ctl,event,tmpl}.c,
 * os/policy.c (secpolicy_contract_*).
 */
#ifndef FB_ILLUMOS_KEEPER_INTERNAL_H
#define FB_ILLUMOS_KEEPER_INTERNAL_H

#include "core/slab.h"
#include "personality/illumos/keeper_wire.h"

#define KEEPER_ROOT	 1 /* the contract of processes that are in no other */
#define KEEPER_CONTRACTS 10000
#define KEEPER_NAME_ROOM 256

struct contract;
struct listener;

enum queue_kind { QUEUE_CONTRACT, QUEUE_BUNDLE, QUEUE_PBUNDLE, QUEUES };

struct event;
struct link {
	struct event *next, *prev;
	u32 refs, reliable; /* listeners that are here */
	bool in, trimmed;
};

struct event {
	u64 id;
	u32 type, flags, refs, len;
	struct contract *contract;
	struct link link[QUEUES];
	u8 data[256];
};

struct queue {
	enum queue_kind kind;
	struct event *first, *last;
	struct listener *listeners;
	u32 count; /* of listeners */
	bool dead;
	bool alone; /* a process's: freed with its last listener */
};

struct conn;
struct listener {
	struct listener *next;
	struct queue *queue;
	struct event *position; /* NULL: at the end */
	struct conn *file;
	struct conn *copying; /* whoever takes an event over just now */
	bool reliable, told, reset;
	bool checks; /* events are read by whom they concern (the bundle's) */
};

struct terms {
	u64 cookie;
	u32 critical, info, params, fatal;
	struct contract *subsume;
	bool has_fmri, has_aux;
	char fmri[KEEPER_TEXT_MAX], aux[KEEPER_TEXT_MAX];
};

/* A template that an LWP has activated. */
struct active {
	struct active *next;
	u32 lwp;
	struct terms terms;
};

enum tag { TAG_PROC, TAG_CONN, TAG_NAME };

struct proc {
	enum tag tag; /* first in both: epoll has pointers to them */
	struct proc *next;
	i32 pid;
	int pidfd;
	u32 uid;
	i32 parent, group;
	struct contract *contract; /* NULL: it has ended, and its parent may tell of it yet */
	struct queue *pbundle;
	struct active *active;
	i32 killer;   /* who sent the signal below */
	u32 kill_sig; /* the hub's number */
	bool kill_known;
	bool unconfirmed;    /* its parent has not told of it */
	bool killed_outside; /* by somebody outside its contract, if it is by SIGKILL of ours */
	bool killed_by_us;
	char name[16];
};

struct contract {
	struct contract *next;
	i32 id;
	u32 refs, cuid, members, inherited;
	enum illumos_ct_state state;
	struct proc *owner;
	struct contract *regent;
	struct contract *heirs, *next_heir; /* those it inherited, the newest first */
	struct terms *terms;		    /* as they were when it was made */
	struct queue events;
	u32 pending; /* critical events nobody acknowledged */
	i32 svc_ctid;
	i64 ctime;
	i32 latest_pid; /* whose newest it is */
	u32 latest_lwp;
	char creator[16];
	char fmri[KEEPER_TEXT_MAX];
};

struct conn {
	enum tag tag;
	struct conn *next;
	int fd;
	i32 pid;
	u32 uid, object;
	bool open; /* it is a file, of this sort: */
	enum keeper_what what;
	enum illumos_ct_type type;
	bool nonblock;
	struct terms *terms;
	struct contract *contract;
	struct listener *listener;
	/* or a request that waits */
	struct listener *waits;
	bool critical, copying;
	struct event *given;
};

/* A name that something is attached to. */
struct named {
	enum tag tag;
	struct named *next;
	int listener, target, dir, node, watch;
	u64 inode; /* of the covered file, which lies aside */
	char aside[256];
};

struct keeper {
	struct named *names;
	struct proc *procs, *kernel;
	struct contract *contracts, *root;
	struct conn *conns;
	struct queue bundle[ILLUMOS_CTT_TYPES];
	u32 count;
	i32 last_id;
	u64 last_event;
	struct core_slab proc_slab, contract_slab, event_slab, conn_slab, listener_slab, terms_slab,
	    active_slab, queue_slab, name_slab;
};
extern struct keeper *keeper;

/* keeper.c */
/* Events of fd are about what, a process or a connection. */
bool keeper_watch(int fd, void *what);
void keeper_answer_read(struct conn *c, struct event *e, long error);

/* keeper_proc.c */
struct proc *keeper_proc(i32 pid);
/* The process of that number, which from now on is known. NULL: it is over. */
struct proc *proc_known(i32 pid, u32 uid);
bool proc_is_child(i32 pid, i32 parent);
bool proc_is_over(const struct proc *p);
/* It is over, with that status of the hub's, or nobody said how; p is gone. */
void proc_bury(struct proc *p, u32 wstat);
void proc_ended(struct proc *p);
struct active *proc_active_of(const struct proc *p, u32 lwp);
void proc_clear(struct proc *p, u32 lwp);
long proc_activate(struct proc *p, u32 lwp, const struct terms *t);
/* The parent's LWP forked pid, for which a contract was made, or 0, as caller says. */
long proc_born(struct proc *parent, u32 lwp, i32 pid, u32 uid, i32 made, i32 caller);

/* keeper_name.c */
long name_attach(const struct keeper_request *q, const char *aside, const int *fds, u32 count);
void name_event(struct named *n);
struct named *name_find(const void *what);

/* keeper_terms.c */
long terms_set(struct conn *c, const struct keeper_request *q, const char *text);
long terms_get(struct conn *c, const struct keeper_request *q, struct keeper_reply *a, char *text);
void terms_default(struct terms *t, enum illumos_ct_type type);
/* *to gets a copy, with a hold on what it subsumes. */
void terms_copy(struct terms *to, const struct terms *from);
void terms_drop(struct terms *t);

/* keeper_contract.c */
struct contract *contract_find(i32 id);
void contract_hold(struct contract *c);
void contract_rele(struct contract *c);
struct contract *contract_create(const struct terms *t, struct proc *p, u32 lwp, u32 uid);
void contract_join(struct contract *c, struct proc *p, struct proc *parent);
long contract_abandon(struct contract *c, struct proc *p, bool explicit);
long contract_adopt(struct contract *c, struct proc *p);
long contract_ack(struct contract *c, u64 evid, bool nack);
/* The process is over; wstat as the hub tells it. */
void contract_exit(struct proc *p, u32 wstat);
bool contract_may_control(const struct contract *c, const struct proc *p);
bool contract_owned(const struct contract *c, const struct proc *p, u32 uid);

/* keeper_event.c */
void event_publish(struct contract *c, u32 type, const u8 *data, u32 len);
void queue_trim(struct queue *q, const struct contract *c);
void queue_drain(struct queue *q, bool ack);
void queue_copy(struct queue *from, struct queue *to);
struct queue *queue_of_process(struct proc *p);
struct listener *listener_add(struct queue *q, struct conn *file, bool checks);
void listener_remove(struct listener *l);
void listener_reset(struct listener *l);
void listener_next(struct listener *l, u64 id);
void listener_reliable(struct listener *l);
/* Is there an event for c to read? It is given; else NULL and *dead. */
struct event *listener_read(struct listener *l, struct conn *c, bool critical);
/* c has got the event given to it, or not. */
void listener_done(struct listener *l, struct conn *c, bool taken);
/* Answers who waits, tells who polls. */
void listeners_wake(struct queue *q);
void event_rele(struct event *e);
/* How many signs of an event the file's holder shall take away. */
u32 listener_drain(struct listener *l);

/* keeper_data.c */
struct nvlist {
	u8 *to;
	u32 size, at;
};
void nv_begin(struct nvlist *n, u8 *to, u32 size);
void nv_u32(struct nvlist *n, const char *name, u32 value);
void nv_i32(struct nvlist *n, const char *name, i32 value);
void nv_string(struct nvlist *n, const char *name, const char *value);
/* Room for count words, to be filled in; NULL when there is none. */
u32 *nv_words(struct nvlist *n, const char *name, u32 count);
/* Its length, 0 when it had no room. */
u32 nv_end(struct nvlist *n);
void contract_status(const struct contract *c, u32 detail, struct illumos_ct_status *s);
u32 contract_details(const struct contract *c, u32 detail, u8 *to, u32 size);

/* rt/main.c: serves by the listening descriptor, and ends the process. */
void illumos_keeper(int listener) NORETURN;

#endif
