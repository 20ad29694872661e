/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/contract.h: contracts, on the side of the processes that use them; contract.c
 * has the essay, keeper.h says who keeps them.
 */
#ifndef FB_ILLUMOS_CONTRACT_H
#define FB_ILLUMOS_CONTRACT_H

#include "core/guest.h"
#include "core/thread.h"
#include "personality/illumos/keeper_wire.h"

/* Everybody else is in this one: init's. */
#define ILLUMOS_CONTRACT_ROOT 1

/* Does this process, or one that it came from, use contracts? All that costs is behind this. */
static inline bool illumos_contracts(const struct core_thread *t)
{
	return UNLIKELY(t->proc->carried != 0);
}

/* What a child says of its birth. */
struct illumos_birth {
	i32 ppid;
	u32 lwp;
	i32 made;
};

/* Only when illumos_contracts() says so: before a fork, 0 or an error; and after it, with its
 * result, in both processes. */
long illumos_contract_forks(struct core_thread *t, struct illumos_birth *b);
void illumos_contract_forked(struct core_thread *t, const struct illumos_birth *b, long r);
/* b stays until the child has its own memory. */
void illumos_contract_vforks(struct core_thread *child, struct illumos_birth *b);
void illumos_contract_execs(struct core_thread *t);
void illumos_contract_exits(struct core_thread *t, int status);
void illumos_contract_kills(struct core_thread *t, i32 pid, int sig);
/* A child was waited for; status as the hub's wait4 has it. */
void illumos_contract_reaped(struct core_thread *t, i32 pid, u32 status);
/* A new LWP gets t's template. */
void illumos_contract_lwp(struct core_thread *t, i32 tid);

/* Which contract a process is in. */
i32 illumos_contract_of(struct core_thread *t, i32 pid);

/*
 * One request: text of q->len bytes goes with it, up to size bytes come back in data. 0 or a
 * negative error. start: if there is no keeper, there will be one.
 */
long illumos_keeper_ask(struct core_thread *t, struct keeper_request *q, const char *text,
			struct keeper_reply *a, void *data, u32 size, bool start);
/* A connection for a file, whose first request q is: its descriptor or an error. */
long illumos_keeper_open(struct core_thread *t, struct keeper_request *q, bool cloexec);
/* Is fd one? Then what the keeper calls it. */
bool illumos_keeper_file(int fd, u32 *object);
/* Requests that may wait: a connection, and one question by it. */
long illumos_keeper_dial(struct core_thread *t, bool start);
long illumos_keeper_talk(int s, struct keeper_request *q, const char *text, struct keeper_reply *a,
			 void *data, u32 size, bool waits);
void illumos_keeper_hang_up(int s);

/* ctfs.c: names below /system/contract. ILLUMOS_PROCFS_OTHER: it is no such name. */
long illumos_ctfs_open(struct core_thread *t, guest_ptr path, i32 flags);
long illumos_ctfs_stat(struct core_thread *t, guest_ptr path, bool follow, struct core_stat *st);
long illumos_ctfs_readlink(struct core_thread *t, guest_ptr path, char *text, u64 size);
/* fstat of a descriptor of those: false when it is none. */
bool illumos_ctfs_fstat(struct core_thread *t, int fd, struct core_stat *st);
/* getdents64, when the hub says it is no directory. */
long illumos_ctfs_getdents(int fd, guest_ptr buf, u64 nbyte);
/* ctfs_ioctl.c */
long illumos_ctfs_ioctl(struct core_thread *t, int fd, u32 request, guest_ptr arg);

#endif
