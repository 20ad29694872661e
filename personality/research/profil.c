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
#include "core/traced.h"
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

/* Of fbird prof: a timer of its own, told apart by its value. */
#define SAMPLE 0x73616d70

void research_sample_start(void)
{
	struct core_sigevent event = {
	    .sigev_signo = TICK, .sigev_notify = NOTIFIED, .sigev_value.sival_int = SAMPLE};
	u64 ns = trace_on() ? trace_memory->sample_ns : 0;
	struct core_itimerspec every = {0};
	i32 timer;

	if (!ns)
		return;
	exo_signal_set(TICK, EXO_CATCH, 0);
	if (EXO_NOW(timer_create, CLOCK, &event, &timer) < 0)
		return;
	every.it_interval.tv_sec = every.it_value.tv_sec = (i64)(ns / 1000000000);
	every.it_interval.tv_nsec = every.it_value.tv_nsec = (i64)(ns % 1000000000);
	EXO_NOW(timer_settime, timer, 0, &every, NULL);
}

static bool sample(const struct core_siginfo *si, u16 pc)
{
	const struct pdp11 *cpu = &research.cpu;
	struct core_trace_place p = {research_at(0).addr, pc, cpu->r[PDP11_SP], cpu->r[5]};

	if (si->si_code != CORE_SI_TIMER || si->timer.value.sival_int != SAMPLE)
		return false;
	if (trace_on())
		core_trace_sample(core_self(), &p, (u32)si->timer.overrun + 1);
	return true;
}

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
	research_sample_start();
}

bool research_profil_tick(const struct core_siginfo *si, u16 pc)
{
	u32 bucket = ((u32)(u16)(pc - profile.offset) >> 1) * (profile.scale >> 1) >> 14;
	i32 count;

	if (si->si_signo != TICK)
		return false;
	if (sample(si, pc))
		return true;
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
