/* SPDX-License-Identifier: BSD-2-Clause */
#include "personality/freebsd/freebsd.h"
long freebsd_signal_frame(struct core_thread *t, struct exo_frame *f, const struct core_action *a,
			  const struct core_siginfo *si, const struct exo_event *ev, u64 mask)
{
	(void)t;(void)f;(void)a;(void)si;(void)ev;(void)mask;
	return -CORE_EFAULT;
}
void freebsd_sigcode_map(struct core_thread *t)
{
	(void)t;
}
