/* SPDX-License-Identifier: BSD-2-Clause */
/* loader/elffile.c: bounded access to the tables of an ELF file of either class. */

#include "core/abi.h"
#include "lib/mem.h"
#include "loader/elffile.h"

#define ELF_NOTES_MAX 64 /* per table; real files have fewer than ten */

long elf_file_open(struct elf_file *f, const struct loader_source *src)
{
	loader_window_init(&f->window, src);
	return elf_file_begin(f);
}

long elf_file_begin(struct elf_file *f)
{
	struct elf32_header h32;
	u8 ident[16];
	long err;

	err = loader_window_read(&f->window, ident, sizeof(ident), 0);
	if (err)
		return err;
	if (memcmp(ident, "\177ELF", 4) || ident[ELF_IDENT_DATA] != ELF_DATA_LSB)
		return -CORE_ENOEXEC;
	if (ident[ELF_IDENT_CLASS] == ELF_CLASS_64) {
		f->is64 = true;
		return loader_window_read(&f->window, &f->header, sizeof(f->header), 0);
	}
	if (ident[ELF_IDENT_CLASS] != ELF_CLASS_32)
		return -CORE_ENOEXEC;
	f->is64 = false;
	err = loader_window_read(&f->window, &h32, sizeof(h32), 0);
	if (err)
		return err;
	memcpy(f->header.ident, h32.ident, sizeof(h32.ident));
	f->header.type = h32.type;
	f->header.machine = h32.machine;
	f->header.version = h32.version;
	f->header.entry = h32.entry;
	f->header.phoff = h32.phoff;
	f->header.shoff = h32.shoff;
	f->header.flags = h32.flags;
	f->header.ehsize = h32.ehsize;
	f->header.phentsize = h32.phentsize;
	f->header.phnum = h32.phnum;
	f->header.shentsize = h32.shentsize;
	f->header.shnum = h32.shnum;
	f->header.shstrndx = h32.shstrndx;
	return 0;
}

long elf_file_phdr(struct elf_file *f, u32 i, struct elf64_phdr *out)
{
	struct elf32_phdr p;
	u64 step = f->is64 ? sizeof(*out) : sizeof(p);
	u64 off;
	long err;

	if (i >= f->header.phnum || f->header.phentsize != step ||
	    __builtin_add_overflow(f->header.phoff, i * step, &off))
		return -CORE_ENOEXEC;
	if (f->is64)
		return loader_window_read(&f->window, out, sizeof(*out), off);
	err = loader_window_read(&f->window, &p, sizeof(p), off);
	if (err)
		return err;
	*out = (struct elf64_phdr){.type = p.type,
				   .flags = p.flags,
				   .offset = p.offset,
				   .vaddr = p.vaddr,
				   .paddr = p.paddr,
				   .filesz = p.filesz,
				   .memsz = p.memsz,
				   .align = p.align};
	return 0;
}

long elf_file_shdr(struct elf_file *f, u32 i, struct elf64_shdr *out)
{
	struct elf32_shdr s;
	u64 step = f->is64 ? sizeof(*out) : sizeof(s);
	u64 off;
	long err;

	if (i >= f->header.shnum || f->header.shentsize != step ||
	    __builtin_add_overflow(f->header.shoff, i * step, &off))
		return -CORE_ENOEXEC;
	if (f->is64)
		return loader_window_read(&f->window, out, sizeof(*out), off);
	err = loader_window_read(&f->window, &s, sizeof(s), off);
	if (err)
		return err;
	*out = (struct elf64_shdr){.name = s.name,
				   .type = s.type,
				   .flags = s.flags,
				   .addr = s.addr,
				   .offset = s.offset,
				   .size = s.size,
				   .link = s.link,
				   .info = s.info,
				   .addralign = s.addralign,
				   .entsize = s.entsize};
	return 0;
}

void elf_file_notes(struct elf_file *f, u64 off, u64 size, u64 align,
		    void (*each)(void *ctx, const struct elf_note *note), void *ctx)
{
	struct elf_note_header h;
	struct elf_note note;
	u64 file = f->window.src->size;

	/* Only GNU property notes are laid out in units of eight. */
	align = align == 8 ? 8 : 4;
	if (off > file)
		return;
	size = MIN(size, file - off);
	for (u32 i = 0; i < ELF_NOTES_MAX && size >= sizeof(h); i++) {
		u64 desc, next;

		if (loader_window_read(&f->window, &h, sizeof(h), off))
			return;
		desc = ALIGN_UP(sizeof(h) + (u64)h.namesz, align);
		next = ALIGN_UP(desc + h.descsz, align);
		if (desc + h.descsz > size)
			return;
		memset(&note, 0, sizeof(note));
		note.namesz = h.namesz;
		note.descsz = h.descsz;
		note.type = h.type;
		if (loader_window_read(&f->window, note.name,
				       (u32)MIN(h.namesz, sizeof(note.name) - 1), off + sizeof(h)))
			return;
		if (loader_window_read(&f->window, note.desc, (u32)MIN(h.descsz, sizeof(note.desc)),
				       off + desc))
			return;
		each(ctx, &note);
		if (next > size)
			return;
		off += next;
		size -= next;
	}
}

const char *elf_machine_name(u16 machine)
{
	/* Numbers: glibc's elf.h. */
	static const struct {
		u16 number;
		const char *name;
	} machines[] = {
	    {ELF_EM_386, "i386"}, {ELF_EM_X86_64, "x86-64"}, {2, "SPARC"},   {8, "MIPS"},
	    {20, "PowerPC"},	  {21, "PowerPC64"},	     {22, "S/390"},  {40, "ARM"},
	    {43, "SPARC V9"},	  {50, "Itanium"},	     {65, "PDP-11"}, {75, "VAX"},
	    {183, "AArch64"},	  {243, "RISC-V"},	     {247, "BPF"},   {258, "LoongArch"},
	};

	for (size_t i = 0; i < ARRAY_LEN(machines); i++)
		if (machines[i].number == machine)
			return machines[i].name;
	return NULL;
}
