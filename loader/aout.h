/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/aout.h: executables of PDP-11 UNIX.
 *
 * The first word is the magic number, once an instruction that jumped over the header: 0405
 * in the First Edition, with six words; from then on eight words behind 0407 (one writable
 * segment), 0410 (read-only text, data at the next 8 KiB), 0411 (text in a space of its own),
 * and in the Berkeley systems 0430 and 0431, the latter two with overlays of text.
 *
 * Facts: a.out(5) of the First, Sixth and Seventh Edition and of 2.11BSD; getxfile() of
 * sys/sys1.c (V7) and sys/kern_exec.c (2.11BSD); sysexec of u2.s (First Edition); the crt0.s
 * of each.
 */
#ifndef FB_LOADER_AOUT_H
#define FB_LOADER_AOUT_H

#include "loader/image.h"

#define LOADER_AOUT_SPACE    0x10000u
#define LOADER_AOUT_SEGMENT  0x2000u /* of the memory management; data begins at one */
#define LOADER_AOUT_OVERLAYS 15
#define LOADER_AOUT_V1_BASE  040000 /* where First Edition programs live */

struct loader_aout {
	u16 magic;
	u16 entry;
	bool pure;  /* the text is not to be written */
	bool split; /* text and data have spaces of their own */
	/* What goes where; bytes. The data's zeroed rest follows it. */
	u32 text_off, data_off;
	u16 text_addr, data_addr;
	u32 text, data, bss;
	/* 2.9BSD has room for seven in its header. Overlays lie at overlay_addr, each with room for
	 * overlay_max bytes. */
	u16 overlay_addr, overlay_max;
	u16 overlay[LOADER_AOUT_OVERLAYS];
	u32 overlay_off[LOADER_AOUT_OVERLAYS];
};

/*
 * What the file's first bytes and its size say. personality: whose a.out it is; "v1" and "v2"
 * have another origin. 0, or -CORE_ENOEXEC for a header that makes no sense, -CORE_ENOMEM for
 * one that fits no PDP-11, or the error of a read.
 */
long loader_aout_plan(const struct loader_source *src, const char *personality,
		      struct loader_aout *a, struct loader_error *err);

/* Has the file the header of an executable, whole? Whatever begins with a magic number by
 * chance rarely has. */
bool loader_aout_plausible(const u8 *head, u32 len, u64 size);

struct loader_verdict;
/* Says of a plausible one which system it was made for, as well as can be told from it. */
long loader_aout_detect(const struct loader_source *src, struct loader_verdict *v);

/*
 * The system of a program found in a tree of another edition, tree being that of the tree's shell
 * (NULL: no such tree). A guess gives way to it where both are of the same age. NULL: none.
 */
const char *loader_aout_edition(const struct loader_verdict *v, const char *tree);

/* First Edition programs may have no header at all; may this be one? Only where the tree is. */
bool loader_aout_raw(const u8 *head, u32 len);

static inline u16 loader_aout_word(const u8 *p)
{
	return (u16)(p[0] | p[1] << 8);
}

#endif
