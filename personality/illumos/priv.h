/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/priv.h: a process's privileges, for the calls that ask about them.
 *
 * They lie in the process's own data, so that a child of vfork changes its own. A process that has
 * never changed them has what its user has: nothing is stored, and nothing is looked at on the way
 * into a call. One that has less than that enters by a second table (priv_guard.c).
 */
#ifndef FB_ILLUMOS_PRIV_H
#define FB_ILLUMOS_PRIV_H

#include "core/thread.h"
#include "personality/illumos/convert_ucred.h"
#include "personality/illumos/illumos.h"

enum { ILLUMOS_EFFECTIVE, ILLUMOS_INHERITABLE, ILLUMOS_PERMITTED, ILLUMOS_LIMIT };

/* sys/priv.h: flags of a process, */
#define ILLUMOS_PRIV_DEBUG	   0x1
#define ILLUMOS_PRIV_AWARE	   0x2
#define ILLUMOS_PRIV_AWARE_INHERIT 0x4
#define ILLUMOS_PROC_PROTECT	   0x8
#define ILLUMOS_NET_MAC_AWARE	   0x10
#define ILLUMOS_NET_MAC_INHERIT	   0x20
#define ILLUMOS_PRIV_AWARE_RESET   0x40
#define ILLUMOS_PRIV_XPOLICY	   0x80
#define ILLUMOS_PRIV_PFEXEC	   0x100
/* and one of ours: the sets are stored. */
#define ILLUMOS_PRIVS_BEGUN 0x80000000u

struct __attribute__((may_alias)) illumos_privs {
	struct illumos_priv_set set[ILLUMOS_PRIV_NSET];
	u32 flags;
	u32 pad;
};
SIZE_ASSERT(struct illumos_privs, 8 * ILLUMOS_P_PRIVS_WORDS);

static inline struct illumos_privs *illumos_privs(const struct core_process *p)
{
	return (struct illumos_privs *)&((struct core_process *)p)->abi_data[ILLUMOS_P_PRIVS];
}

static inline bool illumos_priv_in(const struct illumos_priv_set *s, enum illumos_priv p)
{
	return s->bits[p / 32] & 1u << (31 - p % 32);
}

/* One of the four sets, as it is observed: with what a user id of 0 adds. */
struct illumos_priv_set illumos_priv_observed(const struct core_process *p, int which);
/* Is it in the effective set? */
bool illumos_priv_has(const struct core_thread *t, enum illumos_priv p);
/* All privileges there are? */
bool illumos_priv_has_all(const struct core_thread *t);

/*
 * What the process c->pid has beside its ids, written to sets and named in c: what it says itself,
 * where it can be asked and its ids are still those; else what such a user has.
 */
void illumos_cred_privileges(const struct core_thread *t, struct illumos_cred *c,
			     struct illumos_priv_set sets[ILLUMOS_PRIV_NSET]);

/* After a change of user ids, final (setuid) or perhaps not (seteuid), and before one. */
void illumos_priv_ids_change(struct core_thread *t);
void illumos_priv_ids_changed(struct core_thread *t, bool final);

/* For the next image, and from the last one: core_personality.hand_on and take_over. */
void illumos_priv_hand_on(struct core_thread *t, char *text, size_t room);
void illumos_priv_take_over(struct core_thread *t, const char *text);

/* priv_host.c: the host's share of the work follows the effective set. */
void illumos_priv_to_host(struct core_thread *t);

/* priv_guard.c: 0, or the error with which call nr is refused to a process that has given up
 * privileges. */
long illumos_priv_refuses(struct core_thread *t, u64 nr, const u64 *args);
/* May it send a signal to that process, by its session and its user? */
bool illumos_priv_reaches(const struct core_thread *t, i32 pid);
/* Is the process not to be seen? */
bool illumos_priv_hides(const struct core_thread *t, i32 pid);
extern const struct core_personality illumos_guarded;

static inline bool illumos_priv_is_guarded(const struct core_thread *t)
{
	return UNLIKELY(t->abi == &illumos_guarded);
}

/* secflags.c: process security flags, four sets of three bits in one word. */
enum { ILLUMOS_PSF_EFFECTIVE, ILLUMOS_PSF_INHERIT, ILLUMOS_PSF_LOWER, ILLUMOS_PSF_UPPER };
#define ILLUMOS_SEC_ASLR	  0x1
#define ILLUMOS_SEC_FORBIDNULLMAP 0x2
#define ILLUMOS_SEC_NOEXECSTACK	  0x4
#define ILLUMOS_SEC_ALL		  0x7
u32 illumos_secflags(const struct core_process *p, int which);
/* The same of what a process says is its abi_data[ILLUMOS_P_SECFLAGS]. */
u32 illumos_secflags_of(u32 word, int which);
/* All four after an exec, for the next image (0: as they always are), and from the last one. */
u32 illumos_secflags_next(const struct core_process *p);
void illumos_secflags_take_over(struct core_process *p, u32 word);

#endif
