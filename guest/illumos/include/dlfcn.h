/* SPDX-License-Identifier: BSD-2-Clause */
/* Objects that are opened. Source: usr/src/head/dlfcn.h. */
#ifndef _FB_ILLUMOS_DLFCN_H
#define _FB_ILLUMOS_DLFCN_H

#include <sys/types.h>

#define RTLD_LAZY     0x00001
#define RTLD_NOW      0x00002
#define RTLD_NOLOAD   0x00004
#define RTLD_LOCAL    0x00000
#define RTLD_GLOBAL   0x00100
#define RTLD_PARENT   0x00200
#define RTLD_GROUP    0x00400
#define RTLD_WORLD    0x00800
#define RTLD_NODELETE 0x01000
#define RTLD_FIRST    0x02000

#define RTLD_NEXT    ((void *)-1)
#define RTLD_DEFAULT ((void *)-2)
#define RTLD_SELF    ((void *)-3)
#define RTLD_PROBE   ((void *)-4)

#define RTLD_DI_LMID	    1
#define RTLD_DI_LINKMAP	    2
#define RTLD_DI_SERINFO	    4
#define RTLD_DI_SERINFOSIZE 5
#define RTLD_DI_ORIGIN	    6
#define RTLD_DI_ARGSINFO    11
#define RTLD_DL_SYMENT	    1
#define RTLD_DL_LINKMAP	    2

#define LM_ID_BASE  0x00
#define LM_ID_LDSO  0x01
#define LM_ID_NEWLM 0xff

typedef unsigned long Lmid_t;
typedef struct dl_info {
	const char *dli_fname;
	void *dli_fbase;
	const char *dli_sname;
	void *dli_saddr;
} Dl_info;
typedef Dl_info Dl_info_t;
typedef struct {
	int a_type;
	union {
		long a_val;
		void *a_ptr;
		void (*a_fcn)(void);
	} a_un;
} auxv_t;
typedef struct dl_argsinfo {
	long dla_argc;
	char **dla_argv, **dla_envp;
	auxv_t *dla_auxv;
} Dl_argsinfo;

__BEGIN_DECLS
void *dlopen(const char *, int);
void *dlmopen(Lmid_t, const char *, int);
void *dlsym(void *_RESTRICT_KYWD, const char *_RESTRICT_KYWD);
int dlclose(void *);
char *dlerror(void);
int dladdr(void *, Dl_info *);
int dladdr1(void *, Dl_info *, void **, int);
int dlinfo(void *, int, void *);
__END_DECLS

#endif
