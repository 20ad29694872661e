/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rt/options.c: what fbird or an earlier fbird-rt says to this one.
 *
 * argv is { anything, "FBIRD1;key=value;...", program, guest argv[0], ... }; values are
 * percent-encoded. Executed by binfmt_misc with its P flag, argv is { interpreter,
 * program, guest argv[0], ... }; such a call has no word that begins with FBIRD1.
 */
#include "core/debugged.h"
#include "core/login.h"
#include "core/zone.h"
#include "core/news.h"
#include "loader/exec.h"
#include "lib/mem.h"
#include "rt/rt.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static void decode(char *dst, size_t size, const char *src, size_t n)
{
	size_t out = 0;

	for (size_t i = 0; i < n && out + 1 < size; i++) {
		if (src[i] == '%' && i + 2 < n && hex(src[i + 1]) >= 0 && hex(src[i + 2]) >= 0) {
			dst[out++] = (char)(hex(src[i + 1]) << 4 | hex(src[i + 2]));
			i += 2;
		} else {
			dst[out++] = src[i];
		}
	}
	dst[out] = '\0';
}

static int number(const char *s)
{
	int n = 0;

	for (; *s >= '0' && *s <= '9' && n < 100000000; s++)
		n = n * 10 + (*s - '0');
	return n;
}

static u64 hex_word(const char *s)
{
	u64 n = 0;

	for (; hex(*s) >= 0; s++)
		n = n << 4 | (u64)hex(*s);
	return n;
}

static const struct core_personality *wanted(const char *name)
{
	const struct core_personality *abi = rt_personality(name);

	if (!abi)
		exo_fatal(
		    "no personality is called '%s' in this build; 'fbird help run' lists them",
		    name);
	return abi;
}

static void option(struct rt_options *o, const char *s, size_t n)
{
	char value[1024];
	size_t key = 0;

	while (key < n && s[key] != '=')
		key++;
	decode(value, sizeof(value), s + MIN(key + 1, n), n - MIN(key + 1, n));
	if (key == 4 && memcmp(s, "told", key) == 0)
		core_news_told(&o->told, hex_word(value));
	else if (key == 7 && memcmp(s, "carried", key) == 0)
		o->carried = hex_word(value);
	else if (key == 9 && memcmp(s, "contracts", key) == 0)
		o->contracts = number(value);
	else if (key == 11 && memcmp(s, "personality", key) == 0)
		o->forced = wanted(value);
	else if (key == 7 && memcmp(s, "edition", key) == 0)
		o->edition = rt_personality(value); /* a root may be of a system that is not here */
	else if (key == 5 && memcmp(s, "login", key) == 0)
		core_login_set(value);
	else if (key == 4 && memcmp(s, "zone", key) == 0)
		core_zone_set(value);
	else if (key == 3 && memcmp(s, "own", key) == 0)
		o->own = rt_keep_string(value);
	else if (key == 6 && memcmp(s, "traced", key) == 0)
		o->traced = value[0] == '1';
	else if (key == 7 && memcmp(s, "missing", key) == 0)
		o->missing = value[0] == '1';
	else if (key == 10 && memcmp(s, "leave-code", key) == 0)
		o->leave_code = value[0] == '1';
	else if (key == 5 && memcmp(s, "linux", key) == 0)
		o->keep_linux = value[0] == '1';
	else if (key == 6 && memcmp(s, "caught", key) == 0)
		o->caught = value[0] == '1';
	else if (key == 7 && memcmp(s, "machine", key) == 0)
		o->machine = number(value);
	else if (key == 7 && memcmp(s, "ignored", key) == 0) {
		o->ignored_said = true;
		o->ignored = hex_word(value);
	} else if (key == 5 && memcmp(s, "image", key) == 0)
		o->image_fd = number(value);
	else if (key == 5 && memcmp(s, "trace", key) == 0)
		o->trace_fd = number(value);
	else if (key == 6 && memcmp(s, "policy", key) == 0)
		o->policy_fd = number(value);
	else if (key == 5 && memcmp(s, "debug", key) == 0)
		core_debugged_set(value);
	else if (key == 9 && memcmp(s, "host-name", key) == 0)
		o->host_name = value[0] == '1';
	else if (key == 4 && (memcmp(s, "host", key) == 0 || memcmp(s, "view", key) == 0)) {
		o->other_root = number(value);
		o->outside = *s == 'v';
	} else if (key == 7 && memcmp(s, "program", key) == 0)
		o->program_fd = number(value);
	else if (key == 4 && memcmp(s, "root", key) == 0)
		o->root = rt_keep_string(value);
	else if (key == 4 && memcmp(s, "tree", key) == 0)
		o->tree = rt_keep_string(value);
	else if (n) {
		value[0] = '\0';
		exo_fatal("fbird-rt was given an option it does not know; fbird and fbird-rt "
			  "are of different versions, install them together");
	}
}

void rt_options_parse(struct rt_options *o, const struct exo_boot *boot)
{
	const char *s, *end;

	memset(o, 0, sizeof(*o));
	o->image_fd = o->program_fd = o->contracts = o->trace_fd = o->policy_fd = -1;
	o->other_root = o->machine = -1;
	if (boot->argc >= 3 && strncmp(boot->argv[1], LOADER_RT_MAGIC, 6) == 0) {
		for (s = boot->argv[1] + 6; *s == ';'; s = end) {
			s++;
			end = strchr(s, ';');
			if (!end)
				end = s + strlen(s);
			option(o, s, (size_t)(end - s));
		}
		o->program = boot->argv[2];
		o->argv = boot->argv + 3;
		return;
	}
	if (boot->argc < 3)
		exo_fatal("fbird-rt runs inside a guest's process and is not started by hand; "
			  "use 'fbird run PROGRAM'");
	o->by_kernel = true;
	o->program = boot->argv[1];
	o->argv = boot->argv + 2;
}
