/* SPDX-License-Identifier: BSD-2-Clause */
/* The allocator with caches of objects. Source: usr/src/lib/libumem/common/umem.h. */
#ifndef _FB_ILLUMOS_UMEM_H
#define _FB_ILLUMOS_UMEM_H

#include <sys/types.h>

#define UMEM_DEFAULT 0x0000
#define UMEM_NOFAIL  0x0100

#define UMEM_CALLBACK_RETRY	   0
#define UMEM_CALLBACK_EXIT(status) (0x100 | ((status)&0xff))

#define UMC_NOTOUCH    0x00010000
#define UMC_NODEBUG    0x00020000
#define UMC_NOMAGAZINE 0x00040000
#define UMC_NOHASH     0x00080000

struct umem_cache;
typedef struct umem_cache umem_cache_t;
typedef int umem_nofail_callback_t(void);
typedef int umem_constructor_t(void *, void *, int);
typedef void umem_destructor_t(void *, void *);
typedef void umem_reclaim_t(void *);

__BEGIN_DECLS
void *umem_alloc(size_t, int);
void *umem_alloc_align(size_t, size_t, int);
void *umem_zalloc(size_t, int);
void umem_free(void *, size_t);
void umem_free_align(void *, size_t);
void umem_nofail_callback(umem_nofail_callback_t *);
umem_cache_t *umem_cache_create(char *, size_t, size_t, umem_constructor_t *, umem_destructor_t *,
				umem_reclaim_t *, void *, void *, int);
void umem_cache_destroy(umem_cache_t *);
void *umem_cache_alloc(umem_cache_t *, int);
void umem_cache_free(umem_cache_t *, void *);
void umem_reap(void);
__END_DECLS

#endif
