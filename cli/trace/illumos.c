/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/illumos.c: arguments as illumos has them. */
#include "cli/trace/value.h"

bool illumos_value(struct text *t, const struct event *e, u32 i)
{
	(void)t, (void)e, (void)i;
	return false;
}
