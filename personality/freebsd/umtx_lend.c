/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/umtx_lend.c: priorities that waiting for a mutex lends.
 *
 * Inheritance. The machine lends a sleeper's priority to the owner of a word that holds the
 * owner's machine id (FUTEX_LOCK_PI of futex(2)); a guest's mutex holds FreeBSD's. So while
 * threads wait for an inheriting mutex there is a loan beside it, a word of ours: the first
 * who waits writes the owner's id there, who unlocks the mutex gives the word on as well, and
 * the machine hands it to the most urgent sleeper. The mutex itself decides who has it: one
 * who got the word and finds the mutex taken by a faster thread gives the word on and waits
 * again. Mutexes that processes share, without sharing all memory, lock without.
 *
 * Protection. Who may have real-time priorities runs with the mutex's ceiling while it holds
 * one (sys/kern/kern_umtx.c of FreeBSD 13, do_lock_pp and do_unlock_pp).
 */
#include "core/guest.h"
#include "core/signal.h"
#include "core/slab.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_limits.h"
#include "personality/freebsd/umtx.h"

#define CONTESTED FREEBSD_UMUTEX_CONTESTED

struct freebsd_loan {
	struct freebsd_loan *next;
	u64 mutex;
	u32 word;  /* 0, or a machine's thread id, with the machine's bits */
	u32 users; /* threads that wait for the word or touch it; not its owner */
};

/* All who share the memory share them; a child after fork has none. */
static FB_HOT struct exo_lock lock;
static FB_HOT struct freebsd_loan *loans;
static struct core_slab slab;

void freebsd_umtx_forked(void)
{
	if (LIKELY(!loans && !lock.word))
		return;
	exo_lock_reset(&lock);
	loans = NULL;
	slab = (struct core_slab){0};
}

static struct freebsd_loan **find(u64 mutex)
{
	struct freebsd_loan **at = &loans;

	while (*at && (*at)->mutex != mutex)
		at = &(*at)->next;
	return at;
}

static struct freebsd_loan *make(u64 mutex)
{
	struct freebsd_loan *l;

	if (!slab.size)
		core_slab_start(&slab, sizeof(*l));
	l = core_slab_take(&slab);
	if (!l)
		return NULL;
	l->mutex = mutex;
	l->next = loans;
	loans = l;
	return l;
}

/* Nobody else: the machine knows nothing of the word any more, and neither need we. */
static void leave(struct freebsd_loan *l)
{
	struct freebsd_loan **at;

	if (--l->users)
		return;
	at = find(l->mutex);
	if (*at != l)
		return;
	*at = l->next;
	core_slab_give(&slab, l);
}

static long sleep_for(struct freebsd_loan *l, const struct freebsd_deadline *d)
{
	u32 op = CORE_FUTEX_LOCK_PI2 | CORE_FUTEX_PRIVATE_FLAG;
	struct exo_time until = {0};
	bool timed = d && d->set, realtime = false;
	long r;

	for (;;) {
		if (timed)
			freebsd_umtx_host_deadline(d, &until, &realtime);
		r = EXO(futex, &l->word, op | (realtime ? CORE_FUTEX_CLOCK_REALTIME : 0u), 0,
			timed ? (u64)&until : 0);
		if (r == -CORE_EAGAIN) /* the owner is just ending */
			continue;
		if ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) &&
		    core_signal_absorb(core_self()))
			continue;
		return r;
	}
}

long freebsd_umtx_borrow(guest_ptr m, u32 owner, const struct freebsd_deadline *d,
			 struct freebsd_loan **loan)
{
	struct freebsd_loan *l;
	u32 now;
	long r;

	*loan = NULL;
	exo_lock(&lock);
	l = *find(m.addr);
	if (guest_read_u32(m, &now) < 0 || now != owner) {
		exo_unlock(&lock);
		return 0;
	}
	if (!l)
		l = make(m.addr);
	if (!l) {
		exo_unlock(&lock);
		return -CORE_ENOMEM;
	}
	l->users++;
	if (!l->word)
		l->word = (u32)((i64)(owner & ~CONTESTED) - FREEBSD_TID_BASE);
	exo_unlock(&lock);

	r = sleep_for(l, d);
	if (r == 0) {
		*loan = l;
		return 0;
	}
	exo_lock(&lock);
	leave(l);
	exo_unlock(&lock);
	return r;
}

void freebsd_umtx_repay(struct freebsd_loan *l, bool taken)
{
	if (!taken)
		EXO_NOW(futex, &l->word, CORE_FUTEX_UNLOCK_PI | CORE_FUTEX_PRIVATE_FLAG);
	exo_lock(&lock);
	leave(l);
	exo_unlock(&lock);
}

struct freebsd_loan *freebsd_umtx_loan_hold(guest_ptr m)
{
	struct freebsd_loan *l;

	exo_lock(&lock);
	l = *find(m.addr);
	if (l)
		l->users++;
	return l;
}

void freebsd_umtx_loan_release(void)
{
	exo_unlock(&lock);
}

/* ---- ceilings ------------------------------------------------------------------------------ */

/* What the thread had before it was given more: class and priority as the machine has them. */
#define OWN_SET		(1UL << 63)
#define OWN(policy, p)	(OWN_SET | (u64)(u32)(policy) << 32 | (u32)(p))
#define OWN_POLICY(own) ((i32)((own) >> 32 & 0x7fffffff))
#define OWN_PRIO(own)	((i32)(u32)(own))

static bool is_realtime(i32 policy)
{
	return policy == CORE_SCHED_FIFO || policy == CORE_SCHED_RR;
}

static u64 own_class(const struct core_thread *t)
{
	struct core_sched_param param = {0};
	long policy;

	if (t->abi_data[FREEBSD_T_OWN_CLASS])
		return t->abi_data[FREEBSD_T_OWN_CLASS];
	policy = EXO_NOW(sched_getscheduler, 0);
	EXO_NOW(sched_getparam, 0, &param);
	return OWN(MAX(policy, 0), param.sched_priority);
}

bool freebsd_umtx_own_class(const struct core_thread *t, i32 task, i32 *policy,
			    struct core_sched_param *param)
{
	u64 own = t->abi_data[FREEBSD_T_OWN_CLASS];

	if (!own || (task && (u32)task != t->exo.tid))
		return false;
	*policy = OWN_POLICY(own);
	param->sched_priority = OWN_PRIO(own);
	return true;
}

void freebsd_umtx_new_class(struct core_thread *t)
{
	t->abi_data[FREEBSD_T_OWN_CLASS] = t->abi_data[FREEBSD_T_CEILING] = 0;
}

u32 freebsd_umtx_ceiling_now(const struct core_thread *t)
{
	return (u32)t->abi_data[FREEBSD_T_CEILING] - 1;
}

void freebsd_umtx_ceiling(struct core_thread *t, u32 ceiling)
{
	const struct freebsd_rtprio lent = {FREEBSD_RTP_PRIO_REALTIME,
					    (u16)(FREEBSD_RTP_PRIO_MAX - ceiling)};
	struct core_sched_param param = {0};
	int policy;
	u64 own;

	if (ceiling == freebsd_umtx_ceiling_now(t))
		return;
	own = own_class(t);
	policy = OWN_POLICY(own);
	param.sched_priority = OWN_PRIO(own);
	if (ceiling != FREEBSD_NO_CEILING)
		freebsd_to_core_rtprio(&lent, &policy, &param);
	/* Without the privilege the mutex only locks. */
	if (EXO_NOW(sched_setscheduler, 0, policy, &param) < 0)
		return;
	t->abi_data[FREEBSD_T_OWN_CLASS] = ceiling == FREEBSD_NO_CEILING ? 0 : own;
	t->abi_data[FREEBSD_T_CEILING] = ceiling + 1;
}

long freebsd_umtx_ceiling_check(const struct core_thread *t, u32 ceiling)
{
	u64 own = own_class(t);
	int prio = core_to_freebsd_sched_priority(OWN_POLICY(own), OWN_PRIO(own));

	return is_realtime(OWN_POLICY(own)) && prio > (int)ceiling ? -CORE_EINVAL : 0;
}
