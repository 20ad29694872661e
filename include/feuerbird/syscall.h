/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * feuerbird/syscall.h: making calls of any class from C.
 *
 * fb_call: for the native class and Linux; the result or -errno. fb_call_bsd: for FreeBSD;
 * the result, or minus FreeBSD's errno, the carry flag already looked at.
 */
#ifndef FEUERBIRD_SYSCALL_H
#define FEUERBIRD_SYSCALL_H

#include <feuerbird/abi.h>

static inline long fb_call(unsigned nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result), "+r"(r8), "+r"(r9), "+r"(r10)
			 : "a"((unsigned long)nr), "D"(a), "S"(b), "d"(c)
			 : "rcx", "r11", "memory", "cc");
	return result;
}

static inline long fb_call_bsd(unsigned nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result, second = c;
	unsigned char failed;

	__asm__ volatile("syscall"
			 : "=a"(result), "=@ccc"(failed), "+d"(second), "+r"(r8), "+r"(r9),
			   "+r"(r10)
			 : "a"((unsigned long)nr), "D"(a), "S"(b)
			 : "rcx", "r11", "memory");
	return failed ? -result : result;
}

#endif
