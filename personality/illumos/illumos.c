/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/illumos.c: the table, and what the rest of the house calls.
 *
 * A number that has no handler gets what illumos gives: SIGSYS, and ENOSYS once the signal is
 * ignored or handled (usr/src/uts/common/os/sysent.c and syscall.c, nosys).
 */
#include "personality/illumos/illumos.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/exec_stack.h"
#include "personality/illumos/lwp_object.h"
#include "personality/illumos/priv.h"
#include "personality/illumos/procfs_peer.h"
#include "personality/illumos/profile.h"
#include "personality/illumos/quiet.h"

#define STATE_FULL    CORE_CALL_FULL
#define STATE_PARTIAL CORE_CALL_PARTIAL

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#define SYS(nr, name, state, result, args, note) SYSARGS_THUNK(illumos_##name, args)
#define MISS(nr, name, result, args, note)
#define GAP(nr, name, state, why)
#include "personality/illumos/syscalls.def"
#undef SYS
#undef MISS
#undef GAP
#pragma GCC diagnostic pop

static const struct core_syscall table[] = {
#define SYS(nr, name_, state_, result, args, note)                                                 \
	[nr] = {CORE_ROW_HANDLER(thunk_illumos_##name_, SYSARGS_COUNT(SYSARGS_UNPACK args)),       \
		.name = #name_, .state = STATE_##state_},
#define MISS(nr, name_, result, args, note) [nr] = {.name = #name_, .state = CORE_CALL_MISSING},
#define GAP(nr, name, state_, why)	    [nr] = {.state = CORE_CALL_NONE},
#include "personality/illumos/syscalls.def"
#undef SYS
#undef MISS
#undef GAP
};

/*
 * The table of a process that has given up privileges: every row looks first whether it is refused
 * (priv_guard.c). mount, of eight arguments, is the one row that is wide.
 */
static long guarded(struct core_thread *t, const u64 *args)
{
	u64 nr = t->exo.frame->nr;
	long r = nr < ARRAY_LEN(table) ? illumos_priv_refuses(t, nr, args) : -CORE_ENOSYS;

	return r < 0 ? r : table[nr].handler(t, args);
}

static long guarded_wide(struct core_thread *t, const u64 *args)
{
	u64 nr = t->exo.frame->nr;
	long r = nr < ARRAY_LEN(table) ? illumos_priv_refuses(t, nr, args) : -CORE_ENOSYS;

	return r < 0 ? r : table[nr].wide(t, args);
}

static const struct core_syscall guarded_table[] = {
#define SYS(nr, name_, state_, result, args, note)                                                 \
	[nr] = {.handler = SYSARGS_COUNT(SYSARGS_UNPACK args) <= 6 ? guarded : NULL,               \
		.wide = SYSARGS_COUNT(SYSARGS_UNPACK args) > 6 ? guarded_wide : NULL,              \
		.nargs = SYSARGS_COUNT(SYSARGS_UNPACK args),                                       \
		.name = #name_,                                                                    \
		.state = STATE_##state_},
#define MISS(nr, name_, result, args, note) [nr] = {.name = #name_, .state = CORE_CALL_MISSING},
#define GAP(nr, name, state_, why)	    [nr] = {.state = CORE_CALL_NONE},
#include "personality/illumos/syscalls.def"
#undef SYS
#undef MISS
#undef GAP
};

static const u8 words[][TRACE_ARGS] = {
#define SYS(nr, name, state, result, args, note) [nr] = SYSARGS_WORDS(args),
#define MISS(nr, name, result, args, note)	 [nr] = SYSARGS_WORDS(args),
#define GAP(nr, name, state, why)
#include "personality/illumos/syscalls.def"
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
	long r = illumos_exec_stack(s, p, e);

	t->proc->abi_data[ILLUMOS_P_AUXV] = e->auxv;
	t->proc->abi_data[ILLUMOS_P_AUXV_SIZE] = e->auxv_size;
	t->proc->abi_data[ILLUMOS_P_ARGV] = e->argv;
	t->proc->abi_data[ILLUMOS_P_ENVV] = e->envv;
	t->proc->abi_data[ILLUMOS_P_SECURE] = p->secure;
	t->abi_data[ILLUMOS_T_LWP] = 1;
	illumos_publish(t);
	return r;
}

static void fault(struct core_siginfo *si, const struct exo_event *ev, const struct exo_frame *f)
{
	illumos_fault_signal(si, ev->trap, f->rip);
}

static bool signal_comes(struct core_thread *t, struct exo_frame *f, struct core_siginfo *si)
{
	if (UNLIKELY(illumos_quiet_any) && !illumos_quiet_signal(si))
		return false;
	return !illumos_lwp_is_stop(t, si) && !illumos_profile_tick(si, f->rip);
}

static void leave(struct core_thread *t)
{
	illumos_robust_leave(t, true);
}

/* clang-format off: one list, for both tables */
#define PERSONALITY(which)                                                                         \
	.name = "illumos", .table = which, .table_len = ARRAY_LEN(which), .words = words,          \
	.carry_errno = illumos_errno_from_core,                                                    \
	.default_ignored = CORE_SIGBIT(CORE_SIGCHLD) | CORE_SIGBIT(CORE_SIGPWR) |                  \
			   CORE_SIGBIT(CORE_SIGWINCH) | CORE_SIGBIT(CORE_SIGURG) |                 \
			   CORE_SIGBIT(CORE_SIGCONT) | CORE_SIGBIT(CORE_SIGRTMIN),                 \
	.hand_on = illumos_priv_hand_on, .take_over = illumos_priv_take_over, .missing = missing,  \
	.signal_frame = illumos_signal_frame, .fault = fault, .signal_comes = signal_comes,        \
	.defers = illumos_schedctl_defers, .leave = leave, .build_stack = build_stack,             \
	.own_linker = "illumos/ld.so.1", .interrupts = {{0x91, 0}, {0xd2, ILLUMOS_FASTTRAP_BASE}}, \
	.stack_exec = false, .stack_max = 512UL << 20, .pie_base = 0x400000,                       \
	.mmap_base = 0x7f80000000,
/* clang-format on */

const struct core_personality illumos_personality = {PERSONALITY(table)};
const struct core_personality illumos_guarded = {PERSONALITY(guarded_table)};
