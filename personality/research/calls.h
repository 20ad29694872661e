/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/calls.h: what the files of the calls share. A handler's own prototype
 * comes from its row.
 */
#ifndef FB_PERSONALITY_RESEARCH_CALLS_H
#define FB_PERSONALITY_RESEARCH_CALLS_H

#include "personality/research/research.h"
#include "personality/sysargs.h"

/* 0 for a descriptor these systems can have, -CORE_EBADF. */
long research_fd(i32 fd);
/* A new descriptor is one they can have, or closed again and -CORE_EMFILE. */
long research_new_fd(long fd);

/* 2.11BSD: n vectors for the host. */
long research_bsd_vectors(guest_ptr iov, u32 n, struct core_iovec *out);

/* 2.11BSD: pselect's mask, for as long as the call takes. */
long research_bsd_mask_during(struct core_thread *t, guest_ptr set);

/* Sixtieths of a second since 1971 began, as far as a long goes; it comes round. */
u32 research_sixtieths(i64 sec);

/* Load averages, in 256ths. */
void research_loads(struct pdp_word out[3]);

/* r, which a call of the host answered that gives something to a user or group: in a namespace
 * there are numbers that are nobody's, where these systems knew only the superuser and the rest. */
static inline long research_gave(long r)
{
	return r == -CORE_EINVAL ? -CORE_EPERM : r;
}

/* The same of one that sets those of the process. */
static inline long research_used_ids(long r)
{
	research.used_ids |= r >= 0;
	return research_gave(r);
}

/* A host's stat as the system has it. */
long research_put_stat(guest_ptr to, const struct core_stat *st);
/* stat of the directory that fd reads as: 1, 0 when it is none, -CORE_E. */
long research_dir_stat(int fd, struct core_stat *st);
/* Bytes of the directory name, relative to the one that `at` is, as these systems would have it. */
i64 research_dir_size(int at, const char *name);
long research_fstat_of(int fd, struct core_stat *st);

/* The descriptor of the controlling terminal, where /dev/tty is named and 0, 1 or 2 is it; -1. */
int research_tty_named(const char *name);
long research_tty_flags(int fd);
long research_tty_set_flags(int fd, u32 flags);
/* The controlling terminal is /dev/tty, whatever the host calls it. name: NULL of a descriptor. */
void research_tty_identity(const char *name, struct core_stat *st);

struct core_statfs;
/* What the file system of a device that stat has told of says of itself; false: it is nobody's. */
bool research_space_on(u16 dev, struct core_statfs *fs);
/* System III: what is free on a device. */
long research_usg_ustat(guest_ptr buf, u16 dev);

/* The handlers, as the tables declare them. */
#define OLD(nr, name, fn, state, result, where, args, note) SYSARGS_PROTO(research_##fn, args)
#define LACK(nr, name, result, where, args, note)
#define NONE(nr, name, reason, note)
#include "personality/research/bsd211.def"
#include "personality/research/bsd29.def"
#include "personality/research/pwb.def"
#include "personality/research/sysv.def"
#include "personality/research/v1.def"
#include "personality/research/v5.def"
#include "personality/research/v6.def"
#include "personality/research/v7.def"
#undef OLD
#undef LACK
#undef NONE

#endif
