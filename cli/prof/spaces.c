/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/spaces.c: cli/prof/spaces.h. */
#include "cli/prof/spaces.h"

#include <string.h>

#include "cli/cli.h"
#include "cli/prof/intern.h"
#include "exo/x86_64/layout.h"

#define BUCKETS 256
#define ENDED	256

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
	bool ended; /* its last thread has */
	bool tool;  /* fbird itself, on its way to become the runtime */
	struct map *maps;
	u32 n, room;
};

struct spaces {
	struct objects *objects;
	bool runtime; /* names of the runtime's own */
	struct space *buckets[BUCKETS];
	u32 ended[ENDED], nended; /* processes that are no more, the last ones */
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

/* Calls are told of later than the kernel's records: of those that ended last it is kept what they
 * were. */
static void forget(struct spaces *s, u32 pid, bool if_ended)
{
	for (struct space **b = &s->buckets[pid % BUCKETS]; *b != NULL; b = &(*b)->next)
		if ((*b)->pid == pid && ((*b)->ended || !if_ended)) {
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

static void map_object(struct spaces *s, const struct object_seen *seen, struct map m)
{
	struct space *p = space_of(s, seen->pid);

	m.object = objects_add(s->objects, seen);
	add(p, m);
	if (m.start <= EXO_GUEST_HIGH && EXO_GUEST_HIGH < m.end) {
		p->guest = true;
		objects_set_runtime(s->objects, m.object);
	}
	if (objects_is_tool(s->objects, m.object))
		p->tool = true;
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

	if (room < sizeof(m) + 1)
		return;
	memcpy(&m, h + 1, sizeof(m));
	if (memchr(name, 0, room - sizeof(m)) == NULL || m.addr + m.len <= m.addr)
		return;
	map_object(s, &(struct object_seen){name, m.major, m.minor, m.ino, m.pid},
		   (struct map){m.addr, m.addr + m.len, m.pgoff, 0});
}

static void inherit(struct spaces *s, u32 pid, u32 from)
{
	const struct space *parent = space_of(s, from);
	struct space *child;

	forget(s, pid, false);
	child = space_of(s, pid);
	child->guest = parent->guest;
	child->tool = parent->tool;
	for (u32 i = 0; i < parent->n; i++)
		put(child, i, parent->maps[i]);
}

/* A process that is no more had what its parent has. proc_pid_maps(5): begin-end permissions offset
 * major:minor inode, and the path behind blanks. */
void spaces_look(struct spaces *s, u32 pid, u32 parent)
{
	CLEAN_FREE char *path = format_string("/proc/%u/maps", pid), *line = NULL;
	FILE *f = fopen(path, "re");
	size_t room = 0;

	if (f == NULL) {
		if (parent != 0 && space_of(s, pid)->n == 0)
			inherit(s, pid, parent);
		return;
	}
	clear(space_of(s, pid));
	while (getline(&line, &room, f) > 0) {
		unsigned long begin, end, offset, ino;
		unsigned major, minor;
		char rights[8];
		int at = 0;

		if (sscanf(line, "%lx-%lx %7s %lx %x:%x %lu %n", &begin, &end, rights, &offset,
			   &major, &minor, &ino, &at) < 7 ||
		    rights[2] != 'x' || end <= begin || at == 0)
			continue;
		line[strcspn(line, "\n")] = '\0';
		map_object(s,
			   &(struct object_seen){line[at] != '\0' ? line + at : "//anon", major,
						 minor, ino, pid},
			   (struct map){begin, end, offset, 0});
	}
	fclose(f);
}

bool spaces_known(struct spaces *s, u32 pid, u64 address)
{
	return find(space_of(s, pid), address) != NULL;
}

static void note_fork(struct spaces *s, const struct perf_record *h)
{
	struct {
		u32 pid, ppid, tid, ptid;
	} f;
	struct space *parent;

	if (h->size < sizeof(*h) + sizeof(f))
		return;
	memcpy(&f, h + 1, sizeof(f));
	parent = space_of(s, f.ppid);
	if (f.pid == f.ppid) {
		parent->threads++;
		return;
	}
	inherit(s, f.pid, f.ppid);
}

static void note_exit(struct spaces *s, const struct perf_record *h)
{
	u32 pid;
	struct space *p;

	if (h->size < sizeof(*h) + 16)
		return;
	memcpy(&pid, h + 1, sizeof(pid));
	p = space_of(s, pid);
	if (--p->threads == 0) {
		if (s->ended[s->nended % ENDED] != 0)
			forget(s, s->ended[s->nended % ENDED], true);
		p->ended = true;
		s->ended[s->nended++ % ENDED] = pid;
	}
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

/* Who goes on at `address`, behind a call; false: nobody can be said to. */
static bool caller(const struct spaces *s, const struct space *p, u64 address, struct place *to,
		   u32 *n)
{
	/* A return address is behind its call, which may be the last of its function. */
	const struct map *m = find(p, address - 1);

	if (p->guest && address - 1 >= EXO_GUEST_HIGH) {
		if (s->runtime && m != NULL)
			to[(*n)++] = place_of(m, address - 1);
		return true;
	}
	if (m == NULL)
		return false;
	to[(*n)++] = place_of(m, address - 1);
	return true;
}

u32 spaces_places(struct spaces *s, const struct sampled *e, struct place *to, u32 room)
{
	const struct space *space = space_of(s, e->pid);
	u32 n = 0;

	if (e->h->type != PERF_RECORD_SAMPLE || room == 0)
		return 0;
	to[n++] = innermost(s, space, e->ip);
	if (to[0].object == OBJECT_FBIRD && space->tool)
		return n;
	for (u64 i = 0; i < e->nchain && n < room; i++) {
		u64 address;

		memcpy(&address, e->chain + i * 8, 8);
		/* Markers of who was interrupted, and the place itself once more. */
		if (address >= PERF_CONTEXT_MAX || (n == 1 && address == e->ip))
			continue;
		if (!caller(s, space, address, to, &n))
			break;
	}
	return n;
}

/* A stub of a library: so small that it has made no frame before its call. */
#define STUB_SIZE 64

u32 spaces_call_places(struct spaces *s, u32 pid, const u64 *addresses, u32 n, struct place *to,
		       u32 room)
{
	const struct space *space = space_of(s, pid);
	const struct map *top;
	u32 used = 0;

	if (n < 2 || room < n || !caller(s, space, addresses[0], to, &used) || used == 0)
		return used;
	top = find(space, addresses[1]);
	if (top != NULL && (n == 2 || addresses[1] != addresses[2]) &&
	    object_into_function(s->objects, to[0].object, to[0].offset) < STUB_SIZE &&
	    object_is_behind_call(s->objects, top->object,
				  top->offset + (addresses[1] - top->start)))
		to[used++] = place_of(top, addresses[1] - 1);
	for (u32 i = 2; i < n; i++)
		if (!caller(s, space, addresses[i], to, &used))
			break;
	return used;
}

bool spaces_place(struct spaces *s, u32 pid, u64 address, struct place *to)
{
	const struct space *p = space_of(s, pid);
	const struct map *m = find(p, address);

	if (m == NULL || p->tool || (p->guest && address >= EXO_GUEST_HIGH))
		return false;
	*to = place_of(m, address);
	return true;
}

struct objects *spaces_objects(const struct spaces *s)
{
	return s->objects;
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
