/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/systeminfo.h. */
#ifndef _FB_ILLUMOS_SYS_SYSTEMINFO_H
#define _FB_ILLUMOS_SYS_SYSTEMINFO_H

#include <sys/cdefs.h>

#define SI_SYSNAME	       1
#define SI_HOSTNAME	       2
#define SI_RELEASE	       3
#define SI_VERSION	       4
#define SI_MACHINE	       5
#define SI_ARCHITECTURE	       6
#define SI_HW_SERIAL	       7
#define SI_HW_PROVIDER	       8
#define SI_SRPC_DOMAIN	       9
#define SI_SET_HOSTNAME	       258
#define SI_SET_SRPC_DOMAIN     265
#define SI_PLATFORM	       513
#define SI_ISALIST	       514
#define SI_ARCHITECTURE_32     516
#define SI_ARCHITECTURE_64     517
#define SI_ARCHITECTURE_K      518
#define SI_ARCHITECTURE_NATIVE 519

__BEGIN_DECLS
int sysinfo(int, char *, long);
__END_DECLS

#endif
