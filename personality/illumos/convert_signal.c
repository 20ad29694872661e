/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/convert_signal.c: signals in both directions, from signal.def.
 *
 * What differs: numbers; sets of 72 in three of four words; SA_ bits; the order of siginfo's
 * first members and where the others lie; si_code of what a process sent. Facts: the headers of
 * abi_signal.h; which signal a fault is: usr/src/uts/i86pc/os/trap.c, trap().
 */
#include "personality/illumos/convert_signal.h"
#include "lib/mem.h"

/* Traps of the processor (uts/intel/sys/trap.h has its own names for the same numbers). */
enum { TRAP_SGLSTP = 1, TRAP_BPTFLT = 3, TRAP_PGFLT = 14, TRAP_ALIGNMENT = 17 };

int illumos_to_core_signal(int sig)
{
	switch (sig) {
#define ILLUMOS_SIG(name, number, core, action)                                                    \
	case number:                                                                               \
		return core;
#define ILLUMOS_SIG_RANGE(first, last, core, action)                                               \
	case first ... last:                                                                       \
		return sig - (first) + (core);
#define ILLUMOS_SIG_ALONE(name, number, action)
#include "personality/illumos/signal.def"
#undef ILLUMOS_SIG
#undef ILLUMOS_SIG_RANGE
#undef ILLUMOS_SIG_ALONE
	default:
		return 0;
	}
}

int core_to_illumos_signal(int sig)
{
	switch (sig) {
#define ILLUMOS_SIG(name, number, core, action)                                                    \
	case core:                                                                                 \
		return number;
#define ILLUMOS_SIG_RANGE(first, last, core, action)                                               \
	case (core)...(core) + (last) - (first):                                                   \
		return sig - (core) + (first);
#define ILLUMOS_SIG_ALONE(name, number, action)
#include "personality/illumos/signal.def"
#undef ILLUMOS_SIG
#undef ILLUMOS_SIG_RANGE
#undef ILLUMOS_SIG_ALONE
	default:
		return 0;
	}
}

bool illumos_signal_alone(int sig)
{
	switch (sig) {
#define ILLUMOS_SIG(name, number, core, action)
#define ILLUMOS_SIG_RANGE(first, last, core, action)
#define ILLUMOS_SIG_ALONE(name, number, action)                                                    \
	case number:                                                                               \
		return true;
#include "personality/illumos/signal.def"
#undef ILLUMOS_SIG
#undef ILLUMOS_SIG_RANGE
#undef ILLUMOS_SIG_ALONE
	default:
		return false;
	}
}

u64 illumos_to_core_sigset(const struct illumos_sigset *set, u64 *alone)
{
	u64 mask = 0, rest = 0;

	for (int word = 0; word < 3; word++) {
		for (u32 bits = set->bits[word]; bits; bits &= bits - 1) {
			int sig = word * 32 + __builtin_ctz(bits) + 1;
			int core = illumos_to_core_signal(sig);

			if (core)
				mask |= 1UL << (core - 1);
			else if (illumos_signal_alone(sig))
				rest |= 1UL << (sig - 1);
		}
	}
	if (alone)
		*alone = rest;
	return mask;
}

void core_to_illumos_sigset(u64 mask, u64 alone, struct illumos_sigset *set)
{
	memset(set, 0, sizeof(*set));
	for (; mask; mask &= mask - 1) {
		int sig = core_to_illumos_signal(__builtin_ctzl(mask) + 1);

		if (sig)
			set->bits[(sig - 1) / 32] |= 1u << ((sig - 1) % 32);
	}
	set->bits[0] |= (u32)alone;
	set->bits[1] |= (u32)(alone >> 32);
}

#define SA_FLAGS(X)                                                                                \
	X(ILLUMOS_SA_ONSTACK, CORE_SA_ONSTACK)                                                     \
	X(ILLUMOS_SA_RESETHAND, CORE_SA_RESETHAND)                                                 \
	X(ILLUMOS_SA_RESTART, CORE_SA_RESTART)                                                     \
	X(ILLUMOS_SA_SIGINFO, CORE_SA_SIGINFO)                                                     \
	X(ILLUMOS_SA_NODEFER, CORE_SA_NODEFER)                                                     \
	X(ILLUMOS_SA_NOCLDWAIT, CORE_SA_NOCLDWAIT)                                                 \
	X(ILLUMOS_SA_NOCLDSTOP, CORE_SA_NOCLDSTOP)

u64 illumos_to_core_saflags(i32 flags)
{
	u64 out = 0;

#define X(illumos, core)                                                                           \
	if (flags & (illumos))                                                                     \
		out |= (core);
	SA_FLAGS(X)
#undef X
	return out;
}

i32 core_to_illumos_saflags(u64 flags)
{
	i32 out = 0;

#define X(illumos, core)                                                                           \
	if (flags & (core))                                                                        \
		out |= (illumos);
	SA_FLAGS(X)
#undef X
	return out;
}

void illumos_fault_signal(struct core_siginfo *si, u64 trapno, u64 pc)
{
	switch (trapno) {
	case TRAP_PGFLT: /* beyond the end of a file it is the object's */
		if (si->si_signo == CORE_SIGBUS)
			si->si_code = CORE_BUS_OBJERR;
		return;
	case TRAP_SGLSTP:
		si->si_code = CORE_TRAP_TRACE;
		break;
	case TRAP_BPTFLT:
		si->si_code = CORE_TRAP_BRKPT;
		break;
	case TRAP_ALIGNMENT:
		si->si_signo = CORE_SIGBUS;
		si->si_code = CORE_BUS_ADRALN;
		break;
	default:
		if (si->si_signo == CORE_SIGSEGV || si->si_signo == CORE_SIGBUS) {
			si->si_signo = CORE_SIGSEGV;
			si->si_code = CORE_SEGV_MAPERR;
		} else if (si->si_signo == CORE_SIGILL) {
			si->si_code = CORE_ILL_ILLOPC;
		}
		break;
	}
	si->fault.addr = pc;
}

/* Codes 1 to 8 of ILL_ and FPE_, and all of the others, are the same. */
_Static_assert(CORE_SEGV_ACCERR == ILLUMOS_SEGV_ACCERR && CORE_BUS_OBJERR == ILLUMOS_BUS_OBJERR,
	       "the same codes");
_Static_assert(CORE_TRAP_TRACE == ILLUMOS_TRAP_TRACE && CORE_ILL_PRVOPC == ILLUMOS_ILL_PRVOPC,
	       "the same codes");
_Static_assert(CORE_FPE_FLTINV == ILLUMOS_FPE_FLTINV && CORE_CLD_EXITED == ILLUMOS_CLD_EXITED,
	       "the same codes");

static i32 sent_code(i32 core)
{
	switch (core) {
	case CORE_SI_USER:
		return ILLUMOS_SI_USER;
	case CORE_SI_TKILL:
		return ILLUMOS_SI_LWP;
	case CORE_SI_QUEUE:
		return ILLUMOS_SI_QUEUE;
	case CORE_SI_TIMER:
		return ILLUMOS_SI_TIMER;
	case CORE_SI_ASYNCIO:
		return ILLUMOS_SI_ASYNCIO;
	case CORE_SI_MESGQ:
		return ILLUMOS_SI_MESGQ;
	default:
		return ILLUMOS_SI_NOINFO;
	}
}

void core_to_illumos_siginfo(const struct core_siginfo *in, u64 trapno, u64 pc,
			     struct illumos_siginfo *out)
{
	memset(out, 0, sizeof(*out));
	out->si_signo = core_to_illumos_signal(in->si_signo);
	if (in->si_code > 0 && in->si_code != CORE_SI_KERNEL) {
		out->si_code = in->si_code;
		switch (in->si_signo) {
		case CORE_SIGCHLD:
			out->cld.pid = in->chld.pid;
			out->cld.status = in->si_code == CORE_CLD_EXITED
					      ? in->chld.status
					      : core_to_illumos_signal(in->chld.status);
			out->cld.utime = in->chld.utime;
			out->cld.stime = in->chld.stime;
			return;
		case CORE_SIGIO:
			out->file.fd = in->poll.fd;
			out->file.band = in->poll.band;
			return;
		default:
			out->fault.addr = in->fault.addr;
			out->fault.trapno = (i32)trapno;
			out->fault.pc = pc;
			return;
		}
	}
	out->si_code = sent_code(in->si_code);
	if (in->si_code == CORE_SI_TIMER) {
		out->kill.value = in->timer.value.sival_ptr;
	} else if (out->si_code != ILLUMOS_SI_NOINFO) {
		out->kill.pid = in->kill.pid;
		out->kill.uid = in->kill.uid;
		if (in->si_code != CORE_SI_USER && in->si_code != CORE_SI_TKILL)
			out->kill.value = in->kill.value.sival_ptr;
	}
}

long illumos_to_core_sigevent(const struct illumos_sigevent *from, struct core_sigevent *to)
{
	memset(to, 0, sizeof(*to));
	to->sigev_value.sival_ptr = from->sigev_value;
	switch (from->sigev_notify) {
	case ILLUMOS_SIGEV_NONE:
		to->sigev_notify = CORE_SIGEV_NONE;
		return 0;
	case ILLUMOS_SIGEV_SIGNAL:
		to->sigev_notify = CORE_SIGEV_SIGNAL;
		to->sigev_signo = illumos_to_core_signal(from->sigev_signo);
		return to->sigev_signo ? 0 : -CORE_EINVAL;
	default:
		return -CORE_EINVAL;
	}
}
