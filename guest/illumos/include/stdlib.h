/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/stdlib.h, iso/stdlib_iso.h. */
#ifndef _FB_ILLUMOS_STDLIB_H
#define _FB_ILLUMOS_STDLIB_H

#include <sys/types.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX     32767
#define MB_CUR_MAX   ((size_t)___mb_cur_max())

typedef struct {
	int quot, rem;
} div_t;
typedef struct {
	long quot, rem;
} ldiv_t;
typedef struct {
	long long quot, rem;
} lldiv_t;

__BEGIN_DECLS
int ___mb_cur_max(void);
void *malloc(size_t);
void *calloc(size_t, size_t);
void *realloc(void *, size_t);
void *reallocarray(void *, size_t, size_t);
void free(void *);
void *memalign(size_t, size_t);
void *aligned_alloc(size_t, size_t);
int posix_memalign(void **, size_t, size_t);
void *valloc(size_t);
void exit(int) __NORETURN;
void _Exit(int) __NORETURN;
void quick_exit(int) __NORETURN;
void abort(void) __NORETURN;
int atexit(void (*)(void));
int at_quick_exit(void (*)(void));
char *getenv(const char *);
int setenv(const char *, const char *, int);
int unsetenv(const char *);
int putenv(char *);
int clearenv(void);
const char *getexecname(void);
const char *getprogname(void);
void setprogname(const char *);
int system(const char *);
double atof(const char *);
int atoi(const char *);
long atol(const char *);
long long atoll(const char *);
double strtod(const char *_RESTRICT_KYWD, char **_RESTRICT_KYWD);
float strtof(const char *_RESTRICT_KYWD, char **_RESTRICT_KYWD);
long double strtold(const char *_RESTRICT_KYWD, char **_RESTRICT_KYWD);
long strtol(const char *_RESTRICT_KYWD, char **_RESTRICT_KYWD, int);
unsigned long strtoul(const char *_RESTRICT_KYWD, char **_RESTRICT_KYWD, int);
long long strtoll(const char *_RESTRICT_KYWD, char **_RESTRICT_KYWD, int);
unsigned long long strtoull(const char *_RESTRICT_KYWD, char **_RESTRICT_KYWD, int);
long long strtonum(const char *, long long, long long, const char **);
int abs(int);
long labs(long);
long long llabs(long long);
div_t div(int, int);
ldiv_t ldiv(long, long);
lldiv_t lldiv(long long, long long);
void *bsearch(const void *, const void *, size_t, size_t, int (*)(const void *, const void *));
void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
void qsort_r(void *, size_t, size_t, int (*)(const void *, const void *, void *), void *);
int rand(void);
int rand_r(unsigned int *);
void srand(unsigned int);
long random(void);
void srandom(unsigned int);
char *initstate(unsigned int, char *, size_t);
char *setstate(const char *);
double drand48(void);
double erand48(unsigned short[3]);
long lrand48(void);
long nrand48(unsigned short[3]);
long mrand48(void);
long jrand48(unsigned short[3]);
void srand48(long);
unsigned short *seed48(unsigned short[3]);
void lcong48(unsigned short[7]);
uint32_t arc4random(void);
uint32_t arc4random_uniform(uint32_t);
void arc4random_buf(void *, size_t);
long a64l(const char *);
char *l64a(long);
char *ecvt(double, int, int *_RESTRICT_KYWD, int *_RESTRICT_KYWD);
char *fcvt(double, int, int *_RESTRICT_KYWD, int *_RESTRICT_KYWD);
char *gcvt(double, int, char *);
int mkstemp(char *);
int mkstemps(char *, int);
int mkostemp(char *, int);
char *mkdtemp(char *);
char *mktemp(char *);
char *realpath(const char *_RESTRICT_KYWD, char *_RESTRICT_KYWD);
int getsubopt(char **, char *const *, char **);
int getloadavg(double[], int);
int mblen(const char *, size_t);
int mbtowc(wchar_t *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, size_t);
int wctomb(char *, wchar_t);
size_t mbstowcs(wchar_t *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, size_t);
size_t wcstombs(char *_RESTRICT_KYWD, const wchar_t *_RESTRICT_KYWD, size_t);
int posix_openpt(int);
int grantpt(int);
int unlockpt(int);
char *ptsname(int);
int ptsname_r(int, char *, size_t);
int daemon(int, int);
void closefrom(int);
int fdwalk(int (*)(void *, int), void *);
void freezero(void *, size_t);
void *recallocarray(void *, size_t, size_t, size_t);
__END_DECLS

#endif
