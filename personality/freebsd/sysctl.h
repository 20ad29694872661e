/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl.h: one sysctl request, one row of the tree, and what a row
 * may answer with.
 *
 * A handler writes its answer with freebsd_sysctl_out in as many pieces as it likes; what
 * does not fit is counted but not copied, and the request ends with ENOMEM. A request
 * without a buffer thus learns the size by the same path. Facts: sysctl(3), sysctl(9),
 * sys/sys/sysctl.h.
 */
#ifndef FB_FREEBSD_SYSCTL_H
#define FB_FREEBSD_SYSCTL_H

#include "core/guest.h"
#include "core/abi.h"
#include "core/thread.h"
#include "exo/info.h"
#include "personality/freebsd/abi_socket.h"
#include "personality/freebsd/abi_sysctl.h"

/* Bits of a row's kind beside its type (sys/sysctl.h). */
#define FREEBSD_CTLFLAG_RD	0x80000000u
#define FREEBSD_CTLFLAG_WR	0x40000000u
#define FREEBSD_CTLFLAG_ANYBODY 0x10000000u
#define FREEBSD_CTLFLAG_SKIP	0x01000000u
#define FREEBSD_CTLFLAG_TUN	0x00080000u
#define FREEBSD_CTLFLAG_MPSAFE	0x00040000u
#define FREEBSD_CTLFLAG_CAPRD	0x00008000u
#define FREEBSD_CTLFLAG_CAPWR	0x00004000u
#define FREEBSD_CTLFLAG_RW	(FREEBSD_CTLFLAG_RD | FREEBSD_CTLFLAG_WR)

/* What the rows of the handlers "limit", "memory" and "sysv_limit" ask for. */
enum freebsd_sysctl_limit {
	FREEBSD_SYSCTL_MAXVNODES,
	FREEBSD_SYSCTL_MAXPROC,
	FREEBSD_SYSCTL_MAXPROCPERUID,
	FREEBSD_SYSCTL_MAXFILES,
	FREEBSD_SYSCTL_MAXFILESPERPROC,
	FREEBSD_SYSCTL_SOMAXCONN,
};
enum freebsd_sysctl_memory {
	FREEBSD_SYSCTL_PHYSMEM,
	FREEBSD_SYSCTL_USERMEM,
	FREEBSD_SYSCTL_AVAILPAGES,
	FREEBSD_SYSCTL_SWAP,
};

/* What the rows of the handler "net_stats" ask for. */
enum freebsd_sysctl_netstat {
	FREEBSD_SYSCTL_TCPSTAT,
	FREEBSD_SYSCTL_UDPSTAT,
	FREEBSD_SYSCTL_IPSTAT,
	FREEBSD_SYSCTL_IP6STAT,
	FREEBSD_SYSCTL_ICMPSTAT,
	FREEBSD_SYSCTL_ICMP6STAT,
};

enum freebsd_sysctl_sysv {
	FREEBSD_SYSCTL_MSGMAX,
	FREEBSD_SYSCTL_MSGMNI,
	FREEBSD_SYSCTL_MSGMNB,
	FREEBSD_SYSCTL_MSGTQL,
	FREEBSD_SYSCTL_MSGSSZ,
	FREEBSD_SYSCTL_MSGSEG,
	FREEBSD_SYSCTL_SEMMNI,
	FREEBSD_SYSCTL_SEMMNS,
	FREEBSD_SYSCTL_SEMMNU,
	FREEBSD_SYSCTL_SEMMSL,
	FREEBSD_SYSCTL_SEMOPM,
	FREEBSD_SYSCTL_SEMUME,
	FREEBSD_SYSCTL_SEMUSZ,
	FREEBSD_SYSCTL_SEMVMX,
	FREEBSD_SYSCTL_SEMAEM,
	FREEBSD_SYSCTL_SHMMAX,
	FREEBSD_SYSCTL_SHMMIN,
	FREEBSD_SYSCTL_SHMMNI,
	FREEBSD_SYSCTL_SHMSEG,
	FREEBSD_SYSCTL_SHMALL,
};

struct freebsd_sysctl_row;

struct freebsd_sysctl {
	struct core_thread *t;
	guest_ptr old; /* no address: only the size is wanted */
	u64 oldlen;
	u64 oldidx;    /* bytes answered so far, fitting or not */
	guest_ptr new; /* no address: nothing to write */
	u64 newlen;
	const i32 *rest; /* what the name has beyond a node that answers for its subtree */
	u32 nrest;
	char *inside; /* the runtime asks: the answer goes here, not to old */
};

struct freebsd_sysctl_row {
	u8 depth;
	i32 number;
	u32 kind;
	const char *name;
	const char *format;
	const char *descr;
	/* Answers the request: 0 or -CORE_E. NULL: a node that is only a directory. */
	long (*handler)(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row);
	i64 value;
	const char *text;
};

/*
 * Addresses in a kernel, which some readers match, hash or take for "there is none" when
 * zero: names in the range of FreeBSD's direct map, the same for the same thing.
 */
enum freebsd_kva {
	FREEBSD_KVA_PROC = 1,
	FREEBSD_KVA_THREAD,
	FREEBSD_KVA_FDS,
	FREEBSD_KVA_MEMORY,
	FREEBSD_KVA_FILE,
	FREEBSD_KVA_VNODE,
	FREEBSD_KVA_SOCKET,
	FREEBSD_KVA_PCB,
	FREEBSD_KVA_PIPE, /* the end that reads; the other follows */
	FREEBSD_KVA_PIPE_WRITE,
};
static inline u64 freebsd_kernel_addr(enum freebsd_kva kind, u64 id)
{
	return 0xfffff80000000000UL | (id & 0xffffffffUL) << 8 | (u64)kind << 4;
}

/* Appends to the answer; 0, -CORE_ENOMEM when it did not fit whole, -CORE_EFAULT. */
long freebsd_sysctl_out(struct freebsd_sysctl *req, const void *data, u64 len);
/* Appends a number in the row's own width; a string and its NUL. */
long freebsd_sysctl_out_number(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row,
			       i64 value);
/* The same of a number that older releases had in 4 bytes: their programs get those. */
long freebsd_sysctl_out_widened(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row,
				i64 value);
long freebsd_sysctl_out_string(struct freebsd_sysctl *req, const char *s);

/* Asks as a guest would, from inside: how many bytes were answered, or -CORE_E. */
long freebsd_sysctl_ask(struct core_thread *t, const i32 *name, u32 len, void *buf, u64 size);
/* sysctl_process.c: the path of a process's program, ended by a NUL; its length or -CORE_E. */
long freebsd_process_program(const struct core_thread *t, i32 pid, char *path, u64 size);
/* Does it run under the same runtime? */
bool freebsd_is_guest(const struct core_thread *t, i32 pid);

/* The tree, in the order of its numbers (sysctl.c). */
extern const struct freebsd_sysctl_row freebsd_sysctl_rows[];
extern const u32 freebsd_sysctl_count;
/*
 * The row a numeric name leads to, as sysctl_find_oid of sys/kern/kern_sysctl.c finds it:
 * a node with a handler takes the rest of the name, *used counts what led to it. Or NULL
 * and *error (-CORE_ENOENT, -CORE_ENOTDIR).
 */
const struct freebsd_sysctl_row *freebsd_sysctl_find(const i32 *name, u32 len, u32 *used,
						     long *error);
/* The row's numeric name; its length. oid has FREEBSD_CTL_MAXNAME places. */
u32 freebsd_sysctl_oid(const struct freebsd_sysctl_row *row, i32 *oid);

/* The row of a dotted name in the guest's memory; 0 or -CORE_E (sysctl_meta.c). */
long freebsd_sysctl_by_name(guest_ptr name, u64 len, const struct freebsd_sysctl_row **row);

/* Every handler that sysctl.def names. */
#define NODE(depth, number, name, descr)
#define ASK(depth, number, name, access, fn, descr)                                                \
	long freebsd_sysctl_##fn(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row);
#define PROC(depth, number, name, type, access, format, fn, arg, descr)                            \
	long freebsd_sysctl_##fn(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row);
#define NUM(depth, number, name, type, access, value, descr)
#define TEXT(depth, number, name, access, text, descr)
#include "personality/freebsd/sysctl.def"
#undef NODE
#undef ASK
#undef PROC
#undef NUM
#undef TEXT

#endif
