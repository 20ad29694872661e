/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/overlay.c: text that does not fit.
 *
 * The linker of the Berkeley systems gives a program a base and up to fifteen overlays that take
 * turns at the next segment behind it; a call from one to another goes through a piece of the base
 * that asks for it with EMT, its number in r0. Facts: usr/sys/pdp/mch_trap.s (emt) and
 * kern_exec.c of 2.11BSD, libc's ovhndlr.s, ld(1).
 */
#include "core/memory.h"
#include "lib/mem.h"
#include "loader/aout.h"
#include "personality/research/research.h"

static u8 *overlays; /* all of them, one behind the other */
static u16 sizes[LOADER_AOUT_OVERLAYS];
static u16 window, room;

long research_overlays_load(const struct loader_source *file, const struct loader_aout *a)
{
	u32 total = 0;
	long r = 0;

	if (!a->overlay_max)
		return 0;
	for (u32 i = 0; i < LOADER_AOUT_OVERLAYS; i++)
		total += a->overlay[i];
	overlays = exo_pages_alloc(ALIGN_UP(total + 1UL, PAGE_SIZE));
	if (!overlays)
		return -CORE_ENOMEM;
	window = a->overlay_addr;
	room = a->overlay_max;
	research.overlay_base = (u16)(window / LOADER_AOUT_SEGMENT);
	total = 0;
	for (u32 i = 0; i < LOADER_AOUT_OVERLAYS && r == 0; i++) {
		sizes[i] = a->overlay[i];
		r = research_read_file(file, a->overlay_off[i], overlays + total, sizes[i]);
		total += sizes[i];
	}
	return r;
}

bool research_overlay_switch(void)
{
	return research_overlay_select(research.cpu.r[0]);
}

bool research_overlay_select(u32 n)
{
	u32 before = 0;
	u64 at = (u64)research.cpu.text + window, end = ALIGN_UP(at + room, PAGE_SIZE);

	if (!overlays || n > LOADER_AOUT_OVERLAYS)
		return false;
	if (n == research.current_overlay || n == 0)
		return true;
	for (u32 i = 0; i + 1 < n; i++)
		before += sizes[i];
	core_mprotect(at, end - at, CORE_PROT_READ | CORE_PROT_WRITE);
	memset((void *)at, 0, room);
	memcpy((void *)at, overlays + before, sizes[n - 1]);
	core_mprotect(at, end - at, CORE_PROT_READ);
	research.current_overlay = (u16)n;
	research_engine_overlay(window, room, n);
	return true;
}
