/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/elfdyn.c: what a dynamic program asks of its linker, read from the file.
 *
 * Source: gABI chapter 5, "Dynamic Section". The table holds addresses, so the string
 * table is found again through the PT_LOAD that covers it.
 */

#include "core/abi.h"
#include "lib/mem.h"
#include "loader/elf.h"
#include "loader/elffile.h"

#define DYN_ENTRIES_MAX 4096
#define DYN_STRING_MAX	512

/* Finds the first program header of a type; or, with type PT_LOAD, the one that holds vaddr. */
static long find_phdr(struct elf_file *f, u32 type, u64 vaddr, struct elf64_phdr *out)
{
	u32 n = MIN((u32)f->header.phnum, (u32)LOADER_PHDRS_MAX);

	for (u32 i = 0; i < n; i++) {
		long err = elf_file_phdr(f, i, out);

		if (err)
			return err;
		if (out->type != type)
			continue;
		if (type != ELF_PT_LOAD ||
		    (vaddr >= out->vaddr && vaddr - out->vaddr < out->filesz))
			return 0;
	}
	return -CORE_ENOENT;
}

struct dynamic {
	struct elf_file file;
	struct elf64_phdr table;
	u64 strings, strings_size; /* in the file */
};

static long dynamic_entry(struct dynamic *d, u32 i, struct elf64_dyn *out)
{
	u64 off;

	if (i >= DYN_ENTRIES_MAX || (i + 1) * sizeof(*out) > d->table.filesz ||
	    __builtin_add_overflow(d->table.offset, i * sizeof(*out), &off)) {
		out->tag = ELF_DT_NULL;
		return 0;
	}
	return loader_window_read(&d->file.window, out, sizeof(*out), off);
}

static long dynamic_open(struct dynamic *d, const struct loader_source *src)
{
	struct elf64_phdr load;
	struct elf64_dyn e;
	u64 strtab = 0, size = 0;
	long err = elf_file_open(&d->file, src);

	if (err)
		return err;
	if (!d->file.is64)
		return -CORE_ENOEXEC;
	err = find_phdr(&d->file, ELF_PT_DYNAMIC, 0, &d->table);
	if (err)
		return err;
	for (u32 i = 0;; i++) {
		err = dynamic_entry(d, i, &e);
		if (err)
			return err;
		if (e.tag == ELF_DT_NULL)
			break;
		if (e.tag == ELF_DT_STRTAB)
			strtab = e.value;
		if (e.tag == ELF_DT_STRSZ)
			size = e.value;
	}
	d->strings_size = 0;
	if (find_phdr(&d->file, ELF_PT_LOAD, strtab, &load) == 0 &&
	    !__builtin_add_overflow(load.offset, strtab - load.vaddr, &d->strings))
		d->strings_size = MIN(size, load.filesz - (strtab - load.vaddr));
	return 0;
}

long loader_elf_dynamic(const struct loader_source *src,
			void (*each)(void *ctx, u64 tag, const char *value), void *ctx)
{
	struct dynamic d;
	char value[DYN_STRING_MAX];
	long count = 0;
	long err = dynamic_open(&d, src);

	if (err)
		return err == -CORE_ENOENT ? 0 : err;
	for (u32 i = 0;; i++) {
		struct elf64_dyn e;

		err = dynamic_entry(&d, i, &e);
		if (err)
			return err;
		if (e.tag == ELF_DT_NULL)
			return count;
		if (e.tag != ELF_DT_NEEDED && e.tag != ELF_DT_SONAME && e.tag != ELF_DT_RPATH &&
		    e.tag != ELF_DT_RUNPATH)
			continue;
		if (e.value >= d.strings_size)
			return -CORE_ENOEXEC;
		err = loader_window_string(&d.file.window, value, sizeof(value),
					   d.strings + e.value, d.strings_size - e.value);
		if (err < 0)
			return err;
		each(ctx, e.tag, value);
		count++;
	}
}
