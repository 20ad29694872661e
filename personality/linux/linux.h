/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/linux/linux.h: the Linux/x86-64 personality, shared among its files.
 *
 * The neutral ABI is this one, so most rows are the machine's own operation. What is here
 * is what the runtime must know: where memory lies, who runs, which signals have handlers,
 * which descriptors are its own.
 */
#ifndef FB_LINUX_PERSONALITY_H
#define FB_LINUX_PERSONALITY_H

#include "core/guest.h"
#include "core/personality.h"
#include "personality/sysargs.h"

extern const struct core_personality linux_personality;

#define SYS(nr, name, state, result, args, note) SYSARGS_PROTO(linux_##name, args)
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

/* sigframe.c */
long linux_signal_frame(struct core_thread *t, struct exo_frame *f, const struct core_action *a,
			const struct core_siginfo *si, const struct exo_event *ev, u64 mask);

/* file.c: the program's own path in place of /proc/self/exe; else path as it came. */
bool linux_is_self_exe(struct core_thread *t, guest_ptr path);

#endif
