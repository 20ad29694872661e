/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/elffile.h: the ELF format's structures and constants, and bounded access to the
 * tables of a file of either class.
 *
 * Source: System V ABI, Edition 4.1 and gABI chapters 4 and 5; the note types and
 * OS-specific segment types from FreeBSD's sys/elf_common.h and glibc's elf.h.
 */
#ifndef FB_LOADER_ELFFILE_H
#define FB_LOADER_ELFFILE_H

#include "loader/image.h"

#define ELF_CLASS_32 1
#define ELF_CLASS_64 2
#define ELF_DATA_LSB 1
#define ELF_DATA_MSB 2

#define ELF_IDENT_CLASS	  4
#define ELF_IDENT_DATA	  5
#define ELF_IDENT_VERSION 6
#define ELF_IDENT_OSABI	  7
#define ELF_IDENT_BRAND	  8 /* FreeBSD before 4.1 wrote its name here */

#define ELF_ET_REL  1
#define ELF_ET_EXEC 2
#define ELF_ET_DYN  3
#define ELF_ET_CORE 4

#define ELF_EM_386    3
#define ELF_EM_X86_64 62

#define ELF_PT_LOAD		 1
#define ELF_PT_DYNAMIC		 2
#define ELF_PT_INTERP		 3
#define ELF_PT_NOTE		 4
#define ELF_PT_PHDR		 6
#define ELF_PT_TLS		 7
#define ELF_PT_GNU_STACK	 0x6474e551
#define ELF_PT_OPENBSD_RANDOMIZE 0x65a3dbe6
#define ELF_PT_OPENBSD_WXNEEDED	 0x65a3dbe7
#define ELF_PT_OPENBSD_BOOTDATA	 0x65a41be6
#define ELF_PT_SUNWBSS		 0x6ffffffa
#define ELF_PT_SUNWSTACK	 0x6ffffffb
#define ELF_PT_SUNWDTRACE	 0x6ffffffc
#define ELF_PT_SUNWCAP		 0x6ffffffd

#define ELF_PF_X 1
#define ELF_PF_W 2
#define ELF_PF_R 4

#define ELF_SHT_NOTE 7

#define ELF_DT_NULL    0
#define ELF_DT_NEEDED  1
#define ELF_DT_STRTAB  5
#define ELF_DT_RELA    7
#define ELF_DT_RELASZ  8
#define ELF_DT_STRSZ   10
#define ELF_DT_SONAME  14
#define ELF_DT_RPATH   15
#define ELF_DT_RUNPATH 29

struct elf64_header {
	u8 ident[16];
	u16 type, machine;
	u32 version;
	u64 entry, phoff, shoff;
	u32 flags;
	u16 ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};
SIZE_ASSERT(struct elf64_header, 64);

struct elf64_phdr {
	u32 type, flags;
	u64 offset, vaddr, paddr, filesz, memsz, align;
};
SIZE_ASSERT(struct elf64_phdr, 56);

struct elf64_shdr {
	u32 name, type;
	u64 flags, addr, offset, size;
	u32 link, info;
	u64 addralign, entsize;
};
SIZE_ASSERT(struct elf64_shdr, 64);

struct elf32_header {
	u8 ident[16];
	u16 type, machine;
	u32 version;
	u32 entry, phoff, shoff;
	u32 flags;
	u16 ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};
SIZE_ASSERT(struct elf32_header, 52);

struct elf32_phdr {
	u32 type, offset, vaddr, paddr, filesz, memsz, flags, align;
};
SIZE_ASSERT(struct elf32_phdr, 32);

struct elf32_shdr {
	u32 name, type, flags, addr, offset, size, link, info, addralign, entsize;
};
SIZE_ASSERT(struct elf32_shdr, 40);

struct elf64_dyn {
	u64 tag, value;
};

struct elf64_rela {
	u64 offset, info;
	i64 addend;
};
SIZE_ASSERT(struct elf64_rela, 24);

#define ELF_R_X86_64_RELATIVE 8 /* in the low half of info */

struct elf_note_header {
	u32 namesz, descsz, type;
};

/* One ELF file, little-endian, headers widened to 64 bits. */
struct elf_file {
	struct loader_window window;
	struct elf64_header header;
	bool is64;
};

/*
 * Reads and widens the file header. -CORE_ENOEXEC when this is no little-endian ELF file
 * of a known class; nothing else is checked.
 */
long elf_file_open(struct elf_file *f, const struct loader_source *src);
/* The same of a file whose window is set up, and has perhaps been read through. */
long elf_file_begin(struct elf_file *f);

/* The i-th program or section header, widened. -CORE_ENOEXEC when it is not in the file. */
long elf_file_phdr(struct elf_file *f, u32 i, struct elf64_phdr *out);
long elf_file_shdr(struct elf_file *f, u32 i, struct elf64_shdr *out);

/*
 * Calls each() for every note in [off, off + size): name is NUL-terminated (cut at 31
 * bytes), desc holds its first descsz bytes up to 16. Stops at the first that does not fit.
 */
struct elf_note {
	char name[32];
	u32 namesz, descsz, type;
	u32 desc[4];
};
void elf_file_notes(struct elf_file *f, u64 off, u64 size, u64 align,
		    void (*each)(void *ctx, const struct elf_note *note), void *ctx);

/* The name of a machine number for a sentence ("AArch64"), or NULL. */
const char *elf_machine_name(u16 machine);

#endif
