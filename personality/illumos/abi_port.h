/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_port.h: event ports and poll events.
 *
 * Facts: usr/src/uts/common/sys/{port,port_impl,poll}.h.
 */
#ifndef FB_ILLUMOS_ABI_PORT_H
#define FB_ILLUMOS_ABI_PORT_H

#include "core/abi_types.h"

/* portfs's subcodes, and what is said beside them */
#define ILLUMOS_PORT_CREATE	 0
#define ILLUMOS_PORT_ASSOCIATE	 1
#define ILLUMOS_PORT_DISSOCIATE	 2
#define ILLUMOS_PORT_SEND	 3
#define ILLUMOS_PORT_SENDN	 4
#define ILLUMOS_PORT_GET	 5
#define ILLUMOS_PORT_GETN	 6
#define ILLUMOS_PORT_ALERT	 7
#define ILLUMOS_PORT_DISPATCH	 8
#define ILLUMOS_PORT_CODE_MASK	 0xff
#define ILLUMOS_PORT_SYS_NOPORT	 0x100
#define ILLUMOS_PORT_SYS_NOSHARE 0x200
#define ILLUMOS_PORT_MAX_LIST	 8192

/* portev_source */
#define ILLUMOS_PORT_SOURCE_AIO	  1
#define ILLUMOS_PORT_SOURCE_TIMER 2
#define ILLUMOS_PORT_SOURCE_USER  3
#define ILLUMOS_PORT_SOURCE_FD	  4
#define ILLUMOS_PORT_SOURCE_ALERT 5
#define ILLUMOS_PORT_SOURCE_MQ	  6
#define ILLUMOS_PORT_SOURCE_FILE  7

/* port_alert's flags */
#define ILLUMOS_PORT_ALERT_SET	  1
#define ILLUMOS_PORT_ALERT_UPDATE 2

struct illumos_port_event {
	i32 portev_events;
	u16 portev_source;
	u16 portev_pad;
	u64 portev_object;
	u64 portev_user;
};
SIZE_ASSERT(struct illumos_port_event, 24);

/* poll(2) */
#define ILLUMOS_POLLIN	   0x0001
#define ILLUMOS_POLLPRI	   0x0002
#define ILLUMOS_POLLOUT	   0x0004
#define ILLUMOS_POLLERR	   0x0008
#define ILLUMOS_POLLHUP	   0x0010
#define ILLUMOS_POLLNVAL   0x0020
#define ILLUMOS_POLLRDNORM 0x0040
#define ILLUMOS_POLLRDBAND 0x0080
#define ILLUMOS_POLLWRBAND 0x0100
#define ILLUMOS_POLLRDHUP  0x4000

#endif
