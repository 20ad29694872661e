/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/sysargs.h: the argument types that rows of a syscalls.def use, and how a
 * row becomes a prototype and a typed thunk.
 *
 * A row says `(PATH path, OFLAGS flags, MODE mode)`. As it stands that is a C parameter
 * list, because each type word is a typedef here; pasted to NAME_ it leaves only the
 * parameter's name, which is all a thunk needs to call the handler. The tracer reads the
 * same words as text. Words for pointers say which way the data goes.
 */
#ifndef FB_PERSONALITY_SYSARGS_H
#define FB_PERSONALITY_SYSARGS_H

#include "core/guest_ptr.h"
#include "exo/exo.h"

typedef i32 FD;		/* descriptor */
typedef guest_ptr PATH; /* NUL-terminated path */
typedef guest_ptr STR;	/* NUL-terminated string, not a path */
typedef guest_ptr IN;	/* bytes or a structure the call reads */
typedef guest_ptr OUT;	/* bytes or a structure the call writes */
typedef guest_ptr INOUT;
typedef guest_ptr ARGV; /* NULL-terminated vector of strings */
typedef u64 ADDR;	/* an address as such: mmap, entry points */
typedef u64 SIZE;
typedef i64 OFF;
typedef i32 INT;
typedef u32 UINT;
typedef u32 HEX; /* an unsigned whose bits matter */
typedef i64 LONG;
typedef u64 ULONG;
typedef i32 OFLAGS; /* open(2) flags */
typedef i32 ATFLAGS;
typedef u32 MODE;
typedef u64 DEV;
typedef i32 PID;
typedef u32 UID;
typedef u32 GID;
typedef i32 SIG;
typedef i32 CLOCKID;
typedef i32 PROT;
typedef i32 MAPFLAGS;
typedef i32 FAMILY; /* socket(2) domain */
typedef i32 SOCKTYPE;
typedef i32 MSGFLAGS;
typedef u64 IOCTL; /* ioctl(2) request */

#define NAME_FD
#define NAME_PATH
#define NAME_STR
#define NAME_IN
#define NAME_OUT
#define NAME_INOUT
#define NAME_ARGV
#define NAME_ADDR
#define NAME_SIZE
#define NAME_OFF
#define NAME_INT
#define NAME_UINT
#define NAME_HEX
#define NAME_LONG
#define NAME_ULONG
#define NAME_OFLAGS
#define NAME_ATFLAGS
#define NAME_MODE
#define NAME_DEV
#define NAME_PID
#define NAME_UID
#define NAME_GID
#define NAME_SIG
#define NAME_CLOCKID
#define NAME_PROT
#define NAME_MAPFLAGS
#define NAME_FAMILY
#define NAME_SOCKTYPE
#define NAME_MSGFLAGS
#define NAME_IOCTL

/* SYSARGS_EACH(M, list): M(i, element) for each of up to eight elements. */
#define SYSARGS_COUNT_(a, b, c, d, e, f, g, h, n, ...) n
#define SYSARGS_COUNT(...)			       SYSARGS_COUNT_(__VA_ARGS__ __VA_OPT__(, ) 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define SYSARGS_0(M)
#define SYSARGS_1(M, a)			     M(0, a)
#define SYSARGS_2(M, a, b)		     SYSARGS_1(M, a) M(1, b)
#define SYSARGS_3(M, a, b, c)		     SYSARGS_2(M, a, b) M(2, c)
#define SYSARGS_4(M, a, b, c, d)	     SYSARGS_3(M, a, b, c) M(3, d)
#define SYSARGS_5(M, a, b, c, d, e)	     SYSARGS_4(M, a, b, c, d) M(4, e)
#define SYSARGS_6(M, a, b, c, d, e, f)	     SYSARGS_5(M, a, b, c, d, e) M(5, f)
#define SYSARGS_7(M, a, b, c, d, e, f, g)    SYSARGS_6(M, a, b, c, d, e, f) M(6, g)
#define SYSARGS_8(M, a, b, c, d, e, f, g, h) SYSARGS_7(M, a, b, c, d, e, f, g) M(7, h)
#define SYSARGS_CAT_(a, b)		     a##b
#define SYSARGS_CAT(a, b)		     SYSARGS_CAT_(a, b)
#define SYSARGS_EACH_(n, M, ...)	     SYSARGS_CAT(SYSARGS_, n)(M __VA_OPT__(, ) __VA_ARGS__)
#define SYSARGS_EACH(M, ...)		     SYSARGS_EACH_(SYSARGS_COUNT(__VA_ARGS__), M, __VA_ARGS__)

#define SYSARGS_COMMA_DECL_(i, x) , x
#define SYSARGS_COMMA_NAME_(i, x) , NAME_##x
#define SYSARGS_LOAD_(i, x)                                                                        \
	x = {args[i]};                                                                             \
	_Generic(NAME_##x, guest_ptr : sysargs_fence, default : sysargs_pass)(&NAME_##x);

/*
 * A pointer beyond what guests may have is the runtime's or nobody's. Handed to the host in
 * place it could make a read overwrite the runtime: it becomes one that faults everywhere.
 */
static inline void sysargs_fence(void *p)
{
	guest_ptr *g = p;

	if (g->addr >= EXO_GUEST_HIGH)
		g->addr = ~0UL;
}

static inline void sysargs_pass(void *p)
{
	(void)p;
}

/* SYSARGS_PROTO(fn, (list)) and SYSARGS_THUNK(fn, (list)); SYSARGS_UNPACK strips the brackets. */
#define SYSARGS_UNPACK(...) __VA_ARGS__
#define SYSARGS_PROTO(fn, list)                                                                    \
	long fn(struct core_thread *t SYSARGS_EACH(SYSARGS_COMMA_DECL_, SYSARGS_UNPACK list));
#define SYSARGS_THUNK(fn, list)                                                                    \
	static long thunk_##fn(struct core_thread *t, const u64 *args)                             \
	{                                                                                          \
		(void)args;                                                                        \
		SYSARGS_EACH(SYSARGS_LOAD_, SYSARGS_UNPACK list)                                   \
		return fn(t SYSARGS_EACH(SYSARGS_COMMA_NAME_, SYSARGS_UNPACK list));               \
	}

#endif
