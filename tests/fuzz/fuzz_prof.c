/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes what fbird prof reads: the first byte says as what the rest is taken. Go's table of
 * functions and an ELF file, as guests bring them; a message of pprof's and folded stacks, as
 * `fbird prof diff` is given them. What is refused is refused, what is read must hang together.
 */
#include <sanitizer/lsan_interface.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/prof/cfi.h"
#include "cli/prof/gopclntab.h"
#include "cli/prof/lines.h"
#include "cli/prof/profile.h"

static void look(struct elf_symbols *s)
{
	for (u64 at = 0; at < 1 << 16; at += 61) {
		const char *name = elf_symbols_find(s, at);

		if (name != NULL && strlen(name) > 1 << 16)
			abort();
	}
	elf_symbols_free(s);
}

static void look_for_lines(struct lines *l)
{
	struct line_at v[8];

	for (u64 at = 0; at < 1 << 16; at += 61) {
		u32 n = lines_find(l, at, v, 8);

		for (u32 i = 0; i < n; i++) {
			if (v[i].line != 0 && strlen(v[i].file) > 1 << 20)
				abort();
			free(v[i].name);
		}
	}
	lines_free(l);
}

static void look_for_frames(struct cfi *c, const u8 *stack, u64 size)
{
	struct stack_copy copy = {0x1000, stack, size};

	cfi_has_frame_pointers(c);
	for (u64 at = 0; at < 1 << 16; at += 61) {
		struct registers r = {.v = {[CFI_RBP] = 0x1010, [CFI_RSP] = 0x1000}};
		bool is_signal = false;

		if (cfi_step(c, at, &r, &copy, &is_signal) == CFI_STEPPED && !is_signal &&
		    r.v[CFI_RSP] <= 0x1000)
			abort();
	}
	cfi_free(c);
}

static void elf(const u8 *data, size_t size)
{
	int fd = memfd_create("elf", 0);
	struct elf_symbols *s;
	struct lines *l;
	struct cfi *c;

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	s = elf_symbols_read(fd);
	if (s != NULL)
		look(s);
	/* libdw forgets memory of units that are broken. */
	__lsan_disable();
	l = lines_read(fd);
	if (l != NULL)
		look_for_lines(l);
	c = cfi_read(fd);
	if (c != NULL)
		look_for_frames(c, data, size);
	__lsan_enable();
	close(fd);
}

static void read_one(bool folded, const u8 *data, size_t size)
{
	struct profile p = {0};
	u8 *copy = malloc(size + 1);
	const char *why;
	u64 all = 0;
	u32 n;

	profile_counted(&p);
	memcpy(copy, data, size);
	if (folded ? folded_read(&p, (char *)copy, size, &why) : pprof_read(&p, copy, size, &why)) {
		struct share *v = profile_shares(&p, &p.views[0], false, &n);

		for (u32 i = 0; i < n; i++)
			all += v[i].self;
		if (all != p.total[0])
			abort();
		free(v);
	}
	profile_free(&p);
	free(copy);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct elf_symbols *s;

	if (size == 0)
		return 0;
	switch (data[0] % 4) {
	case 0:
		s = elf_symbols_new();
		gopclntab_read(s, data + 1, size - 1, 0x1000);
		elf_symbols_free(s);
		break;
	case 1:
		elf(data + 1, size - 1);
		break;
	default:
		read_one(data[0] % 4 == 2, data + 1, size - 1);
		break;
	}
	return 0;
}
