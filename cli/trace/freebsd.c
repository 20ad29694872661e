/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/freebsd.c: arguments as freebsd has them. */
#include "cli/trace/value.h"

bool freebsd_value(struct text *t, const struct event *e, u32 i)
{
	(void)t, (void)e, (void)i;
	return false;
}
