/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/settle.c: calls and samples of the guest's become stacks: cli/prof/call_queue.h. */
#include <string.h>

#include "cli/cli.h"
#include "cli/prof/call_queue.h"
#include "cli/prof/unwind.h"

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
		q->begin += queued_size(&c);
	}
	q->begin = q->end = 0;
}
