/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/crt/crt1.S: where a program begins, after the dynamic linker.
 *
 * rsp is at argc, and rdx is a function that is to be called at exit, or zero (System V ABI for
 * x86-64, 3.4.1; usr/src/lib/crt of illumos). The library has been initialised by then.
 */
	.text
	.globl	_start
	.type	_start, @function
_start:
	xorl	%ebp, %ebp
	movq	(%rsp), %rdi
	leaq	8(%rsp), %rsi
	leaq	16(%rsp,%rdi,8), %r8
	andq	$-16, %rsp
	movq	%rdi, %rbx
	movq	%rsi, %r12
	movq	%r8, %r13
	testq	%rdx, %rdx
	jz	1f
	movq	%rdx, %rdi
	call	atexit@PLT
1:	movl	%ebx, %edi
	movq	%r12, %rsi
	movq	%r13, %rdx
	call	main@PLT
	movl	%eax, %edi
	call	exit@PLT
	hlt
	.size	_start, . - _start
	.section .note.GNU-stack, "", @progbits
