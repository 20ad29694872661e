/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/profil.c: where a program is, sixty times in each second it computes.
 *
 * A timer of the host's sends a signal that none of these systems has; it finds the processor
 * between two blocks, which is as near as a tick of the machine's clock was. A bucket that is
 * not there ends it, as there. Facts: usr/sys/40/mch.s (addupc), sys/clock.c, sys4.c (profil) of
 * the Seventh Edition.
 */
#include "core/signal.h"
#include "personality/research/calls.h"

#define TICK	 64 /* the last of the host's signals */
#define TICKS	 60
#define CLOCK	 2 /* CLOCK_PROCESS_CPUTIME_ID */
#define NOTIFIED 0 /* SIGEV_SIGNAL */

static struct {
	u16 buf, size, offset, scale;
	i32 timer;
	bool has_timer;
} profile;

static void set_timer(bool on)
{
	struct core_itimerspec every = {0};
	struct core_sigevent event = {.sigev_signo = TICK, .sigev_notify = NOTIFIED};

	if (!on && !profile.has_timer)
		return;
	if (!profile.has_timer) {
		exo_signal_set(TICK, EXO_CATCH, 0);
		if (EXO_NOW(timer_create, CLOCK, &event, &profile.timer) < 0)
			return;
		profile.has_timer = true;
	}
	if (on)
		every.it_interval.tv_nsec = every.it_value.tv_nsec = 1000000000 / TICKS;
	EXO_NOW(timer_settime, profile.timer, 0, &every, NULL);
}

long research_profil(struct core_thread *t, OUT buf, UINT size, UINT offset, UINT scale)
{
	(void)t;
	profile.buf = research_addr(buf);
	profile.size = (u16)size;
	profile.offset = (u16)offset;
	profile.scale = (u16)scale;
	set_timer(profile.scale > 1);
	return 0;
}

/* A child is profiled like its parent; a timer is nobody's heritage. */
void research_profil_forked(void)
{
	profile.has_timer = false;
	set_timer(profile.scale > 1);
}

bool research_profil_tick(const struct core_siginfo *si, u16 pc)
{
	u32 bucket = ((u32)(u16)(pc - profile.offset) >> 1) * (profile.scale >> 1) >> 14;
	i32 count;

	if (si->si_signo != TICK)
		return false;
	bucket = (bucket + 1) & 0xfffe;
	if (profile.scale < 2 || bucket >= profile.size)
		return true;
	count = research_fetch((u16)(profile.buf + bucket));
	if (count < 0 || research_store((u16)(profile.buf + bucket), (u16)(count + 1)) < 0) {
		profile.scale = 0;
		set_timer(false);
	}
	return true;
}
