/* SPDX-License-Identifier: BSD-2-Clause */
/* Processors. Source: usr/src/uts/common/sys/processor.h. */
#ifndef _FB_ILLUMOS_SYS_PROCESSOR_H
#define _FB_ILLUMOS_SYS_PROCESSOR_H

#include <sys/cdefs.h>
#include <sys/procset.h>
#include <sys/types.h>

#define P_OFFLINE  0x0001
#define P_ONLINE   0x0002
#define P_STATUS   0x0003
#define P_FAULTED  0x0004
#define P_POWEROFF 0x0005
#define P_NOINTR   0x0006
#define P_SPARE	   0x0007
#define P_FORCED   0x10000000

#define PBIND_NONE	 (-1)
#define PBIND_QUERY	 (-2)
#define PBIND_HARD	 (-3)
#define PBIND_SOFT	 (-4)
#define PBIND_QUERY_TYPE (-5)

#define PI_TYPELEN 16
#define PI_FPUTYPE 32

typedef struct {
	int pi_state;			    /* P_ONLINE ... */
	char pi_processor_type[PI_TYPELEN]; /* "i386" */
	char pi_fputypes[PI_FPUTYPE];
	int pi_clock; /* MHz */
} processor_info_t;

__BEGIN_DECLS
int p_online(processorid_t, int);
int processor_bind(idtype_t, id_t, processorid_t, processorid_t *);
int processor_info(processorid_t, processor_info_t *);
__END_DECLS

#endif
