/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/memory.c: text, data and stack.
 *
 * The systems give memory in clicks of 64 bytes and refuse what the memory management could
 * not map, eight segments of 8 KiB for a space. The sizes here are theirs, so that they refuse
 * the same; what is mapped is those sizes rounded to the host's pages, and the processor's
 * idea of what is there (cpu->text_read and its like) equals the host's protections: whoever
 * touches what is not there faults, in either engine and in the host's own copies.
 *
 * Facts: estabur(), sbreak() and grow() of sys/ureg.c, sys1.c, sig.c (V7); ken/main.c (V6).
 */
#include "core/memory.h"
#include "lib/mem.h"
#include "loader/aout.h"
#include "personality/research/research.h"

#define CLICKS(bytes)	 (((bytes) + RESEARCH_CLICK - 1) / RESEARCH_CLICK)
#define SEGMENT_CLICKS	 (LOADER_AOUT_SEGMENT / RESEARCH_CLICK)
#define SEGMENTS(clicks) (((clicks) + SEGMENT_CLICKS - 1) / SEGMENT_CLICKS)
#define SPACE_SEGMENTS	 8
#define PAGES		 (PDP11_SPACE / PDP11_PAGE)

/* Bits of the pages that [from, to) touches. */
static u16 pages(u32 from, u32 to)
{
	u32 first = from / PDP11_PAGE,
	    end = MIN(ALIGN_UP(to, PDP11_PAGE), PDP11_SPACE) / PDP11_PAGE;

	return to <= from ? 0 : (u16)(((1u << end) - 1) & ~((1u << first) - 1));
}

static u32 top(void)
{
	return research.version->stack_top ? research.version->stack_top : PDP11_SPACE;
}

static u32 stack_low(u32 clicks)
{
	return top() - clicks * RESEARCH_CLICK;
}

/* Gives the pages of now other rights than before; what is gone is forgotten. */
static void protect(u64 base, u16 before, u16 now, u16 writable_before, u16 writable)
{
	for (u32 i = 0, n; i < PAGES; i += n) {
		bool there = now >> i & 1, can_write = writable >> i & 1;
		u64 at = base + i * PDP11_PAGE;

		n = 1;
		if ((before >> i & 1) == there && (writable_before >> i & 1) == can_write)
			continue;
		while (i + n < PAGES && (now >> (i + n) & 1) == there &&
		       (writable >> (i + n) & 1) == can_write)
			n++;
		if (!there)
			core_madvise(at, n * PDP11_PAGE, CORE_MADV_DONTNEED);
		core_mprotect(at, n * PDP11_PAGE,
			      !there	  ? CORE_PROT_NONE
			      : can_write ? CORE_PROT_READ | CORE_PROT_WRITE
					  : CORE_PROT_READ);
	}
}

static u16 text_pages(void)
{
	return pages(0, research.text * RESEARCH_CLICK) |
	       (research.overlay ? pages(SEGMENTS(research.text) * LOADER_AOUT_SEGMENT,
					 SEGMENTS(research.text) * LOADER_AOUT_SEGMENT +
					     research.overlay * RESEARCH_CLICK)
				 : 0);
}

static void set_pages(void)
{
	struct pdp11 *cpu = &research.cpu;
	u16 data = pages(research.data_addr, research.data_addr + research.data * RESEARCH_CLICK) |
		   pages(stack_low(research.stack), top());
	u16 text = text_pages();
	u16 was_read = cpu->data_read, was_write = cpu->data_write;

	if (research.split) {
		protect(RESEARCH_TEXT, cpu->text_read, text, cpu->text_write, 0);
		cpu->text_read = text;
		cpu->text_write = 0;
		cpu->data_read = cpu->data_write = data;
	} else {
		cpu->data_write = data;
		cpu->data_read = cpu->text_read = data | text;
		cpu->text_write = data;
	}
	protect((u64)cpu->data, was_read, cpu->data_read, was_write, cpu->data_write);
}

/* Would the memory management have room for these? */
static bool fits(u32 text, u32 data, u32 stack)
{
	u32 low = SEGMENTS(text) + SEGMENTS(research.overlay);

	if (research.split)
		return low <= SPACE_SEGMENTS && SEGMENTS(data) + SEGMENTS(stack) <= SPACE_SEGMENTS;
	/* The First Edition's machine has no segments, and its programs begin at 040000. */
	if (research.version->first)
		return research.data_addr + (data + stack) * RESEARCH_CLICK <= top();
	return low + SEGMENTS(data) + SEGMENTS(stack) <= SPACE_SEGMENTS;
}

static long map_space(u64 base)
{
	return core_mmap(base, PDP11_SPACE, CORE_PROT_NONE,
			 CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS | CORE_MAP_NORESERVE |
			     CORE_MAP_FIXED_NOREPLACE,
			 -1, 0, 0);
}

long research_memory_start(const struct loader_aout *a, u32 args)
{
	const struct research_version *v = research.version;
	struct pdp11 *cpu = &research.cpu;
	long r;

	research.split = a->split;
	research.text = a->pure ? CLICKS(a->text) : 0;
	research.overlay = CLICKS(a->overlay_max);
	research.data_addr = a->pure ? a->data_addr : a->text_addr;
	research.data = CLICKS(a->data + a->bss + (a->pure ? 0 : a->text));
	research.stack = v->stack_clicks + CLICKS(args);
	if (!fits(research.text, research.data, research.stack))
		return -CORE_ENOMEM;
	/* Without memory management all of core can be reached, the kernel's part as well, which
	 * programs do read by mistake; a break only says what is swapped. */
	if (v->first) {
		research.data_addr = 0;
		research.data = top() / RESEARCH_CLICK - research.stack;
	}
	cpu->text = (u8 *)RESEARCH_TEXT;
	cpu->data = a->split ? (u8 *)RESEARCH_DATA : cpu->text;
	r = map_space(RESEARCH_TEXT);
	if (r >= 0 && a->split)
		r = map_space(RESEARCH_DATA);
	if (r < 0)
		return -CORE_ENOMEM;
	/* While it is being loaded, all of it is data. */
	if (a->pure) {
		cpu->text_read = text_pages();
		if (!a->split)
			cpu->data_read = cpu->data_write = cpu->text_read;
		protect(RESEARCH_TEXT, 0, cpu->text_read, 0, cpu->text_read);
		cpu->text_write = cpu->text_read;
	}
	return 0;
}

void research_memory_seal(void)
{
	set_pages();
}

bool research_grow(u16 sp)
{
	u32 more;

	if (sp >= stack_low(research.stack) || sp >= top())
		return false;
	more = (top() - sp) / RESEARCH_CLICK + research.version->stack_clicks;
	if (more <= research.stack || !fits(research.text, research.data, more))
		return false;
	research.stack = more;
	set_pages();
	return true;
}

long research_set_break(u16 addr)
{
	u32 clicks = CLICKS((u32)addr), before = research.data_addr / RESEARCH_CLICK, old, end;

	if (research.version->first)
		return 0;
	clicks = clicks > before ? clicks - before : 0;
	if (!fits(research.text, clicks, research.stack))
		return -CORE_ENOMEM;
	old = research.data_addr + research.data * RESEARCH_CLICK;
	end = research.data_addr + clicks * RESEARCH_CLICK;
	research.data = clicks;
	set_pages();
	/* New memory is zero: what stays of a page is made so as it is given back, because a
	 * program that has no more of it may write there all the same. */
	if (end < old && end % PDP11_PAGE)
		zero_guest(gp((u64)research.cpu.data + end),
			   MIN(ALIGN_UP(end, PDP11_PAGE), old) - end);
	return 0;
}

static i32 fetch(const u8 *base, u16 addr)
{
	struct pdp_word w;

	if (copy_from_guest(&w, gp((u64)base + (addr & ~1u)), sizeof(w)) < 0)
		return -1;
	return pdp_get(w);
}

i32 research_fetch_text(u16 addr)
{
	return fetch(research.cpu.text, addr);
}

i32 research_fetch(u16 addr)
{
	return fetch(research.cpu.data, addr);
}

long research_store(u16 addr, u16 value)
{
	struct pdp_word w = pdp_word(value);

	return copy_to_guest(research_at(addr & (u16)~1u), &w, sizeof(w));
}
