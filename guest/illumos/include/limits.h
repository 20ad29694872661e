/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/limits.h. */
#ifndef _FB_ILLUMOS_LIMITS_H
#define _FB_ILLUMOS_LIMITS_H

#define CHAR_BIT		      8
#define SCHAR_MIN		      (-128)
#define SCHAR_MAX		      127
#define UCHAR_MAX		      255
#define CHAR_MIN		      SCHAR_MIN
#define CHAR_MAX		      SCHAR_MAX
#define MB_LEN_MAX		      5
#define SHRT_MIN		      (-32768)
#define SHRT_MAX		      32767
#define USHRT_MAX		      65535
#define INT_MIN			      (-2147483647 - 1)
#define INT_MAX			      2147483647
#define UINT_MAX		      4294967295U
#define LONG_MIN		      (-9223372036854775807L - 1)
#define LONG_MAX		      9223372036854775807L
#define ULONG_MAX		      18446744073709551615UL
#define LLONG_MIN		      (-9223372036854775807LL - 1)
#define LLONG_MAX		      9223372036854775807LL
#define ULLONG_MAX		      18446744073709551615ULL
#define SSIZE_MAX		      LONG_MAX
#define LONG_BIT		      64
#define WORD_BIT		      32
#define PATH_MAX		      1024
#define NAME_MAX		      255
#define IOV_MAX			      1024
#define PIPE_BUF		      5120
#define NGROUPS_MAX		      16
#define LINE_MAX		      2048
#define HOST_NAME_MAX		      255
#define LOGNAME_MAX		      8
#define NL_ARGMAX		      9
#define _POSIX_PATH_MAX		      256
#define _POSIX_NAME_MAX		      14
#define PTHREAD_KEYS_MAX	      128
#define PTHREAD_STACK_MIN	      8192
#define PTHREAD_DESTRUCTOR_ITERATIONS 4

#endif
