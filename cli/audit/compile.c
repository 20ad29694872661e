/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit/compile.c: rules as the runtime checks them.
 *
 * A rule of the text is one for each system it holds for where its conditions read otherwise there:
 * an argument's place, a flag's value. Those that read alike are one, and so are chains.
 */
#include <errno.h>
#include <string.h>

#include "cli/audit/policy.h"
#include "cli/trace/names.h"
#include "cli/trace/posix.h"
#include "cli/trace/value.h"

struct compiler {
	struct policy *p;
	struct audit_policy *m;
	struct audit_rule *rules;
	struct audit_condition *conditions;
	u16 *links;
	char *texts;
	u32 nrules, nconditions, nlinks, ntexts;
	bool full;
};

#define RULES_MOST	4096
#define CONDITIONS_MOST 4096
#define LINKS_MOST	32768
#define TEXTS_MOST	(64u << 10)
#define CHAIN_MOST	512
#define EXECUTES_MOST	64

_Static_assert(sizeof(struct audit_policy) + RULES_MOST * sizeof(struct audit_rule) +
		       CONDITIONS_MOST * sizeof(struct audit_condition) + LINKS_MOST * 2 +
		       TEXTS_MOST <=
		   AUDIT_SIZE,
	       "what is full fits");

/* ---- conditions ---------------------------------------------------------------------------- */

static bool value_of(const struct abi *a, const char *text, u64 *value)
{
	const struct posix *posix = posix_of(a);
	char word[64];

	*value = 0;
	for (const char *p = text;; p++) {
		size_t n = strcspn(p, "|");
		char *end;
		u64 v;

		if (n == 0 || n >= sizeof(word))
			return false;
		memcpy(word, p, n);
		word[n] = '\0';
		errno = 0;
		v = *word == '-' ? (u64)strtoll(word, &end, 0) : strtoull(word, &end, 0);
		if ((*end != '\0' || errno != 0) &&
		    (posix == NULL || !posix_named(posix, word, &v))) {
			v = (u64)signal_number(a->names, word);
			if (v == 0)
				return false;
		}
		*value |= v;
		p += n;
		if (*p == '\0')
			return true;
	}
}

static bool is_long(u8 word)
{
	switch (word) {
	case WORD_SIZE:
	case WORD_OFF:
	case WORD_LONG:
	case WORD_ULONG:
	case WORD_ADDR:
	case WORD_ADDRESS:
	case WORD_DEV:
	case WORD_IOCTL:
	case WORD_CLONEFLAGS:
		return true;
	default:
		return trace_taken[word].take != TRACE_VALUE || word == WORD_INOUT;
	}
}

static bool is_unsigned(u8 word)
{
	switch (word) {
	case WORD_UINT:
	case WORD_HEX:
	case WORD_MODE:
	case WORD_UID:
	case WORD_GID:
	case WORD_RANDOMFLAGS:
		return true;
	default:
		return is_long(word) && word != WORD_OFF && word != WORD_LONG;
	}
}

static bool has_path(const struct call_info *c)
{
	for (u32 i = 0; c != NULL && i < c->nargs; i++)
		if (c->word[i] == WORD_PATH)
			return true;
	return false;
}

static u32 add_text(struct compiler *c, const char *text)
{
	size_t n = strlen(text) + 1;
	u32 at = 0;

	while (at < c->ntexts && strcmp(c->texts + at, text) != 0)
		at += (u32)strlen(c->texts + at) + 1;
	if (at == c->ntexts && c->ntexts + n > TEXTS_MOST) {
		c->full = true;
		return 0;
	}
	memcpy(c->texts + at, text, n);
	c->ntexts = MAX(c->ntexts, at + (u32)n);
	return at;
}

/* What systems call otherwise: the first argument of such a word. */
static const struct {
	const char *name;
	u8 words[8];
} roles[] = {
    {"flags",
     {WORD_OFLAGS, WORD_MAPFLAGS, WORD_MSGFLAGS, WORD_ATFLAGS, WORD_CREATEFLAGS, WORD_CLONEFLAGS,
      WORD_WAITFLAGS, WORD_RANDOMFLAGS}},
    {"fd", {WORD_FD}},
    {"mode", {WORD_MODE, WORD_ACCMODE}},
    {"pid", {WORD_PID}},
    {"uid", {WORD_UID}},
    {"gid", {WORD_GID}},
    {"sig", {WORD_SIG}},
    {"prot", {WORD_PROT}},
    {"family", {WORD_FAMILY}},
    {"socktype", {WORD_SOCKTYPE}},
    {"level", {WORD_SOCKLEVEL}},
    {"option", {WORD_SOCKOPT}},
    {"request", {WORD_IOCTL}},
    {"command", {WORD_FCNTLCMD}},
    {"whence", {WORD_WHENCE}},
    {"size", {WORD_SIZE}},
    {"offset", {WORD_OFF}},
};

static bool find_role(const struct call_info *call, const char *name, u32 *arg)
{
	for (size_t i = 0; i < ARRAY_LEN(roles); i++)
		for (u32 w = 0; strcmp(roles[i].name, name) == 0 && w < ARRAY_LEN(roles[i].words);
		     w++)
			for (*arg = 0; *arg < call->nargs; ++*arg)
				if (roles[i].words[w] != WORD_NONE &&
				    call->word[*arg] == roles[i].words[w])
					return true;
	return false;
}

static bool find_argument(const struct call_info *call, const char *name, u32 *arg)
{
	char *end;
	unsigned long n;

	for (*arg = 0; *arg < call->nargs; ++*arg)
		if (strcmp(call->arg[*arg], name) == 0)
			return true;
	if (find_role(call, name, arg))
		return true;
	if (strncmp(name, "arg", 3) != 0 || name[3] == '\0')
		return false;
	n = strtoul(name + 3, &end, 10);
	*arg = (u32)n;
	return *end == '\0' && n < call->nargs;
}

static u64 cut(const struct audit_condition *k, u64 v)
{
	if (k->bits == 64)
		return v;
	return k->is_signed ? (u64)(i64)(i32)v : (u32)v;
}

/* The addresses that a call is given, and not what it is to give; false: it has none. */
static bool find_addresses(const struct call_info *call, struct audit_condition *out)
{
	bool many = call != NULL && strcmp(call->name, "sendmmsg") == 0;

	for (u32 i = 0; call != NULL && i < call->nargs; i++) {
		if (call->word[i] == WORD_SOCKADDR)
			out->bits = AUDIT_SOCKADDR;
		else if (call->word[i] == WORD_MSGHDR && strncmp(call->name, "send", 4) == 0)
			out->bits = AUDIT_MSGHDR;
		else if (many && i == 1)
			out->bits = AUDIT_MMSGHDR;
		else
			continue;
		out->arg = (u8)i;
		return true;
	}
	return false;
}

static bool resolve_address(const struct condition *k, const struct abi *a,
			    const struct call_info *call, struct audit_condition *out)
{
	u64 six = 0;

	if (!find_addresses(call, out))
		return false;
	if (value_of(a, "AF_INET6", &six) && six < 256)
		out->inet6 = (u8)six;
	out->has_length = strcmp(a->name, "freebsd") == 0;
	out->prefix = k->prefix;
	out->value = k->from;
	out->mask = k->to;
	return true;
}

/* False: the call has no such argument, or its system no such value. */
static bool resolve(struct compiler *c, const struct condition *k, const struct abi *a,
		    const struct call_info *call, struct audit_condition *out)
{
	u64 value, mask = ~0ull;
	u32 arg;

	*out = (struct audit_condition){.test = k->test, .negated = k->negated};
	if (k->test >= AUDIT_NET)
		return resolve_address(k, a, call, out);
	if (k->arg == NULL) {
		out->text = add_text(c, k->value);
		return has_path(call);
	}
	if (call == NULL || !find_argument(call, k->arg, &arg) || !value_of(a, k->value, &value))
		return false;
	if (k->mask != NULL && (*k->mask == '\0' || *k->mask == '!'))
		mask = value;
	else if (k->mask != NULL && !value_of(a, k->mask, &mask))
		return false;
	out->arg = (u8)arg;
	out->bits = is_long(call->word[arg]) ? 64 : 32;
	out->is_signed = !is_unsigned(call->word[arg]);
	out->mask = mask;
	out->value = cut(out, value);
	if (k->mask != NULL) {
		/* What is masked is no number with a sign. */
		out->is_signed = false;
		out->mask = cut(out, mask);
		out->value = *k->mask == '!' ? 0 : cut(out, value);
	}
	return true;
}

static struct audit_condition of_part(const char *part)
{
	struct audit_condition k = {.test = AUDIT_MASKED, .bits = 64};
	u32 arg = 0;

	illumos_part_code(part, &arg, &k.mask, &k.value);
	k.arg = (u8)arg;
	return k;
}

/* ---- rules and chains ----------------------------------------------------------------------- */

/* The number of a rule that reads so; -1: there is no room. */
static long add_rule(struct compiler *c, struct audit_rule r, const struct audit_condition *k)
{
	for (u32 i = 0; i < c->nrules; i++) {
		struct audit_rule *o = &c->rules[i];

		if (o->line == r.line && o->error == r.error && o->conditions == r.conditions &&
		    memcmp(&c->conditions[o->first], k, r.conditions * sizeof(*k)) == 0)
			return i;
	}
	if (c->nrules == RULES_MOST || c->nconditions + r.conditions > CONDITIONS_MOST) {
		c->full = true;
		return -1;
	}
	r.first = c->nconditions;
	memcpy(&c->conditions[c->nconditions], k, r.conditions * sizeof(*k));
	c->nconditions += r.conditions;
	c->rules[c->nrules] = r;
	return c->nrules++;
}

/* -1: it cannot be applied to this call. */
static long rule_for(struct compiler *c, struct rule *r, const struct abi *a, u32 nr,
		     const char *part)
{
	struct audit_condition k[POLICY_CONDITIONS];
	struct audit_rule out = {
	    .action = r->action, .error = r->error, .line = r->line, .bucket = r->bucket};
	const struct call_info *call = abi_call(a, nr);

	if (part != NULL)
		k[out.conditions++] = of_part(part);
	for (u32 i = 0; i < r->conditions; i++)
		if (!resolve(c, &r->condition[i], a, call, &k[out.conditions++])) {
			r->not_for |= 1u << a->number;
			return -1;
		}
	r->used++;
	return add_rule(c, out, k);
}

struct chain {
	u16 rule[CHAIN_MOST];
	u32 n;
	bool closed; /* its last rule holds always */
};

static void append(struct compiler *c, struct chain *to, long rule)
{
	if (rule < 0 || to->closed)
		return;
	if (to->n == CHAIN_MOST) {
		c->full = true;
		return;
	}
	to->rule[to->n++] = (u16)rule;
	to->closed = c->rules[rule].conditions == 0 && c->rules[rule].bucket == 0;
}

/* 1 + where its links lie, 0 for one that lets everything through. */
static u32 add_chain(struct compiler *c, struct chain *t)
{
	while (t->n != 0 && c->rules[t->rule[t->n - 1]].action == AUDIT_ALLOW)
		t->n--;
	if (t->n == 0)
		return 0;
	t->rule[t->n - 1] |= AUDIT_END;
	for (u32 at = 0; at + t->n <= c->nlinks; at++)
		if (memcmp(&c->links[at], t->rule, t->n * sizeof(u16)) == 0)
			return at + 1;
	if (c->nlinks + t->n > LINKS_MOST) {
		c->full = true;
		return 0;
	}
	memcpy(&c->links[c->nlinks], t->rule, t->n * sizeof(u16));
	c->nlinks += t->n;
	return c->nlinks - t->n + 1;
}

bool policy_is_needed(const struct abi *a, const struct call_info *c)
{
	static const char *const returns[] = {"sigreturn", "rt_sigreturn", "freebsd4_sigreturn",
					      "freebsd6_sigreturn", "getsetcontext"};

	(void)a;
	for (size_t i = 0; c != NULL && i < ARRAY_LEN(returns); i++)
		if (strcmp(returns[i], c->name) == 0)
			return true;
	return c != NULL && c->ends;
}

/*
 * Foreign programs are executed by being read, so the host's right to execute says nothing of them:
 * what is not below one of the paths is refused.
 */
static void append_execute(struct compiler *c, const struct call_info *call, struct chain *t)
{
	struct audit_condition k[EXECUTES_MOST];
	struct audit_rule r = {.action = AUDIT_ERRNO};

	if (c->p->path_count == 0 || call == NULL || !has_path(call) ||
	    strncmp(call->name, "exec", 4) != 0)
		return;
	r.error = (u16)error_named("EACCES");
	for (u32 i = 0; i < c->p->path_count; i++) {
		const struct path_rule *p = &c->p->paths[i];

		if (!(p->rights & PATH_EXECUTE))
			continue;
		if (r.conditions == EXECUTES_MOST) {
			c->full = true;
			return;
		}
		r.line = p->line;
		k[r.conditions++] = (struct audit_condition){
		    .test = AUDIT_UNDER, .negated = 1, .text = add_text(c, p->path)};
	}
	if (r.conditions != 0)
		append(c, t, add_rule(c, r, k));
}

u32 policy_refuses(const struct policy *p)
{
	for (u32 i = 0; i < p->count; i++)
		if (p->rules[i].action > AUDIT_LOG)
			return p->rules[i].line;
	return 0;
}

/*
 * What a ring of io_uring(7) is asked for comes to the host past every rule, so a policy that
 * refuses anything refuses the ring, unless it says otherwise: as if there were none.
 */
static void append_ring(struct compiler *c, const struct call_info *call, struct chain *t)
{
	const struct audit_condition none = {0};
	u32 line = policy_refuses(c->p);

	if (call != NULL && line != 0 && strcmp(call->name, "io_uring_setup") == 0)
		append(c, t,
		       add_rule(c,
				(struct audit_rule){.action = AUDIT_ERRNO,
						    .error = (u16)error_named("ENOSYS"),
						    .line = line},
				&none));
}

static void chain_of(struct compiler *c, const struct abi *a, u32 nr, struct chain *t)
{
	const struct default_rule *d = &c->p->otherwise[a->number];
	const struct audit_condition none = {0};

	append_execute(c, abi_call(a, nr), t);
	for (u32 i = 0; i < c->p->count; i++) {
		struct rule *r = &c->p->rules[i];

		if (r->covers[a->number][nr / 64] >> nr % 64 & 1)
			append(c, t, rule_for(c, r, a, nr, NULL));
		for (u32 k = 0; k < r->parts; k++)
			if (r->part[k].abi == a->number && r->part[k].nr == nr)
				append(c, t, rule_for(c, r, a, nr, r->part[k].part));
	}
	if (d->line != 0 && d->action != AUDIT_ALLOW && !policy_is_needed(a, abi_call(a, nr)))
		append(c, t,
		       add_rule(c,
				(struct audit_rule){
				    .action = d->action, .error = d->error, .line = d->line},
				&none));
	append_ring(c, abi_call(a, nr), t);
}

bool policy_never(const struct audit_policy *m, u32 abi, u32 nr)
{
	const struct audit_rule *rules = (const struct audit_rule *)((const char *)m + m->rules_at);
	const u16 *links = (const u16 *)((const char *)m + m->links_at);
	u32 at = m->chain[abi][MIN(nr, (u32)TRACE_NUMBERS - 1)];

	if (at == 0)
		return false;
	for (at--;; at++) {
		const struct audit_rule *r = &rules[links[at] & ~AUDIT_END];

		if (r->action <= AUDIT_LOG)
			return false;
		if (r->conditions == 0 && r->bucket == 0)
			return true;
		if (links[at] & AUDIT_END)
			return false;
	}
}

/* ---- all of it ------------------------------------------------------------------------------ */

static void lay_down(struct compiler *c)
{
	struct audit_policy *m = c->m;
	char *base = (char *)m;

	m->magic = AUDIT_MAGIC;
	m->rules = c->nrules;
	m->conditions = c->nconditions;
	m->links = c->nlinks;
	m->conditions_at = ALIGN_UP((u32)sizeof(*m), 8u);
	m->rules_at = m->conditions_at + c->nconditions * (u32)sizeof(c->conditions[0]);
	m->links_at = m->rules_at + c->nrules * (u32)sizeof(c->rules[0]);
	m->size = m->links_at + c->nlinks * (u32)sizeof(c->links[0]);
	for (u32 i = 0; i < c->nconditions; i++)
		if (c->conditions[i].test == AUDIT_UNDER || c->conditions[i].test == AUDIT_IS)
			c->conditions[i].text += m->size;
	memcpy(base + m->conditions_at, c->conditions, c->nconditions * sizeof(c->conditions[0]));
	memcpy(base + m->rules_at, c->rules, c->nrules * sizeof(c->rules[0]));
	memcpy(base + m->links_at, c->links, c->nlinks * sizeof(c->links[0]));
	memcpy(base + m->size, c->texts, c->ntexts);
	m->size += c->ntexts;
}

static int check_used(const struct policy *p)
{
	for (u32 i = 0; i < p->count; i++)
		if (p->rules[i].used == 0)
			return fail(CLI_USAGE,
				    "%s:%u: this rule holds for no call: none it names has those "
				    "arguments, and its system those values; 'fbird syscalls "
				    "PERSONALITY' tells the arguments",
				    p->file, p->rules[i].line);
	return CLI_OK;
}

struct audit_policy *policy_compile(struct policy *p, double ticks_per_ns)
{
	struct compiler c = {.p = p};
	u32 n;
	const struct abi *all = abi_all(&n);
	struct audit_policy *done = NULL;

	c.m = calloc(1, AUDIT_SIZE);
	c.rules = calloc(RULES_MOST, sizeof(c.rules[0]));
	c.conditions = calloc(CONDITIONS_MOST, sizeof(c.conditions[0]));
	c.links = calloc(LINKS_MOST, sizeof(c.links[0]));
	c.texts = calloc(1, TEXTS_MOST);
	if (c.m == NULL || c.rules == NULL || c.conditions == NULL || c.links == NULL ||
	    c.texts == NULL)
		exit(fail(CLI_FAILED, "out of memory"));
	for (u32 i = 0; i < p->buckets; i++)
		c.m->bucket[i] = (struct audit_bucket){
		    MAX((u64)((double)p->bucket[i].period_ns * ticks_per_ns), 1ull),
		    p->bucket[i].burst};
	for (u32 i = 0; i < n; i++)
		for (u32 nr = 0; nr < TRACE_NUMBERS; nr++) {
			struct chain t = {.n = 0};

			chain_of(&c, &all[i], nr, &t);
			c.m->chain[i][nr] = (u16)add_chain(&c, &t);
		}
	if (c.full)
		fail(CLI_USAGE, "%s: more rules, conditions and paths than there is room for",
		     p->file);
	else if (check_used(p) == CLI_OK)
		done = c.m;
	if (done != NULL)
		lay_down(&c);
	else
		free(c.m);
	free(c.rules);
	free(c.conditions);
	free(c.links);
	free(c.texts);
	return done;
}
