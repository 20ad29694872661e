/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/sample.c: asks a thread now and then where it is, by its own processor time.
 *
 * Each thread that wants it has a timer of the host's on the clock of its processor time
 * (timer_create(2), SIGEV_THREAD_ID). The signal is the last of the real-time ones, told apart from
 * everybody else's by its value: SIGSYS, which errands use, will not do, since the host drops a
 * second one that waits, and one of the two may be a call of the guest. It is never blocked or
 * ignored while there are samples; what the guest says of that number is kept above
 * (exo_mask_open).
 */
#include <asm/unistd_64.h>

#include "exo/linux/linux.h"
#include "exo/linux/x86_64/context.h"
#include "lib/mem.h"

#define THREAD_CLOCK	3    /* CLOCK_THREAD_CPUTIME_ID, linux/time.h */
#define TO_THREAD	4    /* SIGEV_THREAD_ID, asm-generic/siginfo.h */
#define CODE_TIMER	(-2) /* SI_TIMER */
#define CHOOSE_TIMER_ID 77   /* PR_TIMER_CREATE_RESTORE_IDS, linux/prctl.h of 6.15 */
#define SECOND		1000000000u

static const char marker;

u64 linux_sample_bit;

bool linux_is_sample(const void *siginfo)
{
	const siginfo_t *si = siginfo;

	return si->si_code == CODE_TIMER && si->si_value.sival_ptr == (const void *)&marker;
}

u32 linux_samples(const void *siginfo)
{
	const siginfo_t *si = siginfo;

	return 1 + MIN((u32)si->si_overrun, (u32)UINT16_MAX);
}

long exo_sample_start(u64 ns)
{
	struct exo_thread *t = exo_self();
	struct {
		u64 value;
		i32 signo, notify, tid;
		i32 pad[11];
	} ev = {(u64)&marker, LINUX_SAMPLE_SIGNAL, TO_THREAD, (i32)LINUX(__NR_gettid), {0}};
	u64 every[4] = {ns / SECOND, ns % SECOND, ns / SECOND, ns % SECOND};
	i32 id = INT32_MAX;
	bool first = LINUX(__NR_gettid) == LINUX(__NR_getpid);
	long r;

	t->sampler = 0;
	t->sampled = t->sampled_inside = 0;
	if (!linux_sample_bit) {
		linux_sample_bit = 1UL << (LINUX_SAMPLE_SIGNAL - 1);
		exo_signal_set(LINUX_SAMPLE_SIGNAL, EXO_CATCH, 0);
	}
	/* After the highest number comes 0, which a guest's first timer has then as ever; hosts
	 * that do not let one choose give it the next. */
	if (first)
		LINUX(__NR_prctl, CHOOSE_TIMER_ID, 1, 0, 0, 0);
	r = LINUX(__NR_timer_create, THREAD_CLOCK, &ev, &id);
	if (first)
		LINUX(__NR_prctl, CHOOSE_TIMER_ID, 0, 0, 0, 0);
	if (r < 0)
		return r;
	t->sampler = (u32)id + 1;
	return LINUX(__NR_timer_settime, id, 0, every, 0);
}

void exo_sample_stop(void)
{
	struct exo_thread *t = exo_self();

	if (t->sampler)
		LINUX(__NR_timer_delete, t->sampler - 1);
	t->sampler = 0;
}
