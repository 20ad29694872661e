/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/arpa/inet.h. */
#ifndef _FB_ILLUMOS_ARPA_INET_H
#define _FB_ILLUMOS_ARPA_INET_H

#include <netinet/in.h>

__BEGIN_DECLS
in_addr_t inet_addr(const char *);
int inet_aton(const char *, struct in_addr *);
char *inet_ntoa(struct in_addr);
const char *inet_ntop(int, const void *_RESTRICT_KYWD, char *_RESTRICT_KYWD, socklen_t);
int inet_pton(int, const char *_RESTRICT_KYWD, void *_RESTRICT_KYWD);
__END_DECLS

#endif
