/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/atomic.c: atomic_ops(3C): each operation for each width, with and without the
 * new value, and barriers (membar_ops(3C)).
 */
#include <atomic.h>

#include "guest/illumos/libc/libc.h"

/* WIDTH(suffix, suffix of a signed summand's functions, type, type of a summand) */
#define WIDTH(u, s, type, add)                                                                     \
	EXPORT void atomic_inc_##u(volatile type *p)                                               \
	{                                                                                          \
		__atomic_fetch_add(p, 1, __ATOMIC_SEQ_CST);                                        \
	}                                                                                          \
	EXPORT type atomic_inc_##u##_nv(volatile type *p)                                          \
	{                                                                                          \
		return __atomic_add_fetch(p, 1, __ATOMIC_SEQ_CST);                                 \
	}                                                                                          \
	EXPORT void atomic_dec_##u(volatile type *p)                                               \
	{                                                                                          \
		__atomic_fetch_sub(p, 1, __ATOMIC_SEQ_CST);                                        \
	}                                                                                          \
	EXPORT type atomic_dec_##u##_nv(volatile type *p)                                          \
	{                                                                                          \
		return __atomic_sub_fetch(p, 1, __ATOMIC_SEQ_CST);                                 \
	}                                                                                          \
	EXPORT void atomic_add_##s(volatile type *p, add n)                                        \
	{                                                                                          \
		__atomic_fetch_add(p, (type)n, __ATOMIC_SEQ_CST);                                  \
	}                                                                                          \
	EXPORT type atomic_add_##s##_nv(volatile type *p, add n)                                   \
	{                                                                                          \
		return __atomic_add_fetch(p, (type)n, __ATOMIC_SEQ_CST);                           \
	}                                                                                          \
	EXPORT void atomic_or_##u(volatile type *p, type bits)                                     \
	{                                                                                          \
		__atomic_fetch_or(p, bits, __ATOMIC_SEQ_CST);                                      \
	}                                                                                          \
	EXPORT type atomic_or_##u##_nv(volatile type *p, type bits)                                \
	{                                                                                          \
		return __atomic_or_fetch(p, bits, __ATOMIC_SEQ_CST);                               \
	}                                                                                          \
	EXPORT void atomic_and_##u(volatile type *p, type bits)                                    \
	{                                                                                          \
		__atomic_fetch_and(p, bits, __ATOMIC_SEQ_CST);                                     \
	}                                                                                          \
	EXPORT type atomic_and_##u##_nv(volatile type *p, type bits)                               \
	{                                                                                          \
		return __atomic_and_fetch(p, bits, __ATOMIC_SEQ_CST);                              \
	}                                                                                          \
	EXPORT type atomic_cas_##u(volatile type *p, type old, type new)                           \
	{                                                                                          \
		__atomic_compare_exchange_n(p, &old, new, false, __ATOMIC_SEQ_CST,                 \
					    __ATOMIC_SEQ_CST);                                     \
		return old;                                                                        \
	}                                                                                          \
	EXPORT type atomic_swap_##u(volatile type *p, type new)                                    \
	{                                                                                          \
		return __atomic_exchange_n(p, new, __ATOMIC_SEQ_CST);                              \
	}
WIDTH(8, 8, uint8_t, int8_t)
WIDTH(uchar, char, uchar_t, signed char)
WIDTH(16, 16, uint16_t, int16_t)
WIDTH(ushort, short, ushort_t, short)
WIDTH(32, 32, uint32_t, int32_t)
WIDTH(uint, int, uint_t, int)
WIDTH(64, 64, uint64_t, int64_t)
WIDTH(ulong, long, ulong_t, long)

EXPORT void atomic_add_ptr(volatile void *p, ssize_t n)
{
	__atomic_fetch_add((volatile uintptr_t *)p, (uintptr_t)n, __ATOMIC_SEQ_CST);
}

EXPORT void *atomic_add_ptr_nv(volatile void *p, ssize_t n)
{
	return (void *)__atomic_add_fetch((volatile uintptr_t *)p, (uintptr_t)n, __ATOMIC_SEQ_CST);
}

EXPORT void *atomic_cas_ptr(volatile void *p, void *old, void *new)
{
	return (void *)atomic_cas_ulong((volatile ulong_t *)p, (ulong_t)old, (ulong_t) new);
}

EXPORT void *atomic_swap_ptr(volatile void *p, void *new)
{
	return (void *)atomic_swap_ulong((volatile ulong_t *)p, (ulong_t) new);
}

EXPORT int atomic_set_long_excl(volatile ulong_t *p, uint_t bit)
{
	return __atomic_fetch_or(p, 1UL << bit, __ATOMIC_SEQ_CST) >> bit & 1 ? -1 : 0;
}

EXPORT int atomic_clear_long_excl(volatile ulong_t *p, uint_t bit)
{
	return __atomic_fetch_and(p, ~(1UL << bit), __ATOMIC_SEQ_CST) >> bit & 1 ? 0 : -1;
}

EXPORT void membar_enter(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}
EXPORT void membar_exit(void) __attribute__((alias("membar_enter")));
EXPORT void membar_producer(void) __attribute__((alias("membar_enter")));
EXPORT void membar_consumer(void) __attribute__((alias("membar_enter")));
