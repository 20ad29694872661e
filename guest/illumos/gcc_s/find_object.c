/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/gcc_s/find_object.c: what GCC's unwinder, as the host's compiler has it, asks the
 * dynamic linker: which object an address is in, and where its table of frames begins. glibc's
 * answer has this layout (its manual, "Dynamic Linker Introspection"); here dl_iterate_phdr knows.
 */
#include <link.h>
#include <stddef.h>

#define PT_GNU_EH_FRAME 0x6474e550
#define PT_SUNW_UNWIND	0x6464e550 /* what illumos's own linker calls it (sys/elf.h) */

struct dl_find_object {
	unsigned long long flags;
	void *map_start, *map_end;
	struct link_map *link_map;
	void *eh_frame;
	unsigned long long reserved[7];
};

struct question {
	uintptr_t pc;
	struct dl_find_object *out;
};

static int look(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct question *q = arg;
	uintptr_t low = 0, high = 0, frames = 0;
	int inside = 0;

	(void)size;
	for (unsigned i = 0; i < info->dlpi_phnum; i++) {
		const Elf64_Phdr *ph = &info->dlpi_phdr[i];
		uintptr_t at = info->dlpi_addr + ph->p_vaddr;

		if (ph->p_type == PT_GNU_EH_FRAME || ph->p_type == PT_SUNW_UNWIND)
			frames = at;
		if (ph->p_type != PT_LOAD)
			continue;
		if (!low || at < low)
			low = at;
		if (at + ph->p_memsz > high)
			high = at + ph->p_memsz;
		if (q->pc >= at && q->pc < at + ph->p_memsz)
			inside = 1;
	}
	if (!inside || !frames)
		return 0;
	*q->out = (struct dl_find_object){
	    .map_start = (void *)low, .map_end = (void *)high, .eh_frame = (void *)frames};
	return 1;
}

int _dl_find_object(void *pc, struct dl_find_object *out);
int _dl_find_object(void *pc, struct dl_find_object *out)
{
	struct question q = {(uintptr_t)pc, out};

	return dl_iterate_phdr(look, &q) == 1 ? 0 : -1;
}
