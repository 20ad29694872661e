/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/priv.c: privileges: their names and sets, as the kernel numbers them. It tells
 * in one structure how many words a set has, and in what follows the names of sets and privileges.
 * Facts: setppriv(2), priv_addset(3C), priv_getbyname(3C), usr/src/uts/common/sys/priv.h.
 */
#include <priv.h>
#include <stdlib.h>
#include <string.h>

#include "guest/illumos/libc/libc.h"

enum { GETIMPLINFO = 2, SETNAMES = 1, PRIVNAMES = 2, BASICPRIVS = 3 };
#define SIZE  16384
#define WORDS 64 /* of a set, at most */

struct part {
	uint32_t type, size;
};
struct names {
	struct part part;
	int count;
	char text[];
};

static pthread_mutex_t lock = LOCK_INIT;
static priv_impl_info_t *info;

EXPORT const priv_impl_info_t *getprivimplinfo(void)
{
	pthread_mutex_lock(&lock);
	if (!info) {
		priv_impl_info_t *p = calloc(1, SIZE);

		if (p && result(SYSCALL(SYS_privsys, GETIMPLINFO, 0, 0, p, SIZE)) >= 0 &&
		    p->priv_setsize > 0 && p->priv_setsize <= WORDS)
			info = p;
		else
			free(p);
	}
	pthread_mutex_unlock(&lock);
	return info;
}

/* A part of what follows the structure, all of which lies within what was asked for. */
static const void *part(uint32_t type)
{
	const priv_impl_info_t *p = getprivimplinfo();
	size_t at = p ? p->priv_headersize : SIZE;

	while (at + sizeof(struct part) <= SIZE) {
		const struct part *x = (const struct part *)((const char *)p + at);

		if (x->size < sizeof(*x) || x->size > SIZE - at)
			break;
		if (x->type == type)
			return x;
		at += x->size;
	}
	return NULL;
}

static const char *name_at(uint32_t type, int want)
{
	const struct names *n = part(type);
	const char *p = n ? n->text : NULL, *end = (const char *)n + (n ? n->part.size : 0);

	for (int i = 0; n && i < n->count && p < end; i++, p += strnlen(p, (size_t)(end - p)) + 1)
		if (i == want)
			return p;
	return NULL;
}

static int number_of(uint32_t type, const char *name)
{
	const char *p;

	/* PRIV_ may come before a privilege's name. */
	if (type == PRIVNAMES && strncasecmp(name, "priv_", 5) == 0)
		name += 5;
	for (int i = 0; (p = name_at(type, i)) != NULL; i++)
		if (strcasecmp(p, name) == 0)
			return i;
	return (int)fail_with(EINVAL);
}

EXPORT int priv_getbyname(const char *name)
{
	return number_of(PRIVNAMES, name);
}

EXPORT const char *priv_getbynum(int n)
{
	return name_at(PRIVNAMES, n);
}

EXPORT int priv_getsetbyname(const char *name)
{
	return number_of(SETNAMES, name);
}

EXPORT const char *priv_getsetbynum(int n)
{
	return name_at(SETNAMES, n);
}

/* ---- sets ---------------------------------------------------------------------------------- */

static size_t words(void)
{
	const priv_impl_info_t *p = getprivimplinfo();

	return p ? p->priv_setsize : 1;
}

static uint32_t *bits(priv_set_t *s)
{
	return (uint32_t *)s;
}

static const uint32_t *of(const priv_set_t *s)
{
	return (const uint32_t *)s;
}

EXPORT priv_set_t *priv_allocset(void)
{
	return calloc(words(), sizeof(uint32_t));
}

EXPORT void priv_freeset(priv_set_t *s)
{
	int error = self()->error;

	free(s);
	self()->error = error;
}

EXPORT void priv_emptyset(priv_set_t *s)
{
	memset(s, 0, words() * sizeof(uint32_t));
}

EXPORT void priv_fillset(priv_set_t *s)
{
	memset(s, 0xff, words() * sizeof(uint32_t));
}

EXPORT void priv_copyset(const priv_set_t *from, priv_set_t *to)
{
	memcpy(to, from, words() * sizeof(uint32_t));
}

EXPORT void priv_basicset(priv_set_t *s)
{
	const struct part *p = part(BASICPRIVS);

	priv_emptyset(s);
	if (p && p->size >= sizeof(*p) + words() * sizeof(uint32_t))
		memcpy(s, p + 1, words() * sizeof(uint32_t));
}

EXPORT boolean_t priv_isemptyset(const priv_set_t *s)
{
	for (size_t i = 0; i < words(); i++)
		if (of(s)[i])
			return B_FALSE;
	return B_TRUE;
}

EXPORT boolean_t priv_isfullset(const priv_set_t *s)
{
	for (size_t i = 0; i < words(); i++)
		if (~of(s)[i])
			return B_FALSE;
	return B_TRUE;
}

EXPORT boolean_t priv_isequalset(const priv_set_t *a, const priv_set_t *b)
{
	return memcmp(a, b, words() * sizeof(uint32_t)) == 0;
}

EXPORT boolean_t priv_issubset(const priv_set_t *a, const priv_set_t *b)
{
	for (size_t i = 0; i < words(); i++)
		if (of(a)[i] & ~of(b)[i])
			return B_FALSE;
	return B_TRUE;
}

EXPORT void priv_intersect(const priv_set_t *a, priv_set_t *to)
{
	for (size_t i = 0; i < words(); i++)
		bits(to)[i] &= of(a)[i];
}

EXPORT void priv_union(const priv_set_t *a, priv_set_t *to)
{
	for (size_t i = 0; i < words(); i++)
		bits(to)[i] |= of(a)[i];
}

EXPORT void priv_inverse(priv_set_t *s)
{
	for (size_t i = 0; i < words(); i++)
		bits(s)[i] = ~bits(s)[i];
}

/* Of a word the highest bit is the first privilege (sys/priv_const.h's __PRIV_ASSERT). */
static bool place(const char *name, size_t *word, uint32_t *bit)
{
	int n = priv_getbyname(name);

	if (n < 0 || (size_t)n / 32 >= words())
		return false;
	*word = (size_t)n / 32;
	*bit = 1u << (31 - n % 32);
	return true;
}

EXPORT int priv_addset(priv_set_t *s, const char *name)
{
	size_t word;
	uint32_t bit;

	if (!place(name, &word, &bit))
		return -1;
	bits(s)[word] |= bit;
	return 0;
}

EXPORT int priv_delset(priv_set_t *s, const char *name)
{
	size_t word;
	uint32_t bit;

	if (!place(name, &word, &bit))
		return -1;
	bits(s)[word] &= ~bit;
	return 0;
}

EXPORT boolean_t priv_ismember(const priv_set_t *s, const char *name)
{
	size_t word;
	uint32_t bit;

	return place(name, &word, &bit) && of(s)[word] & bit ? B_TRUE : B_FALSE;
}

/* ---- the process's ------------------------------------------------------------------------- */

EXPORT int getppriv(const char *which, priv_set_t *s)
{
	int n = priv_getsetbyname(which);

	if (n < 0)
		return -1;
	return (int)result(SYSCALL(SYS_privsys, 1, 0, n, s, words() * sizeof(uint32_t)));
}

EXPORT int setppriv(priv_op_t op, const char *which, const priv_set_t *s)
{
	int n = priv_getsetbyname(which);

	if (n < 0)
		return -1;
	return (int)result(SYSCALL(SYS_privsys, 0, op, n, s, words() * sizeof(uint32_t)));
}

EXPORT boolean_t priv_ineffect(const char *name)
{
	priv_set_t *s = priv_allocset();
	boolean_t r = s && getppriv("Effective", s) == 0 ? priv_ismember(s, name) : B_FALSE;

	priv_freeset(s);
	return r;
}
