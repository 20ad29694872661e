/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/memory.c: bytes that are copied, set and compared.
 */
#include <string.h>

#include "guest/illumos/libc/libc.h"

/* The processor's own way is the fastest from some hundred bytes on. */
EXPORT void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
	void *d = to;

	__asm__ volatile("rep movsb" : "+D"(d), "+S"(from), "+c"(n) : : "memory");
	return to;
}

EXPORT void *memmove(void *to, const void *from, size_t n)
{
	if ((uintptr_t)to - (uintptr_t)from >= n)
		return memcpy(to, from, n);
	for (unsigned char *d = to; n--;)
		d[n] = ((const unsigned char *)from)[n];
	return to;
}

EXPORT void *memset(void *to, int c, size_t n)
{
	void *d = to;

	__asm__ volatile("rep stosb" : "+D"(d), "+c"(n) : "a"(c) : "memory");
	return to;
}

EXPORT int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *x = a, *y = b;

	for (size_t i = 0; i < n; i++)
		if (x[i] != y[i])
			return x[i] - y[i];
	return 0;
}

EXPORT size_t strlen(const char *s)
{
	const char *p = s;

	while (*p)
		p++;
	return (size_t)(p - s);
}

EXPORT int strncmp(const char *a, const char *b, size_t n)
{
	for (; n && *a && *a == *b; a++, b++, n--)
		;
	return n ? (unsigned char)*a - (unsigned char)*b : 0;
}

EXPORT size_t strlcpy(char *to, const char *from, size_t size)
{
	size_t n = strlen(from), copied = n < size ? n : size - 1;

	if (size) {
		memcpy(to, from, copied);
		to[copied] = '\0';
	}
	return n;
}
