/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/x86_64/patch.c: call sites that trapped, made cheap.
 *
 * The instruction before the call becomes a jump to a trampoline near by, which runs that
 * instruction, loads the return address into rcx and enters the gateway. The `syscall`
 * instruction itself always stays, so a thread already past the patched bytes, a jump straight
 * to the call, and a call that is restarted (pc = the call) still work: they trap.
 *
 * Only private, file-backed, unwritable code is changed (exo_code_mapped says where), by
 * writing through /proc/self/mem: page permissions never change. When other threads run,
 * the head of the instruction is a breakpoint while the tail is written; a thread
 * that hits it tries again. Every processor is made to look anew by membarrier(2).
 */
#include <asm/unistd_64.h>
#include <linux/fcntl.h>
#include <linux/membarrier.h>
#include <linux/mman.h>

#include "exo/linux/linux.h"
#include "exo/linux/x86_64/site.h"
#include "exo/lock.h"
#include "lib/mem.h"

#define SITES	     8192 /* a power of two */
#define REGIONS	     256
#define POOLS	     32
#define POOL_SIZE    65536UL
#define SLOT_SIZE    32
#define POOL_SLOTS   (POOL_SIZE / SLOT_SIZE)
#define REACH	     0x7ff00000UL
#define PUN_DISTANCE 0x050f0000UL
#define INT3	     0xcc
#define JMP_REL32    0xe9
/* In place of a trampoline. A call made once is not worth a patch: most of what the child
 * of a fork does before its exec or exit is made once, and would be patched in every child. */
#define SEEN_ONCE     0
#define RETRY_IS_VAIN 1 /* nothing can be done at this site */

extern const char gateway_entry[];

struct site {
	u64 call;	/* address of the syscall instruction; 0: free */
	u64 trampoline; /* or SEEN_ONCE, RETRY_IS_VAIN */
	u64 head;	/* where the jump is */
};

/* Slot 0 of a pool holds the address of gateway_entry. */
struct pool {
	u64 base;
	u32 used;
	u32 taken[POOL_SLOTS / 32]; /* for puns, whose place is given */
	u64 *call;		    /* per slot: the call it stands for */
};

static struct site *sites;
static u32 site_count;
static FB_START struct {
	u64 lo, hi;
} region[REGIONS];
static u32 region_count;
static FB_LARGE struct pool pool[POOLS];
static u32 pool_count;
static FB_HOT struct exo_lock lock;
static bool disabled;

/* Registering is free while there is one thread and waits for a grace period after. */
void linux_patch_before_thread(void)
{
	static bool done;

	if (!done)
		LINUX(__NR_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0);
	done = true;
}

/* ---- what may be patched -------------------------------------------------------------- */

void exo_code_mapped(u64 addr, u64 len)
{
	exo_lock(&lock);
	if (region_count < REGIONS) {
		region[region_count].lo = addr;
		region[region_count].hi = addr + len;
		__atomic_store_n(&region_count, region_count + 1, __ATOMIC_RELEASE);
	}
	exo_unlock(&lock);
}

static bool in_region(u64 lo, u64 hi)
{
	for (u32 i = 0; i < region_count; i++)
		if (lo >= region[i].lo && hi <= region[i].hi)
			return true;
	return false;
}

static void drop_sites(u64 addr, u64 end)
{
	for (u32 i = 0; sites && i < SITES; i++)
		if (sites[i].call >= addr && sites[i].call < end)
			sites[i].call = ~0UL; /* a grave: probing goes on past it */
}

void exo_code_gone(u64 addr, u64 len)
{
	u64 end = addr + len;
	bool hit = false;

	for (u32 i = 0; i < __atomic_load_n(&region_count, __ATOMIC_ACQUIRE); i++)
		hit = hit || (region[i].lo < end && addr < region[i].hi);
	if (LIKELY(!hit))
		return;
	exo_lock(&lock);
	for (u32 i = 0; i < region_count;) {
		u64 lo = region[i].lo, hi = region[i].hi;

		if (lo >= end || addr >= hi) {
			i++;
			continue;
		}
		region[i] = region[--region_count];
		if (lo < addr && region_count < REGIONS) {
			region[region_count].lo = lo;
			region[region_count++].hi = addr;
		}
		if (hi > end && region_count < REGIONS) {
			region[region_count].lo = end;
			region[region_count++].hi = hi;
		}
	}
	drop_sites(addr, end);
	exo_unlock(&lock);
}

/* ---- sites ------------------------------------------------------------------------------ */

static struct site *find_site(u64 call, bool make)
{
	u32 i = (u32)(call >> 4) & (SITES - 1); /* neighbours share a page of the table */
	struct site *grave = NULL;

	if (!sites && make)
		sites = exo_pages_alloc(SITES * sizeof(*sites));
	if (!sites)
		return NULL;
	for (u32 n = 0; n < SITES; n++, i = (i + 1) & (SITES - 1)) {
		if (sites[i].call == call)
			return &sites[i];
		if (sites[i].call == ~0UL && !grave)
			grave = &sites[i];
		if (sites[i].call == 0) {
			if (!make || site_count >= SITES * 3 / 4)
				return NULL;
			site_count++;
			return grave ? grave : &sites[i];
		}
	}
	return NULL;
}

/* ---- trampolines -------------------------------------------------------------------------- */

/* Near memory, executable, written once through mem. */
static struct pool *new_pool(u64 at, int mem)
{
	struct pool *p = &pool[pool_count];
	u64 entry = (u64)gateway_entry;
	long r;

	if (pool_count == POOLS)
		return NULL;
	p->call = exo_pages_alloc(POOL_SLOTS * sizeof(u64));
	if (!p->call)
		return NULL;
	r = LINUX(__NR_mmap, at, POOL_SIZE, PROT_READ | PROT_EXEC,
		  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	if (r < 0 || LINUX(__NR_pwrite64, mem, &entry, 8, at) != 8) {
		if (r >= 0)
			LINUX(__NR_munmap, at, POOL_SIZE);
		exo_pages_free(p->call, POOL_SLOTS * sizeof(u64));
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

static u64 region_low(u64 pc)
{
	for (u32 i = 0; i < region_count; i++)
		if (pc >= region[i].lo && pc < region[i].hi)
			return region[i].lo;
	return pc;
}

/* A free slot within reach of pc: below its code first, where no heap grows. */
static u64 near_slot(u64 pc, int mem)
{
	struct pool *p = NULL;
	u64 low = ALIGN_DOWN(region_low(pc), POOL_SIZE);

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
	return p->base + (u64)p->used++ * SLOT_SIZE;
}

/* A free slot in the window the punned displacement reaches; next is the jump's end. */
static u64 pun_slot(u64 next, int mem)
{
	u64 lo = next + PUN_DISTANCE, base;

	for (u64 at = ALIGN_UP(lo, SLOT_SIZE); at < lo + 65536; at += SLOT_SIZE) {
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
		slot = (at - base) / SLOT_SIZE;
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

/* The displaced bytes; mov $return, %rcx; jmp *entry(%rip). */
static bool write_trampoline(u64 at, const u8 *copied, u32 n, u64 ret, int mem)
{
	struct pool *p = pool_of(at);
	u8 code[SLOT_SIZE];
	i32 rel;

	memset(code, INT3, sizeof(code));
	memcpy(code, copied, n);
	code[n] = 0x48;
	code[n + 1] = 0xb9;
	memcpy(code + n + 2, &ret, 8);
	code[n + 10] = 0xff;
	code[n + 11] = 0x25;
	rel = (i32)(p->base - (at + n + 16));
	memcpy(code + n + 12, &rel, 4);
	p->call[(at - p->base) / SLOT_SIZE] = ret - 2;
	return LINUX(__NR_pwrite64, mem, code, sizeof(code), at) == sizeof(code);
}

/* ---- writing over running code --------------------------------------------------------------- */

static bool sync_cores(void)
{
	const u64 cmd = MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE;

	if (LINUX(__NR_membarrier, cmd, 0, 0) == 0)
		return true;
	if (LINUX(__NR_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0) < 0)
		return false;
	return LINUX(__NR_membarrier, cmd, 0, 0) == 0;
}

static bool put(int mem, u64 at, const void *p, u64 n)
{
	return LINUX(__NR_pwrite64, mem, p, n, at) == (long)n;
}

/* Replaces n bytes at `at`; the caller has published the site for linux_patch_trap. */
static bool write_jump(int mem, u64 at, const u8 *code, u64 n)
{
	static const u8 int3 = INT3;

	if (exo_alone())
		return put(mem, at, code, n);
	if (!sync_cores())
		return false;
	return put(mem, at, &int3, 1) && sync_cores() && put(mem, at + 1, code + 1, n - 1) &&
	       sync_cores() && put(mem, at, code, 1) && sync_cores();
}

static int load_word(u64 addr, u64 *out)
{
	return exo_load_u64(addr, out);
}

static void patch(struct site *s, struct exo_frame *f, int mem)
{
	u64 call = f->rip - 2, at, target;
	u8 look[SITE_LOOK_BACK], jump[8];
	struct site_plan plan;
	u32 n = 0;
	i32 rel;

	if (exo_copy(look, (const void *)(call - SITE_LOOK_BACK), SITE_LOOK_BACK))
		return;
	plan = site_recognise(look, f, load_word);
	if (plan.shape == SITE_NONE)
		return;
	at = call - plan.back;
	if (!in_region(at, call + 2))
		return;
	if (plan.shape == SITE_LONG) {
		target = near_slot(at, mem);
		if (!target)
			return;
		jump[n++] = JMP_REL32;
		rel = (i32)(target - (at + 5));
		memcpy(jump + n, &rel, 4);
		n += 4;
		while (n < plan.length)
			jump[n++] = 0x90;
	} else {
		target = pun_slot(call + 2, mem);
		if (!target)
			return;
		rel = (i32)(target - (call + 2));
		jump[n++] = JMP_REL32;
		memcpy(jump + n, &rel, 2); /* the call's own bytes are the rest */
		n += 2;
	}
	if (!write_trampoline(target, look + SITE_LOOK_BACK - plan.back, plan.copied, f->rip, mem))
		return;
	s->head = at;
	__atomic_store_n(&s->trampoline, target, __ATOMIC_RELEASE);
	if (!write_jump(mem, at, jump, n))
		disabled = true;
}

static void patch_or_give_up(struct site *s, struct exo_frame *f)
{
	u64 call = f->rip - 2;
	u16 bytes;
	long mem;

	s->call = call;
	s->head = 0;
	s->trampoline = RETRY_IS_VAIN;
	if (exo_copy(&bytes, (const void *)call, 2) || bytes != 0x050f)
		return;
	mem = LINUX(__NR_open, "/proc/self/mem", O_RDWR | O_CLOEXEC);
	if (mem < 0)
		return;
	patch(s, f, (int)mem);
	LINUX(__NR_close, mem);
}

/* The thread itself remembers the sites it saw once; what it forgets goes into the table. */
static bool seen_by(const struct exo_thread *t, u64 call)
{
	for (u32 i = 0; i < ARRAY_LEN(t->seen); i++)
		if (t->seen[i] == call)
			return true;
	return false;
}

static void remember(struct exo_thread *t, u64 call)
{
	u64 *place = &t->seen[t->seen_next++ % ARRAY_LEN(t->seen)];
	struct site *s = *place ? find_site(*place, true) : NULL;

	if (s && s->call != *place)
		*s = (struct site){.call = *place, .trampoline = SEEN_ONCE};
	*place = call;
}

/* A fork's child and a program that ends soon so touch neither the table nor, alone, its lock. */
void linux_patch_site(struct exo_frame *f)
{
	struct exo_thread *t = exo_self();
	bool alone = exo_alone(), again;
	u64 call = f->rip - 2;
	struct site *s;

	if (disabled || !in_region(call, call + 2))
		return;
	again = seen_by(t, call);
	if (!alone)
		exo_lock(&lock);
	s = find_site(call, again);
	if (!s)
		remember(t, call);
	else if ((s->call != call || s->trampoline == SEEN_ONCE) && in_region(call, call + 2))
		patch_or_give_up(s, f);
	if (!alone)
		exo_unlock(&lock);
}

/* ---- for the signal handler ------------------------------------------------------------------ */

bool linux_patch_owns(u64 pc, u64 *site)
{
	struct pool *p = pool_of(pc);
	u64 call;

	if (!p)
		return false;
	call = p->call[(pc - p->base) / SLOT_SIZE];
	*site = call;
	for (u32 i = 0; sites && call && i < SITES; i++)
		if (sites[i].call == call && sites[i].head)
			*site = sites[i].head;
	return true;
}

/* No lock: the thread that is patching may be the one that holds it, and waits for nobody. */
bool linux_patch_trap(u64 pc)
{
	for (u32 i = 0; sites && i < SITES; i++)
		if (sites[i].head == pc - 1 && sites[i].call + 1 > 1)
			return true;
	return false;
}

void linux_patch_fork(bool before)
{
	if (before)
		exo_lock(&lock);
	else
		exo_unlock(&lock);
}
