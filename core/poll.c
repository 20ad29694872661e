/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/poll.c: poll(2); core/poll.h has the contract.
 *
 * The array is the hub's, so the usual poll is one host call on the guest's own memory; only
 * events that are numbered otherwise, or a descriptor of the runtime's, ask for a copy.
 */
#include "core/poll.h"
#include "core/fd.h"
#include "core/signal.h"

#define CHUNK 64 /* entries looked at together */

bool core_poll_is_pipe(int fd)
{
	struct core_stat st;

	return EXO_NOW(fstat, fd, &st) >= 0 && (st.st_mode & CORE_S_IFMT) == CORE_S_IFIFO;
}

/* 1: the hub can take the array as it is; 0: it needs a copy. */
static long can_be_shared(const struct core_poll_abi *abi, guest_ptr fds, u64 n)
{
	const int low = exo_fd_hidden_low();
	struct core_pollfd p[CHUNK];

	for (u64 at = 0; at < n; at += CHUNK) {
		u64 m = MIN(n - at, (u64)CHUNK);

		if (copy_from_guest(p, gp_add(fds, at * sizeof(*p)), m * sizeof(*p)) < 0)
			return -CORE_EFAULT;
		for (u64 i = 0; i < m; i++)
			if ((p[i].events & ~abi->same) || p[i].fd >= low)
				return 0;
	}
	return 1;
}

/* After the hub wrote its answers into the guest's array. */
static long mend(const struct core_poll_abi *abi, guest_ptr fds, u64 n)
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
			p[i].revents = abi->answer(&p[i], p[i].revents);
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

/*
 * core: what the hub shall be asked, *asked entries in the order of the guest's, for it wants no
 * more of them than there may be descriptors. True: others have an answer already, for they
 * are the runtime's.
 */
static bool translate(const struct core_poll_abi *abi, struct core_pollfd *core,
		      struct core_pollfd *guest, u64 n, u64 *asked)
{
	bool hidden = false;

	*asked = 0;
	for (u64 i = 0; i < n; i++) {
		guest[i].revents = 0;
		if (guest[i].fd < 0)
			continue;
		if (core_fd_hidden(guest[i].fd)) {
			guest[i].revents = abi->invalid;
			hidden = true;
			continue;
		}
		core[(*asked)++] =
		    (struct core_pollfd){guest[i].fd, abi->events(guest[i].events), 0};
	}
	return hidden;
}

/* The answers in the guest's terms; how many entries have one. */
static long answers(const struct core_poll_abi *abi, struct core_pollfd *guest,
		    const struct core_pollfd *core, u64 n)
{
	long ready = 0;

	for (u64 i = 0; i < n; i++) {
		if (guest[i].fd >= 0 && !guest[i].revents) {
			if (core->revents)
				guest[i].revents = abi->answer(&guest[i], core->revents);
			core++;
		}
		ready += guest[i].revents != 0;
	}
	return ready;
}

static long copied(const struct core_poll_abi *abi, guest_ptr fds, u64 n,
		   const struct core_timespec *timeout)
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
		if (translate(abi, core, guest, n, &asked))
			timeout = &at_once;
		r = host_poll((u64)core, asked, timeout);
	}
	if (r >= 0) {
		r = answers(abi, guest, core, n);
		if (copy_to_guest(fds, guest, size) < 0)
			r = -CORE_EFAULT;
	}
	exo_pages_free(guest, 2 * size);
	return r;
}

long core_poll(const struct core_poll_abi *abi, guest_ptr fds, u64 n,
	       const struct core_timespec *timeout)
{
	struct core_rlimit limit = {0, 0};
	long r;

	if (n > abi->never_asked) {
		EXO_NOW(prlimit64, 0, CORE_RLIMIT_NOFILE, NULL, &limit);
		if (n > limit.rlim_cur || n > INT32_MAX)
			return -CORE_EINVAL;
	}
	if (n == 0)
		return host_poll(0, 0, timeout);
	r = can_be_shared(abi, fds, n);
	if (r < 0)
		return r;
	if (r == 0)
		return copied(abi, fds, n, timeout);
	r = host_poll(fds.addr, n, timeout);
	if (UNLIKELY(r == -CORE_EINVAL)) /* more than descriptors: perhaps some are none */
		return copied(abi, fds, n, timeout);
	if (r > 0 && mend(abi, fds, n) < 0)
		return -CORE_EFAULT;
	return r;
}
