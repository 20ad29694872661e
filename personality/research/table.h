/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/table.h: how a row of these systems' tables becomes a prototype, a
 * thunk, a row of the dispatch table and the shape of its arguments.
 *
 *	OLD(nr, name, handler, state, result, where, (arguments), note)
 *	LACK(nr, name, result, where, (arguments), note)	not here yet
 *	NONE(nr, name, reason, note)				no call of that system
 *
 * where: INLINE, the words follow the instruction; R0 and R0R1, the first one or two are in
 * registers; STACK, all are above the return address. Arguments are of the types of
 * personality/sysargs.h; a word each, but OFF and LONG are two. A result of ERR is none: r0
 * stays what it was.
 */
#ifndef FB_PERSONALITY_RESEARCH_TABLE_H
#define FB_PERSONALITY_RESEARCH_TABLE_H

#include "personality/research/research.h"
#include "personality/sysargs.h"

#define RESEARCH_REGS_INLINE 0
#define RESEARCH_REGS_R0     1
#define RESEARCH_REGS_R0R1   2
#define RESEARCH_REGS_STACK  0

#define RESEARCH_KEEPS_ERR  true
#define RESEARCH_KEEPS_INT  false
#define RESEARCH_KEEPS_FD   false
#define RESEARCH_KEEPS_PID  false
#define RESEARCH_KEEPS_UID  false
#define RESEARCH_KEEPS_GID  false
#define RESEARCH_KEEPS_SIZE false
#define RESEARCH_KEEPS_OFF  false
#define RESEARCH_KEEPS_LONG false
#define RESEARCH_KEEPS_MODE false
#define RESEARCH_KEEPS_ADDR false

/* One argument after the other from its words. */
static inline void research_take_pointer(void *p, const u64 **w)
{
	*(guest_ptr *)p = research_at((u16) * (*w)++);
}

static inline void research_take_signed(void *p, const u64 **w)
{
	*(i32 *)p = (i16) * (*w)++;
}

static inline void research_take_unsigned(void *p, const u64 **w)
{
	*(u32 *)p = (u16) * (*w)++;
}

static inline void research_take_long(void *p, const u64 **w)
{
	*(i64 *)p = (i32)((u32)(u16)(*w)[0] << 16 | (u16)(*w)[1]);
	*w += 2;
}

#define RESEARCH_LOAD_(i, x)                                                                       \
	x;                                                                                         \
	_Generic(NAME_##x, guest_ptr                                                               \
		 : research_take_pointer, i32                                                      \
		 : research_take_signed, u32                                                       \
		 : research_take_unsigned, i64                                                     \
		 : research_take_long)(&NAME_##x, &args);
#define RESEARCH_THUNK(name, fn, list)                                                             \
	static long thunk_##name(struct core_thread *t, const u64 *args)                           \
	{                                                                                          \
		(void)args;                                                                        \
		SYSARGS_EACH(RESEARCH_LOAD_, SYSARGS_UNPACK list)                                  \
		return fn(t SYSARGS_EACH(SYSARGS_COMMA_NAME_, SYSARGS_UNPACK list));               \
	}

/* How many words the arguments of a list are. */
#define RESEARCH_PLUS_(i, x) +_Generic(((struct { x; } *)0)->NAME_##x, i64 : 2, default : 1)
#define RESEARCH_WORDS(list) (0 SYSARGS_EACH(RESEARCH_PLUS_, SYSARGS_UNPACK list))

#define RESEARCH_STATE_FULL    CORE_CALL_FULL
#define RESEARCH_STATE_PARTIAL CORE_CALL_PARTIAL

#endif
