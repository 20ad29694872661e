/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lib/base.h: the vocabulary every room uses. Fixed-width integers, sizes of
 * arrays, alignment and branch hints. It knows nothing of the rest of the tree
 * and needs no libc.
 */
#ifndef FB_LIB_BASE_H
#define FB_LIB_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The runtime is one image: nothing in it is reached through a table of addresses. */
#if !__STDC_HOSTED__
#pragma GCC visibility push(hidden)
#endif

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t i8;
typedef int16_t i16;
typedef int32_t i32;
typedef int64_t i64;

#define ARRAY_LEN(a)	 (sizeof(a) / sizeof((a)[0]))
#define ALIGN_DOWN(x, n) ((x) & ~((__typeof__(x))(n)-1))
#define ALIGN_UP(x, n)	 ALIGN_DOWN((x) + ((__typeof__(x))(n)-1), n)
#define LIKELY(x)	 __builtin_expect(!!(x), 1)
#define UNLIKELY(x)	 __builtin_expect(!!(x), 0)
#define MIN(a, b)	 ((a) < (b) ? (a) : (b))
#define MAX(a, b)	 ((a) > (b) ? (a) : (b))
#define NORETURN	 __attribute__((noreturn))
/* Small variables that a fork writes: kept together, so that it copies one page for all. */
#define FB_HOT __attribute__((section(".bss..hot")))
/* What every start writes, large or small: in one row, so that its pages are few. */
#define FB_START __attribute__((section(".bss..start")))
/* Large tables of which little is used: behind the small variables, whose pages stay few. */
#define FB_LARGE	  __attribute__((section(".bss..large")))
#define UNUSED		  __attribute__((unused))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define OFFSET_ASSERT(type, member, off)                                                           \
	_Static_assert(offsetof(type, member) == (off), #type "." #member " at " #off)
#define SIZE_ASSERT(type, size) _Static_assert(sizeof(type) == (size), "sizeof " #type " is " #size)

#define PAGE_SIZE 4096UL
#define PAGE_MASK (PAGE_SIZE - 1)

#endif
