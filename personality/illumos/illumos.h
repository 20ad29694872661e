/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/illumos.h: the illumos/amd64 personality, shared among its files.
 *
 * The kernel that is played is illumos of 2024/2025. A call returns >= 0 or -CORE_E...; a second
 * result (rval2) goes to the frame's rdx. Numbers become illumos's at the exit alone.
 */
#ifndef FB_ILLUMOS_ILLUMOS_H
#define FB_ILLUMOS_ILLUMOS_H

#include "core/guest.h"
#include "core/personality.h"
#include "personality/illumos/convert_errno.h"
#include "personality/sysargs.h"

extern const struct core_personality illumos_personality;

#define SYS(nr, name, state, result, args, note) SYSARGS_PROTO(illumos_##name, args)
#define MISS(nr, name, result, args, note)
#define GAP(nr, name, state, why)
#include "personality/illumos/syscalls.def"
#undef SYS
#undef MISS
#undef GAP

/* Numbers from here on are fast traps: `int $0xd2` with one of T_FNULL ... in %eax. */
#define ILLUMOS_FASTTRAP_BASE 256

/* sigframe.c */
struct illumos_ucontext;
struct illumos_sigset;
long illumos_signal_frame(struct core_thread *t, struct exo_frame *f, const struct core_action *a,
			  const struct core_siginfo *si, const struct exo_event *ev, u64 mask);
/* A set becomes the thread's mask, with what has no counterpart. */
void illumos_context_mask(struct core_thread *t, const struct illumos_sigset *set);
/* The calling thread's registers, as its program has them (ILLUMOS_NGREG of them). */
void illumos_context_registers(const struct core_thread *t, u64 *g);
/* A new thread's registers. */
void illumos_context_begin(struct exo_frame *f, const struct illumos_ucontext *uc);

/* Set once there is anything that a fork's child must give up: most never touch the pages it is
 * in, and so need not copy them (process.c). */
extern bool illumos_fork_resets;
/* priv.c, kaio.c, signotify.c: in the child of a fork. */
void illumos_priv_forked(void);
void illumos_kaio_forked(void);
void illumos_signotify_forked(void);

/* lwp.c: in the child of a fork, where one LWP is. */
void illumos_lwps_forked(struct core_thread *t);

#define ILLUMOS_P_PRIVS_WORDS 7
/* Indices into core_process.abi_data and core_thread.abi_data. */
enum illumos_process_data {
	ILLUMOS_P_AUXV, /* address of the auxiliary vector, */
	ILLUMOS_P_AUXV_SIZE,
	ILLUMOS_P_ARGV,
	ILLUMOS_P_ENVV,
	ILLUMOS_P_SECURE, /* it was started set-id */
	ILLUMOS_P_PRIVS,  /* struct illumos_privs (priv.h) */
	ILLUMOS_P_SECFLAGS = ILLUMOS_P_PRIVS + ILLUMOS_P_PRIVS_WORDS, /* secflags.c */
};

enum illumos_thread_data {
	ILLUMOS_T_OLDCONTEXT, /* of the handler that runs: uc_link of the next */
	ILLUMOS_T_USTACK,     /* where the library keeps its stack_t, or 0 */
	ILLUMOS_T_ALONE,      /* blocked signals without a counterpart */
	ILLUMOS_T_LWP,	      /* its id in this process, */
	ILLUMOS_T_LWP_ENTRY,  /* and its entry, once it has parked (lwp.c) */
	ILLUMOS_T_SCHEDCTL,   /* what it shares with the library, or 0 (schedctl.c) */
	ILLUMOS_T_DOOR,	      /* what it serves (door_server.c), or 0 */
	ILLUMOS_T_CONTRACT,   /* its newest contract, and whether it has a template (contract.c) */
	ILLUMOS_T_BIRTH,      /* what a child of vfork has yet to tell of itself, or 0 */
};

#define ILLUMOS_CONTRACT_ACTIVE (1UL << 32) /* of ILLUMOS_T_CONTRACT */

/*
 * An address that no row says is one (sysargs.h), before the host is given it: what is not the
 * guest's becomes one that faults.
 */
static inline u64 illumos_fence(u64 addr)
{
	return addr >= EXO_GUEST_HIGH ? ~0UL : addr;
}

/* The second result of a call that has two. */
static inline long illumos_two(struct core_thread *t, long first, u64 second)
{
	t->exo.frame->rdx = second;
	return first;
}

#endif
