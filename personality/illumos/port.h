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
/* Sleeps until the epoll fd has something: how many, 0 when the time is up, or an error. */
struct illumos_wait;
long illumos_port_sleep(struct core_thread *t, int fd, struct core_epoll_event *ev, int max,
			const struct illumos_wait *w);
/* A timerfd wakes who waits; what it says is asked by its place (port_timer.c). 0 or an error. */
long illumos_port_watch_timer(struct illumos_port *p, int fd, u32 place);

/* port_timer.c: timers of SIGEV_PORT, among timer_create's. */
bool illumos_port_timer_is(int id);
long illumos_port_timer_create(int clock, guest_ptr notify, guest_ptr idp);
long illumos_port_timer_delete(int id);
long illumos_port_timer_get(int id, struct core_itimerspec *now);
long illumos_port_timer_set(int id, bool absolute, const struct core_itimerspec *set);
long illumos_port_timer_overrun(int id);
/* The timer of that place has run out: its event; false when it has not. */
bool illumos_port_timer_event(u32 place, struct illumos_port_event *e);
void illumos_port_timers_forked(void);

#endif
