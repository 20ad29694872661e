/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/freebsd.h: the FreeBSD/amd64 personality, shared among its files.
 *
 * The kernel that is played is FreeBSD 14.3. A call returns >= 0 or -CORE_E...; a second
 * result goes to the frame's rdx. Numbers become FreeBSD's at the exit alone.
 */
#ifndef FB_FREEBSD_FREEBSD_H
#define FB_FREEBSD_FREEBSD_H

#include "core/guest.h"
#include "core/personality.h"
#include "personality/sysargs.h"

#define FREEBSD_OSRELDATE 1403000
#define FREEBSD_OSRELEASE "14.3-RELEASE"

extern const struct core_personality freebsd_personality;

#define SYS(nr, name, state, result, args, note) SYSARGS_PROTO(freebsd_##name, args)
#define MISS(nr, name, result, args, note)
#define GAP(nr, name, state, why)
#include "personality/freebsd/syscalls.def"
#undef SYS
#undef MISS
#undef GAP

/* Thread ids start above process ids, as in sys/proc.h. */
#define FREEBSD_TID_BASE 100000

static inline i64 freebsd_tid(u32 host_tid)
{
	return (i64)host_tid + FREEBSD_TID_BASE;
}

/* sigframe.c */
long freebsd_signal_frame(struct core_thread *t, struct exo_frame *f, const struct core_action *a,
			  const struct core_siginfo *si, const struct exo_event *ev, u64 mask);
struct freebsd_mcontext;
/* start(child, thread pointer, ctx) for a thread that is to begin in context m. 0 or an error. */
long freebsd_context_start(struct core_thread *child, const struct freebsd_mcontext *m,
			   long (*start)(struct core_thread *child, u64 tls, void *ctx), void *ctx);
/* The guest code a handler returns to, mapped once per program; its address or an error. */
u64 freebsd_sigcode_addr(const struct core_process *p);
u64 freebsd_sigcode_size(const struct core_process *p);

/* sigfastblock.c: does a signal have to wait? The guest is told so. */
bool freebsd_signals_put_off(struct core_thread *t);
/* Before the program ends or becomes another. */
void freebsd_fastblock_leave(struct core_thread *t);

/* Indices into core_process.abi_data and core_thread.abi_data. */
enum freebsd_process_data {
	FREEBSD_P_PS_STRINGS,
	FREEBSD_P_OSREL,
	FREEBSD_P_TAINTED, /* its ids have changed (cred.c) */
};

/*
 * What changed without a new call number is as the program's release had it (sys/param.h). The
 * release is its note's; a program without one is a new one: today's cross compilers and
 * linkers write none.
 */
#define FREEBSD_OSREL_10		1000000 /* the first and the last of FreeBSD 10's sockets */
#define FREEBSD_OSREL_11		1100000
#define FREEBSD_OSREL_XFILE		1200000 /* struct xfile as FreeBSD 12 has it */
#define FREEBSD_OSREL_CONTROL		1200000 /* control messages are received whole or not */
#define FREEBSD_OSREL_IF_DATA		1100000 /* struct if_data as FreeBSD 11 has it */
#define FREEBSD_OSREL_MAP_FSTRICT	1100036
#define FREEBSD_OSREL_SHUTDOWN_ENOTCONN 1100077
#define FREEBSD_OSREL_VMTOTAL64		1200054
static inline bool freebsd_older_than(const struct core_thread *t, u32 osrel)
{
	return t->proc->abi_data[FREEBSD_P_OSREL] < osrel;
}

enum freebsd_thread_data {
	FREEBSD_T_ROBUST_OFFSET,
	FREEBSD_T_ROBUST_PRIV,
	FREEBSD_T_ROBUST_INACT,
	FREEBSD_T_FASTBLOCK, /* address of the word of sigfastblock(2), or 0 */
	FREEBSD_T_UNFIXED,   /* a descriptor that is not synchronous, plus 1 (fcntl.c) */
	FREEBSD_T_EXTERR,    /* exterrctl is on (special.c) */
	FREEBSD_T_OWN_CLASS, /* what it had before a mutex made it more urgent (umtx_lend.c) */
	FREEBSD_T_CEILING,   /* which a mutex gave it, plus 1 */
};

#endif
