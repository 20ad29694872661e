/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Anything at all as what a debugger says to the PDP-11: packets are made of lines of the input,
 * with good sums, so that their contents are reached, and once as they are. Then instructions.
 */
#include <stdlib.h>
#include <string.h>

#include "cpu/pdp11/stub.h"

static u8 space[PDP11_SPACE];

static bool read_space(void *ctx, u32 addr, u8 *to, u32 n)
{
	(void)ctx;
	if ((addr & 0xffff) + n > PDP11_SPACE || addr >= 2 * PDP11_SPACE)
		abort();
	memcpy(to, space + (addr & 0xffff), n);
	return n < 300;
}

static bool write_space(void *ctx, u32 addr, const u8 *from, u32 n)
{
	(void)ctx;
	if ((addr & 0xffff) + n > PDP11_SPACE || addr >= 2 * PDP11_SPACE)
		abort();
	memcpy(space + (addr & 0xffff), from, n);
	return true;
}

static void feed(struct pdp11_stub *s, u8 byte)
{
	enum stub_event event = pdp11_stub_byte(s, byte);
	u16 at;

	if (s->len > sizeof(s->out) || s->n > STUB_PACKET)
		abort();
	if (event != STUB_GO)
		return;
	for (int i = 0; i < 10; i++) {
		const struct stub_range *w = pdp11_stub_watch(s, &at);

		pdp11_step(s->cpu);
		if (w)
			pdp11_stub_watched(s, w, at);
		if (pdp11_stub_at_breakpoint(s, s->cpu->r[PDP11_PC]))
			pdp11_stub_stopped(s, STUB_SIGTRAP);
	}
	if (pdp11_stub_catches(s, s->cpu->r[0]))
		pdp11_stub_called(s, s->cpu->r[0], true);
}

int LLVMFuzzerTestOneInput(const u8 *in, size_t size);
int LLVMFuzzerTestOneInput(const u8 *in, size_t size)
{
	static struct pdp11_stub s;
	struct pdp11 cpu;
	u8 sum = 0;

	memset(&cpu, 0, sizeof(cpu));
	memset(space, 0, sizeof(space));
	cpu.text = cpu.data = space;
	cpu.text_read = cpu.data_read = cpu.data_write = cpu.text_write = 0xffff;
	pdp11_stub_start(&s, &cpu);
	s.read = read_space;
	s.write = write_space;
	feed(&s, '$');
	for (size_t i = 0; i < size; i++) {
		if (in[i] != '\n' && in[i] != '#') {
			sum = (u8)(sum + in[i]);
			feed(&s, in[i]);
			continue;
		}
		feed(&s, '#');
		feed(&s, (u8) "0123456789abcdef"[sum >> 4]);
		feed(&s, (u8) "0123456789abcdef"[sum & 15]);
		feed(&s, '$');
		sum = 0;
	}
	pdp11_stub_start(&s, &cpu);
	s.read = read_space;
	s.write = write_space;
	for (size_t i = 0; i < size; i++)
		feed(&s, in[i]);
	return 0;
}
