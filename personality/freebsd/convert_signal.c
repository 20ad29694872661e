/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_signal.c: signals in both directions, from signal.def.
 *
 * What differs: numbers; sets of 128 in four words; SA_ bits; where siginfo keeps its
 * members, and that FreeBSD says in si_code 0x10001 and up who sent a signal. Facts:
 * sys/sys/signal.h, sys/x86/include/trap.h, sys/amd64/amd64/trap.c.
 */
#include "personality/freebsd/convert_signal.h"
#include "lib/mem.h"
#include "personality/freebsd/freebsd.h"

int freebsd_to_core_signal(int sig)
{
	switch (sig) {
#define FBSD_SIG(name, number, core, action)                                                       \
	case number:                                                                               \
		return core;
#define FBSD_SIG_RANGE(first, last, core, action)                                                  \
	case first ... last:                                                                       \
		return sig - (first) + (core);
#include "personality/freebsd/signal.def"
#undef FBSD_SIG
#undef FBSD_SIG_RANGE
	default:
		return 0;
	}
}

int core_to_freebsd_signal(int sig)
{
	switch (sig) {
#define FBSD_SIG(name, number, core, action)                                                       \
	case core:                                                                                 \
		return number;
#define FBSD_SIG_RANGE(first, last, core, action)                                                  \
	case (core)...(core) + (last) - (first):                                                   \
		return sig - (core) + (first);
#include "personality/freebsd/signal.def"
#undef FBSD_SIG
#undef FBSD_SIG_RANGE
	default:
		return 0;
	}
}

u64 freebsd_to_core_sigset(const struct freebsd_sigset *set)
{
	u64 mask = 0;

	for (int word = 0; word < 4; word++) {
		for (u32 bits = set->bits[word]; bits; bits &= bits - 1) {
			int core = freebsd_to_core_signal(word * 32 + __builtin_ctz(bits) + 1);

			if (core)
				mask |= 1UL << (core - 1);
		}
	}
	return mask;
}

void core_to_freebsd_sigset(u64 mask, struct freebsd_sigset *set)
{
	memset(set, 0, sizeof(*set));
	for (; mask; mask &= mask - 1) {
		int sig = core_to_freebsd_signal(__builtin_ctzl(mask) + 1);

		if (sig)
			set->bits[(sig - 1) / 32] |= 1u << ((sig - 1) % 32);
	}
}

#define SA_FLAGS(X)                                                                                \
	X(FREEBSD_SA_ONSTACK, CORE_SA_ONSTACK)                                                     \
	X(FREEBSD_SA_RESTART, CORE_SA_RESTART)                                                     \
	X(FREEBSD_SA_RESETHAND, CORE_SA_RESETHAND)                                                 \
	X(FREEBSD_SA_NOCLDSTOP, CORE_SA_NOCLDSTOP)                                                 \
	X(FREEBSD_SA_NODEFER, CORE_SA_NODEFER)                                                     \
	X(FREEBSD_SA_NOCLDWAIT, CORE_SA_NOCLDWAIT)                                                 \
	X(FREEBSD_SA_SIGINFO, CORE_SA_SIGINFO)

long freebsd_to_core_saflags(i32 flags, u64 *out)
{
	*out = 0;
#define X(freebsd, core)                                                                           \
	if (flags & (freebsd)) {                                                                   \
		*out |= (core);                                                                    \
		flags &= ~(freebsd);                                                               \
	}
	SA_FLAGS(X)
#undef X
	return flags ? -CORE_EINVAL : 0;
}

i32 core_to_freebsd_saflags(u64 flags)
{
	i32 out = 0;

#define X(freebsd, core)                                                                           \
	if (flags & (core))                                                                        \
		out |= (freebsd);
	SA_FLAGS(X)
#undef X
	return out;
}

u32 core_to_freebsd_trapno(u64 trapno)
{
	static const u8 map[] = {
	    [0] = FREEBSD_T_DIVIDE,	[1] = FREEBSD_T_TRCTRAP,   [2] = FREEBSD_T_NMI,
	    [3] = FREEBSD_T_BPTFLT,	[4] = FREEBSD_T_OFLOW,	   [5] = FREEBSD_T_BOUND,
	    [6] = FREEBSD_T_PRIVINFLT,	[7] = FREEBSD_T_DNA,	   [8] = FREEBSD_T_DOUBLEFLT,
	    [9] = FREEBSD_T_FPOPFLT,	[10] = FREEBSD_T_TSSFLT,   [11] = FREEBSD_T_SEGNPFLT,
	    [12] = FREEBSD_T_STKFLT,	[13] = FREEBSD_T_PROTFLT,  [14] = FREEBSD_T_PAGEFLT,
	    [16] = FREEBSD_T_ARITHTRAP, [17] = FREEBSD_T_ALIGNFLT, [18] = FREEBSD_T_MCHK,
	    [19] = FREEBSD_T_XMMFLT,
	};

	return trapno < ARRAY_LEN(map) && map[trapno] ? map[trapno] : FREEBSD_T_RESERVED;
}

void freebsd_fault_signal(struct core_siginfo *si, u64 trapno, u64 pc)
{
	if (trapno ==
	    14) { /* a page's own address; beyond the end of its file it is the object's */
		if (si->si_signo == CORE_SIGBUS)
			si->si_code = CORE_BUS_OBJERR;
		return;
	}
	si->fault.addr = pc;
	switch (trapno) {
	case 0: /* division, overflow, x87 and SSE arithmetic: the host has sorted them */
	case 4:
	case 16:
	case 19:
		break;
	case 1:
		si->si_code = CORE_TRAP_TRACE;
		break;
	case 3:
		si->si_code = CORE_TRAP_BRKPT;
		break;
	case 6:
		si->si_signo = CORE_SIGILL;
		si->si_code = CORE_ILL_PRVOPC;
		break;
	case 9:
		si->si_signo = CORE_SIGILL;
		si->si_code = CORE_ILL_COPROC;
		break;
	case 11:
	case 12:
		si->si_signo = CORE_SIGBUS;
		si->si_code = CORE_BUS_ADRERR;
		break;
	case 17:
		si->si_signo = CORE_SIGBUS;
		si->si_code = CORE_BUS_ADRALN;
		break;
	default:
		si->si_signo = CORE_SIGBUS;
		si->si_code = CORE_BUS_OBJERR;
		break;
	}
}

static i32 fault_code(const struct core_siginfo *in, u64 trapno)
{
	if (in->si_code > 0 && in->si_code < CORE_SI_KERNEL)
		return in->si_code; /* ILL_, FPE_, SEGV_, BUS_, TRAP_: checked below to agree */
	switch (in->si_signo) {
	case CORE_SIGTRAP:
		return trapno == 1 ? FREEBSD_TRAP_TRACE : FREEBSD_TRAP_BRKPT;
	case CORE_SIGBUS: /* a non-canonical address raises SIGSEGV there too */
		return FREEBSD_BUS_OBJERR;
	default:
		return FREEBSD_SEGV_MAPERR;
	}
}

_Static_assert(CORE_SEGV_MAPERR == FREEBSD_SEGV_MAPERR && CORE_SEGV_ACCERR == FREEBSD_SEGV_ACCERR,
	       "the same codes");
_Static_assert(CORE_BUS_ADRALN == FREEBSD_BUS_ADRALN && CORE_BUS_ADRERR == FREEBSD_BUS_ADRERR &&
		   CORE_BUS_OBJERR == FREEBSD_BUS_OBJERR,
	       "the same codes");
_Static_assert(CORE_TRAP_BRKPT == FREEBSD_TRAP_BRKPT && CORE_TRAP_TRACE == FREEBSD_TRAP_TRACE,
	       "the same codes");
_Static_assert(CORE_CLD_EXITED == FREEBSD_CLD_EXITED && CORE_CLD_CONTINUED == FREEBSD_CLD_CONTINUED,
	       "the same codes");

/* FPE_ codes are the one family that is ordered differently. */
static i32 fpe_code(i32 code)
{
	switch (code) {
	case CORE_FPE_INTDIV:
		return FREEBSD_FPE_INTDIV;
	case CORE_FPE_INTOVF:
		return FREEBSD_FPE_INTOVF;
	default:
		return code;
	}
}

void core_to_freebsd_siginfo(const struct core_siginfo *in, u64 trapno, struct freebsd_siginfo *out)
{
	memset(out, 0, sizeof(*out));
	out->si_signo = core_to_freebsd_signal(in->si_signo);
	switch (in->si_signo) {
	case CORE_SIGSEGV:
	case CORE_SIGBUS:
	case CORE_SIGILL:
	case CORE_SIGFPE:
	case CORE_SIGTRAP:
		if (in->si_code <= 0)
			break;
		out->si_code = fault_code(in, trapno);
		if (in->si_signo == CORE_SIGFPE)
			out->si_code = fpe_code(out->si_code);
		out->si_addr = in->fault.addr;
		out->reason.fault.trapno = (i32)core_to_freebsd_trapno(trapno);
		return;
	case CORE_SIGCHLD:
		if (in->si_code <= 0)
			break;
		out->si_code = in->si_code;
		out->si_pid = in->chld.pid;
		out->si_uid = in->chld.uid;
		out->si_status = in->si_code == CORE_CLD_EXITED
				     ? in->chld.status
				     : core_to_freebsd_signal(in->chld.status);
		return;
	default:
		break;
	}
	switch (in->si_code) {
	case CORE_SI_USER:
		out->si_code = FREEBSD_SI_USER;
		break;
	case CORE_SI_TKILL:
		out->si_code = FREEBSD_SI_LWP;
		break;
	case CORE_SI_QUEUE:
		out->si_code = FREEBSD_SI_QUEUE;
		out->si_value.sival_ptr = in->kill.value.sival_ptr;
		break;
	case CORE_SI_TIMER:
		out->si_code = FREEBSD_SI_TIMER;
		out->si_value.sival_ptr = in->timer.value.sival_ptr;
		out->reason.timer.timerid = in->timer.tid + FREEBSD_TIMER_FIRST;
		if (in->timer.value.sival_ptr == FREEBSD_TIMER_OWN_NUMBER)
			out->si_value.sival_ptr = (u32)out->reason.timer.timerid;
		out->reason.timer.overrun = in->timer.overrun;
		return;
	case CORE_SI_MESGQ:
		out->si_code = FREEBSD_SI_MESGQ;
		out->si_value.sival_ptr = in->kill.value.sival_ptr;
		if (in->kill.pid <
		    0) /* core_mq_notify_thread knows which queue, the host does not */
			out->reason.mesgq.mqd = -1 - in->kill.pid;
		return;
	case CORE_SI_ASYNCIO:
		out->si_code = FREEBSD_SI_ASYNCIO;
		out->si_value.sival_ptr = in->kill.value.sival_ptr;
		return;
	default:
		out->si_code = FREEBSD_SI_KERNEL;
		return;
	}
	out->si_pid = in->kill.pid;
	out->si_uid = in->kill.uid;
}

long freebsd_to_core_sigevent(const struct freebsd_sigevent *from, struct core_sigevent *to)
{
	memset(to, 0, sizeof(*to));
	to->sigev_value.sival_ptr = from->sigev_value.sival_ptr;
	switch (from->sigev_notify) {
	case FREEBSD_SIGEV_NONE:
		to->sigev_notify = CORE_SIGEV_NONE;
		return 0;
	case FREEBSD_SIGEV_THREAD_ID:
		to->sigev_notify = CORE_SIGEV_THREAD_ID;
		to->sigev_tid = (i32)(from->un.threadid - FREEBSD_TID_BASE);
		break;
	case FREEBSD_SIGEV_SIGNAL:
		to->sigev_notify = CORE_SIGEV_SIGNAL;
		break;
	default:
		return -CORE_EINVAL;
	}
	to->sigev_signo = freebsd_to_core_signal(from->sigev_signo);
	return to->sigev_signo > 0 ? 0 : -CORE_EINVAL;
}
