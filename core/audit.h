/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/audit.h: is a call let through? By the policy of trace/policy.h, before its handler.
 */
#ifndef FB_CORE_AUDIT_H
#define FB_CORE_AUDIT_H

#include "core/personality.h"
#include "trace/policy.h"

extern const struct audit_policy *audit_policy; /* NULL: everything is */

static inline bool audit_on(void)
{
	return UNLIKELY(audit_policy != NULL);
}

/*
 * At start, after trace_take: the policy is behind the descriptor that was left to this image.
 * False when it is no such thing, or nobody listens.
 */
bool audit_take(int left);

/* What the policy says of the call goes into c->rule, c->verdict and c->error. */
void core_audit(struct trace_call *c, struct core_thread *t, const struct core_personality *abi);

/* ---- for core/audit.c -------------------------------------------------------------------- */

enum audit_answer { AUDIT_NO, AUDIT_YES, AUDIT_UNKNOWN };

/*
 * Does one of the call's paths name `dir`, or with `below` what is below it? The names as they are
 * written, made absolute, without "." and ".."; symbolic links are not looked at. UNKNOWN: a path
 * cannot be read, or it cannot be told where it begins. A call without paths: NO.
 */
enum audit_answer core_audit_path(const struct trace_call *c, const char *dir, bool below);

#endif
