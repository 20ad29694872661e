/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/locale.c: locales: C (and POSIX), and any that is in UTF-8, which differs
 * from C in nothing but its characters. Facts: setlocale(3C), uselocale(3C), nl_langinfo(3C),
 * localeconv(3C); the C locale's words: the C standard.
 */
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>

#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/locale.h"

#define CATEGORIES LC_ALL
#define NAME	   32

struct locale {
	char name[CATEGORIES][NAME];
};

static struct locale global = {{"C", "C", "C", "C", "C", "C"}};
static pthread_mutex_t lock = LOCK_INIT;

EXPORT locale_t ___global_locale(void)
{
	return &global;
}

static const struct locale *current(void)
{
	const struct locale *l = self()->locale;

	return l ? l : &global;
}

static bool is_utf8(const char *name)
{
	const char *dot = strchr(name, '.');

	return dot &&
	       (strncasecmp(dot + 1, "UTF-8", 5) == 0 || strncasecmp(dot + 1, "UTF8", 4) == 0);
}

bool fb_utf8(void)
{
	return is_utf8(current()->name[LC_CTYPE]);
}

EXPORT int ___mb_cur_max(void)
{
	return fb_utf8() ? 4 : 1;
}

static bool known(const char *name)
{
	return strlen(name) < NAME &&
	       (strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0 || is_utf8(name));
}

static const char *from_environment(int category)
{
	static const char *const variables[] = {"LC_CTYPE",   "LC_NUMERIC",  "LC_TIME",
						"LC_COLLATE", "LC_MONETARY", "LC_MESSAGES"};
	const char *value = getenv("LC_ALL");

	if (!value || !*value)
		value = getenv(variables[category]);
	if (!value || !*value)
		value = getenv("LANG");
	return value && *value ? value : "C";
}

static bool set_one(struct locale *l, int category, const char *name)
{
	if (!*name)
		name = from_environment(category);
	if (!known(name))
		return false;
	strlcpy(l->name[category], strcmp(name, "POSIX") == 0 ? "C" : name, NAME);
	return true;
}

/* One name for all, or six with slashes between, as the original writes them. */
static bool set_all(struct locale *l, const char *name)
{
	char part[NAME];

	for (int c = 0; c < CATEGORIES; c++) {
		const char *use = name;

		if (*name == '/') {
			size_t n = strcspn(++name, "/");

			if (n >= NAME || n == 0)
				return false;
			memcpy(part, name, n);
			part[n] = '\0';
			name += n;
			use = part;
		}
		if (!set_one(l, c, use))
			return false;
	}
	return true;
}

static char *name_of(const struct locale *l)
{
	static char text[CATEGORIES * (NAME + 1)];
	char *p = text;
	bool same = true;

	for (int c = 1; c < CATEGORIES; c++)
		same = same && strcmp(l->name[c], l->name[0]) == 0;
	if (same)
		return (char *)l->name[0];
	for (int c = 0; c < CATEGORIES; c++) {
		*p++ = '/';
		p += strlcpy(p, l->name[c], NAME);
	}
	return text;
}

EXPORT char *setlocale(int category, const char *name)
{
	struct locale new;
	bool good = true;

	if (category < 0 || category > LC_ALL)
		return NULL;
	pthread_mutex_lock(&lock);
	if (name) {
		new = global;
		good = category == LC_ALL ? set_all(&new, name) : set_one(&new, category, name);
		if (good)
			global = new;
	}
	pthread_mutex_unlock(&lock);
	if (!good)
		return NULL;
	return category == LC_ALL ? name_of(&global) : global.name[category];
}

EXPORT locale_t newlocale(int mask, const char *name, locale_t base)
{
	struct locale *l = malloc(sizeof(*l));

	if (!l)
		return NULL;
	for (int c = 0; c < CATEGORIES; c++)
		strcpy(l->name[c], base ? base->name[c] : "C");
	for (int c = 0; c < CATEGORIES; c++) {
		if (mask & 1 << c && !set_one(l, c, name)) {
			free(l);
			fail_with(ENOENT);
			return NULL;
		}
	}
	if (base && base != &global)
		free(base);
	return l;
}

EXPORT locale_t duplocale(locale_t from)
{
	struct locale *l = malloc(sizeof(*l));

	if (l)
		*l = *from;
	return l;
}

EXPORT locale_t uselocale(locale_t l)
{
	locale_t was = self()->locale ? self()->locale : &global;

	if (l)
		self()->locale = l == &global ? NULL : l;
	return was;
}

EXPORT void freelocale(locale_t l)
{
	if (l != &global)
		free(l);
}

EXPORT struct lconv *localeconv(void)
{
	static struct lconv c = {
	    .decimal_point = (char *)".",
	    .thousands_sep = (char *)"",
	    .grouping = (char *)"",
	    .int_curr_symbol = (char *)"",
	    .currency_symbol = (char *)"",
	    .mon_decimal_point = (char *)"",
	    .mon_thousands_sep = (char *)"",
	    .mon_grouping = (char *)"",
	    .positive_sign = (char *)"",
	    .negative_sign = (char *)"",
	    .int_frac_digits = CHAR_MAX,
	    .frac_digits = CHAR_MAX,
	    .p_cs_precedes = CHAR_MAX,
	    .p_sep_by_space = CHAR_MAX,
	    .n_cs_precedes = CHAR_MAX,
	    .n_sep_by_space = CHAR_MAX,
	    .p_sign_posn = CHAR_MAX,
	    .n_sign_posn = CHAR_MAX,
	    .int_p_cs_precedes = CHAR_MAX,
	    .int_p_sep_by_space = CHAR_MAX,
	    .int_n_cs_precedes = CHAR_MAX,
	    .int_n_sep_by_space = CHAR_MAX,
	    .int_p_sign_posn = CHAR_MAX,
	    .int_n_sign_posn = CHAR_MAX,
	};

	return &c;
}

const char *const fb_days[7] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
				"Thursday", "Friday", "Saturday"};
const char *const fb_months[12] = {"January",	"February", "March",	"April",
				   "May",	"June",	    "July",	"August",
				   "September", "October",  "November", "December"};
static const char short_days[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char short_months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

EXPORT char *nl_langinfo(nl_item item)
{
	const char *text = "";

	if (item >= DAY_1 && item <= DAY_7)
		text = fb_days[item - DAY_1];
	else if (item >= ABDAY_1 && item <= ABDAY_7)
		text = short_days[item - ABDAY_1];
	else if (item >= MON_1 && item <= MON_12)
		text = fb_months[item - MON_1];
	else if (item >= ABMON_1 && item <= ABMON_12)
		text = short_months[item - ABMON_1];
	else if (item == RADIXCHAR)
		text = ".";
	else if (item == YESSTR)
		text = "yes";
	else if (item == NOSTR)
		text = "no";
	else if (item == D_T_FMT)
		text = "%a %b %e %H:%M:%S %Y";
	else if (item == D_FMT)
		text = "%m/%d/%y";
	else if (item == T_FMT)
		text = "%H:%M:%S";
	else if (item == AM_STR)
		text = "AM";
	else if (item == PM_STR)
		text = "PM";
	else if (item == CODESET)
		text = fb_utf8() ? "UTF-8" : "646";
	else if (item == T_FMT_AMPM)
		text = "%I:%M:%S %p";
	else if (item == YESEXPR)
		text = "^[yY]";
	else if (item == NOEXPR)
		text = "^[nN]";
	return (char *)text;
}

EXPORT char *nl_langinfo_l(nl_item item, locale_t l)
{
	locale_t was = uselocale(l);
	char *text = nl_langinfo(item);

	uselocale(was);
	return text;
}
