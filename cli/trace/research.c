/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/research.c: arguments as research has them. */
#include "cli/trace/value.h"

bool research_value(struct text *t, const struct event *e, u32 i)
{
	(void)t, (void)e, (void)i;
	return false;
}
