/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/result.h: results that are not simply ">= 0 or an error".
 */
#ifndef FB_FREEBSD_RESULT_H
#define FB_FREEBSD_RESULT_H

#include "core/thread.h"
#include "personality/freebsd/convert_errno.h"

/* posix_fallocate(2) and its like return the error as their value; interruptions stay errors. */
static inline long freebsd_error_as_value(long r)
{
	if (r >= 0)
		return 0;
	return r <= -CORE_ERESTART_ALWAYS || r == -CORE_EINTR ? r : core_to_freebsd_errno((int)-r);
}

#endif
