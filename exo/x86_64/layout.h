/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/x86_64/layout.h: who lives where in an address space; for C and for the linker script.
 *
 * Guests have everything below EXO_GUEST_HIGH, the runtime what follows: its image first
 * (rt/x86_64/rt.lds), then what it allocates. The border is half a mebibyte above a multiple
 * of two, so that the top of the guest's first stack, the image and the first allocations
 * share one page of the page tables: a fork copies, and an exit frees, five such pages less.
 * The page just below the border is the guest's but comes with the image (guestcode.h).
 */
#ifndef FB_EXO_X86_64_LAYOUT_H
#define FB_EXO_X86_64_LAYOUT_H

#define EXO_PAGE       0x1000
#define EXO_GUEST_LOW  0x10000
#define EXO_GUEST_HIGH 0x700000080000
#define EXO_GUEST_CODE (EXO_GUEST_HIGH - EXO_PAGE)

/*
 * A thread's memory: an unmapped guard, the kernel stack with the thread at its top (one
 * page to copy when it forks), room for one extended state, for whoever runs on the
 * kernel stack, and the handlers' stack. The first thread's is part of the image, its guard
 * the read-only page before.
 */
#define EXO_BLOCK_SIZE	   0x18000
#define EXO_BLOCK_GUARD	   EXO_PAGE
#define EXO_KSTACK_HIGH	   0xc000
#define EXO_THREAD_MAX	   0x800
#define EXO_THREAD_OFFSET  (EXO_KSTACK_HIGH - EXO_THREAD_MAX)
#define EXO_SCRATCH_OFFSET EXO_KSTACK_HIGH
#define EXO_SCRATCH_SIZE   0x4000
#define EXO_ALTSTACK_LOW   0x10000
#define EXO_ALTSTACK_HIGH  EXO_BLOCK_SIZE

#endif
