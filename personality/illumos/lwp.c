/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/lwp.c: the threads of a process.
 *
 * LWPs have small numbers of their own, which are never used again; the first is 1, and the one
 * that forked keeps its number in the child. One that is not detached stays in the table after its
 * end until somebody has waited for it. Facts: usr/src/uts/common/syscall/{lwp_create,lwp_self,
 * lwpsys}.c, usr/src/uts/common/os/lwp.c (lwp_exit), usr/src/uts/intel/ia32/os/sundep.c (lwp_load,
 * lwp_setprivate).
 */
#include "personality/illumos/lwp.h"
#include "core/process.h"
#include "core/signal.h"
#include "core/slab.h"
#include "exo/lock.h"
#include "lib/mem.h"
#include "personality/illumos/abi_process.h"
#include "personality/illumos/contract.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/door.h"
#include "personality/illumos/lwp_object.h"

#define THREAD_FLAGS                                                                               \
	(CORE_CLONE_VM | CORE_CLONE_FS | CORE_CLONE_FILES | CORE_CLONE_SIGHAND |                   \
	 CORE_CLONE_THREAD | CORE_CLONE_SYSVSEM | CORE_CLONE_SETTLS)
#define CHAINS 256

static struct exo_lock lock;
static struct core_slab slab;
static struct illumos_lwp *chains[CHAINS];
static i32 last_id;
static bool first_is_detached;			     /* it was forked by one that was */
static u32 count, daemons, waiting, daemons_waiting; /* LWPs that have not ended, and of them */
static u32 ends; /* how many have ended: who waits for an end waits on it */

static struct illumos_lwp **chain_of(i32 id)
{
	return &chains[(u32)id % CHAINS];
}

static struct illumos_lwp *find(i32 id)
{
	for (struct illumos_lwp *l = *chain_of(id); l; l = l->next)
		if (l->id == id)
			return l;
	return NULL;
}

static struct illumos_lwp *add(i32 id)
{
	struct illumos_lwp *l;

	if (!slab.size)
		core_slab_start(&slab, sizeof(*l));
	l = core_slab_take(&slab);
	if (!l)
		return NULL;
	l->id = id;
	l->waits_for = -1;
	l->next = *chain_of(id);
	*chain_of(id) = l;
	return l;
}

static void drop(struct illumos_lwp *l)
{
	struct illumos_lwp **at = chain_of(l->id);

	while (*at != l)
		at = &(*at)->next;
	*at = l->next;
	core_slab_give(&slab, l);
}

/* The table begins when it is needed: most programs have one LWP and never ask. */
static void begin(struct core_thread *t)
{
	struct illumos_lwp *l;

	if (count)
		return;
	l = add((i32)t->abi_data[ILLUMOS_T_LWP]);
	if (!l)
		return;
	illumos_fork_resets = true;
	l->waitable = !first_is_detached;
	l->thread = t;
	l->tid = t->exo.tid;
	last_id = MAX(last_id, l->id);
	count = 1;
}

void illumos_lwps_forked(struct core_thread *t)
{
	const struct illumos_lwp *self = find((i32)t->abi_data[ILLUMOS_T_LWP]);

	first_is_detached = self && !self->waitable;
	illumos_chan_forked();
	illumos_robust_forked();
	illumos_schedctl_forked(t);
	exo_lock_reset(&lock);
	/* Another thread may have been about to take a piece: what there is, is left alone. */
	memset(&slab, 0, sizeof(slab));
	for (u32 i = 0; i < CHAINS; i++)
		if (chains[i])
			chains[i] = NULL;
	count = daemons = waiting = daemons_waiting = 0;
	last_id = 0;
}

long illumos_lwp_use(i32 id, long (*use)(struct illumos_lwp *l, void *arg), void *arg)
{
	struct illumos_lwp *l;
	long r = -CORE_ESRCH;

	exo_lock(&lock);
	begin(core_self());
	l = find(id);
	if (l && l->thread)
		r = use(l, arg);
	exo_unlock(&lock);
	return r;
}

long illumos_lwp_own(struct illumos_lwp *l, void *arg)
{
	*(struct illumos_lwp **)arg = l;
	return 0;
}

/* ---- beginning ----------------------------------------------------------------------------- */

long illumos_lwp_self(struct core_thread *t)
{
	return (long)t->abi_data[ILLUMOS_T_LWP];
}

static void publish(struct core_thread *child, i32 tid)
{
	struct illumos_lwp *l = (struct illumos_lwp *)child->start_arg[ILLUMOS_START_LWP];

	__atomic_store_n(&l->tid, (u32)tid, __ATOMIC_RELAXED);
	if (UNLIKELY(child->abi_data[ILLUMOS_T_CONTRACT]))
		illumos_contract_lwp(core_self(), tid);
	if (child->start_arg[ILLUMOS_START_ID_TO])
		guest_write_u32(gp(child->start_arg[ILLUMOS_START_ID_TO]), (u32)l->id);
}

static struct illumos_lwp *enter(struct core_thread *t, struct core_thread *child, u32 flags)
{
	struct illumos_lwp *l;

	exo_lock(&lock);
	begin(t);
	l = count ? add(last_id + 1) : NULL;
	if (l) {
		last_id = l->id;
		l->thread = child;
		l->waitable = !(flags & (ILLUMOS_LWP_DETACHED | ILLUMOS_LWP_DAEMON));
		l->daemon = (flags & ILLUMOS_LWP_DAEMON) != 0;
		l->suspended = (flags & ILLUMOS_LWP_SUSPENDED) != 0;
		count++;
		daemons += l->daemon;
	}
	exo_unlock(&lock);
	return l;
}

static void leave(struct illumos_lwp *l)
{
	exo_lock(&lock);
	count--;
	daemons -= l->daemon;
	drop(l);
	exo_unlock(&lock);
}

static bool can_write(u64 addr)
{
	u32 now;

	return !addr ||
	       (guest_read_u32(gp(addr), &now) == 0 && guest_cas_u32(gp(addr), &now, now) == 0);
}

/* The place for the number comes third in a library's call, and may be left out. */
long illumos_lwp_create(struct core_thread *t, IN context, HEX flags, OUT lwpid)
{
	struct illumos_ucontext uc;
	struct core_thread *child;
	struct illumos_lwp *l;
	u64 tls;
	long r;

	if (flags & ~(u32)(ILLUMOS_LWP_DAEMON | ILLUMOS_LWP_DETACHED | ILLUMOS_LWP_SUSPENDED))
		return -CORE_EINVAL;
	if (copy_from_guest(&uc, context, sizeof(uc)) < 0 || !can_write(lwpid.addr))
		return -CORE_EFAULT;
	tls = uc.gregs[ILLUMOS_REG_FSBASE];
	if (tls >= EXO_GUEST_HIGH)
		return -CORE_EINVAL;
	child = core_thread_new(t);
	if (!child)
		return -CORE_EAGAIN;
	l = enter(t, child, flags);
	if (!l) {
		exo_thread_free(&child->exo);
		return -CORE_EAGAIN;
	}
	illumos_context_begin(child->exo.frame, &uc);
	child->exo.mask =
	    illumos_to_core_sigset(&uc.uc_sigmask, &child->abi_data[ILLUMOS_T_ALONE]) &
	    ~CORE_SIG_UNBLOCKABLE;
	child->abi_data[ILLUMOS_T_LWP] = (u64)l->id;
	child->abi_data[ILLUMOS_T_CONTRACT] =
	    t->abi_data[ILLUMOS_T_CONTRACT] & ILLUMOS_CONTRACT_ACTIVE;
	child->start_arg[ILLUMOS_START_ID_TO] = lwpid.addr;
	child->start_arg[ILLUMOS_START_LWP] = (u64)l;
	if (l->suspended)
		child->begin = illumos_lwp_begin_stopped;
	r = core_thread_run(child, THREAD_FLAGS, 0, 0, tls, publish);
	if (r < 0) {
		leave(l);
		return -CORE_EAGAIN;
	}
	return 0;
}

/* ---- the end ------------------------------------------------------------------------------- */

long illumos_lwp_exit(struct core_thread *t)
{
	struct illumos_lwp *l;
	bool last;

	illumos_door_thread_ends(t);
	exo_lock(&lock);
	begin(t);
	l = find((i32)t->abi_data[ILLUMOS_T_LWP]);
	last = !l || count - daemons == (l->daemon ? 0 : 1);
	if (!last) {
		count--;
		daemons -= l->daemon;
		if (l->waitable)
			l->thread = NULL;
		else
			drop(l);
		ends++;
	}
	exo_unlock(&lock);
	if (last) { /* of those that count: the process ends */
		illumos_robust_leave(t, false);
		core_exit(t, 0);
	}
	illumos_schedctl_end(t);
	illumos_wake_word((u64)&ends, INT32_MAX, false);
	core_thread_end(t);
	core_exit(t, 0);
}

/* Is there nobody left who could end? All that are no daemons wait here. */
static bool deadlock(void)
{
	return count == daemons + (waiting - daemons_waiting);
}

/* Waits for itself, through others. */
static bool circle(const struct core_thread *t, const struct illumos_lwp *l)
{
	while (l && l->thread) {
		if (l->thread == t)
			return true;
		if (l->waits_for <= 0)
			return false;
		l = find(l->waits_for);
	}
	return false;
}

/* One that has ended and is nobody's in particular. */
static struct illumos_lwp *any_ended(bool *others_return)
{
	*others_return = false;
	for (u32 i = 0; i < CHAINS; i++) {
		for (struct illumos_lwp *l = chains[i]; l; l = l->next) {
			if (l->thread)
				continue;
			if (!l->waiters)
				return l;
			*others_return = true;
		}
	}
	return NULL;
}

/* 1: *l is the one; 0: wait; or an error. */
static long look(const struct core_thread *t, i32 id, struct illumos_lwp **l)
{
	bool others_return;

	if (id == 0) {
		*l = any_ended(&others_return);
		return *l ? 1 : !others_return && deadlock() ? -CORE_EDEADLK : 0;
	}
	*l = find(id);
	if (!*l)
		return -CORE_ESRCH;
	if (!(*l)->thread)
		return 1;
	if (!(*l)->waitable)
		return -CORE_EINVAL;
	return circle(t, *l) ? -CORE_EDEADLK : 0;
}

static long wait_locked(struct core_thread *t, i32 id, i32 *departed)
{
	struct illumos_wait forever = {0};
	struct illumos_lwp *l;
	long r;

	while ((r = look(t, id, &l)) == 0) {
		u32 seen = ends;

		l = find(id);
		if (l)
			l->waiters++;
		exo_unlock(&lock);
		r = illumos_wait_word(t, (u64)&ends, seen, false, &forever);
		exo_lock(&lock);
		l = find(id);
		if (l)
			l->waiters--;
		if (r < 0)
			return r;
	}
	if (r > 0) {
		*departed = l->id;
		drop(l);
	}
	return MIN(r, 0L);
}

long illumos_lwp_wait(struct core_thread *t, INT lwpid, OUT departed)
{
	struct illumos_lwp *self;
	bool daemon;
	i32 who = 0;
	long r;

	exo_lock(&lock);
	begin(t);
	self = find((i32)t->abi_data[ILLUMOS_T_LWP]);
	daemon = self && self->daemon;
	if (self)
		self->waits_for = lwpid;
	waiting++;
	daemons_waiting += daemon;
	r = wait_locked(t, lwpid, &who);
	waiting--;
	daemons_waiting -= daemon;
	if (self)
		self->waits_for = -1;
	exo_unlock(&lock);
	if (r < 0 || !departed.addr)
		return r;
	return guest_write_u32(departed, (u32)who);
}

long illumos_lwp_detach(struct core_thread *t, INT lwpid)
{
	struct illumos_lwp *l;
	long r = 0;

	exo_lock(&lock);
	begin(t);
	l = find(lwpid);
	if (!l)
		r = -CORE_ESRCH;
	else if (l->thread && !l->waitable)
		r = -CORE_EINVAL;
	else if (l->thread)
		l->waitable = false;
	else
		drop(l);
	ends += r == 0;
	exo_unlock(&lock);
	if (r == 0)
		illumos_wake_word((u64)&ends, INT32_MAX, false);
	return r;
}

/* ---- signals ------------------------------------------------------------------------------- */

static long send(struct illumos_lwp *l, void *arg)
{
	struct core_thread *t = core_self();
	int sig = *(int *)arg;

	if (sig == 0 || !l->tid)
		return 0;
	if (l->thread == t && core_signal_self(t, sig, CORE_SI_TKILL))
		return 0;
	return EXO_NOW(tgkill, t->pid, l->tid, sig);
}

long illumos_lwp_kill(struct core_thread *t, INT lwpid, SIG sig)
{
	int core = illumos_to_core_signal(sig);

	(void)t;
	if (sig && !core && !illumos_signal_alone(sig))
		return -CORE_EINVAL;
	return illumos_lwp_use(lwpid, send, &core);
}

/* ---- parking ------------------------------------------------------------------------------- */

static long set_unpark(struct illumos_lwp *l, void *arg)
{
	if (illumos_word_set(&l->unpark))
		*(u64 *)arg = (u64)&l->unpark;
	return 0;
}

/* Woken without the lock, which the other may want at once; if it is gone by then, nobody is. */
static long unpark(i32 id)
{
	u64 word = 0;
	long r = illumos_lwp_use(id, set_unpark, &word);

	if (word)
		illumos_wake_word(word, 1, false);
	return r;
}

static long park(struct core_thread *t, guest_ptr time, i32 other)
{
	struct illumos_lwp *l = (struct illumos_lwp *)t->abi_data[ILLUMOS_T_LWP_ENTRY];
	struct illumos_wait w;
	long r, left;

	if (other)
		unpark(other);
	r = illumos_wait_begin(time, &w);
	if (r < 0)
		return r;
	if (UNLIKELY(!l)) {
		r = illumos_lwp_use((i32)t->abi_data[ILLUMOS_T_LWP], illumos_lwp_own, &l);
		if (r < 0)
			return r;
		t->abi_data[ILLUMOS_T_LWP_ENTRY] = (u64)l;
	}
	r = illumos_word_wait(t, &l->unpark, &w);
	__atomic_store_n(&l->unpark, ILLUMOS_WORD_CLEAR, __ATOMIC_RELAXED);
	if (r == -CORE_ETIME) { /* nothing is left, and that is said as well */
		w.until = (struct core_timespec){0, 0};
		w.timed = true;
	}
	left = illumos_wait_left(time, &w);
	return left < 0 ? left : r;
}

static long unpark_all(guest_ptr list, i32 n)
{
	long r = n > 0 ? 0 : -CORE_EINVAL;
	u32 id;

	for (i32 i = 0; i < n; i++) {
		if (guest_read_u32(gp(list.addr + (u64)i * sizeof(id)), &id) < 0)
			return -CORE_EFAULT;
		if (unpark((i32)id) < 0)
			r = -CORE_ESRCH;
	}
	return r;
}

static long unpark_cancel(struct illumos_lwp *l, void *arg)
{
	u32 set = ILLUMOS_WORD_SET;

	(void)arg;
	__atomic_compare_exchange_n(&l->unpark, &set, ILLUMOS_WORD_CLEAR, false, __ATOMIC_RELAXED,
				    __ATOMIC_RELAXED);
	return 0;
}

long illumos_lwp_park(struct core_thread *t, INT code, ULONG a1, ULONG a2)
{
	switch (code) {
	case ILLUMOS_PARK:
	case ILLUMOS_PARK_OLD:
		return park(t, gp(a1), (i32)a2);
	case ILLUMOS_UNPARK:
		return unpark((i32)a1);
	case ILLUMOS_UNPARK_ALL:
		return unpark_all(gp(a1), (i32)a2);
	case ILLUMOS_UNPARK_CANCEL:
		return illumos_lwp_use((i32)a1, unpark_cancel, NULL);
	default:
		return -CORE_EINVAL;
	}
}

long illumos_yield(struct core_thread *t)
{
	(void)t;
	return EXO(sched_yield);
}

/* Of the two bases the runtime keeps %gs: nobody's library asks for it in a 64-bit program. */
long illumos_lwp_private(struct core_thread *t, INT cmd, INT which, ADDR base)
{
	(void)t;
	if (which != ILLUMOS_LWP_FSBASE)
		return which == ILLUMOS_LWP_GSBASE ? -CORE_ILLUMOS_ENOTSUP : -CORE_EINVAL;
	switch (cmd) {
	case ILLUMOS_LWP_SETPRIVATE:
		if (base >= EXO_GUEST_HIGH)
			return -CORE_EINVAL;
		exo_tls_set(base);
		return 0;
	case ILLUMOS_LWP_GETPRIVATE:
		return guest_write_u64(gp(base), exo_tls_get());
	default:
		return -CORE_EINVAL;
	}
}
