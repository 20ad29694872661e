/* SPDX-License-Identifier: BSD-2-Clause */
/* Locality groups. Source: usr/src/uts/common/sys/{lgrp,lgrp_user}.h, lgrp_*(3LGRP). */
#ifndef _FB_ILLUMOS_SYS_LGRP_USER_H
#define _FB_ILLUMOS_SYS_LGRP_USER_H

#include <stdint.h>
#include <sys/processor.h>
#include <sys/procset.h>
#include <sys/pset.h>
#include <sys/types.h>

#define LGRP_NONE	 (-1)
#define LGRP_VER_NONE	 0
#define LGRP_VER_CURRENT 2
#define LGRP_COOKIE_NONE 0

#define LGRP_SYS_MEMINFO      0
#define LGRP_SYS_GENERATION   1
#define LGRP_SYS_VERSION      2
#define LGRP_SYS_SNAPSHOT     3
#define LGRP_SYS_AFFINITY_GET 4
#define LGRP_SYS_AFFINITY_SET 5
#define LGRP_SYS_LATENCY      6
#define LGRP_SYS_HOME	      7

#define LGRP_RSRC_COUNT 2
#define LGRP_RSRC_CPU	0
#define LGRP_RSRC_MEM	1

#define LGRP_AFF_NONE	0x0
#define LGRP_AFF_WEAK	0x10
#define LGRP_AFF_STRONG 0x100

typedef id_t lgrp_id_t;
typedef int lgrp_rsrc_t;
typedef int lgrp_affinity_t;
typedef long long lgrp_mem_size_t; /* bytes */
typedef uintptr_t lgrp_cookie_t;
typedef unsigned lgrp_gen_t;

typedef struct lgrp_affinity_args {
	idtype_t idtype;
	id_t id;
	lgrp_id_t lgrp;
	lgrp_affinity_t aff;
} lgrp_affinity_args_t;

typedef enum lgrp_content {
	LGRP_CONTENT_ALL,
	LGRP_CONTENT_HIERARCHY = LGRP_CONTENT_ALL,
	LGRP_CONTENT_DIRECT
} lgrp_content_t;
typedef enum lgrp_lat_between { LGRP_LAT_CPU_TO_MEM } lgrp_lat_between_t;
typedef enum lgrp_mem_size_flag { LGRP_MEM_SZ_FREE, LGRP_MEM_SZ_INSTALLED } lgrp_mem_size_flag_t;
typedef enum lgrp_view { LGRP_VIEW_CALLER, LGRP_VIEW_OS } lgrp_view_t;

__BEGIN_DECLS
lgrp_cookie_t lgrp_init(lgrp_view_t);
int lgrp_fini(lgrp_cookie_t);
int lgrp_version(int);
int lgrp_cookie_stale(lgrp_cookie_t);
lgrp_view_t lgrp_view(lgrp_cookie_t);
int lgrp_nlgrps(lgrp_cookie_t);
lgrp_id_t lgrp_root(lgrp_cookie_t);
int lgrp_parents(lgrp_cookie_t, lgrp_id_t, lgrp_id_t *, unsigned);
int lgrp_children(lgrp_cookie_t, lgrp_id_t, lgrp_id_t *, unsigned);
int lgrp_resources(lgrp_cookie_t, lgrp_id_t, lgrp_id_t *, unsigned, lgrp_rsrc_t);
int lgrp_cpus(lgrp_cookie_t, lgrp_id_t, processorid_t *, unsigned, lgrp_content_t);
lgrp_mem_size_t lgrp_mem_size(lgrp_cookie_t, lgrp_id_t, lgrp_mem_size_flag_t, lgrp_content_t);
int lgrp_latency(lgrp_id_t, lgrp_id_t);
int lgrp_latency_cookie(lgrp_cookie_t, lgrp_id_t, lgrp_id_t, lgrp_lat_between_t);
lgrp_id_t lgrp_home(idtype_t, id_t);
lgrp_affinity_t lgrp_affinity_get(idtype_t, id_t, lgrp_id_t);
int lgrp_affinity_set(idtype_t, id_t, lgrp_id_t, lgrp_affinity_t);
__END_DECLS

#endif
