/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld/dl.h: what dlopen(3C) and its like hand over.
 *
 * Facts: usr/src/head/dlfcn.h, usr/src/uts/common/sys/link.h of illumos.
 */
#ifndef FB_GUEST_ILLUMOS_DL_H
#define FB_GUEST_ILLUMOS_DL_H

#include <stddef.h>
#include <stdint.h>

#define RTLD_LAZY     0x1
#define RTLD_NOW      0x2
#define RTLD_NOLOAD   0x4
#define RTLD_GLOBAL   0x100
#define RTLD_NODELETE 0x1000

#define RTLD_NEXT    ((void *)-1)
#define RTLD_DEFAULT ((void *)-2)
#define RTLD_SELF    ((void *)-3)
#define RTLD_PROBE   ((void *)-4)

#define RTLD_DI_LMID	 1
#define RTLD_DI_LINKMAP	 2
#define RTLD_DI_ORIGIN	 6
#define RTLD_DI_ARGSINFO 11

/* Dl_argsinfo */
struct dl_argsinfo {
	long argc;
	char **argv, **envp;
	void *auxv;
};

/* Dl_info */
struct dl_info {
	const char *fname;
	void *fbase;
	const char *sname;
	void *saddr;
};

struct dl_phdr_info {
	uint64_t addr;
	const char *name;
	const void *phdr;
	uint16_t phnum;
	uint64_t adds, subs;
	size_t tls_module;
	void *tls_data;
};

void *dl_open(const char *path, int mode, const void *caller);
int dl_close(void *handle);
void *dl_symbol(void *handle, const char *name, const void *caller);
int dl_address(const void *address, void *out);
int dl_info(void *handle, int request, void *arg, const void *caller);
int dl_iterate(int (*each)(struct dl_phdr_info *, size_t, void *), void *arg);

#endif
