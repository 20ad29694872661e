/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld/base.c: memory, text and errors of the dynamic linker, which has no library.
 */
#include "guest/illumos/rtld/object.h"
#include "guest/illumos/syscall.h"

#define CHUNK	    (64UL * 1024)
#define PROT_RW	    3
#define MAP_PRIVATE 2
#define MAP_ANON    0x100

/* Before the library is there nothing is given back. */
static char *chunk;
static size_t chunk_left;

void *allocate(size_t bytes)
{
	struct syscall_answer a;
	void *p;

	if (_fb_rtld.allocate) {
		p = _fb_rtld.allocate(bytes);
		if (p)
			memory_zero(p, bytes);
		return p;
	}
	bytes = (bytes + 15) & ~15UL;
	if (bytes > chunk_left) {
		size_t n = bytes > CHUNK ? (bytes + 4095) & ~4095UL : CHUNK;

		a = SYSCALL(SYS_mmap, 0, n, PROT_RW, MAP_PRIVATE | MAP_ANON, -1, 0);
		if (a.error)
			return NULL;
		chunk = (char *)a.value;
		chunk_left = n;
	}
	p = chunk;
	chunk += bytes;
	chunk_left -= bytes;
	return p;
}

void release(void *p)
{
	if (_fb_rtld.release && p)
		_fb_rtld.release(p);
}

size_t text_length(const char *s)
{
	size_t n = 0;

	while (s[n])
		n++;
	return n;
}

int text_compare(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return (unsigned char)*a - (unsigned char)*b;
}

int text_compare_n(const char *a, const char *b, size_t n)
{
	for (; n; a++, b++, n--)
		if (*a != *b || !*a)
			return (unsigned char)*a - (unsigned char)*b;
	return 0;
}

const char *text_last(const char *s, char c)
{
	const char *last = NULL;

	for (; *s; s++)
		if (*s == c)
			last = s;
	return last;
}

char *text_copy(const char *s)
{
	size_t n = text_length(s) + 1;
	char *p = allocate(n);

	if (p)
		memory_copy(p, s, n);
	return p;
}

void memory_copy(void *to, const void *from, size_t n)
{
	__asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(n) : : "memory");
}

void memory_zero(void *to, size_t n)
{
	__asm__ volatile("rep stosb" : "+D"(to), "+c"(n) : "a"(0) : "memory");
}

/* Compilers call these for structures. */
void *memcpy(void *to, const void *from, size_t n)
{
	memory_copy(to, from, n);
	return to;
}

void *memset(void *to, int c, size_t n)
{
	void *p = to;

	__asm__ volatile("rep stosb" : "+D"(p), "+c"(n) : "a"(c) : "memory");
	return to;
}

/* ---- errors -------------------------------------------------------------------------------- */

static char error_text[PATH_BYTES + 256];
static bool has_error;

static char *append(char *to, const char *end, const char *s)
{
	while (*s && to < end)
		*to++ = *s++;
	return to;
}

bool fail(const char *what, const char *on, const char *why)
{
	const char *end = error_text + sizeof(error_text) - 1;
	const char *base = text_last(program.name ? program.name : "?", '/');
	char *p = error_text;

	p = append(p, end, "ld.so.1: ");
	p = append(p, end, base ? base + 1 : program.name ? program.name : "?");
	p = append(p, end, ": fatal: ");
	p = append(p, end, what);
	p = append(p, end, on);
	p = append(p, end, why);
	*p = '\0';
	has_error = true;
	return false;
}

bool fail_symbol(const char *file, const char *symbol)
{
	const char *end = error_text + sizeof(error_text) - 1;
	char *p;

	fail("relocation error: file ", file, ": symbol ");
	p = append(error_text + text_length(error_text), end, symbol);
	p = append(p, end, ": referenced symbol not found");
	*p = '\0';
	return false;
}

char *error_take(void)
{
	if (!has_error)
		return NULL;
	has_error = false;
	return error_text;
}

#define SIGKILL 9

void die(void)
{
	long pid = SYSCALL(SYS_getpid).value;

	SYSCALL(SYS_write, 2, error_text, text_length(error_text));
	SYSCALL(SYS_write, 2, "\n", 1);
	SYSCALL(SYS_kill, pid, SIGKILL);
	for (;;)
		SYSCALL(SYS_exit, 127);
}
