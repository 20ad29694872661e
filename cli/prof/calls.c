/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/calls.c: the calls of the system, as the guest tells of them with its stack, in the
 * profile: of cli/prof/session.h. They come into the queue here, and out of it in settle.c.
 */
#include "cli/prof/call_queue.h"

#include <string.h>
#include <time.h>

#include "cli/cli.h"

/* Calls are many: no more is copied of their stacks than a record has room for with ease. */
#define COPY_MOST    8192u
#define LOOK_EVERY   20000000u /* ns */
#define SAMPLES_MOST 100000u   /* that one record can stand for */

static u64 now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec;
}

bool calls_begin(struct session *s, struct run_words *words, int *memory)
{
	struct reader_options want = {.flags = TRACE_F_STACK, .follow = true};
	struct call_queue *q = allocate(sizeof(*q));
	struct trace_header *h;
	u32 n;
	const struct abi *all = abi_all(&n);

	want.flags |= s->options->stack != 0 ? TRACE_F_COPY : 0;
	*q = (struct call_queue){.reader = reader_new(&want, memory), .base = now()};
	if (q->reader == NULL) {
		free(q);
		return false;
	}
	h = reader_header(q->reader);
	h->sample_ns = s->guest_samples ? s->profile.period : 0;
	h->copy_max = MIN(s->options->stack, COPY_MOST);
	for (u32 i = 0; i < n; i++)
		for (u32 nr = 0; nr < all[i].count; nr++) {
			const struct call_info *c = abi_call(&all[i], nr);
			u32 bit = MIN(nr, (u32)TRACE_NUMBERS - 1);

			if (c != NULL ? (modes_of_call(&all[i], c) & s->options->modes) != 0
				      : (s->options->modes >> MODE_SYSCALL & 1) != 0)
				h->wanted[i][bit / 64] |= 1ull << bit % 64;
		}
	/* Numbers that are in no table. */
	if ((s->options->modes >> MODE_SYSCALL & 1) != 0)
		memset(h->wanted, 0xff, sizeof(h->wanted));
	s->calls = q;
	return run_words_add(words, "trace-memory", format_string("%d", *memory)) == CLI_OK;
}

struct reader *calls_reader(struct session *s)
{
	return s->calls->reader;
}

/* ---- the queue ---------------------------------------------------------------------------- */

static void put(struct call_queue *q, const struct queued *c, const u8 *addresses, const u8 *copy)
{
	size_t size = queued_size(c);
	u8 *to;

	if (q->end + size > q->room) {
		size_t used = q->end - q->begin, room = MAX(2 * (used + size), (size_t)1 << 20);
		u8 *more = allocate(room);

		if (used != 0)
			memcpy(more, q->bytes + q->begin, used);
		free(q->bytes);
		q->bytes = more;
		q->begin = 0;
		q->end = used;
		q->room = room;
	}
	to = q->bytes + q->end;
	memcpy(to, c, sizeof(*c));
	if (c->n != 0)
		memcpy(to + sizeof(*c), addresses, c->n * sizeof(u64));
	if (c->copy != 0)
		memcpy(to + sizeof(*c) + c->n * sizeof(u64), copy, c->copy);
	q->end += size;
}

static struct process *process_of(struct call_queue *q, u32 pid)
{
	u32 i = intern(&q->pids, &pid, sizeof(pid));

	q->processes = grow(q->processes, &q->processes_room, i, sizeof(*q->processes));
	return &q->processes[i];
}

/* The program that a PDP-11's addresses are of: its own, or that of the process it came from. */
static u32 program_of(struct call_queue *q, const struct event *e)
{
	u32 program = process_of(q, e->pid)->program;

	if (!e->abi->pdp11)
		return 0;
	if (program == 0 && e->parent != 0)
		program = process_of(q, e->parent)->program;
	process_of(q, e->pid)->program = program;
	return program != 0 ? program : OBJECT_UNKNOWN;
}

static void note_exec(struct session *s, const struct event *e)
{
	struct shown_data d = event_data(e, 0, false, 0);
	CLEAN_FREE char *path = format_string("%.*s", d.p != NULL ? (int)d.n : 0, d.p);
	struct process *p = process_of(s->calls, e->pid);

	*p = (struct process){0};
	if (s->alone)
		spaces_look(s->spaces, e->pid, 0);
	if (e->abi->pdp11 && *path != '\0')
		p->program = objects_add_aout(s->objects, path, e->pid, e->abi->name);
}

static void add_total(struct call_queue *q, const struct event *e, u64 ns)
{
	const u32 kind[2] = {e->abi->number, MIN(e->r->nr, (u32)TRACE_NUMBERS)};
	u32 i = intern(&q->kinds, kind, sizeof(kind));

	q->totals = grow(q->totals, &q->totals_room, i, sizeof(*q->totals));
	q->totals[i].calls++;
	q->totals[i].errors += (e->r->flags & TRACE_R_CARRY) != 0;
	q->totals[i].ns += ns;
}

/* What came with it that is neither of what event_data() looks for. */
static const u8 *came_with(const struct trace_record *r, enum trace_when which, u32 *size)
{
	*size = 0;
	for (u32 at = sizeof(*r); at < r->size;) {
		const struct trace_data *d = (const struct trace_data *)((const u8 *)r + at);

		if (d->after == which) {
			*size = d->size;
			return d->bytes;
		}
		at += (u32)(sizeof(*d) + ALIGN_UP((u32)d->size, 8u));
	}
	return NULL;
}

/* Nobody tells of what is mapped: one looks when there is an address that is not known. */
static void look_at_maps(struct session *s, const struct queued *c, const u8 *addresses, u32 parent)
{
	struct process *p = process_of(s->calls, c->pid);
	u64 pc, clock = now();

	memcpy(&pc, addresses, sizeof(pc));
	if (spaces_known(s->spaces, c->pid, pc - 1) || clock - p->looked < LOOK_EVERY)
		return;
	p->looked = clock;
	spaces_look(s->spaces, c->pid, parent);
}

static void queue(struct session *s, struct queued *c, const struct event *e)
{
	struct call_queue *q = s->calls;
	const u8 *addresses = came_with(e->r, TRACE_STACK, &c->n);
	const u8 *copy = came_with(e->r, TRACE_STACK_COPY, &c->copy);

	c->n = MIN(c->n / 8, (u32)TRACE_STACK_MOST);
	if (c->copy < 8 * TRACE_COPY_REGISTERS)
		c->copy = 0;
	c->program = program_of(q, e);
	if (s->alone && c->n != 0)
		look_at_maps(s, c, addresses, e->parent);
	put(q, c, addresses, copy);
}

static void take(void *ctx, const struct event *e)
{
	struct session *s = ctx;
	struct call_queue *q = s->calls;
	bool cut_short = e->last && !e->done && !e->executed;
	struct queued c = {.pid = e->pid, .tid = e->tid, .abi = e->abi->number, .nr = e->r->nr};
	u64 clock = now() - q->base;

	if (e->r->kind == TRACE_EXEC)
		note_exec(s, e);
	if (e->r->kind == TRACE_SAMPLE) {
		c.time = MIN(e->end, clock) + q->base;
		c.samples = MIN(MAX(e->r->nr, 1u), SAMPLES_MOST);
		c.inside = MIN(e->r->rule, SAMPLES_MOST);
		queue(s, &c, e);
	}
	if (e->r->kind != TRACE_CALL || e->under_way || (!e->done && !cut_short))
		return;
	c.waits = call_waits(e);
	/* A wait that the end of its thread cut short was one until then. */
	if (cut_short && !c.waits)
		return;
	if (e->done)
		c.mapped = call_maps(e, &process_of(q, e->pid)->end);
	/* What the guest says of the time may be anything; nothing waits for what is to come. */
	c.time = e->done ? MIN(e->end, clock) : clock;
	c.ns = c.time > e->begin ? c.time - e->begin : 0;
	c.time += q->base;
	if (e->done)
		add_total(q, e, c.ns);
	queue(s, &c, e);
}

bool calls_press(struct session *s)
{
	struct trace_header *h = reader_header(s->calls->reader);
	const struct trace_slot *slots = trace_slots(h);

	for (u32 i = 0; i < MIN(h->slots_used, (u32)TRACE_SLOTS); i++)
		if (slots[i].state == TRACE_CLAIMED &&
		    slots[i].head - slots[i].tail > TRACE_RING / 4)
			return true;
	return false;
}

bool calls_pass(struct session *s, bool all)
{
	if (all)
		reader_look(s->calls->reader);
	return reader_pass(s->calls->reader, take, s);
}

/* ---- the table ---------------------------------------------------------------------------- */

static int by_time(const void *a, const void *b)
{
	const struct call_time *x = a, *y = b;

	if (x->ns != y->ns)
		return x->ns > y->ns ? -1 : 1;
	return x->calls < y->calls ? 1 : x->calls > y->calls ? -1 : 0;
}

void calls_end(struct session *s)
{
	struct call_queue *q = s->calls;
	struct profile *p = &s->profile;

	p->lost += reader_lost(q->reader);
	p->has_calls = (s->options->modes >> MODE_SYSCALL & 1) != 0;
	for (u32 i = 0; p->has_calls && i < q->kinds.n; i++) {
		const u32 *kind = interned(&q->kinds, i, NULL);
		const struct abi *a = abi_at(kind[0]);
		const struct call_info *c = a != NULL ? abi_call(a, kind[1]) : NULL;

		p->calls = grow(p->calls, &p->calls_room, p->ncalls, sizeof(*p->calls));
		p->calls[p->ncalls++] = (struct call_time){
		    a != NULL ? a->name : "?",
		    c != NULL ? c->name : format_string("syscall_%#x", kind[1]),
		    q->totals[i].calls,
		    q->totals[i].errors,
		    q->totals[i].ns,
		};
	}
	if (p->ncalls != 0)
		qsort(p->calls, p->ncalls, sizeof(*p->calls), by_time);
}
