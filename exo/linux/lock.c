/* SPDX-License-Identifier: BSD-2-Clause */
/* exo/linux/lock.c: the slow paths of exo/lock.h, on a futex. */
#include <linux/futex.h>

#include "exo/lock.h"

void exo_lock_wait(struct exo_lock *l)
{
	while (__atomic_exchange_n(&l->word, 2, __ATOMIC_ACQUIRE) != 0)
		EXO_NOW(futex, &l->word, FUTEX_WAIT_PRIVATE, 2);
}

void exo_lock_wake(struct exo_lock *l)
{
	EXO_NOW(futex, &l->word, FUTEX_WAKE_PRIVATE, 1);
}
