/* SPDX-License-Identifier: BSD-2-Clause */
/* Characters. Source: usr/src/head/ctype.h, iso/ctype_iso.h. */
#ifndef _FB_ILLUMOS_CTYPE_H
#define _FB_ILLUMOS_CTYPE_H

#include <sys/cdefs.h>

#define _U	 0x00000001
#define _L	 0x00000002
#define _N	 0x00000004
#define _S	 0x00000008
#define _P	 0x00000010
#define _C	 0x00000020
#define _B	 0x00000040
#define _X	 0x00000080
#define _ISGRAPH 0x00002000
#define _ISALPHA 0x00004000
#define _ISPRINT 0x00008000

__BEGIN_DECLS
extern unsigned char __ctype[];
extern unsigned int *__ctype_mask;
extern int *__trans_upper;
extern int *__trans_lower;

int isalnum(int);
int isalpha(int);
int isblank(int);
int iscntrl(int);
int isdigit(int);
int isgraph(int);
int islower(int);
int isprint(int);
int ispunct(int);
int isspace(int);
int isupper(int);
int isxdigit(int);
int tolower(int);
int toupper(int);
int isascii(int);
int toascii(int);
__END_DECLS

#endif
