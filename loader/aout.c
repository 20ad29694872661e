/* SPDX-License-Identifier: BSD-2-Clause */
/* loader/aout.c: from a PDP-11 header to a checked plan; loader/aout.h has the facts. */
#include "core/abi.h"
#include "lib/mem.h"
#include "loader/aout.h"

#define HEADER	    16
#define HEADER_V1   12
#define HEADER_OVER (HEADER + 2 + 2 * LOADER_AOUT_OVERLAYS)
#define OVERLAYS_29 7 /* of 2.9BSD */
#define V1_TEXT_MAX (LOADER_AOUT_SPACE - LOADER_AOUT_V1_BASE)

enum word { MAGIC, TEXT, DATA, BSS, SYMS, ENTRY, UNUSED_WORD, FLAG };
enum word_v1 { V1_MAGIC, V1_TEXT, V1_SYMS, V1_RELOC, V1_DATA, V1_ZERO };

static u32 word(const u8 *head, u32 n)
{
	return loader_aout_word(head + 2 * n);
}

static bool plausible_v1(const u8 *head, u64 size)
{
	u32 text = word(head, V1_TEXT);

	return text >= HEADER_V1 && text <= V1_TEXT_MAX &&
	       (u64)text + word(head, V1_SYMS) + word(head, V1_RELOC) <= size &&
	       word(head, V1_SYMS) % 12 == 0 && word(head, V1_ZERO) == 0;
}

static bool overlaid(u32 magic)
{
	return magic == 0430 || magic == 0431;
}

/* Bytes of the overlays; more than any file has when one is larger than they say. */
static u64 overlay_bytes(const u8 *head, u32 count)
{
	u64 sum = 0;

	for (u32 i = 0; i < count; i++) {
		u32 n = loader_aout_word(head + HEADER + 2 + 2 * i);

		if (n > loader_aout_word(head + HEADER))
			return ~0UL >> 1;
		sum += n;
	}
	return sum;
}

/* How many overlays a header tells of. A shorter header's program follows it at once, and
 * begins with an instruction that is larger than any overlay. */
static u32 overlay_count(const u8 *head)
{
	return overlay_bytes(head, LOADER_AOUT_OVERLAYS) < LOADER_AOUT_SPACE * LOADER_AOUT_OVERLAYS
		   ? LOADER_AOUT_OVERLAYS
		   : OVERLAYS_29;
}

static u32 header_bytes(const u8 *head)
{
	return overlaid(word(head, MAGIC)) ? HEADER + 2 + 2 * overlay_count(head) : HEADER;
}

bool loader_aout_plausible(const u8 *head, u32 len, u64 size)
{
	u32 magic = len >= 2 ? word(head, MAGIC) : 0, text, data;
	u64 need;

	if (magic == 0405)
		return len >= HEADER_V1 && plausible_v1(head, size);
	if ((magic != 0407 && magic != 0410 && magic != 0411 && !overlaid(magic)) ||
	    len < (overlaid(magic) ? HEADER_OVER : HEADER))
		return false;
	text = word(head, TEXT);
	data = word(head, DATA);
	need = (u64)text + data + header_bytes(head) +
	       (overlaid(magic) ? overlay_bytes(head, overlay_count(head)) : 0);
	/* Some have text and no more, but data alone runs nowhere. */
	return text != 0 && need <= size && need + word(head, SYMS) <= size + 512 &&
	       word(head, ENTRY) < text && (word(head, ENTRY) & 1) == 0 && word(head, FLAG) <= 1 &&
	       (magic != 0407 || text + data <= LOADER_AOUT_SPACE);
}

static long plan_v1(const u8 *head, struct loader_aout *a)
{
	/* The header is loaded too, and runs: it is a branch over itself. */
	a->text_addr = a->entry = LOADER_AOUT_V1_BASE;
	a->text = word(head, V1_TEXT);
	a->data_addr = (u16)(a->text_addr + a->text);
	a->bss = word(head, V1_DATA);
	return 0;
}

static u32 segments(u32 bytes)
{
	return ALIGN_UP(bytes, LOADER_AOUT_SEGMENT);
}

static void plan_overlays(const u8 *head, struct loader_aout *a, u32 off)
{
	a->overlay_max = loader_aout_word(head + HEADER);
	a->overlay_addr = (u16)segments(a->text);
	for (u32 i = 0; i < overlay_count(head); i++) {
		a->overlay[i] = loader_aout_word(head + HEADER + 2 + 2 * i);
		a->overlay_off[i] = off;
		off += a->overlay[i];
	}
	a->data_off = off;
}

static bool fits(const struct loader_aout *a)
{
	u32 text = segments(a->text) + segments(a->overlay_max);
	u32 data = segments(a->data + a->bss);
	u32 low = a->split ? MAX(text, data) : text + data;

	if (a->text_addr)
		return a->text_addr + a->text + a->data + a->bss <= LOADER_AOUT_SPACE;
	if (!a->pure)
		low = segments(a->text + a->data + a->bss);
	return low <= LOADER_AOUT_SPACE;
}

long loader_aout_plan(const struct loader_source *src, const char *personality,
		      struct loader_aout *a, struct loader_error *err)
{
	bool old = strcmp(personality, "v1") == 0 || strcmp(personality, "v2") == 0;
	u8 head[HEADER_OVER] = {0};
	u32 n = (u32)MIN(src->size, sizeof(head));
	struct loader_window w;
	long r;

	memset(a, 0, sizeof(*a));
	loader_window_init(&w, src);
	r = loader_window_read(&w, head, n, 0);
	if (r < 0)
		return loader_fail(err, r, "its header cannot be read");
	a->magic = (u16)word(head, MAGIC);
	if (strcmp(personality, "v1") == 0 && a->magic != 0405 && n >= 2 &&
	    src->size <= V1_TEXT_MAX && loader_aout_raw(head, n)) {
		a->text_addr = a->entry = LOADER_AOUT_V1_BASE;
		a->text = (u32)src->size;
		a->data_addr = (u16)(a->text_addr + a->text);
		return 0;
	}
	if (!loader_aout_plausible(head, n, src->size))
		return loader_fail(err, -CORE_ENOEXEC,
				   "its a.out header (magic number 0%u%u%u) says what the file has "
				   "not",
				   a->magic >> 6 & 7, a->magic >> 3 & 7, a->magic & 7);
	if (a->magic == 0405) {
		plan_v1(head, a);
	} else {
		a->text_off = header_bytes(head);
		a->text = word(head, TEXT);
		a->data = word(head, DATA);
		a->bss = word(head, BSS);
		a->entry = (u16)word(head, ENTRY);
		a->pure = a->magic != 0407;
		a->split = a->magic == 0411 || a->magic == 0431;
		a->data_off = a->text_off + a->text;
		if (overlaid(a->magic))
			plan_overlays(head, a, a->data_off);
		if (!a->pure && old)
			a->text_addr = a->entry = LOADER_AOUT_V1_BASE;
		if (a->split)
			a->data_addr = 0;
		else if (a->pure)
			a->data_addr = (u16)(segments(a->text) + segments(a->overlay_max));
		else
			a->data_addr = (u16)(a->text_addr + a->text);
	}
	if (!fits(a))
		return loader_fail(err, -CORE_ENOMEM,
				   "its segments do not fit the 64 KiB of a PDP-11's program");
	return 0;
}
