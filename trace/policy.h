/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trace/policy.h: a policy as the runtime checks calls by it.
 *
 * One memfd that `fbird audit` makes and seals against every change, and that each process of the
 * program maps for reading: a header, then the arrays it tells of. `fbird audit` looks everything
 * up beforehand: of each call of each personality there is a chain, the rules that name it in the
 * order of the file. A call whose chain is 0 is let through without a question and keeps its way
 * past all of this (core/shortcut.h).
 *
 * The levels of token buckets change, so they lie in the memory of trace/trace.h.
 */
#ifndef FB_TRACE_POLICY_H
#define FB_TRACE_POLICY_H

#include "trace/trace.h"

#define AUDIT_MAGIC   0x3164756174424621UL /* "!FBtaud1" */
#define AUDIT_SIZE    (512u << 10)	   /* bytes of the memory */
#define AUDIT_BUCKETS TRACE_BUCKETS

enum audit_action {
	AUDIT_ALLOW, /* silently */
	AUDIT_LOG,   /* allowed, and told */
	AUDIT_ERRNO, /* the call gives an error, and is told */
	AUDIT_KILL,  /* the process ends as by SIGSYS */
};

enum audit_test {
	AUDIT_EQUAL,
	AUDIT_UNEQUAL,
	AUDIT_LESS, /* arguments and values are signed or not as the argument's word says */
	AUDIT_LESS_EQUAL,
	AUDIT_MORE,
	AUDIT_MORE_EQUAL,
	AUDIT_ALL,    /* of these bits are set */
	AUDIT_NONE,   /* of them is */
	AUDIT_MASKED, /* those under `mask` are `value` */
	AUDIT_UNDER,  /* a path of the call is the one at `text`, or leads below it */
	AUDIT_NOT_UNDER,
	AUDIT_IS, /* a path of the call is this one */
	AUDIT_IS_NOT,
};

struct audit_condition {
	u8 test; /* enum audit_test */
	u8 arg;
	u8 bits; /* 32 or 64: how much of the argument there is */
	u8 is_signed;
	u32 text; /* offset of a path, absolute, without . and .., ended by NUL */
	u64 value, mask;
};

struct audit_rule {
	u8 action; /* enum audit_action */
	u8 bucket; /* 1 + its number; it matches while there are tokens. 0: always */
	u16 error; /* neutral */
	u32 line;  /* of the policy's file */
	u32 first; /* condition; all of them must hold */
	u32 conditions;
};

/* Tokens come in one each `period`, and at most `burst` are kept: time stamps of the processor. */
struct audit_bucket {
	u64 period, burst;
};

struct audit_policy {
	u64 magic;
	u32 size; /* bytes in use */
	u32 rules, conditions, links;
	u32 rules_at, conditions_at, links_at; /* offsets */
	struct audit_bucket bucket[AUDIT_BUCKETS];
	u16 chain[TRACE_ABIS][TRACE_NUMBERS]; /* 1 + the first of its links; 0: let through */
};

/* A link: a rule's number, the last of a chain with AUDIT_END. */
#define AUDIT_END 0x8000u

#endif
