/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/langinfo.h. */
#ifndef _FB_ILLUMOS_LANGINFO_H
#define _FB_ILLUMOS_LANGINFO_H

#include <locale.h>

typedef int nl_item;
#define DAY_1	   1
#define DAY_2	   2
#define DAY_3	   3
#define DAY_4	   4
#define DAY_5	   5
#define DAY_6	   6
#define DAY_7	   7
#define ABDAY_1	   8
#define ABDAY_2	   9
#define ABDAY_3	   10
#define ABDAY_4	   11
#define ABDAY_5	   12
#define ABDAY_6	   13
#define ABDAY_7	   14
#define MON_1	   15
#define MON_12	   26
#define ABMON_1	   27
#define ABMON_12   38
#define RADIXCHAR  39
#define THOUSEP	   40
#define YESSTR	   41
#define NOSTR	   42
#define CRNCYSTR   43
#define D_T_FMT	   44
#define D_FMT	   45
#define T_FMT	   46
#define AM_STR	   47
#define PM_STR	   48
#define CODESET	   49
#define T_FMT_AMPM 50
#define ERA	   51
#define YESEXPR	   56
#define NOEXPR	   57

__BEGIN_DECLS
char *nl_langinfo(nl_item);
char *nl_langinfo_l(nl_item, locale_t);
__END_DECLS

#endif
