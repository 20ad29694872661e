/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/guests.h: the guests among the processes of this machine, for `fbird ps` and `fbird top`.
 */
#ifndef FB_CLI_GUESTS_H
#define FB_CLI_GUESTS_H

#include <stdbool.h>
#include <sys/types.h>

#include "lib/base.h"
#include "trace/plate.h"

struct guest {
	pid_t pid, ppid, pgid, sid;
	uid_t uid; /* effective */
	char personality[32];
	char *root; /* on the host; "/": the host's own */
	char *name; /* of that root in the user's store; NULL: it is none of it */
	bool in_process, interpreted;
	long threads;
	u64 ticks;    /* of processor time */
	u64 began;    /* in ticks since the machine was started: with pid it names one process */
	u64 rss, vsz; /* bytes */
	char state;
	bool traced; /* this and the next by guests_count_calls */
	u64 calls;
	char *program; /* its path as the guest has it */
	char *command; /* with its arguments, as far as the host knows them; what a terminal
			* would not like is '?' */
};

struct guests {
	struct guest *list; /* by pid */
	size_t count;
	size_t closed; /* processes that may not be looked into */
};

/* What a look at one process found. */
enum guest_look {
	GUEST_IS,
	GUEST_NOT,    /* another program */
	GUEST_CLOSED, /* may not be looked into */
	GUEST_GONE,   /* there is no such process */
};

enum guest_look guest_look(pid_t pid, struct guest *g);
void guest_free(struct guest *g);

/* All of this user, or of every user. False: there is no /proc. */
bool guests_find(struct guests *all, bool everybody);
/* Asks each how many calls it has told of. */
void guests_count_calls(struct guests *all);
void guests_free(struct guests *all);

/* The plate and the facts of a process, for who knows that it is a guest; false: it has none. */
bool guest_facts(pid_t pid, struct trace_plate *plate, struct trace_facts *facts);
/* n bytes of its memory; false: not all of them can be read. */
bool guest_read(pid_t pid, u64 at, void *out, size_t n);
/* A string of its memory, at most size - 1 bytes; false: it cannot be read. */
bool guest_string(pid_t pid, const void *at, char *out, size_t size);

/* Calls it has told of to who traces or audits it, since that began; false: nobody does, or it may
 * not be looked into. */
bool guest_calls(pid_t pid, u64 *calls);

/* A number of /proc/PID/status, in that base; false: it is not there. */
bool guest_status(pid_t pid, const char *key, int base, u64 *value);

/* A user's name, or number. The result is the callee's until the next call. */
const char *guest_user(uid_t uid);
/* The root as people call it: its name in the store, or its directory. */
const char *guest_root(const struct guest *g);

#endif
