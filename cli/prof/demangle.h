/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/demangle.h: names of C++ and of Rust as their languages write them. */
#ifndef FB_CLI_PROF_DEMANGLE_H
#define FB_CLI_PROF_DEMANGLE_H

/* A copy, to be freed: the name as it is where nobody knows better. */
char *demangle(const char *name);

#endif
