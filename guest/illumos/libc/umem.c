/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/umem.c: libumem's own interface, over the ordinary allocator.
 *
 * What a cache is for is kept: an object that is given back stays constructed until memory is short
 * or the cache ends. Facts: umem_alloc(3MALLOC), umem_cache_create(3MALLOC); usr/src/lib/libumem/
 * common/umem.h (UMEM_CALLBACK_EXIT), umem.c (umem_alloc_retry).
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <umem.h>

#include "guest/illumos/libc/libc.h"

#define KEPT_MAX 256 /* constructed objects that a cache keeps */

struct umem_cache {
	struct umem_cache *next;
	char name[32];
	size_t size, align;
	umem_constructor_t *construct;
	umem_destructor_t *destruct;
	umem_reclaim_t *reclaim;
	void *private;
	pthread_mutex_t lock;
	unsigned kept;
	void *object[KEPT_MAX];
};

static pthread_mutex_t lock = LOCK_INIT;
static umem_cache_t *caches;
static umem_nofail_callback_t *callback;

EXPORT void umem_nofail_callback(umem_nofail_callback_t *f)
{
	callback = f;
}

/* No memory: true, to try once more. What may not fail and has nobody to ask ends the program. */
static bool retry(int flags)
{
	int what;

	if (!(flags & UMEM_NOFAIL))
		return false;
	what = callback ? callback() : UMEM_CALLBACK_EXIT(255);
	if (what != UMEM_CALLBACK_RETRY)
		exit((what & ~0xff) == 0x100 ? what & 0xff : 255);
	return true;
}

static void *get(size_t size, size_t align)
{
	void *p;

	if (align <= 16)
		return malloc(size);
	return posix_memalign(&p, align, size) == 0 ? p : NULL;
}

EXPORT void *umem_alloc_align(size_t size, size_t align, int flags)
{
	void *p;

	if (size == 0 || align & (align - 1))
		return NULL;
	do
		p = get(size, align);
	while (!p && retry(flags));
	return p;
}

EXPORT void *umem_alloc(size_t size, int flags)
{
	return umem_alloc_align(size, 0, flags);
}

EXPORT void *umem_zalloc(size_t size, int flags)
{
	void *p = umem_alloc(size, flags);

	return p ? memset(p, 0, size) : NULL;
}

EXPORT void umem_free(void *p, size_t size)
{
	(void)size;
	free(p);
}

EXPORT void umem_free_align(void *p, size_t size)
{
	umem_free(p, size);
}

/* ---- caches -------------------------------------------------------------------------------- */

EXPORT umem_cache_t *umem_cache_create(char *name, size_t size, size_t align,
				       umem_constructor_t *construct, umem_destructor_t *destruct,
				       umem_reclaim_t *reclaim, void *private, void *source,
				       int flags)
{
	umem_cache_t *c;

	(void)source, (void)flags;
	if (size == 0 || align & (align - 1) || align > 65536)
		return (umem_cache_t *)(fail_with(EINVAL), NULL);
	c = calloc(1, sizeof(*c));
	if (!c)
		return NULL;
	if (name)
		strlcpy(c->name, name, sizeof(c->name));
	c->size = size;
	c->align = align;
	c->construct = construct;
	c->destruct = destruct;
	c->reclaim = reclaim;
	c->private = private;
	c->lock = (pthread_mutex_t)LOCK_INIT;
	pthread_mutex_lock(&lock);
	c->next = caches;
	caches = c;
	pthread_mutex_unlock(&lock);
	return c;
}

static void drop(umem_cache_t *c, void *p)
{
	if (c->destruct)
		c->destruct(p, c->private);
	free(p);
}

static void empty(umem_cache_t *c)
{
	for (;;) {
		void *p = NULL;

		pthread_mutex_lock(&c->lock);
		if (c->kept)
			p = c->object[--c->kept];
		pthread_mutex_unlock(&c->lock);
		if (!p)
			return;
		drop(c, p);
	}
}

EXPORT void umem_cache_destroy(umem_cache_t *c)
{
	umem_cache_t **at = &caches;

	pthread_mutex_lock(&lock);
	while (*at && *at != c)
		at = &(*at)->next;
	if (*at)
		*at = c->next;
	pthread_mutex_unlock(&lock);
	empty(c);
	free(c);
}

EXPORT void *umem_cache_alloc(umem_cache_t *c, int flags)
{
	void *p = NULL;

	pthread_mutex_lock(&c->lock);
	if (c->kept)
		p = c->object[--c->kept];
	pthread_mutex_unlock(&c->lock);
	if (p)
		return p;
	do {
		p = get(c->size, c->align);
		if (!p && c->reclaim)
			c->reclaim(c->private);
		if (p && c->construct && c->construct(p, c->private, flags) != 0) {
			free(p);
			p = NULL;
		}
	} while (!p && retry(flags));
	return p;
}

EXPORT void umem_cache_free(umem_cache_t *c, void *p)
{
	pthread_mutex_lock(&c->lock);
	if (c->kept < KEPT_MAX) {
		c->object[c->kept++] = p;
		p = NULL;
	}
	pthread_mutex_unlock(&c->lock);
	if (p)
		drop(c, p);
}

EXPORT void umem_reap(void)
{
	pthread_mutex_lock(&lock);
	for (umem_cache_t *c = caches; c; c = c->next) {
		if (c->reclaim)
			c->reclaim(c->private);
		empty(c);
	}
	pthread_mutex_unlock(&lock);
}
