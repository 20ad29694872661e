/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/kmq.c: POSIX message queues, which are the host's: a queue's
 * descriptor can be polled, and programs of all systems meet under the same names. Facts:
 * mq_open(2) and its like, sys/mqueue.h, sys/kern/uipc_mqueue.c of FreeBSD 14 (kmq_*).
 *
 * FreeBSD looks at a time only when it has to wait, makes smaller queues when nobody says how
 * large, and knows 64 priorities. The limits are the host's.
 */
#include "core/aio.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/freebsd.h"

#define NAME_MAX	255 /* with the slash */
#define PRIO_MAX	64
#define DEFAULT_MAXMSG	10
#define DEFAULT_MSGSIZE 1024
#define NSEC		1000000000L

/* Both systems' struct mq_attr. */
struct mq_attr {
	i64 flags;
	i64 maxmsg;
	i64 msgsize;
	i64 curmsgs;
	i64 reserved[4];
};
SIZE_ASSERT(struct mq_attr, 64);

/* The host wants the name without its slash. */
static long read_name(guest_ptr path, char name[NAME_MAX + 1])
{
	long r = copy_str_from_guest(name, path, NAME_MAX + 1);

	if (r < 0)
		return r;
	if (r < 2 || name[0] != '/' || strchr(name + 1, '/') || strcmp(name, "/.") == 0 ||
	    strcmp(name, "/..") == 0)
		return -CORE_EINVAL;
	return 0;
}

long freebsd_kmq_open(struct core_thread *t, PATH path, OFLAGS flags, MODE mode, IN attr)
{
	struct mq_attr a = {.maxmsg = DEFAULT_MAXMSG, .msgsize = DEFAULT_MSGSIZE};
	int core = CORE_O_CLOEXEC;
	char name[NAME_MAX + 1];
	long r;

	(void)t;
	if ((flags & FREEBSD_O_ACCMODE) == FREEBSD_O_ACCMODE || (flags & FREEBSD_O_EXEC))
		return -CORE_EINVAL;
	if ((flags & FREEBSD_O_CREAT) && attr.addr) {
		if (copy_from_guest(&a, attr, sizeof(a)) < 0)
			return -CORE_EFAULT;
		if (a.maxmsg <= 0 || a.msgsize <= 0)
			return -CORE_EINVAL;
	}
	r = read_name(path, name);
	if (r < 0)
		return r;
	core |= flags & FREEBSD_O_ACCMODE; /* the same values */
	core |= flags & FREEBSD_O_NONBLOCK ? CORE_O_NONBLOCK : 0;
	core |= flags & FREEBSD_O_CREAT ? CORE_O_CREAT : 0;
	core |= flags & FREEBSD_O_EXCL ? CORE_O_EXCL : 0;
	return EXO(mq_open, name + 1, core, mode & 0777 & ~01000u,
		   flags & FREEBSD_O_CREAT ? &a : NULL);
}

long freebsd_kmq_unlink(struct core_thread *t, PATH path)
{
	char name[NAME_MAX + 1];
	long r = read_name(path, name);

	(void)t;
	if (r == 0)
		r = EXO(mq_unlink, name + 1);
	return r == -CORE_EPERM ? -CORE_EACCES : r;
}

long freebsd_kmq_setattr(struct core_thread *t, FD mqd, IN attr, OUT oattr)
{
	struct mq_attr new, old;
	long r;

	(void)t;
	if (attr.addr) {
		if (copy_from_guest(&new, attr, sizeof(new)) < 0)
			return -CORE_EFAULT;
		if (new.flags & ~(i64)FREEBSD_O_NONBLOCK)
			return -CORE_EINVAL;
		new.flags = new.flags ? CORE_O_NONBLOCK : 0;
	}
	r = EXO(mq_getsetattr, mqd, attr.addr ? &new : NULL, &old);
	if (r < 0 || !oattr.addr)
		return r;
	old.flags = old.flags & CORE_O_NONBLOCK ? FREEBSD_O_NONBLOCK : 0;
	memset(old.reserved, 0, sizeof(old.reserved));
	return copy_to_guest(oattr, &old, sizeof(old));
}

/* What the host is told of a time; bad: it is none, which matters only to who must wait. */
static long read_time(guest_ptr abs_timeout, struct core_timespec *ts, bool *bad)
{
	*bad = false;
	if (!abs_timeout.addr)
		return 0;
	if (copy_from_guest(ts, abs_timeout, sizeof(*ts)) < 0)
		return -CORE_EFAULT;
	*bad = ts->tv_nsec < 0 || ts->tv_nsec >= NSEC;
	if (*bad || ts->tv_sec < 0)
		*ts = (struct core_timespec){0, 0};
	return 0;
}

long freebsd_kmq_timedreceive(struct core_thread *t, FD mqd, OUT msg_ptr, SIZE msg_len,
			      OUT msg_prio, IN abs_timeout)
{
	struct core_timespec ts;
	bool bad;
	long r = read_time(abs_timeout, &ts, &bad);

	(void)t;
	if (r < 0)
		return r;
	r = EXO(mq_timedreceive, mqd, msg_ptr.addr, msg_len, msg_prio.addr,
		abs_timeout.addr ? &ts : NULL);
	return r == -CORE_ETIMEDOUT && bad ? -CORE_EINVAL : r;
}

long freebsd_kmq_timedsend(struct core_thread *t, FD mqd, IN msg_ptr, SIZE msg_len, UINT msg_prio,
			   IN abs_timeout)
{
	struct core_timespec ts;
	bool bad;
	long r = read_time(abs_timeout, &ts, &bad);

	(void)t;
	if (r < 0)
		return r;
	if (msg_prio >= PRIO_MAX)
		return EXO(mq_getsetattr, mqd, NULL, NULL) == -CORE_EBADF ? -CORE_EBADF
									  : -CORE_EINVAL;
	r = EXO(mq_timedsend, mqd, msg_ptr.addr, msg_len, msg_prio, abs_timeout.addr ? &ts : NULL);
	return r == -CORE_ETIMEDOUT && bad ? -CORE_EINVAL : r;
}

/* Told by the caller itself; convert_signal.c finds the descriptor in the sender. */
static void notify_now(const struct core_thread *t, int mqd, const struct core_sigevent *ev)
{
	struct core_siginfo si = {.si_signo = ev->sigev_signo, .si_code = CORE_SI_MESGQ};

	si.kill.pid = -1 - mqd;
	si.kill.value = ev->sigev_value;
	if (ev->sigev_notify == CORE_SIGEV_THREAD_ID)
		EXO_NOW(rt_tgsigqueueinfo, t->pid, ev->sigev_tid, ev->sigev_signo, &si);
	else if (ev->sigev_notify == CORE_SIGEV_SIGNAL)
		EXO_NOW(rt_sigqueueinfo, t->pid, ev->sigev_signo, &si);
}

/* The hub tells of a message that comes to an empty queue; here one that waits already is
 * told at once. */
long freebsd_kmq_notify(struct core_thread *t, FD mqd, IN sigev)
{
	struct freebsd_sigevent ev;
	struct core_sigevent core;
	struct mq_attr attr;
	bool waiting = false;
	long r;

	if (!sigev.addr)
		return EXO(mq_notify, mqd, NULL);
	if (copy_from_guest(&ev, sigev, sizeof(ev)) < 0)
		return -CORE_EFAULT;
	r = freebsd_to_core_sigevent(&ev, &core);
	if (r < 0)
		return r;
	if (EXO(mq_getsetattr, mqd, NULL, &attr) == 0)
		waiting = attr.curmsgs > 0;
	if (core.sigev_notify == CORE_SIGEV_THREAD_ID)
		r = core_mq_notify_thread(t, mqd, &core);
	else
		r = EXO(mq_notify, mqd, &core);
	if (r == 0 && waiting) {
		EXO(mq_notify, mqd, NULL);
		notify_now(t, mqd, &core);
	}
	return r;
}
