/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lib/mem.h: the memory and string functions a compiler expects to find, for the
 * freestanding image. Same contracts as ISO C's. fb_format is a small snprintf
 * (%s %d %u %x %lx %ld %lu %c %p %% with width and zero padding) that always
 * terminates its output and returns the length it would have needed.
 */
#ifndef FB_LIB_MEM_H
#define FB_LIB_MEM_H

#include <stdarg.h>

#include "lib/base.h"

/* A hosted program that uses our rooms has these from its libc. */
#pragma GCC visibility push(default)
void *memcpy(void *restrict dst, const void *restrict src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
#pragma GCC visibility pop

size_t fb_format(char *buf, size_t size, const char *fmt, ...) PRINTF_LIKE(3, 4);
size_t fb_vformat(char *buf, size_t size, const char *fmt, va_list ap);

/* Copies at most size-1 characters and terminates; returns strlen(src). */
size_t fb_strlcpy(char *dst, const char *src, size_t size);

#endif
