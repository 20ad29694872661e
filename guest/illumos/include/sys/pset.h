/* SPDX-License-Identifier: BSD-2-Clause */
/* Sets of processors. Source: usr/src/uts/common/sys/pset.h. */
#ifndef _FB_ILLUMOS_SYS_PSET_H
#define _FB_ILLUMOS_SYS_PSET_H

#include <sys/cdefs.h>
#include <sys/procset.h>
#include <sys/types.h>

#define PS_NONE	      (-1)
#define PS_QUERY      (-2)
#define PS_MYID	      (-3)
#define PS_SOFT	      (-4)
#define PS_HARD	      (-5)
#define PS_QUERY_TYPE (-6)

#define PS_SYSTEM  1
#define PS_PRIVATE 2

__BEGIN_DECLS
int pset_create(psetid_t *);
int pset_destroy(psetid_t);
int pset_assign(psetid_t, processorid_t, psetid_t *);
int pset_info(psetid_t, int *, unsigned *, processorid_t *);
int pset_bind(psetid_t, idtype_t, id_t, psetid_t *);
int pset_bind_lwp(psetid_t, id_t, pid_t, psetid_t *);
int pset_list(psetid_t *, unsigned *);
int pset_setattr(psetid_t, unsigned);
int pset_getattr(psetid_t, unsigned *);
__END_DECLS

#endif
