/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/mount.h: mounting. Facts: mount(2), umount(2), sys/mount.h. */
#ifndef _SYS_MOUNT_H
#define _SYS_MOUNT_H

#define MS_RDONLY    0x0001
#define MS_DATA	     0x0004
#define MS_NOSUID    0x0010
#define MS_REMOUNT   0x0020
#define MS_OVERLAY   0x0080
#define MS_OPTIONSTR 0x0100
#define MS_FORCE     0x0400
#define MS_NOMNTTAB  0x0800

int mount(const char *, const char *, int, ...);
int umount(const char *);
int umount2(const char *, int);

#endif
