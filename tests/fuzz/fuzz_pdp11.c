/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PDP-11's interpreter on 64 KiB of anything: it must stay within its two spaces, which lie
 * between pages that nobody may touch, and every fault must leave the registers as they were.
 *
 * The first bytes say which pages are there and what the registers hold; the rest is text, over
 * and over until it is full, and data the same from the other end.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "cpu/pdp11/pdp11.h"

#define INSTRUCTIONS 3000

static u8 *space_between_guards(void)
{
	u8 *p =
	    mmap(NULL, PDP11_SPACE + 2 * PDP11_PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED || mprotect(p + PDP11_PAGE, PDP11_SPACE, PROT_READ | PROT_WRITE) != 0)
		abort();
	return p + PDP11_PAGE;
}

/* What may not be touched is not there either. */
static void protect(u8 *space, u16 read, u16 write)
{
	for (unsigned page = 0; page < 16; page++) {
		int prot = read >> page & 1 ? PROT_READ : PROT_NONE;

		if (write >> page & 1)
			prot = PROT_READ | PROT_WRITE;
		if (mprotect(space + page * PDP11_PAGE, PDP11_PAGE, prot) != 0)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const u8 *in, size_t size);
int LLVMFuzzerTestOneInput(const u8 *in, size_t size)
{
	static u8 *text, *data;
	struct pdp11 cpu;
	bool apart;
	u8 head[34];

	if (size < sizeof(head) + 2)
		return 0;
	if (text == NULL) {
		text = space_between_guards();
		data = space_between_guards();
	}
	memcpy(head, in, sizeof(head));
	in += sizeof(head);
	size -= sizeof(head);
	protect(text, 0xffff, 0xffff);
	protect(data, 0xffff, 0xffff);
	for (size_t i = 0; i < PDP11_SPACE; i++) {
		text[i] = in[i % size];
		data[PDP11_SPACE - 1 - i] = in[i % size];
	}
	memset(&cpu, 0, sizeof(cpu));
	apart = head[0] & 1;
	cpu.text = apart ? text : data;
	cpu.data = data;
	memcpy(cpu.r, head + 10, sizeof(cpu.r));
	memcpy(&cpu.fps, head + 26, 2);
	memcpy(&cpu.ac[0], head + 10, 8);
	memcpy(&cpu.ac[1], head + 26, 8);
	cpu.psw = head[1] & 037;
	memcpy(&cpu.data_read, head + 2, 2);
	memcpy(&cpu.data_write, head + 4, 2);
	cpu.text_read = cpu.data_read;
	cpu.text_write = cpu.data_write;
	if (apart) {
		memcpy(&cpu.text_read, head + 6, 2);
		memcpy(&cpu.text_write, head + 8, 2);
		protect(text, cpu.text_read, cpu.text_write);
	}
	protect(data, cpu.data_read, cpu.data_write);

	for (unsigned i = 0; i < INSTRUCTIONS; i++) {
		struct pdp11 before = cpu;
		enum pdp11_stop stop = pdp11_step(&cpu);

		if (stop != PDP11_ILLEGAL && stop != PDP11_ODD && stop != PDP11_SEGV)
			continue;
		if (memcmp(before.r, cpu.r, sizeof(cpu.r)) != 0 || before.psw != cpu.psw ||
		    before.fps != cpu.fps || memcmp(before.ac, cpu.ac, sizeof(cpu.ac)) != 0)
			abort();
		cpu.r[PDP11_PC] = (u16)((cpu.r[PDP11_PC] + 2) & 0177776);
	}
	return 0;
}
