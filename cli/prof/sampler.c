/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/sampler.c: cli/prof/sampler.h.
 *
 * Each processor's ring is in order, the rings among themselves are not. What a pass finds is kept,
 * and what is older than the beginning of the pass before is handed on: nothing older can come any
 * more.
 */
#include "cli/prof/sampler.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/prof/rings.h"
#include "cli/prof/unwind.h"
#include "cli/prof/intern.h"

struct kept {
	u64 time;
	size_t at; /* in bytes */
	u32 seq;
	u32 ring;
};

struct sampler {
	struct ring *rings;
	struct pollfd *polls;
	u32 nrings;
	u8 *bytes;
	size_t used, room;
	struct kept *kept;
	u32 nkept, kept_room, seq;
	u64 began; /* the last pass */
	u64 lost;
	bool hung_up;
};

struct sampler *sampler_new(pid_t pid, const struct sampler_event *events, u32 n)
{
	struct sampler *s = allocate(sizeof(*s));

	*s = (struct sampler){0};
	s->nrings = rings_open(&s->rings, pid, events, n);
	if (s->nrings == 0) {
		free(s);
		return NULL;
	}
	s->polls = allocate(s->nrings * sizeof(*s->polls));
	for (u32 i = 0; i < s->nrings; i++)
		s->polls[i] = (struct pollfd){s->rings[i].fds[0], POLLIN, 0};
	return s;
}

void sampler_free(struct sampler *s)
{
	rings_close(s->rings, s->nrings);
	free(s->polls);
	free(s->bytes);
	free(s->kept);
	free(s);
}

/* ---- reading ---------------------------------------------------------------------------- */

/* sample_id_all: a record that is no sample ends with { pid, tid, time, id }. */
struct trailer {
	u32 pid, tid;
	u64 time, id;
};

/* { id, ip, pid, tid, time, period, nr, addresses[nr] } */
struct head {
	u64 id, ip;
	u32 pid, tid;
	u64 time, period, nr;
};

/* { abi, registers unless abi is 0, size of the stack, stack, how much of it was there } */
static void read_stack(struct sampled *e, const u8 *p, const u8 *end)
{
	u64 abi, size, there;
	const u8 *registers = p + 8;

	if (end - p < 8)
		return;
	memcpy(&abi, p, 8);
	if (abi == 0 || end - registers < 8 * UNWIND_REGISTERS + 8)
		return;
	p = registers + 8 * UNWIND_REGISTERS;
	memcpy(&size, p, 8);
	p += 8;
	if (size == 0 || (u64)(end - p) < 8 || size > (u64)(end - p) - 8)
		return;
	memcpy(&there, p + size, 8);
	e->registers = registers;
	e->stack = p;
	e->nstack = MIN(there, size);
}

static u32 event_of(const struct ring *r, u64 id)
{
	u32 i = 0;

	while (i + 1 < r->n && r->ids[i] != id)
		i++;
	return i;
}

static bool read_head(const struct ring *r, const struct perf_record *h, struct sampled *e)
{
	const u8 *p = (const u8 *)(h + 1);
	u64 size = h->size - sizeof(*h);
	struct trailer t;
	struct head s;

	*e = (struct sampled){.h = h};
	if (h->type != PERF_RECORD_SAMPLE) {
		if (size < sizeof(t))
			return false;
		memcpy(&t, p + size - sizeof(t), sizeof(t));
		e->time = t.time;
		e->pid = t.pid;
		e->tid = t.tid;
		return true;
	}
	if (size < sizeof(s))
		return false;
	memcpy(&s, p, sizeof(s));
	e->time = s.time;
	e->pid = s.pid;
	e->tid = s.tid;
	e->period = s.period;
	e->ip = s.ip;
	e->chain = p + sizeof(s);
	e->nchain = MIN(s.nr, (size - sizeof(s)) / 8);
	e->event = event_of(r, s.id);
	if (r->copies[e->event])
		read_stack(e, e->chain + 8 * e->nchain, p + size);
	return true;
}

/* What is lost is told by a record of its own; a clock that was held back lost a sample or more. */
static bool count_lost(struct sampler *s, const struct perf_record *h)
{
	u64 n = 1;

	/* { id, lost } and { lost } */
	if (h->type == PERF_RECORD_LOST && h->size >= sizeof(*h) + 16)
		memcpy(&n, (const u8 *)(h + 1) + 8, sizeof(n));
	else if (h->type == PERF_RECORD_LOST_SAMPLES && h->size >= sizeof(*h) + 8)
		memcpy(&n, h + 1, sizeof(n));
	else if (h->type != PERF_RECORD_THROTTLE)
		return false;
	s->lost += n;
	return true;
}

static void keep(struct sampler *s, const struct ring *r, u64 at, u32 size)
{
	size_t first = MIN((size_t)size, r->size - at % r->size);
	struct sampled e;
	u8 *to;

	if (s->used + size > s->room) {
		s->room = (s->used + size) * 2;
		s->bytes = realloc(s->bytes, s->room);
		if (s->bytes == NULL)
			exit(fail(CLI_FAILED, "out of memory, asking for %zu bytes", s->room));
	}
	to = s->bytes + s->used;
	memcpy(to, r->data + at % r->size, first);
	memcpy(to + first, r->data, size - first);
	if (!read_head(r, (const struct perf_record *)to, &e))
		return;
	if (count_lost(s, e.h))
		return;
	s->kept = grow(s->kept, &s->kept_room, s->nkept, sizeof(*s->kept));
	s->kept[s->nkept++] = (struct kept){e.time, s->used, s->seq++, (u32)(r - s->rings)};
	s->used += size;
}

static void take_ring(struct sampler *s, const struct ring *r)
{
	u64 *at_tail = (u64 *)(r->head + PERF_DATA_TAIL);
	u64 head = __atomic_load_n((u64 *)(r->head + PERF_DATA_HEAD), __ATOMIC_ACQUIRE);
	u64 tail = *at_tail;

	while (tail < head) {
		struct perf_record h;
		u64 at = tail % r->size;

		/* Records are multiples of eight bytes, so that this one does not wrap. */
		memcpy(&h, r->data + at, sizeof(h));
		if (h.size < sizeof(h) || h.size > head - tail)
			break;
		keep(s, r, tail, h.size);
		tail += h.size;
	}
	__atomic_store_n(at_tail, head, __ATOMIC_RELEASE);
}

static int by_time(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return x->seq < y->seq ? -1 : 1;
}

static u64 now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec;
}

u64 sampler_pass(struct sampler *s, bool all, void (*take)(void *ctx, const struct sampled *e),
		 void *ctx)
{
	u64 until = all ? UINT64_MAX : s->began;
	size_t used = 0;
	u32 n = 0;

	s->began = now();
	for (u32 i = 0; i < s->nrings; i++)
		take_ring(s, &s->rings[i]);
	if (s->nkept == 0)
		return until;
	qsort(s->kept, s->nkept, sizeof(*s->kept), by_time);
	for (; n < s->nkept && s->kept[n].time <= until; n++) {
		struct sampled e;

		if (read_head(&s->rings[s->kept[n].ring],
			      (const struct perf_record *)(s->bytes + s->kept[n].at), &e))
			take(ctx, &e);
	}
	if (n == s->nkept) {
		s->nkept = 0;
		s->used = 0;
	} else if (n != 0) {
		u8 *rest = allocate(s->room);

		for (u32 i = n; i < s->nkept; i++) {
			const u8 *from = s->bytes + s->kept[i].at;
			u16 size = ((const struct perf_record *)from)->size;

			memcpy(rest + used, from, size);
			s->kept[i].at = used;
			used += size;
		}
		free(s->bytes);
		s->bytes = rest;
		s->used = used;
		memmove(s->kept, s->kept + n, (s->nkept - n) * sizeof(*s->kept));
		s->nkept -= n;
	}
	return until;
}

void sampler_sleep(struct sampler *s, u32 ms)
{
	struct timespec t;
	sigset_t none;

	/* Once the first thread has ended the rings tell of nothing else, but others may go on. */
	if (s->hung_up)
		ms = MIN(ms, 10u);
	t = (struct timespec){ms / 1000, (long)(ms % 1000) * 1000000};
	sigemptyset(&none);
	ppoll(s->polls, s->nrings, &t, &none);
	for (u32 i = 0; i < s->nrings; i++)
		if ((s->polls[i].revents & POLLHUP) != 0) {
			s->polls[i].fd = -1;
			s->hung_up = true;
		}
}

u64 sampler_lost(const struct sampler *s)
{
	return s->lost;
}
