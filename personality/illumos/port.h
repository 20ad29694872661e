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

/* In place of a descriptor, with the place in the upper half, what the epoll says of: */
#define ILLUMOS_PORT_TIMER 0xfffffffe
#define ILLUMOS_PORT_FILE  0xfffffffd

int illumos_port_epoll(const struct illumos_port *p);

/* The port behind fd, referenced; NULL and -CORE_EBADF or -CORE_EBADFD. */
struct illumos_port *illumos_port_get(int fd, long *error);
void illumos_port_put(struct illumos_port *p);
/* Puts an event into the port's queue and wakes who waits. 0, -CORE_EAGAIN: no room. */
long illumos_port_post(struct illumos_port *p, const struct illumos_port_event *e);
/* A futex that changes when a full queue has room again. */
u32 *illumos_port_room(struct illumos_port *p);
/* An event of the library's own, which says of which source it is; it waits for room. */
long illumos_port_dispatch(struct core_thread *t, struct illumos_port *p, i32 source, i32 events,
			   u64 object, u64 user);
/* An event of the program's own, to one port or to n of a list. */
long illumos_port_send(struct illumos_port *p, i32 events, u64 user);
long illumos_port_sendn(guest_ptr ports_at, guest_ptr errors, u32 n, i32 events, u64 user);
/* Sleeps until the epoll fd has something: how many, 0 when the time is up, or an error. */
struct illumos_wait;
long illumos_port_sleep(struct core_thread *t, int fd, struct core_epoll_event *ev, int max,
			const struct illumos_wait *w);
/* A timerfd wakes who waits; what it says is asked by its place (port_timer.c). 0 or an error. */
long illumos_port_watch_timer(struct illumos_port *p, int fd, u32 place);

long illumos_port_watch_file(struct illumos_port *p, int fd, u32 place);

/* port_file.c: files, by the address of the program's structure. */
long illumos_port_associate_file(struct illumos_port *p, u64 object, u32 events, u64 user);
long illumos_port_dissociate_file(struct illumos_port *p, u64 object);
/* What has happened to the file of that place; false when it is nothing that was asked for. */
bool illumos_port_file_event(u32 place, struct illumos_port_event *e);
/* Of a port that ends; NULL: of all. */
void illumos_port_files_end(const struct illumos_port *p);
void illumos_port_files_forked(void);

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
