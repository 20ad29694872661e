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
	AUDIT_LESS, /* than value; signed or not as the argument's word says */
	AUDIT_LESS_EQUAL,
	AUDIT_MASKED, /* the bits under mask are those of value */
	AUDIT_UNDER,  /* a path of the call is the one at `text`, or leads below it */
	AUDIT_IS,     /* a path of the call is this one */
	AUDIT_NET,    /* an internet address of the call begins with the first `prefix` bits */
	AUDIT_PORT,   /* an internet address of it has a port from value to mask */
	AUDIT_LOCAL,  /* an address of it is of AF_UNIX */
};

/* Where the addresses of a call are: in audit_condition.bits. */
enum audit_addresses {
	AUDIT_SOCKADDR, /* at that argument, and its length is the next one */
	AUDIT_MSGHDR,	/* named in a message */
	AUDIT_MMSGHDR,	/* in each of several; the next argument is how many */
};

struct audit_condition {
	u8 test; /* enum audit_test */
	u8 arg;
	u8 bits; /* 32 or 64: how much of the argument there is */
	u8 is_signed;
	u8 negated;
	/* Of addresses: the number of AF_INET6 or 0, whether a byte with the length comes first
	 * (else the family has two), and the bits that count. */
	u8 inet6, has_length, prefix;
	u64 value, mask; /* AUDIT_NET: the 128 bits of IPv6, of an IPv4 address as ::ffff:a.b.c.d */
	u32 text;	 /* offset of a path, absolute, without . and .., ended by NUL */
	u32 pad2;
};
SIZE_ASSERT(struct audit_condition, 32);

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
