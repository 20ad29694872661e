/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/port_timer.c: timers that end in an event port (SIGEV_PORT, and SIGEV_THREAD,
 * which the library makes of one).
 *
 * Such a timer is a timerfd in the port's epoll; the event says how often it ran out, as its number
 * of events. Their identifiers lie above those of the host's own timers. Facts: port_create(3C),
 * timer_create(3C), usr/src/uts/common/os/timers.c (timer_create, timer_fire).
 */
#include "lib/mem.h"
#include "personality/illumos/port.h"

#define TIMERS 256
#define FIRST  0x10000

static struct port_timer {
	struct illumos_port *port; /* referenced; NULL: the place is free */
	int fd;
	u64 user;
	i32 overrun;
} timers[TIMERS];
static struct exo_lock lock;

bool illumos_port_timer_is(int id)
{
	return id >= FIRST && id < FIRST + TIMERS;
}

struct port_notify {
	i32 port, pad0;
	u64 user;
};

long illumos_port_timer_create(int clock, guest_ptr notify, guest_ptr idp)
{
	struct port_notify n;
	struct illumos_port *port;
	u32 at = 0;
	long r, fd;

	if (copy_from_guest(&n, notify, sizeof(n)) < 0)
		return -CORE_EFAULT;
	port = illumos_port_get(n.port, &r);
	if (!port)
		return -CORE_EINVAL;
	fd = EXO_NOW(timerfd_create, clock, CORE_O_CLOEXEC | CORE_O_NONBLOCK);
	if (fd >= 0)
		fd = exo_hide_fd((int)fd);
	if (fd < 0) {
		illumos_port_put(port);
		return -CORE_EAGAIN;
	}
	exo_lock(&lock);
	while (at < TIMERS && timers[at].port)
		at++;
	r = at < TIMERS ? illumos_port_watch_timer(port, (int)fd, at) : -CORE_EAGAIN;
	if (r == 0)
		timers[at] = (struct port_timer){port, (int)fd, n.user, 0};
	illumos_fork_resets = true;
	exo_unlock(&lock);
	if (r < 0) {
		exo_unhide_fd((int)fd);
		illumos_port_put(port);
		return r;
	}
	r = guest_write_u32(idp, FIRST + at);
	if (r < 0)
		illumos_port_timer_delete(FIRST + (int)at);
	return r;
}

static struct port_timer *find(int id)
{
	struct port_timer *p = &timers[id - FIRST];

	return p->port ? p : NULL;
}

long illumos_port_timer_delete(int id)
{
	struct illumos_port *port = NULL;
	struct port_timer *p;

	exo_lock(&lock);
	p = find(id);
	if (p) {
		port = p->port;
		exo_unhide_fd(p->fd); /* and is in no epoll any more */
		p->port = NULL;
	}
	exo_unlock(&lock);
	if (!port)
		return -CORE_EINVAL;
	illumos_port_put(port);
	return 0;
}

long illumos_port_timer_get(int id, struct core_itimerspec *now)
{
	struct port_timer *p;
	long r = -CORE_EINVAL;

	exo_lock(&lock);
	p = find(id);
	if (p)
		r = EXO_NOW(timerfd_gettime, p->fd, now);
	exo_unlock(&lock);
	return r;
}

long illumos_port_timer_set(int id, bool absolute, const struct core_itimerspec *set)
{
	struct port_timer *p;
	long r = -CORE_EINVAL;

	exo_lock(&lock);
	p = find(id);
	if (p)
		r = EXO_NOW(timerfd_settime, p->fd, absolute ? 1 : 0, set, NULL);
	exo_unlock(&lock);
	return r;
}

long illumos_port_timer_overrun(int id)
{
	struct port_timer *p;
	long r = -CORE_EINVAL;

	exo_lock(&lock);
	p = find(id);
	if (p)
		r = p->overrun;
	exo_unlock(&lock);
	return r;
}

bool illumos_port_timer_event(u32 at, struct illumos_port_event *e)
{
	u64 times = 0;
	bool fired = false;

	if (at >= TIMERS)
		return false;
	exo_lock(&lock);
	if (timers[at].port && EXO_NOW(read, timers[at].fd, &times, sizeof(times)) == 8) {
		fired = true;
		timers[at].overrun = (i32)MIN(times - 1, (u64)INT32_MAX);
		*e = (struct illumos_port_event){.portev_events = (i32)MIN(times, (u64)INT32_MAX),
						 .portev_source = ILLUMOS_PORT_SOURCE_TIMER,
						 .portev_object = FIRST + at,
						 .portev_user = timers[at].user};
	}
	exo_unlock(&lock);
	return fired;
}

/* Timers are not inherited. */
void illumos_port_timers_forked(void)
{
	exo_lock_reset(&lock);
	for (u32 i = 0; i < TIMERS; i++) {
		if (timers[i].port)
			exo_unhide_fd(timers[i].fd);
		timers[i].port = NULL;
	}
}
