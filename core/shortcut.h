/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/shortcut.h: the calls that nobody watches keep their short way through entry.S, in a program
 * that is traced or audited.
 */
#ifndef FB_CORE_SHORTCUT_H
#define FB_CORE_SHORTCUT_H

struct core_thread;
struct core_personality;

/* Sets exo.calls and exo.call_count of a thread whose personality abi is. To be called only while
 * trace_on(). */
void core_shortcut(struct core_thread *t, const struct core_personality *abi);

#endif
