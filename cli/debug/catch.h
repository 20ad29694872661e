/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/debug/catch.h: gdb's commands to stop at calls and signals, and what is said there. */
#ifndef FB_CLI_DEBUG_CATCH_H
#define FB_CLI_DEBUG_CATCH_H

#include "cli/debug/debug.h"
#include "cli/trace/names.h"

/* Whose names of errors and signals a personality has. */
enum names debug_names_of(const char *personality);

/* Each prints commands for gdb; a status. A call, or its end, by name. */
int debug_catch(const char *personality, const char *name, bool ended);
/* N of such a catchpoint and the words of a condition; made: what was kept of the catchpoint. */
int debug_condition(long made, char *const *words, int n);
/* What a call has failed with, by the guest's number. */
int debug_error(const char *personality, const char *call, int number);
/* A signal by name or number. */
int debug_catch_signal(const char *personality, const char *word);
/* SIGNAL ACTION... */
int debug_handle(const char *personality, char *const *words, int n);

#endif
