/* SPDX-License-Identifier: BSD-2-Clause */
/* rt/x86_64/start.S: the runtime's first instructions, on the stack the host's exec made. */
	.text
	.globl	_start
	.hidden	_start
	.type	_start, @function
_start:
	xorl	%ebp, %ebp
	movq	%rsp, %rdi
	andq	$-16, %rsp
	call	rt_start
	hlt
	.size	_start, . - _start
	.section .note.GNU-stack,"",@progbits
