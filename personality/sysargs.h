/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/sysargs.h: the argument types that rows of a syscalls.def use, and how a
 * row becomes a prototype and a typed thunk.
 *
 * A row says `(PATH path, OFLAGS flags, MODE mode)`. As it stands that is a C parameter
 * list, because each type word is a typedef here; pasted to NAME_ it leaves only the
 * parameter's name, which is all a thunk needs to call the handler; pasted to NR_ it becomes the
 * number of the word, for the tracer. trace/words.def lists the words.
 */
#ifndef FB_PERSONALITY_SYSARGS_H
#define FB_PERSONALITY_SYSARGS_H

#include "core/guest_ptr.h"
#include "exo/exo.h"
#include "trace/words.h"

#define WORD(name, type, take, size) typedef type name;
#include "trace/words.def"
#undef WORD

/* A word and the name behind it: the name alone, for NAME_; the word as a number, for NR_. */
#define NAME_FD
#define NAME_PATH
#define NAME_STR
#define NAME_IN
#define NAME_OUT
#define NAME_OUTSTR
#define NAME_INOUT
#define NAME_ARGV
#define NAME_ENVP
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
#define NAME_ACCMODE
#define NAME_WHENCE
#define NAME_FCNTLCMD
#define NAME_WAITFLAGS
#define NAME_SIGHOW
#define NAME_SOCKLEVEL
#define NAME_SOCKOPT
#define NAME_SHUTHOW
#define NAME_MADVICE
#define NAME_RESOURCE
#define NAME_RUSAGEWHO
#define NAME_UMTXOP
#define NAME_FUTEXOP
#define NAME_CLONEFLAGS
#define NAME_IDTYPE
#define NAME_ITIMER
#define NAME_EPOLLOP
#define NAME_ADDRESS
#define NAME_RANDOMFLAGS
#define NAME_ARCHOP
#define NAME_FADVICE
#define NAME_FLOCKOP
#define NAME_CREATEFLAGS
#define NAME_SIGNO
#define NAME_HANDLER
#define NAME_INTP
#define NAME_LONGP
#define NAME_LENP
#define NAME_SIZEP
#define NAME_STATUSP
#define NAME_FDPAIR
#define NAME_TIMESPEC
#define NAME_TIMESPEC_OUT
#define NAME_TIMESPECS
#define NAME_TIMEVAL
#define NAME_TIMEVAL_OUT
#define NAME_TIMEVALS
#define NAME_ITIMERVAL
#define NAME_ITIMERVAL_OUT
#define NAME_ITIMERSPEC
#define NAME_ITIMERSPEC_OUT
#define NAME_STAT
#define NAME_STATX
#define NAME_STATFS
#define NAME_RUSAGE
#define NAME_RLIMIT
#define NAME_RLIMIT_OUT
#define NAME_SIGSET
#define NAME_SIGSET_OUT
#define NAME_SIGACT
#define NAME_SIGACT_OUT
#define NAME_SIGINFO
#define NAME_SIGINFO_OUT
#define NAME_STACKT
#define NAME_STACKT_OUT
#define NAME_SOCKADDR
#define NAME_SOCKADDR_OUT
#define NAME_MSGHDR
#define NAME_MSGHDR_OUT
#define NAME_MMSGHDR
#define NAME_MMSGHDR_OUT
#define NAME_DIRENTS
#define NAME_DIRENTS_OLD
#define NAME_FCNTLARG
#define NAME_IOCTLDATA
#define NAME_SYSCTLOLD
#define NAME_SIGSETP
#define NAME_IOVEC
#define NAME_IOVEC_OUT
#define NAME_POLLFD
#define NAME_KEVENT
#define NAME_KEVENT_OUT
#define NAME_EPOLL
#define NAME_EPOLL_OUT
#define NAME_KEVENT11
#define NAME_KEVENT11_OUT
#define NAME_OPTVAL
#define NAME_OPTVAL_OUT
#define NAME_FDSET
#define NAME_UTSNAME
#define NAME_SYSINFO
#define NAME_MIB
#define NAME_TIMES
#define NAME_UTIMBUF
#define NAME_TIMEB
#define NAME_SGTTYB
#define NAME_SGTTYB_OUT
#define NAME_IOCTLARG
#define NAME_CLONEARGS

#define NR_FD WORD_FD + 0 * sizeof(void (*)(int
#define NR_PATH WORD_PATH + 0 * sizeof(void (*)(int
#define NR_STR WORD_STR + 0 * sizeof(void (*)(int
#define NR_IN WORD_IN + 0 * sizeof(void (*)(int
#define NR_OUT WORD_OUT + 0 * sizeof(void (*)(int
#define NR_OUTSTR WORD_OUTSTR + 0 * sizeof(void (*)(int
#define NR_INOUT WORD_INOUT + 0 * sizeof(void (*)(int
#define NR_ARGV WORD_ARGV + 0 * sizeof(void (*)(int
#define NR_ENVP WORD_ENVP + 0 * sizeof(void (*)(int
#define NR_ADDR WORD_ADDR + 0 * sizeof(void (*)(int
#define NR_SIZE WORD_SIZE + 0 * sizeof(void (*)(int
#define NR_OFF WORD_OFF + 0 * sizeof(void (*)(int
#define NR_INT WORD_INT + 0 * sizeof(void (*)(int
#define NR_UINT WORD_UINT + 0 * sizeof(void (*)(int
#define NR_HEX WORD_HEX + 0 * sizeof(void (*)(int
#define NR_LONG WORD_LONG + 0 * sizeof(void (*)(int
#define NR_ULONG WORD_ULONG + 0 * sizeof(void (*)(int
#define NR_OFLAGS WORD_OFLAGS + 0 * sizeof(void (*)(int
#define NR_ATFLAGS WORD_ATFLAGS + 0 * sizeof(void (*)(int
#define NR_MODE WORD_MODE + 0 * sizeof(void (*)(int
#define NR_DEV WORD_DEV + 0 * sizeof(void (*)(int
#define NR_PID WORD_PID + 0 * sizeof(void (*)(int
#define NR_UID WORD_UID + 0 * sizeof(void (*)(int
#define NR_GID WORD_GID + 0 * sizeof(void (*)(int
#define NR_SIG WORD_SIG + 0 * sizeof(void (*)(int
#define NR_CLOCKID WORD_CLOCKID + 0 * sizeof(void (*)(int
#define NR_PROT WORD_PROT + 0 * sizeof(void (*)(int
#define NR_MAPFLAGS WORD_MAPFLAGS + 0 * sizeof(void (*)(int
#define NR_FAMILY WORD_FAMILY + 0 * sizeof(void (*)(int
#define NR_SOCKTYPE WORD_SOCKTYPE + 0 * sizeof(void (*)(int
#define NR_MSGFLAGS WORD_MSGFLAGS + 0 * sizeof(void (*)(int
#define NR_IOCTL WORD_IOCTL + 0 * sizeof(void (*)(int
#define NR_ACCMODE WORD_ACCMODE + 0 * sizeof(void (*)(int
#define NR_WHENCE WORD_WHENCE + 0 * sizeof(void (*)(int
#define NR_FCNTLCMD WORD_FCNTLCMD + 0 * sizeof(void (*)(int
#define NR_WAITFLAGS WORD_WAITFLAGS + 0 * sizeof(void (*)(int
#define NR_SIGHOW WORD_SIGHOW + 0 * sizeof(void (*)(int
#define NR_SOCKLEVEL WORD_SOCKLEVEL + 0 * sizeof(void (*)(int
#define NR_SOCKOPT WORD_SOCKOPT + 0 * sizeof(void (*)(int
#define NR_SHUTHOW WORD_SHUTHOW + 0 * sizeof(void (*)(int
#define NR_MADVICE WORD_MADVICE + 0 * sizeof(void (*)(int
#define NR_RESOURCE WORD_RESOURCE + 0 * sizeof(void (*)(int
#define NR_RUSAGEWHO WORD_RUSAGEWHO + 0 * sizeof(void (*)(int
#define NR_UMTXOP WORD_UMTXOP + 0 * sizeof(void (*)(int
#define NR_FUTEXOP WORD_FUTEXOP + 0 * sizeof(void (*)(int
#define NR_CLONEFLAGS WORD_CLONEFLAGS + 0 * sizeof(void (*)(int
#define NR_IDTYPE WORD_IDTYPE + 0 * sizeof(void (*)(int
#define NR_ITIMER WORD_ITIMER + 0 * sizeof(void (*)(int
#define NR_EPOLLOP WORD_EPOLLOP + 0 * sizeof(void (*)(int
#define NR_ADDRESS WORD_ADDRESS + 0 * sizeof(void (*)(int
#define NR_RANDOMFLAGS WORD_RANDOMFLAGS + 0 * sizeof(void (*)(int
#define NR_ARCHOP WORD_ARCHOP + 0 * sizeof(void (*)(int
#define NR_FADVICE WORD_FADVICE + 0 * sizeof(void (*)(int
#define NR_FLOCKOP WORD_FLOCKOP + 0 * sizeof(void (*)(int
#define NR_CREATEFLAGS WORD_CREATEFLAGS + 0 * sizeof(void (*)(int
#define NR_SIGNO WORD_SIGNO + 0 * sizeof(void (*)(int
#define NR_HANDLER WORD_HANDLER + 0 * sizeof(void (*)(int
#define NR_INTP WORD_INTP + 0 * sizeof(void (*)(int
#define NR_LONGP WORD_LONGP + 0 * sizeof(void (*)(int
#define NR_LENP WORD_LENP + 0 * sizeof(void (*)(int
#define NR_SIZEP WORD_SIZEP + 0 * sizeof(void (*)(int
#define NR_STATUSP WORD_STATUSP + 0 * sizeof(void (*)(int
#define NR_FDPAIR WORD_FDPAIR + 0 * sizeof(void (*)(int
#define NR_TIMESPEC WORD_TIMESPEC + 0 * sizeof(void (*)(int
#define NR_TIMESPEC_OUT WORD_TIMESPEC_OUT + 0 * sizeof(void (*)(int
#define NR_TIMESPECS WORD_TIMESPECS + 0 * sizeof(void (*)(int
#define NR_TIMEVAL WORD_TIMEVAL + 0 * sizeof(void (*)(int
#define NR_TIMEVAL_OUT WORD_TIMEVAL_OUT + 0 * sizeof(void (*)(int
#define NR_TIMEVALS WORD_TIMEVALS + 0 * sizeof(void (*)(int
#define NR_ITIMERVAL WORD_ITIMERVAL + 0 * sizeof(void (*)(int
#define NR_ITIMERVAL_OUT WORD_ITIMERVAL_OUT + 0 * sizeof(void (*)(int
#define NR_ITIMERSPEC WORD_ITIMERSPEC + 0 * sizeof(void (*)(int
#define NR_ITIMERSPEC_OUT WORD_ITIMERSPEC_OUT + 0 * sizeof(void (*)(int
#define NR_STAT WORD_STAT + 0 * sizeof(void (*)(int
#define NR_STATX WORD_STATX + 0 * sizeof(void (*)(int
#define NR_STATFS WORD_STATFS + 0 * sizeof(void (*)(int
#define NR_RUSAGE WORD_RUSAGE + 0 * sizeof(void (*)(int
#define NR_RLIMIT WORD_RLIMIT + 0 * sizeof(void (*)(int
#define NR_RLIMIT_OUT WORD_RLIMIT_OUT + 0 * sizeof(void (*)(int
#define NR_SIGSET WORD_SIGSET + 0 * sizeof(void (*)(int
#define NR_SIGSET_OUT WORD_SIGSET_OUT + 0 * sizeof(void (*)(int
#define NR_SIGACT WORD_SIGACT + 0 * sizeof(void (*)(int
#define NR_SIGACT_OUT WORD_SIGACT_OUT + 0 * sizeof(void (*)(int
#define NR_SIGINFO WORD_SIGINFO + 0 * sizeof(void (*)(int
#define NR_SIGINFO_OUT WORD_SIGINFO_OUT + 0 * sizeof(void (*)(int
#define NR_STACKT WORD_STACKT + 0 * sizeof(void (*)(int
#define NR_STACKT_OUT WORD_STACKT_OUT + 0 * sizeof(void (*)(int
#define NR_SOCKADDR WORD_SOCKADDR + 0 * sizeof(void (*)(int
#define NR_SOCKADDR_OUT WORD_SOCKADDR_OUT + 0 * sizeof(void (*)(int
#define NR_MSGHDR WORD_MSGHDR + 0 * sizeof(void (*)(int
#define NR_MSGHDR_OUT WORD_MSGHDR_OUT + 0 * sizeof(void (*)(int
#define NR_MMSGHDR WORD_MMSGHDR + 0 * sizeof(void (*)(int
#define NR_MMSGHDR_OUT WORD_MMSGHDR_OUT + 0 * sizeof(void (*)(int
#define NR_DIRENTS WORD_DIRENTS + 0 * sizeof(void (*)(int
#define NR_DIRENTS_OLD WORD_DIRENTS_OLD + 0 * sizeof(void (*)(int
#define NR_FCNTLARG WORD_FCNTLARG + 0 * sizeof(void (*)(int
#define NR_IOCTLDATA WORD_IOCTLDATA + 0 * sizeof(void (*)(int
#define NR_SYSCTLOLD WORD_SYSCTLOLD + 0 * sizeof(void (*)(int
#define NR_SIGSETP WORD_SIGSETP + 0 * sizeof(void (*)(int
#define NR_IOVEC WORD_IOVEC + 0 * sizeof(void (*)(int
#define NR_IOVEC_OUT WORD_IOVEC_OUT + 0 * sizeof(void (*)(int
#define NR_POLLFD WORD_POLLFD + 0 * sizeof(void (*)(int
#define NR_KEVENT WORD_KEVENT + 0 * sizeof(void (*)(int
#define NR_KEVENT_OUT WORD_KEVENT_OUT + 0 * sizeof(void (*)(int
#define NR_EPOLL WORD_EPOLL + 0 * sizeof(void (*)(int
#define NR_EPOLL_OUT WORD_EPOLL_OUT + 0 * sizeof(void (*)(int
#define NR_KEVENT11 WORD_KEVENT11 + 0 * sizeof(void (*)(int
#define NR_KEVENT11_OUT WORD_KEVENT11_OUT + 0 * sizeof(void (*)(int
#define NR_OPTVAL WORD_OPTVAL + 0 * sizeof(void (*)(int
#define NR_OPTVAL_OUT WORD_OPTVAL_OUT + 0 * sizeof(void (*)(int
#define NR_FDSET WORD_FDSET + 0 * sizeof(void (*)(int
#define NR_UTSNAME WORD_UTSNAME + 0 * sizeof(void (*)(int
#define NR_SYSINFO WORD_SYSINFO + 0 * sizeof(void (*)(int
#define NR_MIB WORD_MIB + 0 * sizeof(void (*)(int
#define NR_TIMES WORD_TIMES + 0 * sizeof(void (*)(int
#define NR_UTIMBUF WORD_UTIMBUF + 0 * sizeof(void (*)(int
#define NR_TIMEB WORD_TIMEB + 0 * sizeof(void (*)(int
#define NR_SGTTYB WORD_SGTTYB + 0 * sizeof(void (*)(int
#define NR_SGTTYB_OUT WORD_SGTTYB_OUT + 0 * sizeof(void (*)(int
#define NR_IOCTLARG WORD_IOCTLARG + 0 * sizeof(void (*)(int
#define NR_CLONEARGS WORD_CLONEARGS + 0 * sizeof(void (*)(int

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

#define SYSARGS_WORD_(i, x) NR_##x)),

/* SYSARGS_WORDS((list)): the numbers of the words, for a row of core_personality.words. */
#define SYSARGS_WORDS(list)                                                                        \
	{                                                                                          \
		SYSARGS_EACH(SYSARGS_WORD_, SYSARGS_UNPACK list)                                   \
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
