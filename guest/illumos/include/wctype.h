/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/wctype.h, iso/wctype_iso.h. */
#ifndef _FB_ILLUMOS_WCTYPE_H
#define _FB_ILLUMOS_WCTYPE_H

#include <sys/types.h>

typedef int wctype_t;
typedef unsigned int wctrans_t;

__BEGIN_DECLS
int iswalnum(int);
int iswalpha(int);
int iswblank(int);
int iswcntrl(int);
int iswdigit(int);
int iswgraph(int);
int iswlower(int);
int iswprint(int);
int iswpunct(int);
int iswspace(int);
int iswupper(int);
int iswxdigit(int);
int towlower(int);
int towupper(int);
__END_DECLS

#endif
