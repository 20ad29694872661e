/* SPDX-License-Identifier: BSD-2-Clause */
/* Wide characters. Source: usr/src/head/wchar.h, iso/wchar_iso.h, wchar_impl.h. */
#ifndef _FB_ILLUMOS_WCHAR_H
#define _FB_ILLUMOS_WCHAR_H

#include <stdarg.h>
#include <sys/types.h>

typedef int wint_t;
#define WEOF ((wint_t)-1)
#ifndef WCHAR_MAX
#define WCHAR_MAX 2147483647
#define WCHAR_MIN (-WCHAR_MAX - 1)
#endif
typedef struct {
	long __filler[4];
} mbstate_t;
struct __FILE;
struct tm;

__BEGIN_DECLS
int mbsinit(const mbstate_t *);
size_t mbrlen(const char *_RESTRICT_KYWD, size_t, mbstate_t *_RESTRICT_KYWD);
size_t mbrtowc(wchar_t *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, size_t,
	       mbstate_t *_RESTRICT_KYWD);
size_t wcrtomb(char *_RESTRICT_KYWD, wchar_t, mbstate_t *_RESTRICT_KYWD);
size_t mbsrtowcs(wchar_t *_RESTRICT_KYWD, const char **_RESTRICT_KYWD, size_t,
		 mbstate_t *_RESTRICT_KYWD);
size_t mbsnrtowcs(wchar_t *_RESTRICT_KYWD, const char **_RESTRICT_KYWD, size_t, size_t,
		  mbstate_t *_RESTRICT_KYWD);
size_t wcsrtombs(char *_RESTRICT_KYWD, const wchar_t **_RESTRICT_KYWD, size_t,
		 mbstate_t *_RESTRICT_KYWD);
size_t wcsnrtombs(char *_RESTRICT_KYWD, const wchar_t **_RESTRICT_KYWD, size_t, size_t,
		  mbstate_t *_RESTRICT_KYWD);
wint_t btowc(int);
int wctob(wint_t);
size_t wcslen(const wchar_t *);
size_t wcsnlen(const wchar_t *, size_t);
wchar_t *wcscpy(wchar_t *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD);
wchar_t *wcsncpy(wchar_t *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD, size_t);
wchar_t *wcscat(wchar_t *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD);
wchar_t *wcsncat(wchar_t *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD, size_t);
int wcscmp(const wchar_t *, const wchar_t *);
int wcsncmp(const wchar_t *, const wchar_t *, size_t);
int wcscasecmp(const wchar_t *, const wchar_t *);
int wcsncasecmp(const wchar_t *, const wchar_t *, size_t);
int wcscoll(const wchar_t *, const wchar_t *);
wchar_t *wcschr(const wchar_t *, wchar_t);
wchar_t *wcsrchr(const wchar_t *, wchar_t);
size_t wcsspn(const wchar_t *, const wchar_t *);
size_t wcscspn(const wchar_t *, const wchar_t *);
wchar_t *wcspbrk(const wchar_t *, const wchar_t *);
wchar_t *wcsstr(const wchar_t *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD);
wchar_t *wcstok(wchar_t *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD, wchar_t **_RESTRICT_KYWD);
wchar_t *wcsdup(const wchar_t *);
wchar_t *wmemchr(const wchar_t *, wchar_t, size_t);
int wmemcmp(const wchar_t *, const wchar_t *, size_t);
wchar_t *wmemcpy(wchar_t *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD, size_t);
wchar_t *wmemmove(wchar_t *, const wchar_t *, size_t);
wchar_t *wmemset(wchar_t *, wchar_t, size_t);
int wcwidth(wchar_t);
int wcswidth(const wchar_t *, size_t);
long wcstol(const wchar_t *_RESTRICT_KYWD, wchar_t **_RESTRICT_KYWD, int);
unsigned long wcstoul(const wchar_t *_RESTRICT_KYWD, wchar_t **_RESTRICT_KYWD, int);
double wcstod(const wchar_t *_RESTRICT_KYWD, wchar_t **_RESTRICT_KYWD);
float wcstof(const wchar_t *_RESTRICT_KYWD, wchar_t **_RESTRICT_KYWD);
long double wcstold(const wchar_t *_RESTRICT_KYWD, wchar_t **_RESTRICT_KYWD);
long long wcstoll(const wchar_t *_RESTRICT_KYWD, wchar_t **_RESTRICT_KYWD, int);
unsigned long long wcstoull(const wchar_t *_RESTRICT_KYWD, wchar_t **_RESTRICT_KYWD, int);
size_t wcsxfrm(wchar_t *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD, size_t);
size_t wcsftime(wchar_t *_RESTRICT_KYWD, size_t, const wchar_t *_RESTRICT_KYWD,
		const struct tm *_RESTRICT_KYWD);
wchar_t *wcswcs(const wchar_t *, const wchar_t *);
wint_t fgetwc(struct __FILE *);
wint_t getwc(struct __FILE *);
wint_t getwchar(void);
wint_t ungetwc(wint_t, struct __FILE *);
wchar_t *fgetws(wchar_t *_RESTRICT_KYWD, int, struct __FILE *_RESTRICT_KYWD);
wchar_t *getws(wchar_t *);
wint_t fputwc(wchar_t, struct __FILE *);
wint_t putwc(wchar_t, struct __FILE *);
wint_t putwchar(wchar_t);
int fputws(const wchar_t *_RESTRICT_KYWD, struct __FILE *_RESTRICT_KYWD);
int putws(const wchar_t *);
int wprintf(const wchar_t *_RESTRICT_KYWD, ...);
int fwprintf(struct __FILE *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD, ...);
int swprintf(wchar_t *_RESTRICT_KYWD, size_t, const wchar_t *_RESTRICT_KYWD, ...);
int vwprintf(const wchar_t *_RESTRICT_KYWD, va_list);
int vfwprintf(struct __FILE *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD, va_list);
int vswprintf(wchar_t *_RESTRICT_KYWD, size_t, const wchar_t *_RESTRICT_KYWD, va_list);
int wscanf(const wchar_t *_RESTRICT_KYWD, ...);
int fwscanf(struct __FILE *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD, ...);
int swscanf(const wchar_t *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD, ...);
int vwscanf(const wchar_t *_RESTRICT_KYWD, va_list);
int vfwscanf(struct __FILE *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD, va_list);
int vswscanf(const wchar_t *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD, va_list);
struct __FILE *open_wmemstream(wchar_t **, size_t *);
int fwide(struct __FILE *, int);
__END_DECLS
#include <wctype.h>

#endif
