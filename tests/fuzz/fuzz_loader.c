/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes everything in the loader that reads a file: detection, the ELF plan, the dynamic
 * section, `#!` lines; and measures the first stack of what was planned. At the start it
 * puts seeds into the corpus directory it is given first, where libFuzzer puts its own
 * finds: no binary is committed, the unit tests' builder makes them.
 *
 * Beyond not crashing: a plan that was accepted must keep its promises.
 */

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/abi.h"
#include "loader/aout.h"
#include "loader/detect.h"
#include "loader/elf.h"
#include "loader/script.h"
#include "personality/freebsd/exec_stack.h"
#include "loader/stack_sysv.h"
#include "tests/unit/elf_builder.h"

static struct elf_build b;
static const char *directory;

static void save(const char *name, const void *p, size_t n)
{
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	f = fopen(path, "wb");
	if (!f || fwrite(p, 1, n, f) != n || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

static void save_elf(const char *name)
{
	eb_end(&b, 4096);
	save(name, b.bytes, b.size);
}

static void save_aout(const char *name, u16 magic)
{
	u16 file[64] = {magic, 32, 16, 8, 0, 0, 0, 1, 0170011, 016600, 2, 005060, 0177776, 0104401};

	if (magic == 0405)
		memcpy(file, (u16[6]){0405, 60, 0, 0, 10, 0}, 12);
	if (magic >= 0430) { /* the largest overlay, and one of that size */
		memmove(file + 24, file + 8, 16);
		memset(file + 8, 0, 32);
		file[8] = file[9] = 8;
	}
	save(name, file, sizeof(file));
}

static void save_rich(void)
{
	static const char strings[] = "\0libc.so.7\0libm.so.5";
	struct elf64_dyn table[8] = {{ELF_DT_NEEDED, 1},
				     {ELF_DT_NEEDED, 11},
				     {ELF_DT_STRTAB, 0},
				     {ELF_DT_STRSZ, sizeof(strings)}};
	u32 gnu[4] = {0, 3, 2, 0};
	u64 at;

	eb_begin(&b);
	table[2].value = ELF_BUILD_BASE + eb_append(&b, strings, sizeof(strings));
	at = eb_append(&b, table, sizeof(table));
	eb_add(&b, ELF_PT_DYNAMIC, 6, at, ELF_BUILD_BASE + at, sizeof(table), sizeof(table));
	eb_interp(&b, "/lib64/ld-linux-x86-64.so.2");
	eb_note(&b, "GNU", 1, gnu, 4);
	eb_add(&b, ELF_PT_GNU_STACK, 6, 0, 0, 0, 0);
	eb_add(&b, ELF_PT_TLS, 4, 0, ELF_BUILD_BASE, 0, 8);
	eb_add(&b, ELF_PT_LOAD, 6, 0x800, ELF_BUILD_BASE + 0x10800, 0x100, 0x3000);
	eb_section(&b, ".SUNW_version", 1, 0, 0);
	eb_section(&b, ".note.netbsd.ident", ELF_SHT_NOTE, 0x400, 24);
	eb_sections_end(&b);
	save_elf("seed-rich");
}

static const char *first_directory(int argc, char **argv)
{
	struct stat st;

	for (int i = 1; i < argc; i++) {
		if (argv[i][0] != '-' && stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode))
			return argv[i];
	}
	return NULL;
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	u32 osreldate = 1400097;

	directory = first_directory(*argc, *argv);
	if (!directory)
		return 0;
	eb_begin(&b);
	save_elf("seed-plain");
	eb_begin(&b);
	eb_note(&b, "FreeBSD", 1, &osreldate, 1);
	save_elf("seed-freebsd");
	save_rich();
	save("seed-script", "#!/usr/bin/env -S perl -w\n", 26);
	save_aout("seed-aout-v1", 0405);
	save_aout("seed-aout", 0407);
	save_aout("seed-aout-pure", 0410);
	save_aout("seed-aout-split", 0411);
	save_aout("seed-aout-overlaid", 0430);
	return 0;
}

#define REQUIRE(c)                                                                                 \
	do {                                                                                       \
		if (!(c))                                                                          \
			abort();                                                                   \
	} while (0)

static void check_plan(const struct loader_elf_plan *p, u64 file_size)
{
	u64 end = p->lo;

	REQUIRE(p->nsegments >= 1 && p->nsegments <= LOADER_SEGMENTS_MAX);
	REQUIRE(p->lo < p->hi && p->hi <= LOADER_ADDR_MAX + PAGE_SIZE);
	REQUIRE(p->align >= PAGE_SIZE && (p->align & (p->align - 1)) == 0);
	REQUIRE(memchr(p->interp, 0, sizeof(p->interp)) != NULL);
	REQUIRE(p->entry >= p->lo && p->entry < p->hi);
	for (u32 i = 0; i < p->nsegments; i++) {
		const struct loader_segment *s = &p->segment[i];

		REQUIRE(s->vaddr >= end && s->filesz <= s->memsz && s->memsz > 0);
		REQUIRE(s->filesz == 0 || s->offset + s->filesz <= file_size);
		REQUIRE(s->filesz == 0 || (s->offset & PAGE_MASK) == (s->vaddr & PAGE_MASK));
		end = s->vaddr + s->memsz;
	}
	REQUIRE(end <= p->hi);
}

static void measure_stacks(const struct loader_elf_plan *plan)
{
	static const char *const args[] = {"program", "argument", NULL};
	struct loader_program p = {.argv = args,
				   .envp = args,
				   .execname = plan->interp,
				   .execpath = plan->interp,
				   .plan = plan};
	struct freebsd_exec fexec = {0};
	struct loader_sysv lexec = {0};
	struct loader_entry e;
	struct loader_stack s = {.sp = 0x7fff0000, .limit = 0x7fff0000 - 0x2000};

	REQUIRE(freebsd_exec_stack(&s, &p, &fexec, &e) == 0 && (e.sp & 15) == 8);
	s = (struct loader_stack){.sp = 0x7fff0000, .limit = 0x7fff0000 - 0x2000};
	REQUIRE(loader_sysv_stack(&s, &p, &lexec, &e) == 0 && (e.sp & 15) == 0);
}

static void check_aout(const struct loader_source *src, const char *personality)
{
	struct loader_aout a;
	struct loader_error err;

	if (loader_aout_plan(src, personality, &a, &err) != 0) {
		REQUIRE(memchr(err.text, 0, sizeof(err.text)) != NULL && err.text[0]);
		return;
	}
	REQUIRE((u64)a.text_off + a.text <= src->size && (u64)a.data_off + a.data <= src->size);
	REQUIRE(a.text_addr + a.text <= LOADER_AOUT_SPACE && a.entry % 2 == 0);
	REQUIRE(a.data_addr + a.data + a.bss <= LOADER_AOUT_SPACE);
	REQUIRE(a.split || a.text_addr + a.text <= (u32)a.data_addr || a.data + a.bss == 0 ||
		a.data_addr == 0);
	for (u32 i = 0; i < LOADER_AOUT_OVERLAYS; i++) {
		REQUIRE(a.overlay[i] <= a.overlay_max);
		REQUIRE(!a.overlay[i] || (u64)a.overlay_off[i] + a.overlay[i] <= src->size);
	}
	REQUIRE((u32)a.overlay_addr + a.overlay_max <= LOADER_AOUT_SPACE);
}

static void each_string(void *ctx, u64 tag, const char *value)
{
	(void)tag;
	*(size_t *)ctx += strlen(value);
}

static void fuzz_script(const struct loader_script_rules *rules, const u8 *data, size_t size)
{
	struct loader_script script;
	struct loader_error err;
	u32 n = (u32)MIN(size, LOADER_SCRIPT_MAX);
	char *head = malloc(n ? n : 1);

	memcpy(head, data, n);
	if (loader_script_parse(rules, head, n, &script, &err) == 0)
		REQUIRE(strlen(script.interp) > 0 && (!script.arg || strlen(script.arg) > 0));
	free(head);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct memory_file m = {data, size, size % 3 ? 0 : 61};
	struct loader_source src = memory_source(&m);
	struct loader_verdict verdict;
	struct loader_elf_plan plan;
	struct loader_error err;
	size_t length = 0;

	REQUIRE(loader_detect(&src, &verdict) == 0);
	REQUIRE(memchr(verdict.reason, 0, sizeof(verdict.reason)) != NULL && verdict.reason[0]);
	if (loader_elf_plan(&src, &plan, &err) == 0) {
		check_plan(&plan, size);
		measure_stacks(&plan);
	} else {
		REQUIRE(memchr(err.text, 0, sizeof(err.text)) != NULL && err.text[0]);
	}
	loader_elf_dynamic(&src, each_string, &length);
	check_aout(&src, "v7");
	check_aout(&src, "v1");
	fuzz_script(&loader_script_freebsd, data, size);
	fuzz_script(&loader_script_linux, data, size);
	return 0;
}
