/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A call keeps every register but rax, rcx and r11, and the flags but carry; an error is
 * the carry flag and a positive number in rax; rdx is kept by calls with one result.
 */
#include "guest.h"

struct registers {
	u64 rax, rbx, rdx, rsi, rdi, rbp, r8, r9, r10, r12, r13, r14, r15, flags;
};

void call_with(u64 nr, u64 rdi, u64 rsi, struct registers *after);
__asm__(".globl call_with\n"
	"call_with:\n"
	"	pushq %rbx; pushq %rbp; pushq %r12; pushq %r13; pushq %r14; pushq %r15\n"
	"	pushq %rcx\n"
	"	movq %rdi, %rax; movq %rsi, %rdi; movq %rdx, %rsi\n"
	"	movl $0x1b, %ebx; movl $0x1d, %edx; movl $0x15, %ebp; movl $0x18, %r8d\n"
	"	movl $0x19, %r9d; movl $0x10, %r10d; movl $0x12, %r12d; movl $0x13, %r13d\n"
	"	movl $0x14, %r14d; movl $0x16, %r15d\n"
	"	pushq $0x8d7\n" /* overflow, sign, zero, auxiliary carry, parity, carry */
	"	popfq\n"
	"	syscall\n"
	"	pushfq\n"
	"	popq %r11\n"
	"	popq %rcx\n"
	"	movq %rax, 0(%rcx); movq %rbx, 8(%rcx); movq %rdx, 16(%rcx)\n"
	"	movq %rsi, 24(%rcx); movq %rdi, 32(%rcx); movq %rbp, 40(%rcx)\n"
	"	movq %r8, 48(%rcx); movq %r9, 56(%rcx); movq %r10, 64(%rcx)\n"
	"	movq %r12, 72(%rcx); movq %r13, 80(%rcx); movq %r14, 88(%rcx)\n"
	"	movq %r15, 96(%rcx); movq %r11, 104(%rcx)\n"
	"	popq %r15; popq %r14; popq %r13; popq %r12; popq %rbp; popq %rbx\n"
	"	ret\n");

static void expect_kept(const struct registers *r)
{
	EXPECT_EQ(r->rbx, 0x1b);
	EXPECT_EQ(r->rdx, 0x1d);
	EXPECT_EQ(r->rbp, 0x15);
	EXPECT_EQ(r->r8, 0x18);
	EXPECT_EQ(r->r9, 0x19);
	EXPECT_EQ(r->r10, 0x10);
	EXPECT_EQ(r->r12, 0x12);
	EXPECT_EQ(r->r13, 0x13);
	EXPECT_EQ(r->r14, 0x14);
	EXPECT_EQ(r->r15, 0x16);
	EXPECT_EQ(r->flags & 0x8d4, 0x8d4);
}

int main(void)
{
	struct registers r;

	/* Several rounds: the first goes through a trap, later ones may be patched. */
	for (int round = 0; round < 3; round++) {
		print("round %d: a call that works\n", round);
		call_with(SYS_getpid, 0x77, 0x66, &r);
		EXPECT_EQ(r.flags & 1, 0);
		EXPECT_EQ(r.rax, getpid());
		EXPECT_EQ(r.rdi, 0x77);
		EXPECT_EQ(r.rsi, 0x66);
		expect_kept(&r);

		print("round %d: a call that fails\n", round);
		call_with(SYS_close, (u64)-1, 0x66, &r);
		EXPECT_EQ(r.flags & 1, 1);
		EXPECT_EQ(r.rax, EBADF);
		expect_kept(&r);
	}
	return 0;
}
