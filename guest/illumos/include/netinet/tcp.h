/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/netinet/tcp.h. */
#ifndef _FB_ILLUMOS_NETINET_TCP_H
#define _FB_ILLUMOS_NETINET_TCP_H

#include <sys/types.h>

#define TCP_NODELAY		0x01
#define TCP_MAXSEG		0x02
#define TCP_KEEPALIVE		0x8
#define TCP_KEEPALIVE_THRESHOLD 0x16
#define TCP_KEEPIDLE		0x22
#define TCP_KEEPCNT		0x23
#define TCP_KEEPINTVL		0x24

#endif
