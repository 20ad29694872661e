/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/session.h: a PDP-11's program that is debugged, and talking to its stub
 * (cpu/pdp11/stub.h) by GDB's remote protocol.
 */
#ifndef FB_CLI_DEBUG_SESSION_H
#define FB_CLI_DEBUG_SESSION_H

#include <sys/types.h>

#include "cli/debug/debug.h"

#define SESSION_ANSWER 2048

struct session {
	pid_t pid;
	int process; /* a pidfd */
	int socket;  /* -1: the program goes on without us */
	bool ended;
	bool adopted; /* no child of ours: how it ends is not told */
	int status;   /* as wait has it; -1: nobody knows */
	char answer[SESSION_ANSWER];
};

/* Starts the program, which waits for what it is told. A status, after a sentence. */
int session_start(struct session *s, const struct debug_options *o, int argc, char **argv);
/* Comes to a program that runs already; the same. */
int session_attach(struct session *s, pid_t pid);
/* It is another process that is debugged from now on: a child of that one. */
void session_adopt(struct session *s, pid_t pid);
/* Kills it, if it is still there. */
void session_end(struct session *s);
/* This process ends as the program did. */
int session_leave_as(const struct session *s);

/*
 * Sends a packet and waits for what is answered, which goes into s->answer. False: the program has
 * ended, or goes on without us.
 */
bool session_ask(struct session *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Waits for one answer more, of a program that was told to go on. */
bool session_wait(struct session *s);
/* Looks whether the program has ended; wait: until it has. */
bool session_ended(struct session *s, bool wait);

/* Lets another debugger in, and relays. A status. */
int session_serve(struct session *s, const char *listen);

#endif
