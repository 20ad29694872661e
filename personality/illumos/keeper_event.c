/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/keeper_event.c: events of contracts, the queues they are in and who reads
 * them.
 *
 * An event is in up to three queues at once: its contract's, the one of all contracts of its type,
 * and its contract's owner's. A listener stands at an event, or at the end; informative events stay
 * no longer than a listener could want them, critical ones until they are acknowledged. All of this
 * is as in usr/src/uts/common/os/contract.c (cte_*).
 */
#include "core/abi.h"
#include "exo/exo.h"
#include "lib/mem.h"
#include "personality/illumos/keeper.h"

#define SETTLED (ILLUMOS_CTE_INFO | ILLUMOS_CTE_ACK)

static struct link *link_of(const struct queue *q, struct event *e)
{
	return &e->link[q->kind];
}

static struct event *next_of(const struct queue *q, struct event *e)
{
	return link_of(q, e)->next;
}

void event_rele(struct event *e)
{
	if (--e->refs)
		return;
	contract_rele(e->contract);
	core_slab_give(&keeper->event_slab, e);
}

static void append(struct queue *q, struct event *e)
{
	struct link *l = link_of(q, e);

	*l = (struct link){.prev = q->last, .in = true};
	if (q->last)
		link_of(q, q->last)->next = e;
	else
		q->first = e;
	q->last = e;
	e->refs++;
}

static void unlink_event(struct queue *q, struct event *e)
{
	struct link *l = link_of(q, e);

	if (l->prev)
		link_of(q, l->prev)->next = l->next;
	else
		q->first = l->next;
	if (l->next)
		link_of(q, l->next)->prev = l->prev;
	else
		q->last = l->prev;
	*l = (struct link){0};
	event_rele(e);
}

/* ---- listeners --------------------------------------------------------------------------- */

static void leave(struct listener *l, struct event *e)
{
	struct link *k = link_of(l->queue, e);

	if (l->reliable)
		k->reliable--;
	if (--k->refs == 0 && k->trimmed)
		unlink_event(l->queue, e);
}

static void stand(struct listener *l, struct event *e)
{
	struct link *k = link_of(l->queue, e);

	k->refs++;
	k->reliable += l->reliable;
	l->position = e;
}

static struct event *move(struct listener *l, struct event *e)
{
	struct event *old = l->position;

	while (e && link_of(l->queue, e)->trimmed)
		e = next_of(l->queue, e);
	l->position = NULL;
	if (e)
		stand(l, e);
	if (old)
		leave(l, old);
	return e;
}

struct listener *listener_add(struct queue *q, struct conn *file, bool checks)
{
	struct listener *l = core_slab_take(&keeper->listener_slab);

	if (!l)
		return NULL;
	*l = (struct listener){.next = q->listeners, .queue = q, .file = file, .checks = checks};
	q->listeners = l;
	q->count++;
	return l;
}

static void free_alone(struct queue *q)
{
	if (q->alone && q->dead && !q->count)
		core_slab_give(&keeper->queue_slab, q);
}

void listener_remove(struct listener *l)
{
	struct queue *q = l->queue;
	struct listener **at = &q->listeners;

	if (l->position)
		leave(l, l->position);
	while (*at && *at != l)
		at = &(*at)->next;
	if (*at)
		*at = l->next;
	q->count--;
	if (!q->dead || !q->alone)
		queue_trim(q, NULL);
	core_slab_give(&keeper->listener_slab, l);
	free_alone(q);
}

void listener_reset(struct listener *l)
{
	l->reset = l->copying != NULL;
	move(l, l->queue->first);
}

void listener_next(struct listener *l, u64 id)
{
	l->reset = l->copying != NULL;
	if (l->position && l->position->id == id)
		move(l, next_of(l->queue, l->position));
}

void listener_reliable(struct listener *l)
{
	if (l->reliable)
		return;
	l->reliable = true;
	if (l->position)
		link_of(l->queue, l->position)->reliable++;
}

struct event *listener_read(struct listener *l, struct conn *c, bool critical)
{
	struct event *e = l->position;

	if (l->copying)
		return NULL;
	while ((e = move(l, e))) {
		if (!(critical && e->flags & SETTLED) &&
		    (!l->checks || c->uid == 0 ||
		     contract_owned(e->contract, keeper_proc(c->pid), c->uid)))
			break;
		e = next_of(l->queue, e);
	}
	if (!e)
		return NULL;
	e->refs++;
	l->copying = c;
	l->reset = false;
	return e;
}

void listener_done(struct listener *l, struct conn *c, bool taken)
{
	struct event *e = c->given;

	if (taken && !l->reset && l->position == e)
		move(l, next_of(l->queue, e));
	l->copying = NULL;
	c->given = NULL;
	event_rele(e);
}

/* One byte says that there is something; whoever reads the last event takes it away again. */
static void tell(struct listener *l)
{
	if (!l->position || l->told)
		return;
	if (EXO_NOW(sendto, l->file->fd, "", 1, CORE_MSG_DONTWAIT | CORE_MSG_NOSIGNAL, 0) == 1)
		l->told = true;
}

u32 listener_drain(struct listener *l)
{
	u32 n = !l->position && l->told;

	if (n)
		l->told = false;
	return n;
}

void listeners_wake(struct queue *q)
{
	for (struct listener *l = q->listeners; l; l = l->next) {
		for (struct conn *c = keeper->conns; c; c = c->next) {
			struct event *e;

			if (c->waits != l)
				continue;
			e = listener_read(l, c, c->critical);
			if (!e && !q->dead)
				continue;
			c->waits = NULL;
			keeper_answer_read(c, e, e ? 0 : CORE_EIDRM);
		}
		tell(l);
	}
}

/* ---- queues ------------------------------------------------------------------------------ */

/*
 * Drops what nobody needs any more, from the front to the first event somebody stands at; of c's
 * events, all.
 */
void queue_trim(struct queue *q, const struct contract *c)
{
	struct event *e, *next;
	bool start = true;

	for (e = q->first; e; e = next) {
		struct link *k = link_of(q, e);
		bool stopper = q->kind != QUEUE_PBUNDLE && k->reliable;

		next = k->next;
		if (!k->refs) {
			if ((start && e->flags & SETTLED) || e->contract == c)
				unlink_event(q, e);
		} else if (e->contract == c && !stopper) {
			k->trimmed = true;
		} else if (c && !stopper) {
			start = false;
		} else {
			break;
		}
	}
}

void queue_drain(struct queue *q, bool ack)
{
	struct event *e;

	for (struct listener *l = q->listeners; l; l = l->next)
		l->position = NULL;
	while ((e = q->first)) {
		if (ack && !(e->flags & SETTLED)) {
			e->flags |= ILLUMOS_CTE_ACK;
			e->contract->pending--;
		}
		unlink_event(q, e);
	}
	q->dead = true;
	listeners_wake(q);
	free_alone(q);
}

static void wake_at(struct queue *q, struct event *e)
{
	for (struct listener *l = q->listeners; l; l = l->next)
		if (!l->position)
			stand(l, e);
}

void queue_copy(struct queue *from, struct queue *to)
{
	struct event *first = NULL;

	for (struct event *e = from->first; e; e = next_of(from, e)) {
		if (e->flags & SETTLED)
			continue;
		if (!first)
			first = e;
		if (!link_of(to, e)->in)
			append(to, e);
	}
	if (first)
		wake_at(to, first);
	listeners_wake(to);
}

struct queue *queue_of_process(struct proc *p)
{
	if (!p->pbundle) {
		p->pbundle = core_slab_take(&keeper->queue_slab);
		if (p->pbundle)
			*p->pbundle = (struct queue){.kind = QUEUE_PBUNDLE, .alone = true};
	}
	return p->pbundle;
}

static void publish(struct queue *q, struct event *e)
{
	if ((!q->count && e->flags & SETTLED) || q->dead)
		return;
	append(q, e);
	wake_at(q, e);
	queue_trim(q, NULL);
}

void event_publish(struct contract *c, u32 type, const u8 *data, u32 len)
{
	struct queue *own, *all = &keeper->bundle[ILLUMOS_CTT_PROCESS];
	struct event *e;

	if (!((c->terms->info | c->terms->critical) & type))
		return;
	e = core_slab_take(&keeper->event_slab);
	if (!e || len > sizeof(e->data))
		return;
	contract_hold(c);
	e->contract = c;
	e->id = ++keeper->last_event;
	e->type = type;
	e->flags = c->terms->critical & type ? 0 : ILLUMOS_CTE_INFO;
	e->refs = 1;
	e->len = len;
	memcpy(e->data, data, len);
	if (!(e->flags & ILLUMOS_CTE_INFO)) {
		if (c->state >= ILLUMOS_CTS_ORPHAN)
			e->flags |= ILLUMOS_CTE_ACK;
		else
			c->pending++;
	}
	publish(&c->events, e);
	publish(all, e);
	own = c->owner ? queue_of_process(c->owner) : NULL;
	if (own)
		publish(own, e);
	event_rele(e);
	listeners_wake(&c->events);
	listeners_wake(all);
	if (own)
		listeners_wake(own);
}
