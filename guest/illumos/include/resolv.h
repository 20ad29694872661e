/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions to name servers. Source: usr/src/head/resolv.h, usr/src/head/arpa/nameser.h. */
#ifndef _FB_ILLUMOS_RESOLV_H
#define _FB_ILLUMOS_RESOLV_H

#include <sys/types.h>

#define NS_PACKETSZ  512
#define NS_MAXDNAME  1025
#define NS_HFIXEDSZ  12
#define NS_QFIXEDSZ  4
#define NS_RRFIXEDSZ 10

__BEGIN_DECLS
int res_init(void);
int res_mkquery(int, const char *, int, int, const uchar_t *, int, const uchar_t *, uchar_t *, int);
int res_send(const uchar_t *, int, uchar_t *, int);
int res_query(const char *, int, int, uchar_t *, int);
int res_querydomain(const char *, const char *, int, int, uchar_t *, int);
int res_search(const char *, int, int, uchar_t *, int);
int dn_expand(const uchar_t *, const uchar_t *, const uchar_t *, char *, int);
int dn_comp(const char *, uchar_t *, int, uchar_t **, uchar_t **);
int dn_skipname(const uchar_t *, const uchar_t *);
__END_DECLS

#endif
