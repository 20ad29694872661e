/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gateway/x86_64/entry.S: the one way in and the ways out.
 *
 * gateway_entry is reached with the registers the `syscall` instruction leaves: rax the
 * number, rcx the return address, the guest's stack pointer in rsp, everything else the
 * guest's. r11 is ours. It never touches the guest's stack: red zones and tiny coroutine
 * stacks are safe.
 *
 * The way out, from gateway_exit to gateway_exit_end, can be begun again at any
 * instruction: a signal that lands there is sent back to gateway_exit by the handler with
 * rsp at the frame, so that an event that came after the check is not missed. Everything
 * in it is read from the frame, and nothing the C code kept for the guest (rbx, rbp,
 * r12-r15) is changed before the last jump.
 *
 * A row with a handler is called from here; what has none, and every result that needs a
 * thought, goes to dispatch.c.
 *
 * Extended state is never touched: the runtime is compiled with general registers only.
 */
#include "exo/x86_64/frame.h"

#define THREAD_SELF	   0
#define THREAD_FRAME	   8
#define THREAD_INTERRUPTED 16
#define THREAD_CALLS	   24
#define THREAD_CALL_COUNT  32
#define THREAD_KEEP_FLAGS  40
#define ROW_SHIFT	   5	/* sizeof(struct core_syscall) == 32, its handler first */

	.text

.macro ENTRY kind
	movq	%rsp, %r11
	movq	%gs:THREAD_FRAME, %rsp
	movq	%rax, EXO_FRAME_NR(%rsp)
	lahf
	seto	%al
	movw	%ax, EXO_FRAME_FLAGS(%rsp)
	cld
	movq	%r11, EXO_FRAME_RSP(%rsp)
	movq	%rcx, EXO_FRAME_RIP(%rsp)
	movq	$\kind, EXO_FRAME_KIND(%rsp)
	movq	%rdi, EXO_FRAME_RDI(%rsp)
	movq	%rsi, EXO_FRAME_RSI(%rsp)
	movq	%rdx, EXO_FRAME_RDX(%rsp)
	movq	%r10, EXO_FRAME_R10(%rsp)
	movq	%r8, EXO_FRAME_R8(%rsp)
	movq	%r9, EXO_FRAME_R9(%rsp)
	movq	%rbx, EXO_FRAME_RBX(%rsp)
	movq	%rbp, EXO_FRAME_RBP(%rsp)
	movq	%r12, EXO_FRAME_R12(%rsp)
	movq	%r13, EXO_FRAME_R13(%rsp)
	movq	%r14, EXO_FRAME_R14(%rsp)
	movq	%r15, EXO_FRAME_R15(%rsp)
.endm

	.globl	gateway_entry
	.hidden	gateway_entry
	.type	gateway_entry, @function
	.p2align 5
gateway_entry:
	ENTRY	0
	/* The common case without a detour: a row with a handler, a result that is no error. */
	movq	EXO_FRAME_NR(%rsp), %rax
	cmpq	%gs:THREAD_CALL_COUNT, %rax
	jae	gateway_general
	shlq	$ROW_SHIFT, %rax
	addq	%gs:THREAD_CALLS, %rax
	movq	(%rax), %rax
	testq	%rax, %rax
	jz	gateway_general
	movq	%gs:THREAD_SELF, %rdi
	movq	%rsp, %rsi
	call	*%rax
	testq	%rax, %rax
	js	gateway_settle
	cmpl	$0, %gs:THREAD_INTERRUPTED
	jne	gateway_settle
	movq	%rax, EXO_FRAME_RAX(%rsp)
	/* One whole store: the load on the way out must find it in one piece. */
	movzwl	EXO_FRAME_FLAGS(%rsp), %eax
	andw	%gs:THREAD_KEEP_FLAGS, %ax
	movw	%ax, EXO_FRAME_FLAGS(%rsp)
	.globl	gateway_exit
	.hidden	gateway_exit
gateway_exit:
	cmpl	$0, %gs:THREAD_INTERRUPTED
	jne	gateway_event
	testl	$EXO_FRAME_FULL, EXO_FRAME_KIND(%rsp)
	jne	gateway_exit_full
	movw	EXO_FRAME_FLAGS(%rsp), %ax
	movq	EXO_FRAME_RDI(%rsp), %rdi
	movq	EXO_FRAME_RSI(%rsp), %rsi
	movq	EXO_FRAME_RDX(%rsp), %rdx
	movq	EXO_FRAME_R10(%rsp), %r10
	movq	EXO_FRAME_R8(%rsp), %r8
	movq	EXO_FRAME_R9(%rsp), %r9
	movq	EXO_FRAME_RIP(%rsp), %rcx
	addb	$127, %al
	sahf
	movq	EXO_FRAME_RAX(%rsp), %rax
	movl	$EXO_RFLAGS_ON, %r11d
	movq	EXO_FRAME_RSP(%rsp), %rsp
	jmpq	*%rcx

gateway_exit_full:
	movq	EXO_FRAME_RDI(%rsp), %rdi
	movq	EXO_FRAME_RSI(%rsp), %rsi
	movq	EXO_FRAME_RDX(%rsp), %rdx
	movq	EXO_FRAME_R10(%rsp), %r10
	movq	EXO_FRAME_R8(%rsp), %r8
	movq	EXO_FRAME_R9(%rsp), %r9
	movq	EXO_FRAME_RAX(%rsp), %rax
	movq	EXO_FRAME_RCX(%rsp), %rcx
	movq	EXO_FRAME_R11(%rsp), %r11
	movq	EXO_FRAME_RBX(%rsp), %rbx
	movq	EXO_FRAME_RBP(%rsp), %rbp
	movq	EXO_FRAME_R12(%rsp), %r12
	movq	EXO_FRAME_R13(%rsp), %r13
	movq	EXO_FRAME_R14(%rsp), %r14
	movq	EXO_FRAME_R15(%rsp), %r15
	addq	$EXO_FRAME_RIP, %rsp
	.globl	gateway_iret
	.hidden	gateway_iret
gateway_iret:
	iretq
	.globl	gateway_exit_end
	.hidden	gateway_exit_end
gateway_exit_end:

gateway_settle:
	movq	%rsp, %rdi
	movq	%rax, %rsi
	call	gateway_result
	jmp	gateway_exit

gateway_general:
	movq	%rsp, %rdi
	call	exo_up_call
	jmp	gateway_exit

/*
 * An event waits. The C code needs rbx, rbp, r12-r15 to hold what the frame says when the
 * fast way out is taken afterwards, and it keeps them; it may also have rewritten the frame,
 * and then has set EXO_FRAME_FULL.
 */
	.globl	gateway_event
	.hidden	gateway_event
gateway_event:
	movq	%rsp, %rdi
	call	exo_up_event
	jmp	gateway_exit
	.size	gateway_entry, . - gateway_entry

/* The same entry for a call that was trapped, so that its site can be looked at. */
	.globl	gateway_entry_trapped
	.hidden	gateway_entry_trapped
	.type	gateway_entry_trapped, @function
	.p2align 4
gateway_entry_trapped:
	ENTRY	EXO_FRAME_TRAPPED
	movq	%rsp, %rdi
	call	exo_trapped_call
	jmp	gateway_exit
	.size	gateway_entry_trapped, . - gateway_entry_trapped

/* exo_resume(): out by the frame of this thread. */
	.globl	exo_resume
	.hidden	exo_resume
	.type	exo_resume, @function
exo_resume:
	movq	%gs:THREAD_FRAME, %rsp
	movq	EXO_FRAME_RBX(%rsp), %rbx
	movq	EXO_FRAME_RBP(%rsp), %rbp
	movq	EXO_FRAME_R12(%rsp), %r12
	movq	EXO_FRAME_R13(%rsp), %r13
	movq	EXO_FRAME_R14(%rsp), %r14
	movq	EXO_FRAME_R15(%rsp), %r15
	orq	$EXO_FRAME_FULL, EXO_FRAME_KIND(%rsp)
	jmp	gateway_exit
	.size	exo_resume, . - exo_resume

	.section .note.GNU-stack,"",@progbits
