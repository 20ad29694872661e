/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld/elf.h: the parts of ELF a dynamic linker for x86-64 reads.
 *
 * Source: System V ABI, gABI chapters 4 and 5, x86-64 supplement 4.4 (relocations); DT_SUNW_
 * values: illumos's usr/src/uts/common/sys/link.h.
 */
#ifndef FB_GUEST_ILLUMOS_ELF_H
#define FB_GUEST_ILLUMOS_ELF_H

#include <stdint.h>

struct elf_ehdr {
	uint8_t ident[16];
	uint16_t type, machine;
	uint32_t version;
	uint64_t entry, phoff, shoff;
	uint32_t flags;
	uint16_t ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};

struct elf_phdr {
	uint32_t type, flags;
	uint64_t offset, vaddr, paddr, filesz, memsz, align;
};

struct elf_dyn {
	int64_t tag;
	uint64_t value;
};

struct elf_sym {
	uint32_t name;
	uint8_t info, other;
	uint16_t section;
	uint64_t value, size;
};

struct elf_rela {
	uint64_t offset, info;
	int64_t addend;
};

#define ELF_TYPE_DYN	   3
#define ELF_MACHINE_X86_64 62

#define PT_LOAD	     1
#define PT_DYNAMIC   2
#define PT_TLS	     7
#define PT_GNU_RELRO 0x6474e552
#define PF_X	     1
#define PF_W	     2
#define PF_R	     4

#define DT_NULL		   0
#define DT_NEEDED	   1
#define DT_PLTRELSZ	   2
#define DT_HASH		   4
#define DT_STRTAB	   5
#define DT_SYMTAB	   6
#define DT_RELA		   7
#define DT_RELASZ	   8
#define DT_STRSZ	   10
#define DT_INIT		   12
#define DT_FINI		   13
#define DT_SONAME	   14
#define DT_RPATH	   15
#define DT_JMPREL	   23
#define DT_INIT_ARRAY	   25
#define DT_FINI_ARRAY	   26
#define DT_INIT_ARRAYSZ	   27
#define DT_FINI_ARRAYSZ	   28
#define DT_RUNPATH	   29
#define DT_PREINIT_ARRAY   32
#define DT_PREINIT_ARRAYSZ 33
#define DT_GNU_HASH	   0x6ffffef5
#define DT_FLAGS_1	   0x6ffffffb
#define DF_1_NODELETE	   8
#define DF_1_INTERPOSE	   0x400
#define DT_FILTER	   0x7fffffff

#define SHN_UNDEF  0
#define STB_LOCAL  0
#define STB_GLOBAL 1
#define STB_WEAK   2
#define STT_TLS	   6
#define STT_IFUNC  10

#define R_NONE	    0
#define R_64	    1
#define R_PC32	    2
#define R_COPY	    5
#define R_GLOB_DAT  6
#define R_JUMP_SLOT 7
#define R_RELATIVE  8
#define R_32	    10
#define R_32S	    11
#define R_DTPMOD64  16
#define R_DTPOFF64  17
#define R_TPOFF64   18
#define R_PC64	    24
#define R_SIZE32    32
#define R_SIZE64    33
#define R_IRELATIVE 37

#endif
