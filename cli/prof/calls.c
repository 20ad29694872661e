/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/calls.c: the calls of the system, as the guest tells of them with its stack, in the
 * profile: of cli/prof/session.h.
 *
 * What an address of the stack is, the kernel's records say, and they are told later than the call
 * was: a call waits in a queue until all of them have been that are older than its end.
 */
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/prof/session.h"
#include "cli/prof/unwind.h"

/* Calls are many: no more is copied of their stacks than a record has room for with ease. */
#define COPY_MOST    8192u
#define LOOK_EVERY   20000000u /* ns */
#define SAMPLES_MOST 100000u   /* that one record can stand for */

struct queued {
	u64 time; /* of CLOCK_MONOTONIC, as the sampler's */
	u64 ns, mapped;
	u32 pid, tid;
	u32 abi, nr;
	u32 n;	     /* addresses that follow, */
	u32 copy;    /* and bytes behind: registers and stack */
	u32 program; /* of a PDP-11: the object its addresses are in, else 0 */
	u32 samples; /* for how many it stands; 0: it is a call */
	u32 inside;  /* of a sample: and so many were in the runtime before */
	bool waits;
};

struct total {
	u64 calls, errors, ns;
};

struct call_queue {
	struct reader *reader;
	u64 base; /* the reader's time 0 */
	u8 *bytes;
	size_t begin, end, room;
	struct intern kinds; /* of { abi, number } */
	struct total *totals;
	u32 totals_room;
	struct intern pids;
	struct process {
		u64 end;     /* of what break made larger */
		u32 program; /* of a PDP-11: its object, 0 while it is not known */
		u64 looked;  /* when its mappings were looked at */
	} * processes;	     /* of pids */
	u32 processes_room;
};

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

static size_t size_of(const struct queued *c)
{
	return sizeof(*c) + c->n * sizeof(u64) + ALIGN_UP(c->copy, 8u);
}

static void put(struct call_queue *q, const struct queued *c, const u8 *addresses, const u8 *copy)
{
	size_t size = size_of(c);
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

static void add(struct session *s, const struct queued *c, const struct place *places, u32 n,
		enum mode mode, u64 once, u64 much)
{
	u32 first = once != 0 ? session_measure(s, mode, 0) : MEASURES_MOST;
	u32 second = session_measure(s, mode, 1), stack;

	if (second == MEASURES_MOST)
		return;
	stack = session_add(s, places, n, first, once, second, much);
	session_note(s, &(struct moment){c->time - c->ns, c->time, much, 0, stack, second}, c->pid,
		     c->tid);
}

/* A PDP-11's: words, of its own program; behind a call as others are. */
static u32 aout_places(const struct queued *c, const u64 *chain, struct place *to)
{
	u32 n = 0;

	for (u32 i = 0; i < c->n; i++)
		if (i != 1) /* its stubs have frames */
			to[n++] = (struct place){c->program, 0,
						 (u16)(chain[i] - (i != 0 || c->samples == 0))};
	return n;
}

static u32 places_of(struct session *s, const struct queued *c, const u8 *addresses,
		     struct place *to)
{
	const u8 *copy = addresses + c->n * sizeof(u64);
	u32 n = 0, registers = 8 * TRACE_COPY_REGISTERS;
	u64 chain[TRACE_STACK_MOST];

	memcpy(chain, addresses, c->n * sizeof(*chain));
	/* A sample is not behind a call, and the word on top may be anything. */
	if (c->samples != 0 && c->program == 0 && c->n > 1) {
		chain[0]++;
		chain[1] = 0;
	}
	if (c->program != 0)
		return aout_places(c, chain, to);
	if (c->copy != 0)
		n = unwind(s->spaces,
			   &(struct unwind_from){c->pid, copy, copy + registers,
						 c->copy - registers, c->samples == 0},
			   to, TRACE_STACK_MOST + 1);
	return n != 0
		   ? n
		   : spaces_call_places(s->spaces, c->pid, chain, c->n, to, TRACE_STACK_MOST + 1);
}

static void settle_sample(struct session *s, const struct queued *c, struct place *places, u32 n)
{
	u32 once = session_measure(s, MODE_CPU, 0), much = session_measure(s, MODE_CPU, 1), stack;
	u64 ns = c->samples * s->profile.period;
	struct place inside[1 + SESSION_THREAD] = {{OBJECT_FBIRD, 0, 0}};

	if (c->inside != 0)
		session_add(s, inside, session_thread(s, inside, 1, c->pid, c->tid), once,
			    c->inside, much, c->inside * s->profile.period);
	if (n == 0)
		places[n++] = (struct place){OBJECT_UNKNOWN, 0, 0};
	n = session_thread(s, places, n, c->pid, c->tid);
	stack = session_add(s, places, n, once, c->samples, much, ns);
	session_note(s, &(struct moment){c->time, c->time, ns, 0, stack, much}, c->pid, c->tid);
}

static void settle_one(struct session *s, const struct queued *c, const u8 *addresses)
{
	static struct place places[TRACE_STACK_MOST + 2 + SESSION_THREAD];
	u32 n = places_of(s, c, addresses, places + 1);

	if (c->samples != 0) {
		settle_sample(s, c, places + 1, n);
		return;
	}
	places[0] = (struct place){OBJECT_CALL, 0, (u64)c->abi << 32 | c->nr};
	n = session_thread(s, places, n + 1, c->pid, c->tid);
	add(s, c, places, n, MODE_SYSCALL, 1, c->ns);
	if (c->waits)
		add(s, c, places, n, MODE_LOCK, 1, c->ns);
	if (c->mapped != 0)
		add(s, c, places, n, MODE_MEMORY, 0, c->mapped);
}

void calls_settle(struct session *s, u64 until)
{
	struct call_queue *q = s->calls;

	while (q->begin < q->end) {
		struct queued c;

		memcpy(&c, q->bytes + q->begin, sizeof(c));
		if (c.time > until)
			return;
		settle_one(s, &c, q->bytes + q->begin + sizeof(c));
		q->begin += size_of(&c);
	}
	q->begin = q->end = 0;
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
