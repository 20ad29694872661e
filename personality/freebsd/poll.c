/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/poll.c: poll(2), ppoll(2), select(2), pselect(2).
 *
 * What differs in meaning is put right afterwards: a hang-up is readable too (pipe_poll,
 * sopoll_generic), and a pipe nobody reads hangs up where the hub has an error.
 *
 * None of these calls is restarted after a handler ran, and none changes its time-out.
 *
 * Facts: poll(2), select(2), sys/kern/sys_generic.c (kern_poll, kern_select) of FreeBSD 14.
 */
#include "core/fd.h"
#include "core/poll.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_poll.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/tty.h"

/* ---- poll ------------------------------------------------------------------------------ */

/* A terminal that was hung up can be read, to its end, and that is all. */
static i16 hung_up(int fd, i16 revents)
{
	const i16 no_more = CORE_POLLOUT | CORE_POLLWRNORM | CORE_POLLERR;

	return freebsd_tty_kind(fd) == FREEBSD_TTY_NONE ? revents : (i16)(revents & ~no_more);
}

static i16 answer(const struct core_pollfd *p, i16 revents)
{
	bool broken = (revents & CORE_POLLERR) && core_poll_is_pipe(p->fd);

	if (UNLIKELY(revents & CORE_POLLHUP) && revents & (CORE_POLLOUT | CORE_POLLERR))
		revents = hung_up(p->fd, revents);
	return core_to_freebsd_poll_revents(revents, p->events, broken);
}

static const struct core_poll_abi poll_abi = {
    .same = FREEBSD_POLL_SAME,
    .invalid = FREEBSD_POLLNVAL,
    .never_asked = FREEBSD_FD_SETSIZE,
    .events = freebsd_to_core_poll_events,
    .answer = answer,
};

static long once(long r)
{
	return r == -CORE_EINTR ? -CORE_EINTR_FINAL : r;
}

/*
 * With a mask of its own: a signal that was waiting for it ends the call, and the way out
 * leads past the signals, where the old mask comes back.
 */
static long once_masked(struct core_thread *t, long r)
{
	t->exo.interrupted = 1;
	return r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS ? -CORE_EINTR_FINAL : r;
}

static long use_mask(struct core_thread *t, guest_ptr mask)
{
	struct freebsd_sigset set;

	if (copy_from_guest(&set, mask, sizeof(set)) < 0)
		return -CORE_EFAULT;
	core_sigmask_during_call(t, freebsd_to_core_sigset(&set));
	return 0;
}

long freebsd_poll(struct core_thread *t, INOUT fds, UINT nfds, INT timeout)
{
	struct core_timespec ts = {timeout / 1000, timeout % 1000 * 1000000L};

	(void)t;
	if (timeout < 0 && timeout != FREEBSD_INFTIM)
		return -CORE_EINVAL;
	return once(core_poll(&poll_abi, fds, nfds, timeout < 0 ? NULL : &ts));
}

long freebsd_ppoll(struct core_thread *t, INOUT fds, UINT nfds, IN ts, IN set)
{
	struct core_timespec timeout;
	long r;

	if (ts.addr) {
		if (copy_from_guest(&timeout, ts, sizeof(timeout)) < 0)
			return -CORE_EFAULT;
		if (timeout.tv_sec < 0 || timeout.tv_nsec < 0 || timeout.tv_nsec >= 1000000000)
			return -CORE_EINVAL;
	}
	if (set.addr && use_mask(t, set) < 0)
		return -CORE_EFAULT;
	r = core_poll(&poll_abi, fds, nfds, ts.addr ? &timeout : NULL);
	return set.addr ? once_masked(t, r) : once(r);
}

/* ---- select ------------------------------------------------------------------------------ */

#define WORD_BITS 64

/* The bits of word i of a set of nd descriptors. */
static long read_word(guest_ptr set, u32 i, u32 nd, u64 *word)
{
	if (guest_read_u64(gp_add(set, i * 8ul), word) < 0)
		return -CORE_EFAULT;
	if (nd - i * WORD_BITS < WORD_BITS)
		*word &= (1ul << (nd - i * WORD_BITS)) - 1;
	return 0;
}

static bool has_hidden(u64 word, u32 first)
{
	for (; word; word &= word - 1)
		if (core_fd_hidden((int)first + __builtin_ctzl(word)))
			return true;
	return false;
}

/*
 * The hub looks at no bit beyond the end of its descriptor table, which FreeBSD answers
 * with EBADF. The table holds at least a word, and all up to any open descriptor.
 */
static long check_set(guest_ptr set, u32 nd)
{
	const u32 words = (nd + WORD_BITS - 1) / WORD_BITS, low = (u32)exo_fd_hidden_low();
	long highest = -1;
	u64 word;

	if (!set.addr)
		return 0;
	for (u32 i = 1; i < words; i++) {
		if (read_word(set, i, nd, &word) < 0)
			return -CORE_EFAULT;
		if (!word)
			continue;
		highest = i * WORD_BITS + 63 - __builtin_clzl(word);
		if ((i + 1) * WORD_BITS > low && has_hidden(word, i * WORD_BITS))
			return -CORE_EBADF;
	}
	if (highest >= 0 && EXO_NOW(fcntl, highest, CORE_F_GETFD) < 0)
		return -CORE_EBADF;
	return 0;
}

static long select_within(int nd, guest_ptr in, guest_ptr ou, guest_ptr ex,
			  struct core_timespec *timeout)
{
	const guest_ptr sets[] = {in, ou, ex};
	long r = 0;

	if (nd < 0)
		return -CORE_EINVAL;
	for (u32 i = 0; i < ARRAY_LEN(sets) && r == 0 && nd > WORD_BITS; i++)
		r = check_set(sets[i], (u32)nd);
	if (r < 0)
		return r;
	if (timeout &&
	    (timeout->tv_sec < 0 || timeout->tv_nsec < 0 || timeout->tv_nsec >= 1000000000))
		return -CORE_EINVAL;
	if (timeout && timeout->tv_sec > INT32_MAX)
		timeout = NULL;
	do /* the hub counts the time down, and leaves the sets alone */
		r = EXO(pselect6, nd, in.addr, ou.addr, ex.addr, timeout, NULL);
	while ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) && core_signal_absorb(core_self()));
	return r;
}

/* One that is no count of nanoseconds stays none. */
static i64 from_microseconds(i64 us)
{
	return us < 0 || us >= 1000000 ? -1 : us * 1000;
}

long freebsd_select(struct core_thread *t, INT nd, INOUT in, INOUT ou, INOUT ex, IN tv)
{
	struct core_timeval val;
	struct core_timespec ts;

	(void)t;
	if (tv.addr) {
		if (copy_from_guest(&val, tv, sizeof(val)) < 0)
			return -CORE_EFAULT;
		ts.tv_sec = val.tv_sec;
		ts.tv_nsec = from_microseconds(val.tv_usec);
	}
	return once(select_within(nd, in, ou, ex, tv.addr ? &ts : NULL));
}

long freebsd_pselect(struct core_thread *t, INT nd, INOUT in, INOUT ou, INOUT ex, IN ts, IN sm)
{
	struct core_timespec timeout;
	long r;

	if (ts.addr && copy_from_guest(&timeout, ts, sizeof(timeout)) < 0)
		return -CORE_EFAULT;
	if (sm.addr && use_mask(t, sm) < 0)
		return -CORE_EFAULT;
	r = select_within(nd, in, ou, ex, ts.addr ? &timeout : NULL);
	return sm.addr ? once_masked(t, r) : once(r);
}
