/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/guests.h: which processes of this machine are guests, and what each says of itself.
 */
#ifndef FB_CLI_GUESTS_H
#define FB_CLI_GUESTS_H

#include <sys/types.h>

#include "lib/base.h"

struct guest {
	pid_t pid, parent;
	uid_t uid;
	char state; /* as proc_pid_stat(5) has it */
	u32 threads;
	double elapsed, cpu; /* seconds */
	char abi[16];	     /* "": its memory is not for us to read */
	char *program;	     /* what runs, by its own system's name; NULL: as abi */
	char *root;	     /* the directory that is "/" for it; NULL: the machine's */
	char *arguments;     /* one behind the other, each with its NUL */
	size_t arguments_size;
};

/* 0 for a guest; ESRCH: there is no such process, EACCES: it is not for us to know, ENOEXEC: it is
 * none. */
int guest_is(pid_t pid);
/* The same, and what there is to know. */
int guest_read(pid_t pid, struct guest *g);
void guest_free(struct guest *g);

/* A number of /proc/PID/status, in that base; false: it is not there. */
bool guest_status(pid_t pid, const char *key, int base, u64 *value);

#endif
