/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/result.h: results that are not simply ">= 0 or an error".
 */
#ifndef FB_FREEBSD_RESULT_H
#define FB_FREEBSD_RESULT_H

#include "core/thread.h"
#include "personality/freebsd/convert_errno.h"

/* A success that may be negative (a priority, a process group): put where the guest finds it,
 * past the exit that would take it for an error. */
static inline long freebsd_result(struct core_thread *t, long value)
{
	struct exo_frame *f = t->exo.frame;

	if (value >= 0)
		return value;
	f->rax = (u64)value;
	f->flags &= (u8)~EXO_FLAG_CARRY;
	f->rflags &= ~(u64)EXO_FLAG_CARRY;
	return -CORE_EJUSTRETURN;
}

/* posix_fallocate(2) and its like return the error as their value; interruptions stay errors. */
static inline long freebsd_error_as_value(long r)
{
	if (r >= 0)
		return 0;
	return r <= -CORE_ERESTART_ALWAYS || r == -CORE_EINTR ? r : core_to_freebsd_errno((int)-r);
}

#endif
