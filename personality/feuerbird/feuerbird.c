/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/feuerbird/feuerbird.c: the native class; include/feuerbird/abi.h documents it. */
#include "personality/feuerbird/feuerbird.h"
#include "core/class.h"
#include "core/guest.h"
#include "core/signal.h"
#include "include/feuerbird/abi.h"
#include "lib/mem.h"
#include "loader/stack_sysv.h"

#define SYS(nr, name, state, result, args, note) SYSARGS_THUNK(feuerbird_##name, args)
#include "personality/feuerbird/syscalls.def"
#undef SYS

static const struct core_syscall table[] = {
#define SYS(nr, name_, state_, result, args, note)                                                 \
	[nr] = {CORE_ROW_HANDLER(thunk_feuerbird_##name_, SYSARGS_COUNT(SYSARGS_UNPACK args)),     \
		.name = #name_, .state = CORE_CALL_##state_},
#include "personality/feuerbird/syscalls.def"
#undef SYS
};

static const u8 words[][TRACE_ARGS] = {
#define SYS(nr, name, state, result, args, note) [nr] = SYSARGS_WORDS(args),
#include "personality/feuerbird/syscalls.def"
#undef SYS
};

long feuerbird_null(struct core_thread *t)
{
	(void)t;
	return 0;
}

long feuerbird_version(struct core_thread *t)
{
	(void)t;
	return FB_ABI_VERSION;
}

long feuerbird_feature(struct core_thread *t, INT feature)
{
	(void)t;
	switch (feature) {
	case FB_FEATURE_CLASSES:
	case FB_FEATURE_CHEAP_CALLS:
	case FB_FEATURE_KQUEUE:
		return 1;
	default:
		return -CORE_ENOENT;
	}
}

static long class_number(const struct core_personality *abi)
{
	return (long)core_class_of(abi) << CORE_CLASS_SHIFT;
}

long feuerbird_current(struct core_thread *t)
{
	return class_number(t->abi);
}

long feuerbird_set_personality(struct core_thread *t, UINT class)
{
	const struct core_personality *abi = core_class_get(class >> CORE_CLASS_SHIFT);
	long former = class_number(t->abi);

	if (!abi || (class & CORE_CLASS_INDEX))
		return -CORE_EINVAL;
	core_thread_set_abi(t, abi);
	return former;
}

long feuerbird_class_name(struct core_thread *t, UINT class, OUT buf, SIZE size)
{
	const struct core_personality *abi = core_class_get(class >> CORE_CLASS_SHIFT);
	size_t n;

	(void)t;
	if (!abi || (class & CORE_CLASS_INDEX))
		return -CORE_ENOENT;
	n = strlen(abi->name);
	if (size < n + 1)
		return -CORE_ERANGE;
	return copy_to_guest(buf, abi->name, n + 1) < 0 ? -CORE_EFAULT : (long)n;
}

static long missing(struct core_thread *t, u64 nr)
{
	(void)t;
	(void)nr;
	return -CORE_ENOSYS;
}

/* A native handler's frame is its installer's; one without has nowhere to return to. */
static long signal_frame(struct core_thread *t, struct exo_frame *f, const struct core_action *a,
			 const struct core_siginfo *si, const struct exo_event *ev, u64 mask)
{
	(void)t, (void)f, (void)a, (void)si, (void)ev, (void)mask;
	return -CORE_EFAULT;
}

static long build_stack(struct core_thread *t, struct loader_stack *s,
			const struct loader_program *p, struct loader_entry *e)
{
	struct loader_sysv sysv = {.host = (const struct loader_aux *)exo_machine_auxv()};

	(void)t;
	return loader_sysv_stack(s, p, &sysv, e);
}

static void start(struct core_thread *t, struct exo_frame *f, const struct loader_entry *e)
{
	(void)f, (void)e;
	t->proc->native = true;
}

const struct core_personality feuerbird_personality = {
    .name = "feuerbird",
    .table = table,
    .table_len = ARRAY_LEN(table),
    .words = words,
    .default_ignored = CORE_SIGBIT(CORE_SIGURG) | CORE_SIGBIT(CORE_SIGCONT) |
		       CORE_SIGBIT(CORE_SIGCHLD) | CORE_SIGBIT(CORE_SIGWINCH),
    .missing = missing,
    .signal_frame = signal_frame,
    .build_stack = build_stack,
    .start = start,
    .stack_max = 1UL << 30,
    .pie_base = 0x555555554000,
    .mmap_base = 0x400000000000,
};
