/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit/policy.h: a policy as it is written, docs/man/fbird-audit.1, and what is made of it:
 * the memory the runtime checks calls by (trace/policy.h), and what the host enforces by itself.
 */
#ifndef FB_CLI_AUDIT_POLICY_H
#define FB_CLI_AUDIT_POLICY_H

#include "cli/cli.h"
#include "cli/trace/calls.h"
#include "trace/policy.h"

#define POLICY_CONDITIONS 8
#define POLICY_PARTS	  32

struct condition {
	const char *arg; /* the name of an argument, "argN"; NULL for the call's paths, addresses */
	u8 test;	 /* enum audit_test */
	bool negated;
	char *value; /* "3", "O_CREAT|O_EXCL", "/etc" */
	char *mask; /* or NULL: all; "" for the value's own bits, "!" for these, none of them set */
	u64 from, to; /* AUDIT_NET: an address, in two halves; AUDIT_PORT: ports */
	u8 prefix;    /* how many bits of the address */
};

/* One of the calls that a number is, and a rule names. */
struct covered_part {
	u32 abi, nr;
	const char *part;
};

struct rule {
	u32 line;
	u8 action; /* enum audit_action */
	u16 error; /* neutral */
	u8 bucket; /* 1 + its number, or 0 */
	/* Once compiled: calls it could be applied to; a bit for each personality of which it names
	 * a call that has no such argument, or that has no such value. */
	u32 used, not_for;
	char *text;
	struct condition condition[POLICY_CONDITIONS];
	u32 conditions;
	/* The calls it names: a bit for each, and parts of some. */
	u64 (*covers)[TRACE_NUMBERS / 64];
	u32 covered; /* bits and parts */
	struct covered_part part[POLICY_PARTS];
	u32 parts;
};

enum path_right { PATH_READ = 1, PATH_WRITE = 2, PATH_EXECUTE = 4 };

struct path_rule {
	u32 line;
	u32 rights; /* enum path_right */
	char *path;
};

/* TCP ports. */
enum port_right { PORT_CONNECT = 1, PORT_BIND = 2 };

struct port_rule {
	u32 line;
	u32 rights; /* enum port_right */
	u16 from, to;
};

struct policy {
	const char *file;
	const char *box; /* whose sections hold; NULL: none's */
	struct rule *rules;
	u32 count;
	struct default_rule {
		u32 line; /* 0: nothing was said, and it is to allow */
		u8 action;
		u16 error;
		bool of_any; /* said for all, and another may be said for one */
	} otherwise[TRACE_ABIS];
	struct {
		u64 period_ns;
		u32 burst;
	} bucket[AUDIT_BUCKETS];
	u32 buckets;
	struct path_rule *paths;
	u32 path_count;
	struct port_rule *ports;
	u32 port_count;
	bool limits_capabilities;
	u64 capabilities; /* those it keeps, when so */
	struct kept_text {
		struct kept_text *next;
		char text[];
	} * kept;
};

/* Reads a policy. CLI_OK, or CLI_USAGE after a sentence with file and line. */
int policy_read(struct policy *p, const char *file, const char *box);
void policy_free(struct policy *p);

/*
 * Compiles it for processors whose time stamps count ticks_per_ns. The memory is calloc's, of
 * AUDIT_SIZE; NULL after a sentence.
 */
struct audit_policy *policy_compile(struct policy *p, double ticks_per_ns);

/* May the call never get through, whatever its arguments and how often it comes? */
bool policy_never(const struct audit_policy *m, u32 abi, u32 nr);

/* The line of a rule that refuses something, 0: it has none. Such a policy refuses io_uring_setup
 * where it does not say otherwise. */
u32 policy_refuses(const struct policy *p);

/* Ends a thread or process, or returns from a signal's handler: what no `default` forbids. */
bool policy_is_needed(const struct abi *a, const struct call_info *c);

#endif
