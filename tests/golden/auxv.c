/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What FreeBSD's kernel leaves a program: the entry registers, and the auxiliary vector
 * of its imgact_elf.c and kern_exec.c.
 */
#include "guest.h"

static bool readable_string(u64 address)
{
	return address != 0 && strlen((const char *)address) > 0;
}

static u64 value(u64 type)
{
	const struct auxv *a = auxv_find(type);

	return a != NULL ? a->value : ~0UL;
}

int main(int argc, char **argv, char **envp)
{
	const u64 *sizes = (const u64 *)value(AT_PAGESIZES);
	const char *path = (const char *)value(AT_EXECPATH);
	long envc = 0;

	while (envp[envc] != NULL)
		envc++;
	EXPECT_EQ(entry_rsp % 16, 8);
	EXPECT(*(long *)entry_rdi == argc);
	EXPECT((u64)argv == entry_rdi + 8);
	EXPECT_EQ(argc, 3);
	print("%s %s\n", argv[1], argv[2]);
	EXPECT(getenv("GOLDEN") != NULL && strcmp(getenv("GOLDEN"), "yes") == 0);

	EXPECT_EQ(value(AT_PAGESZ), 4096);
	EXPECT(value(AT_PHDR) != ~0UL);
	EXPECT_EQ(value(AT_PHENT), 56);
	EXPECT(value(AT_PHNUM) > 0 && value(AT_PHNUM) < 20);
	EXPECT_EQ(value(AT_FLAGS), 0);
	EXPECT(value(AT_ENTRY) != ~0UL);
	EXPECT_EQ(value(AT_BASE), 0);
	EXPECT(value(AT_OSRELDATE) >= 1400000 && value(AT_OSRELDATE) < 1500000);
	EXPECT(value(AT_NCPUS) > 0 && value(AT_NCPUS) < 10000);
	EXPECT(value(AT_PAGESIZESLEN) >= 8 && value(AT_PAGESIZESLEN) % 8 == 0);
	EXPECT_EQ(sizes[0], 4096);
	EXPECT(value(AT_CANARYLEN) >= 8 && value(AT_CANARYLEN) <= 64);
	EXPECT(readable_string(value(AT_EXECPATH)) && path[0] == '/');
	EXPECT_EQ(value(AT_STACKPROT) & ~(u64)PROT_EXEC, PROT_READ | PROT_WRITE);
	EXPECT_EQ(value(AT_ARGC), argc);
	EXPECT_EQ(value(AT_ARGV), argv);
	EXPECT_EQ(value(AT_ENVC), envc);
	EXPECT_EQ(value(AT_ENVV), envp);
	return 0;
}
