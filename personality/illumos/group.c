/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/group.c: process groups and sessions. Facts: setpgid(2), getsid(2),
 * usr/src/uts/common/syscall/pgrpsys.c: one call, which its first argument tells apart.
 */
#include "personality/illumos/illumos.h"

enum { GETPGRP, SETPGRP, GETSID, SETSID, GETPGID, SETPGID };

static bool bad_pid(int pid)
{
	return pid < 0;
}

/* One who leads a group already stays where it is. */
static long set_pgrp(void)
{
	long r = EXO(setsid);

	return r == -CORE_EPERM ? EXO(getsid, 0) : r;
}

long illumos_pgrpsys(struct core_thread *t, INT code, PID pid, PID pgid)
{
	(void)t;
	switch (code) {
	case GETPGRP:
		return EXO(getpgid, 0);
	case SETPGRP:
		return set_pgrp();
	case SETSID:
		return EXO(setsid);
	case GETSID:
	case GETPGID:
		if (bad_pid(pid))
			return -CORE_EINVAL;
		return code == GETSID ? EXO(getsid, pid) : EXO(getpgid, pid);
	case SETPGID:
		return bad_pid(pid) || bad_pid(pgid) ? -CORE_EINVAL : EXO(setpgid, pid, pgid);
	default:
		return 0;
	}
}
