/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit/host.h: the part of a policy that the host's kernel enforces: a seccomp filter,
 * Landlock rules, capabilities. The program that is run takes it upon itself before the runtime
 * begins (cli/confine.h).
 */
#ifndef FB_CLI_AUDIT_HOST_H
#define FB_CLI_AUDIT_HOST_H

#include "cli/audit/policy.h"

struct host_call {
	const char *name;
	const char *others; /* names of calls, as patterns, that may come to it besides its own */
	bool inet;	    /* all of it but what the runtime needs, AF_UNIX and AF_NETLINK */
};

extern const struct host_call host_calls[];
extern const u32 host_calls_count;

/* Does no call that may come to it ever get through? */
bool host_is_closed(const struct audit_policy *m, const struct host_call *h);

/* A descriptor of the seccomp program, or -1: nothing to close. *status: CLI_OK or an error. */
int host_filter(const struct audit_policy *m, int *status);
/* A descriptor of the path and port rules as cli/confine.h reads them; -1: there are none. */
int host_rules(const struct policy *p, int *status);

#endif
