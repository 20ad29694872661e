/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/spaces.c: cli/prof/spaces.h. */
#include "cli/prof/spaces.h"

#include <string.h>

#include "cli/cli.h"
#include "cli/prof/intern.h"
#include "exo/x86_64/layout.h"

#define BUCKETS 256

struct map {
	u64 start, end;
	u64 offset; /* in the file, of start */
	u32 object;
};

struct space {
	struct space *next;
	u32 pid;
	u32 threads;
	bool guest; /* the runtime is in it */
	bool tool;  /* fbird itself, on its way to become the runtime */
	struct map *maps;
	u32 n, room;
};

struct spaces {
	struct objects *objects;
	bool runtime; /* names of the runtime's own */
	struct space *buckets[BUCKETS];
};

struct spaces *spaces_new(struct objects *o, bool runtime)
{
	struct spaces *s = allocate(sizeof(*s));

	*s = (struct spaces){.objects = o, .runtime = runtime};
	return s;
}

static struct space *space_of(struct spaces *s, u32 pid)
{
	struct space **b = &s->buckets[pid % BUCKETS], *p;

	for (p = *b; p != NULL; p = p->next)
		if (p->pid == pid)
			return p;
	p = allocate(sizeof(*p));
	*p = (struct space){.next = *b, .pid = pid, .threads = 1};
	*b = p;
	return p;
}

static void forget(struct spaces *s, u32 pid)
{
	for (struct space **b = &s->buckets[pid % BUCKETS]; *b != NULL; b = &(*b)->next)
		if ((*b)->pid == pid) {
			struct space *gone = *b;

			*b = gone->next;
			free(gone->maps);
			free(gone);
			return;
		}
}

static void clear(struct space *p)
{
	p->n = 0;
	p->guest = false;
	p->tool = false;
}

static void put(struct space *p, u32 at, struct map m)
{
	p->maps = grow(p->maps, &p->room, p->n, sizeof(*p->maps));
	memmove(p->maps + at + 1, p->maps + at, (p->n - at) * sizeof(*p->maps));
	p->maps[at] = m;
	p->n++;
}

/* What it lies over is no more: the kernel does not tell of unmapping. */
static void add(struct space *p, struct map m)
{
	u32 at = 0;

	while (at < p->n && p->maps[at].end <= m.start)
		at++;
	if (at < p->n && p->maps[at].start < m.start) {
		struct map rest = p->maps[at];

		p->maps[at].end = m.start;
		at++;
		if (rest.end > m.end) {
			rest.offset += m.end - rest.start;
			rest.start = m.end;
			put(p, at, rest);
		}
	}
	while (at < p->n && p->maps[at].end <= m.end) {
		memmove(p->maps + at, p->maps + at + 1, (p->n - at - 1) * sizeof(*p->maps));
		p->n--;
	}
	if (at < p->n && p->maps[at].start < m.end) {
		p->maps[at].offset += m.end - p->maps[at].start;
		p->maps[at].start = m.end;
	}
	put(p, at, m);
}

/* perf_event_open(2): pid, tid, addr, len, pgoff, maj, min, ino, ino_generation, prot, flags, name
 */
static void note_map(struct spaces *s, const struct perf_record *h)
{
	struct {
		u32 pid, tid;
		u64 addr, len, pgoff;
		u32 major, minor;
		u64 ino, generation;
		u32 prot, flags;
	} m;
	const char *name = (const char *)(h + 1) + sizeof(m);
	size_t room = h->size - sizeof(*h);
	struct space *p;
	u32 object;

	if (room < sizeof(m) + 1)
		return;
	memcpy(&m, h + 1, sizeof(m));
	if (memchr(name, 0, room - sizeof(m)) == NULL || m.addr + m.len <= m.addr)
		return;
	object =
	    objects_add(s->objects, &(struct object_seen){name, m.major, m.minor, m.ino, m.pid});
	p = space_of(s, m.pid);
	add(p, (struct map){m.addr, m.addr + m.len, m.pgoff, object});
	if (m.addr <= EXO_GUEST_HIGH && EXO_GUEST_HIGH - m.addr < m.len) {
		p->guest = true;
		objects_set_runtime(s->objects, object);
	}
	if (objects_is_tool(s->objects, object))
		p->tool = true;
}

static void note_fork(struct spaces *s, const struct perf_record *h)
{
	struct {
		u32 pid, ppid, tid, ptid;
	} f;
	struct space *child, *parent;

	if (h->size < sizeof(*h) + sizeof(f))
		return;
	memcpy(&f, h + 1, sizeof(f));
	parent = space_of(s, f.ppid);
	if (f.pid == f.ppid) {
		parent->threads++;
		return;
	}
	forget(s, f.pid);
	child = space_of(s, f.pid);
	child->guest = parent->guest;
	child->tool = parent->tool;
	for (u32 i = 0; i < parent->n; i++)
		put(child, i, parent->maps[i]);
}

static void note_exit(struct spaces *s, const struct perf_record *h)
{
	u32 pid;
	struct space *p;

	if (h->size < sizeof(*h) + 16)
		return;
	memcpy(&pid, h + 1, sizeof(pid));
	p = space_of(s, pid);
	if (--p->threads == 0)
		forget(s, pid);
}

void spaces_note(struct spaces *s, const struct sampled *e)
{
	u32 pid;

	switch (e->h->type) {
	case PERF_RECORD_MMAP2:
		note_map(s, e->h);
		break;
	case PERF_RECORD_COMM:
		if ((e->h->misc & PERF_RECORD_MISC_COMM_EXEC) == 0 ||
		    e->h->size < sizeof(*e->h) + 8)
			break;
		memcpy(&pid, e->h + 1, sizeof(pid));
		space_of(s, pid)->threads = 1;
		clear(space_of(s, pid));
		break;
	case PERF_RECORD_FORK:
		note_fork(s, e->h);
		break;
	case PERF_RECORD_EXIT:
		note_exit(s, e->h);
		break;
	default:
		break;
	}
}

/* ---- samples ---------------------------------------------------------------------------- */

static const struct map *find(const struct space *p, u64 address)
{
	u32 low = 0, high = p->n;

	while (low < high) {
		u32 middle = (low + high) / 2;

		if (p->maps[middle].end <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low < p->n && p->maps[low].start <= address ? &p->maps[low] : NULL;
}

static struct place place_of(const struct map *m, u64 address)
{
	return (struct place){m->object, 0, m->offset + (address - m->start)};
}

static struct place innermost(const struct spaces *s, const struct space *p, u64 ip)
{
	const struct map *m = find(p, ip);

	if (p->tool)
		return (struct place){OBJECT_FBIRD, 0, 0};
	if (p->guest && ip >= EXO_GUEST_HIGH && (!s->runtime || m == NULL))
		return (struct place){OBJECT_FBIRD, 0, 0};
	if (m == NULL)
		return (struct place){OBJECT_UNKNOWN, 0, 0};
	return place_of(m, ip);
}

u32 spaces_places(struct spaces *s, const struct sampled *e, struct place *to, u32 room)
{
	const u8 *p = (const u8 *)(e->h + 1);
	const struct space *space = space_of(s, e->pid);
	u64 ip, nr, address;
	u32 n = 0;

	if (e->h->size < sizeof(*e->h) + 32 || room == 0)
		return 0;
	memcpy(&ip, p, 8);
	memcpy(&nr, p + 24, 8);
	nr = MIN(nr, (e->h->size - sizeof(*e->h) - 32) / 8);
	to[n++] = innermost(s, space, ip);
	if (to[0].object == OBJECT_FBIRD && space->tool)
		return n;
	for (u64 i = 0; i < nr && n < room; i++) {
		const struct map *m;

		memcpy(&address, p + 32 + i * 8, 8);
		/* Markers of who was interrupted, and the place itself once more. */
		if (address >= PERF_CONTEXT_MAX || (n == 1 && address == ip))
			continue;
		/* A return address is behind its call, which may be the last of its function. */
		address--;
		m = find(space, address);
		if (space->guest && address >= EXO_GUEST_HIGH) {
			if (s->runtime && m != NULL)
				to[n++] = place_of(m, address);
			continue;
		}
		if (m == NULL)
			break;
		to[n++] = place_of(m, address);
	}
	return n;
}

bool spaces_interpreted(struct spaces *s, const struct sampled *e)
{
	const struct space *p = space_of(s, e->pid);

	if (!p->guest)
		return false;
	for (u32 i = 0; i < p->n && p->maps[i].start < EXO_GUEST_CODE; i++)
		if (object_is_file(s->objects, p->maps[i].object))
			return false;
	return true;
}
