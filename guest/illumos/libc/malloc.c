/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/malloc.c: memory.
 *
 * Small blocks come from slabs of one size each, 64 KiB and aligned to that, whose head says the
 * size; large ones are mappings. A block's head is found from its address. Facts: malloc(3C): every
 * block is aligned to 16 bytes.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "guest/illumos/libc/libc.h"

#define SLAB_SIZE (64UL * 1024)
#define CLASSES	  40
#define LARGEST	  16384UL /* of a slab */
#define MAGIC	  0x46426d616c6c6f63UL

struct slab {
	uint64_t magic;
	uint32_t size; /* of a block; 0: a mapping of its own */
	uint32_t used, count, fresh;
	void *free;		   /* blocks given back, each leads to the next */
	struct slab *next, **link; /* among those of its class that have room */
	size_t mapped;		   /* bytes, of a large one */
} __attribute__((aligned(64)));

static pthread_mutex_t lock = LOCK_INIT;
static struct slab *with_room[CLASSES];

void fb_malloc_lock(bool on)
{
	if (on)
		pthread_mutex_lock(&lock);
	else
		pthread_mutex_unlock(&lock);
}

/* 16, 32, 48, 64, then four sizes to each doubling. */
static unsigned class_of(size_t n, uint32_t *size)
{
	unsigned log, step;

	if (n <= 64) {
		*size = n <= 16 ? 16 : (uint32_t)((n + 15) & ~15UL);
		return *size / 16 - 1;
	}
	log = 63 - (unsigned)__builtin_clzl(n - 1);
	step = 1u << (log - 2);
	*size = (uint32_t)((n + step - 1) & ~(size_t)(step - 1));
	return 4 + (log - 6) * 4 + (*size - (1u << log)) / step - 1;
}

static struct slab *head_of(void *p)
{
	struct slab *s = (struct slab *)((uintptr_t)p & ~(SLAB_SIZE - 1));

	if (s->magic != MAGIC)
		abort();
	return s;
}

static void *map(size_t n)
{
	void *p = mmap((void *)SLAB_SIZE, n, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANON | MAP_ALIGN, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

static void link_slab(struct slab *s, unsigned class)
{
	s->next = with_room[class];
	if (s->next)
		s->next->link = &s->next;
	s->link = &with_room[class];
	with_room[class] = s;
}

static void unlink_slab(struct slab *s)
{
	*s->link = s->next;
	if (s->next)
		s->next->link = s->link;
	s->link = NULL;
}

static void *small(size_t n)
{
	uint32_t size;
	unsigned class = class_of(n, &size);
	struct slab *s = with_room[class];
	void *p;

	if (!s) {
		s = map(SLAB_SIZE);
		if (!s)
			return NULL;
		s->magic = MAGIC;
		s->size = size;
		s->count = (uint32_t)((SLAB_SIZE - sizeof(*s)) / size);
		link_slab(s, class);
	}
	if (s->free) {
		p = s->free;
		s->free = *(void **)p;
	} else {
		p = (char *)(s + 1) + (size_t)s->size * s->fresh++;
	}
	if (++s->used == s->count)
		unlink_slab(s);
	return p;
}

/* The block follows the head at once, or at a multiple of align below SLAB_SIZE. */
static void *large(size_t n, size_t align)
{
	size_t before = align > sizeof(struct slab) ? align : sizeof(struct slab);
	size_t bytes = (n + before + 4095) & ~4095UL;
	struct slab *s = n > bytes ? NULL : map(bytes);

	if (!s)
		return NULL;
	s->magic = MAGIC;
	s->mapped = bytes;
	return (char *)s + before;
}

EXPORT void *malloc(size_t n)
{
	void *p;

	if (n > LARGEST) {
		p = large(n, 16);
	} else {
		pthread_mutex_lock(&lock);
		p = small(n);
		pthread_mutex_unlock(&lock);
	}
	if (!p)
		self()->error = ENOMEM;
	return p;
}

EXPORT void free(void *p)
{
	struct slab *s;
	int error = self()->error;

	if (!p)
		return;
	s = head_of(p);
	if (!s->size) {
		munmap(s, s->mapped);
		self()->error = error;
		return;
	}
	pthread_mutex_lock(&lock);
	/* A pointer into a block (memalign) gives the whole of it back. */
	p = (char *)(s + 1) + (size_t)((char *)p - (char *)(s + 1)) / s->size * s->size;
	*(void **)p = s->free;
	s->free = p;
	if (s->used-- == s->count) {
		uint32_t size;

		link_slab(s, class_of(s->size, &size));
	} else if (s->used == 0 && (s->next || *s->link != s)) {
		/* The last one of its class stays. */
		unlink_slab(s);
		pthread_mutex_unlock(&lock);
		munmap(s, SLAB_SIZE);
		self()->error = error;
		return;
	}
	pthread_mutex_unlock(&lock);
	self()->error = error;
}

/* What p may be used for. */
static size_t room_of(void *p)
{
	struct slab *s = head_of(p);

	if (!s->size)
		return s->mapped - (size_t)((char *)p - (char *)s);
	return s->size - (size_t)((char *)p - (char *)(s + 1)) % s->size;
}

EXPORT size_t malloc_usable_size(void *p)
{
	return p ? room_of(p) : 0;
}

EXPORT void *calloc(size_t n, size_t size)
{
	size_t bytes;
	void *p;

	if (__builtin_mul_overflow(n, size, &bytes)) {
		self()->error = ENOMEM;
		return NULL;
	}
	p = malloc(bytes);
	if (p && bytes <= LARGEST)
		memset(p, 0, bytes);
	return p;
}

EXPORT void *realloc(void *p, size_t n)
{
	size_t have;
	void *to;

	if (!p)
		return malloc(n);
	if (n == 0) {
		free(p);
		return NULL;
	}
	have = room_of(p);
	if (n <= have && n >= have / 2)
		return p;
	to = malloc(n);
	if (!to)
		return NULL;
	memcpy(to, p, have < n ? have : n);
	free(p);
	return to;
}

static void *aligned(size_t align, size_t n)
{
	void *p;

	if (align <= 16)
		return malloc(n);
	if (n + align > LARGEST) {
		/* Beyond a slab's alignment the head would not be found. */
		p = align < SLAB_SIZE ? large(n, align) : NULL;
		if (!p)
			self()->error = ENOMEM;
		return p;
	}
	p = malloc(n + align);
	return p ? (void *)(((uintptr_t)p + align - 1) & ~(align - 1)) : NULL;
}

static bool is_power(size_t n)
{
	return n && (n & (n - 1)) == 0;
}

EXPORT void *memalign(size_t align, size_t n)
{
	if (!is_power(align)) {
		self()->error = EINVAL;
		return NULL;
	}
	return aligned(align, n);
}
EXPORT void *aligned_alloc(size_t, size_t) __attribute__((alias("memalign")));

EXPORT int posix_memalign(void **out, size_t align, size_t n)
{
	int error = self()->error;
	void *p;

	if (!is_power(align) || align % sizeof(void *))
		return EINVAL;
	p = aligned(align, n);
	self()->error = error;
	if (!p)
		return ENOMEM;
	*out = p;
	return 0;
}

EXPORT void *valloc(size_t n)
{
	return aligned(4096, n);
}
