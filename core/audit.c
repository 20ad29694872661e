/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/audit.c: the rules of a policy, in their order, until one holds; core/audit.h.
 *
 * The policy is sealed memory that `fbird audit` wrote, so its numbers are what they should be. The
 * levels of the buckets are where every process of the program can write, and are taken for
 * nothing but numbers.
 */
#include "core/audit.h"
#include "exo/exo.h"

FB_HOT const struct audit_policy *audit_policy;

bool audit_take(int left)
{
	const struct audit_policy *p = exo_shared_take(EXO_SHARED_POLICY, left, AUDIT_SIZE);

	if (!p || p->magic != AUDIT_MAGIC || !trace_on())
		return false;
	audit_policy = p;
	return true;
}

static inline u64 ticks(void)
{
	u32 low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (u64)high << 32 | low;
}

/*
 * A token of bucket i. Kept is one number: when the bucket will be full again. Each token taken
 * puts that off by a period; when it would be further off than a whole burst there was none.
 */
static bool token(u32 i)
{
	const struct audit_bucket *b = &audit_policy->bucket[i];
	u64 *level = &trace_memory->bucket[i];
	u64 full = __atomic_load_n(level, __ATOMIC_RELAXED), now = ticks(), from;

	do {
		from = full - now < b->period * b->burst ? full : now;
		if (from - now > b->period * (b->burst - 1))
			return false;
	} while (!__atomic_compare_exchange_n(level, &full, from + b->period, false,
					      __ATOMIC_RELAXED, __ATOMIC_RELAXED));
	return true;
}

static u64 argument(const struct audit_condition *k, u64 value)
{
	if (k->bits == 64)
		return value;
	return k->is_signed ? (u64)(i32)value : (u32)value;
}

static bool less(const struct audit_condition *k, u64 a, u64 b)
{
	return k->is_signed ? (i64)a < (i64)b : a < b;
}

static bool compares(const struct audit_condition *k, u64 v)
{
	switch (k->test) {
	case AUDIT_LESS:
		return less(k, v, k->value);
	case AUDIT_LESS_EQUAL:
		return !less(k, k->value, v);
	default: /* AUDIT_MASKED */
		return (v & k->mask) == k->value;
	}
}

/* What lets a call through does so for all that it names; what does not, for one of it. */
static enum audit_answer holds(const struct audit_condition *k, const struct trace_call *c,
			       bool lets_through)
{
	switch (k->test) {
	case AUDIT_UNDER:
	case AUDIT_IS:
		return core_audit_path(c, k, (const char *)audit_policy + k->text, lets_through);
	case AUDIT_NET:
	case AUDIT_PORT:
	case AUDIT_LOCAL:
		return core_audit_address(c, k, lets_through);
	default:
		if (k->arg >= c->nargs)
			return k->negated ? AUDIT_YES : AUDIT_NO;
		return compares(k, argument(k, c->args[k->arg])) != k->negated ? AUDIT_YES
									       : AUDIT_NO;
	}
}

/* What cannot be told holds where it lets nothing through, and there alone. */
static bool matches(const struct audit_rule *r, const struct trace_call *c)
{
	const struct audit_condition *k =
	    (const struct audit_condition *)((const char *)audit_policy +
					     audit_policy->conditions_at) +
	    r->first;

	bool lets_through = r->action <= AUDIT_LOG;

	for (u32 i = 0; i < r->conditions; i++) {
		enum audit_answer a = holds(&k[i], c, lets_through);

		if (a == AUDIT_NO || (a == AUDIT_UNKNOWN && lets_through))
			return false;
	}
	return !r->bucket || token(r->bucket - 1u);
}

void core_audit(struct trace_call *c, struct core_thread *t, const struct core_personality *abi)
{
	const struct audit_policy *p = audit_policy;
	const struct audit_rule *rules = (const struct audit_rule *)((const char *)p + p->rules_at);
	const u16 *links = (const u16 *)((const char *)p + p->links_at);
	u32 chain = p->chain[trace_abi(&t->trace, abi->name)][MIN(c->nr, TRACE_NUMBERS - 1u)];

	if (!chain)
		return;
	for (u32 at = chain - 1;; at++) {
		const struct audit_rule *r = &rules[links[at] & ~AUDIT_END];

		if (matches(r, c)) {
			if (r->action == AUDIT_ALLOW)
				return;
			c->rule = r->line;
			c->error = r->error;
			if (r->action >= AUDIT_ERRNO)
				c->verdict = TRACE_R_REFUSED;
			if (r->action == AUDIT_KILL)
				c->verdict |= TRACE_R_KILLED;
			return;
		}
		if (links[at] & AUDIT_END)
			return;
	}
}
