/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mapping plans for real: the test stands in for the machine with the host's own mmap,
 * and looks at the memory and at /proc/self/maps afterwards.
 */

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/abi.h"
#include "core/guest.h"
#include "exo/exo.h"
#include "loader/map.h"
#include "tests/unit/elf_builder.h"
#include "tests/unit/tap.h"

static int fail_call; /* the n-th call from now fails */

long exo_call_now6(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5, u64 op)
{
	long rc;

	if (fail_call && --fail_call == 0)
		return -CORE_ENOMEM;
	if (op == EXO_mmap) {
		rc = (long)mmap((void *)a0, a1, (int)a2, (int)a3, (int)a4, (off_t)a5);
		return rc == -1 ? -errno : rc;
	}
	if (op == EXO_munmap)
		return munmap((void *)a0, a1) ? -errno : 0;
	if (op == EXO_mprotect)
		return mprotect((void *)a0, a1, (int)a2) ? -errno : 0;
	return -CORE_ENOSYS;
}

long exo_call_now(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 op)
{
	return exo_call_now6(a0, a1, a2, a3, a4, 0, op);
}

long zero_guest(guest_ptr dst, size_t n)
{
	memset((void *)dst.addr, 0, n);
	return 0;
}

static struct elf_build b;
static struct loader_elf_plan plan;
static struct loader_image image;
static struct loader_error why;
static int fd;

/* Text at the base; then data whose file part ends within a page, and bss behind it. */
static void build(u16 type, u64 base)
{
	eb_begin(&b);
	memset(b.bytes + ELF_BUILD_CONTENTS, 0xcc, ELF_BUILD_MAX - ELF_BUILD_CONTENTS);
	eb_header(&b)->type = type;
	eb_header(&b)->entry = base + ELF_BUILD_CONTENTS;
	eb_phdr(&b, 0)->vaddr = base;
	eb_add(&b, ELF_PT_LOAD, 6, 0x1100, base + 0x3100, 0x200, 0x2000);
	eb_add(&b, ELF_PT_LOAD, 4, 0x2080, base + 0x8080, 0x10, 0x10);
	eb_add(&b, ELF_PT_LOAD, 6, 0, base + 0xa010, 0, 0x1800);
	eb_end(&b, 0x3000);
}

static long load(u64 base)
{
	struct memory_file m = {b.bytes, b.size, 0};
	struct loader_source src = memory_source(&m);

	fd = memfd_create("loader_map", 0);
	if (write(fd, b.bytes, b.size) != (ssize_t)b.size ||
	    loader_elf_plan(&src, &plan, &why) != 0) {
		printf("Bail out! the test's own file is wrong: %s\n", why.text);
		exit(1);
	}
	return loader_map(&plan, fd, loader_elf_bias(&plan, base), &image, &why);
}

/* The protection of the page at addr as the host shows it: "r-xp", or "" when unmapped. */
static const char *protection(u64 addr)
{
	static char prot[8];
	char line[512];
	u64 lo, hi;
	FILE *maps = fopen("/proc/self/maps", "r");

	prot[0] = '\0';
	while (maps && fgets(line, sizeof(line), maps)) {
		char p[8];

		if (sscanf(line, "%lx-%lx %7s", &lo, &hi, p) == 3 && addr >= lo && addr < hi)
			memcpy(prot, p, sizeof(p));
	}
	if (maps)
		fclose(maps);
	return prot;
}

static bool all_bytes(u64 addr, u64 n, u8 value)
{
	const u8 *p = (const u8 *)addr;

	while (n--) {
		if (*p++ != value)
			return false;
	}
	return true;
}

static void look(u64 base)
{
	is_number((long)image.lo, (long)base, "lowest address");
	is_number((long)image.hi, (long)base + 0xc000, "end");
	is_number((long)image.entry, (long)base + 0x400, "entry point");
	is_number((long)image.phdr, (long)base + 64, "program headers");
	is_number((long)image.data_end, (long)base + 0xb810, "where the heap may begin");
	is_string(protection(base), "r-xp", "text is read-execute");
	is_string(protection(base + 0x1000), "---p", "a hole is out of reach");
	is_string(protection(base + 0x3000), "rw-p", "data is read-write");
	is_string(protection(base + 0x5000), "rw-p", "and so is its bss");
	is_string(protection(base + 0x8000), "r--p", "constants are read-only");
	is_string(protection(base + 0xa000), "rw-p", "a segment that is all bss");
	ok(memcmp((void *)base, "\177ELF", 4) == 0, "text is the file's");
	ok(all_bytes(base + 0x3100, 0x200, 0xcc), "data is the file's");
	ok(all_bytes(base + 0x3300, 0x1e00, 0), "bss is zero, within the page and after");
	ok(all_bytes(base + 0x8080, 0x10, 0xcc), "a full segment is not zeroed behind its end");
	ok(all_bytes(base + 0xa000, 0x2000, 0), "pure bss is zero");
}

static void test_fixed(void)
{
	u64 base = 0x10000000;

	build(ELF_ET_EXEC, base);
	is_number(load(0), 0, "a fixed program is mapped");
	look(base);
	is_number(loader_map(&plan, fd, 0, &image, &why), -CORE_EEXIST, "not twice");
	ok(strstr(why.text, "0x10000000 to 0x1000c000, are taken") != NULL, "with a sentence");
	is_string(protection(base), "r-xp", "and the first stays");
	loader_unmap(&image);
	is_string(protection(base), "", "it is unmapped");
	is_string(protection(base + 0x1000), "", "with its holes");
	close(fd);
}

static void test_moved(void)
{
	build(ELF_ET_DYN, 0);
	is_number(load(0x20000000), 0, "a position-independent program is mapped where told");
	is_number((long)image.bias, 0x20000000, "bias");
	look(0x20000000);
	loader_unmap(&image);
	is_number(loader_map(&plan, fd, LOADER_ADDR_MAX - 0x2000, &image, &why), -CORE_ENOMEM,
		  "not past the end of the address space");
	is_number(loader_map(&plan, fd, 0, &image, &why), -CORE_ENOMEM, "not at address 0");
	close(fd);
}

static void test_read_only_bss(void)
{
	build(ELF_ET_EXEC, 0x10000000);
	eb_phdr(&b, 1)->flags = ELF_PF_R;
	is_number(load(0), 0, "bss in a read-only segment");
	is_string(protection(0x10003000), "r--p", "its file part ends read-only");
	is_string(protection(0x10004000), "r--p", "and so does the rest");
	ok(all_bytes(0x10003300, 0xd00, 0), "it is zero");
	loader_unmap(&image);
	close(fd);
}

static void test_failures(void)
{
	build(ELF_ET_EXEC, 0x10000000);
	for (int i = 1; i <= 6; i++) {
		fail_call = i;
		is_number(load(0), -CORE_ENOMEM, "call %d fails and is told", i);
		fail_call = 0;
		is_string(protection(0x10000000), "", "nothing stays mapped");
		is_string(protection(0x10008000), "", "nowhere");
		close(fd);
	}
	is_number(load(0), 0, "the seventh call would have been none");
	loader_unmap(&image);
	close(fd);
}

int main(void)
{
	test_fixed();
	test_moved();
	test_read_only_bss();
	test_failures();
	return tap_end();
}
