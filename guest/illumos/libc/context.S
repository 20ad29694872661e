/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/context.S: what must know exactly where it was called from: jumps, contexts,
 * vfork and mount.
 *
 * jmp_buf is eight words: rbx, r12 to r15, rbp, rsp, rip. A sigjmp_buf is a ucontext_t
 * (usr/src/lib/libc/amd64/gen/{setjmp.s,siglongjmp.c}); offsets in it: usr/src/uts/intel/sys/
 * ucontext.h, regset.h (uc_flags 0, uc_mcontext.gregs 64 by 8).
 */
#define SYS_context 100
#define SYS_forksys 142
#define SYS_mount   21
#define SYS_vfork   119
#define UC_GREGS    64
#define GREG(n)	    (UC_GREGS + 8 * (n))
#define REG_RDI	    8
#define REG_RSI	    9
#define REG_RAX	    14
#define REG_RIP	    17
#define REG_RSP	    20
#define ERRNO	    24 /* of struct thread */

	.text
#define FUNCTION(name)	  \
	.globl	name;	  \
	.type	name, @function; \
name:
#define END(name) .size name, . - name

FUNCTION(setjmp)
FUNCTION(_setjmp)
	movq	%rbx, (%rdi)
	movq	%r12, 8(%rdi)
	movq	%r13, 16(%rdi)
	movq	%r14, 24(%rdi)
	movq	%r15, 32(%rdi)
	movq	%rbp, 40(%rdi)
	leaq	8(%rsp), %rdx
	movq	%rdx, 48(%rdi)
	movq	(%rsp), %rdx
	movq	%rdx, 56(%rdi)
	xorl	%eax, %eax
	ret
	END(setjmp)
	END(_setjmp)

FUNCTION(longjmp)
FUNCTION(_longjmp)
	movl	%esi, %eax
	testl	%eax, %eax
	jnz	1f
	incl	%eax
1:	movq	(%rdi), %rbx
	movq	8(%rdi), %r12
	movq	16(%rdi), %r13
	movq	24(%rdi), %r14
	movq	32(%rdi), %r15
	movq	40(%rdi), %rbp
	movq	48(%rdi), %rsp
	jmpq	*56(%rdi)
	END(longjmp)
	END(_longjmp)

/* The context as of the return from here, where 0 is returned the second time too. */
FUNCTION(getcontext)
	movq	(%rsp), %r9
	leaq	8(%rsp), %r8
	pushq	%rdi
	movq	%rdi, %rsi
	xorl	%edi, %edi
	movl	$SYS_context, %eax
	syscall
	popq	%rdi
	jc	fail
	movq	%r8, GREG(REG_RSP)(%rdi)
	movq	%r9, GREG(REG_RIP)(%rdi)
	movq	$0, GREG(REG_RAX)(%rdi)
	xorl	%eax, %eax
	ret
fail:	movl	%eax, %fs:ERRNO
	movq	$-1, %rax
	ret
	END(getcontext)

/* int swapcontext(ucontext_t *keep, const ucontext_t *go) */
FUNCTION(swapcontext)
	movq	(%rsp), %r9
	leaq	8(%rsp), %r8
	pushq	%rsi
	pushq	%rdi
	movq	%rdi, %rsi
	xorl	%edi, %edi
	movl	$SYS_context, %eax
	syscall
	popq	%rdi
	popq	%rsi
	jc	fail
	movq	%r8, GREG(REG_RSP)(%rdi)
	movq	%r9, GREG(REG_RIP)(%rdi)
	movq	$0, GREG(REG_RAX)(%rdi)
	movl	$1, %edi
	movl	$SYS_context, %eax
	syscall
	jmp	fail
	END(swapcontext)

FUNCTION(setcontext)
	testq	%rdi, %rdi
	jz	1f
	movq	%rdi, %rsi
	movl	$1, %edi
	movl	$SYS_context, %eax
	syscall
	jmp	fail
1:	xorl	%edi, %edi /* nothing comes after: the thread ends */
	andq	$-16, %rsp
	call	pthread_exit
	hlt
	END(setcontext)

/* int sigsetjmp(sigjmp_buf, int with_mask) */
FUNCTION(sigsetjmp)
	movq	(%rsp), %r9
	leaq	8(%rsp), %r8
	pushq	%rsi
	pushq	%rdi
	movq	%rdi, %rsi
	xorl	%edi, %edi
	movl	$SYS_context, %eax
	syscall
	popq	%rdi
	popq	%rsi
	jc	fail
	movq	%r8, GREG(REG_RSP)(%rdi)
	movq	%r9, GREG(REG_RIP)(%rdi)
	movl	$4, %eax /* UC_CPU */
	testl	%esi, %esi
	jz	1f
	movl	$5, %eax /* and UC_SIGMASK */
1:	movq	%rax, (%rdi)
	xorl	%eax, %eax
	ret
	END(sigsetjmp)

FUNCTION(siglongjmp)
	testl	%esi, %esi
	jnz	1f
	incl	%esi
1:	movslq	%esi, %rax
	movq	%rax, GREG(REG_RAX)(%rdi)
	movq	%rdi, %rsi
	movl	$1, %edi
	movl	$SYS_context, %eax
	syscall
	hlt
	END(siglongjmp)

/* Where a made context's function returns to: rbx is the context, whose link comes next. */
	.globl	fb_context_end
	.hidden	fb_context_end
fb_context_end:
	movq	8(%rbx), %rdi
	call	setcontext
	hlt

/* The child returns first, and the return address must outlive that: it is kept in a register. */
FUNCTION(vforkx)
	movl	%edi, %esi
	jmp	1f
FUNCTION(vfork)
	xorl	%esi, %esi
1:	popq	%r9
	movl	$2, %edi
	movl	$SYS_forksys, %eax
	syscall
	jc	2f
	testl	%edx, %edx
	jz	3f
	xorl	%eax, %eax
3:	jmpq	*%r9
2:	movl	%eax, %fs:ERRNO
	movq	$-1, %rax
	jmpq	*%r9
	END(vforkx)
	END(vfork)

/* The call takes its seventh and eighth argument from above the return address. */
FUNCTION(mount)
	movq	%rcx, %r10
	movl	$SYS_mount, %eax
	syscall
	jc	4f
	ret
4:	movl	%eax, %fs:ERRNO
	movq	$-1, %rax
	ret
	END(mount)

/*
 * int fb_vfork_call(int flags, int (*child)(void *), void *arg, struct syscall_answer *out): the
 * child calls the function below this frame and ends with what it gives.
 */
	.globl	fb_vfork_call
	.hidden	fb_vfork_call
fb_vfork_call:
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	movq	%rsi, %rbx
	movq	%rdx, %r12
	movq	%rcx, %r13
	movl	%edi, %esi
	movl	$2, %edi
	movl	$SYS_forksys, %eax
	syscall
	jc	1f
	testl	%edx, %edx
	jz	2f
	movq	%r12, %rdi
	call	*%rbx
	movl	%eax, %edi
	call	_exit
	hlt
1:	movl	%eax, 16(%r13)
2:	movq	%rax, (%r13)
	popq	%r13
	popq	%r12
	popq	%rbx
	ret
/* long syscall(int number, ...): the number's own place makes room for the arguments. */
FUNCTION(syscall)
	movslq	%edi, %rax
	movq	%rsi, %rdi
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movq	%r8, %r10
	movq	%r9, %r8
	movq	8(%rsp), %r9
	syscall
	jc	fail
	ret
	END(syscall)
	.section .note.GNU-stack, "", @progbits
