/* SPDX-License-Identifier: BSD-2-Clause */
/* core/kqueue_table.c: links by a key, in buckets that become more with their number. */
#include "core/kqueue_impl.h"
#include "lib/mem.h"

static u32 slot(const struct kq_table *t, u64 key)
{
	return (u32)((key * 0x9e3779b97f4a7c15UL) >> 32) & t->mask;
}

void kq_table_start(struct kq_table *t)
{
	t->bucket = t->few;
	t->mask = KQ_FEW - 1;
	t->count = 0;
}

void kq_table_end(struct kq_table *t)
{
	if (t->bucket != t->few)
		exo_pages_free(t->bucket, (t->mask + 1UL) * sizeof(*t->bucket));
	memset(t->few, 0, sizeof(t->few));
	kq_table_start(t);
}

/* When memory is out the chains grow instead. */
static void grow(struct kq_table *t)
{
	struct kq_bucket *old = t->bucket;
	u32 n = t->mask + 1, more = MAX(n * 4, 512u);
	struct kq_bucket *bucket = exo_pages_alloc(more * sizeof(*bucket));

	if (!bucket)
		return;
	t->bucket = bucket;
	t->mask = more - 1;
	for (u32 i = 0; i < n; i++)
		for (struct kq_link *l = old[i].first, *next; l; l = next) {
			struct kq_link **at = &bucket[slot(t, l->key)].first;

			next = l->next;
			l->next = *at;
			*at = l;
		}
	if (old != t->few)
		exo_pages_free(old, n * sizeof(*old));
}

void kq_table_add(struct kq_table *t, struct kq_link *l)
{
	struct kq_link **at;

	if (t->count >= 2 * (t->mask + 1))
		grow(t);
	at = &t->bucket[slot(t, l->key)].first;
	l->next = *at;
	*at = l;
	t->count++;
}

void kq_table_remove(struct kq_table *t, struct kq_link *l)
{
	struct kq_link **at = &t->bucket[slot(t, l->key)].first;

	while (*at && *at != l)
		at = &(*at)->next;
	if (!*at)
		return;
	*at = l->next;
	t->count--;
}

struct kq_link *kq_table_find(const struct kq_table *t, u64 key)
{
	struct kq_link *l = t->bucket[slot(t, key)].first;

	while (l && l->key != key)
		l = l->next;
	return l;
}

struct kq_link *kq_table_next(const struct kq_link *l)
{
	u64 key = l->key;
	struct kq_link *n = l->next;

	while (n && n->key != key)
		n = n->next;
	return n;
}
