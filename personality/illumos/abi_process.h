/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_process.h: processes and limits of illumos/amd64.
 *
 * Facts: usr/src/uts/common/sys/{execx,fork,resource,utsname,lwp,procset,wait}.h.
 */
#ifndef FB_ILLUMOS_ABI_PROCESS_H
#define FB_ILLUMOS_ABI_PROCESS_H

#include "lib/base.h"

/* execve's flags */
#define ILLUMOS_EXEC_DESCRIPTOR 1

/* forksys's subcodes and flags */
#define ILLUMOS_FORKX	       0
#define ILLUMOS_FORKALLX       1
#define ILLUMOS_VFORKX	       2
#define ILLUMOS_FORK_NOSIGCHLD 1
#define ILLUMOS_FORK_WAITPID   2

/* waitsys: how (sys/wait.h) */

#define ILLUMOS_WEXITED	   0001
#define ILLUMOS_WTRAPPED   0002
#define ILLUMOS_WSTOPPED   0004
#define ILLUMOS_WCONTINUED 0010
#define ILLUMOS_WNOHANG	   0100
#define ILLUMOS_WNOWAIT	   0200
#define ILLUMOS_WNOCHLD	   0400

/* lwp_create's flags */
#define ILLUMOS_LWP_DAEMON    0x20
#define ILLUMOS_LWP_DETACHED  0x40
#define ILLUMOS_LWP_SUSPENDED 0x80

/* lwp_park's subcodes */
#define ILLUMOS_PARK	      0
#define ILLUMOS_UNPARK	      1
#define ILLUMOS_UNPARK_ALL    2
#define ILLUMOS_UNPARK_CANCEL 3
#define ILLUMOS_PARK_OLD      4

/* lwp_private's commands and registers */
#define ILLUMOS_LWP_SETPRIVATE 0
#define ILLUMOS_LWP_GETPRIVATE 1
#define ILLUMOS_LWP_FSBASE     0
#define ILLUMOS_LWP_GSBASE     1

/* getrlimit(2) */
#define ILLUMOS_RLIMIT_CPU     0
#define ILLUMOS_RLIMIT_FSIZE   1
#define ILLUMOS_RLIMIT_DATA    2
#define ILLUMOS_RLIMIT_STACK   3
#define ILLUMOS_RLIMIT_CORE    4
#define ILLUMOS_RLIMIT_NOFILE  5
#define ILLUMOS_RLIMIT_VMEM    6
#define ILLUMOS_RLIM_INFINITY  (~0UL - 2)
#define ILLUMOS_RLIM_SAVED_MAX (~0UL - 1)
#define ILLUMOS_RLIM_SAVED_CUR (~0UL)

#define ILLUMOS_SYS_NMLN 257
struct illumos_utsname {
	char sysname[ILLUMOS_SYS_NMLN];
	char nodename[ILLUMOS_SYS_NMLN];
	char release[ILLUMOS_SYS_NMLN];
	char version[ILLUMOS_SYS_NMLN];
	char machine[ILLUMOS_SYS_NMLN];
};
SIZE_ASSERT(struct illumos_utsname, 1285);

#endif
