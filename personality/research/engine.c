/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/engine.c: the translator as the engine of a program, which is what runs
 * it unless FBIRD_PDP11=interp asks for the reference.
 *
 * What it needs lies in the guest's range, below 2 GiB. The translated code runs on the kernel
 * stack like the rest of the runtime; its faults are the guest's (exo_code_made).
 */
#include "cpu/pdp11/code.h"
#include "lib/mem.h"
#include "personality/research/research.h"

#define CPU_AT	  0x10050000UL
#define ENGINE_AT 0x10100000UL

static struct pdp11_code *code;
static FB_LARGE u8 visits[PDP11_CODE_VISITS];

static bool protect(void *p, size_t n, bool writable)
{
	return EXO_NOW(mprotect, p, n,
		       CORE_PROT_READ | (writable ? CORE_PROT_WRITE : CORE_PROT_EXEC)) == 0;
}

static bool map(u64 at, u64 size)
{
	return EXO_NOW(mmap, at, size, CORE_PROT_READ | CORE_PROT_WRITE,
		       CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS | CORE_MAP_NORESERVE |
			   CORE_MAP_FIXED_NOREPLACE,
		       -1, 0) == (long)at;
}

/* A program that does little never comes to this. */
static bool start(void)
{
	struct pdp11 *low = (struct pdp11 *)CPU_AT;
	struct pdp11_landing l;

	if (!map(CPU_AT, PAGE_SIZE) || !map(ENGINE_AT, PDP11_CODE_SIZE))
		return false;
	*low = research.cpu;
	code = pdp11_code_start((void *)ENGINE_AT, low, protect);
	if (!code) /* the host makes nothing executable that has been written */
		return false;
	research.cpu = *low;
	l = pdp11_code_landing(code);
	exo_code_made(l.low, l.high, l.at);
	return true;
}

static enum pdp11_stop run(struct pdp11 *cpu)
{
	struct pdp11 *low = (struct pdp11 *)CPU_AT;
	enum pdp11_stop stop;

	while (!code) {
		stop = cpu->psw & PDP11_T ? pdp11_step(cpu) : pdp11_cold(cpu);
		if (stop != PDP11_EVENT || *cpu->event)
			return stop;
		if (visits[cpu->r[PDP11_PC] / 2] >= PDP11_CODE_HOT && !start()) {
			research.engine = pdp11_interp;
			return pdp11_interp(cpu);
		}
	}
	*low = *cpu;
	stop = pdp11_code_run(code);
	*cpu = *low;
	return stop;
}

static bool wants_reference(const char *const *envp)
{
	for (; *envp; envp++)
		if (strcmp(*envp, "FBIRD_PDP11=interp") == 0)
			return true;
	return false;
}

void research_engine_start(const char *const *envp)
{
	research.engine = pdp11_interp;
	if (wants_reference(envp))
		return;
	research.engine = run;
	research.cpu.visits = visits;
	research.cpu.hot = PDP11_CODE_HOT;
}

void research_engine_wrote(u16 addr, u32 len)
{
	if (code)
		pdp11_code_changed(code, addr, len);
}

void research_engine_overlay(u16 addr, u32 len, u32 n)
{
	memset(&visits[addr / 2], 0, len / 2);
	if (code)
		pdp11_code_overlay(code, addr, len, n);
}

void research_engine_text_changed(void)
{
	if (code)
		pdp11_code_forget(code);
}
