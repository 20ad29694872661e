/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/services.c: the kernel's half of NFS, of RPC and of the mapping of Windows's
 * identities: nfssys, rpcmod and sidsys.
 *
 * No daemon has ever told this kernel of itself, no credentials are kept for servers, and no file
 * system is served: who asks about that gets the answer of a kernel where it is so. Who may not
 * is told that; root's wishes to serve are not supported.
 *
 * Facts: usr/src/uts/common/fs/nfs/nfs_sys.c, nfs/nfssys.h, common/rpc/{rpcsys.c,rpcsys.h,
 * sec/sec_clnt.c}, common/syscall/sidsys.c, sys/sid.h, rpc/auth.h.
 */
#include "core/fd.h"
#include "personality/illumos/priv.h"

enum {
	NFS_REVAUTH = 5,
	KILL_LOCKMGR = 8,
	NFS4_SVC = 15,
	NFS4_CLR_STATE = 17,
	NFS4_SVC_REQUEST_QUIESCE = 19,
	NFS4_DSS_SETPATHS = 21,
	NFSCMD_ARGS = 25,
};

#define AUTH_DES   3
#define RPCSEC_GSS 6

/* sec_clnt_revoke(): there is nothing to forget. mechanism: the address of one, of RPCSEC_GSS. */
static long forget(struct core_thread *t, i32 flavor, u32 uid, u64 mechanism)
{
	struct {
		u32 length, pad;
		u64 elements;
	} mech;
	u8 bytes[64];

	if (uid != (u32)EXO_NOW(geteuid) && !illumos_priv_has(t, ILLUMOS_PRIV_SYS_NFS))
		return -CORE_EPERM;
	if (flavor == AUTH_DES)
		return 0;
	if (flavor != RPCSEC_GSS || !mechanism)
		return -CORE_EINVAL;
	if (copy_from_guest(&mech, gp(illumos_fence(mechanism)), sizeof(mech)) < 0)
		return -CORE_EFAULT;
	if (mech.length < 1 || mech.length > sizeof(bytes))
		return -CORE_EINVAL;
	return copy_from_guest(bytes, gp(illumos_fence(mech.elements)), mech.length) < 0
		   ? -CORE_EFAULT
		   : 0;
}

long illumos_nfssys(struct core_thread *t, INT opcode, INOUT arg)
{
	u32 words[2];

	if (opcode != NFS_REVAUTH && opcode != NFS4_SVC &&
	    !illumos_priv_has(t, ILLUMOS_PRIV_SYS_NFS))
		return -CORE_EPERM;
	switch (opcode) {
	case NFS_REVAUTH:
		if (copy_from_guest(words, arg, sizeof(words)) < 0)
			return -CORE_EFAULT;
		return forget(t, (i32)words[0], words[1], 0);
	case NFS4_CLR_STATE: /* nobody serves: nothing is to be cleared */
	case KILL_LOCKMGR:
		return 0;
	case NFS4_SVC_REQUEST_QUIESCE:
	case NFS4_DSS_SETPATHS:
		return -CORE_ILLUMOS_ENOTSUP; /* as without nfssrv */
	default:
		return opcode < 0 || opcode > NFSCMD_ARGS ? -CORE_EINVAL : -CORE_ILLUMOS_ENOTSUP;
	}
}

#define KRPC_REVAUTH 0

long illumos_rpcmod(struct core_thread *t, INT opcode, INOUT arg)
{
	struct {
		i32 version, pad;
		u32 uid;
		i32 flavor;
		u64 data;
	} in;

	if (opcode != KRPC_REVAUTH)
		return -CORE_EINVAL;
	if (copy_from_guest(&in, arg, sizeof(in)) < 0)
		return -CORE_EFAULT;
	return forget(t, in.flavor, in.uid, in.data);
}

enum { SIDSYS_ALLOC_IDS, SIDSYS_IDMAP_REG, SIDSYS_IDMAP_UNREG, SIDSYS_IDMAP_FLUSH_KCACHE };

/* secpolicy_idmap() wants all there are. */
static long register_mapper(struct core_thread *t, i32 fd)
{
	if (!illumos_priv_has_all(t))
		return -CORE_EPERM;
	if (core_fd_hidden(fd) || EXO(fcntl, fd, CORE_F_GETFD) < 0)
		return -CORE_EBADF;
	return -CORE_ILLUMOS_ENOTSUP;
}

long illumos_sidsys(struct core_thread *t, INT op, INT flag, INT nuids, INT ngids)
{
	(void)nuids, (void)ngids;
	switch (op) {
	case SIDSYS_ALLOC_IDS:
	case SIDSYS_IDMAP_FLUSH_KCACHE:
		return -CORE_EPERM; /* of the daemon alone, and there is none */
	case SIDSYS_IDMAP_REG:
		return register_mapper(t, flag);
	default: /* SIDSYS_IDMAP_UNREG as well: it is no door of the daemon's */
		return -CORE_EINVAL;
	}
}
