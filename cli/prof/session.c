/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/session.c: cli/prof/session.h. */
#include "cli/prof/session.h"

#include <string.h>

#include "cli/cli.h"
#include "cli/prof/unwind.h"

#define FRAMES_MOST	(2 * DEPTH_MOST)
#define THREADS_PROCESS 1 /* of a place: the thread's process, not the thread */

u32 session_measure(const struct session *s, enum mode m, u32 which)
{
	u32 at = 0;

	if ((s->options->modes >> m & 1) == 0)
		return MEASURES_MOST;
	for (u32 i = 0; i < (u32)m; i++)
		at += 2 * (s->options->modes >> i & 1);
	return at + which;
}

static void listen_to(struct session *s, struct sampler_event e, u32 once, u32 period)
{
	s->adds[s->nevents] = (struct event_adds){once, period};
	s->events[s->nevents++] = e;
}

static void counter(struct session *s, enum mode m, u32 which, u64 config, const char *what)
{
	if ((s->options->modes >> m & 1) != 0)
		listen_to(s,
			  (struct sampler_event){PERF_TYPE_HARDWARE, config, s->options->hz, true,
						 s->options->stack, what},
			  MEASURES_MOST, session_measure(s, m, which));
}

static void choose_events(struct session *s)
{
	const struct prof_options *o = s->options;

	if ((o->modes >> MODE_CPU & 1) != 0)
		listen_to(s,
			  (struct sampler_event){PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_CLOCK,
						 s->profile.period, false, o->stack,
						 "processor time"},
			  session_measure(s, MODE_CPU, 0), session_measure(s, MODE_CPU, 1));
	else
		listen_to(s,
			  (struct sampler_event){PERF_TYPE_SOFTWARE, PERF_COUNT_SW_DUMMY, 0, false,
						 0, "what is mapped"},
			  MEASURES_MOST, MEASURES_MOST);
	/* They come too fast for copies of stacks. */
	if ((o->modes >> MODE_MEMORY & 1) != 0)
		listen_to(s,
			  (struct sampler_event){PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS, 1,
						 false, 0, "page faults"},
			  session_measure(s, MODE_MEMORY, 0), MEASURES_MOST);
	counter(s, MODE_CACHE, 0, PERF_COUNT_HW_CACHE_REFERENCES, "references of the cache");
	counter(s, MODE_CACHE, 1, PERF_COUNT_HW_CACHE_MISSES, "misses of the cache");
	counter(s, MODE_BRANCH, 0, PERF_COUNT_HW_BRANCH_INSTRUCTIONS, "branches");
	counter(s, MODE_BRANCH, 1, PERF_COUNT_HW_BRANCH_MISSES, "branches foretold wrongly");
}

void session_begin(struct session *s, const struct prof_options *o, const char *fbird, bool alone)
{
	*s = (struct session){.options = o};
	s->alone = alone;
	s->guest_samples = (o->modes >> MODE_CPU & 1) != 0 && (alone || (o->pdp11 && !o->runtime));
	profile_modes(&s->profile, o->modes, o->first);
	s->profile.period = (o->modes >> MODE_CPU & 1) != 0 ? 1000000000u / o->hz : 0;
	s->objects = objects_new(fbird);
	s->spaces = spaces_new(s->objects, o->runtime);
	choose_events(s);
}

/* ---- while it runs ------------------------------------------------------------------------ */

u32 session_add(struct session *s, const struct place *places, u32 n, u32 first, u64 once,
		u32 second, u64 much)
{
	u32 stack = intern(&s->stacks, places, n * sizeof(*places));
	u32 width = s->profile.nmeasures;
	u64 *v;

	s->values = grow(s->values, &s->values_room, (stack + 1) * width - 1, sizeof(*s->values));
	v = s->values + (size_t)stack * width;
	if (first < MEASURES_MOST)
		v[first] += once;
	if (second < MEASURES_MOST)
		v[second] += much;
	return stack;
}

u32 session_thread(struct session *s, struct place *places, u32 n, u32 pid, u32 tid)
{
	u32 thread = threads_number(&s->threads, pid, tid);

	if (!s->options->threads)
		return n;
	places[n++] = (struct place){OBJECT_THREAD, 0, thread};
	places[n++] =
	    (struct place){OBJECT_THREAD, THREADS_PROCESS, threads_number(&s->threads, pid, pid)};
	return n;
}

void session_note(struct session *s, const struct moment *m, u32 pid, u32 tid)
{
	struct profile *p = &s->profile;
	struct moment *to;

	if (!s->options->output->moments || m->measure >= MEASURES_MOST)
		return;
	if (p->nmoments >= MOMENTS_MOST) {
		p->moments_left_out++;
		return;
	}
	p->moments = grow(p->moments, &p->moments_room, p->nmoments, sizeof(*p->moments));
	to = &p->moments[p->nmoments++];
	*to = *m;
	to->thread = threads_number(&s->threads, pid, tid);
	to->begin -= MIN(to->begin, s->began);
	to->end -= MIN(to->end, s->began);
}

void session_take(void *session, const struct sampled *e)
{
	static struct place places[DEPTH_MOST + SESSION_THREAD];
	struct session *s = session;
	const struct event_adds *adds = &s->adds[e->event];
	u32 n = 0, stack;

	if (s->calls != NULL)
		calls_settle(s, e->time);
	if (e->h->type != PERF_RECORD_SAMPLE) {
		spaces_note(s->spaces, e);
		threads_note(&s->threads, e);
		return;
	}
	if (e->registers != NULL)
		n = unwind(s->spaces,
			   &(struct unwind_from){e->pid, e->registers, e->stack, e->nstack, false},
			   places, DEPTH_MOST);
	/* In the runtime, which has another stack, too. */
	if (n == 0)
		n = spaces_places(s->spaces, e, places, DEPTH_MOST);
	if (n == 0)
		return;
	/* That is told by itself, of what it interprets. */
	if (s->guest_samples && e->event == 0 && spaces_interpreted(s->spaces, e))
		return;
	n = session_thread(s, places, n, e->pid, e->tid);
	/* What happens once is told of each time, but where the kernel says for how many it is. */
	stack = session_add(s, places, n, adds->once, adds->period == MEASURES_MOST ? e->period : 1,
			    adds->period, e->period);
	session_note(s,
		     &(struct moment){e->time, e->time, e->period, 0, stack,
				      adds->period == MEASURES_MOST ? adds->once : adds->period},
		     e->pid, e->tid);
	s->sampled++;
	if (spaces_interpreted(s->spaces, e))
		s->interpreted++;
}

/* ---- the profile -------------------------------------------------------------------------- */

/* A place is a frame, or several, where a function was put into another: the innermost first. */
#define INLINED 16

struct named {
	u32 n;
	u32 frames[INLINED];
};

static void name_call(struct session *s, const struct place *p, struct named *to)
{
	const struct abi *a = abi_at((u32)(p->offset >> 32));
	const struct call_info *c = a != NULL ? abi_call(a, (u32)p->offset) : NULL;
	CLEAN_FREE char *number = format_string("syscall_%#x", (u32)p->offset);

	to->frames[to->n++] = profile_frame(&s->profile, c != NULL ? c->name : number,
					    a != NULL ? a->name : "[unknown]");
}

static void name_thread(struct session *s, const struct place *p, struct named *to)
{
	const struct thread_seen *t = threads_at(&s->threads, (u32)p->offset);
	CLEAN_FREE char *name = p->pad == THREADS_PROCESS
				    ? format_string("process %u", t->pid)
				    : format_string("thread %u %s", t->tid, t->name);

	to->frames[to->n++] = profile_frame(&s->profile, name, "[threads]");
}

static void name_code(struct session *s, const struct place *p, struct named *to)
{
	const char *object = object_name(s->objects, p->object), *name = NULL;
	CLEAN_FREE char *nameless = NULL;
	struct line_at at[INLINED];
	u32 n = 0;

	if (p->object >= OBJECT_OTHERS) {
		name = object_function(s->objects, p->object, p->offset);
		if (s->options->lines)
			n = object_lines(s->objects, p->object, p->offset, at, INLINED);
	}
	if (name == NULL) {
		nameless = format_string(*object == '[' ? "%s" : "[%s]", object);
		name = nameless;
	}
	if (n == 0)
		to->frames[to->n++] = profile_frame(&s->profile, name, object);
	for (u32 i = 0; i < n; i++) {
		to->frames[to->n++] =
		    profile_frame_at(&s->profile, at[i].name != NULL ? at[i].name : name, object,
				     at[i].file != NULL ? at[i].file : "", at[i].line);
		free(at[i].name);
	}
}

static void name_place(struct session *s, const struct place *p, struct named *to)
{
	if (p->object == OBJECT_CALL)
		name_call(s, p, to);
	else if (p->object == OBJECT_THREAD)
		name_thread(s, p, to);
	else
		name_code(s, p, to);
}

static void name_stacks(struct session *s)
{
	static u32 frames[FRAMES_MOST];
	struct intern known = {0};
	struct named *named = NULL;
	u32 room = 0;

	s->numbers = allocate((s->stacks.n + 1) * sizeof(*s->numbers));
	for (u32 i = 0; i < s->stacks.n; i++) {
		u32 n, used = 0;
		const struct place *places = interned(&s->stacks, i, &n);

		for (u32 k = 0; k < n / sizeof(*places); k++) {
			u32 before = known.n, place = intern(&known, &places[k], sizeof(*places));

			named = grow(named, &room, place, sizeof(*named));
			if (place == before)
				name_place(s, &places[k], &named[place]);
			for (u32 f = 0; f < named[place].n && used < FRAMES_MOST; f++)
				frames[used++] = named[place].frames[f];
		}
		s->numbers[i] = profile_add(&s->profile, frames, used,
					    s->values + (size_t)i * s->profile.nmeasures);
	}
	intern_free(&known);
	free(named);
}

void session_end(struct session *s)
{
	name_stacks(s);
	for (u32 i = 0; i < s->profile.nmoments; i++)
		s->profile.moments[i].stack = s->numbers[s->profile.moments[i].stack];
	s->profile.threads = s->threads.v;
	s->profile.nthreads = s->threads.known.n;
	if (s->alone)
		s->profile.note =
		    "The host lets nobody sample (perf_event_open): the program's "
		    "threads say where they are, and time in the host's kernel is the "
		    "runtime's.";
	else if (s->interpreted * 2 > s->sampled)
		s->profile.note = s->options->runtime
				      ? "The program is of another processor: the profile is of "
					"the interpreter."
				      : "The program is of another processor: the profile is of "
					"the interpreter; --runtime names its functions.";
	if (s->calls != NULL)
		calls_end(s);
}
