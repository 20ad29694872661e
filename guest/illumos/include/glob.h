/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/glob.h. */
#ifndef _FB_ILLUMOS_GLOB_H
#define _FB_ILLUMOS_GLOB_H

#include <sys/types.h>

typedef struct glob_t {
	size_t gl_pathc;
	char **gl_pathv;
	size_t gl_offs;
	char **gl_pathp;
	int gl_pathn;
} glob_t;

#define GLOB_ERR      0x0001
#define GLOB_MARK     0x0002
#define GLOB_NOSORT   0x0004
#define GLOB_NOCHECK  0x0008
#define GLOB_DOOFFS   0x0010
#define GLOB_APPEND   0x0020
#define GLOB_NOESCAPE 0x0040
#define GLOB_NOSYS    (-4)
#define GLOB_NOMATCH  (-3)
#define GLOB_NOSPACE  (-2)
#define GLOB_ABORTED  (-1)

__BEGIN_DECLS
int glob(const char *_RESTRICT_KYWD, int, int (*)(const char *, int), glob_t *_RESTRICT_KYWD);
void globfree(glob_t *);
__END_DECLS

#endif
