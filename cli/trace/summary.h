/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/summary.h: `fbird trace -c`. */
#ifndef FB_CLI_TRACE_SUMMARY_H
#define FB_CLI_TRACE_SUMMARY_H

#include <stdio.h>

#include "cli/trace/reader.h"

/* The table of strace -c, the most time first, one for each personality. */
void summary_print(FILE *out, struct reader *r);

#endif
