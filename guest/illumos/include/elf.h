/* SPDX-License-Identifier: BSD-2-Clause */
/* What dl_iterate_phdr(3C) tells of. Source: gABI chapter 4, usr/src/uts/common/sys/elf.h. */
#ifndef _FB_ILLUMOS_ELF_H
#define _FB_ILLUMOS_ELF_H

#include <stdint.h>

typedef uint64_t Elf64_Addr, Elf64_Off, Elf64_Xword;
typedef uint32_t Elf64_Word;
typedef uint16_t Elf64_Half;
typedef int64_t Elf64_Sxword;
typedef struct {
	Elf64_Word p_type, p_flags;
	Elf64_Off p_offset;
	Elf64_Addr p_vaddr, p_paddr;
	Elf64_Xword p_filesz, p_memsz, p_align;
} Elf64_Phdr;
typedef struct {
	Elf64_Xword d_tag;
	union {
		Elf64_Xword d_val;
		Elf64_Addr d_ptr;
	} d_un;
} Elf64_Dyn;
typedef struct {
	Elf64_Word st_name;
	unsigned char st_info, st_other;
	Elf64_Half st_shndx;
	Elf64_Addr st_value;
	Elf64_Xword st_size;
} Elf64_Sym;

#define PT_LOAD	   1
#define PT_DYNAMIC 2
#define PT_INTERP  3
#define PT_NOTE	   4
#define PT_PHDR	   6
#define PT_TLS	   7
#define PF_X	   1
#define PF_W	   2
#define PF_R	   4

#endif
