/* SPDX-License-Identifier: BSD-2-Clause */
/* Privileges. Source: usr/src/head/priv.h, usr/src/uts/common/sys/priv.h. */
#ifndef _FB_ILLUMOS_PRIV_H
#define _FB_ILLUMOS_PRIV_H

#include <sys/types.h>

typedef struct priv_set priv_set_t;
typedef const char *priv_ptype_t, *priv_t;
typedef enum priv_op { PRIV_ON, PRIV_OFF, PRIV_SET } priv_op_t;
typedef struct priv_impl_info {
	uint32_t priv_headersize, priv_flags, priv_nsets, priv_setsize, priv_max, priv_infosize,
	    priv_globalinfosize;
} priv_impl_info_t;

#define PRIV_EFFECTIVE	 "Effective"
#define PRIV_INHERITABLE "Inheritable"
#define PRIV_PERMITTED	 "Permitted"
#define PRIV_LIMIT	 "Limit"
#define PRIV_DEBUG	 0x0001
#define PRIV_AWARE	 0x0002

__BEGIN_DECLS
int setppriv(priv_op_t, priv_ptype_t, const priv_set_t *);
int getppriv(priv_ptype_t, priv_set_t *);
int setpflags(uint_t, uint_t);
uint_t getpflags(uint_t);
const priv_impl_info_t *getprivimplinfo(void);
boolean_t priv_ineffect(const char *);
int priv_getbyname(const char *);
const char *priv_getbynum(int);
int priv_getsetbyname(const char *);
const char *priv_getsetbynum(int);
priv_set_t *priv_allocset(void);
void priv_freeset(priv_set_t *);
void priv_emptyset(priv_set_t *);
void priv_basicset(priv_set_t *);
void priv_fillset(priv_set_t *);
boolean_t priv_isemptyset(const priv_set_t *);
boolean_t priv_isfullset(const priv_set_t *);
boolean_t priv_isequalset(const priv_set_t *, const priv_set_t *);
boolean_t priv_issubset(const priv_set_t *, const priv_set_t *);
void priv_intersect(const priv_set_t *, priv_set_t *);
void priv_union(const priv_set_t *, priv_set_t *);
void priv_inverse(priv_set_t *);
void priv_copyset(const priv_set_t *, priv_set_t *);
int priv_addset(priv_set_t *, const char *);
int priv_delset(priv_set_t *, const char *);
boolean_t priv_ismember(const priv_set_t *, const char *);
__END_DECLS

#endif
