/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/x86_64/guestcode.h: code of ours that guests execute; for assembly.
 *
 * It lies in the page below EXO_GUEST_HIGH (layout.h), read-only and with the file. A system
 * call in it is cheap from the first time on, as a patched site is: the jump is there already,
 * and the `syscall` behind it for whoever jumps straight to it.
 */
#ifndef FB_EXO_X86_64_GUESTCODE_H
#define FB_EXO_X86_64_GUESTCODE_H

/* Assembly. */
/* clang-format off */

.macro GUEST_CODE name
	.section fb_guest, "ax", @progbits
	.p2align 4
	.globl	\name
	.hidden	\name
	.type	\name, @object
\name:
.endm

/* mov $number, %eax; syscall */
.macro GUEST_CALL number
	.byte	0xe9
	.long	.Lenter_\@ - (. + 4)
	syscall
.Lreturn_\@:
	.pushsection .text.guest_call, "ax", @progbits
.Lenter_\@:
	movl	$\number, %eax
	leaq	.Lreturn_\@(%rip), %rcx
	jmp	gateway_entry
	.popsection
.endm

.macro GUEST_END name
	.size	\name, . - \name
	.text
.endm

#endif
