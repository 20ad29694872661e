/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sixteen threads run into system-call sites that none has used before, all at once: while
 * one of them is being patched the others are in the middle of it.
 */
#include "freebsd_thread.h"

#define THREADS 16
#define SITES	64

/* A site of each shape: a five-byte load before the call, a seven-byte one, two moves. */
#define SITE_A "	.byte 0xb8; .long 20; syscall; ret; .balign 16\n"
#define SITE_B "	movq $20, %rax; syscall; ret; .balign 16\n"
#define SITE_C "	movl $20, %eax; movq %rcx, %r10; syscall; ret; .balign 16\n"
#define SITE_D "	xorl %eax, %eax; addl $20, %eax; syscall; ret; .balign 16\n"
__asm__("	.balign 16\n"
	"sites:\n"
	"	.rept 16\n" SITE_A SITE_B SITE_C SITE_D "	.endr\n");
extern const char sites[];

static struct thread threads[THREADS];
static volatile int ready, go;
static int wrong;

static void hammer(void *arg)
{
	long pid = getpid();

	(void)arg;
	__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
	while (!go)
		;
	for (int site = 0; site < SITES; site++) {
		long (*call)(void) = (long (*)(void))(sites + site * 16);

		for (int i = 0; i < 50; i++) {
			if (call() != pid)
				__atomic_add_fetch(&wrong, 1, __ATOMIC_SEQ_CST);
		}
	}
}

int main(void)
{
	int started = 0;

	for (int i = 0; i < THREADS; i++)
		started += thread_start(&threads[i], hammer, NULL) == 0;
	EXPECT_EQ(started, THREADS);
	while (ready < started)
		sys(SYS_sched_yield);
	go = 1;
	for (int i = 0; i < started; i++)
		thread_join(&threads[i]);
	EXPECT_EQ(wrong, 0);
	return 0;
}
