/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/time.c: the clock without a host call, through the vDSO's own function.
 *
 * The vDSO is an ELF image the kernel maps; its symbol table is walked once.
 * Facts: vdso(7), elf(5).
 */
#include <asm/unistd_64.h>
#include <linux/elf.h>

#include "exo/linux/linux.h"
#include "lib/mem.h"

static u64 vdso_base, vdso_size;
static long (*vdso_clock_gettime)(int, struct exo_time *);

static void find_clock(const Elf64_Ehdr *eh)
{
	const Elf64_Phdr *ph = (const void *)((const char *)eh + eh->e_phoff);
	const Elf64_Dyn *dyn = NULL;
	const Elf64_Sym *sym = NULL;
	const char *str = NULL;
	const u32 *hash = NULL;
	u64 bias = 0;
	const u32 *gnu = NULL;
	u32 count = 0;

	for (int i = 0; i < eh->e_phnum; i++) {
		if (ph[i].p_type == PT_LOAD) {
			bias = (u64)eh + ph[i].p_offset - ph[i].p_vaddr;
			vdso_size = MAX(vdso_size, ph[i].p_vaddr + ph[i].p_memsz);
		} else if (ph[i].p_type == PT_DYNAMIC) {
			dyn = (const void *)((const char *)eh + ph[i].p_offset);
		}
	}
	if (!dyn)
		return;
	for (; dyn->d_tag != DT_NULL; dyn++) {
		u64 p = bias + dyn->d_un.d_ptr;

		if (dyn->d_tag == DT_SYMTAB)
			sym = (const void *)p;
		else if (dyn->d_tag == DT_STRTAB)
			str = (const void *)p;
		else if (dyn->d_tag == DT_HASH)
			hash = (const void *)p;
		else if (dyn->d_tag == 0x6ffffef5) /* DT_GNU_HASH */
			gnu = (const void *)p;
	}
	if (!sym || !str)
		return;
	if (hash) {
		count = hash[1];
	} else if (gnu) {
		/* Buckets hold first symbol indices; chains end with the low bit set. */
		u32 nb = gnu[0], first = gnu[1], words = gnu[2], last = 0;
		const u32 *bucket = gnu + 4 + words * 2, *chain = bucket + nb;

		for (u32 i = 0; i < nb; i++)
			last = MAX(last, bucket[i]);
		while (last >= first && !(chain[last - first] & 1))
			last++;
		count = last + 1;
	}
	for (u32 i = 0; i < count; i++)
		if (sym[i].st_shndx && strcmp(str + sym[i].st_name, "__vdso_clock_gettime") == 0)
			vdso_clock_gettime =
			    (long (*)(int, struct exo_time *))(bias + sym[i].st_value);
}

void linux_time_start(u64 vdso)
{
	vdso_base = vdso;
}

/* Not before it is needed: few programs that end soon ask for the time. */
void linux_time_find(void)
{
	if (vdso_base && !vdso_size)
		find_clock((const Elf64_Ehdr *)vdso_base);
}

bool linux_in_vdso(u64 pc)
{
	return vdso_base && pc - vdso_base < ALIGN_UP(vdso_size, PAGE_SIZE);
}

static __attribute__((noinline)) long first_time(int clock, struct exo_time *out)
{
	linux_time_find();
	if (vdso_clock_gettime)
		return vdso_clock_gettime(clock, out);
	return LINUX(__NR_clock_gettime, clock, out);
}

long exo_clock_gettime(int clock, struct exo_time *out)
{
	if (LIKELY(vdso_clock_gettime))
		return vdso_clock_gettime(clock, out);
	return first_time(clock, out);
}
