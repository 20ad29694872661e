/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/chan.c: queues of threads by an address of this process. */
#include "personality/illumos/chan.h"
#include "exo/lock.h"
#include "lib/mem.h"

#define CHAINS 256

static struct chain {
	struct exo_lock lock;
	struct illumos_waiter *first, **last;
} chains[CHAINS];

static struct chain *chain_of(u64 addr)
{
	return &chains[addr * 0x9e3779b97f4a7c15 >> 56];
}

void illumos_chan_lock(u64 addr)
{
	exo_lock(&chain_of(addr)->lock);
}

void illumos_chan_unlock(u64 addr)
{
	exo_unlock(&chain_of(addr)->lock);
}

void illumos_chan_enter(u64 addr, struct illumos_waiter *w)
{
	struct chain *c = chain_of(addr);

	w->addr = addr;
	w->next = NULL;
	w->word = 0;
	if (!c->first)
		c->last = &c->first;
	*c->last = w;
	c->last = &w->next;
}

static void take_out(struct chain *c, struct illumos_waiter **at)
{
	struct illumos_waiter *w = *at;

	*at = w->next;
	if (c->last == &w->next)
		c->last = at;
}

long illumos_chan_sleep(struct core_thread *t, struct illumos_waiter *w,
			const struct illumos_wait *time)
{
	struct chain *c = chain_of(w->addr);
	long r = illumos_word_wait(t, &w->word, time);

	if (r == 0)
		return 0;
	exo_lock(&c->lock);
	if (w->word == ILLUMOS_WORD_SET) { /* woken just now: that counts */
		r = 0;
	} else {
		struct illumos_waiter **at = &c->first;

		while (*at != w)
			at = &(*at)->next;
		take_out(c, at);
	}
	exo_unlock(&c->lock);
	return r;
}

bool illumos_chan_wanted(u64 addr)
{
	for (struct illumos_waiter *w = chain_of(addr)->first; w; w = w->next)
		if (w->addr == addr)
			return true;
	return false;
}

/* Once its word is set the waiter may be gone with its stack: the wake-up is by address alone. */
bool illumos_chan_release(u64 addr, bool all, bool *more, u64 *word)
{
	struct chain *c = chain_of(addr);
	struct illumos_waiter **at = &c->first;
	bool any = false;

	*word = 0;
	while (*at && (all || !any)) {
		struct illumos_waiter *w = *at;

		if (w->addr != addr) {
			at = &w->next;
			continue;
		}
		take_out(c, at);
		illumos_chan_wake(*word);
		*word = illumos_word_set(&w->word) ? (u64)&w->word : 0;
		any = true;
	}
	*more = illumos_chan_wanted(addr);
	return any;
}

void illumos_chan_wake(u64 word)
{
	if (word)
		illumos_wake_word(word, 1, false);
}

void illumos_chan_forked(void)
{
	for (u32 i = 0; i < CHAINS; i++) {
		exo_lock_reset(&chains[i].lock);
		if (chains[i].first)
			chains[i].first = NULL;
	}
}
