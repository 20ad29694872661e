/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libm/fenv.c: rounding, and the flags of exceptions.
 *
 * Both units of the processor have them: the x87's control and status words and MXCSR. In fenv_t
 * __fsr is, as illumos has it, MXCSR above and the x87's below: status and control of one are kept
 * in one word of 64 bits. Facts: usr/src/lib/libm/common/m9x/fenv.h, fenv(3M); the bits: the
 * processor's manual, volume 1, 8.1 and 10.2.3.
 */
#include <fenv.h>

#define EXPORT __attribute__((visibility("default")))
#define MASKS  0x1f80u /* of MXCSR: no exception traps */

EXPORT const fenv_t __fenv_dfl_env = {.__fsr = (unsigned long)MASKS << 32 | 0x037f};

static unsigned control87(void)
{
	unsigned short w;

	__asm__ volatile("fnstcw %0" : "=m"(w));
	return w;
}

static void set_control87(unsigned v)
{
	unsigned short w = (unsigned short)v;

	__asm__ volatile("fldcw %0" : : "m"(w));
}

static unsigned status87(void)
{
	unsigned short w;

	__asm__ volatile("fnstsw %0" : "=am"(w));
	return w;
}

static unsigned mxcsr(void)
{
	unsigned v;

	__asm__ volatile("stmxcsr %0" : "=m"(v));
	return v;
}

static void set_mxcsr(unsigned v)
{
	__asm__ volatile("ldmxcsr %0" : : "m"(v));
}

/* The environment the unit keeps: seven words of which the second is the status. */
static void set_status87(unsigned v)
{
	unsigned e[7];

	__asm__ volatile("fnstenv %0" : "=m"(e));
	e[1] = (e[1] & ~(unsigned)FE_ALL_EXCEPT) | (v & FE_ALL_EXCEPT);
	__asm__ volatile("fldenv %0" : : "m"(e));
}

EXPORT int fegetround(void)
{
	return (int)(control87() >> 10 & 3);
}

EXPORT int fesetround(int how)
{
	if (how < FE_TONEAREST || how > FE_TOWARDZERO)
		return -1;
	set_control87((control87() & ~0xc00u) | (unsigned)how << 10);
	set_mxcsr((mxcsr() & ~0x6000u) | (unsigned)how << 13);
	return 0;
}

EXPORT int fegetprec(void)
{
	return (int)(control87() >> 8 & 3);
}

EXPORT int fesetprec(int how)
{
	if (how != FE_FLTPREC && how != FE_DBLPREC && how != FE_LDBLPREC)
		return 0;
	set_control87((control87() & ~0x300u) | (unsigned)how << 8);
	return 1;
}

EXPORT int fetestexcept(int which)
{
	return (int)((status87() | mxcsr()) & (unsigned)which & FE_ALL_EXCEPT);
}

EXPORT int feclearexcept(int which)
{
	unsigned bits = (unsigned)which & FE_ALL_EXCEPT;

	if (status87() & bits)
		set_status87(status87() & ~bits);
	set_mxcsr(mxcsr() & ~bits);
	return 0;
}

/* A set flag whose trap is on traps at the next instruction of the unit. */
EXPORT int feraiseexcept(int which)
{
	unsigned bits = (unsigned)which & FE_ALL_EXCEPT;

	set_mxcsr(mxcsr() | bits);
	if (bits & ~(control87() & 0x3f)) {
		set_status87(status87() | bits);
		__asm__ volatile("fwait");
	}
	return 0;
}

EXPORT int fegetexceptflag(fexcept_t *flags, int which)
{
	*flags = fetestexcept(which);
	return 0;
}

EXPORT int fesetexceptflag(const fexcept_t *flags, int which)
{
	unsigned bits = (unsigned)which & FE_ALL_EXCEPT;

	if (status87() & bits)
		set_status87(status87() & ~bits);
	set_mxcsr((mxcsr() & ~bits) | ((unsigned)*flags & bits));
	return 0;
}

EXPORT int fegetenv(fenv_t *env)
{
	for (int i = 0; i < 12; i++)
		env->__handlers[i].__mode = 0;
	env->__fsr = (unsigned long)mxcsr() << 32 | (status87() & 0x3f) << 16 | control87();
	return 0;
}

EXPORT int fesetenv(const fenv_t *env)
{
	set_status87((unsigned)(env->__fsr >> 16));
	set_control87((unsigned)(env->__fsr & 0xffff));
	set_mxcsr((unsigned)(env->__fsr >> 32) & 0xffff);
	return 0;
}

EXPORT int feholdexcept(fenv_t *env)
{
	fegetenv(env);
	feclearexcept(FE_ALL_EXCEPT);
	set_control87(control87() | 0x3f);
	set_mxcsr(mxcsr() | MASKS);
	return 0;
}

EXPORT int feupdateenv(const fenv_t *env)
{
	int raised = fetestexcept(FE_ALL_EXCEPT);

	fesetenv(env);
	return feraiseexcept(raised);
}
