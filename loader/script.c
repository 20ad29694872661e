/* SPDX-License-Identifier: BSD-2-Clause */
/* loader/script.c: parses the `#!` line in place. */

#include "core/abi.h"
#include "lib/mem.h"
#include "loader/script.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

long loader_script_parse(const struct loader_script_rules *rules, char *head, u32 n,
			 struct loader_script *out, struct loader_error *err)
{
	u32 size = MIN(n, rules->limit);
	bool cut = false; /* the line goes on behind what is looked at */
	u32 end = 2, name, name_end, arg;

	if (size < 2 || head[0] != '#' || head[1] != '!')
		return loader_fail(err, -CORE_ENOEXEC, "it does not begin with #!");
	while (end < size && head[end] != '\n' && head[end] != '\0')
		end++;
	/* Linux keeps the last byte of its buffer for the NUL of a line without an end. */
	if (end == size && n >= rules->limit && rules->cut_is_an_error) {
		end--;
		cut = !is_blank(head[end]);
	}
	for (name = 2; name < end && is_blank(head[name]); name++)
		;
	for (name_end = name; name_end < end && !is_blank(head[name_end]); name_end++)
		;
	if (name == name_end)
		return loader_fail(err, -CORE_ENOEXEC, "its #! line names no interpreter");
	if (cut && name_end == end)
		return loader_fail(err, -CORE_ENOEXEC,
				   "the interpreter's name on its #! line is longer than %u bytes",
				   rules->limit - 1);
	for (arg = name_end; arg < end && is_blank(head[arg]); arg++)
		;
	while (end > arg && is_blank(head[end - 1]))
		end--;
	out->interp = head;
	memmove(head, head + name, name_end - name);
	head[name_end - name] = '\0';
	out->arg = arg < end ? head + arg - 1 : NULL;
	if (out->arg) {
		memmove(out->arg, head + arg, end - arg);
		out->arg[end - arg] = '\0';
	}
	return 0;
}
