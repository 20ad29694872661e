/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/process.c: beginnings and ends of processes.
 *
 * fork answers twice in both: the parent gets the child's id and 0, the child gets its parent's
 * id and 1 (usr/src/uts/common/os/fork.c, cfork). Facts: fork(2), exec(2), getpid(2).
 */
#include "core/process.h"
#include "core/signal.h"
#include "loader/exec.h"
#include "loader/script.h"
#include "personality/illumos/abi_process.h"
#include "personality/illumos/clofork.h"
#include "personality/illumos/contract.h"
#include "personality/illumos/door.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/port.h"
#include "personality/illumos/profile.h"
#include "personality/illumos/lwp_object.h"
#include "personality/illumos/quiet.h"
#include "personality/illumos/spawn.h"

#define PATH_BYTES 1024 /* MAXPATHLEN of sys/param.h */

long illumos_exit(struct core_thread *t, INT status)
{
	illumos_robust_leave(t, false);
	if (illumos_contracts(t))
		illumos_contract_exits(t, status);
	core_exit(t, status & 0xff);
}

long illumos_getpid(struct core_thread *t)
{
	return illumos_two(t, t->pid, (u64)EXO(getppid));
}

long illumos_getuid(struct core_thread *t)
{
	return illumos_two(t, EXO(getuid), (u64)EXO(geteuid));
}

long illumos_getgid(struct core_thread *t)
{
	return illumos_two(t, EXO(getgid), (u64)EXO(getegid));
}

FB_HOT bool illumos_fork_resets;

/* The child's thread keeps its number, and nothing that is about the others. */
static void forked(struct core_thread *t)
{
	t->abi_data[ILLUMOS_T_LWP_ENTRY] = 0;
	if (LIKELY(!illumos_fork_resets))
		return;
	illumos_fork_resets = false;
	illumos_lwps_forked(t);
	illumos_doors_forked(t);
	illumos_priv_forked();
	illumos_port_timers_forked();
	illumos_port_files_forked();
	illumos_kaio_forked();
	illumos_signotify_forked();
	illumos_clofork_forked();
	illumos_quiet_forked();
	illumos_profile_forked();
}

/* What the hub tells the parent by; illumos_quiet_add follows. */
static u64 exit_signal(u32 flags)
{
	return flags & ILLUMOS_FORK_NOSIGCHLD ? 0 : CORE_SIGCHLD;
}

long illumos_fork_for(struct core_thread *t, u32 flags, u64 signal)
{
	bool contracts = illumos_contracts(t);
	struct illumos_birth birth;
	long r = UNLIKELY(flags) ? illumos_quiet_prepare() : 0;

	if (r == 0 && contracts)
		r = illumos_contract_forks(t, &birth);
	if (r < 0)
		return r;
	r = core_fork(t, signal, 0, 0, 0);
	if (UNLIKELY(flags) && r > 0)
		illumos_quiet_add((i32)r, flags);
	if (contracts)
		illumos_contract_forked(t, &birth, r);
	if (r == 0)
		forked(t);
	return r;
}

static long guest_fork(struct core_thread *t, u32 flags)
{
	long r = illumos_fork_for(t, flags, exit_signal(flags));

	return r < 0 ? r : illumos_two(t, r == 0 ? EXO_NOW(getppid) : r, r == 0);
}

static void child_ready(struct core_thread *child)
{
	struct core_thread *t = core_self();

	if (t->start_arg[0])
		illumos_contract_vforks(child, (struct illumos_birth *)t->start_arg[0]);
	core_call_result(child->abi, child->exo.frame, t->pid);
	child->exo.frame->rdx = 1;
}

/* The child runs in the parent's memory, where the parent's threads stay as they are. */
static long guest_vfork(struct core_thread *t, u32 flags)
{
	bool contracts = illumos_contracts(t);
	struct illumos_birth birth;
	long r = UNLIKELY(flags) ? illumos_quiet_prepare() : 0;

	if (r == 0 && contracts)
		r = illumos_contract_forks(t, &birth);
	if (r < 0)
		return r;
	t->start_arg[0] = contracts ? (u64)&birth : 0;
	r = core_vfork(t, exit_signal(flags), 0, 0, 0, child_ready);
	if (UNLIKELY(flags) && r > 0)
		illumos_quiet_add((i32)r, flags);
	if (contracts)
		illumos_contract_forked(t, &birth, r);
	return r < 0 ? r : illumos_two(t, r, 0);
}

long illumos_vfork(struct core_thread *t)
{
	return guest_vfork(t, 0);
}

long illumos_forksys(struct core_thread *t, INT subcode, HEX flags)
{
	if (flags & ~(u32)(ILLUMOS_FORK_NOSIGCHLD | ILLUMOS_FORK_WAITPID))
		return -CORE_EINVAL;
	switch (subcode) {
	case ILLUMOS_FORKX:
		return guest_fork(t, flags);
	case ILLUMOS_VFORKX:
		return guest_vfork(t, flags);
	case ILLUMOS_FORKALLX: /* every thread would have to be there */
		return -CORE_ILLUMOS_ENOTSUP;
	default:
		return -CORE_EINVAL;
	}
}

long illumos_execve(struct core_thread *t, PATH path, ARGV argv, ARGV envp, HEX flags)
{
	char name[PATH_BYTES];
	long r;

	if (flags & ~(u32)ILLUMOS_EXEC_DESCRIPTOR)
		return -CORE_EINVAL;
	if (flags & ILLUMOS_EXEC_DESCRIPTOR)
		return loader_execve(t, (i32)path.addr, "", argv.addr, envp.addr,
				     &loader_script_freebsd);
	r = copy_str_from_guest(name, path, sizeof(name));
	if (r < 0)
		return r;
	if (r == 0)
		return -CORE_ENOENT;
	if (illumos_contracts(t))
		illumos_contract_execs(t);
	return loader_execve(t, CORE_AT_FDCWD, name, argv.addr, envp.addr, &loader_script_freebsd);
}
