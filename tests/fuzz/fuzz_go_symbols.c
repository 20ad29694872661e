/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes what fbird debug makes of Go's table of functions: the first byte says whether the rest is
 * such a table, in an ELF file that is made around it, or a whole file. What comes out must be an
 * ELF file whose sections lie within it.
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "cli/debug/go_symbols.h"

static void check(const char *text, size_t n)
{
	const Elf64_Ehdr *eh = (const Elf64_Ehdr *)text;
	const Elf64_Shdr *h = (const Elf64_Shdr *)(text + sizeof(*eh));

	if (n < sizeof(*eh) + eh->e_shnum * sizeof(*h))
		abort();
	for (u32 i = 0; i < eh->e_shnum; i++)
		if (h[i].sh_type != SHT_NOBITS && h[i].sh_type != SHT_NULL &&
		    (h[i].sh_offset > n || h[i].sh_size > n - h[i].sh_offset))
			abort();
}

static void make(const void *elf, size_t size)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	if (out == NULL)
		abort();
	if (go_symbols_make(elf, size, out)) {
		if (fclose(out) != 0)
			abort();
		check(text, n);
	} else {
		fclose(out);
	}
	free(text);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	static const char names[] = "\0.text\0.gopclntab";
	struct {
		Elf64_Ehdr eh;
		Elf64_Shdr h[4];
		char names[24];
	} head = {
	    .eh = {.e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64},
		   .e_shentsize = sizeof(Elf64_Shdr),
		   .e_shnum = 4,
		   .e_shstrndx = 3,
		   .e_shoff = sizeof(Elf64_Ehdr)},
	    .h = {[1] = {.sh_name = 1, .sh_addr = 0x1000, .sh_size = 0x1000},
		  [2] = {.sh_name = 7, .sh_type = SHT_PROGBITS, .sh_offset = sizeof(head)},
		  [3] = {.sh_offset = offsetof(__typeof__(head), names), .sh_size = 24}},
	};
	u8 *file;

	if (size == 0)
		return 0;
	if (data[0] & 1) {
		file = malloc(size);
		memcpy(file, data + 1, size - 1);
		make(file, size - 1);
		free(file);
		return 0;
	}
	memcpy(head.names, names, sizeof(names));
	head.h[2].sh_size = size - 1;
	file = malloc(sizeof(head) + size - 1);
	memcpy(file, &head, sizeof(head));
	memcpy(file + sizeof(head), data + 1, size - 1);
	make(file, sizeof(head) + size - 1);
	free(file);
	return 0;
}
