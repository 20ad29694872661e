/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/x86_64/sigcode.S: the signal return code: it calls the handler that the
 * frame on the stack names, then sigreturn(2) with the context 16 bytes above it.
 *
 * Facts: sys/amd64/amd64/sigtramp.S. A native program's class 0 is not FreeBSD's: it returns
 * by the number with the class (include/feuerbird/abi.h).
 */
#include "exo/x86_64/guestcode.h"

#define SIGRETURN	 417
#define SIGRETURN_NATIVE 0x030001a1

.macro SIGCODE name, number
GUEST_CODE \name
	call	*(%rsp)
	leaq	16(%rsp), %rdi
	GUEST_CALL \number
	hlt
	.globl	\name\()_end
	.hidden	\name\()_end
\name\()_end:
GUEST_END \name
.endm

	SIGCODE freebsd_sigcode, SIGRETURN
	SIGCODE freebsd_sigcode_native, SIGRETURN_NATIVE

	.section .note.GNU-stack,"",@progbits
