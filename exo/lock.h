/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/lock.h: the runtime's own mutual exclusion, a three-state futex word.
 *
 * Guest code never runs inside the runtime, so a holder cannot be interrupted by a guest
 * handler that wants the same lock. Locks that a fork could cut in two are taken around
 * it (core/process.c and exo/linux/thread.c).
 */
#ifndef FB_EXO_LOCK_H
#define FB_EXO_LOCK_H

#include "exo/exo.h"

struct exo_lock {
	u32 word; /* 0 free, 1 held, 2 held and waited for */
};

void exo_lock_wait(struct exo_lock *l);
void exo_lock_wake(struct exo_lock *l);

static inline void exo_lock(struct exo_lock *l)
{
	u32 zero = 0;

	if (UNLIKELY(!__atomic_compare_exchange_n(&l->word, &zero, 1, false, __ATOMIC_ACQUIRE,
						  __ATOMIC_RELAXED)))
		exo_lock_wait(l);
}

static inline void exo_unlock(struct exo_lock *l)
{
	if (UNLIKELY(__atomic_exchange_n(&l->word, 0, __ATOMIC_RELEASE) == 2))
		exo_lock_wake(l);
}

/* After fork in the child: nobody else is there. */
static inline void exo_lock_reset(struct exo_lock *l)
{
	if (l->word) /* a page that is not written to need not be copied */
		l->word = 0;
}

#endif
