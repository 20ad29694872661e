/* SPDX-License-Identifier: BSD-2-Clause */
/* rt/plate.c: the plate of the running image; trace/plate.h says what it is for. */
#include "rt/rt.h"
#include "core/signal.h"
#include "core/trace.h"
#include "exo/x86_64/layout.h"

_Static_assert(TRACE_PLATE_AT == EXO_GUEST_HIGH, "the plate is where the image begins");

extern const char image_start[] __asm__("__executable_start");
extern const char code_end[] __asm__("etext");
extern const char gateway_exit[];

FB_START struct trace_facts rt_facts;

/* Nothing happens here: it is a place for a breakpoint. */
__attribute__((noinline)) void rt_guest_begins(void)
{
	__asm__ volatile("" ::: "memory");
}

/* rt.lds puts it first. */
__attribute__((section("fb_plate"), used)) static const struct trace_plate plate = {
    .magic = TRACE_PLATE_MAGIC,
    .size = sizeof(plate),
    .facts = &rt_facts,
    .begins = rt_guest_begins,
    .up_call = exo_up_call,
    .code_mapped = exo_code_mapped,
    .leaves = gateway_exit,
    .caught = core_signal_caught,
    .traced = &trace_memory,
    .code_kept = &exo_code_kept,
    .thread_frame = EXO_THREAD_FRAME,
    .low = image_start,
    .high = code_end,
};
