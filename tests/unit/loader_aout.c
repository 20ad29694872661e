/* SPDX-License-Identifier: BSD-2-Clause */
/* PDP-11 executables: what is one, where its parts go, whose it is. */
#include <stdlib.h>

#include "core/abi.h"
#include "loader/aout.h"
#include "loader/detect.h"
#include "tests/unit/tap.h"

static u8 file[70000];
static u32 size;

static long pread_file(void *ctx, void *buf, size_t n, u64 off)
{
	(void)ctx;
	n = MIN(n, off < size ? size - off : 0);
	memcpy(buf, file + off, n);
	return (long)n;
}

static struct loader_source source(void)
{
	return (struct loader_source){.pread = pread_file, .size = size};
}

static void put(u32 at, u32 value)
{
	file[at] = (u8)value;
	file[at + 1] = (u8)(value >> 8);
}

static void header(u32 magic, u32 text, u32 data, u32 bss)
{
	memset(file, 0, sizeof(file));
	put(0, magic);
	put(2, text);
	put(4, data);
	put(6, bss);
	put(14, 1);
	size = 16 + text + data;
}

static void text(u32 n, const u16 *words)
{
	for (u32 i = 0; i < n; i++)
		put(16 + 2 * i, words[i]);
}
#define TEXT(...) text(sizeof((u16[]){__VA_ARGS__}) / 2, (u16[]){__VA_ARGS__})

static struct loader_verdict verdict(void)
{
	struct loader_source src = source();
	struct loader_verdict v;

	loader_detect(&src, &v);
	return v;
}

static long plan(const char *personality, struct loader_aout *a)
{
	struct loader_source src = source();
	struct loader_error err;

	return loader_aout_plan(&src, personality, a, &err);
}

static void test_layouts(void)
{
	struct loader_aout a;

	header(0407, 01000, 0200, 0100);
	is_number(plan("v7", &a), 0, "0407 is planned");
	ok(!a.pure && !a.split && a.data_addr == 01000, "its data follows its text");
	header(0410, 016200, 01370, 07400);
	is_number(plan("v7", &a), 0, "0410 is planned");
	ok(a.pure && !a.split && a.data_addr == 020000, "its data begins at the next 8 KiB");
	is_number(a.data_off, 020 + 016200, "and in the file behind its text");
	header(0411, 0160000, 0100, 0100);
	is_number(plan("v7", &a), 0, "0411 is planned");
	ok(a.split && a.data_addr == 0, "its data has a space of its own");
	header(0410, 0160000, 020000, 0);
	is_number(plan("v7", &a), 0, "64 KiB fit");
	header(0410, 0160002, 020000, 0);
	is_number(plan("v7", &a), -CORE_ENOMEM, "a word more does not");
	header(0407, 0200, 0, 0);
	plan("v2", &a);
	ok(a.text_addr == 040000 && a.entry == 040000, "the Second Edition's are at 040000");
}

static void test_first_edition(void)
{
	struct loader_aout a;

	memset(file, 0, sizeof(file));
	put(0, 0405);
	put(2, 0214);
	put(4, 24);
	put(8, 0100);
	size = 0214 + 24;
	is_string(verdict().personality, "v1", "six words and 0405 are the First Edition's");
	is_number(plan("v1", &a), 0, "it is planned");
	ok(a.text_off == 0 && a.text_addr == 040000 && a.text == 0214, "its header is loaded, too");
	is_number(a.bss, 0100, "its data is zero");
	put(4, 25);
	ok(verdict().format != LOADER_PDP11, "symbols have twelve bytes each");
}

static void test_overlays(void)
{
	struct loader_aout a;

	header(0430, 0100, 0, 0);
	put(16, 040);
	put(18, 040);
	put(20, 020);
	size = 48 + 0100 + 060;
	is_number(plan("bsd211", &a), 0, "overlays are planned");
	ok(a.overlay[1] == 020 && a.overlay_off[1] == 48 + 0100 + 040,
	   "the second behind the first");
	ok(a.overlay_addr == 020000 && a.data_addr == 040000, "data begins above their room");
	put(20, 042);
	is_number(plan("bsd211", &a), -CORE_ENOEXEC, "none may be larger than the largest");
	header(0431, 0100, 0, 0);
	put(16, 040);
	put(18, 040);
	put(32, 0170011);
	size = 32 + 0100 + 040;
	is_number(plan("bsd29", &a), 0, "seven overlays are planned");
	is_number(a.text_off, 32, "the text follows seven sizes");
	is_string(verdict().personality, "bsd29", "seven overlays are 2.9BSD's");
}

static void test_editions(void)
{
	header(0410, 0200, 0, 0);
	TEXT(0170011, 010600, 011046, 005720, 010066);
	is_string(verdict().personality, "v6", "crt0 of the Sixth Edition");
	ok(verdict().weak, "may be one of PWB/UNIX");
	put(0100, 0104433);
	is_string(verdict().personality, "pwb", "with alarm it is");
	ok(!verdict().weak, "for certain");
	header(0410, 0200, 0, 0);
	TEXT(0170011, 010600, 011046, 005720, 010066);
	put(0100, 010446);
	put(0102, 010346);
	put(0104, 010246);
	put(0106, 0162006);
	is_string(verdict().personality, "v6", "registers are saved by csv as well");
	put(0110, 0110);
	is_string(verdict().personality, "v5", "by rsave in the Fifth Edition");
	header(0410, 0200, 0, 0);
	TEXT(0170011, 016600, 2, 005060, 0177776);
	is_string(verdict().personality, "v7", "crt0 of the Seventh");
	ok(verdict().weak, "may be a descendant's");
	put(0100, 0104476);
	put(0110, 0104477);
	is_string(verdict().personality, "sysv-pdp11", "with fcntl and ulimit it is System III's");
	header(0410, 0200, 0, 0);
	TEXT(0170011, 016600, 2, 005060, 0177776);
	put(0100, 0104405);
	put(0106, 0104400 + 48);
	is_string(verdict().personality, "v7", "room for two arguments of open is the Seventh's");
	put(0106, 0);
	put(0110, 0104400 + 48);
	is_string(verdict().personality, "sysv-pdp11", "for three, System III's");
	header(0410, 0200, 0, 0);
	TEXT(0170011, 0162706, 4, 010600);
	is_string(verdict().personality, "bsd211", "crt0 of 2.11BSD");
	header(0407, 0200, 0, 0);
	TEXT(005000, 0104423, 0, 0, 0103402, 0104401);
	is_string(verdict().personality, "v6", "a seek with two words behind it");
	TEXT(005000, 0104423, 0, 01000, 0, 0104401);
	is_string(verdict().personality, "v7", "and one with three");
	TEXT(005000, 0104401, 0, 0, 0, 0);
	is_string(verdict().reason_kind, "fallback", "nothing at all is a guess");
	TEXT(013701, 0177304, 0104401, 0, 0, 0);
	is_string(verdict().personality, "v2", "the arithmetic element is older");
}

/* In a tree of each system; NULL: on its own. */
static void test_trees(void)
{
	struct loader_verdict v = {.format = LOADER_PDP11, .personality = "v6", .weak = true};

	v.reason_kind = "start-up code";
	is_string(loader_aout_edition(&v, NULL), "v6", "without a tree a program is what it is");
	is_string(loader_aout_edition(&v, "v5"), "v5", "a tree of the Fifth Edition has its own");
	is_string(loader_aout_edition(&v, "pwb"), "pwb", "PWB/UNIX too");
	is_string(loader_aout_edition(&v, "v7"), "v6", "the Seventh ran the Sixth's");
	is_string(loader_aout_edition(&v, "v2"), "v6", "by C, none of the Second's");
	v.personality = "v5";
	is_string(loader_aout_edition(&v, "v6"), "v6", "the Sixth ran the Fifth's");
	is_string(loader_aout_edition(&v, "bsd29"), "v5", "which are none of a descendant's");
	v.personality = "v7";
	is_string(loader_aout_edition(&v, "v6"), "v7", "a newer program stays one");
	is_string(loader_aout_edition(&v, "sysv-pdp11"), "sysv-pdp11", "but for a descendant");
	is_string(loader_aout_edition(&v, "bsd211"), "v7", "2.11BSD's are not of its kind");
	v.reason_kind = "fallback";
	is_string(loader_aout_edition(&v, "bsd211"), "bsd211", "what nothing tells is the tree's");
	is_string(loader_aout_edition(&v, "v5"), "v5", "of any tree");
	is_string(loader_aout_edition(&v, "v1"), "v2", "of 0407 in the First's, the Second's");
	v.weak = false;
	v.personality = "pwb";
	is_string(loader_aout_edition(&v, "v6"), "pwb", "what is certain stays");
}

static void test_others(void)
{
	header(0407, 0100, 0, 0);
	size = 0100;
	ok(verdict().format == LOADER_AOUT, "a file shorter than its segments is no program");
	header(0407, 0100, 0, 0);
	put(10, 0100);
	ok(verdict().format == LOADER_AOUT, "nor one that starts behind its text");
	header(0407, 0100, 0, 0);
	put(10, 3);
	ok(verdict().format == LOADER_AOUT, "or at an odd address");
	header(0407, 0, 0100, 0);
	ok(verdict().format == LOADER_AOUT, "or has none");
	header(0413, 0100, 0, 0);
	ok(verdict().format == LOADER_AOUT, "0413 is not a PDP-11's");
	for (size = 0; size < 16; size++)
		ok(verdict().format != LOADER_PDP11, "%u bytes are not enough", size);
}

int main(void)
{
	test_layouts();
	test_first_edition();
	test_overlays();
	test_editions();
	test_trees();
	test_others();
	return tap_end();
}
