/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/aout.c: cli/prof/aout.h.
 *
 * A symbol table has labels, too, and does not say which are functions. The C compilers put an
 * underscore before a name, and a tilde before that of a function once more; what is in assembly
 * language is a function when others may call it. Where there is none of these, any label will do.
 */
#include "cli/prof/aout.h"

#include <string.h>

#include "cli/cli.h"
#include "cli/debug/symbols.h"
#include "cli/program.h"
#include "cli/trace/calls.h"
#include "loader/detect.h"

struct aout_symbols {
	struct symbols all;
};

struct aout_symbols *aout_symbols_read(int fd, const char *personality)
{
	CLEAN_FREE char *path = format_string("/proc/self/fd/%d", fd);
	struct aout_symbols *s = allocate(sizeof(*s));

	symbols_load(&s->all, path, personality);
	if (s->all.count != 0)
		return s;
	symbols_free(&s->all);
	free(s);
	return NULL;
}

static bool is_function(const struct symbol *y)
{
	return y->global || y->name[0] == '_' || y->name[0] == '~';
}

const char *aout_symbols_find(const struct aout_symbols *s, u16 address)
{
	const struct symbol *label = NULL, *function = NULL;

	for (size_t i = 0; i < s->all.count && s->all.list[i].value <= address; i++) {
		const struct symbol *y = &s->all.list[i];

		if (!y->text)
			continue;
		label = y;
		/* Of several names of one place the one without a tilde. */
		if (is_function(y) &&
		    (function == NULL || function->value != y->value || y->name[0] != '~'))
			function = y;
	}
	if (function == NULL)
		function = label;
	if (function == NULL)
		return NULL;
	return function->name[0] == '_' || function->name[0] == '~' ? function->name + 1
								    : function->name;
}

bool aout_is_system(const char *personality)
{
	u32 n;
	const struct abi *all = abi_all(&n);

	for (u32 i = 0; i < n; i++)
		if (all[i].pdp11 && strcmp(all[i].name, personality) == 0)
			return true;
	return false;
}

bool aout_is_program(const char *path)
{
	struct program_file file CLEAN_PROGRAM = {.fd = -1};
	struct loader_verdict v;

	return program_open(&file, path) == 0 && loader_detect(&file.source, &v) == 0 &&
	       v.format == LOADER_PDP11;
}
