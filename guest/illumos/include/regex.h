/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/regex.h. */
#ifndef _FB_ILLUMOS_REGEX_H
#define _FB_ILLUMOS_REGEX_H

#include <sys/types.h>

typedef ssize_t regoff_t;
typedef struct {
	size_t re_nsub;
	struct re_guts *re_g;
	int re_magic;
	const char *re_endp;
	size_t re_len;
	struct _regex_ext_t *re_sc;
} regex_t;
typedef struct {
	const char *rm_sp, *rm_ep;
	regoff_t rm_so, rm_eo;
	int rm_ss, rm_es;
} regmatch_t;

#define REG_BASIC    0x00
#define REG_EXTENDED 0x01
#define REG_NOSUB    0x02
#define REG_ICASE    0x04
#define REG_NEWLINE  0x08
#define REG_NOTBOL   0x200
#define REG_NOTEOL   0x400

#define REG_NOMATCH  1
#define REG_ECOLLATE 2
#define REG_EESCAPE  3
#define REG_ENEWLINE 4
#define REG_ENSUB    5
#define REG_ESUBREG  6
#define REG_EBRACK   7
#define REG_EPAREN   8
#define REG_EBRACE   9
#define REG_ERANGE   10
#define REG_ESPACE   11
#define REG_BADRPT   12
#define REG_ECTYPE   13
#define REG_BADPAT   14
#define REG_BADBR    15
#define REG_ENOSYS   19

__BEGIN_DECLS
int regcomp(regex_t *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, int);
int regexec(const regex_t *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, size_t,
	    regmatch_t *_RESTRICT_KYWD, int);
size_t regerror(int, const regex_t *_RESTRICT_KYWD, char *_RESTRICT_KYWD, size_t);
void regfree(regex_t *);
__END_DECLS

#endif
