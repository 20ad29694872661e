/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/filter.c: the calls that -e names become bits for each personality, by which the guest
 * itself passes over what nobody asked for.
 */
#include "cli/trace/filter.h"

#include <regex.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/trace/fds.h"
#include "cli/trace/value.h"

static void set_bit(struct trace_header *h, u32 abi, u32 nr, bool on)
{
	u64 bit = 1ull << (nr % 64);

	nr = MIN(nr, (u32)TRACE_NUMBERS - 1);
	if (on)
		h->wanted[abi][nr / 64] |= bit;
	else
		h->wanted[abi][nr / 64] &= ~bit;
}

void filter_all(struct trace_header *h)
{
	memset(h->wanted, 0xff, sizeof(h->wanted));
}

void filter_add_needed(struct trace_header *h)
{
	u32 n;
	const struct abi *all = abi_all(&n);

	for (u32 i = 0; i < n; i++)
		for (u32 nr = 0; nr < all[i].count; nr++) {
			const struct call_info *c = abi_call(&all[i], nr);

			if (c != NULL && fds_need(c))
				set_bit(h, i, nr, true);
		}
}

bool filter_has(const u64 (*wanted)[TRACE_NUMBERS / 64], u32 abi, u32 nr)
{
	nr = MIN(nr, (u32)TRACE_NUMBERS - 1);
	return abi < TRACE_ABIS && wanted[abi][nr / 64] >> nr % 64 & 1;
}

static const char *part_named(const struct abi *a, const struct call_info *c, const char *word)
{
	return a->names == NAMES_ILLUMOS && illumos_has_part(c->name, word) ? word : NULL;
}

int filter_each(const char *word, filter_hit_fn *hit, void *ctx)
{
	u32 n, class = class_named(*word == '%' ? word + 1 : word, strlen(word) - (*word == '%'));
	const struct abi *all = abi_all(&n);
	int hits = 0;
	regex_t re;

	if (*word == '/' && regcomp(&re, word + 1, REG_EXTENDED | REG_NOSUB) != 0)
		return -1;
	for (u32 i = 0; i < n; i++) {
		for (u32 nr = 0; nr < all[i].count; nr++) {
			const struct call_info *c = abi_call(&all[i], nr);
			const char *part = c != NULL ? part_named(&all[i], c, word) : NULL;

			if (c == NULL)
				continue;
			if (*word == '/' ? regexec(&re, c->name, 0, NULL, 0) == 0
			    : class != 0 ? (call_classes(c) & class) != 0
					 : part != NULL || strcmp(c->name, word) == 0) {
				hit(ctx, &all[i], nr, part);
				hits++;
			}
		}
	}
	if (*word == '/')
		regfree(&re);
	return hits;
}

struct setting {
	struct trace_header *h;
	bool on;
};

static void set_hit(void *ctx, const struct abi *a, u32 nr, const char *part)
{
	struct setting *s = ctx;

	(void)part;
	set_bit(s->h, a->number, nr, s->on);
}

/* Sets every call that matches: a class, a name, or a regular expression behind a slash. */
static int set_word(struct trace_header *h, const char *word, bool on)
{
	struct setting s = {h, on};
	int hits;

	if (strcmp(word, "all") == 0 || strcmp(word, "none") == 0) {
		memset(h->wanted, (strcmp(word, "all") == 0) == on ? 0xff : 0, sizeof(h->wanted));
		return CLI_OK;
	}
	hits = filter_each(word, set_hit, &s);
	if (hits < 0)
		return fail(CLI_USAGE, "'%s' is no regular expression", word + 1);
	if (hits == 0)
		return fail(
		    CLI_USAGE,
		    "'-e %s': no call and no class is called so; 'fbird syscalls "
		    "PERSONALITY' lists the calls, and the classes are file, desc, network, "
		    "process, memory, signal, ipc, creds and clock",
		    word);
	return CLI_OK;
}

int filter_add(struct trace_header *h, const char *text, bool first)
{
	CLEAN_FREE char *copy = NULL;
	bool on = true;
	int status = CLI_OK;

	if (strncmp(text, "trace=", 6) == 0)
		text += 6;
	else if (strchr(text, '=') != NULL)
		return fail(CLI_USAGE, "'-e %s': there is 'trace=' and no other", text);
	if (*text == '!') {
		on = false;
		text++;
	}
	if (first)
		memset(h->wanted, on ? 0 : 0xff, sizeof(h->wanted));
	copy = format_string("%s", text);
	for (char *p = copy, *word; status == CLI_OK && (word = strsep(&p, ",")) != NULL;)
		status = set_word(h, word, on);
	return status;
}
