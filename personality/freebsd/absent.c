/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/absent.c: parts of FreeBSD's kernel that an administrator may leave
 * out, answered as a kernel without them does; and what an ordinary user is refused.
 *
 * Without options CAPABILITIES, MAC, AUDIT, RCTL, FFCLOCK and REGRESSION the calls are still in
 * the table and return ENOSYS, without the SIGSYS of a number that is not: libraries count on
 * that and go on (caph_enter(3)). There are no jails but the machine itself. Facts: the #else
 * parts of sys/kern/sys_capability.c, sys/kern/kern_mac.c, sys/security/audit/audit_syscalls.c,
 * sys/kern/kern_rctl.c, sys/kern/kern_ffclock.c; jail(2), setfib(2), utrace(2), nfssvc(2).
 */
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/abi_process.h"
#include "personality/freebsd/freebsd.h"

#define ANSWER(error, name, ...)                                                                   \
	long freebsd_##name(struct core_thread *t, ##__VA_ARGS__)                                  \
	{                                                                                          \
		(void)t;                                                                           \
		return -CORE_##error;                                                              \
	}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
/* options CAPABILITIES */
ANSWER(ENOSYS, cap_enter)
ANSWER(ENOSYS, cap_getmode, OUT modep)
ANSWER(ENOSYS, __cap_rights_get, INT version, FD fd, OUT rightsp)
ANSWER(ENOSYS, cap_rights_limit, FD fd, IN rightsp)
ANSWER(ENOSYS, cap_ioctls_limit, FD fd, IN cmds, SIZE ncmds)
ANSWER(ENOSYS, cap_ioctls_get, FD fd, OUT cmds, SIZE maxcmds)
ANSWER(ENOSYS, cap_fcntls_limit, FD fd, HEX fcntlrights)
ANSWER(ENOSYS, cap_fcntls_get, FD fd, OUT fcntlrightsp)

/* options MAC */
ANSWER(ENOSYS, __mac_get_proc, IN mac_p)
ANSWER(ENOSYS, __mac_set_proc, IN mac_p)
ANSWER(ENOSYS, __mac_get_fd, FD fd, IN mac_p)
ANSWER(ENOSYS, __mac_get_file, PATH path_p, IN mac_p)
ANSWER(ENOSYS, __mac_set_fd, FD fd, IN mac_p)
ANSWER(ENOSYS, __mac_set_file, PATH path_p, IN mac_p)
ANSWER(ENOSYS, __mac_get_pid, PID pid, IN mac_p)
ANSWER(ENOSYS, __mac_get_link, PATH path_p, IN mac_p)
ANSWER(ENOSYS, __mac_set_link, PATH path_p, IN mac_p)
ANSWER(ENOSYS, __mac_execve, PATH fname, ARGV argv, ARGV envv, IN mac_p)
ANSWER(ENOSYS, mac_syscall, STR policy, INT call, IN arg)

/* options AUDIT */
ANSWER(ENOSYS, audit, IN record, UINT length)
ANSWER(ENOSYS, auditon, INT cmd, INOUT data, UINT length)
ANSWER(ENOSYS, getauid, OUT auid)
ANSWER(ENOSYS, setauid, IN auid)
ANSWER(ENOSYS, getaudit, OUT auditinfo)
ANSWER(ENOSYS, setaudit, IN auditinfo)
ANSWER(ENOSYS, getaudit_addr, OUT auditinfo_addr, UINT length)
ANSWER(ENOSYS, setaudit_addr, IN auditinfo_addr, UINT length)
ANSWER(ENOSYS, auditctl, PATH path)

/* options RACCT, RCTL */
ANSWER(ENOSYS, rctl_get_racct, IN inbufp, SIZE inbuflen, OUT outbufp, SIZE outbuflen)
ANSWER(ENOSYS, rctl_get_rules, IN inbufp, SIZE inbuflen, OUT outbufp, SIZE outbuflen)
ANSWER(ENOSYS, rctl_get_limits, IN inbufp, SIZE inbuflen, OUT outbufp, SIZE outbuflen)
ANSWER(ENOSYS, rctl_add_rule, IN inbufp, SIZE inbuflen, OUT outbufp, SIZE outbuflen)
ANSWER(ENOSYS, rctl_remove_rule, IN inbufp, SIZE inbuflen, OUT outbufp, SIZE outbuflen)

/* options FFCLOCK, REGRESSION */
ANSWER(ENOSYS, ffclock_getcounter, OUT ffcount)
ANSWER(ENOSYS, ffclock_setestimate, IN cest)
ANSWER(ENOSYS, ffclock_getestimate, OUT cest)
ANSWER(ENOSYS, __setugid, INT flag)

/* what takes privilege */
ANSWER(EPERM, nfssvc, INT flag, IN argp)
ANSWER(EPERM, jail, IN jail)
ANSWER(EPERM, jail_attach, INT jid)
ANSWER(EPERM, jail_remove, INT jid)
/* of FreeBSD 15: sys/kern/kern_jaildesc.c */
static long no_jail(int fd)
{
	return core_fd_hidden(fd) || EXO_NOW(fcntl, fd, CORE_F_GETFD) < 0 ? -CORE_EBADF
									  : -CORE_EINVAL;
}

long freebsd_jail_attach_jd(struct core_thread *t, FD fd)
{
	return no_jail(fd);
}

long freebsd_jail_remove_jd(struct core_thread *t, FD fd)
{
	return no_jail(fd);
}
ANSWER(EPERM, fchroot, FD fd)
ANSWER(EPERM, setcred, HEX flags, IN wcred, SIZE size)
#pragma GCC diagnostic pop

/* ---- jails: none besides the machine ------------------------------------------------------- */

#define JAIL_SET_MASK                                                                              \
	(FREEBSD_JAIL_CREATE | FREEBSD_JAIL_UPDATE | FREEBSD_JAIL_ATTACH | FREEBSD_JAIL_DYING)

long freebsd_jail_set(struct core_thread *t, IN iovp, UINT iovcnt, HEX flags)
{
	(void)t, (void)iovp;
	if (iovcnt & 1 || iovcnt > FREEBSD_IOV_MAX || flags & ~(u32)JAIL_SET_MASK ||
	    !(flags & (FREEBSD_JAIL_CREATE | FREEBSD_JAIL_UPDATE)))
		return -CORE_EINVAL;
	return -CORE_EPERM;
}

long freebsd_jail_get(struct core_thread *t, IN iovp, UINT iovcnt, HEX flags)
{
	(void)t, (void)iovp;
	if (iovcnt & 1 || iovcnt > FREEBSD_IOV_MAX || flags & ~(u32)FREEBSD_JAIL_DYING)
		return -CORE_EINVAL;
	return -CORE_ENOENT;
}

/* ---- one routing table; nobody traces -------------------------------------------------------- */

long freebsd_setfib(struct core_thread *t, INT fibnum)
{
	(void)t;
	return fibnum == 0 ? 0 : -CORE_EINVAL;
}

/* A record for ktrace(1), dropped when nobody traces. */
long freebsd_utrace(struct core_thread *t, IN addr, SIZE len)
{
	(void)t, (void)addr, (void)len;
	return 0;
}

/* ---- the kernel's environment: a loader that passed nothing
 * -------------------------------------- */

enum { KENV_GET, KENV_SET, KENV_UNSET, KENV_DUMP, KENV_DUMP_LOADER, KENV_DUMP_STATIC };
#define KENV_NAME_MAX 128

long freebsd_kenv(struct core_thread *t, INT what, STR name, INOUT value, INT len)
{
	char text[KENV_NAME_MAX];
	long r;

	(void)t, (void)value, (void)len;
	switch (what) {
	case KENV_DUMP:
	case KENV_DUMP_LOADER:
	case KENV_DUMP_STATIC:
		return what == KENV_DUMP ? 0 : -CORE_ENOENT;
	case KENV_SET:
	case KENV_UNSET:
		return -CORE_EPERM;
	case KENV_GET:
		r = copy_str_from_guest(text, name, sizeof(text));
		return r < 0 ? r : -CORE_ENOENT;
	default:
		return -CORE_EINVAL;
	}
}

/* ---- setting the clock ----------------------------------------------------------------------- */

long freebsd_adjtime(struct core_thread *t, IN delta, OUT olddelta)
{
	struct core_timeval none = {0, 0};

	(void)t;
	if (delta.addr)
		return -CORE_EPERM;
	return olddelta.addr ? copy_to_guest(olddelta, &none, sizeof(none)) : 0;
}
