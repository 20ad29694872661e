/* SPDX-License-Identifier: BSD-2-Clause */
/* cpu/pdp11/x86_64/stubs.c: how translated code is entered and left. */
#include "cpu/pdp11/x86_64/regs.h"

static const u8 host_of[] = PDP11_HOST_REGS;
static const u8 saved[] = {RBX, RBP, R12, R13, R14, R15};

void pdp11_emit_store_regs(struct x86 *x, const struct pdp11 *cpu)
{
	for (u32 i = 0; i < ARRAY_LEN(host_of); i++)
		x86_rm(x, 2, 0x89, host_of[i], x86_at((u64)&cpu->r[i]));
}

void pdp11_emit_load_regs(struct x86 *x, const struct pdp11 *cpu)
{
	for (u32 i = 0; i < ARRAY_LEN(host_of); i++)
		x86_rm(x, 4, 0x0fb7, host_of[i], x86_at((u64)&cpu->r[i]));
}

/* Called as a function (code, event): the stack is aligned for calls from then on. */
static void enter(struct x86 *x, const struct pdp11 *cpu)
{
	for (u32 i = 0; i < ARRAY_LEN(saved); i++) {
		x86_u8(x, 0x41 - (saved[i] < R8));
		x86_u8(x, 0x50u + (saved[i] & 7));
	}
	x86_rr(x, 8, 0x83, X86_SUB, RSP);
	x86_u8(x, 8);
	x86_rr(x, 8, 0x89, RDI, RAX);
	x86_rr(x, 8, 0x89, RSI, PDP11_HOST_EVENT);
	pdp11_emit_load_regs(x, cpu);
	x86_rr(x, 4, 0xff, 4, RAX); /* jmp */
}

static void leave(struct x86 *x)
{
	x86_rr(x, 8, 0x83, X86_ADD, RSP);
	x86_u8(x, 8);
	for (u32 i = ARRAY_LEN(saved); i-- > 0;) {
		x86_u8(x, 0x41 - (saved[i] < R8));
		x86_u8(x, 0x58u + (saved[i] & 7));
	}
	x86_u8(x, 0xc3);
}

void pdp11_code_stubs(struct pdp11_code *c)
{
	struct x86 x = {c->low};

	c->enter = x.at;
	enter(&x, c->cpu);
	c->leave = x.at; /* eax: counter and enum pdp11_exit */
	pdp11_emit_store_regs(&x, c->cpu);
	x86_rm(&x, 2, 0x89, RAX, x86_at((u64)&c->cpu->r[PDP11_PC]));
	c->leave_stored = x.at;
	leave(&x);
	c->landing = x.at;
	pdp11_emit_store_regs(&x, c->cpu);
	x86_rm(&x, 8, 0x89, R11, x86_at((u64)&c->fault));
	x86_mov_imm(&x, RAX, EXIT_FAULT << 16);
	x86_jmp_to(&x, c->leave_stored);
	c->first = c->at = (u8 *)ALIGN_UP((u64)x.at, 64);
}
