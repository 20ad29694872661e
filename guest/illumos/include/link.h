/* SPDX-License-Identifier: BSD-2-Clause */
/* Objects of a process. Source: usr/src/head/link.h, usr/src/uts/common/sys/link.h. */
#ifndef _FB_ILLUMOS_LINK_H
#define _FB_ILLUMOS_LINK_H

#include <dlfcn.h>
#include <elf.h>

#define ElfW(type) Elf64_##type

typedef struct link_map Link_map;
struct link_map {
	unsigned long l_addr;
	char *l_name;
	Elf64_Dyn *l_ld;
	Link_map *l_next, *l_prev;
	char *l_refname;
};
struct dl_phdr_info {
	ElfW(Addr) dlpi_addr;
	const char *dlpi_name;
	const ElfW(Phdr) * dlpi_phdr;
	ElfW(Half) dlpi_phnum;
	unsigned long long dlpi_adds, dlpi_subs;
};

__BEGIN_DECLS
int dl_iterate_phdr(int (*)(struct dl_phdr_info *, size_t, void *), void *);
__END_DECLS

#endif
