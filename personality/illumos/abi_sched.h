/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_sched.h: scheduling classes and processors.
 *
 * Facts: usr/src/uts/common/sys/{priocntl,tspriocntl,rtpriocntl,iapriocntl,fxpriocntl,
 * fsspriocntl,processor,pset,lgrp_user}.h; pri_t is a short.
 */
#ifndef FB_ILLUMOS_ABI_SCHED_H
#define FB_ILLUMOS_ABI_SCHED_H

#include "lib/base.h"

#define ILLUMOS_PC_VERSION     1
#define ILLUMOS_PC_GETCID      0
#define ILLUMOS_PC_GETCLINFO   1
#define ILLUMOS_PC_SETPARMS    2
#define ILLUMOS_PC_GETPARMS    3
#define ILLUMOS_PC_ADMIN       4
#define ILLUMOS_PC_GETPRIRANGE 5
#define ILLUMOS_PC_DONICE      6
#define ILLUMOS_PC_SETXPARMS   7
#define ILLUMOS_PC_GETXPARMS   8
#define ILLUMOS_PC_SETDFLCL    9
#define ILLUMOS_PC_GETDFLCL    10
#define ILLUMOS_PC_DOPRIO      11

#define ILLUMOS_PC_CLNMSZ 16
#define ILLUMOS_PC_CLNULL (-1)
#define ILLUMOS_PC_GET	  0 /* PC_GETNICE, PC_GETPRIO */
#define ILLUMOS_PC_SET	  1

struct illumos_pcinfo {
	i32 cid;
	char clname[ILLUMOS_PC_CLNMSZ];
	i32 clinfo[8];
};
SIZE_ASSERT(struct illumos_pcinfo, 52);

struct illumos_pcparms {
	i32 cid;
	union {
		i32 words[8];
		struct {
			i16 uprilim;
			i16 upri;
			i32 mode; /* of IA */
		} ts;		  /* and IA, FSS */
		struct {
			i16 upri;
			i16 uprilim;
			u32 tqsecs;
			i32 tqnsecs;
		} fx;
		struct {
			i16 pri;
			i16 pad0;
			u32 tqsecs;
			i32 tqnsecs;
		} rt;
	};
};
SIZE_ASSERT(struct illumos_pcparms, 36);

struct illumos_pcnice {
	i32 val;
	i32 op;
};
struct illumos_pcprio {
	i32 op;
	i32 cid;
	i32 val;
};
struct illumos_pcpri {
	i32 cid;
	i16 clpmax;
	i16 clpmin;
};
SIZE_ASSERT(struct illumos_pcpri, 8);

#define ILLUMOS_PC_VAPARMCNT 8
struct illumos_vaparm {
	i32 key;
	i32 pad0;
	u64 parm; /* for a question, where to */
};
struct illumos_vaparms {
	u32 count;
	u32 pad0;
	struct illumos_vaparm parms[ILLUMOS_PC_VAPARMCNT];
};
SIZE_ASSERT(struct illumos_vaparms, 136);

#define ILLUMOS_PC_KY_CLNAME 1
#define ILLUMOS_TS_NOCHANGE  (-32768)
#define ILLUMOS_RT_NOCHANGE  (-1)
#define ILLUMOS_RT_TQINF     (-2)

/* processors */
#define ILLUMOS_P_OFFLINE  1
#define ILLUMOS_P_ONLINE   2
#define ILLUMOS_P_STATUS   3
#define ILLUMOS_P_FAULTED  4
#define ILLUMOS_P_POWEROFF 5
#define ILLUMOS_P_NOINTR   6
#define ILLUMOS_P_SPARE	   7
#define ILLUMOS_P_FORCED   0x10000000

struct illumos_processor_info {
	i32 state;
	char type[16];
	char fputypes[32];
	i32 clock; /* MHz */
};
SIZE_ASSERT(struct illumos_processor_info, 56);

#define ILLUMOS_PBIND_NONE	 (-1)
#define ILLUMOS_PBIND_QUERY	 (-2)
#define ILLUMOS_PBIND_HARD	 (-3)
#define ILLUMOS_PBIND_SOFT	 (-4)
#define ILLUMOS_PBIND_QUERY_TYPE (-5)

/* processor sets */
#define ILLUMOS_PS_NONE	      (-1)
#define ILLUMOS_PS_QUERY      (-2)
#define ILLUMOS_PS_MYID	      (-3)
#define ILLUMOS_PS_QUERY_TYPE (-6)
#define ILLUMOS_PS_SYSTEM     1
enum illumos_pset {
	ILLUMOS_PSET_CREATE,
	ILLUMOS_PSET_DESTROY,
	ILLUMOS_PSET_ASSIGN,
	ILLUMOS_PSET_INFO,
	ILLUMOS_PSET_BIND,
	ILLUMOS_PSET_GETLOADAVG,
	ILLUMOS_PSET_LIST,
	ILLUMOS_PSET_SETATTR,
	ILLUMOS_PSET_GETATTR,
	ILLUMOS_PSET_ASSIGN_FORCED,
	ILLUMOS_PSET_BIND_LWP,
};

/* locality groups */
#define ILLUMOS_LGRP_SYS_MEMINFO      0
#define ILLUMOS_LGRP_SYS_GENERATION   1
#define ILLUMOS_LGRP_SYS_VERSION      2
#define ILLUMOS_LGRP_SYS_SNAPSHOT     3
#define ILLUMOS_LGRP_SYS_AFFINITY_GET 4
#define ILLUMOS_LGRP_SYS_AFFINITY_SET 5
#define ILLUMOS_LGRP_SYS_LATENCY      6
#define ILLUMOS_LGRP_SYS_HOME	      7
#define ILLUMOS_LGRP_VER_CURRENT      2

#endif
