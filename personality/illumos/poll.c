/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/poll.c: pollsys, which poll, ppoll, select and pselect are made of.
 *
 * A pipe whose other end is gone hangs up on both sides, where the hub has an error for the writer.
 * The call is never restarted. Facts: poll(2), usr/src/uts/common/syscall/poll.c (pollsys,
 * poll_common), fifo_poll of fs/fifofs/fifovnops.c, sys/poll.h.
 */
#include "core/poll.h"
#include "core/signal.h"
#include "personality/bits.h"
#include "personality/illumos/abi_port.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/illumos.h"

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

/* What has hung up cannot be written to, and says nothing else that is no error. */
static i16 answer(const struct core_pollfd *p, i16 revents)
{
	u32 out;

	bits_to_guest(poll_bits, ARRAY_LEN(poll_bits), (u16)revents, &out);
	if (out & ILLUMOS_POLLERR && core_poll_is_pipe(p->fd))
		out = (out & ~(u32)ILLUMOS_POLLERR) | ILLUMOS_POLLHUP;
	if (out & ILLUMOS_POLLHUP)
		out &= ~(u32)(ILLUMOS_POLLOUT | ILLUMOS_POLLWRBAND);
	return (i16)out;
}

static const struct core_poll_abi poll_abi = {
    .same = POLL_SAME,
    .invalid = ILLUMOS_POLLNVAL,
    .never_asked = FD_FEW,
    .events = to_core,
    .answer = answer,
};

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
	r = core_poll(&poll_abi, fds, nfds, timeout.addr ? &ts : NULL);
	/* A signal that waited for the mask ends the call, and the old mask comes back on the way
	 * out, which leads past the signals then. */
	if (sigmask.addr)
		t->exo.interrupted = 1;
	return r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS ? -CORE_EINTR_FINAL : r;
}
