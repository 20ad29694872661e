/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/names.h: errors and signals by the names of each system. */
#ifndef FB_CLI_TRACE_NAMES_H
#define FB_CLI_TRACE_NAMES_H

/* Whose names. */
enum names { NAMES_CORE, NAMES_FREEBSD, NAMES_ILLUMOS, NAMES_RESEARCH };

/* The name of an error by the number the system's programs see, and its neutral number; NULL: it
 * has none, and *core is the number itself. */
const char *name_of_error(enum names names, int number, int *core);
/* The name of a signal by its neutral number ("SIGUSR1"), or NULL. */
const char *name_of_signal(enum names names, int core);
/* The number the system's programs know it by; 0: none. */
int number_of_signal(enum names names, int core);

/* The neutral number of an error of any system by its name; 0: none is called so. */
int error_named(const char *name);

/* The number a system has for a signal of that name; 0: none is called so. */
int signal_number(enum names names, const char *name);

#endif
