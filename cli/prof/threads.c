/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/threads.c: cli/prof/threads.h. */
#include "cli/prof/threads.h"

#include <string.h>

u32 threads_number(struct threads *t, u32 pid, u32 tid)
{
	const u32 key[2] = {pid, tid};
	u32 i = intern(&t->known, key, sizeof(key));

	t->v = grow(t->v, &t->room, i, sizeof(*t->v));
	t->v[i].pid = pid;
	t->v[i].tid = tid;
	return i;
}

/* perf_event_open(2): pid, tid, comm[] */
static void note_name(struct threads *t, const struct perf_record *h)
{
	const char *name = (const char *)(h + 1) + 8;
	struct thread_seen *x;
	u32 id[2], number;

	if (h->size < sizeof(*h) + 8 + sizeof(x->name))
		return;
	memcpy(id, h + 1, sizeof(id));
	number = threads_number(t, id[0], id[1]);
	x = &t->v[number];
	for (u32 i = 0; i < sizeof(x->name) - 1; i++) {
		x->name[i] = name[i];
		if (name[i] == '\0')
			break;
	}
}

/* pid, ppid, tid, ptid: it is called what the one it began from is. */
static void note_fork(struct threads *t, const struct perf_record *h)
{
	u32 id[4], child, parent;

	if (h->size < sizeof(*h) + sizeof(id))
		return;
	memcpy(id, h + 1, sizeof(id));
	child = threads_number(t, id[0], id[2]);
	parent = threads_number(t, id[1], id[3]);
	memcpy(t->v[child].name, t->v[parent].name, sizeof(t->v[child].name));
}

void threads_note(struct threads *t, const struct sampled *e)
{
	if (e->h->type == PERF_RECORD_COMM)
		note_name(t, e->h);
	else if (e->h->type == PERF_RECORD_FORK)
		note_fork(t, e->h);
}

const struct thread_seen *threads_at(const struct threads *t, u32 number)
{
	return &t->v[number];
}
