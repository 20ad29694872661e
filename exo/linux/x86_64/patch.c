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
 *
 * What is recognised by its bytes alone, a library's page of stubs, is changed as a whole.
 */
#include <asm/unistd_64.h>
#include <linux/fcntl.h>
#include <linux/membarrier.h>
#include <linux/mman.h>

#include "exo/note.h"
#include "exo/linux/linux.h"
#include "exo/linux/x86_64/patch.h"
#include "exo/linux/x86_64/site.h"
#include "exo/lock.h"
#include "lib/mem.h"

#define SITES	   8192 /* a power of two */
#define REGIONS	   256
#define INT3	   0xcc
#define CALL_BYTES 0x050f /* syscall, as a little-endian word */
/* A patch costs as much as some four traps. What the child of a fork does before its exec or
 * exit, and what most programs do to start, is called less often from one place. */
#define TRAPS_ENOUGH 4
#define KEPT_LOOK    64 /* traps between two looks for a debugger */
/* In place of a trampoline. */
#define SEEN_BEFORE   0
#define RETRY_IS_VAIN 1 /* nothing can be done at this site */

struct site {
	u64 call;	/* address of the syscall instruction; 0: free */
	u64 trampoline; /* or SEEN_BEFORE, RETRY_IS_VAIN */
	u64 head;	/* where the jump is */
};

static struct site *sites;
static u32 site_count;
static FB_START struct {
	u64 lo, hi;
} region[REGIONS];
static u32 region_count;
static FB_HOT struct exo_lock lock;
static FB_HOT u32 memory_fd; /* one more than a hidden descriptor of /proc/self/mem; 0: none yet */
static FB_HOT u32 memory_owner; /* whose it is: a process that shares the memory has others */
static bool disabled;
u32 exo_code_kept;

/*
 * Opened once and kept out of the guest's sight: a descriptor that comes and goes would be the
 * lowest free one just when another thread opens a file, or counts what is open.
 */
static long memory_open(void)
{
	u32 pid = (u32)LINUX(__NR_getpid);
	long fd;
	int hidden;

	if (memory_fd && memory_owner == pid)
		return (long)memory_fd - 1;
	fd = LINUX(__NR_open, "/proc/self/mem", O_RDWR | O_CLOEXEC);
	if (fd < 0 || memory_fd)
		return fd;
	hidden = exo_hide_fd((int)fd);
	if (hidden < 0)
		return fd;
	memory_fd = (u32)hidden + 1;
	memory_owner = pid;
	return hidden;
}

static void memory_close(long fd)
{
	if (!memory_fd || (long)memory_fd - 1 != fd)
		LINUX(__NR_close, fd);
}

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

void exo_code_leave_alone(void)
{
	disabled = true;
}

/* Of this thread: "TracerPid:" and a number in proc_pid_status(5). The descriptor is the lowest
 * free one for a moment: who is debugged has slower ways to lose a race. */
static bool is_traced(void)
{
	static const char key[] = "\nTracerPid:\t";
	char text[512];
	long fd = LINUX(__NR_open, "/proc/thread-self/status", O_RDONLY | O_CLOEXEC), n;

	if (fd < 0)
		return false;
	n = LINUX(__NR_read, fd, text, sizeof(text));
	LINUX(__NR_close, fd);
	for (long i = 0; i + (long)sizeof(key) <= n; i++)
		if (memcmp(text + i, key, sizeof(key) - 1) == 0)
			return text[i + (long)sizeof(key) - 1] != '0';
	return false;
}

/* A debugger leaves when it likes, and may be killed: now and then it is looked for. */
static bool kept(void)
{
	static u32 traps;

	if (LIKELY(!__atomic_load_n(&exo_code_kept, __ATOMIC_RELAXED)))
		return false;
	if (__atomic_add_fetch(&traps, 1, __ATOMIC_RELAXED) % KEPT_LOOK || is_traced())
		return true;
	__atomic_store_n(&exo_code_kept, 0, __ATOMIC_RELAXED);
	return false;
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

static u64 region_low(u64 pc)
{
	for (u32 i = 0; i < region_count; i++)
		if (pc >= region[i].lo && pc < region[i].hi)
			return region[i].lo;
	return pc;
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
	u8 look[SITE_LOOK_BACK], jump[8], code[TRAMPOLINE_SIZE];
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
		target = linux_trampoline_near(region_low(at), at, mem);
		if (!target)
			return;
		jump[n++] = JMP_REL32;
		rel = (i32)(target - (at + JMP_SIZE));
		memcpy(jump + n, &rel, 4);
		n += 4;
		while (n < plan.length)
			jump[n++] = NOP;
	} else {
		target = linux_trampoline_punned(call + 2, mem);
		if (!target)
			return;
		rel = (i32)(target - (call + 2));
		jump[n++] = JMP_REL32;
		memcpy(jump + n, &rel, 2); /* the call's own bytes are the rest */
		n += 2;
	}
	linux_trampoline_make(code, target, look + SITE_LOOK_BACK - plan.back, plan.copied, f->rip);
	if (!put(mem, target, code, sizeof(code)))
		return;
	s->head = at;
	__atomic_store_n(&s->trampoline, target, __ATOMIC_RELEASE);
	if (!__atomic_load_n(&exo_code_kept, __ATOMIC_RELAXED) && !write_jump(mem, at, jump, n))
		disabled = true;
}

/* A debugger that was there has undone it. */
static bool put_back(const struct site *s)
{
	u8 byte;

	return s->trampoline > RETRY_IS_VAIN && exo_copy(&byte, (const void *)s->head, 1) == 0 &&
	       byte != JMP_REL32 && byte != INT3;
}

static void patch_or_give_up(struct site *s, struct exo_frame *f)
{
	u64 call = f->rip - 2;
	u16 bytes;
	long mem;

	s->call = call;
	s->head = 0;
	s->trampoline = RETRY_IS_VAIN;
	if (exo_copy(&bytes, (const void *)call, 2) || bytes != CALL_BYTES)
		return;
	mem = memory_open();
	if (mem < 0)
		return;
	patch(s, f, (int)mem);
	memory_close(mem);
	exo_note(ROOM_EXO, NOTE_DEBUG, "the call at %lx %s", call,
		 s->trampoline == RETRY_IS_VAIN ? "stays one that traps" : "is made cheap");
}

/* ---- a page of stubs ------------------------------------------------------------------------ */

/* A page as it is and as it is to be, and what its calls then jump to. */
static FB_LARGE __attribute__((aligned(PAGE_SIZE))) struct {
	u8 code[PAGE_SIZE];
	u8 trampolines[PAGE_SIZE];
} sweep;

/* Two stubs of this page have trapped: more will, and one more write makes all of them cheap. */
static void sweep_page(u64 page, int mem)
{
	u64 first = 0, low = 0, high = 0, n = 0;

	for (u64 at = page; at < page + PAGE_SIZE; at += SITE_STUB_ALIGN) {
		u8 *code = sweep.code + (at - page);
		struct site_plan plan = site_stub(code, page + PAGE_SIZE - at);
		u64 place;
		i32 rel;

		if (plan.shape == SITE_NONE || !in_region(at, at + plan.back + 2u))
			continue;
		place = linux_trampoline_near(region_low(at), at, mem);
		if (!place || (n && place != first + n * TRAMPOLINE_SIZE) ||
		    n == PAGE_SIZE / TRAMPOLINE_SIZE)
			break;
		first = n ? first : place;
		linux_trampoline_make(sweep.trampolines + n++ * TRAMPOLINE_SIZE, place, code,
				      plan.copied, at + plan.back + 2u);
		rel = (i32)(place - (at + JMP_SIZE));
		code[0] = JMP_REL32;
		memcpy(code + 1, &rel, 4);
		memset(code + JMP_SIZE, NOP, plan.length - JMP_SIZE);
		low = low ? low : at;
		high = at + plan.length;
	}
	if (n && put(mem, first, sweep.trampolines, n * TRAMPOLINE_SIZE) &&
	    !put(mem, low, sweep.code + (low - page), high - low))
		disabled = true;
}

/* Made cheap with all of its page? */
static bool sweep_around(u64 call)
{
	u64 page = ALIGN_DOWN(call, PAGE_SIZE), at = ALIGN_DOWN(call, SITE_STUB_ALIGN);
	u8 stub[SITE_STUB_MAX];
	long mem;

	if (exo_copy(stub, (const void *)at, sizeof(stub)) ||
	    at + site_stub(stub, sizeof(stub)).back != call ||
	    exo_copy(sweep.code, (const void *)page, PAGE_SIZE))
		return false;
	mem = memory_open();
	if (mem < 0)
		return false;
	sweep_page(page, (int)mem);
	memory_close(mem);
	return true;
}

/*
 * The thread itself remembers the sites it saw last, and how often: a count above the address.
 * What it forgets goes into the table.
 */
#define COUNT_ONE  (1UL << 56)
#define SITE_OF(n) ((n) & (COUNT_ONE - 1))

static u64 *seen_by(struct exo_thread *t, u64 call)
{
	for (u32 i = 0; i < ARRAY_LEN(t->seen); i++)
		if (SITE_OF(t->seen[i]) == call)
			return &t->seen[i];
	return NULL;
}

static bool neighbour_seen(const struct exo_thread *t, u64 call)
{
	for (u32 i = 0; i < ARRAY_LEN(t->seen); i++)
		if (SITE_OF(t->seen[i]) / PAGE_SIZE == call / PAGE_SIZE)
			return true;
	return false;
}

static void remember(struct exo_thread *t, u64 call)
{
	u64 *place = &t->seen[t->seen_next++ % ARRAY_LEN(t->seen)];
	struct site *s = *place ? find_site(SITE_OF(*place), true) : NULL;

	if (s && s->call != SITE_OF(*place))
		*s = (struct site){.call = SITE_OF(*place), .trampoline = SEEN_BEFORE};
	*place = call | COUNT_ONE;
}

/* A fork's child and a program that ends soon so touch neither the table nor, alone, its lock. */
void linux_patch_site(struct exo_frame *f)
{
	struct exo_thread *t = exo_self();
	u64 call = f->rip - 2, *seen;
	bool alone = exo_alone();
	struct site *s;

	if (disabled || kept() || !in_region(call, call + 2))
		return;
	if (alone && neighbour_seen(t, call) && sweep_around(call))
		return;
	seen = seen_by(t, call);
	if (seen)
		*seen += COUNT_ONE;
	if (!alone)
		exo_lock(&lock);
	s = find_site(call, seen && *seen / COUNT_ONE >= TRAPS_ENOUGH);
	if (!s && !seen)
		remember(t, call);
	else if (s && (s->call != call || s->trampoline == SEEN_BEFORE || put_back(s)) &&
		 in_region(call, call + 2))
		patch_or_give_up(s, f);
	if (!alone)
		exo_unlock(&lock);
}

/* ---- for the signal handler ------------------------------------------------------------------ */

bool linux_patch_owns(u64 pc, u64 *site)
{
	u64 call;

	if (!linux_trampoline_call(pc, &call))
		return false;
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

void linux_patch_forked(bool shares_files)
{
	if (memory_fd && !shares_files)
		exo_unhide_fd((int)memory_fd - 1);
	memory_fd = 0;
}

void linux_patch_fork(bool before)
{
	if (before)
		exo_lock(&lock);
	else
		exo_unlock(&lock);
}
