/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/posix.h: what the systems of the POSIX family show alike, each by its own numbers.
 */
#ifndef FB_CLI_TRACE_POSIX_H
#define FB_CLI_TRACE_POSIX_H

#include "cli/trace/value.h"

enum list {
	LIST_OFLAGS,
	LIST_ACCESS,
	LIST_PROT,
	LIST_MAP,
	LIST_AT,
	LIST_WHENCE,
	LIST_FCNTL,
	LIST_WAIT,
	LIST_SIGHOW,
	LIST_SHUT,
	LIST_FAMILY,
	LIST_SOCKTYPE,
	LIST_SOCKFLAG,
	LIST_MSG,
	LIST_SOCKOPT,
	LIST_MADV,
	LIST_RLIMIT,
	LIST_RUSAGE,
	LIST_CLOCK,
	LIST_ITIMER,
	LIST_FLOCK,
	LIST_POLL,
	LIST_SA,
	LIST_EPOLLOP,
	LIST_EPOLL,
	LIST_CLONE,
	LIST_UMTX,
	LIST_FUTEX,
	LIST_IPPROTO,
	LIST_TCP,
	LIST_EVFILT,
	LIST_EV,
	LIST_IDTYPE,
	LIST_IOCTL,
	LIST_SCM,
	LIST_IP,
	LIST_IPV6,
	LIST_FLOCKTYPE,
	LIST_SS,
	LIST_COUNT
};

/* A struct stat's members, by a system's layout. */
struct posix_stat {
	u32 mode;
	u64 size, rdev;
};

struct posix {
	struct {
		const struct flag *f;
		u32 n;
	} list[LIST_COUNT];
	i32 at_fdcwd;
	u32 accmode; /* the bits of open's flags that say how */
	i32 sol_socket;
	bool sa_len; /* a sockaddr begins with its length */
	/* A set of signals: bits in words of 32. A sigaction's members: offsets. */
	u32 set_words;
	struct {
		u8 handler, flags, mask, size;
		u8 restorer; /* 0: there is none */
	} sigaction;
	/* Control data of messages: what they are aligned to, and whether lengths have 64 bits. */
	u32 scm_rights;
	u8 cmsg_align;
	bool wide_control;
	i64 utime_now, utime_omit;
	bool time_left; /* select and poll write back what is left of their time */
	/* Members of a struct flock and of a stack_t: offsets. */
	struct {
		u8 type, whence, start, len;
	} flock;
	struct {
		u8 flags, size;
	} stack;
	bool (*siginfo)(struct text *t, const struct event *e, const void *at, u32 n);
	/* What an ioctl's argument points at; false: nothing that is known. */
	bool (*ioctl)(struct text *t, const struct event *e, const struct posix *p, u64 request,
		      struct shown_data d);
	/* False: not to be had from n bytes. */
	bool (*stat)(struct posix_stat *s, const struct event *e, const void *p, u32 n);
	/* A signal of the system's numbers, by name. */
	const char *(*signal)(int number);
};

extern const struct posix linux_posix, freebsd_posix, illumos_posix;
/* That of a personality; NULL: it has no names. */
const struct posix *posix_of(const struct abi *a);
/* The value that is called `name`, 0: none is. */
u64 posix_value_named(const struct posix *p, enum list l, const char *name);
/* The name of a value, NULL: it has none. */
const char *posix_name_of(const struct posix *p, enum list l, u64 v);

/* Shows argument i by its word; false: the word says nothing that is known here. */
bool posix_value(struct text *t, const struct event *e, u32 i, const struct posix *p);

/* The value of a name in any of its lists; false: it has none. */
bool posix_named(const struct posix *p, const char *name, u64 *value);

void posix_flags(struct text *t, const struct posix *p, enum list l, u64 v, const char *none);
void posix_name(struct text *t, const struct posix *p, enum list l, i64 v);
/* O_RDONLY|O_CLOEXEC */
void posix_open_flags(struct text *t, const struct posix *p, u32 v);
/* [INT TERM] */
void posix_sigset(struct text *t, const struct posix *p, const void *set, u32 n);
/* {tv_sec=1, tv_nsec=0}; unit: "tv_nsec" or "tv_usec" */
void posix_time(struct text *t, const void *at, const char *unit);
/* SOL_SOCKET */
void posix_level(struct text *t, const struct posix *p, i32 level);
/* {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")} */
void posix_sockaddr(struct text *t, const struct posix *p, const u8 *at, u32 n);

#endif
