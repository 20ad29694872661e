/* SPDX-License-Identifier: BSD-2-Clause */
/* What another process is allowed. Source: usr/src/head/ucred.h. */
#ifndef _FB_ILLUMOS_UCRED_H
#define _FB_ILLUMOS_UCRED_H

#include <priv.h>
#include <sys/types.h>

typedef uid_t au_id_t;
typedef uint32_t au_asid_t;
typedef struct au_mask au_mask_t;
typedef struct au_tid64_addr au_tid64_addr_t;
typedef struct ts_label_s m_label_t;
#define AU_NOAUDITID ((au_id_t)-2)

typedef struct ucred_s ucred_t;

__BEGIN_DECLS
ucred_t *ucred_get(pid_t);
void ucred_free(ucred_t *);
size_t ucred_size(void);
uid_t ucred_geteuid(const ucred_t *);
uid_t ucred_getruid(const ucred_t *);
uid_t ucred_getsuid(const ucred_t *);
gid_t ucred_getegid(const ucred_t *);
gid_t ucred_getrgid(const ucred_t *);
gid_t ucred_getsgid(const ucred_t *);
int ucred_getgroups(const ucred_t *, const gid_t **);
pid_t ucred_getpid(const ucred_t *);
projid_t ucred_getprojid(const ucred_t *);
zoneid_t ucred_getzoneid(const ucred_t *);
const priv_set_t *ucred_getprivset(const ucred_t *, priv_ptype_t);
uint_t ucred_getpflags(const ucred_t *, uint_t);
m_label_t *ucred_getlabel(const ucred_t *);
au_id_t ucred_getauid(const ucred_t *);
au_asid_t ucred_getasid(const ucred_t *);
const au_tid64_addr_t *ucred_getatid(const ucred_t *);
const au_mask_t *ucred_getamask(const ucred_t *);
int getpeerucred(int, ucred_t **);
__END_DECLS

#endif
