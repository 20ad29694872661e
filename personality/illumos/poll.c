/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/poll.c: pollsys, which poll, ppoll, select and pselect are made of.
 *
 * The array is the hub's, so the usual poll is one host call on the guest's own memory; only
 * events that are numbered otherwise, or a descriptor of the runtime's, ask for a copy. A pipe
 * whose other end is gone hangs up on both sides, where the hub has an error for the writer.
 * The call is never restarted. Facts: poll(2), usr/src/uts/common/syscall/poll.c (pollsys,
 * poll_common), fifo_poll of fs/fifofs/fifovnops.c, sys/poll.h.
 */
#include "core/fd.h"
#include "core/signal.h"
#include "personality/bits.h"
#include "personality/illumos/abi_port.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/illumos.h"

#define CHUNK  64   /* entries looked at together */
#define FD_FEW 1024 /* with so few nobody's limit is asked */
#define POLL_SAME                                                                                  \
	(ILLUMOS_POLLIN | ILLUMOS_POLLPRI | ILLUMOS_POLLOUT | ILLUMOS_POLLERR | ILLUMOS_POLLHUP |  \
	 ILLUMOS_POLLNVAL | ILLUMOS_POLLRDNORM | ILLUMOS_POLLRDBAND)

static const struct bit_pair poll_bits[] = {
    {ILLUMOS_POLLIN, CORE_POLLIN},	   {ILLUMOS_POLLPRI, CORE_POLLPRI},
    {ILLUMOS_POLLOUT, CORE_POLLOUT},	   {ILLUMOS_POLLERR, CORE_POLLERR},
    {ILLUMOS_POLLHUP, CORE_POLLHUP},	   {ILLUMOS_POLLNVAL, CORE_POLLNVAL},
    {ILLUMOS_POLLRDNORM, CORE_POLLRDNORM}, {ILLUMOS_POLLRDBAND, CORE_POLLRDBAND},
    {ILLUMOS_POLLWRBAND, CORE_POLLWRBAND}, {ILLUMOS_POLLRDHUP, CORE_POLLRDHUP},
};

static i16 to_core(i16 events)
{
	u32 out;

	/* An event that does not exist never happens. */
	bits_to_core(poll_bits, ARRAY_LEN(poll_bits), (u16)events, &out);
	return (i16)out;
}

static bool is_pipe(int fd)
{
	struct core_stat st;

	return EXO_NOW(fstat, fd, &st) >= 0 && (st.st_mode & CORE_S_IFMT) == CORE_S_IFIFO;
}

/* What has hung up cannot be written to, and says nothing else that is no error. */
static i16 answer(const struct core_pollfd *p, i16 revents)
{
	u32 out;

	bits_to_guest(poll_bits, ARRAY_LEN(poll_bits), (u16)revents, &out);
	if (out & ILLUMOS_POLLERR && is_pipe(p->fd))
		out = (out & ~(u32)ILLUMOS_POLLERR) | ILLUMOS_POLLHUP;
	if (out & ILLUMOS_POLLHUP)
		out &= ~(u32)(ILLUMOS_POLLOUT | ILLUMOS_POLLWRBAND);
	return (i16)out;
}

/* 1: the hub can take the array as it is; 0: it needs a copy. */
static long can_be_shared(guest_ptr fds, u64 n)
{
	const int low = exo_fd_hidden_low();
	struct core_pollfd p[CHUNK];

	for (u64 at = 0; at < n; at += CHUNK) {
		u64 m = MIN(n - at, (u64)CHUNK);

		if (copy_from_guest(p, gp_add(fds, at * sizeof(*p)), m * sizeof(*p)) < 0)
			return -CORE_EFAULT;
		for (u64 i = 0; i < m; i++)
			if ((p[i].events & ~POLL_SAME) || p[i].fd >= low)
				return 0;
	}
	return 1;
}

/* After the hub wrote its answers into the guest's array. */
static long mend(guest_ptr fds, u64 n)
{
	struct core_pollfd p[CHUNK];

	for (u64 at = 0; at < n; at += CHUNK) {
		guest_ptr here = gp_add(fds, at * sizeof(*p));
		u64 m = MIN(n - at, (u64)CHUNK);
		bool changed = false;

		if (copy_from_guest(p, here, m * sizeof(*p)) < 0)
			return -CORE_EFAULT;
		for (u64 i = 0; i < m; i++) {
			if (!(p[i].revents & (CORE_POLLHUP | CORE_POLLERR)))
				continue;
			p[i].revents = answer(&p[i], p[i].revents);
			changed = true;
		}
		if (changed && copy_to_guest(here, p, m * sizeof(*p)) < 0)
			return -CORE_EFAULT;
	}
	return 0;
}

static long host_poll(u64 fds, u64 n, const struct core_timespec *timeout)
{
	struct core_timespec ts; /* the hub counts it down */
	long r;

	if (timeout)
		ts = *timeout;
	do
		r = EXO(ppoll, fds, n, timeout ? &ts : NULL, NULL, 8);
	while ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) && core_signal_absorb(core_self()));
	return r;
}

/* Those of the runtime's descriptors that are asked about: nobody's. */
static bool translate(struct core_pollfd *core, struct core_pollfd *guest, u64 n, u64 *asked)
{
	bool hidden = false;

	*asked = 0;
	for (u64 i = 0; i < n; i++) {
		guest[i].revents = 0;
		if (guest[i].fd < 0)
			continue;
		if (core_fd_hidden(guest[i].fd)) {
			guest[i].revents = ILLUMOS_POLLNVAL;
			hidden = true;
			continue;
		}
		core[(*asked)++] = (struct core_pollfd){guest[i].fd, to_core(guest[i].events), 0};
	}
	return hidden;
}

static long answers(struct core_pollfd *guest, const struct core_pollfd *core, u64 n)
{
	long ready = 0;

	for (u64 i = 0; i < n; i++) {
		if (guest[i].fd >= 0 && !guest[i].revents) {
			if (core->revents)
				guest[i].revents = answer(&guest[i], core->revents);
			core++;
		}
		ready += guest[i].revents != 0;
	}
	return ready;
}

static long copied(guest_ptr fds, u64 n, const struct core_timespec *timeout)
{
	static const struct core_timespec at_once;
	const u64 size = n * sizeof(struct core_pollfd);
	struct core_pollfd *guest = exo_pages_alloc(2 * size), *core;
	long r = -CORE_EFAULT;
	u64 asked;

	if (!guest)
		return -CORE_ENOMEM;
	core = guest + n;
	if (copy_from_guest(guest, fds, size) == 0) {
		if (translate(core, guest, n, &asked))
			timeout = &at_once;
		r = host_poll((u64)core, asked, timeout);
	}
	if (r >= 0) {
		r = answers(guest, core, n);
		if (copy_to_guest(fds, guest, size) < 0)
			r = -CORE_EFAULT;
	}
	exo_pages_free(guest, 2 * size);
	return r;
}

static long poll_within(guest_ptr fds, u64 n, const struct core_timespec *timeout)
{
	struct core_rlimit limit = {0, 0};
	long r;

	if (n > FD_FEW) {
		EXO_NOW(prlimit64, 0, CORE_RLIMIT_NOFILE, NULL, &limit);
		if (n > limit.rlim_cur || n > INT32_MAX)
			return -CORE_EINVAL;
	}
	if (n == 0)
		return host_poll(0, 0, timeout);
	r = can_be_shared(fds, n);
	if (r < 0)
		return r;
	if (r == 0)
		return copied(fds, n, timeout);
	r = host_poll(fds.addr, n, timeout);
	if (UNLIKELY(r == -CORE_EINVAL)) /* more than descriptors: perhaps some are none */
		return copied(fds, n, timeout);
	if (r > 0 && mend(fds, n) < 0)
		return -CORE_EFAULT;
	return r;
}

long illumos_pollsys(struct core_thread *t, INOUT fds, ULONG nfds, IN timeout, IN sigmask)
{
	struct illumos_sigset set;
	struct core_timespec ts;
	long r;

	if (timeout.addr) {
		if (copy_from_guest(&ts, timeout, sizeof(ts)) < 0)
			return -CORE_EFAULT;
		if (ts.tv_sec < 0 || ts.tv_nsec < 0 || ts.tv_nsec >= 1000000000)
			return -CORE_EINVAL;
	}
	if (sigmask.addr) {
		if (copy_from_guest(&set, sigmask, sizeof(set)) < 0)
			return -CORE_EFAULT;
		core_sigmask_during_call(t, illumos_to_core_sigset(&set, NULL));
	}
	r = poll_within(fds, nfds, timeout.addr ? &ts : NULL);
	/* A signal that waited for the mask ends the call, and the old mask comes back on the way
	 * out, which leads past the signals then. */
	if (sigmask.addr)
		t->exo.interrupted = 1;
	return r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS ? -CORE_EINTR_FINAL : r;
}
