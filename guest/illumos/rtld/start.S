/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld/start.S: where the kernel enters, and from where the program is entered.
 *
 * rsp is at argc. The program begins with the same stack, and in rdx a function to be called at
 * exit (System V ABI for x86-64, 3.4.1).
 */
	.text
	.globl	_start
	.hidden	_start
	.type	_start, @function
_start:
	xorl	%ebp, %ebp
	movq	%rsp, %rbx
	movq	%rsp, %rdi
	leaq	_DYNAMIC(%rip), %rsi
	andq	$-16, %rsp
	call	rtld_start
	movq	%rbx, %rsp
	leaq	rtld_at_exit(%rip), %rdx
	jmpq	*%rax
	.size	_start, . - _start
	.section .note.GNU-stack, "", @progbits
