/* SPDX-License-Identifier: BSD-2-Clause */
/* Process security flags. Source: usr/src/uts/common/sys/secflags.h. */
#ifndef _FB_ILLUMOS_SYS_SECFLAGS_H
#define _FB_ILLUMOS_SYS_SECFLAGS_H

#include <sys/procset.h>
#include <sys/types.h>

typedef uint64_t secflagset_t;

typedef struct psecflags {
	secflagset_t psf_effective;
	secflagset_t psf_inherit;
	secflagset_t psf_lower;
	secflagset_t psf_upper;
} psecflags_t;

typedef struct secflagdelta {
	secflagset_t psd_add;
	secflagset_t psd_rem;
	secflagset_t psd_assign;
	boolean_t psd_ass_active;
} secflagdelta_t;

typedef enum { PSF_EFFECTIVE = 0, PSF_INHERIT, PSF_LOWER, PSF_UPPER } psecflagwhich_t;
typedef enum { PROC_SEC_ASLR = 0, PROC_SEC_FORBIDNULLMAP, PROC_SEC_NOEXECSTACK } secflag_t;

#define PROC_SEC_MASK ((secflagset_t)7)

__BEGIN_DECLS
secflagset_t secflag_to_bit(secflag_t);
boolean_t secflag_isset(secflagset_t, secflag_t);
void secflag_clear(secflagset_t *, secflag_t);
void secflag_set(secflagset_t *, secflag_t);
boolean_t secflags_isempty(secflagset_t);
void secflags_zero(secflagset_t *);
void secflags_fullset(secflagset_t *);
void secflags_copy(secflagset_t *, const secflagset_t *);
boolean_t secflags_issubset(secflagset_t, secflagset_t);
boolean_t secflags_issuperset(secflagset_t, secflagset_t);
boolean_t secflags_intersection(secflagset_t, secflagset_t);
void secflags_union(secflagset_t *, const secflagset_t *);
void secflags_difference(secflagset_t *, const secflagset_t *);
boolean_t psecflags_validate_delta(const psecflags_t *, const secflagdelta_t *);
boolean_t psecflags_validate(const psecflags_t *);
void psecflags_default(psecflags_t *);
const char *secflag_to_str(secflag_t);
boolean_t secflag_by_name(const char *, secflag_t *);
void secflags_to_str(secflagset_t, char *, size_t);
int secflags_parse(const secflagset_t *, const char *, secflagdelta_t *);
int psecflags(idtype_t, id_t, psecflagwhich_t, secflagdelta_t *);
__END_DECLS

#endif
