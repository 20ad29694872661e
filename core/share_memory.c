/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/share_memory.c: private memory becomes such as a fork shares.
 *
 * The host decides that when memory is mapped. So shared memory with the same contents takes
 * its place. What another thread writes there at that moment is lost; who asks for this does
 * so before there is anybody to share with.
 */
#include "core/memory.h"
#include "core/personality.h"
#include "exo/info.h"
#include "lib/mem.h"

#define PIECES 128

struct pieces {
	u64 low, high; /* what is asked for */
	u64 next;      /* end of what is mapped without a gap */
	u32 count;
	bool more; /* than there is room for */
	struct {
		u64 low, high;
		u32 prot;
	} piece[PIECES];
};

static bool collect(void *ctx, const struct exo_mapping *m)
{
	struct pieces *p = ctx;

	if (m->high <= p->low)
		return true;
	if (m->low >= p->high)
		return false;
	if (m->low <= p->next)
		p->next = MAX(p->next, m->high);
	if (m->shared)
		return true;
	if (p->count == PIECES) {
		p->more = true;
		return false;
	}
	p->piece[p->count].low = MAX(m->low, p->low);
	p->piece[p->count].high = MIN(m->high, p->high);
	p->piece[p->count++].prot = m->prot;
	return true;
}

/* Pages of zeroes are not touched: they stay unused. */
static long copy_pages(u64 to, u64 from, u64 len)
{
	char *page = exo_pages_alloc(2 * PAGE_SIZE); /* the second one: zeroes */
	long r = page ? 0 : -CORE_ENOMEM;

	for (u64 at = 0; r == 0 && at < len; at += PAGE_SIZE) {
		if (exo_copy(page, (const void *)(from + at), PAGE_SIZE))
			r = -CORE_EFAULT;
		else if (memcmp(page, page + PAGE_SIZE, PAGE_SIZE) != 0 &&
			 exo_copy((void *)(to + at), page, PAGE_SIZE))
			r = -CORE_ENOMEM;
	}
	if (page)
		exo_pages_free(page, 2 * PAGE_SIZE);
	return r;
}

static long replace(u64 low, u64 len, u32 prot)
{
	long r = core_mmap(0, len, CORE_PROT_READ | CORE_PROT_WRITE,
			   CORE_MAP_SHARED | CORE_MAP_ANONYMOUS, -1, 0, 0);
	u64 place = (u64)r;

	if (r < 0)
		return r;
	exo_code_gone(low, len);
	r = prot & CORE_PROT_READ ? 0 : EXO_NOW(mprotect, low, len, prot | CORE_PROT_READ);
	if (r == 0)
		r = copy_pages(place, low, len);
	if (r == 0)
		r = EXO_NOW(mprotect, place, len, prot);
	if (r == 0)
		r = EXO_NOW(mremap, place, len, len, CORE_MREMAP_MAYMOVE | CORE_MREMAP_FIXED, low);
	if (r < 0)
		core_munmap(place, len);
	return r < 0 ? r : 0;
}

long core_memory_share(struct core_thread *t, u64 addr, u64 len)
{
	struct pieces *p;
	long r;

	if (addr >= EXO_GUEST_HIGH || len > EXO_GUEST_HIGH - addr || exo_is_ours(addr, len))
		return -CORE_EINVAL;
	p = exo_pages_alloc(sizeof(*p));
	if (!p)
		return -CORE_ENOMEM;
	p->low = p->next = addr;
	p->high = addr + ALIGN_UP(len, PAGE_SIZE);
	r = exo_process_maps(t->pid, collect, p);
	if (r == 0 && (p->more || p->next < p->high))
		r = p->more ? -CORE_ENOMEM : -CORE_EINVAL;
	for (u32 i = 0; r == 0 && i < p->count; i++)
		r = replace(p->piece[i].low, p->piece[i].high - p->piece[i].low, p->piece[i].prot);
	exo_pages_free(p, sizeof(*p));
	return r;
}
