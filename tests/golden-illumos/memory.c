/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions about memory, copies that may fault, and objects mapped whole. */
#include "guest.h"

#define PAGE 4096

struct result {
	u64 addr, msize, fsize, offset;
	u32 prot, flags;
};

static int value = 42;
static int nothing[5000];

static void questions(void)
{
	char *p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
	char in_core[4] = {9, 9, 9, 9};
	u64 sizes[4] = {0};

	p[PAGE] = 1;
	EXPECT_EQ(sys(SYS_mincore, p, 2 * PAGE, in_core), 0);
	EXPECT((in_core[1] & 1) && in_core[2] == 9);
	EXPECT_EQ(sys(SYS_mincore, p + 1, PAGE, in_core), -EINVAL);
	EXPECT_EQ(sys(SYS_mincore, p, 0, in_core), -EINVAL);
	munmap(p + 3 * PAGE, PAGE);
	EXPECT_EQ(sys(SYS_mincore, p, 4 * PAGE, in_core), -ENOMEM);
	EXPECT_EQ(sys(SYS_mincore, -PAGE, PAGE, in_core), -ENOMEM);
	EXPECT_EQ(sys(SYS_getpagesizes, 0, NULL, 0), 2);
	EXPECT_EQ(sys(SYS_getpagesizes, 0, sizes, 4), 2);
	EXPECT(sizes[0] == 4096 && sizes[1] == 0x200000 && sizes[2] == 0);
	EXPECT_EQ(sys(SYS_getpagesizes, 0, NULL, 1), -EINVAL);
	EXPECT_EQ(sys(SYS_uucopy, "text", p, 5), 0);
	EXPECT(strcmp(p, "text") == 0);
	EXPECT_EQ(sys(SYS_uucopy, "text", 8, 5), -EFAULT);
	EXPECT_EQ(sys(SYS_uucopystr, "string", p, 100), 7);
	EXPECT_EQ(sys(SYS_uucopystr, "string", p, 3), 3);
	memset(p, 'x', 3 * PAGE);
	EXPECT_EQ(sys(SYS_uucopystr, p, p + PAGE, 1500), 1500);
	EXPECT_EQ(sys(SYS_uucopystr, p, p, 4 * PAGE), -EFAULT);
}

static void objects(const char *self)
{
	struct result r[16];
	u32 n = 0, load = 0;
	u64 padding = PAGE;
	int fd = open(self, O_RDONLY);
	int text = open("text", O_CREAT | O_RDWR, 0600);

	EXPECT_EQ(write(text,
			"just a text, longer than the header of an object: "
			"no linker can make anything of it",
			83),
		  83);
	EXPECT_EQ(sys(SYS_mmapobj, text, 0x20000, r, &n, NULL), -ENOTSUP);
	EXPECT_EQ(sys(SYS_mmapobj, text, 0, r, &n, NULL), -E2BIG);
	EXPECT_EQ(n, 1);
	EXPECT_EQ(sys(SYS_mmapobj, text, 0, r, &n, NULL), 0);
	EXPECT(r[0].fsize == 83 && r[0].prot == PROT_READ && r[0].flags == 0);
	EXPECT(memcmp((void *)r[0].addr, "just", 4) == 0);
	n = 16;
	EXPECT_EQ(sys(SYS_mmapobj, text, 0x10000, r, &n, &padding), 0);
	EXPECT(n == 3 && r[0].flags == 1 && r[0].msize == PAGE && r[1].addr == r[0].addr + PAGE);
	EXPECT_EQ(sys(SYS_mmapobj, text, 1, r, &n, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_mmapobj, text, 0, r, &n, &padding), -EINVAL);
	EXPECT_EQ(sys(SYS_mmapobj, 777, 0, r, &n, NULL), -EBADF);
	EXPECT_EQ(sys(SYS_mmapobj, open("text", O_WRONLY), 0, r, &n, NULL), -EACCES);
	/* This program is where it must be already. */
	n = 16;
	EXPECT_EQ(sys(SYS_mmapobj, fd, 0x20000, r, &n, NULL), -EADDRINUSE);
	EXPECT_EQ(value + nothing[4999], 42);
	(void)load;
}

/* An object of two pages of file and one of nothing, as a linker would make it. */
static void made_up(void)
{
	struct {
		u8 ident[16];
		u16 type, machine;
		u32 version;
		u64 entry, phoff, shoff;
		u32 flags;
		u16 ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
		struct {
			u32 type, flags;
			u64 offset, vaddr, paddr, filesz, memsz, align;
		} ph[2];
	} elf = {
	    .ident = {0x7f, 'E', 'L', 'F', 2, 1, 1},
	    .type = 3,
	    .machine = 62,
	    .phoff = 64,
	    .phentsize = 56,
	    .phnum = 2,
	    .ph = {{1, 4, 0, 0, 0, sizeof(elf), sizeof(elf), 0x10000},
		   {1, 6, PAGE, 3 * PAGE, 0, 100, PAGE + 50, 0x10000}},
	};
	int fd = open("object", O_CREAT | O_RDWR | O_TRUNC, 0600);
	struct result r[8];
	u64 padding = 3 * PAGE;
	char *data;
	u32 n = 1;

	write(fd, &elf, sizeof(elf));
	EXPECT_EQ(ftruncate(fd, 2 * PAGE), 0);
	sys(SYS_pwrite, fd, "data", 4, PAGE);
	sys(SYS_pwrite, fd, "beyond", 6, PAGE + 100);
	EXPECT_EQ(sys(SYS_mmapobj, fd, 0x20000, r, &n, NULL), -E2BIG);
	EXPECT_EQ(n, 2);
	EXPECT_EQ(sys(SYS_mmapobj, fd, 0x20000, r, &n, NULL), 0);
	EXPECT(r[0].addr % 0x10000 == 0 && r[0].flags == 2 && r[0].prot == PROT_READ);
	EXPECT(r[0].msize == sizeof(elf) && r[0].fsize == sizeof(elf) && r[0].offset == 0);
	EXPECT(r[1].addr == r[0].addr + 3 * PAGE && r[1].flags == 0);
	EXPECT(r[1].msize == PAGE + 50 && r[1].fsize == 100 && r[1].prot == 3);
	EXPECT(memcmp((void *)r[0].addr, &elf, sizeof(elf)) == 0);
	data = (char *)r[1].addr;
	EXPECT(memcmp(data, "data", 4) == 0 && data[100] == 0 && data[PAGE + 49] == 0);
	data[PAGE] = 1;
	EXPECT_EQ(write(1, (char *)r[0].addr + PAGE, 1), -1); /* the hole is one */
	n = 4;
	EXPECT_EQ(sys(SYS_mmapobj, fd, 0x30000, r, &n, &padding), 0);
	EXPECT(n == 4 && r[0].flags == 1 && r[0].msize == 3 * PAGE && r[3].flags == 1);
	EXPECT(r[1].addr == r[0].addr + 3 * PAGE && r[1].addr % 0x10000 == 0);
	EXPECT_EQ(write(1, (char *)r[0].addr, 1), -1);
	elf.ph[1].vaddr = 50;
	sys(SYS_pwrite, fd, &elf, sizeof(elf), 0);
	EXPECT_EQ(sys(SYS_mmapobj, fd, 0x20000, r, &n, NULL), -ENOTSUP); /* they overlap */
	elf.phentsize = 60;
	sys(SYS_pwrite, fd, &elf, sizeof(elf), 0);
	EXPECT_EQ(sys(SYS_mmapobj, fd, 0x20000, r, &n, NULL), -ENOTSUP);
}

int main(int argc, char **argv)
{
	(void)argc;
	questions();
	objects(argv[0]);
	made_up();
	return 0;
}
