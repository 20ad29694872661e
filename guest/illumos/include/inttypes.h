/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/inttypes.h, usr/src/uts/common/sys/int_fmtio.h. */
#ifndef _FB_ILLUMOS_INTTYPES_H
#define _FB_ILLUMOS_INTTYPES_H

#include <stdint.h>
#include <stddef.h>
#include <sys/cdefs.h>

typedef struct {
	intmax_t quot, rem;
} imaxdiv_t;

#define PRId8	"d"
#define PRId16	"d"
#define PRId32	"d"
#define PRId64	"ld"
#define PRIi8	"i"
#define PRIi16	"i"
#define PRIi32	"i"
#define PRIi64	"li"
#define PRIo8	"o"
#define PRIo16	"o"
#define PRIo32	"o"
#define PRIo64	"lo"
#define PRIu8	"u"
#define PRIu16	"u"
#define PRIu32	"u"
#define PRIu64	"lu"
#define PRIx8	"x"
#define PRIx16	"x"
#define PRIx32	"x"
#define PRIx64	"lx"
#define PRIX8	"X"
#define PRIX16	"X"
#define PRIX32	"X"
#define PRIX64	"lX"
#define PRIdMAX "jd"
#define PRIiMAX "ji"
#define PRIuMAX "ju"
#define PRIoMAX "jo"
#define PRIxMAX "jx"
#define PRIXMAX "jX"
#define PRIdPTR "ld"
#define PRIuPTR "lu"
#define PRIxPTR "lx"
#define SCNd8	"hhd"
#define SCNd16	"hd"
#define SCNd32	"d"
#define SCNd64	"ld"
#define SCNu8	"hhu"
#define SCNu16	"hu"
#define SCNu32	"u"
#define SCNu64	"lu"
#define SCNx8	"hhx"
#define SCNx16	"hx"
#define SCNx32	"x"
#define SCNx64	"lx"
#define SCNdMAX "jd"
#define SCNuMAX "ju"
#define SCNxMAX "jx"

__BEGIN_DECLS
intmax_t imaxabs(intmax_t);
imaxdiv_t imaxdiv(intmax_t, intmax_t);
intmax_t strtoimax(const char *_RESTRICT_KYWD, char **_RESTRICT_KYWD, int);
uintmax_t strtoumax(const char *_RESTRICT_KYWD, char **_RESTRICT_KYWD, int);
__END_DECLS

#endif
