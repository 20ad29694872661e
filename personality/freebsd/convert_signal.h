/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_signal.h: signal numbers, sets, flags and siginfo.
 */
#ifndef FB_FREEBSD_CONVERT_SIGNAL_H
#define FB_FREEBSD_CONVERT_SIGNAL_H

#include "core/abi.h"
#include "personality/freebsd/abi_signal.h"

/* The counterpart of a signal number; 0 for one that has none. */
int freebsd_to_core_signal(int sig);
int core_to_freebsd_signal(int sig);

/* Members without a counterpart are left out: they can neither be sent nor blocked. */
u64 freebsd_to_core_sigset(const struct freebsd_sigset *set);
void core_to_freebsd_sigset(u64 mask, struct freebsd_sigset *set);

/* SA_ flags; -CORE_EINVAL for a bit nobody knows. */
long freebsd_to_core_saflags(i32 flags, u64 *out);
i32 core_to_freebsd_saflags(u64 flags);

/* The host's first timer is this one. A timer made without a sigevent announces itself by its
 * number, which is known only afterwards: this value, nobody's address, stands for it. */
#define FREEBSD_TIMER_FIRST	 3
#define FREEBSD_TIMER_OWN_NUMBER 0xfffffffffb1d0003UL

/* trapno: x86 trap number of a fault as the processor has it, 0 otherwise. */
void core_to_freebsd_siginfo(const struct core_siginfo *in, u64 trapno,
			     struct freebsd_siginfo *out);
/* A processor's fault at pc: the signal, code and address FreeBSD has for that trap. */
void freebsd_fault_signal(struct core_siginfo *si, u64 trapno, u64 pc);
/* The processor's trap number as FreeBSD counts traps (x86/trap.h). */
u32 core_to_freebsd_trapno(u64 trapno);

/* What a signal event asks for: nothing, a signal to the process or to one of its threads; the
 * others (SIGEV_KEVENT, SIGEV_THREAD) and no signal at all are -CORE_EINVAL. */
long freebsd_to_core_sigevent(const struct freebsd_sigevent *from, struct core_sigevent *to);

#endif
