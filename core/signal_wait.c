/* SPDX-License-Identifier: BSD-2-Clause */
/* core/signal_wait.c: signals that a call takes; core/signal.h has the contract. */
#include "core/signal.h"

#define NSEC 1000000000

long core_signal_wait(struct core_thread *t, u64 mask, struct core_siginfo *si,
		      const struct core_timespec *timeout)
{
	const struct core_timespec none = {0, 0}, *limit = timeout;
	u64 held;
	bool wrong = false;
	long r;

	mask &= ~core_signal_discarded(t);
	held = t->held & mask;
	if (held) {
		int sig = __builtin_ctzl(held) + 1;

		core_signal_take_held(t, sig, si);
		return sig;
	}
	if (timeout) {
		wrong = timeout->tv_nsec < 0 || timeout->tv_nsec >= NSEC;
		if (wrong || timeout->tv_sec < 0)
			limit = &none;
	}
	/* The hub would end the process of a signal that nobody blocks or handles. */
	do {
		if (mask & ~t->exo.mask)
			core_sigmask_apply(t, mask);
		r = EXO(rt_sigtimedwait, &mask, si, limit, 8);
	} while ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) && core_signal_absorb(t));
	if (mask & ~t->exo.mask)
		core_sigmask_apply(t, 0);
	if (r > 0)
		core_signal_count(t, (int)r);
	return r == -CORE_EAGAIN && wrong ? -CORE_EINVAL : r;
}
