/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests to interfaces. Source: usr/src/uts/common/sys/sockio.h. */
#ifndef _FB_ILLUMOS_SYS_SOCKIO_H
#define _FB_ILLUMOS_SYS_SOCKIO_H

#include <net/if.h>
#include <sys/filio.h>

#define _SOCKIO(size, n) ((int)(0xc0000000U | (unsigned)((size)&0xff) << 16 | 'i' << 8 | (n)))
#define SIOCGLIFADDR	 _SOCKIO(sizeof(struct lifreq), 113)
#define SIOCGLIFDSTADDR	 _SOCKIO(sizeof(struct lifreq), 115)
#define SIOCGLIFFLAGS	 _SOCKIO(sizeof(struct lifreq), 117)
#define SIOCGLIFMTU	 _SOCKIO(sizeof(struct lifreq), 122)
#define SIOCGLIFBRDADDR	 _SOCKIO(sizeof(struct lifreq), 123)
#define SIOCGLIFNETMASK	 _SOCKIO(sizeof(struct lifreq), 125)
#define SIOCGLIFNUM	 _SOCKIO(sizeof(struct lifnum), 130)
#define SIOCGLIFINDEX	 _SOCKIO(sizeof(struct lifreq), 133)
#define SIOCGLIFCONF	 _SOCKIO(16, 165)

#endif
