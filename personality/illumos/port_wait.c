/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/port_wait.c: what a port's epoll has, beside descriptors, and waiting for it.
 */
#include "core/signal.h"
#include "personality/illumos/lwp.h"
#include "personality/illumos/port.h"

long illumos_port_sleep(struct core_thread *t, int fd, struct core_epoll_event *ev, int max,
			const struct illumos_wait *w)
{
	struct core_timespec left = {0, 0}, *limit = NULL;
	long r;

	do {
		if (w->timed) {
			struct exo_time now;

			exo_clock_gettime(CORE_CLOCK_MONOTONIC, &now);
			left.tv_sec = w->until.tv_sec - now.sec;
			left.tv_nsec = w->until.tv_nsec - now.nsec;
			if (left.tv_nsec < 0) {
				left.tv_nsec += 1000000000;
				left.tv_sec--;
			}
			if (w->now || left.tv_sec < 0)
				left = (struct core_timespec){0, 0};
			limit = &left;
		}
		r = EXO(epoll_pwait2, fd, ev, max, limit, NULL, 8);
	} while ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) && core_signal_absorb(t));
	return r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS ? -CORE_EINTR_FINAL : r;
}

static long watch(struct illumos_port *p, int fd, u32 place, u32 what)
{
	struct core_epoll_event ev = {.events = CORE_EPOLLIN, .data = (u64)place << 32 | what};

	return EXO_NOW(epoll_ctl, illumos_port_epoll(p), CORE_EPOLL_CTL_ADD, fd, &ev);
}

long illumos_port_watch_timer(struct illumos_port *p, int fd, u32 place)
{
	return watch(p, fd, place, ILLUMOS_PORT_TIMER);
}

long illumos_port_watch_file(struct illumos_port *p, int fd, u32 place)
{
	return watch(p, fd, place, ILLUMOS_PORT_FILE);
}

long illumos_port_dispatch(struct core_thread *t, struct illumos_port *p, i32 source, i32 events,
			   u64 object, u64 user)
{
	static const struct illumos_wait forever;
	struct illumos_port_event e = {.portev_events = events,
				       .portev_source = (u16)source,
				       .portev_object = object,
				       .portev_user = user};
	long r;

	if (source != ILLUMOS_PORT_SOURCE_AIO && source != ILLUMOS_PORT_SOURCE_MQ)
		return -CORE_EINVAL;
	for (;;) {
		u32 *word = illumos_port_room(p), room = __atomic_load_n(word, __ATOMIC_ACQUIRE);

		r = illumos_port_post(p, &e);
		if (r != -CORE_EAGAIN)
			return r;
		r = illumos_wait_word(t, (u64)word, room, false, &forever);
		if (r < 0)
			return r;
	}
}

long illumos_port_send(struct illumos_port *p, i32 events, u64 user)
{
	struct illumos_port_event e = {.portev_events = events,
				       .portev_source = ILLUMOS_PORT_SOURCE_USER,
				       .portev_user = user};

	return illumos_port_post(p, &e);
}

static long send_to(int fd, i32 events, u64 user)
{
	long r;
	struct illumos_port *p = illumos_port_get(fd, &r);

	if (!p)
		return r;
	r = illumos_port_send(p, events, user);
	illumos_port_put(p);
	return r;
}

/* The list of errors is written when there is one: 0 for those that have none. */
static long write_error(guest_ptr errors, u32 n, u32 at, bool first, long error)
{
	u32 value = (u32)core_to_illumos_errno((int)error);

	for (u32 i = 0; first && i < n; i++)
		if (guest_write_u32(gp(errors.addr + i * 4UL), 0) < 0)
			return -CORE_EFAULT;
	return guest_write_u32(gp(errors.addr + at * 4UL), value);
}

long illumos_port_sendn(guest_ptr ports_at, guest_ptr errors, u32 n, i32 events, u64 user)
{
	long sent = 0;

	if (n == 0 || n > ILLUMOS_PORT_MAX_LIST)
		return -CORE_EINVAL;
	for (u32 i = 0; i < n; i++) {
		u32 fd;
		long r;

		if (guest_read_u32(gp(ports_at.addr + i * 4UL), &fd) < 0)
			return -CORE_EFAULT;
		r = send_to((int)fd, events, user);
		if (r < 0 && write_error(errors, n, i, sent == i, -r) < 0)
			return -CORE_EFAULT;
		sent += r == 0;
	}
	return sent;
}
