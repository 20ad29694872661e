/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/threads.h: the threads that were seen, with numbers from 0 and their names. */
#ifndef FB_CLI_PROF_THREADS_H
#define FB_CLI_PROF_THREADS_H

#include "cli/prof/profile.h"
#include "cli/prof/sampler.h"

struct threads {
	struct intern known; /* of { pid, tid } */
	struct thread_seen *v;
	u32 room;
};

u32 threads_number(struct threads *t, u32 pid, u32 tid);
/* A record that names one; others are nothing to it. */
void threads_note(struct threads *t, const struct sampled *e);
const struct thread_seen *threads_at(const struct threads *t, u32 number);

#endif
