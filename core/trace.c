/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/trace.c: the guest's side of the rings (trace/trace.h).
 *
 * A thread lays a record down at the head of its ring, where the reader does not look for finished
 * ones, and lets the head pass it when it is done. Records do not wrap: the rest of a ring that is
 * too short for the largest is filled with nothing.
 */
#include "core/trace.h"
#include "core/abi.h"
#include "exo/exo.h"
#include "lib/mem.h"
#include "core/trace_take.h"

#define LOOK_AGAIN 20000000 /* ns a writer sleeps before it asks whether there is a reader */
#define SILENCE	   100	    /* looks that a reader whose process is not to be seen may be silent */

FB_HOT struct trace_header *trace_memory;
/* The reader's process can be seen from here: it may be in another namespace. */
static bool reader_seen;
static struct trace_header *retired[TRACE_RETIRED];

static inline u64 ticks(void)
{
	u32 low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (u64)high << 32 | low;
}

/* What this process's threads wrote as another program is complete. */
static void leave_earlier(struct trace_header *h, u32 pid)
{
	struct trace_slot *s = trace_slots(h);
	u32 n = MIN(h->slots_used, (u32)TRACE_SLOTS);

	for (u32 i = 0; i < n; i++)
		if (s[i].pid == pid && s[i].state == TRACE_CLAIMED) {
			s[i].executed = 1;
			__atomic_store_n(&s[i].state, TRACE_LEFT, __ATOMIC_RELEASE);
		}
}

bool trace_take(int left)
{
	struct trace_header *h = exo_shared_take(EXO_SHARED_TRACE, left, TRACE_SIZE);

	if (!h)
		return true;
	if (h->magic != TRACE_MAGIC)
		return false;
	leave_earlier(h, (u32)EXO_NOW(getpid));
	reader_seen = EXO_NOW(kill, h->reader, 0) != -CORE_ESRCH;
	trace_memory = h;
	return true;
}

bool trace_attach(struct trace_header *h)
{
	struct trace_header *none = NULL;

	reader_seen = EXO_NOW(kill, h->reader, 0) != -CORE_ESRCH;
	return __atomic_compare_exchange_n(&trace_memory, &none, h, false, __ATOMIC_ACQ_REL,
					   __ATOMIC_RELAXED);
}

bool trace_deserted(bool ask)
{
	const struct trace_header *h = __atomic_load_n(&trace_memory, __ATOMIC_ACQUIRE);

	return h && (__atomic_load_n(&h->gone, __ATOMIC_RELAXED) ||
		     (ask && reader_seen && EXO_NOW(kill, h->reader, 0) == -CORE_ESRCH));
}

/* The memory stays: other threads may be in the middle of a record. */
bool trace_detach(void)
{
	struct trace_header *h = trace_memory;

	if (!h || !__atomic_compare_exchange_n(&trace_memory, &h, NULL, false, __ATOMIC_SEQ_CST,
					       __ATOMIC_RELAXED))
		return false;
	exo_shared_drop(EXO_SHARED_TRACE);
	trace_retire(h);
	return true;
}

bool trace_retire(struct trace_header *h)
{
	for (u32 i = 0; i < TRACE_RETIRED; i++) {
		struct trace_header *none = NULL;

		if (__atomic_compare_exchange_n(&retired[i], &none, h, false, __ATOMIC_ACQ_REL,
						__ATOMIC_RELAXED))
			return true;
	}
	return false;
}

struct trace_header *trace_retired(u32 i)
{
	return i < TRACE_RETIRED ? __atomic_exchange_n(&retired[i], NULL, __ATOMIC_ACQ_REL) : NULL;
}

bool trace_retired_full(void)
{
	u32 n = 0;

	while (n < TRACE_RETIRED && __atomic_load_n(&retired[n], __ATOMIC_RELAXED))
		n++;
	return n == TRACE_RETIRED;
}

/* The memory that is listened to now, and the thread's part of an earlier one given up; NULL: there
 * is none. What a thread has in w->memory is not given to anybody else, and it is looked at again
 * once it stands there. */
static struct trace_header *memory_now(struct trace_writer *w)
{
	struct trace_header *h = __atomic_load_n(&trace_memory, __ATOMIC_ACQUIRE);

	while (UNLIKELY(w->memory != h)) {
		trace_left(w);
		w->named = NULL;
		__atomic_store_n(&w->memory, h, __ATOMIC_SEQ_CST);
		h = __atomic_load_n(&trace_memory, __ATOMIC_SEQ_CST);
	}
	return h;
}

void trace_settle(struct trace_writer *w)
{
	memory_now(w);
}

/* The number of a personality's name, TRACE_ABIS - 1 for one the reader does not know. */
static u32 abi_number(const struct trace_header *h, const char *name)
{
	u32 i = 0;

	while (i < TRACE_ABIS - 1 && strncmp(h->abi[i], name, sizeof(h->abi[i])) != 0)
		i++;
	return i;
}

void trace_left(struct trace_writer *w)
{
	if (w->slot)
		__atomic_store_n(&w->slot->state, TRACE_LEFT, __ATOMIC_RELEASE);
	w->slot = NULL;
	w->open = NULL;
}

void trace_forked(struct trace_writer *w, u32 parent)
{
	w->parent = parent;
	w->slot = NULL;
	w->open = NULL;
}

/* ---- room -------------------------------------------------------------------------------- */

static void ring_bell(struct trace_header *h)
{
	if (__atomic_exchange_n(&h->asleep, 0, __ATOMIC_ACQ_REL)) {
		__atomic_add_fetch(&h->bell, 1, __ATOMIC_RELEASE);
		EXO_NOW(futex, &h->bell, CORE_FUTEX_WAKE, 1);
	}
}

static u64 room_in(const struct trace_slot *s)
{
	u64 tail = __atomic_load_n(&s->tail, __ATOMIC_ACQUIRE);

	/* A tail beyond the head is nonsense: wait for nothing. */
	return s->head - tail <= TRACE_RING ? TRACE_RING - (s->head - tail) : TRACE_RING;
}

/* Has a reader that cannot be seen not moved for a while? */
static bool is_silent(struct trace_writer *w)
{
	u32 beat = __atomic_load_n(&w->memory->beat, __ATOMIC_RELAXED);

	if (w->beat != beat) {
		w->beat = beat;
		w->silent = 0;
	}
	return reader_seen || ++w->silent > SILENCE;
}

/* Sleeps until the reader has taken something since `seen` of the room's word, or a while. False:
 * there is nobody to wait for. */
static bool wait_for_reader(struct trace_writer *w, u32 seen)
{
	const struct core_timespec soon = {0, LOOK_AGAIN};
	struct trace_header *h = w->memory;

	if (h->flags & TRACE_F_DROP || __atomic_load_n(&h->gone, __ATOMIC_RELAXED))
		return false;
	ring_bell(h);
	if (EXO_NOW(futex, &h->room, CORE_FUTEX_WAIT, seen, &soon) == -CORE_ETIMEDOUT &&
	    EXO_NOW(kill, h->reader, 0) == -CORE_ESRCH && is_silent(w))
		__atomic_store_n(&h->gone, 1, __ATOMIC_RELAXED);
	return true;
}

/* Until n bytes are free; false: they will not be, and what was to be told is lost. */
static bool make_room(struct trace_writer *w, u64 n)
{
	struct trace_header *h = w->memory;

	for (;;) {
		u32 seen = __atomic_load_n(&h->room, __ATOMIC_ACQUIRE);

		if (room_in(w->slot) >= n)
			return true;
		if (!wait_for_reader(w, seen)) {
			w->slot->lost++;
			return false;
		}
	}
}

static void publish(struct trace_slot *s, u64 n)
{
	__atomic_store_n(&s->pending, 0, __ATOMIC_RELAXED);
	__atomic_store_n(&s->head, s->head + n, __ATOMIC_RELEASE);
}

/* Room for the largest record in one piece. */
static struct trace_record *place(struct trace_writer *w)
{
	struct trace_slot *s = w->slot;
	u32 at = (u32)(s->head % TRACE_RING);

	if (UNLIKELY(room_in(s) < 2 * TRACE_RECORD) && !make_room(w, 2 * TRACE_RECORD))
		return NULL;
	if (UNLIKELY(TRACE_RING - at < TRACE_RECORD)) {
		struct trace_record *pad = (struct trace_record *)(w->ring + at);

		pad->size = TRACE_RING - at;
		pad->kind = TRACE_PAD;
		publish(s, pad->size);
		at = 0;
	}
	return (struct trace_record *)(w->ring + at);
}

/* The first free slot, taken; -1: none is free, and *soon, whether the reader will free one. */
static long take_slot(struct trace_slot *s, bool *soon)
{
	*soon = false;
	for (u32 i = 0; i < TRACE_SLOTS; i++) {
		u32 state = __atomic_load_n(&s[i].state, __ATOMIC_RELAXED);

		*soon |= state == TRACE_LEFT;
		if (state == TRACE_FREE &&
		    __atomic_compare_exchange_n(&s[i].state, &state, TRACE_CLAIMED, false,
						__ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
			return i;
	}
	return -1;
}

static bool claim(struct trace_writer *w, const struct trace_call *c)
{
	struct trace_header *h = w->memory;
	struct trace_slot *s = trace_slots(h);
	u32 used, seen = __atomic_load_n(&h->room, __ATOMIC_ACQUIRE);
	bool soon;
	long i = take_slot(s, &soon);

	while (i < 0 && soon && wait_for_reader(w, seen)) {
		seen = __atomic_load_n(&h->room, __ATOMIC_ACQUIRE);
		i = take_slot(s, &soon);
	}
	if (i < 0) {
		__atomic_add_fetch(&h->homeless, 1, __ATOMIC_RELAXED);
		return false;
	}
	s[i].abi = w->abi;
	s[i].tid = c->tid;
	s[i].parent = w->parent;
	__atomic_store_n(&s[i].pid, c->pid, __ATOMIC_RELEASE);
	used = __atomic_load_n(&h->slots_used, __ATOMIC_RELAXED);
	while (used <= (u32)i &&
	       !__atomic_compare_exchange_n(&h->slots_used, &used, (u32)i + 1, false,
					    __ATOMIC_RELEASE, __ATOMIC_RELAXED))
		;
	w->slot = &s[i];
	w->ring = trace_ring(h, (u32)i);
	return true;
}

/* ---- calls ------------------------------------------------------------------------------- */

static bool wanted(const struct trace_header *h, u32 abi, u32 nr)
{
	nr = MIN(nr, (u32)TRACE_NUMBERS - 1);
	return h->wanted[abi][nr / 64] >> nr % 64 & 1;
}

/* By the memory the writer is of. */
static u32 abi_of(struct trace_writer *w, const char *name)
{
	if (UNLIKELY(w->named != name)) {
		w->abi = abi_number(w->memory, name);
		w->named = name;
		if (w->slot)
			w->slot->abi = w->abi;
	}
	return w->abi;
}

u32 trace_abi(struct trace_writer *w, const char *name)
{
	return memory_now(w) ? abi_of(w, name) : TRACE_ABIS - 1;
}

static bool ready(struct trace_writer *w, const struct trace_call *c)
{
	abi_of(w, c->abi);
	return LIKELY(w->slot != NULL) || claim(w, c);
}

static struct trace_record *lay_down(struct trace_writer *w, enum trace_kind kind, u32 nr)
{
	struct trace_record *r = place(w);

	if (!r)
		return NULL;
	r->kind = (u8)kind;
	r->abi = (u8)w->abi;
	r->flags = 0;
	r->rule = 0;
	r->nr = nr;
	r->nargs = 0;
	w->slot->recent[w->slot->laid++ % TRACE_RECENT] = (u16)(w->slot->head % TRACE_RING / 8);
	w->used = sizeof(*r);
	return r;
}

bool trace_begin(struct trace_writer *w, const struct trace_call *c)
{
	const struct trace_header *h = memory_now(w);
	struct trace_record *r;

	if (!h || (!wanted(h, abi_of(w, c->abi), c->nr) && !c->rule))
		return false;
	if (!ready(w, c))
		return false;
	if (h->flags & TRACE_F_COUNT) {
		w->begin = ticks();
		return true;
	}
	r = lay_down(w, TRACE_CALL, c->nr);
	w->open = r;
	if (!r)
		return false;
	r->nargs = (u8)c->nargs;
	r->flags = c->verdict;
	r->rule = c->rule;
	for (u32 i = 0; i < c->nargs; i++)
		r->args[i] = c->args[i];
	if (h->flags & TRACE_F_STACK)
		w->used = trace_take_stack(r, w->used, c);
	if (h->flags & TRACE_F_COPY && c->kept)
		w->used = trace_take_copy(r, w->used, c, h->copy_max);
	if (h->flags & TRACE_F_DATA && c->words)
		w->used = trace_take_before(r, w->used, c, h->string_max);
	r->size = ALIGN_UP(w->used, 8u);
	r->begin = ticks();
	__atomic_store_n(&w->slot->pending, r->size, __ATOMIC_RELEASE);
	return true;
}

static void add_up(struct trace_writer *w, u32 nr, bool error)
{
	struct trace_count *count = (struct trace_count *)w->ring + MIN(nr, (u32)TRACE_NUMBERS);

	count->calls++;
	count->errors += error;
	count->ticks += ticks() - w->begin;
	w->slot->calls++;
}

void trace_end(struct trace_writer *w, const struct trace_call *c, i64 result, u64 guest,
	       u64 second, u32 flags)
{
	struct trace_header *h = w->memory;
	struct trace_record *r = w->open;

	if (h->flags & TRACE_F_COUNT) {
		if (w->slot)
			add_up(w, c->nr, (flags & TRACE_R_CARRY) != 0);
		return;
	}
	if (!r)
		return;
	if (result ==
	    -EXO_INTERRUPTED) { /* it was not begun, and will be when the signal is dealt with */
		__atomic_store_n(&w->slot->pending, 0, __ATOMIC_RELAXED);
		w->open = NULL;
		return;
	}
	r->end = ticks();
	r->result = result;
	r->guest = (i64)guest;
	r->result2 = (u32)second;
	r->flags |= (u8)(flags | TRACE_R_ENDED);
	if (h->flags & TRACE_F_DATA && c->words && result >= 0)
		w->used = trace_take_after(r, w->used, c, h->string_max);
	r->size = ALIGN_UP(w->used, 8u);
	w->open = NULL;
	publish(w->slot, r->size);
	if (UNLIKELY(w->slot->head - w->slot->tail > TRACE_RING / 4) &&
	    __atomic_load_n(&h->asleep, __ATOMIC_RELAXED))
		ring_bell(h);
}

void trace_event(struct trace_writer *w, const struct trace_call *c, enum trace_kind kind, u32 nr,
		 const void *bytes, u32 size)
{
	struct trace_record *r;

	/* In the middle of a call its record is where this one would be. */
	const struct trace_header *h = w->open ? NULL : memory_now(w);

	if (!h || h->flags & TRACE_F_COUNT || !ready(w, c))
		return;
	r = lay_down(w, kind, nr);
	if (!r)
		return;
	r->begin = r->end = ticks();
	w->used = trace_take_bytes(r, w->used, bytes, size);
	r->size = ALIGN_UP(w->used, 8u);
	publish(w->slot, r->size);
}

void trace_sample(struct trace_writer *w, const struct trace_call *c, u32 count, u32 inside)
{
	const struct trace_header *h = w->open ? NULL : memory_now(w);
	struct trace_record *r;

	if (!h || h->flags & TRACE_F_COUNT || !ready(w, c))
		return;
	r = lay_down(w, TRACE_SAMPLE, count);
	if (!r)
		return;
	r->rule = inside;
	r->begin = r->end = ticks();
	w->used = trace_take_stack(r, w->used, c);
	if (h->flags & TRACE_F_COPY && c->kept)
		w->used = trace_take_copy(r, w->used, c, h->copy_max);
	r->size = ALIGN_UP(w->used, 8u);
	publish(w->slot, r->size);
}

const struct trace_record *trace_recent(const struct trace_writer *w, u32 back)
{
	if (!w->slot || back > TRACE_RECENT || back > w->slot->laid ||
	    w->memory->flags & TRACE_F_COUNT)
		return NULL;
	return (const struct trace_record
		    *)(w->ring + 8u * w->slot->recent[(w->slot->laid - back) % TRACE_RECENT]);
}
