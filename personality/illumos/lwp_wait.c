/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/lwp_wait.c: sleeping until a word changes, a time is up or a signal comes.
 *
 * Facts: lwp_timer_copyin and lwp_timer_copyout of usr/src/uts/common/syscall/lwp_timer.c.
 */
#include "core/signal.h"
#include "personality/illumos/lwp.h"

#define NSEC 1000000000L

long illumos_wait_begin(guest_ptr time, struct illumos_wait *w)
{
	struct core_timespec ts;
	struct exo_time now;

	*w = (struct illumos_wait){0};
	if (!time.addr)
		return 0;
	if (copy_from_guest(&ts, time, sizeof(ts)) < 0)
		return -CORE_EFAULT;
	if (ts.tv_sec < 0 || ts.tv_nsec < 0 || ts.tv_nsec >= NSEC)
		return -CORE_EINVAL;
	w->timed = true;
	w->now = ts.tv_sec == 0 && ts.tv_nsec == 0;
	exo_clock_gettime(CORE_CLOCK_MONOTONIC, &now);
	w->until.tv_sec = now.sec + MIN(ts.tv_sec, INT64_MAX / 2);
	w->until.tv_nsec = now.nsec + ts.tv_nsec;
	if (w->until.tv_nsec >= NSEC) {
		w->until.tv_nsec -= NSEC;
		w->until.tv_sec++;
	}
	return 0;
}

long illumos_wait_left(guest_ptr time, const struct illumos_wait *w)
{
	struct core_timespec left;
	struct exo_time now;

	if (!time.addr || !w->timed)
		return 0;
	exo_clock_gettime(CORE_CLOCK_MONOTONIC, &now);
	left.tv_sec = w->until.tv_sec - now.sec;
	left.tv_nsec = w->until.tv_nsec - now.nsec;
	if (left.tv_nsec < 0) {
		left.tv_nsec += NSEC;
		left.tv_sec--;
	}
	if (left.tv_sec < 0)
		left = (struct core_timespec){0, 0};
	return copy_to_guest(time, &left, sizeof(left));
}

long illumos_wait_word(struct core_thread *t, u64 word, u32 value, bool shared,
		       const struct illumos_wait *w)
{
	int op = CORE_FUTEX_WAIT_BITSET | (shared ? 0 : CORE_FUTEX_PRIVATE_FLAG);
	long r;

	if (w->now)
		return -CORE_ETIME;
	do
		r = EXO(futex, word, op, value, w->timed ? &w->until : NULL, 0,
			CORE_FUTEX_BITSET_MATCH_ANY);
	while ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) && core_signal_absorb(t));
	if (r == -CORE_EAGAIN)
		return 0;
	if (r == -CORE_ETIMEDOUT)
		return -CORE_ETIME;
	return r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS ? -CORE_EINTR_FINAL : r;
}

void illumos_wake_word(u64 word, u32 n, bool shared)
{
	EXO_NOW(futex, word, CORE_FUTEX_WAKE | (shared ? 0 : CORE_FUTEX_PRIVATE_FLAG), n);
}

long illumos_word_wait(struct core_thread *t, u32 *word, const struct illumos_wait *w)
{
	u32 now = ILLUMOS_WORD_CLEAR;
	long r = 0;

	__atomic_compare_exchange_n(word, &now, ILLUMOS_WORD_SLEPT_ON, false, __ATOMIC_ACQ_REL,
				    __ATOMIC_ACQUIRE);
	while (r == 0 && __atomic_load_n(word, __ATOMIC_ACQUIRE) != ILLUMOS_WORD_SET)
		r = illumos_wait_word(t, (u64)word, ILLUMOS_WORD_SLEPT_ON, false, w);
	return r;
}

bool illumos_word_set(u32 *word)
{
	return __atomic_exchange_n(word, ILLUMOS_WORD_SET, __ATOMIC_ACQ_REL) ==
	       ILLUMOS_WORD_SLEPT_ON;
}
