/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/x86_64/patch.h: what patching is made of: patch.c decides, trampoline.c has places to
 * jump to. mem is a descriptor of /proc/self/mem; everything here is called with patch.c's lock.
 */
#ifndef FB_EXO_LINUX_X86_64_PATCH_H
#define FB_EXO_LINUX_X86_64_PATCH_H

#include "lib/base.h"

#define TRAMPOLINE_SIZE 32
#define JMP_REL32	0xe9
#define JMP_SIZE	5
#define NOP		0x90

/* A free place within reach of code that begins at low, and of all of it; 0: none. */
u64 linux_trampoline_near(u64 low, u64 pc, int mem);
/*
 * A free place that the punned displacement of a jump that ends at next reaches: the jump's
 * last two bytes are the call's 0f 05, so it lies some 85 MB above, in a window of 64 KiB.
 */
u64 linux_trampoline_punned(u64 next, int mem);

/*
 * The trampoline to be at `at`: n displaced bytes, then into the gateway with ret, the address
 * behind the call, as the `syscall` instruction leaves it. n <= 11.
 */
void linux_trampoline_make(u8 code[TRAMPOLINE_SIZE], u64 at, const u8 *displaced, u32 n, u64 ret);

/* Of which call (the address of its syscall instruction) is the trampoline that pc is in? 0: of
 * none; false: pc is in no pool. Without the lock, for signal handlers. */
bool linux_trampoline_call(u64 pc, u64 *call);

#endif
