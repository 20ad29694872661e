/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/x86_64/hostcall.S: the only `syscall` instructions of the runtime, and the
 * memory accesses whose faults are expected.
 *
 * exo_call has a restart window, exo_call_window to exo_call_window_end: a signal that
 * lands there is sent to exo_call_interrupted by the handler, so that an event noted
 * between the check and the instruction cannot leave the thread blocked.
 */
#define THREAD_INTERRUPTED 16
#define THREAD_IN_USE	   20
#define THREAD_HAS_EVENT   64

	.text

.macro FUNCTION name
	.globl	\name
	.hidden	\name
	.type	\name, @function
	.p2align 4
\name:
.endm

/*
 * After a call, where the host's returns spoil the return stack (exo/linux/returns.c): as many
 * returns as the way back through a handler and a guest's library may take are predicted to go
 * to the traps here, which the processor gives up at once.
 */
.macro MEND_RETURNS
	cmpb	$0, linux_returns_stale(%rip)
	je	9f
	.rept	16
	call	8f
	int3
8:
	.endr
	addq	$16 * 8, %rsp
9:
.endm

/* Five arguments and the operation in r9: number in eax, arguments where Linux wants them. */
.macro FIVE_ARGUMENTS
	leaq	exo_linux_numbers(%rip), %rax
	movzwl	(%rax,%r9,2), %eax
	movq	%rcx, %r10
	xorl	%r9d, %r9d
.endm

/* Six arguments, and the operation on the stack. */
.macro SIX_ARGUMENTS
	movq	8(%rsp), %r11
	leaq	exo_linux_numbers(%rip), %rax
	movzwl	(%rax,%r11,2), %eax
	movq	%rcx, %r10
.endm

/* Calls that something is in the way of (linux.h) go through awake.c, and come back. */
FUNCTION exo_call
	cmpq	$0, linux_detours(%rip)
	jne	linux_detour_call
	FIVE_ARGUMENTS
	.globl	exo_call_window
	.hidden	exo_call_window
exo_call_window:
	cmpl	$0, %gs:THREAD_INTERRUPTED
	jne	exo_call_interrupted
	syscall
	.globl	exo_call_window_end
	.hidden	exo_call_window_end
exo_call_window_end:
	MEND_RETURNS
	ret
	.globl	exo_call_interrupted
	.hidden	exo_call_interrupted
exo_call_interrupted:
	movq	$-512, %rax
	ret

FUNCTION exo_call6
	cmpq	$0, linux_detours(%rip)
	jne	linux_detour_call6
	.globl	linux_plain6
	.hidden	linux_plain6
linux_plain6:
	SIX_ARGUMENTS
	jmp	exo_call_window

/*
 * void linux_mask_set(const u64 *mask), unless an event waits: the check and the call are
 * one, by the same means.
 */
FUNCTION linux_mask_set
	movq	%rdi, %rsi
	movl	$2, %edi		/* SIG_SETMASK */
	xorl	%edx, %edx
	movl	$8, %r10d
	movl	$14, %eax		/* rt_sigprocmask */
	.globl	linux_mask_window
	.hidden	linux_mask_window
linux_mask_window:
	cmpl	$0, %gs:THREAD_HAS_EVENT
	jne	exo_call_interrupted
	syscall
	.globl	linux_mask_window_end
	.hidden	linux_mask_window_end
linux_mask_window_end:
	MEND_RETURNS
	ret

FUNCTION exo_call_now
	cmpl	$0, linux_detours(%rip)		/* view */
	jne	linux_view_call_now
	FIVE_ARGUMENTS
	syscall
	MEND_RETURNS
	ret

FUNCTION exo_call_now6
	cmpl	$0, linux_detours(%rip)
	jne	linux_view_call_now6
	.globl	linux_plain_now6
	.hidden	linux_plain_now6
linux_plain_now6:
	SIX_ARGUMENTS
	syscall
	MEND_RETURNS
	ret

/* long linux_call(long nr, a0..a4, a5): by the host's number; for exo/linux alone. */
FUNCTION linux_call
	movq	%rdi, %rax
	movq	%rsi, %rdi
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movq	%r8, %r10
	movq	%r9, %r8
	movq	8(%rsp), %r9
	syscall
	MEND_RETURNS
	ret

/*
 * long linux_host_clone(flags, stack, ptid, ctid, tls, start, arg): the child begins in
 * start(arg) on stack, which must not return; the parent gets the child's id.
 */
FUNCTION linux_host_clone
	movq	%rcx, %r10
	movq	8(%rsp), %r11
	pushq	%rbx
	pushq	%rbp
	movq	%r9, %rbx
	movq	%r11, %rbp
	movl	$56, %eax
	syscall
	testq	%rax, %rax
	jz	1f
	popq	%rbp
	popq	%rbx
	ret
1:	movq	%rbp, %rdi
	movq	%rbx, %rax
	xorl	%ebp, %ebp
	call	*%rax
	hlt

/* Ends the thread without using its stack, which is another's as soon as in_use is clear. */
FUNCTION linux_thread_end
	movl	$0, %gs:THREAD_IN_USE
	movl	$60, %eax
	xorl	%edi, %edi
	syscall
	hlt

FUNCTION linux_sigreturn
	movl	$15, %eax
	syscall
	hlt

/* ---- accesses with faults expected ---------------------------------------------- */

.macro EXPECTED at, fixup
	.pushsection fb_faults, "a"
	.balign	4
	.long	\at - .
	.long	\fixup - .
	.popsection
.endm

/*
 * size_t exo_copy(void *dst, const void *src, size_t n): bytes left undone. Four words at
 * a time, then one, then what is left of one; where an access faults, bytes find out how far
 * it goes. A word of 1, 2, 4 or 8 bytes is copied in one access.
 */
FUNCTION exo_copy
	movq	%rdx, %rcx
	subq	$8, %rcx
	jb	2f
	cmpq	$32, %rdx
	jb	1f
	cmpq	$512, %rdx
	ja	3f
	subq	$24, %rcx
6:	movq	(%rsi), %rax
61:	movq	8(%rsi), %rdx
62:	movq	16(%rsi), %r8
63:	movq	24(%rsi), %r9
64:	movq	%rax, (%rdi)
65:	movq	%rdx, 8(%rdi)
66:	movq	%r8, 16(%rdi)
67:	movq	%r9, 24(%rdi)
	addq	$32, %rsi
	addq	$32, %rdi
	subq	$32, %rcx
	jae	6b
7:	addq	$24, %rcx
	jnc	2f
1:	movq	(%rsi), %rax
11:	movq	%rax, (%rdi)
	addq	$8, %rsi
	addq	$8, %rdi
	subq	$8, %rcx
	jae	1b
2:	addq	$8, %rcx
	jz	4f
	cmpq	$4, %rcx
	jb	25f
23:	movl	(%rsi), %eax
24:	movl	%eax, (%rdi)
	addq	$4, %rsi
	addq	$4, %rdi
	subq	$4, %rcx
	jz	4f
25:	cmpq	$2, %rcx
	jb	21f
26:	movw	(%rsi), %ax
27:	movw	%ax, (%rdi)
	addq	$2, %rsi
	addq	$2, %rdi
	subq	$2, %rcx
	jz	4f
21:	movzbl	(%rsi), %eax
22:	movb	%al, (%rdi)
	incq	%rsi
	incq	%rdi
	decq	%rcx
	jnz	21b
4:	xorl	%eax, %eax
	ret
3:	movq	%rdx, %rcx
31:	rep movsb
8:	movq	%rcx, %rax
	ret
5:	addq	$8, %rcx
	jmp	21b
	EXPECTED 6b, 7b
	EXPECTED 61b, 7b
	EXPECTED 62b, 7b
	EXPECTED 63b, 7b
	EXPECTED 64b, 7b
	EXPECTED 65b, 7b
	EXPECTED 66b, 7b
	EXPECTED 67b, 7b
	EXPECTED 1b, 5b
	EXPECTED 11b, 5b
	EXPECTED 21b, 8b
	EXPECTED 22b, 8b
	EXPECTED 23b, 21b
	EXPECTED 24b, 21b
	EXPECTED 26b, 21b
	EXPECTED 27b, 21b
	EXPECTED 31b, 8b

/* size_t exo_zero(void *dst, size_t n) */
FUNCTION exo_zero
	movq	%rsi, %rcx
	xorl	%eax, %eax
1:	rep stosb
2:	movq	%rcx, %rax
	ret
	EXPECTED 1b, 2b

/* long exo_strnlen(const char *s, size_t max) */
FUNCTION exo_strnlen
	xorl	%eax, %eax
1:	cmpq	%rsi, %rax
	je	3f
2:	cmpb	$0, (%rdi,%rax)
	je	3f
	incq	%rax
	jmp	1b
3:	ret
4:	movq	$-1, %rax
	ret
	EXPECTED 2b, 4b

/* int exo_load_u32(u64 addr, u32 *out) */
FUNCTION exo_load_u32
1:	movl	(%rdi), %eax
	movl	%eax, (%rsi)
	xorl	%eax, %eax
	ret
	EXPECTED 1b, exo_access_failed

/* int exo_store_u32(u64 addr, u32 v), int exo_load_u64, int exo_store_u64 */
FUNCTION exo_store_u32
1:	movl	%esi, (%rdi)
	xorl	%eax, %eax
	ret
	EXPECTED 1b, exo_access_failed

FUNCTION exo_load_u64
1:	movq	(%rdi), %rax
	movq	%rax, (%rsi)
	xorl	%eax, %eax
	ret
	EXPECTED 1b, exo_access_failed

FUNCTION exo_store_u64
1:	movq	%rsi, (%rdi)
	xorl	%eax, %eax
	ret
	EXPECTED 1b, exo_access_failed

/* int exo_cas_u32(u64 addr, u32 *expected, u32 value); _u64 likewise */
FUNCTION exo_cas_u32
	movl	(%rsi), %eax
1:	lock cmpxchgl %edx, (%rdi)
	movl	%eax, (%rsi)
	xorl	%eax, %eax
	ret
	EXPECTED 1b, exo_access_failed

FUNCTION exo_cas_u64
	movq	(%rsi), %rax
1:	lock cmpxchgq %rdx, (%rdi)
	movq	%rax, (%rsi)
	xorl	%eax, %eax
	ret
	EXPECTED 1b, exo_access_failed

FUNCTION exo_access_failed
	movl	$-1, %eax
	ret

/* int exo_xstate_restore(const void *area, u64 features) */
FUNCTION exo_xstate_restore
	movq	%rsi, %rdx
	movl	%esi, %eax
	shrq	$32, %rdx
1:	xrstor64 (%rdi)
	xorl	%eax, %eax
	ret
	EXPECTED 1b, exo_access_failed

/* void exo_xstate_save(void *area, u64 features) */
FUNCTION exo_xstate_save
	movq	%rsi, %rdx
	movl	%esi, %eax
	shrq	$32, %rdx
	xsave64	(%rdi)
	ret

	.section .note.GNU-stack,"",@progbits
