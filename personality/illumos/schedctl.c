/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/schedctl.c: what an LWP and the kernel tell each other without a call.
 *
 * Each LWP that asks has 16 bytes in a page of the program's. The library blocks all signals by
 * setting sigblock: one that comes all the same is put off and the byte cleared, from which the
 * library sees that it has to call to let signals in again. What differs: state says "on a
 * processor" as long as the LWP is there, and cpu is 0: the host tells nobody. Facts: usr/src/uts/
 * common/os/schedctl.c, sys/schedctl.h.
 */
#include "core/memory.h"
#include "core/signal.h"
#include "exo/lock.h"
#include "lib/mem.h"
#include "personality/illumos/abi_sync.h"
#include "personality/illumos/lwp.h"

#define PER_PAGE (PAGE_SIZE / sizeof(struct illumos_sc_shared))
#define PAGES	 64

static struct exo_lock lock;
static struct {
	u64 addr;
	u64 used[PER_PAGE / 64];
} pages[PAGES];

static u64 place_in(u32 page)
{
	for (u32 i = 0; i < PER_PAGE; i++) {
		u64 bit = 1UL << i % 64;

		if (pages[page].used[i / 64] & bit)
			continue;
		pages[page].used[i / 64] |= bit;
		return pages[page].addr + i * sizeof(struct illumos_sc_shared);
	}
	return 0;
}

static u64 place(void)
{
	for (u32 p = 0; p < PAGES; p++) {
		u64 at;

		if (!pages[p].addr) {
			long r = core_mmap(0, PAGE_SIZE, CORE_PROT_READ | CORE_PROT_WRITE,
					   CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS, -1, 0, 0);

			if (r < 0)
				return 0;
			pages[p].addr = (u64)r;
		}
		at = place_in(p);
		if (at)
			return at;
	}
	return 0;
}

long illumos_schedctl(struct core_thread *t)
{
	struct illumos_sc_shared s = {.state = ILLUMOS_SC_ONPROC};
	u64 at = t->abi_data[ILLUMOS_T_SCHEDCTL];

	if (at)
		return (long)at;
	exo_lock(&lock);
	at = place();
	exo_unlock(&lock);
	if (!at || copy_to_guest(gp(at), &s, sizeof(s)) < 0)
		return -CORE_ENOMEM;
	t->abi_data[ILLUMOS_T_SCHEDCTL] = at;
	illumos_fork_resets = true;
	return (long)at;
}

void illumos_schedctl_end(struct core_thread *t)
{
	u64 at = t->abi_data[ILLUMOS_T_SCHEDCTL];
	u16 state = ILLUMOS_SC_FREE;

	if (!at)
		return;
	t->abi_data[ILLUMOS_T_SCHEDCTL] = 0;
	copy_to_guest(gp(at + offsetof(struct illumos_sc_shared, state)), &state, sizeof(state));
	exo_lock(&lock);
	for (u32 p = 0; p < PAGES; p++) {
		u64 i = (at - pages[p].addr) / sizeof(struct illumos_sc_shared);

		if (pages[p].addr && at >= pages[p].addr && i < PER_PAGE)
			pages[p].used[i / 64] &= ~(1UL << i % 64);
	}
	exo_unlock(&lock);
}

void illumos_schedctl_forked(struct core_thread *t)
{
	t->abi_data[ILLUMOS_T_SCHEDCTL] = 0;
	exo_lock_reset(&lock);
	for (u32 p = 0; p < PAGES && pages[p].addr; p++) {
		core_munmap(pages[p].addr, PAGE_SIZE);
		memset(&pages[p], 0, sizeof(pages[p]));
	}
}

bool illumos_schedctl_defers(struct core_thread *t)
{
	u64 at = t->abi_data[ILLUMOS_T_SCHEDCTL];
	guest_ptr byte = gp(at + offsetof(struct illumos_sc_shared, sigblock));
	u8 blocked;

	if (LIKELY(!at) || copy_from_guest(&blocked, byte, 1) < 0 || !blocked)
		return false;
	blocked = 0;
	if (copy_to_guest(byte, &blocked, 1) < 0)
		return false;
	t->exo.mask = ~CORE_SIG_UNBLOCKABLE;
	return true;
}
