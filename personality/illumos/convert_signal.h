/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/convert_signal.h: signal numbers, sets, flags and siginfo.
 */
#ifndef FB_ILLUMOS_CONVERT_SIGNAL_H
#define FB_ILLUMOS_CONVERT_SIGNAL_H

#include "core/abi.h"
#include "personality/illumos/abi_signal.h"

/* The counterpart of a signal number; 0 for one that has none. */
int illumos_to_core_signal(int sig);
int core_to_illumos_signal(int sig);
/* A signal of illumos's without a counterpart. */
bool illumos_signal_alone(int sig);

/* Members without a counterpart are a word of their own, bit n - 1 for signal n. */
u64 illumos_to_core_sigset(const struct illumos_sigset *set, u64 *alone);
void core_to_illumos_sigset(u64 mask, u64 alone, struct illumos_sigset *set);

/* SA_ flags; bits nobody knows are dropped, as the kernel's sigaction does. */
u64 illumos_to_core_saflags(i32 flags);
i32 core_to_illumos_saflags(u64 flags);

/* trapno: x86 trap number of a fault as the processor has it, 0 otherwise; pc: where. */
void core_to_illumos_siginfo(const struct core_siginfo *in, u64 trapno, u64 pc,
			     struct illumos_siginfo *out);
/* A processor's fault at pc: the signal, code and address illumos has for that trap. */
void illumos_fault_signal(struct core_siginfo *si, u64 trapno, u64 pc);

/* -CORE_EINVAL for a kind that no core_sigevent has (SIGEV_THREAD, SIGEV_PORT). */
long illumos_to_core_sigevent(const struct illumos_sigevent *from, struct core_sigevent *to);

#endif
