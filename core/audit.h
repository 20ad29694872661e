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
 * Does the condition hold of the paths, or addresses, that the call names? With `all` of each of
 * them, else of one; of a call that names none it does not, negated or not. UNKNOWN: one cannot be
 * read, or it cannot be told.
 */
enum audit_answer core_audit_path(const struct trace_call *c, const struct audit_condition *k,
				  const char *dir, bool all);
enum audit_answer core_audit_address(const struct trace_call *c, const struct audit_condition *k,
				     bool all);

/* ---- for these --------------------------------------------------------------------------- */

/* What was found so far, and one more. */
struct audit_tally {
	bool all, any, unknown, decided;
};

/* False: it is decided. */
static inline bool audit_tally(struct audit_tally *n, enum audit_answer one, bool negated)
{
	n->any = true;
	if (one == AUDIT_UNKNOWN)
		n->unknown = true;
	else
		n->decided |= (one == AUDIT_YES) != negated ? !n->all : n->all;
	return !n->decided;
}

static inline enum audit_answer audit_outcome(const struct audit_tally *n)
{
	if (n->decided)
		return n->all ? AUDIT_NO : AUDIT_YES;
	if (!n->any)
		return AUDIT_NO;
	return n->unknown ? AUDIT_UNKNOWN : n->all ? AUDIT_YES : AUDIT_NO;
}

#endif
