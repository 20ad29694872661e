/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/code.c: running what is translated, and deciding what is to be.
 * cpu/pdp11/code.h has the contracts, code_impl.h how it works.
 */
#include "cpu/pdp11/code_impl.h"
#include "lib/mem.h"

/* lahf: SF is bit 7 and ZF bit 6 of the upper byte; seto: OF is bit 0 of the lower. */
#define HOST_N 0x8000
#define HOST_Z 0x4000
#define HOST_V 0x0001

static u16 host_codes(u32 psw)
{
	return (u16)((psw & PDP11_N ? HOST_N : 0) | (psw & PDP11_Z ? HOST_Z : 0) |
		     (psw & PDP11_V ? HOST_V : 0));
}

static void codes_in(struct pdp11_code *c)
{
	c->nzv = c->codes[c->cpu->psw & PDP11_NZVC];
	c->carry = c->cpu->psw & PDP11_C;
}

static void codes_out(struct pdp11_code *c)
{
	u16 psw = (u16)(c->cpu->psw & ~PDP11_NZVC) | c->carry;

	if (c->nzv & HOST_N)
		psw |= PDP11_N;
	if (c->nzv & HOST_Z)
		psw |= PDP11_Z;
	if (c->nzv & HOST_V)
		psw |= PDP11_V;
	c->cpu->psw = psw;
}

/* ---- the code ------------------------------------------------------------------------------ */

static void throw_away(struct pdp11_code *c)
{
	memset(c->entry, 0, sizeof(c->entry));
	for (u32 i = 0; i < PDP11_OVERLAYS && c->window_end; i++)
		memset(c->aside[i], 0, sizeof(c->aside[i]));
	memset(c->visits, 0, WORDS);
	for (u32 i = 0; i < WORDS; i++)
		c->words[i] &= WORD_NEVER;
	c->at = c->first;
	c->places_used = 0;
}

static bool is_writable(const struct pdp11 *cpu, u32 pc)
{
	u16 pages = cpu->text == cpu->data ? cpu->data_write : cpu->text_write;

	return pages >> (pc / PDP11_PAGE) & 1;
}

static bool may_be_written(const struct pdp11_code *c)
{
	for (u32 i = 0; i < c->region.count; i++)
		if (is_writable(c->cpu, c->region.in[i].pc) ||
		    is_writable(c->cpu, (u16)(c->region.in[i].pc + c->region.in[i].len - 1)))
			return true;
	return false;
}

static bool translate(struct pdp11_code *c, u16 pc)
{
	size_t room;
	u8 *from;

	if (!pdp11_region_find(c, pc))
		return false;
	/* Nobody watches stores to the text of separate spaces. */
	if (c->cpu->text != c->cpu->data && may_be_written(c))
		return false;
	if (c->at + REGION_ROOM > c->high || c->places_used + REGION_MAX > PLACES_MAX ||
	    (!c->checked && may_be_written(c))) {
		throw_away(c);
		c->checked = c->checked || may_be_written(c);
		c->cpu->watch = c->checked ? c->words : NULL;
	}
	from = (u8 *)ALIGN_DOWN((u64)c->at, PAGE_SIZE);
	room = MIN(REGION_ROOM + PAGE_SIZE, (size_t)(c->high - from));
	if (!c->protect(from, room, true))
		return false;
	pdp11_translate(c);
	if (c->protect(from, room, false))
		return true;
	throw_away(c);
	return false;
}

/* The instruction whose code the host's fault was in. */
static u16 place_of(const struct pdp11_code *c, u64 fault)
{
	u32 at = (u32)(fault - (u64)c->low), low = 0, high = c->places_used;

	while (high - low > 1) {
		u32 middle = (low + high) / 2;

		if (c->places[middle].code <= at)
			low = middle;
		else
			high = middle;
	}
	return c->places[low].pc;
}

/* ---- running ------------------------------------------------------------------------------- */

/* A translated word was written, here or up to three further on: it is not to be translated
 * again. */
static void written(struct pdp11_code *c, u32 word)
{
	while (word < WORDS - 1 && !(c->words[word] & WORD_CODE))
		word++;
	c->words[word] |= WORD_NEVER;
	c->cpu->written = 0;
	throw_away(c);
}

/* By the interpreter; what it writes may be translated. */
static enum pdp11_stop step(struct pdp11_code *c)
{
	enum pdp11_stop stop = pdp11_step(c->cpu);

	if (UNLIKELY(c->cpu->written))
		written(c, c->cpu->written - 1);
	return stop;
}

static enum pdp11_stop interpret(struct pdp11_code *c)
{
	enum pdp11_stop stop = pdp11_cold(c->cpu);

	if (UNLIKELY(c->cpu->written))
		written(c, c->cpu->written - 1);
	return stop;
}

static enum pdp11_stop run_code(struct pdp11_code *c, u16 pc, bool *stopped)
{
	typedef u32 entry_point(u64 code, const volatile u32 *event);
	struct pdp11 *cpu = c->cpu;
	u32 left;

	c->visits[pc / 2] = (u8)(cpu->hot - 1); /* whoever interprets comes back at once */
	codes_in(c);
	left = ((entry_point *)(u64)c->enter)(c->entry[pc / 2], (const volatile u32 *)c->event);
	codes_out(c);
	*stopped = false;
	switch (left >> 16) {
	case EXIT_STOP:
		*stopped = true;
		return (enum pdp11_stop)(left & 0xffff);
	case EXIT_FAULT:
		cpu->r[PDP11_PC] = place_of(c, c->fault);
		break;
	case EXIT_CODE:
		written(c, c->hit);
		break;
	case EXIT_STEP:
		break;
	default:
		if (UNLIKELY(cpu->written))
			written(c, cpu->written - 1);
		return PDP11_EVENT;
	}
	return step(c);
}

/* Is it time to translate what is at pc? True when there is code now. */
static bool visited(struct pdp11_code *c, u16 pc)
{
	u8 *visits = &c->visits[pc / 2];

	if (*visits < c->cpu->hot && ++*visits < c->cpu->hot)
		return false;
	if (translate(c, pc))
		return true;
	*visits = 0;
	return false;
}

enum pdp11_stop pdp11_code_run(struct pdp11_code *c)
{
	struct pdp11 *cpu = c->cpu;

	c->event = (u64)(cpu->event ? cpu->event : &c->never);
	if (UNLIKELY(cpu->written)) /* by whoever made a step in between */
		written(c, cpu->written - 1);
	for (;;) {
		enum pdp11_stop stop = PDP11_EVENT;
		u16 pc = cpu->r[PDP11_PC];
		bool stopped = false;

		if (*(const volatile u32 *)c->event)
			return PDP11_EVENT;
		if (cpu->psw & PDP11_T)
			stop = step(c);
		else if (!(pc & 1) && (c->entry[pc / 2] || visited(c, pc)))
			stop = run_code(c, pc, &stopped);
		else
			stop = interpret(c);
		if (stop != PDP11_EVENT || stopped)
			return stop;
	}
}

void pdp11_code_changed(struct pdp11_code *c, u16 addr, u32 len)
{
	u32 at = addr / 2, end = (MIN((u32)addr + len, (u32)PDP11_SPACE) + 1) / 2;
	u64 hit = 0;

	if (!c->checked)
		return;
	for (; at < end && (at & 7); at++)
		hit |= c->words[at];
	for (; at + 8 <= end; at += 8)
		hit |= *(const u64 *)&c->words[at];
	for (; at < end; at++)
		hit |= c->words[at];
	if (hit & WORD_CODE * 0x0101010101010101UL)
		throw_away(c);
}

void pdp11_code_forget(struct pdp11_code *c)
{
	throw_away(c);
}

void pdp11_code_overlay(struct pdp11_code *c, u16 addr, u32 len, u32 n)
{
	u32 first = addr / 2u, bytes = (MIN(addr + len, (u32)PDP11_SPACE) / 2 - first) * 4;

	if (!c->window_end) {
		throw_away(c);
		c->window = addr;
		c->window_end = MIN(addr + len, (u32)PDP11_SPACE);
		c->overlay = n;
		return;
	}
	memcpy(&c->aside[c->overlay][first], &c->entry[first], bytes);
	memcpy(&c->entry[first], &c->aside[n][first], bytes);
	c->overlay = n;
}

struct pdp11_code *pdp11_code_start(void *memory, struct pdp11 *cpu,
				    bool (*protect)(void *p, size_t n, bool writable))
{
	struct pdp11_code *c = memory;

	c->cpu = cpu;
	c->protect = protect;
	c->visits = cpu->visits;
	c->low = (u8 *)memory + PDP11_CODE_DATA;
	c->high = (u8 *)memory + PDP11_CODE_SIZE;
	for (u32 i = 0; i < ARRAY_LEN(c->codes); i++)
		c->codes[i] = host_codes(i);
	if (!protect(c->low, PAGE_SIZE, true))
		return NULL;
	pdp11_code_stubs(c);
	return protect(c->low, PAGE_SIZE, false) ? c : NULL;
}

struct pdp11_landing pdp11_code_landing(const struct pdp11_code *c)
{
	return (struct pdp11_landing){(u64)c->low, (u64)c->high, (u64)c->landing};
}
