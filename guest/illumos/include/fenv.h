/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/lib/libm/common/m9x/fenv.h. */
#ifndef _FB_ILLUMOS_FENV_H
#define _FB_ILLUMOS_FENV_H

#include <sys/cdefs.h>

#define FE_TONEAREST  0
#define FE_DOWNWARD   1
#define FE_UPWARD     2
#define FE_TOWARDZERO 3
#define FE_FLTPREC    0
#define FE_DBLPREC    2
#define FE_LDBLPREC   3
#define FE_INVALID    0x01
#define FE_DIVBYZERO  0x04
#define FE_OVERFLOW   0x08
#define FE_UNDERFLOW  0x10
#define FE_INEXACT    0x20
#define FE_ALL_EXCEPT 0x3d

typedef int fexcept_t;
typedef struct {
	struct {
		int __mode;
		void (*__handler)(void);
	} __handlers[12];
	unsigned long __fsr;
} fenv_t;

__BEGIN_DECLS
extern const fenv_t __fenv_dfl_env;
#define FE_DFL_ENV (&__fenv_dfl_env)
int fegetround(void);
int fesetround(int);
int fegetprec(void);
int fesetprec(int);
int feclearexcept(int);
int feraiseexcept(int);
int fetestexcept(int);
int fegetexceptflag(fexcept_t *, int);
int fesetexceptflag(const fexcept_t *, int);
int fegetenv(fenv_t *);
int fesetenv(const fenv_t *);
int feholdexcept(fenv_t *);
int feupdateenv(const fenv_t *);
__END_DECLS

#endif
