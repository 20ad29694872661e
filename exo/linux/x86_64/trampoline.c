/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/x86_64/trampoline.c: places for patched call sites to jump to.
 *
 * Pools of 64 KiB, mapped near code where a guest's heap does not grow, written only through
 * /proc/self/mem. The first slot of a pool is the address of the gateway's entry.
 */
#include <asm/unistd_64.h>
#include <linux/mman.h>

#include "exo/linux/linux.h"
#include "exo/linux/x86_64/patch.h"
#include "lib/mem.h"

#define POOLS	     32
#define POOL_SIZE    65536UL
#define POOL_SLOTS   (POOL_SIZE / TRAMPOLINE_SIZE)
#define REACH	     0x7ff00000UL
#define PUN_DISTANCE 0x050f0000UL
#define INT3	     0xcc
#define RETURN_AT    24 /* where in a slot the return address lies */

extern const char gateway_entry[];

struct pool {
	u64 base;
	u32 used;
	u32 taken[POOL_SLOTS / 32]; /* for puns, whose place is given */
};

static FB_LARGE struct pool pool[POOLS];
static u32 pool_count;

/* Near memory, executable, written once through mem. */
static struct pool *new_pool(u64 at, int mem)
{
	struct pool *p = &pool[pool_count];
	u64 entry = (u64)gateway_entry;
	long r;

	if (pool_count == POOLS)
		return NULL;
	r = LINUX(__NR_mmap, at, POOL_SIZE, PROT_READ | PROT_EXEC,
		  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	if (r < 0 || LINUX(__NR_pwrite64, mem, &entry, 8, at) != 8) {
		if (r >= 0)
			LINUX(__NR_munmap, at, POOL_SIZE);
		return NULL;
	}
	p->base = at;
	p->used = 1;
	p->taken[0] = 1;
	linux_range_add(at, POOL_SIZE);
	__atomic_store_n(&pool_count, pool_count + 1, __ATOMIC_RELEASE);
	return p;
}

static bool near(u64 a, u64 b)
{
	return (a > b ? a - b : b - a) < REACH;
}

/* Below the code first, where no heap grows. */
u64 linux_trampoline_near(u64 low, u64 pc, int mem)
{
	struct pool *p = NULL;

	low = ALIGN_DOWN(low, POOL_SIZE);
	for (u32 i = 0; i < pool_count && !p; i++)
		if (near(pool[i].base, pc) && pool[i].used < POOL_SLOTS)
			p = &pool[i];
	for (u64 step = POOL_SIZE; !p && step < REACH && step + EXO_GUEST_LOW <= low; step *= 2)
		p = new_pool(low - step, mem);
	for (u64 step = 512UL << 20; !p && step < REACH; step += 64UL << 20)
		p = new_pool(ALIGN_DOWN(pc, POOL_SIZE) + step, mem);
	if (!p)
		return 0;
	while (p->used < POOL_SLOTS && (p->taken[p->used / 32] & 1u << p->used % 32))
		p->used++;
	if (p->used == POOL_SLOTS)
		return 0;
	p->taken[p->used / 32] |= 1u << p->used % 32;
	return p->base + (u64)p->used++ * TRAMPOLINE_SIZE;
}

u64 linux_trampoline_punned(u64 next, int mem)
{
	u64 lo = next + PUN_DISTANCE, base;

	for (u64 at = ALIGN_UP(lo, TRAMPOLINE_SIZE); at < lo + 65536; at += TRAMPOLINE_SIZE) {
		struct pool *p = NULL;
		u64 slot;

		base = ALIGN_DOWN(at, POOL_SIZE);
		for (u32 i = 0; i < pool_count && !p; i++)
			if (pool[i].base == base)
				p = &pool[i];
		if (!p)
			p = new_pool(base, mem);
		if (!p)
			return 0;
		slot = (at - base) / TRAMPOLINE_SIZE;
		if (p->taken[slot / 32] & 1u << slot % 32)
			continue;
		p->taken[slot / 32] |= 1u << slot % 32;
		return at;
	}
	return 0;
}

static struct pool *pool_of(u64 addr)
{
	u32 n = __atomic_load_n(&pool_count, __ATOMIC_ACQUIRE);

	for (u32 i = 0; i < n; i++)
		if (addr - pool[i].base < POOL_SIZE)
			return &pool[i];
	return NULL;
}

/*
 * The displaced bytes; mov ret(%rip), %rcx; jmp *entry(%rip); and, where every slot has it, ret.
 */
void linux_trampoline_make(u8 code[TRAMPOLINE_SIZE], u64 at, const u8 *displaced, u32 n, u64 ret)
{
	static const u8 load_rcx[] = {0x48, 0x8b, 0x0d}, jump[] = {0xff, 0x25};
	i32 to_ret = (i32)(RETURN_AT - (n + 7));
	i32 to_entry = (i32)(pool_of(at)->base - (at + n + 13));

	memset(code, INT3, TRAMPOLINE_SIZE);
	memcpy(code, displaced, n);
	memcpy(code + n, load_rcx, sizeof(load_rcx));
	memcpy(code + n + 3, &to_ret, 4);
	memcpy(code + n + 7, jump, sizeof(jump));
	memcpy(code + n + 9, &to_entry, 4);
	memcpy(code + RETURN_AT, &ret, 8);
}

bool linux_trampoline_call(u64 pc, u64 *call)
{
	struct pool *p = pool_of(pc);
	u64 slot = ALIGN_DOWN(pc, TRAMPOLINE_SIZE), ret;

	if (!p)
		return false;
	ret = slot == p->base ? 0 : *(const u64 *)(slot + RETURN_AT);
	*call = ret ? ret - 2 : 0;
	return true;
}
