/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/linux/process.c: clone and its family, programs, and the calls that would
 * take from the runtime what it lives on. Facts: clone(2), execve(2), prctl(2), futex(2).
 */
#include "core/process.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "loader/exec.h"
#include "loader/script.h"
#include "personality/linux/linux.h"

#define PATH_MAX_BYTES		     4096
#define ARCH_SET_GS		     0x1001
#define ARCH_SET_FS		     0x1002
#define ARCH_GET_FS		     0x1003
#define ARCH_GET_GS		     0x1004
#define PR_SET_SYSCALL_USER_DISPATCH 59
#define CLONE_ARGS_MIN		     64

enum { ARG_STACK, ARG_CLEAR };

/* The first three fields order as clone3's argument does. */
struct clone_request {
	u64 flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid,
	    set_tid_size, cgroup;
};
SIZE_ASSERT(struct clone_request, 88);

static void child_frame(struct core_thread *child, u64 stack)
{
	core_call_result(child->abi, child->exo.frame, 0);
	if (stack)
		child->exo.frame->rsp = stack;
}

static void vfork_ready(struct core_thread *child)
{
	struct core_thread *parent = core_self();
	struct core_action dfl = {0};

	if (parent->start_arg[ARG_CLEAR])
		for (int sig = 1; sig < CORE_NSIG; sig++)
			if (child->proc->action[sig].handler > CORE_SIG_IGN)
				child->proc->action[sig] = dfl;
	child_frame(child, parent->start_arg[ARG_STACK]);
}

static long clone_thread(struct core_thread *t, const struct clone_request *c, u64 flags, u64 stack)
{
	struct core_thread *child = core_thread_new(t);

	if (!child)
		return -CORE_EAGAIN;
	core_call_complete(t);
	*child->exo.frame = *t->exo.frame;
	child_frame(child, stack);
	return core_thread_run(child, flags, c->parent_tid, c->child_tid, c->tls, NULL);
}

static long clone_any(struct core_thread *t, const struct clone_request *c)
{
	u64 flags = c->flags & ~CORE_CLONE_CLEAR_SIGHAND, stack = c->stack + c->stack_size, ptid;
	long r;

	if (flags >> 32 || (c->tls >= EXO_GUEST_HIGH && (flags & CORE_CLONE_SETTLS)))
		return -CORE_EINVAL;
	if ((flags & CORE_CLONE_PIDFD) && (flags & CORE_CLONE_PARENT_SETTID) &&
	    c->pidfd != c->parent_tid)
		return -CORE_EINVAL; /* the host's clone(2) has one place for both */
	ptid = flags & CORE_CLONE_PIDFD ? c->pidfd : c->parent_tid;
	flags |= c->exit_signal & 0xff;
	if ((flags & CORE_CLONE_VM) && (flags & CORE_CLONE_THREAD))
		return clone_thread(t, c, flags, stack);
	if (flags & CORE_CLONE_VM) {
		if (!(flags & CORE_CLONE_VFORK))
			return -CORE_EINVAL;
		t->start_arg[ARG_STACK] = stack;
		t->start_arg[ARG_CLEAR] = (c->flags & CORE_CLONE_CLEAR_SIGHAND) != 0;
		return core_vfork(t, flags, ptid, c->child_tid, c->tls, vfork_ready);
	}
	r = core_fork(t, flags & ~(u64)CORE_CLONE_VFORK, ptid, c->child_tid, c->tls);
	if (r == 0 && stack)
		t->exo.frame->rsp = stack;
	return r;
}

long linux_clone(struct core_thread *t, ULONG clone_flags, ULONG newsp, INOUT parent_tidptr,
		 INOUT child_tidptr, ULONG tls)
{
	struct clone_request c = {.flags = clone_flags & 0xffffff00UL,
				  .exit_signal = clone_flags & 0xff,
				  .pidfd = parent_tidptr.addr,
				  .parent_tid = parent_tidptr.addr,
				  .child_tid = child_tidptr.addr,
				  .stack = newsp,
				  .tls = tls};

	return clone_any(t, &c);
}

long linux_clone3(struct core_thread *t, INOUT uargs, SIZE size)
{
	struct clone_request c;

	memset(&c, 0, sizeof(c));
	if (size < CLONE_ARGS_MIN)
		return -CORE_EINVAL;
	if (size > sizeof(c))
		return -CORE_E2BIG;
	if (copy_from_guest(&c, uargs, size) < 0)
		return -CORE_EFAULT;
	if (c.set_tid || c.set_tid_size || c.cgroup || c.exit_signal > 64 || (c.flags & 0xff) ||
	    (!c.stack) != (!c.stack_size))
		return -CORE_EINVAL;
	return clone_any(t, &c);
}

long linux_fork(struct core_thread *t)
{
	return core_fork(t, CORE_SIGCHLD, 0, 0, 0);
}

long linux_vfork(struct core_thread *t)
{
	t->start_arg[ARG_STACK] = t->start_arg[ARG_CLEAR] = 0;
	return core_vfork(t, CORE_SIGCHLD, 0, 0, 0, vfork_ready);
}

long linux_exit(struct core_thread *t, INT error_code)
{
	core_thread_end(t);
	core_exit(t, error_code & 0xff); /* the last one takes the process along */
}

long linux_exit_group(struct core_thread *t, INT error_code)
{
	core_exit(t, error_code & 0xff);
}

long linux_execveat(struct core_thread *t, FD fd, PATH filename, ARGV argv, ARGV envp, INT flags)
{
	char path[1024];
	long r = copy_str_from_guest(path, filename, sizeof(path));

	if (r < 0)
		return r;
	if (flags & ~(CORE_AT_EMPTY_PATH | CORE_AT_SYMLINK_NOFOLLOW))
		return -CORE_EINVAL;
	if (r == 0 && !(flags & CORE_AT_EMPTY_PATH))
		return -CORE_ENOENT;
	return loader_execve(t, fd, linux_is_self_exe(t, filename) ? t->proc->exec_path : path,
			     argv.addr, envp.addr, &loader_script_linux);
}

long linux_execve(struct core_thread *t, PATH filename, ARGV argv, ARGV envp)
{
	return linux_execveat(t, CORE_AT_FDCWD, filename, argv, envp, 0);
}

long linux_arch_prctl(struct core_thread *t, INT option, ULONG arg2)
{
	(void)t;
	switch (option) {
	case ARCH_SET_FS:
		if (arg2 >= EXO_GUEST_HIGH)
			return -CORE_EPERM;
		exo_tls_set(arg2);
		return 0;
	case ARCH_GET_FS:
		return guest_write_u64(gp(arg2), exo_tls_get());
	case ARCH_GET_GS:
		return guest_write_u64(gp(arg2), 0);
	case ARCH_SET_GS:
		return -CORE_EPERM;
	default:
		return EXO(arch_prctl, option, arg2);
	}
}

long linux_prctl(struct core_thread *t, INT option, ULONG arg2, ULONG arg3, ULONG arg4, ULONG arg5)
{
	(void)t;
	if (option == PR_SET_SYSCALL_USER_DISPATCH)
		return -CORE_EINVAL;
	return EXO(prctl, option, arg2, arg3, arg4, arg5);
}

/* A wait with a time-out is never restarted: its time would start anew. */
long linux_futex(struct core_thread *t, INOUT uaddr, INT op, UINT val, IN utime, INOUT uaddr2,
		 UINT val3)
{
	long r = EXO(futex, uaddr.addr, op, val, utime.addr, uaddr2.addr, val3);

	(void)t;
	return r == -CORE_EINTR && utime.addr ? -CORE_ERESTART_NOHAND : r;
}
