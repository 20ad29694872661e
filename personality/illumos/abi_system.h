/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_system.h: what can be asked of the system.
 *
 * Facts: usr/src/uts/common/sys/{sysconfig,random}.h.
 */
#ifndef FB_ILLUMOS_ABI_SYSTEM_H
#define FB_ILLUMOS_ABI_SYSTEM_H

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

/* getrandom(2) */
#define ILLUMOS_GRND_NONBLOCK 1
#define ILLUMOS_GRND_RANDOM   2

#endif
