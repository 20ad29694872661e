/* SPDX-License-Identifier: BSD-2-Clause */
/* Detection: every rule, the order in which they count, and files that are no ELF. */

#include "core/abi.h"
#include "loader/detect.h"
#include "tests/unit/elf_builder.h"
#include "tests/unit/tap.h"

static struct elf_build b;
static struct loader_verdict v;

static long detect(void)
{
	struct memory_file m = {b.bytes, b.size, 0};
	struct loader_source src = memory_source(&m);

	return loader_detect(&src, &v);
}

static void decided(const char *personality, const char *kind, const char *evidence)
{
	long rc;

	eb_end(&b, 4096);
	rc = detect();
	if (!ok(rc == 0 && v.personality && !strcmp(v.personality, personality) && v.reason_kind &&
		    !strcmp(v.reason_kind, kind) && strstr(v.reason, evidence),
		"%s by %s: %s", personality, kind, evidence))
		printf("#   got %ld %s %s '%s'\n", rc, v.personality ? v.personality : "(null)",
		       v.reason_kind ? v.reason_kind : "(null)", v.reason);
}

static void note(const char *name, u32 type, u32 word)
{
	eb_begin(&b);
	eb_note(&b, name, type, &word, 1);
}

static void gnu_tag(u32 os, u32 major, u32 minor, u32 sub)
{
	u32 desc[4] = {os, major, minor, sub};

	eb_note(&b, "GNU", 1, desc, 4);
}

static void test_notes(void)
{
	u32 zero = 0, fctl = 0x11;

	note("FreeBSD", 1, 1203000);
	decided("freebsd", "note", "osreldate 1203000");
	is_number(v.abi_version, 1203000, "osreldate");
	is_number(v.format, LOADER_ELF64, "format");
	ok(v.has_notes && !v.is_go, "has notes, is not Go's");
	note("FreeBSD", 1, 1400097);
	eb_note(&b, "FreeBSD", 4, &fctl, 1);
	eb_note(&b, "Go", 4, &zero, 1);
	decided("freebsd", "note", "osreldate 1400097");
	is_number(v.feature_ctl, 0x11, "feature control bits");
	ok(v.is_go, "Go's build id is seen");
	note("NetBSD", 1, 1000000000);
	decided("netbsd", "note", "version 1000000000");
	note("OpenBSD", 1, 0);
	decided("openbsd", "note", "OpenBSD");
	note("DragonFly", 1, 600400);
	decided("dragonfly", "note", "600400");
	note("Android", 1, 29);
	decided("linux", "note", "API level 29");
	ok(v.is_android, "Android");
	eb_begin(&b);
	gnu_tag(0, 3, 2, 0);
	decided("linux", "note", "Linux 3.2.0");
	is_number(v.abi_version, 0x30200, "Linux version");
	eb_begin(&b);
	gnu_tag(1, 0, 0, 0);
	decided("hurd", "note", "Hurd");
	eb_begin(&b);
	gnu_tag(2, 0, 0, 0);
	decided("illumos", "note", "Solaris");
	eb_begin(&b);
	gnu_tag(3, 5, 1, 0);
	decided("freebsd", "note", "GNU userland");
	eb_begin(&b);
	gnu_tag(4, 0, 0, 0);
	decided("netbsd", "note", "GNU userland");
	eb_begin(&b);
	gnu_tag(9, 0, 0, 0);
	decided("linux", "fallback", "assumed");
	/* Notes that say nothing about the system. */
	note("Go", 4, 0);
	decided("linux", "fallback", "assumed");
	ok(v.is_go, "Go's note confirms Go, not a system");
	note("GNU", 3, 0x1234);
	decided("linux", "fallback", "assumed");
	note("FreeBSDish", 1, 1);
	decided("linux", "fallback", "assumed");
	/* The name without its NUL. */
	eb_begin(&b);
	eb_note_bytes(&b, "OpenBSD", 7, 1, &zero, 4);
	eb_add(&b, ELF_PT_NOTE, 4, ELF_BUILD_CONTENTS, 0, b.size - ELF_BUILD_CONTENTS, 0);
	decided("openbsd", "note", "OpenBSD");
}

static void test_note_sections(void)
{
	u32 word = 1401000;
	u64 at;

	eb_begin(&b);
	at = eb_note_bytes(&b, "FreeBSD", 8, 1, &word, 4);
	eb_section(&b, ".note.tag", ELF_SHT_NOTE, at, b.size - at);
	eb_sections_end(&b);
	decided("freebsd", "note", "1401000");
	ok(!v.has_notes, "its note was only in a section");
}

static void test_interpreters(void)
{
	static const struct {
		const char *path, *personality;
	} cases[] = {
	    {"/libexec/ld-elf.so.1", "freebsd"},
	    {"/lib64/ld-linux-x86-64.so.2", "linux"},
	    {"/nix/store/abc-glibc/lib/ld-linux-x86-64.so.2", "linux"},
	    {"/lib/ld-musl-x86_64.so.1", "linux"},
	    {"/system/bin/linker64", "linux"},
	    {"/usr/libexec/ld.so", "openbsd"},
	    {"/libexec/ld.elf_so", "netbsd"},
	    {"/usr/libexec/ld.elf_so", "netbsd"},
	    {"/usr/libexec/ld-elf.so.2", "dragonfly"},
	    {"/lib/amd64/ld.so.1", "illumos"},
	    {"/lib/ld-kfreebsd-x86-64.so.1", "freebsd"},
	    {"/system/runtime_loader", "haiku"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		eb_begin(&b);
		eb_interp(&b, cases[i].path);
		decided(cases[i].personality, "interpreter", cases[i].path);
	}
	eb_begin(&b);
	eb_interp(&b, "/opt/ld-elf.so.1");
	decided("linux", "fallback", "assumed");
}

static void test_rest(void)
{
	static const struct {
		const char *name, *personality;
	} sections[] = {
	    {".note.openbsd.ident", "openbsd"},
	    {".openbsd.randomdata", "openbsd"},
	    {".note.netbsd.ident", "netbsd"},
	    {".SUNW_version", "illumos"},
	    {".note.android.ident", "linux"},
	    {".note.ABI-tag", "linux"},
	    {".SUNW_a.name.longer.than.the.buffer.is", "illumos"},
	};
	static const struct {
		u8 osabi;
		const char *personality, *kind;
	} osabis[] = {{9, "freebsd", "osabi"},	{6, "illumos", "osabi"}, {2, "netbsd", "osabi"},
		      {12, "openbsd", "osabi"}, {3, "linux", "osabi"},	 {0, "linux", "fallback"}};

	eb_begin(&b);
	eb_add(&b, ELF_PT_OPENBSD_RANDOMIZE, 4, 0, 0, 0, 0);
	decided("openbsd", "segment", "PT_OPENBSD_RANDOMIZE");
	eb_begin(&b);
	eb_add(&b, ELF_PT_SUNWSTACK, 4, 0, 0, 0, 0);
	decided("illumos", "segment", "PT_SUNWSTACK");
	for (size_t i = 0; i < ARRAY_LEN(sections); i++) {
		eb_begin(&b);
		eb_section(&b, ".text", 1, 0, 0);
		eb_section(&b, sections[i].name, 1, 0, 0);
		eb_sections_end(&b);
		decided(sections[i].personality, "section", "");
	}
	for (size_t i = 0; i < ARRAY_LEN(osabis); i++) {
		eb_begin(&b);
		eb_header(&b)->ident[ELF_IDENT_OSABI] = osabis[i].osabi;
		decided(osabis[i].personality, osabis[i].kind, "");
		is_number(v.osabi, osabis[i].osabi, "EI_OSABI is reported");
	}
	eb_begin(&b);
	memcpy(eb_header(&b)->ident + ELF_IDENT_BRAND, "FreeBSD", 8);
	decided("freebsd", "osabi", "brand");
	eb_begin(&b);
	eb_header(&b)->ident[ELF_IDENT_OSABI] = 200;
	eb_end(&b, 4096);
	detect();
	is_string(v.personality, NULL, "an unknown EI_OSABI names no system");
	ok(strstr(v.reason, "200") != NULL, "and is told");
}

static void test_order(void)
{
	u32 word = 1400000;

	eb_begin(&b);
	eb_header(&b)->ident[ELF_IDENT_OSABI] = 12;
	eb_interp(&b, "/lib64/ld-linux-x86-64.so.2");
	gnu_tag(0, 3, 2, 0);
	eb_note(&b, "FreeBSD", 1, &word, 1);
	decided("freebsd", "note", "FreeBSD ABI");
	eb_begin(&b);
	eb_header(&b)->ident[ELF_IDENT_OSABI] = 9;
	gnu_tag(0, 3, 2, 0);
	eb_interp(&b, "/libexec/ld-elf.so.1");
	decided("linux", "note", "GNU ABI-tag");
	eb_begin(&b);
	eb_header(&b)->ident[ELF_IDENT_OSABI] = 9;
	eb_interp(&b, "/usr/libexec/ld.so");
	eb_add(&b, ELF_PT_SUNWSTACK, 4, 0, 0, 0, 0);
	decided("openbsd", "interpreter", "/usr/libexec/ld.so");
	eb_begin(&b);
	eb_header(&b)->ident[ELF_IDENT_OSABI] = 3;
	eb_section(&b, ".note.netbsd.ident", 1, 0, 0);
	eb_sections_end(&b);
	decided("netbsd", "section", ".note.netbsd.ident");
}

static void test_hostile(void)
{
	struct elf_note_header bad = {0xfffffff0, 0xfffffff0, 1};
	u64 at;

	eb_begin(&b);
	at = eb_append(&b, &bad, sizeof(bad));
	eb_add(&b, ELF_PT_NOTE, 4, at, 0, 4096, 0);
	decided("linux", "fallback", "assumed");
	eb_begin(&b);
	eb_add(&b, ELF_PT_NOTE, 4, ~0UL - 3, 0, ~0UL, 0);
	eb_add(&b, ELF_PT_INTERP, 4, ~0UL - 3, 0, ~0UL, 0);
	eb_header(&b)->shoff = ~0UL - 63;
	eb_header(&b)->shnum = 0xffff;
	eb_header(&b)->shstrndx = 1;
	decided("linux", "fallback", "assumed");
	eb_begin(&b);
	eb_header(&b)->phnum = 0xffff;
	eb_header(&b)->phentsize = 1;
	decided("linux", "fallback", "assumed");
}

static void bytes(const void *p, size_t n)
{
	memcpy(b.bytes, p, n);
	b.size = n;
}

static void format(enum loader_format want, const char *what)
{
	detect();
	is_number(v.format, want, "%s is %s", what, loader_format_name(want));
	is_string(v.personality, NULL, "and names no system");
}

static void test_formats(void)
{
	u8 aout[16] = {0407 & 0xff, 0407 >> 8, 0x20};

	bytes("", 0);
	format(LOADER_EMPTY, "no byte at all");
	bytes("#!/bin/sh\n", 10);
	format(LOADER_SCRIPT, "a script");
	bytes("#!", 2);
	format(LOADER_SCRIPT, "a bare #!");
	bytes("MZ\220\0", 4);
	format(LOADER_PE, "MZ");
	bytes("\317\372\355\376", 4);
	format(LOADER_MACHO, "cf fa ed fe");
	bytes(aout, sizeof(aout));
	format(LOADER_AOUT, "magic 0407");
	ok(strstr(v.reason, "0407") != NULL, "which is told in octal");
	bytes("hello, world\n", 13);
	format(LOADER_UNKNOWN, "text");
	bytes("\177EL", 3);
	format(LOADER_UNKNOWN, "less than ELF's magic");
	bytes("\177ELF\2\1\1", 7);
	format(LOADER_ELF64, "a truncated header");
	ok(strstr(v.reason, "truncated") != NULL, "and that is said");
	eb_begin(&b);
	b.bytes[ELF_IDENT_DATA] = ELF_DATA_MSB;
	b.bytes[19] = 43;
	b.bytes[18] = 0;
	format(LOADER_ELF64, "big-endian SPARC");
	is_number(v.machine, 43, "its machine is read in its own order");
	ok(v.big_endian, "big-endian");
}

static void test_elf32(void)
{
	struct elf32_header h = {
	    .type = 2, .machine = 3, .version = 1, .phoff = 52, .phentsize = 32};
	struct elf32_phdr ph = {.type = ELF_PT_NOTE, .offset = 128, .filesz = 24};
	struct elf_note_header n = {8, 4, 1};
	u32 word = 903000;

	memset(&b, 0, sizeof(b));
	memcpy(h.ident, "\177ELF\1\1\1", 7);
	h.phnum = 1;
	memcpy(b.bytes, &h, sizeof(h));
	memcpy(b.bytes + 52, &ph, sizeof(ph));
	memcpy(b.bytes + 128, &n, sizeof(n));
	memcpy(b.bytes + 140, "FreeBSD", 8);
	memcpy(b.bytes + 148, &word, 4);
	b.size = 152;
	detect();
	is_number(v.format, LOADER_ELF32, "a 32-bit file");
	is_string(v.personality, "freebsd", "is looked into as well");
	is_number(v.abi_version, 903000, "with its version");
}

static long broken_pread(void *ctx, void *buf, size_t n, u64 off)
{
	(void)ctx, (void)buf, (void)n, (void)off;
	return -CORE_EISDIR;
}

int main(void)
{
	struct loader_source broken = {.pread = broken_pread, .size = 4096};

	test_notes();
	test_note_sections();
	test_interpreters();
	test_rest();
	test_order();
	test_hostile();
	test_formats();
	test_elf32();
	is_number(loader_detect(&broken, &v), -CORE_EISDIR, "an error of reading is passed on");
	return tap_end();
}
