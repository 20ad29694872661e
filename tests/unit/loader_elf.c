/* SPDX-License-Identifier: BSD-2-Clause */
/* The ELF planner: what it makes of a right file, and every reason to refuse a wrong one. */

#include "core/abi.h"
#include "loader/elf.h"
#include "tests/unit/elf_builder.h"
#include "tests/unit/tap.h"

static struct elf_build b;
static struct loader_elf_plan plan;
static struct loader_error why;

static long make_plan(u64 chunk)
{
	struct memory_file m = {b.bytes, b.size, chunk};
	struct loader_source src = memory_source(&m);

	why.text[0] = '\0';
	return loader_elf_plan(&src, &plan, &why);
}

static void rejected(const char *sentence)
{
	long rc = make_plan(0);
	bool good = rc == -CORE_ENOEXEC && strstr(why.text, sentence) != NULL;

	if (!ok(good, "refused: %s", sentence))
		printf("#   got %ld '%s'\n", rc, why.text);
}

static void begin(void)
{
	eb_begin(&b);
	eb_end(&b, 4096);
}

static void test_right(void)
{
	begin();
	is_number(make_plan(0), 0, "a right file is planned");
	is_number(plan.type, LOADER_ELF_EXEC, "type");
	is_number((long)plan.entry, ELF_BUILD_ENTRY, "entry point");
	is_number((long)plan.lo, ELF_BUILD_BASE, "lowest page");
	is_number((long)plan.hi, ELF_BUILD_BASE + 4096, "end of the highest page");
	is_number((long)plan.phdr, ELF_BUILD_BASE + 64, "program headers found in a segment");
	is_number(plan.nsegments, 1, "one segment");
	is_number(plan.segment[0].prot, CORE_PROT_READ | CORE_PROT_EXEC, "its protection");
	is_string(plan.interp, "", "no interpreter");
	ok(!plan.has_stack && !plan.has_tls && !plan.has_needed, "nothing else in it");
	is_number(make_plan(7), 0, "planned through reads of seven bytes");
	is_number((long)loader_elf_bias(&plan, 0x10000000), 0, "a fixed program is not moved");
}

static void test_rich(void)
{
	struct elf64_phdr *ph;

	begin();
	eb_header(&b)->type = ELF_ET_DYN;
	eb_header(&b)->entry = 0x200400;
	*eb_phdr(&b, 0) =
	    (struct elf64_phdr){ELF_PT_LOAD, 6, 0x1010, 0x203010, 0, 0x800, 0x3000, 0x1000};
	eb_add(&b, ELF_PT_LOAD, 5, 0, 0x200000, 4096, 4096)->align = 0x200000;
	ph = eb_add(&b, ELF_PT_GNU_STACK, 6, 0, 0, 0, 0x100000);
	ph->align = 16;
	eb_add(&b, ELF_PT_TLS, 4, 0, 0x200000, 0, 16);
	eb_add(&b, ELF_PT_PHDR, 4, 64, 0x200040, 56, 56);
	eb_interp(&b, "/libexec/ld-elf.so.1");
	eb_end(&b, 0x1810);
	is_number(make_plan(0), 0, "a position-independent program is planned");
	is_number(plan.type, LOADER_ELF_DYN, "type");
	is_number((long)plan.segment[0].vaddr, 0x200000, "segments are put in order");
	is_number((long)plan.segment[1].vaddr, 0x203010, "and the second follows");
	is_number((long)plan.lo, 0x200000, "lowest page");
	is_number((long)plan.hi, 0x207000, "end of the highest page");
	is_number((long)plan.align, 0x200000, "the largest alignment wins");
	is_number((long)plan.phdr, 0x200040, "PT_PHDR is believed");
	is_string(plan.interp, "/libexec/ld-elf.so.1", "interpreter");
	ok(plan.has_tls && plan.has_stack, "thread data and stack seen");
	is_number(plan.stack_prot, CORE_PROT_READ | CORE_PROT_WRITE, "stack protection");
	is_number((long)plan.stack_size, 0x100000, "stack size");
	is_number((long)loader_elf_bias(&plan, 0x40000000), 0x3fe00000, "bias for a base");
}

static void test_header(void)
{
	begin();
	b.size = 12;
	rejected("only 12 bytes");
	b.size = 50;
	rejected("truncated at 50 bytes");
	b.size = 100;
	rejected("past the end of the file (100 bytes)");
	begin();
	b.bytes[0] = 'X';
	rejected("ELF magic");
	begin();
	b.bytes[ELF_IDENT_CLASS] = ELF_CLASS_32;
	rejected("32-bit ELF file");
	begin();
	b.bytes[ELF_IDENT_CLASS] = 9;
	rejected("ELF class 9");
	begin();
	b.bytes[ELF_IDENT_DATA] = ELF_DATA_MSB;
	rejected("byte order");
	begin();
	b.bytes[ELF_IDENT_VERSION] = 3;
	rejected("ELF version 3");
	begin();
	eb_header(&b)->machine = 183;
	rejected("for the AArch64 processor");
	eb_header(&b)->machine = 3;
	rejected("for the i386 processor");
	eb_header(&b)->machine = 243;
	rejected("for the RISC-V processor");
	eb_header(&b)->machine = 9999;
	rejected("processor number 9999");
	begin();
	eb_header(&b)->type = ELF_ET_REL;
	rejected("not been linked");
	eb_header(&b)->type = ELF_ET_CORE;
	rejected("core dump");
	eb_header(&b)->type = 77;
	rejected("cannot be executed (e_type 77)");
}

static void test_tables(void)
{
	begin();
	eb_header(&b)->phnum = 0;
	rejected("no program headers");
	begin();
	eb_header(&b)->phentsize = 32;
	rejected("said to be 32 bytes each");
	begin();
	eb_header(&b)->phnum = 2000;
	rejected("2000 program headers");
	begin();
	eb_header(&b)->phoff = 4090;
	rejected("program headers (56 bytes at 0xffa) reach past");
	eb_header(&b)->phoff = ~0UL;
	rejected("reach past the end of the file");
	eb_header(&b)->phoff = ~0UL - 40;
	rejected("reach past the end of the file");
	begin();
	eb_phdr(&b, 0)->type = 0;
	rejected("no loadable segment");
	begin();
	eb_phdr(&b, 0)->filesz = eb_phdr(&b, 0)->memsz = 0;
	rejected("no loadable segment");
	begin();
	for (u32 i = 0; i < 32; i++)
		eb_add(&b, ELF_PT_LOAD, 4, 0, 0x1000000 + 0x10000 * i, 0, 16);
	rejected("more than 32 loadable segments");
}

static void test_segments(void)
{
	begin();
	eb_phdr(&b, 0)->memsz = 4095;
	rejected("more bytes in the file (0x1000) than in memory (0xfff)");
	begin();
	eb_phdr(&b, 0)->memsz = (1UL << 46) + 1;
	rejected("more than any process has");
	begin();
	eb_phdr(&b, 0)->vaddr = ~0UL - 4095;
	rejected("past the end of the address space");
	eb_phdr(&b, 0)->vaddr = 0x7ffffffff000;
	rejected("past the end of the address space");
	eb_phdr(&b, 0)->vaddr = 0x800000000000;
	rejected("past the end of the address space");
	begin();
	eb_phdr(&b, 0)->filesz = eb_phdr(&b, 0)->memsz = 4097;
	rejected("(0x1001 bytes at file offset 0x0) reaches past the end of the file (4096 bytes)");
	begin();
	eb_phdr(&b, 0)->offset = ~0UL - 4095;
	rejected("reaches past the end of the file");
	begin();
	eb_phdr(&b, 0)->offset = 8;
	eb_phdr(&b, 0)->filesz = 100;
	rejected("file offset 0x8 and address 0x400000 differ");
	begin();
	eb_phdr(&b, 0)->align = 0x1800;
	rejected("not a power of two");
	eb_phdr(&b, 0)->align = 1UL << 31;
	rejected("more than 1 GiB");
	begin();
	eb_add(&b, ELF_PT_LOAD, 6, 0, ELF_BUILD_BASE, 16, 16);
	rejected("overlap");
	begin();
	eb_add(&b, ELF_PT_LOAD, 6, 0, ELF_BUILD_BASE - 0x1000, 16, 0x1001);
	rejected("overlap");
	begin();
	eb_phdr(&b, 0)->filesz = eb_phdr(&b, 0)->memsz = 0x800;
	eb_add(&b, ELF_PT_LOAD, 6, 0, ELF_BUILD_BASE + 0x800, 0, 16);
	rejected("different contents in one page");
	begin();
	eb_phdr(&b, 0)->filesz = eb_phdr(&b, 0)->memsz = 0x800;
	eb_add(&b, ELF_PT_LOAD, 6, 0x800, ELF_BUILD_BASE + 0x800, 16, 16);
	is_number(make_plan(0), 0, "a page cut in two is accepted");
	begin();
	eb_phdr(&b, 0)->vaddr = 0;
	eb_header(&b)->entry = 0x400;
	rejected("address 0");
	begin();
	eb_header(&b)->entry = ELF_BUILD_BASE + 4096;
	rejected("entry point 0x401000 is not in an executable segment");
	begin();
	eb_phdr(&b, 0)->flags = ELF_PF_R;
	rejected("not in an executable segment");
	begin();
	eb_header(&b)->type = ELF_ET_DYN;
	eb_header(&b)->entry = 0;
	rejected("shared library");
}

static void test_interp(void)
{
	char path[LOADER_INTERP_MAX + 8];

	begin();
	eb_interp(&b, "/libexec/ld-elf.so.1");
	eb_phdr(&b, 1)->filesz--;
	rejected("not terminated");
	begin();
	eb_interp(&b, "/x");
	eb_phdr(&b, 1)->offset = 1UL << 40;
	rejected("not in the file");
	eb_phdr(&b, 1)->offset = ~0UL;
	rejected("not in the file");
	begin();
	eb_interp(&b, "");
	rejected("is empty");
	begin();
	eb_interp(&b, "/a");
	eb_interp(&b, "/b");
	rejected("two interpreters");
	begin();
	memset(path, 'x', sizeof(path));
	path[sizeof(path) - 1] = '\0';
	eb_interp(&b, path);
	rejected("more than 1024");
	begin();
	path[LOADER_INTERP_MAX - 1] = '\0';
	eb_interp(&b, path);
	is_number(make_plan(0), 0, "an interpreter's path of 1023 bytes is accepted");
}

static char seen[256];

static void remember(void *ctx, u64 tag, const char *value)
{
	size_t n = strlen(seen);

	(void)ctx;
	snprintf(seen + n, sizeof(seen) - n, "%lu:%s ", tag, value);
}

static long dynamic(void)
{
	struct memory_file m = {b.bytes, b.size, 0};
	struct loader_source src = memory_source(&m);

	seen[0] = '\0';
	return loader_elf_dynamic(&src, remember, NULL);
}

static void test_dynamic(void)
{
	static const char strings[] = "\0libc.so.7\0libm.so.5\0$ORIGIN";
	struct elf64_dyn table[8] = {{ELF_DT_NEEDED, 1},
				     {ELF_DT_NEEDED, 11},
				     {ELF_DT_RUNPATH, 21},
				     {ELF_DT_STRTAB, 0},
				     {ELF_DT_STRSZ, sizeof(strings)}};
	u64 at;

	begin();
	is_number(dynamic(), 0, "a static file names nothing");
	eb_begin(&b);
	table[3].value = ELF_BUILD_BASE + eb_append(&b, strings, sizeof(strings));
	at = eb_append(&b, table, sizeof(table));
	eb_add(&b, ELF_PT_DYNAMIC, 6, at, ELF_BUILD_BASE + at, sizeof(table), sizeof(table));
	eb_end(&b, 4096);
	is_number(dynamic(), 3, "three strings in the dynamic section");
	is_string(seen, "1:libc.so.7 1:libm.so.5 29:$ORIGIN ", "they are in order");
	is_number(make_plan(0), 0, "the file is planned");
	ok(plan.has_needed && plan.has_dynamic, "and needs libraries");
	((struct elf64_dyn *)(b.bytes + at))[0].value = sizeof(strings);
	is_number(dynamic(), -CORE_ENOEXEC, "a string outside of the table is refused");
	((struct elf64_dyn *)(b.bytes + at))[3].value = 0x1234;
	is_number(dynamic(), -CORE_ENOEXEC, "a table outside of every segment is refused");
}

static long broken_pread(void *ctx, void *buf, size_t n, u64 off)
{
	(void)ctx, (void)buf, (void)n, (void)off;
	return -CORE_EIO;
}

static void test_reading(void)
{
	struct loader_source src = {.pread = broken_pread, .size = 4096};
	struct memory_file m;

	is_number(loader_elf_plan(&src, &plan, &why), -CORE_EIO,
		  "an error of the disk is passed on");
	begin();
	m = (struct memory_file){b.bytes, 100, 0};
	src = memory_source(&m);
	src.size = 4096;
	is_number(loader_elf_plan(&src, &plan, &why), -CORE_ENOEXEC,
		  "a file that is shorter than it was said to be");
	is_number(loader_elf_plan(&src, &plan, NULL), -CORE_ENOEXEC, "nobody wants the sentence");
}

int main(void)
{
	test_right();
	test_rich();
	test_header();
	test_tables();
	test_segments();
	test_interp();
	test_dynamic();
	test_reading();
	return tap_end();
}
