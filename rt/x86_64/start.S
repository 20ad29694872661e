/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rt/x86_64/start.S: the runtime's first instructions. The stack the host's exec made is read,
 * not used: it goes away when the guest starts.
 */
	.text
	.globl	_start
	.hidden	_start
	.type	_start, @function
_start:
	xorl	%ebp, %ebp
	movq	%rsp, %rdi
	leaq	exo_start_stack(%rip), %rsp
	call	rt_start
	hlt
	.size	_start, . - _start
	.section .note.GNU-stack,"",@progbits
