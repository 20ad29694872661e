/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/shortcut.c: a personality's table without the calls that are watched, made once for each
 * personality that a process has and each memory that it is traced into; core/shortcut.h.
 *
 * entry.S calls what it finds in the table by itself, and asks exo_up_call where it finds nothing.
 */
#include "core/shortcut.h"
#include "core/audit.h"
#include "exo/exo.h"
#include "lib/mem.h"

#define TABLES 8

struct made {
	const struct core_personality *abi;
	const struct trace_header *memory; /* that says what is watched */
	u32 count;			   /* 0: every call is watched */
	struct core_syscall rows[];
};

static struct made *made[TABLES];

static bool is_watched(const struct trace_header *h, u32 abi, u32 nr)
{
	nr = MIN(nr, TRACE_NUMBERS - 1u);
	return h->wanted[abi][nr / 64] >> nr % 64 & 1 ||
	       (audit_on() && audit_policy->chain[abi][nr]);
}

static struct made *make(const struct trace_header *h, const struct core_personality *abi,
			 u32 number)
{
	struct made *m;
	u32 free = 0;

	for (u32 nr = 0; nr < abi->table_len; nr++)
		free += !is_watched(h, number, nr);
	m = exo_pages_alloc(sizeof(*m) + (free ? abi->table_len : 0) * sizeof(m->rows[0]));
	if (!m)
		return NULL;
	m->abi = abi;
	m->memory = h;
	m->count = free ? abi->table_len : 0;
	for (u32 nr = 0; nr < m->count; nr++)
		if (!is_watched(h, number, nr))
			m->rows[nr] = abi->table[nr];
	return m;
}

/* Two threads may make one at the same time; the second is left where nobody looks. */
static struct made *find(const struct trace_header *h, const struct core_personality *abi,
			 u32 number)
{
	struct made *m = NULL;

	for (u32 i = 0; i < TABLES; i++) {
		struct made *there = __atomic_load_n(&made[i], __ATOMIC_ACQUIRE);

		if (!there && !m)
			m = make(h, abi, number);
		if (!there &&
		    (!m || __atomic_compare_exchange_n(&made[i], &there, m, false, __ATOMIC_ACQ_REL,
						       __ATOMIC_ACQUIRE)))
			return m;
		if (there->abi == abi && there->memory == h)
			return there;
	}
	return NULL;
}

void core_shortcut(struct core_thread *t, const struct core_personality *abi)
{
	u32 number = trace_abi(&t->trace, abi->name);
	const struct trace_header *h = t->trace.memory;
	const struct made *m = h ? find(h, abi, number) : NULL;

	t->exo.call_count = m ? m->count : 0;
	t->exo.calls = m ? m->rows : abi->table;
}
