/* SPDX-License-Identifier: BSD-2-Clause */
/* `#!` lines under both kernels' rules. */

#include "core/abi.h"
#include "loader/script.h"
#include "tests/unit/tap.h"

static char head[LOADER_SCRIPT_MAX];
static struct loader_script script;
static struct loader_error why;

static void line_is(const struct loader_script_rules *rules, const char *text, const char *interp,
		    const char *arg)
{
	u32 n = (u32)strlen(text);
	static int count;
	long rc;

	count++;
	memset(head, 'Z', sizeof(head));
	memcpy(head, text, n);
	rc = loader_script_parse(rules, head, n, &script, &why);
	if (interp == NULL) {
		is_number(rc, -CORE_ENOEXEC, "line %d is refused", count);
		return;
	}
	is_number(rc, 0, "line %d is accepted", count);
	is_string(rc ? NULL : script.interp, interp, "its interpreter");
	is_string(rc ? NULL : script.arg, arg, "its argument");
}

static void test_both(const struct loader_script_rules *rules)
{
	line_is(rules, "#!/bin/sh\necho", "/bin/sh", NULL);
	line_is(rules, "#!/bin/sh", "/bin/sh", NULL);
	line_is(rules, "#! \t/bin/sh \t \n", "/bin/sh", NULL);
	line_is(rules, "#!/usr/bin/env -S perl -w \t\n", "/usr/bin/env", "-S perl -w");
	line_is(rules, "#!/bin/sh\t-x", "/bin/sh", "-x");
	line_is(rules, "#!/bin/sh -", "/bin/sh", "-");
	line_is(rules, "#!a", "a", NULL);
	line_is(rules, "#!\n/bin/sh", NULL, NULL);
	line_is(rules, "#!  \t ", NULL, NULL);
	line_is(rules, "#!", NULL, NULL);
	line_is(rules, "#", NULL, NULL);
	line_is(rules, "", NULL, NULL);
	line_is(rules, "/bin/sh", NULL, NULL);
}

static void test_nul(void)
{
	memcpy(head, "#!/bin/sh\0 -x\n", 14);
	is_number(loader_script_parse(&loader_script_linux, head, 14, &script, &why), 0,
		  "a NUL ends the line");
	is_string(script.arg, NULL, "so there is no argument");
}

static long long_name(const struct loader_script_rules *rules, u32 length, u32 n, const char *after)
{
	memset(head, 'x', sizeof(head));
	memcpy(head, "#!", 2);
	memcpy(head + 2 + length, after, strlen(after));
	return loader_script_parse(rules, head, n, &script, &why);
}

static void test_limits(void)
{
	const struct loader_script_rules *l = &loader_script_linux, *f = &loader_script_freebsd;

	is_number(long_name(l, 253, 4096, "\n"), 0, "Linux: newline as the 256th byte");
	is_number((long)strlen(script.interp), 253, "the name is whole");
	is_number(long_name(l, 253, 4096, " -x\n"), 0, "Linux: blank as the 256th byte");
	is_number((long)strlen(script.interp), 253, "the name is whole");
	is_string(script.arg, NULL, "what follows is cut off");
	is_number(long_name(l, 254, 4096, "\n"), -CORE_ENOEXEC,
		  "Linux: a name that is cut is refused");
	is_number(long_name(l, 100, 4096, " "), 0, "Linux: a long argument is cut");
	is_number((long)strlen(script.arg), 255 - 103, "at 255 bytes");
	is_number(long_name(l, 254, 256, ""), -CORE_ENOEXEC, "Linux: a file of 256 bytes of name");
	is_number(long_name(l, 253, 255, ""), 0, "Linux: a file of 255 bytes of name");
	is_number(long_name(f, 300, 4096, " -x\n"), 0, "FreeBSD: a name of 300 bytes");
	is_string(script.arg, "-x", "and its argument");
	is_number(long_name(f, 4000, 4096, ""), 0, "FreeBSD: a page without a newline");
	is_number((long)strlen(script.interp), 4094, "the name is the page");
}

int main(void)
{
	test_both(&loader_script_freebsd);
	test_both(&loader_script_linux);
	test_nul();
	test_limits();
	return tap_end();
}
