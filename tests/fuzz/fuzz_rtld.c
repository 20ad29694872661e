/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes what the dynamic linker for illumos programs reads of a library: its headers, tables,
 * symbols and relocations. The file is laid out in memory of just the size it asks for, so that a
 * step outside is seen; nothing of it is executed. Beyond not crashing: what was refused left a
 * sentence.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The linker's sources, with system calls that do nothing. */
#define FB_GUEST_ILLUMOS_SYSCALL_H
struct syscall_answer {
	long value, second;
	int error;
};
static struct syscall_answer nothing(int n, ...)
{
	(void)n;
	return (struct syscall_answer){0, 0, 0};
}
#define SYSCALL(nr, ...) nothing(0, ##__VA_ARGS__)
#include "guest/illumos/rtld/object.h"

struct rtld_ops _fb_rtld;

/* base.c's, by the host's library */
void *allocate(size_t bytes)
{
	return calloc(1, bytes);
}
void release(void *p)
{
	free(p);
}
void memory_copy(void *to, const void *from, size_t n)
{
	if (n)
		memmove(to, from, n);
}
void memory_zero(void *to, size_t n)
{
	memset(to, 0, n);
}
int text_compare(const char *a, const char *b)
{
	return strcmp(a, b);
}
static const char *said;
bool fail(const char *what, const char *on, const char *why)
{
	(void)what, (void)on;
	said = why;
	return false;
}
bool fail_symbol(const char *file, const char *symbol)
{
	return strlen(symbol) < 100000 && fail(file, "", "symbol");
}
/* Where a thread's storage is: nobody reads it. */
void *tls_address(size_t module, size_t offset)
{
	return (void *)(module + offset);
}

#define SYS_mprotect 0
#include "guest/illumos/rtld/check.c"
#undef PAGE
#include "guest/illumos/rtld/object.c"
#include "guest/illumos/rtld/relocate.c"
#undef PAGE
/* A function of the library that says what a symbol is would be executed; here it is not. */
#define object_runs(o, at) (0)
#include "guest/illumos/rtld/symbol.c"

static void one(const uint8_t *data, size_t size)
{
	static char name[] = "library";
	union {
		struct elf_ehdr header;
		uint8_t bytes[4096];
	} first = {.bytes = {0}};
	struct object *o;
	const struct elf_phdr *ph;
	uint64_t low, high;
	char *memory;

	memcpy(first.bytes, data, size < sizeof(first) ? size : sizeof(first));
	if (file_check(&first.header, size < sizeof(first) ? size : sizeof(first), size, &low,
		       &high) ||
	    high - low > 1 << 20)
		return;
	memory = aligned_alloc(4096, high - low);
	o = calloc(1, sizeof(*o));
	if (!memory || !o)
		abort();
	memset(memory, 0, high - low);
	ph = (const struct elf_phdr *)(first.bytes + first.header.phoff);
	o->name = name;
	o->base = (uint64_t)memory - low;
	o->low = (uint64_t)memory;
	o->high = o->low + (high - low);
	o->phdr = ph;
	o->phnum = first.header.phnum;
	for (size_t i = 0; i < o->phnum; i++)
		if (ph[i].type == PT_LOAD && ph[i].memsz)
			memory_copy((void *)(o->base + ph[i].vaddr), data + ph[i].offset,
				    ph[i].filesz);
	object_read(o);
	if (o->dynamic && object_check(o)) {
		if (o->soname && strlen(o->soname) > 1 << 20)
			abort();
		for (const struct elf_dyn *d = o->dynamic; d->tag != DT_NULL; d++)
			if (d->tag == DT_NEEDED && strlen(o->strtab + d->value) > 1 << 20)
				abort();
		for (uint64_t i = 0; i < o->symbol_count; i++)
			symbol_in(o->strtab + o->symtab[i].name, o);
		o->global = true;
		objects = o;
		list_add(&o->group, o);
		said = NULL;
		/* IRELATIVE calls a function of it; those are taken out. */
		for (size_t i = 0; i < o->rela_count; i++)
			if (TYPE(&o->rela[i]) == R_IRELATIVE)
				o->rela_count = 0;
		for (size_t i = 0; i < o->plt_count; i++)
			if (TYPE(&o->plt[i]) == R_IRELATIVE)
				o->plt_count = 0;
		if (!object_relocate(o) && !said)
			abort();
		objects = NULL;
		free(o->group.v);
	}
	free(memory);
	free(o);
}

/* The build's own libraries are seeds, put into the first corpus directory. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const char *const seeds[] = {"libdl.so.1", "libgcc_s.so.1", "ld.so.1"};
	const char *build = getenv("B");

	for (int i = 1; i < *argc; i++) {
		if ((*argv)[i][0] == '-')
			continue;
		for (size_t k = 0; k < sizeof(seeds) / sizeof(*seeds); k++) {
			char path[512];
			static char bytes[1 << 20];
			size_t n;
			FILE *f;

			snprintf(path, sizeof(path), "%s/lib/fbird/illumos/%s",
				 build ? build : "build", seeds[k]);
			f = fopen(path, "rb");
			if (!f)
				continue;
			n = fread(bytes, 1, sizeof(bytes), f);
			fclose(f);
			snprintf(path, sizeof(path), "%s/%s", (*argv)[i], seeds[k]);
			f = fopen(path, "wb");
			if (!f || fwrite(bytes, 1, n, f) != n || fclose(f)) {
				perror(path);
				exit(1);
			}
		}
		break;
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	one(data, size);
	return 0;
}
