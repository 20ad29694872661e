/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/thread.c: guest threads are host threads; each has a block of the arena with
 * its kernel stack, the handlers' stack and the thread structure.
 *
 * A new thread runs with everything masked and %gs unset until start_thread has set both
 * up, and it waits at its gate until the creator has published its id: a guest must not
 * see a thread that can already have exited while its creator still writes the id.
 */
#include <linux/mman.h>
#include <asm/prctl.h>
#include <asm/unistd_64.h>
#include <linux/futex.h>
#include <linux/sched.h>

#include "exo/linux/linux.h"
#include "exo/linux/x86_64/context.h"
#include "exo/lock.h"
#include "lib/mem.h"

#define AT_HWCAP2_NR	26
#define HWCAP2_FSGSBASE 2

_Static_assert(EXO_SCRATCH_OFFSET + EXO_SCRATCH_SIZE <= EXO_ALTSTACK_LOW,
	       "the handlers' stack lies above the scratch area");

static bool has_fsgsbase;
static FB_HOT struct exo_lock block_lock;
static FB_HOT struct exo_thread *idle; /* blocks of threads that have ended, by self */

static FB_HOT u32 running;

bool exo_alone(void)
{
	return __atomic_load_n(&running, __ATOMIC_ACQUIRE) == 1;
}

void linux_gs_set(u64 base)
{
	if (has_fsgsbase)
		__asm__ volatile("wrgsbase %0" : : "r"(base));
	else
		LINUX(__NR_arch_prctl, ARCH_SET_GS, base);
}

u64 exo_tls_get(void)
{
	u64 base = 0;

	if (has_fsgsbase)
		__asm__ volatile("rdfsbase %0" : "=r"(base));
	else
		LINUX(__NR_arch_prctl, ARCH_GET_FS, &base);
	return base;
}

void exo_tls_set(u64 base)
{
	if (has_fsgsbase)
		__asm__ volatile("wrfsbase %0" : : "r"(base));
	else
		LINUX(__NR_arch_prctl, ARCH_SET_FS, base);
}

static struct exo_thread *block_init(u64 block)
{
	struct exo_thread *t = (struct exo_thread *)(block + EXO_THREAD_OFFSET);

	memset(t, 0, EXO_THREAD_MAX);
	t->self = t;
	t->block = block;
	t->in_use = 1;
	t->frame = (struct exo_frame *)((u64)t - sizeof(struct exo_frame));
	memset(t->frame, 0, sizeof(*t->frame));
	t->frame->cs = LINUX_USER_CS;
	t->frame->ss = LINUX_USER_SS;
	return t;
}

struct exo_thread *exo_thread_alloc(void)
{
	struct exo_thread *t;
	void *block;

	exo_lock(&block_lock);
	t = idle;
	if (t && __atomic_load_n(&t->in_use, __ATOMIC_ACQUIRE) == 0)
		idle = t->self;
	else
		t = NULL;
	exo_unlock(&block_lock);
	if (t)
		return block_init(t->block);
	block = linux_pages_map(EXO_BLOCK_SIZE, EXO_BLOCK_GUARD);
	if (!block)
		return NULL;
	return block_init((u64)block);
}

void exo_thread_free(struct exo_thread *t)
{
	exo_lock(&block_lock);
	t->self = idle;
	idle = t;
	exo_unlock(&block_lock);
	t->in_use = 0;
}

void exo_thread_exit(void)
{
	struct exo_thread *t = exo_self();
	u64 all = ~0UL;

	exo_stay_awake(false);
	LINUX(__NR_rt_sigprocmask, SIG_SETMASK, &all, 0, 8);
	exo_lock(&block_lock);
	t->self = idle; /* %gs stays valid for in_use: the block is ours until it is clear */
	idle = t;
	exo_unlock(&block_lock);
	__atomic_sub_fetch(&running, 1, __ATOMIC_ACQ_REL);
	linux_thread_end();
}

struct start {
	struct exo_thread *thread;
	void (*run)(struct exo_thread *);
};

static void start_thread(void *arg)
{
	struct start *s = arg;
	struct exo_thread *t = s->thread;

	linux_gs_set((u64)t);
	linux_altstack_set(t);
	t->tid = (u32)LINUX(__NR_gettid);
	while (__atomic_load_n(&t->gate, __ATOMIC_ACQUIRE) == 0)
		LINUX(__NR_futex, &t->gate, FUTEX_WAIT_PRIVATE, 0);
	linux_intercept_arm();
	s->run(t);
	exo_fatal("a thread's start returned");
}

static u64 mask_everything(void)
{
	u64 all = ~0UL, old;

	LINUX(__NR_rt_sigprocmask, SIG_SETMASK, &all, &old, 8);
	return old;
}

static void mask_restore(u64 old)
{
	LINUX(__NR_rt_sigprocmask, SIG_SETMASK, &old, 0, 8);
}

static struct start *start_prepare(struct exo_thread *child, void (*run)(struct exo_thread *))
{
	struct start *s = (struct start *)((u64)child->frame - ALIGN_UP(sizeof(struct start), 16));

	*s = (struct start){.thread = child, .run = run};
	return s;
}

long exo_thread_start(struct exo_thread *child, u64 flags, u64 ptid, u64 ctid, u64 tls,
		      void (*run)(struct exo_thread *))
{
	struct start *s = start_prepare(child, run);
	u64 old = mask_everything();
	long r;

	linux_patch_before_thread();
	__atomic_add_fetch(&running, 1, __ATOMIC_ACQ_REL);
	r = linux_host_clone(flags, (u64)s, ptid, ctid, tls, start_thread, s);
	if (r < 0)
		__atomic_sub_fetch(&running, 1, __ATOMIC_ACQ_REL);
	mask_restore(old);
	return r;
}

void exo_thread_open(struct exo_thread *child)
{
	__atomic_store_n(&child->gate, 1, __ATOMIC_RELEASE);
	LINUX(__NR_futex, &child->gate, FUTEX_WAKE_PRIVATE, 1);
}

static void locks_around_fork(bool before)
{
	if (before) {
		linux_patch_fork(true);
		exo_lock(&block_lock);
		linux_memory_fork(true);
		linux_hide_fork(true);
	} else {
		linux_hide_fork(false);
		linux_memory_fork(false);
		exo_unlock(&block_lock);
		linux_patch_fork(false);
	}
}

/* The copy of a process has one thread: this one. */
static void after_fork(struct exo_thread *t, u64 flags)
{
	if (flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID))
		t->tid = (u32)LINUX(__NR_gettid);
	if (!exo_alone())
		running = 1;
	linux_patch_forked((flags & CLONE_FILES) != 0);
	linux_intercept_arm();
}

/*
 * Signals need not be masked: one that comes before the child is armed finds the runtime and
 * is noted, as any other.
 */
long exo_fork(u64 flags, u64 ptid, u64 ctid, u64 tls)
{
	struct exo_thread *t = exo_self();
	bool alone = exo_alone();
	long r;

	linux_boot_stack_drop();
	if (!alone)
		locks_around_fork(true);
	/* The machine writes the child's id for it, if the guest does not want that elsewhere. */
	if (!(flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)))
		r = LINUX(__NR_clone, flags | CLONE_CHILD_SETTID, 0, ptid, &t->tid, tls);
	else
		r = LINUX(__NR_clone, flags, 0, ptid, ctid, tls);
	if (!alone)
		locks_around_fork(false);
	if (r == 0)
		after_fork(t, flags);
	return r;
}

long exo_vfork(struct exo_thread *child, u64 flags, u64 ptid, u64 ctid, u64 tls,
	       void (*run)(struct exo_thread *))
{
	struct start *s = start_prepare(child, run);
	u64 old = mask_everything();
	long r;

	linux_patch_before_thread();
	child->gate = 1;
	r = linux_host_clone(flags | CLONE_VM | CLONE_VFORK, (u64)s, ptid, ctid, tls, start_thread,
			     s);
	mask_restore(old);
	return r;
}

void linux_thread_start(const struct exo_boot *boot)
{
	struct exo_thread *t;

	has_fsgsbase = (exo_auxv(boot, AT_HWCAP2_NR, 0) & HWCAP2_FSGSBASE) != 0;
	running = 1;
	t = block_init((u64)linux_first_block);
	linux_gs_set((u64)t);
	t->tid = (u32)LINUX(__NR_gettid);
	linux_altstack_set(t);
}
