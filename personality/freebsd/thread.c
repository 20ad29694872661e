/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/thread.c: thr_*(2). Facts: thr_new(2), sys/sys/thr.h,
 * sys/kern/kern_thr.c, cpu_set_upcall of sys/amd64/amd64/vm_machdep.c.
 *
 * The two id words of thr_new are written before the thread runs and before the call
 * returns, because libthr reads them on both sides.
 */
#include "core/process.h"
#include "core/signal.h"
#include "core/threads.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_process.h"
#include "personality/freebsd/convert_limits.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/umtx.h"

#define THREAD_FLAGS                                                                               \
	(CORE_CLONE_VM | CORE_CLONE_FS | CORE_CLONE_FILES | CORE_CLONE_SIGHAND |                   \
	 CORE_CLONE_THREAD | CORE_CLONE_SYSVSEM | CORE_CLONE_SETTLS)

enum { ARG_CHILD_TID, ARG_PARENT_TID };

static void publish(struct core_thread *child, i32 tid)
{
	guest_ptr c = gp(child->start_arg[ARG_CHILD_TID]), p = gp(child->start_arg[ARG_PARENT_TID]);

	if (c.addr)
		guest_write_u64(c, (u64)freebsd_tid((u32)tid));
	if (p.addr)
		guest_write_u64(p, (u64)freebsd_tid((u32)tid));
}

/* The kernel has written the words before there is a thread; a bad one makes none. */
static bool can_write(u64 addr)
{
	u32 now;

	if (!addr)
		return true;
	for (u64 half = addr; half != addr + 8; half += 4)
		if (guest_read_u32(gp(half), &now) < 0 || guest_cas_u32(gp(half), &now, now) < 0)
			return false;
	return true;
}

/* Takes child over, whether it runs in the end or not. */
static long start_thread(struct core_thread *child, u64 tls, u64 child_tid, u64 parent_tid)
{
	long r;

	if (!can_write(child_tid) || !can_write(parent_tid)) {
		exo_thread_free(&child->exo);
		return -CORE_EFAULT;
	}
	child->start_arg[ARG_CHILD_TID] = child_tid;
	child->start_arg[ARG_PARENT_TID] = parent_tid;
	r = core_thread_run(child, THREAD_FLAGS, 0, 0, tls, publish);
	/* The kernel's limit on threads shows as EAGAIN (EPROCLIM) there as well. */
	return r < 0 ? r : 0;
}

/* The class a new thread is to be in, for the time its creator makes it. */
struct urgency {
	bool on;
	int policy; /* the creator's own */
	struct core_sched_param param;
};

/*
 * A thread begins in its creator's class: where another is asked for the creator goes there
 * first, which is also how the host says that it may not.
 */
static long urgency_begin(const struct core_thread *t, u64 rtp, struct urgency *u)
{
	struct freebsd_rtprio prio = {.type = FREEBSD_RTP_PRIO_NORMAL};
	struct core_sched_param param;
	int policy;
	long r;

	u->on = false;
	if (rtp && copy_from_guest(&prio, gp(rtp), sizeof(prio)) < 0)
		return -CORE_EFAULT;
	if (prio.type == FREEBSD_RTP_PRIO_IDLE)
		return -CORE_EINVAL;
	if (prio.type == FREEBSD_RTP_PRIO_NORMAL) {
		/* The creator's class, whatever that is, without what a mutex gave it. */
		if (!freebsd_umtx_own_class(t, 0, &policy, &param))
			return 0;
	} else {
		r = freebsd_to_core_rtprio(&prio, &policy, &param);
		if (r < 0)
			return r;
	}
	r = EXO_NOW(sched_getscheduler, 0);
	u->policy = (int)r;
	if (r >= 0)
		r = EXO_NOW(sched_getparam, 0, &u->param);
	if (r >= 0)
		r = EXO_NOW(sched_setscheduler, 0, policy, &param);
	u->on = r >= 0;
	return r < 0 ? r : 0;
}

static void urgency_end(const struct urgency *u)
{
	if (u->on)
		EXO_NOW(sched_setscheduler, 0, u->policy, &u->param);
}

long freebsd_thr_new(struct core_thread *t, IN param, INT param_size)
{
	struct freebsd_thr_param p;
	struct core_thread *child;
	struct urgency u;
	struct exo_frame *f;
	long r;

	if (param_size < 0 || (u64)param_size > sizeof(p))
		return -CORE_EINVAL;
	memset(&p, 0, sizeof(p));
	if (copy_from_guest(&p, param, (u64)param_size) < 0)
		return -CORE_EFAULT;
	if (p.tls_base >= EXO_GUEST_HIGH || p.stack_base + p.stack_size < p.stack_base)
		return -CORE_EINVAL;
	r = urgency_begin(t, p.rtp, &u);
	if (r < 0)
		return r;
	child = core_thread_new(t);
	if (child) {
		f = child->exo.frame;
		f->rip = p.start_func;
		f->rdi = p.arg;
		f->rsp = ((p.stack_base + p.stack_size) & ~15UL) - 8;
		f->rflags = 0x202;
		r = start_thread(child, p.tls_base, p.child_tid, p.parent_tid);
	}
	urgency_end(&u);
	return child ? r : -CORE_ENOMEM;
}

static long start_in_context(struct core_thread *child, u64 tls, void *id)
{
	return start_thread(child, tls, *(u64 *)id, 0);
}

/* The call libthr made before thr_new: the thread goes on in a context. */
long freebsd_thr_create(struct core_thread *t, IN ctx, OUT id, HEX flags)
{
	struct freebsd_ucontext uc;
	struct core_thread *child;

	(void)flags; /* the kernel does not look at them either */
	if (copy_from_guest(&uc, ctx, sizeof(uc)) < 0)
		return -CORE_EFAULT;
	child = core_thread_new(t);
	if (!child)
		return -CORE_ENOMEM;
	return freebsd_context_start(child, &uc.uc_mcontext, start_in_context, &id.addr);
}

long freebsd_thr_self(struct core_thread *t, OUT id)
{
	return guest_write_u64(id, (u64)freebsd_tid(t->exo.tid));
}

/* The last thread cannot leave, and is told so by a return: the library then ends the process. */
long freebsd_thr_exit(struct core_thread *t, OUT state)
{
	freebsd_umtx_thread_end(t);
	if (state.addr) {
		guest_write_u64(state, 1);
		freebsd_umtx_wake_any(state, INT32_MAX);
	}
	core_thread_end(t);
	return 0;
}

long freebsd_thr_suspend(struct core_thread *t, IN timeout)
{
	struct core_timespec ts;
	long r;

	if (timeout.addr && copy_from_guest(&ts, timeout, sizeof(ts)) < 0)
		return -CORE_EFAULT;
	if (timeout.addr && (ts.tv_nsec < 0 || ts.tv_nsec >= 1000000000 || ts.tv_sec < 0))
		return -CORE_EINVAL;
	if (t->exo.awake) {
		exo_stay_awake(false);
		return 0;
	}
	do
		r = EXO(futex, &t->wake_word, CORE_FUTEX_WAIT | CORE_FUTEX_PRIVATE_FLAG, 0,
			timeout.addr ? &ts : NULL);
	while ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) && core_signal_absorb(t));
	/* A wake-up counts even beside a signal or a time-out. */
	if (__atomic_exchange_n(&t->wake_word, 0, __ATOMIC_ACQUIRE))
		return 0;
	return r == -CORE_EINTR && timeout.addr ? -CORE_EINTR_FINAL : r;
}

/* Whoever wakes itself does not sleep: how libthr's handler of a cancellation makes sure that
 * the call it came in front of ends. */
long freebsd_thr_wake(struct core_thread *t, LONG id)
{
	if (id == freebsd_tid(t->exo.tid)) {
		exo_stay_awake(true);
		return 0;
	}
	return core_thread_wake(t, (i32)(id - FREEBSD_TID_BASE)) ? 0 : -CORE_ESRCH;
}

long freebsd_thr_set_name(struct core_thread *t, LONG id, STR name)
{
	char path[64], text[20]; /* MAXCOMLEN + 1 of sys/param.h */
	long r = name.addr ? copy_str_from_guest(text, name, sizeof(text)) : 0, fd;

	if (r < 0 && r != -CORE_ENAMETOOLONG)
		return r;
	if (!name.addr)
		text[0] = '\0';
	text[sizeof(text) - 1] = '\0';
	if (id == freebsd_tid(t->exo.tid)) {
		EXO_NOW(prctl, CORE_PR_SET_NAME, text);
		return 0;
	}
	fb_format(path, sizeof(path), "/proc/self/task/%ld/comm", id - FREEBSD_TID_BASE);
	fd = EXO_NOW(open, path, CORE_O_WRONLY | CORE_O_CLOEXEC);
	if (fd < 0)
		return -CORE_ESRCH;
	EXO_NOW(write, fd, text, strlen(text));
	EXO_NOW(close, fd);
	return 0;
}
