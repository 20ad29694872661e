/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/trace_stack.c: who made a call, by the chain of frame pointers: each points to the caller's
 * own, above which is where the caller goes on. (System V ABI, AMD64 supplement, 3.2.2; on the
 * PDP-11 r5 does the same for what the C compiler made, as Ritchie's "A Tour through the UNIX C
 * Compiler" has it.)
 *
 * A chain is the guest's memory and may be anything: it is read with copies that survive a fault,
 * goes outwards only, and has an end. Whether the word on top of the stack is an address to return
 * to (a library's stub has no frame) is for the reader to say, who knows the code.
 */
#include "core/trace_take.h"
#include "exo/exo.h"
#include "lib/mem.h"

#define SPACE_SIZE 65536u /* of a PDP-11 */

struct chain {
	u64 *v;
	u32 n, room;
};

static void walk(struct chain *k, const struct trace_call *c)
{
	u64 fp = c->fp, pair[2];

	while (k->n < k->room && fp % 8 == 0 && fp >= EXO_GUEST_LOW &&
	       fp + sizeof(pair) < EXO_GUEST_HIGH &&
	       !exo_copy(pair, (const void *)fp, sizeof(pair)) && pair[1]) {
		k->v[k->n++] = pair[1];
		if (pair[0] <= fp)
			break;
		fp = pair[0];
	}
}

static void walk_words(struct chain *k, const struct trace_call *c)
{
	u64 fp = c->fp;
	u16 pair[2];

	while (k->n < k->room && fp % 2 == 0 && fp < SPACE_SIZE - sizeof(pair) &&
	       !exo_copy(pair, (const void *)(c->space + fp), sizeof(pair)) && pair[1]) {
		k->v[k->n++] = pair[1];
		if (pair[0] <= fp)
			break;
		fp = pair[0];
	}
}

u32 trace_take_stack(struct trace_record *r, u32 used, const struct trace_call *c)
{
	struct trace_data *d = (struct trace_data *)((u8 *)r + used);
	struct chain k = {(u64 *)d->bytes, 2, TRACE_STACK_MOST};
	u64 top = c->space + c->sp;
	u32 word = c->space ? 2 : 8;

	k.v[0] = c->pc;
	k.v[1] = 0;
	if (top >= EXO_GUEST_LOW && top + word < EXO_GUEST_HIGH &&
	    exo_copy(&k.v[1], (const void *)top, word))
		k.v[1] = 0;
	if (c->space)
		walk_words(&k, c);
	else
		walk(&k, c);
	d->size = (u16)(k.n * sizeof(u64));
	d->arg = 0;
	d->after = TRACE_STACK;
	d->whole = k.n;
	return used + (u32)sizeof(*d) + d->size;
}

/* What is above is left for the data of the arguments. */
#define COPY_END (TRACE_RECORD / 4 * 3)

u32 trace_take_copy(struct trace_record *r, u32 used, const struct trace_call *c, u32 most)
{
	struct trace_data *d = (struct trace_data *)((u8 *)r + used);
	const u64 *k = c->kept;
	const u64 registers[TRACE_COPY_REGISTERS] = {k[0], k[1], c->sp, c->pc,
						     k[2], k[3], k[4],	k[5]};
	u8 *stack = d->bytes + sizeof(registers);
	u64 size;

	if (used + sizeof(*d) + sizeof(registers) >= COPY_END)
		return used;
	size = MIN(most, (u64)(COPY_END - used - sizeof(*d) - sizeof(registers))) & ~7ul;
	if (c->sp < EXO_GUEST_LOW || c->sp >= EXO_GUEST_HIGH)
		return used;
	size = MIN(size, EXO_GUEST_HIGH - c->sp);
	size -= exo_copy(stack, (const void *)c->sp, size);
	memcpy(d->bytes, registers, sizeof(registers));
	d->size = (u16)(sizeof(registers) + size);
	d->arg = 0;
	d->after = TRACE_STACK_COPY;
	d->whole = d->size;
	return used + (u32)(sizeof(*d) + ALIGN_UP((u32)d->size, 8u));
}
