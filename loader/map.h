/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/map.h: carries out an ELF plan on the address space.
 *
 * The whole span is reserved first without replacing anything, so that a program never
 * lands on the runtime or on another image, and what is between its segments stays
 * unreachable. On failure everything mapped here is unmapped again.
 */
#ifndef FB_LOADER_MAP_H
#define FB_LOADER_MAP_H

#include "loader/elf.h"

struct loader_image {
	u64 bias; /* added to every address of the plan */
	u64 lo, hi;
	u64 entry;
	u64 phdr;      /* 0 when not in memory */
	u64 data_end;  /* end of the highest segment, not rounded: where a heap begins */
	u64 text_size; /* bytes of executable and of other segments, for resource accounting */
	u64 data_size;
};

/*
 * Maps the file open as fd. bias comes from loader_elf_bias() for a position-independent
 * program and is 0 otherwise. Returns 0 or -CORE_E... with a sentence.
 */
long loader_map(const struct loader_elf_plan *plan, int fd, u64 bias, struct loader_image *image,
		struct loader_error *err);

void loader_unmap(const struct loader_image *image);

#endif
