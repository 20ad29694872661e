/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/feuerbird/start.S: where a native program begins: long fb_main(argc, argv, envp),
 * whose result is its exit status; and the note by which it is known.
 */
	.text
	.globl	_start
	.type	_start, @function
_start:
	xorl	%ebp, %ebp
	movq	(%rsp), %rdi
	leaq	8(%rsp), %rsi
	leaq	8(%rsi,%rdi,8), %rdx
	andq	$-16, %rsp
	call	fb_main
	movl	%eax, %edi
	movl	$0x020000e7, %eax	/* Linux class, exit_group */
	syscall
	hlt
	.size	_start, . - _start

	.section .note.feuerbird, "a", @note
	.balign	4
	.long	10, 4, 1
	.asciz	"FeuerBird"
	.balign	4
	.long	1
	.section .note.GNU-stack, "", @progbits
