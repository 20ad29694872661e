/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/start.c: the library's beginning, before anything of the program runs.
 *
 * The dynamic linker calls this first of all initialisers, because everything needs the library.
 */
#include <stdlib.h>

#include "guest/illumos/libc/libc.h"

EXPORT char **environ;
extern char **_environ EXPORT __attribute__((alias("environ")));
EXPORT int __argc;
EXPORT char **___Argv;

EXPORT int *___errno(void)
{
	return &self()->error;
}

__attribute__((constructor)) static void start(void)
{
	environ = _fb_rtld.envp;
	__argc = (int)_fb_rtld.argc;
	___Argv = _fb_rtld.argv;
	fb_ctype_start();
	fb_stdio_start();
	fb_threads_start();
	fb_signals_start();
	_fb_rtld.allocate = malloc;
	_fb_rtld.release = free;
}
