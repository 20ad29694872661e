/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/exec.h: choosing who runs a program: the host itself, or the runtime again.
 */
#ifndef FB_LOADER_EXEC_H
#define FB_LOADER_EXEC_H

#include "core/thread.h"
#include "loader/detect.h"

/* First word of the option string between one runtime image and the next. */
#define LOADER_RT_MAGIC "FBIRD1"

/* What a process hands on to the programs it executes. */
struct loader_inherit {
	char options[1280]; /* "FBIRD1;..." */
	bool keep_linux;    /* Linux programs too go through the runtime */
	bool inside;	    /* "/" is another system's; Linux programs find theirs by the runtime */
	bool keep_unknown;  /* what no format is known of: programs without a header */
	bool keep_all;	    /* and set-id ones: the host alone can run nothing from here */
};
extern struct loader_inherit loader_inherit;

/*
 * The guest's execve. path is a copy in the runtime's memory, relative to dirfd; an empty path
 * means dirfd itself (fexecve). argv and envp are the guest's NULL-terminated vectors; argv
 * may be 0. rules: how the calling ABI reads "#!" lines. Returns only an error: -CORE_ENOENT,
 * EACCES, ENOEXEC, E2BIG, EFAULT, ...
 */
struct loader_script_rules;
long loader_execve(struct core_thread *t, int dirfd, const char *path, u64 argv, u64 envp,
		   const struct loader_script_rules *rules);

/* A loader_source over a descriptor. */
struct loader_fd {
	int fd;
	struct loader_source src;
};
/* head: LOADER_WINDOW bytes for the beginning of the file, which is then read once only. */
long loader_fd_source(struct loader_fd *f, int fd, u8 *head);

#endif
