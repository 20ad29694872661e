/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/shortcut.c: a personality's table without the calls that are watched, made once for each
 * personality that a process has and each choice of calls; core/shortcut.h. None is ever given
 * back, for a thread may be on its way through it: who attaches again and again mostly wants what
 * was wanted before, and who finds no table left has every call take the long way.
 *
 * entry.S calls what it finds in the table by itself, and asks exo_up_call where it finds nothing.
 */
#include "core/shortcut.h"
#include "core/audit.h"
#include "exo/exo.h"
#include "lib/mem.h"

#define TABLES 8

/* The bits of one personality's calls, out of memory that others write. */
struct wanted {
	u64 bits[TRACE_NUMBERS / 64];
};

struct made {
	const struct core_personality *abi;
	struct wanted wanted; /* what is watched */
	u32 count;	      /* 0: every call is */
	struct core_syscall rows[];
};

static struct made *made[TABLES];

static bool is_watched(const struct wanted *w, u32 abi, u32 nr)
{
	nr = MIN(nr, TRACE_NUMBERS - 1u);
	return w->bits[nr / 64] >> nr % 64 & 1 || (audit_on() && audit_policy->chain[abi][nr]);
}

static struct made *make(const struct wanted *w, const struct core_personality *abi, u32 number)
{
	struct made *m;
	u32 free = 0;

	for (u32 nr = 0; nr < abi->table_len; nr++)
		free += !is_watched(w, number, nr);
	m = exo_pages_alloc(sizeof(*m) + (free ? abi->table_len : 0) * sizeof(m->rows[0]));
	if (!m)
		return NULL;
	m->abi = abi;
	m->wanted = *w;
	m->count = free ? abi->table_len : 0;
	for (u32 nr = 0; nr < m->count; nr++)
		if (!is_watched(w, number, nr))
			m->rows[nr] = abi->table[nr];
	return m;
}

/* Two threads may make one at the same time; the second is left where nobody looks. */
static struct made *find(const struct wanted *w, const struct core_personality *abi, u32 number)
{
	struct made *m = NULL;

	for (u32 i = 0; i < TABLES; i++) {
		struct made *there = __atomic_load_n(&made[i], __ATOMIC_ACQUIRE);

		if (!there && !m)
			m = make(w, abi, number);
		if (!there &&
		    (!m || __atomic_compare_exchange_n(&made[i], &there, m, false, __ATOMIC_ACQ_REL,
						       __ATOMIC_ACQUIRE)))
			return m;
		if (there->abi == abi && memcmp(&there->wanted, w, sizeof(*w)) == 0)
			return there;
	}
	return NULL;
}

void core_shortcut(struct core_thread *t, const struct core_personality *abi)
{
	u32 number = trace_abi(&t->trace, abi->name);
	const struct trace_header *h = t->trace.memory;
	const struct made *m = NULL;
	struct wanted w;

	if (h) {
		memcpy(&w, h->wanted[number], sizeof(w));
		m = find(&w, abi, number);
	}

	t->exo.call_count = m ? m->count : 0;
	t->exo.calls = m ? m->rows : abi->table;
}
