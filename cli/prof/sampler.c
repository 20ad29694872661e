/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/sampler.c: cli/prof/sampler.h.
 *
 * Each processor's ring is in order, the rings among themselves are not. What a pass finds is kept
 * until the next one, and what is then older than anything the pass before had found last is
 * handed on: nothing older can come any more.
 */
#include "cli/prof/sampler.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/prof/intern.h"

#define RING_PAGES                                                                                 \
	128 /* what kernel.perf_event_mlock_kb lets everybody have: 516 KiB with the head */

struct ring {
	int fd;
	u8 *head;
	u8 *data;
	u64 size;
};

struct kept {
	u64 time;
	size_t at; /* in bytes */
	u32 seq;
};

struct sampler {
	struct ring *rings;
	struct pollfd *polls;
	u32 nrings;
	u8 *bytes;
	size_t used, room;
	struct kept *kept;
	u32 nkept, kept_room, seq;
	u64 last, lost;
	bool hung_up;
};

/* ---- opening ---------------------------------------------------------------------------- */

static int open_event(pid_t pid, int cpu, u32 hz)
{
	struct perf_attr a = {
	    .type = PERF_TYPE_SOFTWARE,
	    .size = sizeof(a),
	    .config = PERF_COUNT_SW_CPU_CLOCK,
	    .sample_period = 1000000000u / hz,
	    .sample_type =
		PERF_SAMPLE_IP | PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_CALLCHAIN,
	    .flags = PERF_DISABLED | PERF_INHERIT | PERF_ENABLE_ON_EXEC | PERF_EXCLUDE_KERNEL |
		     PERF_EXCLUDE_HV | PERF_EXCLUDE_CALLCHAIN_KERNEL | PERF_MMAP | PERF_MMAP2 |
		     PERF_COMM | PERF_COMM_EXEC | PERF_TASK | PERF_SAMPLE_ID_ALL | PERF_WATERMARK |
		     PERF_USE_CLOCKID,
	    .wakeup_watermark = RING_PAGES * 4096 / 4,
	    .clockid = CLOCK_MONOTONIC,
	};

	return (int)syscall(SYS_perf_event_open, &a, pid, cpu, -1, PERF_FLAG_FD_CLOEXEC);
}

static void refused(int error)
{
	FILE *f = fopen("/proc/sys/kernel/perf_event_paranoid", "re");
	int level = -1;

	if (f == NULL || fscanf(f, "%d", &level) != 1)
		level = -1;
	if (f != NULL)
		fclose(f);
	if (f == NULL || error == ENOSYS)
		fail(CLI_FAILED,
		     "cannot sample: this kernel has no perf_event_open (%s); one with "
		     "CONFIG_PERF_EVENTS has",
		     strerror(error));
	else if ((error == EACCES || error == EPERM) && level > 2)
		fail(CLI_FAILED,
		     "cannot sample: perf_event_open is refused (%s), for "
		     "kernel.perf_event_paranoid is %d; 'sysctl kernel.perf_event_paranoid=2' by "
		     "root allows it, or CAP_PERFMON",
		     strerror(error), level);
	else if (error == EACCES || error == EPERM)
		fail(CLI_FAILED,
		     "cannot sample: perf_event_open is refused (%s) though "
		     "kernel.perf_event_paranoid is %d: a seccomp filter, as containers have, or a "
		     "security module forbids it; a profile that allows perf_event_open is needed",
		     strerror(error), level);
	else
		fail(CLI_FAILED, "cannot sample: perf_event_open: %s", strerror(error));
}

static bool open_ring(struct ring *r, pid_t pid, int cpu, u32 hz)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	r->fd = open_event(pid, cpu, hz);
	if (r->fd < 0)
		return false;
	/* Who may lock less has smaller rings, as long as there is one. */
	for (size_t pages = RING_PAGES; pages >= 4; pages /= 2) {
		void *p =
		    mmap(NULL, (pages + 1) * page, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, 0);

		if (p != MAP_FAILED) {
			r->head = p;
			r->size = pages * page;
			r->data = (u8 *)p + page;
			return true;
		}
		if (errno != EPERM && errno != ENOMEM)
			break;
	}
	return false;
}

struct sampler *sampler_new(pid_t pid, u32 hz)
{
	struct sampler *s = allocate(sizeof(*s));
	long cpus = sysconf(_SC_NPROCESSORS_CONF);

	*s = (struct sampler){0};
	s->rings = allocate((size_t)cpus * sizeof(*s->rings));
	s->polls = allocate((size_t)cpus * sizeof(*s->polls));
	for (long cpu = 0; cpu < cpus; cpu++) {
		struct ring *r = &s->rings[s->nrings];

		*r = (struct ring){.fd = -1};
		if (open_ring(r, pid, (int)cpu, hz)) {
			s->polls[s->nrings++] = (struct pollfd){r->fd, POLLIN, 0};
			continue;
		}
		/* A processor that is configured and not there. */
		if (r->fd < 0 && (errno == ENODEV || errno == ENXIO))
			continue;
		if (r->fd < 0) {
			refused(errno);
		} else {
			fail(CLI_FAILED, "cannot sample: no memory for the samples: %s",
			     strerror(errno));
			close(r->fd);
		}
		sampler_free(s);
		return NULL;
	}
	return s;
}

void sampler_free(struct sampler *s)
{
	for (u32 i = 0; i < s->nrings; i++) {
		munmap(s->rings[i].head,
		       s->rings[i].size + (size_t)(s->rings[i].data - s->rings[i].head));
		close(s->rings[i].fd);
	}
	free(s->rings);
	free(s->polls);
	free(s->bytes);
	free(s->kept);
	free(s);
}

/* ---- reading ---------------------------------------------------------------------------- */

/* sample_id_all: a record that is no sample ends with { pid, tid, time }. */
struct trailer {
	u32 pid, tid;
	u64 time;
};

static bool read_head(const struct perf_record *h, struct sampled *e)
{
	const u8 *p = (const u8 *)h;
	struct trailer t;

	e->h = h;
	if (h->type == PERF_RECORD_SAMPLE) {
		if (h->size < sizeof(*h) + 32)
			return false;
		memcpy(&t, p + sizeof(*h) + 8, sizeof(t)); /* after the address */
	} else {
		if (h->size < sizeof(*h) + sizeof(t))
			return false;
		memcpy(&t, p + h->size - sizeof(t), sizeof(t));
	}
	e->time = t.time;
	e->pid = t.pid;
	e->tid = t.tid;
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
	if (!read_head((const struct perf_record *)to, &e))
		return;
	if (count_lost(s, e.h))
		return;
	s->kept = grow(s->kept, &s->kept_room, s->nkept, sizeof(*s->kept));
	s->kept[s->nkept++] = (struct kept){e.time, s->used, s->seq++};
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

void sampler_pass(struct sampler *s, bool all, void (*take)(void *ctx, const struct sampled *e),
		  void *ctx)
{
	u64 until = s->last;
	size_t used = 0;
	u32 n = 0;

	for (u32 i = 0; i < s->nrings; i++)
		take_ring(s, &s->rings[i]);
	if (s->nkept == 0)
		return;
	qsort(s->kept, s->nkept, sizeof(*s->kept), by_time);
	s->last = s->kept[s->nkept - 1].time;
	for (; n < s->nkept && (all || s->kept[n].time <= until); n++) {
		struct sampled e;

		if (read_head((const struct perf_record *)(s->bytes + s->kept[n].at), &e))
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
