/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/linux/linux.c: the table, and what the rest of the house calls. */
#include "personality/linux/linux.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "loader/stack_sysv.h"

#define STATE_FULL    CORE_CALL_FULL
#define STATE_PARTIAL CORE_CALL_PARTIAL

#define SYS(nr, name, state, result, args, note) SYSARGS_THUNK(linux_##name, args)
#define PASS(nr, name, state, result, args, note)
#define PASS_EINTR(nr, name, state, result, args, note)
#define MISS(nr, name, result, args, note)
#define GAP(nr, name, state, why)
#include "personality/linux/syscalls.def"
#undef SYS
#undef PASS
#undef PASS_EINTR
#undef MISS
#undef GAP

static const struct core_syscall table[] = {
#define SYS(nr, name_, state_, result, args, note)                                                 \
	[nr] = {CORE_ROW_HANDLER(thunk_linux_##name_, SYSARGS_COUNT(SYSARGS_UNPACK args)),         \
		.name = #name_, .state = STATE_##state_},
#define PASS(nr, name_, state_, result, args, note)                                                \
	[nr] = {.name = #name_, .pass = EXO_##name_ + 1, .state = STATE_##state_},
#define PASS_EINTR(nr, name_, state_, result, args, note)                                          \
	[nr] = {.name = #name_,                                                                    \
		.pass = EXO_##name_ + 1,                                                           \
		.state = STATE_##state_,                                                           \
		.never_restarted = true},
#define MISS(nr, name_, result, args, note) [nr] = {.name = #name_, .state = CORE_CALL_MISSING},
#define GAP(nr, name, state_, why)	    [nr] = {.state = CORE_CALL_NONE},
#include "personality/linux/syscalls.def"
#undef SYS
#undef PASS
#undef PASS_EINTR
#undef MISS
#undef GAP
};

static const u8 words[][TRACE_ARGS] = {
#define SYS(nr, name, state, result, args, note)	[nr] = SYSARGS_WORDS(args),
#define PASS(nr, name, state, result, args, note)	[nr] = SYSARGS_WORDS(args),
#define PASS_EINTR(nr, name, state, result, args, note) [nr] = SYSARGS_WORDS(args),
#define MISS(nr, name, result, args, note)		[nr] = SYSARGS_WORDS(args),
#define GAP(nr, name, state, why)
#include "personality/linux/syscalls.def"
#undef SYS
#undef PASS
#undef PASS_EINTR
#undef MISS
#undef GAP
};

static long missing(struct core_thread *t, u64 nr)
{
	(void)t;
	(void)nr;
	return -CORE_ENOSYS;
}

static long build_stack(struct core_thread *t, struct loader_stack *s,
			const struct loader_program *p, struct loader_entry *e)
{
	struct loader_sysv exec = {.host = (const struct loader_aux *)exo_machine_auxv()};

	(void)t;
	return loader_sysv_stack(s, p, &exec, e);
}

static void start(struct core_thread *t, struct exo_frame *f, const struct loader_entry *e)
{
	(void)f;
	(void)e;
	/* A heap that grows away from the trampolines above the code. */
	t->proc->brk_start = t->proc->brk_now = t->proc->brk_start + (1UL << 30);
	t->proc->brk_max += 1UL << 30;
}

const struct core_personality linux_personality = {
    .name = "linux",
    .table = table,
    .table_len = ARRAY_LEN(table),
    .words = words,
    .default_ignored = CORE_SIGBIT(CORE_SIGURG) | CORE_SIGBIT(CORE_SIGCONT) |
		       CORE_SIGBIT(CORE_SIGCHLD) | CORE_SIGBIT(CORE_SIGWINCH),
    .missing = missing,
    .signal_frame = linux_signal_frame,
    .build_stack = build_stack,
    .start = start,
    .stack_max = 1UL << 30,
    .pie_base = 0x555555554000,
    .mmap_base = 0x400000000000,
};
