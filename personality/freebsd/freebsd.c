/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/freebsd.c: the table, and what the rest of the house calls.
 *
 * A number that has no handler gets what FreeBSD gives: SIGSYS, and ENOSYS once the signal
 * is ignored or handled (sys/kern/kern_sig.c, nosys()).
 */
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/umtx.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_exec.h"
#include "personality/freebsd/convert_errno.h"
#include "personality/freebsd/exec_stack.h"

#define STATE_FULL    CORE_CALL_FULL
#define STATE_PARTIAL CORE_CALL_PARTIAL

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#define SYS(nr, name, state, result, args, note) SYSARGS_THUNK(freebsd_##name, args)
#define MISS(nr, name, result, args, note)
#define GAP(nr, name, state, why)
#include "personality/freebsd/syscalls.def"
#undef SYS
#undef MISS
#undef GAP
#pragma GCC diagnostic pop

static const struct core_syscall table[] = {
#define SYS(nr, name_, state_, result, args, note)                                                 \
	[nr] = {CORE_ROW_HANDLER(thunk_freebsd_##name_, SYSARGS_COUNT(SYSARGS_UNPACK args)),       \
		.name = #name_, .state = STATE_##state_},
#define MISS(nr, name_, result, args, note) [nr] = {.name = #name_, .state = CORE_CALL_MISSING},
#define GAP(nr, name, state_, why)	    [nr] = {.state = CORE_CALL_NONE},
#include "personality/freebsd/syscalls.def"
#undef SYS
#undef MISS
#undef GAP
};

static const u8 words[][TRACE_ARGS] = {
#define SYS(nr, name, state, result, args, note) [nr] = SYSARGS_WORDS(args),
#define MISS(nr, name, result, args, note)	 [nr] = SYSARGS_WORDS(args),
#define GAP(nr, name, state, why)
#include "personality/freebsd/syscalls.def"
#undef SYS
#undef MISS
#undef GAP
};

static long missing(struct core_thread *t, u64 nr)
{
	struct core_siginfo si = {.si_signo = CORE_SIGSYS, .si_code = CORE_SI_KERNEL};

	(void)nr;
	core_signal_raise(t, &si);
	return -CORE_ENOSYS;
}

static long build_stack(struct core_thread *t, struct loader_stack *s,
			const struct loader_program *p, struct loader_entry *e)
{
	struct freebsd_exec exec = {.osreldate = FREEBSD_OSRELDATE,
				    .bsdflags = FREEBSD_ELF_BSDF_SIGFASTBLK};
	long r = freebsd_exec_stack(s, p, &exec, e);

	t->proc->abi_data[FREEBSD_P_PS_STRINGS] = e->ps_strings;
	t->proc->abi_data[FREEBSD_P_OSREL] = p->abi_version ? p->abi_version : FREEBSD_OSRELDATE;
	return r;
}

static void fault(struct core_siginfo *si, const struct exo_event *ev, const struct exo_frame *f)
{
	freebsd_fault_signal(si, ev->trap, f->rip);
}

static void leave(struct core_thread *t)
{
	freebsd_umtx_leave(t);
	freebsd_fastblock_leave(t);
}

const struct core_personality freebsd_personality = {
    .name = "freebsd",
    .table = table,
    .table_len = ARRAY_LEN(table),
    .words = words,
    .carry_errno = freebsd_errno_from_core,
    .discards_ignored = true,
    .leave = leave,
    .defers = freebsd_signals_put_off,
    .default_ignored = CORE_SIGBIT(CORE_SIGURG) | CORE_SIGBIT(CORE_SIGCONT) |
		       CORE_SIGBIT(CORE_SIGCHLD) | CORE_SIGBIT(CORE_SIGIO) |
		       CORE_SIGBIT(CORE_SIGWINCH) | CORE_SIGBIT(CORE_SIGPWR),
    .missing = missing,
    .signal_frame = freebsd_signal_frame,
    .fault = fault,
    .build_stack = build_stack,
    .stack_exec = true, /* VM_PROT_ALL, sys/kern/imgact_elf.c */
    .stack_max = 512UL << 20,
    .pie_base = 0x1021000,
    .mmap_base = 0x800000000,
};
