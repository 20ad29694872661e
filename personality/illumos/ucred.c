/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/ucred.c: credentials of processes and of peers. Of another process the host
 * tells the effective user and group alone, which stand for the others. Facts: ucred_get(3C),
 * getpeerucred(3C), usr/src/uts/common/syscall/ucredsys.c.
 */
#include "core/fd.h"
#include "core/socket.h"
#include "lib/mem.h"
#include "personality/illumos/convert_ucred.h"
#include "personality/illumos/illumos.h"

#define UCREDGET     0
#define GETPEERUCRED 1
#define P_MYID	     (-1)

struct scratch {
	u32 groups[ILLUMOS_UCRED_GROUPS];
	u8 built[ILLUMOS_UCRED_MAX];
};
_Static_assert(sizeof(struct scratch) <= EXO_SCRATCH_SIZE, "a ucred fits the scratch");

static long give(struct core_thread *t, const struct illumos_cred *c, guest_ptr out)
{
	struct scratch *s = exo_thread_scratch(&t->exo);
	u32 n = illumos_to_ucred(c, s->built, sizeof(s->built));

	return copy_to_guest(out, s->built, n);
}

static long own(struct core_thread *t, guest_ptr out)
{
	struct scratch *s = exo_thread_scratch(&t->exo);
	struct illumos_cred c = {.pid = t->pid, .groups = s->groups};
	long n = EXO_NOW(getgroups, ILLUMOS_UCRED_GROUPS, s->groups);

	c.ngroups = (u32)MAX(n, 0L);
	EXO_NOW(getresuid, &c.ruid, &c.euid, &c.suid);
	EXO_NOW(getresgid, &c.rgid, &c.egid, &c.sgid);
	return give(t, &c, out);
}

static long of_ids(struct core_thread *t, i32 pid, u32 uid, u32 gid, guest_ptr out)
{
	struct illumos_cred c = {pid, uid, uid, uid, gid, gid, gid, 1, &gid};

	return give(t, &c, out);
}

static long of_process(struct core_thread *t, i32 pid, guest_ptr out)
{
	struct core_stat st;
	char name[32];
	u32 me;

	if (pid == P_MYID || pid == t->pid)
		return own(t, out);
	if (pid < 0)
		return -CORE_EINVAL;
	fb_format(name, sizeof(name), "/proc/%d", pid);
	if (EXO_NOW(stat, name, &st) < 0)
		return -CORE_ESRCH;
	me = (u32)EXO_NOW(geteuid);
	if (me != 0 && me != st.st_uid)
		return -CORE_EPERM;
	return of_ids(t, pid, st.st_uid, st.st_gid, out);
}

static long of_peer(struct core_thread *t, int fd, guest_ptr out)
{
	struct core_ucred peer = {0};
	u32 len = sizeof(peer);
	long r = core_fd_hidden(fd) ? -CORE_EBADF : EXO_NOW(fcntl, fd, CORE_F_GETFD);

	if (r < 0)
		return r;
	if (!core_socket_is(fd, CORE_SO_DOMAIN, CORE_AF_UNIX)) {
		if (core_socket_option(fd, CORE_SO_TYPE) < 0)
			return -CORE_ILLUMOS_ENOTSUP;
		/* a peer of the internet's: nobody vouches for it */
		return core_socket_connected(fd) ? -CORE_ILLUMOS_ENOTSUP : -CORE_ENOTCONN;
	}
	r = EXO_NOW(getsockopt, fd, CORE_SOL_SOCKET, CORE_SO_PEERCRED, &peer, &len);
	if (r < 0 || peer.pid == 0)
		return -CORE_ENOTCONN;
	return of_ids(t, peer.pid, peer.uid, peer.gid, out);
}

long illumos_ucredsys(struct core_thread *t, INT code, ULONG object, OUT ucred)
{
	switch (code) {
	case UCREDGET:
		return of_process(t, (i32)object, ucred);
	case GETPEERUCRED:
		return of_peer(t, (int)object, ucred);
	default:
		return -CORE_EINVAL;
	}
}
