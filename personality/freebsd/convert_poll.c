/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/freebsd/convert_poll.c: the events of poll(2). */
#include "personality/freebsd/convert_poll.h"
#include "personality/bits.h"

static const struct bit_pair poll_bits[] = {
    {FREEBSD_POLLIN, CORE_POLLIN},	   {FREEBSD_POLLPRI, CORE_POLLPRI},
    {FREEBSD_POLLOUT, CORE_POLLOUT},	   {FREEBSD_POLLERR, CORE_POLLERR},
    {FREEBSD_POLLHUP, CORE_POLLHUP},	   {FREEBSD_POLLNVAL, CORE_POLLNVAL},
    {FREEBSD_POLLRDNORM, CORE_POLLRDNORM}, {FREEBSD_POLLRDBAND, CORE_POLLRDBAND},
    {FREEBSD_POLLWRBAND, CORE_POLLWRBAND}, {FREEBSD_POLLRDHUP, CORE_POLLRDHUP},
};

i16 freebsd_to_core_poll_events(i16 events)
{
	u32 out;

	/* poll(2) has no error for an event that does not exist: it never happens. */
	bits_to_core(poll_bits, ARRAY_LEN(poll_bits), (u16)events, &out);
	if (events & FREEBSD_POLLINIGNEOF)
		out |= CORE_POLLRDHUP;
	return (i16)out;
}

i16 core_to_freebsd_poll_revents(i16 revents, i16 events, bool broken_pipe)
{
	const i16 readable = FREEBSD_POLLIN | FREEBSD_POLLRDNORM;
	u32 out;

	/* The hub reports what was asked for, and that was translated from known bits. */
	bits_to_guest(poll_bits, ARRAY_LEN(poll_bits), (u16)revents, &out);
	if (broken_pipe && (out & FREEBSD_POLLERR))
		out = (out & ~(u32)FREEBSD_POLLERR) | FREEBSD_POLLHUP;
	if (!(events & FREEBSD_POLLINIGNEOF)) {
		if (out & FREEBSD_POLLHUP)
			out |= (u16)(events & readable);
	} else if (out & (FREEBSD_POLLRDHUP | FREEBSD_POLLHUP)) {
		out &= ~(u32)(readable | FREEBSD_POLLHUP);
	}
	return (i16)(out & ((u16)events | FREEBSD_POLLERR | FREEBSD_POLLHUP | FREEBSD_POLLNVAL));
}
