/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/locale.h, iso/locale_iso.h. */
#ifndef _FB_ILLUMOS_LOCALE_H
#define _FB_ILLUMOS_LOCALE_H

#include <stddef.h>
#include <sys/cdefs.h>

#define LC_CTYPE    0
#define LC_NUMERIC  1
#define LC_TIME	    2
#define LC_COLLATE  3
#define LC_MONETARY 4
#define LC_MESSAGES 5
#define LC_ALL	    6

#define LC_CTYPE_MASK	 (1 << LC_CTYPE)
#define LC_NUMERIC_MASK	 (1 << LC_NUMERIC)
#define LC_TIME_MASK	 (1 << LC_TIME)
#define LC_COLLATE_MASK	 (1 << LC_COLLATE)
#define LC_MONETARY_MASK (1 << LC_MONETARY)
#define LC_MESSAGES_MASK (1 << LC_MESSAGES)
#define LC_ALL_MASK	 0x3f

struct lconv {
	char *decimal_point, *thousands_sep, *grouping, *int_curr_symbol, *currency_symbol,
	    *mon_decimal_point, *mon_thousands_sep, *mon_grouping, *positive_sign, *negative_sign;
	char int_frac_digits, frac_digits, p_cs_precedes, p_sep_by_space, n_cs_precedes,
	    n_sep_by_space, p_sign_posn, n_sign_posn, int_p_cs_precedes, int_p_sep_by_space,
	    int_n_cs_precedes, int_n_sep_by_space, int_p_sign_posn, int_n_sign_posn;
};

typedef struct locale *locale_t;
#define LC_GLOBAL_LOCALE (___global_locale())

__BEGIN_DECLS
locale_t ___global_locale(void);
char *setlocale(int, const char *);
struct lconv *localeconv(void);
locale_t newlocale(int, const char *, locale_t);
locale_t duplocale(locale_t);
locale_t uselocale(locale_t);
void freelocale(locale_t);
__END_DECLS

#endif
