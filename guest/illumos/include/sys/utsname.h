/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/utsname.h. */
#ifndef _FB_ILLUMOS_SYS_UTSNAME_H
#define _FB_ILLUMOS_SYS_UTSNAME_H

#include <sys/cdefs.h>

#define _SYS_NMLN 257
#define SYS_NMLN  _SYS_NMLN

struct utsname {
	char sysname[_SYS_NMLN], nodename[_SYS_NMLN], release[_SYS_NMLN], version[_SYS_NMLN],
	    machine[_SYS_NMLN];
};

__BEGIN_DECLS
int uname(struct utsname *);
__END_DECLS

#endif
