/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/reader.c: takes records out of the rings.
 *
 * A pass looks at each ring's head once, and of the records before those the one that ended first
 * is next, until all are taken that had ended when it began: what a ring got meanwhile may have
 * come after what another, looked at before, got. A record is copied out of the ring, and only then
 * looked at: the guest can still write there. One that makes no sense costs its ring what is in it,
 * and is told.
 */
#include "cli/trace/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#include "cli/cli.h"
#include "core/abi_process.h"

#define ANNOUNCE_AFTER 150000000u /* ns a call may be under way before it is told of */
#define IDLE_MS	       10
#define LEAST_TO_GO_BY 2000000u	 /* ns over which time stamps are compared with the clock */
#define LOOK_EVERY     50000000u /* ns between questions whether threads are there */

struct source {
	u64 taken;     /* what the ring's tail says, kept where no guest can write */
	u64 announced; /* 1 + the head at which a call under way was told of */
	bool told_end;
	u32 pid;
	bool left; /* its thread is no more */
	/* The next record, once it is copied; rest: the call its thread was in when it ended. */
	bool loaded, rest;
	u64 end;
	u8 record[TRACE_RECORD];
};

struct reader {
	int memory; /* its descriptor */
	struct trace_header *h;
	struct trace_slot *slots;
	struct source *sources[TRACE_SLOTS];
	bool follow;
	u32 watched[READER_WATCHED], nwatched; /* processes */
	bool first; /* there is one, and its end is told by who waits for it */
	u64 ticks0, ns0, epoch;
	double ns_per_tick;
	u64 looked;	    /* ns, when threads were last asked whether they are there */
	u64 nonsense, lost; /* of rings that were given back */
	struct trace_count *counts[TRACE_ABIS];
};

static u64 ticks(void)
{
	return __builtin_ia32_rdtsc();
}

static u64 now_ns(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (u64)ts.tv_sec * 1000000000u + (u64)ts.tv_nsec;
}

/* The rate of the time stamps, the better the longer it runs. */
static void calibrate(struct reader *r)
{
	u64 ns = now_ns(CLOCK_MONOTONIC) - r->ns0, t = ticks() - r->ticks0;

	if (r->ns_per_tick == 0 && ns < LEAST_TO_GO_BY) {
		usleep((LEAST_TO_GO_BY - ns) / 1000 + 1);
		calibrate(r);
	} else if (t != 0) {
		r->ns_per_tick = (double)ns / (double)t;
	}
}

u64 reader_ns(struct reader *r, u64 t)
{
	if (r->ns_per_tick == 0)
		calibrate(r);
	return (u64)((double)t * r->ns_per_tick);
}

u64 reader_epoch(const struct reader *r)
{
	return r->epoch;
}

struct trace_header *reader_header(struct reader *r)
{
	return r->h;
}

struct reader *reader_new(const struct reader_options *o, int *fd)
{
	struct reader *r = calloc(1, sizeof(*r));
	u32 n;
	const struct abi *all = abi_all(&n);

	*fd = memfd_create("fbird-trace", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (r == NULL || *fd < 0 || ftruncate(*fd, (off_t)TRACE_SIZE) != 0 ||
	    fcntl(*fd, F_ADD_SEALS, F_SEAL_SHRINK) != 0) {
		fail(CLI_FAILED, "cannot make memory to trace into: %s", strerror(errno));
		free(r);
		return NULL;
	}
	r->h = mmap(NULL, TRACE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, *fd, 0);
	if (r->h == MAP_FAILED) {
		fail(CLI_FAILED, "cannot map memory to trace into: %s", strerror(errno));
		free(r);
		return NULL;
	}
	r->slots = trace_slots(r->h);
	r->memory = *fd;
	r->follow = o->follow;
	r->h->magic = TRACE_MAGIC;
	r->h->flags = o->flags;
	r->h->string_max = o->string_max;
	r->h->reader = (u32)getpid();
	for (u32 i = 0; i < n; i++)
		snprintf(r->h->abi[i], sizeof(r->h->abi[i]), "%s", all[i].name);
	r->ticks0 = ticks();
	r->ns0 = now_ns(CLOCK_MONOTONIC);
	r->epoch = now_ns(CLOCK_REALTIME);
	return r;
}

void reader_watch(struct reader *r, pid_t pid)
{
	r->watched[0] = (u32)pid;
	r->nwatched = 1;
	r->first = true;
}

void reader_watch_other(struct reader *r, pid_t pid)
{
	if (r->nwatched < READER_WATCHED)
		r->watched[r->nwatched++] = (u32)pid;
}

static bool is_watched(const struct reader *r, u32 pid)
{
	for (u32 i = 0; i < r->nwatched; i++)
		if (r->watched[i] == pid)
			return true;
	return false;
}

static struct source *source_of(struct reader *r, u32 i)
{
	if (r->sources[i] == NULL) {
		r->sources[i] = calloc(1, sizeof(struct source));
		if (r->sources[i] == NULL)
			abort();
	}
	return r->sources[i];
}

/* ---- records ------------------------------------------------------------------------------ */

/* Copies what lies at `at` of ring i, at most `most` bytes; false when it makes no sense. */
static bool load(struct reader *r, u32 i, u64 at, u64 most)
{
	struct source *s = r->sources[i];
	const struct trace_record *in =
	    (const struct trace_record *)(trace_ring(r->h, i) + at % TRACE_RING);
	u32 size = __atomic_load_n(&in->size, __ATOMIC_RELAXED);
	u64 left = TRACE_RING - at % TRACE_RING;

	if (left < sizeof(u64) || size % 8 != 0 || size < 8 || size > left || size > most)
		return false;
	if (in->kind == TRACE_PAD) {
		struct trace_record *pad = (struct trace_record *)s->record;

		*pad = (struct trace_record){.size = size, .kind = TRACE_PAD};
		return true;
	}
	if (size < sizeof(*in) || size > TRACE_RECORD)
		return false;
	memcpy(s->record, in, size);
	((struct trace_record *)s->record)->size = size;
	return true;
}

/* The record's data are within it, and its numbers mean something. */
bool reader_is_whole(const struct trace_record *r)
{
	if (r->nargs > TRACE_ARGS || r->kind < TRACE_CALL || r->kind > TRACE_SAMPLE)
		return false;
	for (u32 at = sizeof(*r); at < r->size;) {
		const struct trace_data *d = (const struct trace_data *)((const u8 *)r + at);

		if (r->size - at < sizeof(*d) || d->size > r->size - at - sizeof(*d) ||
		    d->arg >= TRACE_ARGS)
			return false;
		at += (u32)(sizeof(*d) + ALIGN_UP((u32)d->size, 8u));
	}
	return true;
}

struct shown_data event_data(const struct event *e, u32 arg, bool after, u32 nth)
{
	const struct trace_record *r = e->r;

	for (u32 at = sizeof(*r); at < r->size;) {
		const struct trace_data *d = (const struct trace_data *)((const u8 *)r + at);

		if (d->arg == arg && d->after == after && nth-- == 0)
			return (struct shown_data){d->bytes, d->size, d->whole};
		at += (u32)(sizeof(*d) + ALIGN_UP((u32)d->size, 8u));
	}
	return (struct shown_data){0};
}

static void skip_all(struct reader *r, u32 i, u64 head)
{
	struct source *s = r->sources[i];

	r->nonsense++;
	s->taken = head;
	s->loaded = false;
	__atomic_store_n(&r->slots[i].tail, head, __ATOMIC_RELEASE);
}

/* The call a thread is in. */
static bool load_pending(struct reader *r, u32 i)
{
	struct source *s = r->sources[i];
	const struct trace_record *rec = (const struct trace_record *)s->record;

	return __atomic_load_n(&r->slots[i].pending, __ATOMIC_ACQUIRE) != 0 &&
	       load(r, i, s->taken, TRACE_RECORD) && rec->kind == TRACE_CALL &&
	       reader_is_whole(rec);
}

/* Loads the next record before head, if there is one; behind it the one that was not finished. */
static bool next_of(struct reader *r, u32 i, u64 head)
{
	struct source *s = r->sources[i];

	while (!s->loaded && s->taken != head) {
		const struct trace_record *rec = (const struct trace_record *)s->record;

		if (!load(r, i, s->taken, head - s->taken) ||
		    (rec->kind != TRACE_PAD && !reader_is_whole(rec))) {
			skip_all(r, i, head);
			return false;
		}
		if (rec->kind == TRACE_PAD) {
			s->taken += rec->size;
			__atomic_store_n(&r->slots[i].tail, s->taken, __ATOMIC_RELEASE);
			continue;
		}
		s->loaded = true;
		s->end = MIN(rec->end, ticks());
	}
	if (!s->loaded && s->left && !s->rest && load_pending(r, i)) {
		s->loaded = s->rest = true;
		s->end = ((const struct trace_record *)s->record)->begin;
	}
	return s->loaded;
}

/* A long comes in two registers. */
static void join_words(struct trace_record *rec)
{
	if (!(rec->flags & (TRACE_R_CARRY | TRACE_R_RESTART)))
		rec->result = (i32)((u32)rec->result << 16 | (rec->result2 & 0xffff));
}

static void fill(struct reader *r, u32 i, struct event *e)
{
	struct source *s = r->sources[i];
	struct trace_record *rec = (struct trace_record *)s->record;

	*e = (struct event){
	    .r = rec,
	    .abi = abi_at(rec->abi),
	    .pid = s->pid,
	    .tid = r->slots[i].tid,
	    .slot = i,
	    .parent = r->slots[i].parent,
	    .begin = reader_ns(r, rec->begin - r->ticks0),
	    .done = rec->flags & TRACE_R_ENDED || rec->kind != TRACE_CALL,
	};
	if (e->done)
		e->end = reader_ns(r, rec->end - r->ticks0);
	if (e->abi == NULL)
		e->abi = abi_at(0);
	if (rec->kind == TRACE_CALL)
		e->call = abi_call(e->abi, rec->nr);
	if (e->call != NULL && e->call->two_words && e->done)
		join_words(rec);
}

static void tell(struct reader *r, struct event *e, void (*take)(void *, const struct event *),
		 void *ctx)
{
	bool watched = is_watched(r, e->pid);

	e->first = r->first && watched;
	if (r->follow || watched)
		take(ctx, e);
}

static void take_one(struct reader *r, u32 i, void (*take)(void *, const struct event *), void *ctx)
{
	struct source *s = r->sources[i];
	struct event e;

	fill(r, i, &e);
	e.resumed = s->announced == s->taken + 1;
	s->loaded = false;
	if (s->rest) {
		e.done = false;
		e.last = true;
		e.executed = r->slots[i].executed != 0;
		tell(r, &e, take, ctx);
		return;
	}
	s->taken += ((const struct trace_record *)s->record)->size;
	tell(r, &e, take, ctx);
	__atomic_store_n(&r->slots[i].tail, s->taken, __ATOMIC_RELEASE);
}

/* ---- rings -------------------------------------------------------------------------------- */

static bool is_there(const struct trace_slot *s)
{
	return syscall(SYS_tgkill, s->pid, s->tid, 0) == 0 || errno == EPERM;
}

/* A call that takes long is told of before it ends, once. */
static void tell_under_way(struct reader *r, u32 i, void (*take)(void *, const struct event *),
			   void *ctx)
{
	struct source *s = r->sources[i];
	struct event e;

	if (s->announced == s->taken + 1 || !load_pending(r, i) ||
	    reader_ns(r, ticks() - ((const struct trace_record *)s->record)->begin) <
		ANNOUNCE_AFTER)
		return;
	fill(r, i, &e);
	e.done = false;
	e.under_way = true;
	s->announced = s->taken + 1;
	tell(r, &e, take, ctx);
}

/* What a thread counted, to that of the others of its personality. */
static void add_counts(struct reader *r, u32 i)
{
	const struct trace_count *in = (const struct trace_count *)trace_ring(r->h, i);
	u32 abi = MIN(r->slots[i].abi, (u32)TRACE_ABIS - 1);

	if (!r->follow && !is_watched(r, r->slots[i].pid))
		return;
	if (r->counts[abi] == NULL)
		r->counts[abi] = calloc(TRACE_NUMBERS + 1, sizeof(struct trace_count));
	for (u32 nr = 0; nr <= TRACE_NUMBERS && r->counts[abi] != NULL; nr++) {
		r->counts[abi][nr].calls += in[nr].calls;
		r->counts[abi][nr].errors += in[nr].errors;
		r->counts[abi][nr].ticks += in[nr].ticks;
	}
}

/* Is the thread in the call by which it ends? It will say no more then, though it may take a while
 * until its parent has asked for it. */
static bool is_ending(struct reader *r, u32 i, u64 head)
{
	const struct trace_record *rec =
	    (const struct trace_record *)(trace_ring(r->h, i) + head % TRACE_RING);
	const struct call_info *c;
	const struct abi *a;

	if (__atomic_load_n(&r->slots[i].pending, __ATOMIC_ACQUIRE) == 0 || rec->kind != TRACE_CALL)
		return false;
	a = abi_at(rec->abi);
	c = a != NULL ? abi_call(a, rec->nr) : NULL;
	return c != NULL && c->ends;
}

/* A ring whose thread is no more is free for another. */
static void give_back(struct reader *r, u32 i)
{
	struct trace_slot *s = &r->slots[i];

	if (r->h->flags & TRACE_F_COUNT) {
		add_counts(r, i);
		memset(trace_ring(r->h, i), 0, (TRACE_NUMBERS + 1) * sizeof(struct trace_count));
	}
	r->lost += s->lost;
	free(r->sources[i]);
	r->sources[i] = NULL;
	s->head = s->tail = s->pending = s->lost = s->executed = 0;
	s->pid = s->tid = 0;
	__atomic_store_n(&s->state, TRACE_FREE, __ATOMIC_RELEASE);
}

bool reader_pass(struct reader *r, reader_take_fn *take, void *ctx)
{
	u64 heads[TRACE_SLOTS] = {0};
	u8 state[TRACE_SLOTS] = {0};
	u32 live[TRACE_SLOTS] = {0}, n = 0, used;
	u64 now = now_ns(CLOCK_MONOTONIC), began = ticks();
	bool any = false, room = false, look = now - r->looked > LOOK_EVERY;

	calibrate(r);
	r->h->beat++;
	if (look)
		r->looked = now;
	used = __atomic_load_n(&r->h->slots_used, __ATOMIC_ACQUIRE);
	for (u32 i = 0; i < MIN(used, (u32)TRACE_SLOTS); i++) {
		struct source *s;

		state[i] = (u8)__atomic_load_n(&r->slots[i].state, __ATOMIC_ACQUIRE);
		if (state[i] == TRACE_FREE || r->slots[i].pid == 0)
			continue;
		/* Asked before its head: what it wrote last is then seen. */
		if (look && state[i] == TRACE_CLAIMED && !is_there(&r->slots[i]))
			state[i] = TRACE_LEFT;
		heads[i] = __atomic_load_n(&r->slots[i].head, __ATOMIC_ACQUIRE);
		if (state[i] == TRACE_CLAIMED && is_ending(r, i, heads[i]))
			state[i] = TRACE_LEFT;
		s = source_of(r, i);
		s->pid = r->slots[i].pid;
		s->left = state[i] == TRACE_LEFT;
		if (heads[i] - s->taken > TRACE_RING)
			skip_all(r, i, heads[i]);
		live[n++] = i;
	}
	for (;;) {
		u32 best = UINT32_MAX;

		for (u32 k = 0; k < n; k++) {
			u32 i = live[k];

			if (!next_of(r, i, heads[i]))
				continue;
			any = true;
			if (r->sources[i]->end <= began &&
			    (best == UINT32_MAX || r->sources[i]->end < r->sources[best]->end))
				best = i;
		}
		if (best == UINT32_MAX)
			break;
		take_one(r, best, take, ctx);
	}
	for (u32 k = 0; k < n; k++) {
		u32 i = live[k];

		if (state[i] == TRACE_LEFT && !r->sources[i]->loaded) {
			give_back(r, i);
			room = true;
		} else if (!any)
			tell_under_way(r, i, take, ctx);
	}
	if (any || room) {
		__atomic_add_fetch(&r->h->room, 1, __ATOMIC_RELEASE);
		syscall(SYS_futex, &r->h->room, CORE_FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
	}
	return any;
}

void reader_look(struct reader *r)
{
	r->looked = 0;
}

u32 reader_bell(const struct reader *r)
{
	return __atomic_load_n(&r->h->bell, __ATOMIC_ACQUIRE);
}

void reader_sleep(struct reader *r, u32 bell, u32 ms)
{
	const struct timespec ts = {0, (long)ms * 1000000};

	__atomic_store_n(&r->h->asleep, 1, __ATOMIC_RELEASE);
	syscall(SYS_futex, &r->h->bell, CORE_FUTEX_WAIT, bell, &ts, NULL, 0);
	__atomic_store_n(&r->h->asleep, 0, __ATOMIC_RELEASE);
}

/* Dead, but nobody has asked for it yet. */
static bool is_zombie(u32 pid)
{
	CLEAN_FREE char *path = format_string("/proc/%u/stat", pid);
	FILE *f = fopen(path, "re");
	char state = 'Z';
	bool read = f != NULL && fscanf(f, "%*d (%*[^)]) %c", &state) == 1;

	if (f != NULL)
		fclose(f);
	return !read || state == 'Z' || state == 'X';
}

bool reader_anybody(struct reader *r)
{
	for (u32 i = 0; i < MIN(r->h->slots_used, (u32)TRACE_SLOTS); i++)
		if (r->slots[i].state == TRACE_CLAIMED && is_there(&r->slots[i]) &&
		    !is_zombie(r->slots[i].pid))
			return true;
	return false;
}

void reader_stop(struct reader *r)
{
	__atomic_store_n(&r->h->gone, 1, __ATOMIC_RELEASE);
	memset(r->h->wanted, 0, sizeof(r->h->wanted));
	syscall(SYS_futex, &r->h->room, CORE_FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
}

void reader_leave(struct reader *r)
{
	for (u32 i = 0; i < MIN(r->h->slots_used, (u32)TRACE_SLOTS); i++)
		if (r->h->flags & TRACE_F_COUNT && r->slots[i].state == TRACE_CLAIMED &&
		    r->slots[i].pid != 0)
			add_counts(r, i);
	fallocate(r->memory, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)TRACE_RINGS,
		  (off_t)(TRACE_SIZE - TRACE_RINGS));
}

/* ---- until the end -------------------------------------------------------------------------- */

static u32 *bell_of_children;

static void ring(int sig)
{
	(void)sig;
	__atomic_add_fetch(bell_of_children, 1, __ATOMIC_RELEASE);
}

int reader_follow(struct reader *r, pid_t pid, reader_take_fn *take, void (*after)(void *ctx),
		  void *ctx)
{
	struct sigaction child = {.sa_handler = ring};
	bool ended = false, any;
	int status = 0;

	/* One that ends just before this process sleeps must still wake it. */
	bell_of_children = &r->h->bell;
	sigaction(SIGCHLD, &child, NULL);
	for (;;) {
		u32 bell = reader_bell(r);

		if (!ended && waitpid(pid, &status, WNOHANG) == pid)
			ended = true;
		if (ended)
			reader_look(r);
		any = reader_pass(r, take, ctx);
		if (after != NULL)
			after(ctx);
		if (ended && !any && (!r->follow || !reader_anybody(r)))
			break;
		if (!ended || !any)
			reader_sleep(r, bell, IDLE_MS);
	}
	reader_stop(r);
	signal(SIGCHLD, SIG_DFL);
	return status;
}

u64 reader_lost(struct reader *r)
{
	u64 lost = r->lost + r->nonsense + r->h->homeless;

	for (u32 i = 0; i < MIN(r->h->slots_used, (u32)TRACE_SLOTS); i++)
		lost += r->slots[i].lost;
	return lost;
}

const struct trace_count *reader_counts(struct reader *r, u32 abi)
{
	return abi < TRACE_ABIS ? r->counts[abi] : NULL;
}
