/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/session.c: cli/prof/session.h. */
#include "cli/prof/session.h"

#include <string.h>

#include "cli/cli.h"

/* Samples a second of what only the processor counts. */
#define COUNTER_HZ(o) (o)->hz

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
		listen_to(
		    s,
		    (struct sampler_event){PERF_TYPE_HARDWARE, config, s->options->hz, true, what},
		    MEASURES_MOST, session_measure(s, m, which));
}

static void choose_events(struct session *s)
{
	const struct prof_options *o = s->options;

	if ((o->modes >> MODE_CPU & 1) != 0)
		listen_to(s,
			  (struct sampler_event){PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_CLOCK,
						 s->profile.period, false, "processor time"},
			  session_measure(s, MODE_CPU, 0), session_measure(s, MODE_CPU, 1));
	else
		listen_to(s,
			  (struct sampler_event){PERF_TYPE_SOFTWARE, PERF_COUNT_SW_DUMMY, 0, false,
						 "what is mapped"},
			  MEASURES_MOST, MEASURES_MOST);
	if ((o->modes >> MODE_MEMORY & 1) != 0)
		listen_to(s,
			  (struct sampler_event){PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS, 1,
						 false, "page faults"},
			  session_measure(s, MODE_MEMORY, 0), MEASURES_MOST);
	counter(s, MODE_CACHE, 0, PERF_COUNT_HW_CACHE_REFERENCES, "references of the cache");
	counter(s, MODE_CACHE, 1, PERF_COUNT_HW_CACHE_MISSES, "misses of the cache");
	counter(s, MODE_BRANCH, 0, PERF_COUNT_HW_BRANCH_INSTRUCTIONS, "branches");
	counter(s, MODE_BRANCH, 1, PERF_COUNT_HW_BRANCH_MISSES, "branches foretold wrongly");
}

void session_begin(struct session *s, const struct prof_options *o, const char *fbird)
{
	*s = (struct session){.options = o};
	profile_modes(&s->profile, o->modes, o->first);
	s->profile.period = (o->modes >> MODE_CPU & 1) != 0 ? 1000000000u / o->hz : 0;
	s->objects = objects_new(fbird);
	s->spaces = spaces_new(s->objects, o->runtime);
	choose_events(s);
}

/* ---- while it runs ------------------------------------------------------------------------ */

void session_add(struct session *s, const struct place *places, u32 n, u32 first, u64 once,
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
}

void session_take(void *session, const struct sampled *e)
{
	static struct place places[DEPTH_MOST];
	struct session *s = session;
	const struct event_adds *adds = &s->adds[e->event];
	u32 n;

	if (s->calls != NULL)
		calls_settle(s, e->time);
	if (e->h->type != PERF_RECORD_SAMPLE) {
		spaces_note(s->spaces, e);
		threads_note(&s->threads, e);
		return;
	}
	n = spaces_places(s->spaces, e, places, DEPTH_MOST);
	if (n == 0)
		return;
	/* What happens once is told of each time, but where the kernel says for how many it is. */
	session_add(s, places, n, adds->once, adds->period == MEASURES_MOST ? e->period : 1,
		    adds->period, e->period);
	s->sampled++;
	if (spaces_interpreted(s->spaces, e))
		s->interpreted++;
}

/* ---- the profile -------------------------------------------------------------------------- */

static u32 name_place(struct session *s, const struct place *p)
{
	const char *object = object_name(s->objects, p->object), *name;
	CLEAN_FREE char *nameless = NULL;

	if (p->object == OBJECT_CALL) {
		const struct abi *a = abi_at((u32)(p->offset >> 32));
		const struct call_info *c = a != NULL ? abi_call(a, (u32)p->offset) : NULL;

		nameless = format_string("syscall_%#x", (u32)p->offset);
		return profile_frame(&s->profile, c != NULL ? c->name : nameless,
				     a != NULL ? a->name : object);
	}
	name =
	    p->object >= OBJECT_OTHERS ? object_function(s->objects, p->object, p->offset) : NULL;
	if (name == NULL) {
		nameless = format_string(*object == '[' ? "%s" : "[%s]", object);
		name = nameless;
	}
	return profile_frame(&s->profile, name, object);
}

void session_end(struct session *s)
{
	static u32 frames[DEPTH_MOST];
	struct intern known = {0};
	u32 *named = NULL, room = 0;

	for (u32 i = 0; i < s->stacks.n; i++) {
		u32 n;
		const struct place *places = interned(&s->stacks, i, &n);

		n /= sizeof(*places);
		for (u32 k = 0; k < n; k++) {
			u32 before = known.n, place = intern(&known, &places[k], sizeof(*places));

			named = grow(named, &room, place, sizeof(*named));
			if (place == before)
				named[place] = name_place(s, &places[k]);
			frames[k] = named[place];
		}
		profile_add(&s->profile, frames, n, s->values + (size_t)i * s->profile.nmeasures);
	}
	intern_free(&known);
	free(named);
	if (s->interpreted * 2 > s->sampled)
		s->profile.note = s->options->runtime
				      ? "The program is of another processor: the profile is of "
					"the interpreter."
				      : "The program is of another processor: the profile is of "
					"the interpreter; --runtime names its functions.";
	if (s->calls != NULL)
		calls_end(s);
}
