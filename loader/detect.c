/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/detect.c: weighs the evidence a file carries about the system it was made for.
 *
 * Sources: note names and types from FreeBSD's sys/elf_common.h, glibc's elf.h and
 * binutils' elf/common.h; interpreters as the systems' own linkers write them; OSABI
 * numbers from the gABI's registry.
 */

#include "core/abi.h"
#include "lib/mem.h"
#include "loader/aout.h"
#include "loader/detect.h"
#include "loader/elffile.h"

#define SECTIONS_MAX 512
#define PHDRS_MAX    1170

/* NT_GNU_ABI_TAG's first word. */
enum gnu_os { GNU_LINUX, GNU_HURD, GNU_SOLARIS, GNU_FREEBSD, GNU_NETBSD };

#define NT_ABI_TAG	       1 /* the same number under every owner's name */
#define NT_FREEBSD_FEATURE_CTL 4
#define NT_GO_BUILD_ID	       4

struct detective {
	struct elf_file file;
	struct loader_verdict *v;
	/* Evidence found while the notes were read, decided on afterwards. */
	bool has_gnu_tag;
	u32 gnu_tag[4];
};

static void decide(struct loader_verdict *v, const char *personality, const char *kind)
{
	v->personality = personality;
	v->reason_kind = kind;
}

/* ---- notes -------------------------------------------------------------------- */

static bool owner_is(const struct elf_note *n, const char *name)
{
	size_t len = strlen(name);

	/* Most writers count the NUL, some do not. */
	return (n->namesz == len || n->namesz == len + 1) && !memcmp(n->name, name, len);
}

static void see_freebsd(struct loader_verdict *v, const struct elf_note *n)
{
	if (n->type == NT_FREEBSD_FEATURE_CTL && n->descsz >= 4)
		v->feature_ctl = n->desc[0];
	if (n->type != NT_ABI_TAG || v->personality)
		return;
	decide(v, "freebsd", "note");
	v->abi_version = n->desc[0];
	fb_format(v->reason, sizeof(v->reason), "a FreeBSD ABI note, osreldate %u", n->desc[0]);
}

static void see_note(void *ctx, const struct elf_note *n)
{
	struct detective *d = ctx;
	struct loader_verdict *v = d->v;
	static const struct {
		const char *owner, *personality;
	} owners[] = {{"NetBSD", "netbsd"}, {"OpenBSD", "openbsd"}, {"DragonFly", "dragonfly"}};

	if (owner_is(n, "FreeBSD"))
		see_freebsd(v, n);
	if (owner_is(n, "Go") && n->type == NT_GO_BUILD_ID)
		v->is_go = true;
	if (owner_is(n, "GNU") && n->type == NT_ABI_TAG && n->descsz >= 16 && !d->has_gnu_tag) {
		d->has_gnu_tag = true;
		memcpy(d->gnu_tag, n->desc, sizeof(d->gnu_tag));
	}
	if (n->type != NT_ABI_TAG || v->personality)
		return;
	for (size_t i = 0; i < ARRAY_LEN(owners); i++) {
		if (!owner_is(n, owners[i].owner))
			continue;
		decide(v, owners[i].personality, "note");
		v->abi_version = n->desc[0];
		fb_format(v->reason, sizeof(v->reason), "a %s identification note, version %u",
			  owners[i].owner, n->desc[0]);
	}
	if (owner_is(n, "FeuerBird")) {
		decide(v, "feuerbird", "note");
		v->abi_version = n->desc[0];
		fb_format(v->reason, sizeof(v->reason), "a FeuerBird note, interface version %u",
			  n->desc[0]);
	}
	if (owner_is(n, "Android")) {
		decide(v, "linux", "note");
		v->is_android = true;
		v->abi_version = n->desc[0];
		fb_format(v->reason, sizeof(v->reason), "an Android note, API level %u",
			  n->desc[0]);
	}
}

static void weigh_gnu_tag(struct detective *d)
{
	static const struct {
		const char *personality, *name;
	} systems[] = {[GNU_LINUX] = {"linux", "Linux"},
		       [GNU_HURD] = {"hurd", "the Hurd"},
		       [GNU_SOLARIS] = {"illumos", "Solaris"},
		       [GNU_FREEBSD] = {"freebsd", "FreeBSD's kernel (GNU userland)"},
		       [GNU_NETBSD] = {"netbsd", "NetBSD's kernel (GNU userland)"}};
	struct loader_verdict *v = d->v;
	const u32 *tag = d->gnu_tag;

	if (v->personality || !d->has_gnu_tag || tag[0] >= ARRAY_LEN(systems))
		return;
	decide(v, systems[tag[0]].personality, "note");
	fb_format(v->reason, sizeof(v->reason), "a GNU ABI-tag note: %s %u.%u.%u",
		  systems[tag[0]].name, tag[1], tag[2], tag[3]);
	if (tag[0] == GNU_LINUX)
		v->abi_version = (tag[1] & 0xffff) << 16 | (tag[2] & 0xff) << 8 | (tag[3] & 0xff);
}

static void weigh_notes(struct detective *d)
{
	struct elf64_phdr ph;
	struct elf64_shdr sh;

	for (u32 i = 0; i < PHDRS_MAX && !elf_file_phdr(&d->file, i, &ph); i++) {
		if (ph.type != ELF_PT_NOTE)
			continue;
		d->v->has_notes = true;
		elf_file_notes(&d->file, ph.offset, ph.filesz, ph.align, see_note, d);
	}
	/* Some linkers keep notes out of the program headers. */
	for (u32 i = 0; i < SECTIONS_MAX && !d->v->has_notes; i++) {
		if (elf_file_shdr(&d->file, i, &sh))
			break;
		if (sh.type == ELF_SHT_NOTE)
			elf_file_notes(&d->file, sh.offset, sh.size, sh.addralign, see_note, d);
	}
	weigh_gnu_tag(d);
}

/* ---- interpreter -------------------------------------------------------------- */

static bool has_prefix(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

/* A rule that ends in '*' is a prefix; one without a slash is about the last component. */
static bool path_matches(const char *path, const char *rule)
{
	size_t len = strlen(rule);
	const char *base = strrchr(path, '/');

	if (!strchr(rule, '/'))
		path = base ? base + 1 : path;
	return rule[len - 1] == '*' ? !strncmp(path, rule, len - 1) : !strcmp(path, rule);
}

static void weigh_interpreter(struct detective *d)
{
	static const struct {
		const char *path, *personality;
	} rules[] = {
	    {"/libexec/ld-elf.so.1", "freebsd"},
	    {"/usr/libexec/ld-elf.so.1", "freebsd"}, /* FreeBSD before 5; also old DragonFly */
	    {"/libexec/ld-elf32.so.1", "freebsd"},
	    {"/lib/ld-kfreebsd*", "freebsd"},
	    {"/libexec/ld-elf.so.2", "dragonfly"},
	    {"/usr/libexec/ld-elf.so.2", "dragonfly"},
	    {"/libexec/ld.elf_so", "netbsd"},
	    {"/usr/libexec/ld.elf_so", "netbsd"},
	    {"/usr/libexec/ld.so", "openbsd"},
	    {"/lib/amd64/ld.so.1", "illumos"},
	    {"/lib/64/ld.so.1", "illumos"},
	    {"/usr/lib/amd64/ld.so.1", "illumos"},
	    {"/usr/lib/64/ld.so.1", "illumos"},
	    {"/usr/lib/ld.so.1", "illumos"},
	    {"/system/runtime_loader", "haiku"},
	    {"/system/bin/linker*", "linux"},
	    /* Last components, because distributions and build tools move them. */
	    {"ld-linux*", "linux"},
	    {"ld-musl-*", "linux"},
	    {"ld-uClibc*", "linux"},
	    {"ld64-uClibc*", "linux"},
	};
	struct loader_verdict *v = d->v;
	struct elf64_phdr ph;
	char path[96];

	for (u32 i = 0; i < PHDRS_MAX && !elf_file_phdr(&d->file, i, &ph); i++) {
		if (ph.type != ELF_PT_INTERP)
			continue;
		if (loader_window_string(&d->file.window, path, sizeof(path), ph.offset,
					 ph.filesz) <= 0)
			return;
		for (size_t r = 0; r < ARRAY_LEN(rules); r++) {
			if (!path_matches(path, rules[r].path))
				continue;
			decide(v, rules[r].personality, "interpreter");
			v->is_android = has_prefix(path, "/system/bin/linker");
			fb_format(v->reason, sizeof(v->reason), "its interpreter is %s", path);
			return;
		}
		return;
	}
}

/* ---- segments and sections ------------------------------------------------------ */

static void weigh_segments(struct detective *d)
{
	static const struct {
		u32 type;
		const char *name, *personality;
	} rules[] = {
	    {ELF_PT_OPENBSD_RANDOMIZE, "PT_OPENBSD_RANDOMIZE", "openbsd"},
	    {ELF_PT_OPENBSD_WXNEEDED, "PT_OPENBSD_WXNEEDED", "openbsd"},
	    {ELF_PT_OPENBSD_BOOTDATA, "PT_OPENBSD_BOOTDATA", "openbsd"},
	    {ELF_PT_SUNWBSS, "PT_SUNWBSS", "illumos"},
	    {ELF_PT_SUNWSTACK, "PT_SUNWSTACK", "illumos"},
	    {ELF_PT_SUNWDTRACE, "PT_SUNWDTRACE", "illumos"},
	    {ELF_PT_SUNWCAP, "PT_SUNWCAP", "illumos"},
	};
	struct elf64_phdr ph;

	for (u32 i = 0; i < PHDRS_MAX && !elf_file_phdr(&d->file, i, &ph); i++) {
		for (size_t r = 0; r < ARRAY_LEN(rules); r++) {
			if (ph.type != rules[r].type)
				continue;
			decide(d->v, rules[r].personality, "segment");
			fb_format(d->v->reason, sizeof(d->v->reason), "it has a segment of type %s",
				  rules[r].name);
			return;
		}
	}
}

static void weigh_sections(struct detective *d)
{
	static const struct {
		const char *prefix, *personality;
	} rules[] = {
	    {".note.openbsd.", "openbsd"}, {".openbsd.", "openbsd"},
	    {".note.netbsd.", "netbsd"},   {".note.dragonfly.", "dragonfly"},
	    {".SUNW_", "illumos"},	   {".note.android.", "linux"},
	    {".note.ABI-tag", "linux"},
	};
	struct elf64_shdr names, sh;
	char name[32];

	if (elf_file_shdr(&d->file, d->file.header.shstrndx, &names))
		return;
	for (u32 i = 1; i < SECTIONS_MAX && !elf_file_shdr(&d->file, i, &sh); i++) {
		if (sh.name >= names.size || names.offset > d->file.window.src->size)
			continue;
		/* A name longer than any rule needs is cut, not skipped. */
		memset(name, 0, sizeof(name));
		loader_window_string(&d->file.window, name, sizeof(name), names.offset + sh.name,
				     names.size - sh.name);
		name[sizeof(name) - 1] = 0;
		for (size_t r = 0; r < ARRAY_LEN(rules); r++) {
			if (!has_prefix(name, rules[r].prefix))
				continue;
			decide(d->v, rules[r].personality, "section");
			fb_format(d->v->reason, sizeof(d->v->reason), "it has a section named %s",
				  name);
			return;
		}
	}
}

/* ---- EI_OSABI and the fallback ---------------------------------------------------- */

static void weigh_osabi(struct detective *d)
{
	static const struct {
		u8 osabi;
		const char *name, *personality;
	} rules[] = {
	    {2, "NetBSD", "netbsd"},   {3, "GNU/Linux", "linux"}, {4, "GNU/Hurd", "hurd"},
	    {6, "Solaris", "illumos"}, {9, "FreeBSD", "freebsd"}, {12, "OpenBSD", "openbsd"},
	};
	const u8 *ident = d->file.header.ident;
	struct loader_verdict *v = d->v;

	for (size_t r = 0; r < ARRAY_LEN(rules); r++) {
		if (ident[ELF_IDENT_OSABI] != rules[r].osabi)
			continue;
		decide(v, rules[r].personality, "osabi");
		fb_format(v->reason, sizeof(v->reason), "EI_OSABI is %u (%s)", rules[r].osabi,
			  rules[r].name);
		return;
	}
	if (!memcmp(ident + ELF_IDENT_BRAND, "FreeBSD", 7)) {
		decide(v, "freebsd", "osabi");
		fb_format(v->reason, sizeof(v->reason),
			  "it bears the FreeBSD brand of before EI_OSABI");
		return;
	}
	if (ident[ELF_IDENT_OSABI] == 0) {
		decide(v, "linux", "fallback");
		fb_format(v->reason, sizeof(v->reason),
			  "nothing in it names a system; Linux is assumed");
		return;
	}
	fb_format(v->reason, sizeof(v->reason), "EI_OSABI is %u, which names no system known here",
		  ident[ELF_IDENT_OSABI]);
}

static void detect_elf(struct detective *d)
{
	static void (*const order[])(struct detective *) = {
	    weigh_notes, weigh_interpreter, weigh_segments, weigh_sections, weigh_osabi};
	struct loader_verdict *v = d->v;

	v->osabi = d->file.header.ident[ELF_IDENT_OSABI];
	v->elf_type = d->file.header.type;
	v->machine = d->file.header.machine;
	for (size_t i = 0; i < ARRAY_LEN(order) && !v->personality; i++)
		order[i](d);
}

/* ---- everything that is not ELF --------------------------------------------------- */

/* Source: 7th Edition and 2.11BSD a.out(5); 4.3BSD's ZMAGIC 0413. */
static bool is_aout_magic(u32 magic)
{
	return magic == 0405 || magic == 0407 || magic == 0410 || magic == 0411 || magic == 0413 ||
	       magic == 0430 || magic == 0431;
}

static void detect_other(struct loader_verdict *v, const u8 *head, u32 len)
{
	u32 le16 = (u32)(head[0] | head[1] << 8);
	u32 be32 = (u32)head[0] << 24 | (u32)head[1] << 16 | (u32)head[2] << 8 | head[3];

	v->reason_kind = "magic";
	if (len >= 2 && head[0] == '#' && head[1] == '!') {
		v->format = LOADER_SCRIPT;
		fb_format(v->reason, sizeof(v->reason), "it begins with #!");
	} else if (len >= 2 && head[0] == 'M' && head[1] == 'Z') {
		v->format = LOADER_PE;
		fb_format(v->reason, sizeof(v->reason),
			  "it begins with MZ, as Windows programs do");
	} else if (len >= 4 && (be32 == 0xcffaedfe || be32 == 0xcefaedfe || be32 == 0xcafebabe)) {
		v->format = LOADER_MACHO;
		fb_format(v->reason, sizeof(v->reason), "it begins with Mach-O's magic number");
	} else if (len >= 16 && is_aout_magic(le16)) {
		v->format = LOADER_AOUT;
		fb_format(v->reason, sizeof(v->reason),
			  "it begins with a.out's magic number 0%u%u%u", le16 >> 6, le16 >> 3 & 7,
			  le16 & 7);
	} else {
		v->format = LOADER_UNKNOWN;
		v->reason_kind = NULL;
		fb_format(v->reason, sizeof(v->reason), "its first bytes are no format known here");
	}
}

long loader_detect(const struct loader_source *src, struct loader_verdict *v)
{
	struct detective d = {.v = v};
	u8 head[48] = {0}; /* as far as e_machine; an a.out header with overlays */
	u32 len = (u32)MIN(src->size, sizeof(head));
	long err;

	memset(v, 0, sizeof(*v));
	loader_window_init(&d.file.window, src);
	err = loader_window_read(&d.file.window, head, len, 0);
	if (err && err != -CORE_ENOEXEC)
		return err;
	if (len == 0) {
		v->format = LOADER_EMPTY;
		fb_format(v->reason, sizeof(v->reason), "it has no bytes");
		return 0;
	}
	if (len < 4 || memcmp(head, "\177ELF", 4)) {
		if (loader_aout_plausible(head, len, src->size)) {
			v->format = LOADER_PDP11;
			return loader_aout_detect(src, v);
		}
		detect_other(v, head, len);
		return 0;
	}
	err = elf_file_begin(&d.file);
	if (!err) {
		v->format = d.file.is64 ? LOADER_ELF64 : LOADER_ELF32;
		detect_elf(&d);
		return 0;
	}
	if (err != -CORE_ENOEXEC)
		return err;
	/* Not one whose tables can be read: say what little can be told. */
	v->format = head[ELF_IDENT_CLASS] == ELF_CLASS_32 ? LOADER_ELF32 : LOADER_ELF64;
	v->osabi = head[ELF_IDENT_OSABI];
	v->big_endian = head[ELF_IDENT_DATA] == ELF_DATA_MSB;
	if (v->big_endian) {
		v->elf_type = (u16)(head[16] << 8 | head[17]);
		v->machine = (u16)(head[18] << 8 | head[19]);
		fb_format(v->reason, sizeof(v->reason), "it is a big-endian ELF file");
	} else {
		fb_format(v->reason, sizeof(v->reason), "its ELF header is truncated or damaged");
	}
	return 0;
}

const char *loader_format_name(enum loader_format format)
{
	switch (format) {
	case LOADER_ELF64:
		return "ELF, 64 bits";
	case LOADER_ELF32:
		return "ELF, 32 bits";
	case LOADER_SCRIPT:
		return "script";
	case LOADER_AOUT:
		return "a.out";
	case LOADER_PDP11:
		return "PDP-11 a.out";
	case LOADER_PE:
		return "PE (Windows)";
	case LOADER_MACHO:
		return "Mach-O";
	case LOADER_EMPTY:
		return "empty file";
	case LOADER_UNKNOWN:
		break;
	}
	return "unknown";
}
