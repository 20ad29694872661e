/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/script.h: the `#!` line, as each kernel reads it.
 *
 * Both kernels pass at most one argument, the rest of the line without the blanks around
 * it, and both end the line at a newline or a NUL. They differ in how much they read and
 * in what they do when the interpreter's name is cut off by that limit.
 */
#ifndef FB_LOADER_SCRIPT_H
#define FB_LOADER_SCRIPT_H

#include "loader/image.h"

#define LOADER_SCRIPT_MAX PAGE_SIZE

struct loader_script_rules {
	u32 limit;	      /* bytes of the file that are looked at */
	bool cut_is_an_error; /* a name that runs into the limit is refused, not used cut */
};

/* FreeBSD: sys/kern/imgact_shell.c, MAXSHELLCMDLEN of sys/imgact.h. */
static const struct loader_script_rules loader_script_freebsd UNUSED = {.limit = LOADER_SCRIPT_MAX};
/* Linux: execve(2), "Interpreter scripts": 255 characters since 5.1. */
static const struct loader_script_rules loader_script_linux UNUSED = {.limit = 256,
								      .cut_is_an_error = true};

struct loader_script {
	char *interp;
	char *arg; /* NULL when there is none */
};

/*
 * head holds the file's first n bytes (n <= LOADER_SCRIPT_MAX). The line is moved over its
 * own #!, which makes room for the NULs; the results point into it. Returns 0, or
 * -CORE_ENOEXEC when the line names no interpreter.
 */
long loader_script_parse(const struct loader_script_rules *rules, char *head, u32 n,
			 struct loader_script *out, struct loader_error *err);

#endif
