/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/feuerbird/feuerbird.h: programs of FeuerBird's own interface.
 *
 * They are System V programs in everything but the call numbers; what they do with files,
 * memory and signals they do through the classes of the systems they borrow from. A
 * handler's frame is that of the class whose call installed it.
 */
#ifndef FB_FEUERBIRD_H
#define FB_FEUERBIRD_H

#include "core/personality.h"
#include "personality/sysargs.h"

extern const struct core_personality feuerbird_personality;

#define SYS(nr, name, state, result, args, note) SYSARGS_PROTO(feuerbird_##name, args)
#include "personality/feuerbird/syscalls.def"
#undef SYS

#endif
