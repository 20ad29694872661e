/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pdp11-bench [SECONDS]: how many instructions of a PDP-11 an engine does in a second: a loop of
 * two that count in a register, and the sieve of Eratosthenes over 8191 bytes as a compiler
 * writes it, which is memory and branches.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cpu/pdp11/pdp11.h"

static u8 space[PDP11_SPACE] __attribute__((aligned(PDP11_PAGE)));

/* inc r0; bne .-2; emt */
static const u16 loop[] = {0005200, 0001376, 0104000};

/* for (i = 0; i <= 8190; i++) if (flags[i]) for (k = i + prime; k <= 8190; k += prime) ... */
static const u16 sieve[] = {
    0012700, 0010000, /* mov $10000,r0 */
    0012701, 0017777, /* mov $8191.,r1 */
    0112720, 0000001, /* 1: movb $1,(r0)+ */
    0077103,	      /* sob r1,1b */
    0005002,	      /* clr r2: count */
    0005003,	      /* clr r3: i */
    0105763, 0010000, /* 2: tstb flags(r3) */
    0001415,	      /* beq 4f */
    0010304,	      /* mov r3,r4 */
    0060304,	      /* add r3,r4 */
    0062704, 0000003, /* add $3,r4: prime */
    0010305,	      /* mov r3,r5 */
    0000402,	      /* br 5f */
    0105065, 0010000, /* 3: clrb flags(r5) */
    0060405,	      /* 5: add r4,r5 */
    0020527, 0017776, /* cmp r5,$8190. */
    0003772,	      /* ble 3b */
    0005202,	      /* inc r2 */
    0005203,	      /* 4: inc r3 */
    0020327, 0017776, /* cmp r3,$8190. */
    0003754,	      /* ble 2b */
    0104000,	      /* emt */
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void start(struct pdp11 *cpu, const u16 *code, size_t size)
{
	memset(cpu, 0, sizeof(*cpu));
	cpu->text = cpu->data = space;
	cpu->text_read = cpu->data_read = cpu->data_write = 0xffff;
	memcpy(space, code, size);
}

static int measure(const char *name, const u16 *code, size_t size, double seconds)
{
	struct pdp11 cpu;
	double began, took, length = 0;

	start(&cpu, code, size);
	while (pdp11_step(&cpu) == PDP11_EVENT)
		length++;
	if (cpu.stop_word != 0104000) {
		fprintf(stderr, "pdp11-bench: %s stopped at %o\n", name, cpu.r[PDP11_PC]);
		return 1;
	}
	if (code == sieve && cpu.r[2] != 1899) {
		fprintf(stderr, "pdp11-bench: the sieve finds %d primes, not 1899\n", cpu.r[2]);
		return 1;
	}
	took = 0;
	began = now();
	double rounds = 0;
	while (took < seconds) {
		cpu.r[PDP11_PC] = 0;
		pdp11_interp(&cpu);
		rounds++;
		took = now() - began;
	}
	printf("%-8s %8.1f MIPS\n", name, length * rounds / took / 1e6);
	return 0;
}

int main(int argc, char **argv)
{
	double seconds = argc > 1 ? atof(argv[1]) : 1;

	return measure("loop", loop, sizeof(loop), seconds) |
	       measure("sieve", sieve, sizeof(sieve), seconds);
}
