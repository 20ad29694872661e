/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/port.h: event ports, shared among the files about them.
 */
#ifndef FB_ILLUMOS_PORT_H
#define FB_ILLUMOS_PORT_H

#include "core/fd.h"
#include "exo/lock.h"
#include "personality/illumos/abi_port.h"
#include "personality/illumos/illumos.h"

/* One event that waits in a port. */
struct illumos_port_item {
	struct illumos_port_item *next;
	struct illumos_port_event event;
};

struct illumos_port;

/* The port behind fd, referenced; NULL and -CORE_EBADF or -CORE_EBADFD. */
struct illumos_port *illumos_port_get(int fd, long *error);
void illumos_port_put(struct illumos_port *p);
/* Puts an event into the port's queue and wakes who waits. 0, -CORE_EAGAIN: no room. */
long illumos_port_post(struct illumos_port *p, const struct illumos_port_event *e);

#endif
