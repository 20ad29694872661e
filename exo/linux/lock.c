/* SPDX-License-Identifier: BSD-2-Clause */
/* exo/linux/lock.c: the slow paths of exo/lock.h, on a futex. */
#include <linux/futex.h>

#include "exo/lock.h"

/* A holder is seldom away for longer than one short host call. */
#define SPINS 100

void exo_lock_wait(struct exo_lock *l)
{
	for (int i = 0; i < SPINS; i++) {
		u32 zero = 0;

		if (__atomic_load_n(&l->word, __ATOMIC_RELAXED) == 0 &&
		    __atomic_compare_exchange_n(&l->word, &zero, 1, false, __ATOMIC_ACQUIRE,
						__ATOMIC_RELAXED))
			return;
		__builtin_ia32_pause();
	}
	while (__atomic_exchange_n(&l->word, 2, __ATOMIC_ACQUIRE) != 0)
		EXO_NOW(futex, &l->word, FUTEX_WAIT_PRIVATE, 2);
}

void exo_lock_wake(struct exo_lock *l)
{
	EXO_NOW(futex, &l->word, FUTEX_WAKE_PRIVATE, 1);
}
