/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/freebsd/process.c: beginnings and ends of processes. */
#include "personality/freebsd/freebsd.h"
#include "core/process.h"

long freebsd_exit(struct core_thread *t, INT rval)
{
	core_exit(t, rval & 0xff);
}
