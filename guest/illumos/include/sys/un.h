/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/un.h. */
#ifndef _FB_ILLUMOS_SYS_UN_H
#define _FB_ILLUMOS_SYS_UN_H

#include <sys/socket.h>

struct sockaddr_un {
	sa_family_t sun_family;
	char sun_path[108];
};
#define SUN_LEN(s) (__builtin_strlen((s)->sun_path) + sizeof((s)->sun_family))

#endif
