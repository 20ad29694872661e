/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/search.h. */
#ifndef _FB_ILLUMOS_SEARCH_H
#define _FB_ILLUMOS_SEARCH_H

#include <sys/types.h>

typedef struct entry {
	char *key;
	void *data;
} ENTRY;
typedef enum { FIND, ENTER } ACTION;
typedef enum { preorder, postorder, endorder, leaf } VISIT;

__BEGIN_DECLS
int hcreate(size_t);
void hdestroy(void);
ENTRY *hsearch(ENTRY, ACTION);
void *tsearch(const void *, void **, int (*)(const void *, const void *));
void *tfind(const void *, void *const *, int (*)(const void *, const void *));
void *tdelete(const void *_RESTRICT_KYWD, void **_RESTRICT_KYWD,
	      int (*)(const void *, const void *));
void twalk(const void *, void (*)(const void *, VISIT, int));
void *lsearch(const void *, void *, size_t *, size_t, int (*)(const void *, const void *));
void *lfind(const void *, const void *, size_t *, size_t, int (*)(const void *, const void *));
void insque(void *, void *);
void remque(void *);
__END_DECLS

#endif
