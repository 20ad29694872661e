/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_system.h: what can be asked of the system.
 *
 * Facts: usr/src/uts/common/sys/{sysconfig,random,systeminfo,utssys,ustat}.h.
 */
#ifndef FB_ILLUMOS_ABI_SYSTEM_H
#define FB_ILLUMOS_ABI_SYSTEM_H

#include "lib/base.h"

#define ILLUMOS_VERSION                                                                            \
	"illumos-2025" /* uname's version, which each distribution has its own of                  \
			*/

/* sysconfig */
#define ILLUMOS_CONFIG_NGROUPS	    2
#define ILLUMOS_CONFIG_CHILD_MAX    3
#define ILLUMOS_CONFIG_OPEN_FILES   4
#define ILLUMOS_CONFIG_POSIX_VER    5
#define ILLUMOS_CONFIG_PAGESIZE	    6
#define ILLUMOS_CONFIG_CLK_TCK	    7
#define ILLUMOS_CONFIG_XOPEN_VER    8
#define ILLUMOS_CONFIG_PROF_TCK	    10
#define ILLUMOS_CONFIG_NPROC_CONF   11
#define ILLUMOS_CONFIG_NPROC_ONLN   12
#define ILLUMOS_CONFIG_RTSIG_MAX    19
#define ILLUMOS_CONFIG_SIGRT_MIN    23
#define ILLUMOS_CONFIG_SIGRT_MAX    24
#define ILLUMOS_CONFIG_PHYS_PAGES   26
#define ILLUMOS_CONFIG_AVPHYS_PAGES 27
#define ILLUMOS_CONFIG_STACK_PROT   43
#define ILLUMOS_CONFIG_NPROC_MAX    44

#define ILLUMOS_CONFIG_AIO_LISTIO_MAX	  13
#define ILLUMOS_CONFIG_AIO_MAX		  14
#define ILLUMOS_CONFIG_AIO_PRIO_DELTA_MAX 15
#define ILLUMOS_CONFIG_DELAYTIMER_MAX	  16
#define ILLUMOS_CONFIG_MQ_OPEN_MAX	  17
#define ILLUMOS_CONFIG_MQ_PRIO_MAX	  18
#define ILLUMOS_CONFIG_SEM_NSEMS_MAX	  20
#define ILLUMOS_CONFIG_SEM_VALUE_MAX	  21
#define ILLUMOS_CONFIG_SIGQUEUE_MAX	  22
#define ILLUMOS_CONFIG_TIMER_MAX	  25
#define ILLUMOS_CONFIG_MAXPID		  42
#define ILLUMOS_CONFIG_CPUID_MAX	  45
#define ILLUMOS_CONFIG_SYMLOOP_MAX	  46
#define ILLUMOS_CONFIG_EPHID_MAX	  47

/* sysinfo(2) */
#define ILLUMOS_SI_SYSNAME	       1
#define ILLUMOS_SI_HOSTNAME	       2
#define ILLUMOS_SI_RELEASE	       3
#define ILLUMOS_SI_VERSION	       4
#define ILLUMOS_SI_MACHINE	       5
#define ILLUMOS_SI_ARCHITECTURE	       6
#define ILLUMOS_SI_HW_SERIAL	       7
#define ILLUMOS_SI_HW_PROVIDER	       8
#define ILLUMOS_SI_SRPC_DOMAIN	       9
#define ILLUMOS_SI_SET_HOSTNAME	       258
#define ILLUMOS_SI_SET_SRPC_DOMAIN     265
#define ILLUMOS_SI_PLATFORM	       513
#define ILLUMOS_SI_ISALIST	       514
#define ILLUMOS_SI_DHCP_CACHE	       515
#define ILLUMOS_SI_ARCHITECTURE_32     516
#define ILLUMOS_SI_ARCHITECTURE_64     517
#define ILLUMOS_SI_ARCHITECTURE_K      518
#define ILLUMOS_SI_ARCHITECTURE_NATIVE 519

/* utssys: uname and who uses a file are others' (sys/utssys.h) */
#define ILLUMOS_UTS_USTAT 2
struct illumos_ustat {
	i64 f_tfree; /* blocks of 512 bytes */
	u64 f_tinode;
	char f_fname[6];
	char f_fpack[6];
};
SIZE_ASSERT(struct illumos_ustat, 32);

/* getrandom(2) */
#define ILLUMOS_GRND_NONBLOCK 1
#define ILLUMOS_GRND_RANDOM   2

#endif
