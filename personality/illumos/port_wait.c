/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/port_wait.c: waiting for what a port's epoll has. */
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
