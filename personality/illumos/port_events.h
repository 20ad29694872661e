/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/port_events.h: what can be waited for of a descriptor, and the hub's bits. */
#ifndef FB_ILLUMOS_PORT_EVENTS_H
#define FB_ILLUMOS_PORT_EVENTS_H

#include "core/abi_poll.h"
#include "personality/bits.h"
#include "personality/illumos/abi_port.h"

static const struct bit_pair events_map[] = {
    {ILLUMOS_POLLIN, CORE_EPOLLIN},	    {ILLUMOS_POLLPRI, CORE_EPOLLPRI},
    {ILLUMOS_POLLOUT, CORE_EPOLLOUT},	    {ILLUMOS_POLLERR, CORE_EPOLLERR},
    {ILLUMOS_POLLHUP, CORE_EPOLLHUP},	    {ILLUMOS_POLLRDNORM, CORE_EPOLLRDNORM},
    {ILLUMOS_POLLRDBAND, CORE_EPOLLRDBAND}, {ILLUMOS_POLLWRBAND, CORE_EPOLLWRBAND},
    {ILLUMOS_POLLRDHUP, CORE_EPOLLRDHUP},
};

#endif
