/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/profile.c: where the program is at every tick: profil(2) and pcsample(2).
 *
 * A timer of the host's counts the process's time and sends, a hundred times a second of it, the
 * signal that the runtime always catches, with a value of our own; what the LWP that gets it
 * would do next is what is counted. Whose turn that is among several is the host's choice. A child
 * inherits it all, with a timer of its own.
 *
 * Facts: profil(2), pcsample(2); usr/src/uts/common/syscall/profil.c, os/clock.c (profil_tick),
 * os/fork.c, os/exec.c.
 */
#include "personality/illumos/profile.h"
#include "core/guest.h"
#include "exo/lock.h"
#include "lib/mem.h"
#include "personality/illumos/illumos.h"

#define TICK_NS	     10000000
#define SAMPLING     1 /* scales: of pcsample(2), */
#define ONE_SLOT     2 /* and all in the first counter */
#define SHORT_MAX    32767
#define SIGEV_SIGNAL 0

static struct exo_lock lock;
static struct {
	u64 base, size, offset;
	u32 scale;
	i64 samples;
} state;
static struct {
	bool there;
	i32 id;
} timer;

bool illumos_profile_is_timer(i32 id)
{
	return UNLIKELY(timer.there) && id == timer.id;
}

static long start(void)
{
	struct core_sigevent ev = {.sigev_signo = CORE_SIGSYS, .sigev_notify = SIGEV_SIGNAL};
	struct core_itimerspec every = {{0, TICK_NS}, {0, TICK_NS}};
	long r = 0;

	ev.sigev_value.sival_ptr = (u64)&state;
	illumos_fork_resets = true;
	if (!timer.there) {
		r = EXO_NOW(timer_create, CORE_CLOCK_PROCESS_CPUTIME_ID, &ev, &timer.id);
		timer.there = r >= 0;
	}
	return r < 0 ? r : EXO_NOW(timer_settime, timer.id, 0, &every, NULL);
}

static void stop(void)
{
	if (timer.there)
		EXO_NOW(timer_delete, timer.id);
	timer.there = false;
}

/* With the lock held. A counter that is full ends it. */
static void count(u64 pc, i32 ticks)
{
	u64 delta = pc - state.offset, at = 0;
	u16 n;

	if (pc < state.offset)
		return;
	if (state.scale != ONE_SLOT) {
		at = (delta >> 16) * state.scale + ((delta & 0xffff) * state.scale >> 16);
		if (at >= state.size)
			return;
	}
	at = illumos_fence(state.base + at / 2 * 2);
	if (copy_from_guest(&n, gp(at), sizeof(n)) < 0 || n + ticks > SHORT_MAX) {
		state.scale = 0;
		return;
	}
	n = (u16)(n + ticks);
	if (copy_to_guest(gp(at), &n, sizeof(n)) < 0)
		state.scale = 0;
}

static void sample(u64 pc, i32 ticks)
{
	while (ticks-- > 0 && state.scale) {
		if ((u64)state.samples == state.size ||
		    guest_write_u64(gp(illumos_fence(state.base)), pc) < 0) {
			state.scale = 0;
			return;
		}
		state.base += sizeof(pc);
		state.samples++;
	}
}

bool illumos_profile_tick(const struct core_siginfo *si, u64 pc)
{
	i32 ticks;

	if (LIKELY(si->si_signo != CORE_SIGSYS || si->si_code != CORE_SI_TIMER ||
		   si->kill.value.sival_ptr != (u64)&state))
		return false;
	ticks = 1 + (i32)MIN(si->kill.uid, (u32)SHORT_MAX); /* where a timer tells its overruns */
	exo_lock(&lock);
	if (state.scale == SAMPLING)
		sample(pc, ticks);
	else if (state.scale)
		count(pc, ticks);
	if (!state.scale)
		stop();
	exo_unlock(&lock);
	return true;
}

long illumos_profil(struct core_thread *t, OUT buff, SIZE bufsiz, ADDR offset, UINT scale)
{
	long r = 0;

	(void)t;
	exo_lock(&lock);
	state.base = buff.addr;
	state.size = bufsiz;
	state.offset = offset;
	state.scale = scale == SAMPLING ? 0 : scale;
	state.samples = 0;
	if (state.scale)
		r = start();
	else
		stop();
	exo_unlock(&lock);
	return r;
}

long illumos_pcsample(struct core_thread *t, OUT samples, LONG nsamples)
{
	long r, was;

	(void)t;
	if (nsamples < 0)
		return -CORE_EINVAL;
	exo_lock(&lock);
	was = state.samples;
	state.base = samples.addr;
	state.size = (u64)nsamples;
	state.scale = SAMPLING;
	state.samples = 0;
	r = start();
	exo_unlock(&lock);
	return r < 0 ? r : was;
}

/* The host's timers stay with the parent. */
void illumos_profile_forked(void)
{
	exo_lock_reset(&lock);
	if (!timer.there)
		return;
	timer.there = false;
	start();
}
