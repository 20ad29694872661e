/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/awake.c: a thread whose next sleep does not begin.
 *
 * Linux has no such thing: a signal sent beforehand is handled before the call, and is
 * forgotten when that sleeps. So while any thread is to stay awake all calls come by here, and
 * one of that thread's is looked at: does it sleep, as the host would have it now? What is ready
 * is done, and the thread is still to stay awake.
 */
#include <asm/poll.h>
#include <asm/unistd_64.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/futex.h>
#include <linux/time_types.h>
#include <linux/wait.h>

#include "exo/linux/linux.h"

struct linux_detours linux_detours;

void exo_stay_awake(bool on)
{
	struct exo_thread *t = exo_self();

	if (t->awake == on)
		return;
	t->awake = on;
	__atomic_add_fetch(&linux_detours.awake, on ? 1 : -1, __ATOMIC_RELAXED);
}

static bool waits_for(u64 fd, short events)
{
	struct pollfd p = {.fd = (i32)fd, .events = events};
	struct __kernel_timespec none = {0, 0};
	long flags = LINUX(__NR_fcntl, fd, F_GETFL);

	return flags >= 0 && !(flags & O_NONBLOCK) && LINUX(__NR_ppoll, &p, 1, &none, 0, 8) == 0;
}

/* The time is a pair of numbers in the runtime's memory or the guest's; none is for ever. */
static bool takes_time(u64 time)
{
	u64 pair[2] = {0, 0};

	return !time ||
	       (exo_copy(pair, (const void *)time, sizeof(pair)) == 0 && (pair[0] | pair[1]));
}

static bool futex_waits(const u64 *a)
{
	struct __kernel_timespec none = {0, 0};
	u64 what = a[1] & (u64)FUTEX_CMD_MASK;

	if (what != FUTEX_WAIT && what != FUTEX_WAIT_BITSET)
		return false;
	return LINUX(__NR_futex, a[0], a[1], a[2], &none, 0, a[5]) == -ETIMEDOUT;
}

static bool would_sleep(enum exo_op op, const u64 *a)
{
	switch (op) {
	case EXO_read:
	case EXO_readv:
	case EXO_recvfrom:
	case EXO_recvmsg:
	case EXO_recvmmsg:
	case EXO_accept:
	case EXO_accept4:
		return waits_for(a[0], POLLIN);
	case EXO_write:
	case EXO_writev:
	case EXO_sendto:
	case EXO_sendmsg:
	case EXO_sendmmsg:
	case EXO_sendfile:
	case EXO_connect:
		return waits_for(a[0], POLLOUT);
	case EXO_futex:
		return futex_waits(a);
	case EXO_poll:
		return (i32)a[2] != 0;
	case EXO_epoll_wait:
	case EXO_epoll_pwait:
		return (i32)a[3] != 0;
	case EXO_ppoll:
	case EXO_rt_sigtimedwait:
		return takes_time(a[2]);
	case EXO_epoll_pwait2:
	case EXO_semtimedop:
		return takes_time(a[3]);
	case EXO_select:
	case EXO_pselect6:
	case EXO_mq_timedsend:
	case EXO_mq_timedreceive:
		return takes_time(a[4]);
	case EXO_wait4:
		return !(a[2] & WNOHANG);
	case EXO_waitid:
		return !(a[3] & WNOHANG);
	case EXO_fcntl:
		return a[1] == F_SETLKW || a[1] == F_OFD_SETLKW;
	case EXO_flock:
		return !(a[1] & LOCK_NB);
	case EXO_nanosleep:
	case EXO_clock_nanosleep:
	case EXO_semop:
	case EXO_msgsnd:
	case EXO_msgrcv:
		return true;
	default:
		return false;
	}
}

long linux_detour_call6(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5, u64 op)
{
	const u64 a[6] = {a0, a1, a2, a3, a4, a5};
	struct exo_thread *t = exo_self();

	if (UNLIKELY(t->awake) && !t->interrupted && would_sleep((enum exo_op)op, a)) {
		exo_stay_awake(false);
		t->refused = 1;
		t->interrupted = 1;
		return -EINTR;
	}
	return linux_detours.view ? linux_view_call6(a0, a1, a2, a3, a4, a5, op)
				  : linux_plain6(a0, a1, a2, a3, a4, a5, op);
}

long linux_detour_call(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 op)
{
	return linux_detour_call6(a0, a1, a2, a3, a4, 0, op);
}
