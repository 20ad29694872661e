/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/audit/audit.h: what `fbird audit` does, by its first word. */
#ifndef FB_CLI_AUDIT_AUDIT_H
#define FB_CLI_AUDIT_AUDIT_H

#include "cli/audit/policy.h"
#include "cli/child.h"

extern const char *audit_fbird; /* the program `fbird` */

int audit_run_main(int argc, char **argv);
int audit_learn_main(int argc, char **argv);
/* Writes who enforces which rule. CLI_OK, or CLI_USAGE for a policy with errors. */
int audit_explain(const char *file, const char *box);

/* Options that both hand on to `fbird run`. */
enum { OPT_RUN_WORD = 1000, OPT_RUN_FLAG };

#endif
