/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/tty_status.c: TIOCSTAT, the line that ^T puts on a terminal.
 *
 * The kernel writes it past everybody's settings; here it is output through a descriptor of
 * its own, so that a full terminal holds nobody up. A process that sleeps is not asked what
 * for: the hub does not tell. Facts: sys/kern/tty_info.c, tty(4).
 */
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/path.h"
#include "personality/freebsd/tty.h"

#define PIDS_MAX   4096
#define LOAD_SHIFT 16 /* of sysinfo's averages */

static u32 hundredths(u64 usec)
{
	return (u32)(usec / 10000 % 100);
}

static bool is_better(const struct exo_process *p, const struct exo_process *than)
{
	bool runs = p->state == 'R', ran = than->state == 'R';

	if (than->pid == 0 || p->state == 'Z' || than->state == 'Z')
		return than->pid == 0 || than->state == 'Z';
	return runs != ran ? runs : p->pid > than->pid;
}

/* The most interesting member of a group: one that runs, else the youngest. */
static bool pick(i32 group, struct exo_process *best)
{
	i32 *pids = exo_pages_alloc(PIDS_MAX * sizeof(*pids));
	struct exo_process p;
	long n;

	memset(best, 0, sizeof(*best));
	if (!pids)
		return false;
	n = exo_process_list(0, pids, PIDS_MAX);
	for (long i = 0; i < MIN(n, (long)PIDS_MAX); i++)
		if (exo_process_info(pids[i], 0, &p) == 0 && p.pgid == group && is_better(&p, best))
			*best = p;
	exo_pages_free(pids, PIDS_MAX * sizeof(*pids));
	return best->pid != 0;
}

static size_t describe(const struct exo_process *p, char *text, size_t size)
{
	struct core_timespec now = {0};
	u64 real, used = p->user_usec + p->system_usec;
	i64 since;

	EXO_NOW(clock_gettime, CORE_CLOCK_REALTIME, &now);
	since = (now.tv_sec - p->start_sec) * 1000000 + now.tv_nsec / 1000 - p->start_usec;
	real = since > 0 ? (u64)since : 0;
	return fb_format(text, size, " cmd: %s %d [%s] %lu.%02ur %lu.%02uu %lu.%02us %lu%% %luk\n",
			 p->name, p->pid, p->state == 'R' ? "running" : "sleeping", real / 1000000,
			 hundredths(real), p->user_usec / 1000000, hundredths(p->user_usec),
			 p->system_usec / 1000000, hundredths(p->system_usec),
			 real ? MIN(used * 100 / real, 100UL) : 0, p->resident / 1024);
}

static long open_output(int fd, bool master)
{
	const int flags = CORE_O_WRONLY | CORE_O_NOCTTY | CORE_O_NONBLOCK | CORE_O_CLOEXEC;
	char self[FREEBSD_FD_PATH_MAX];

	if (master)
		return EXO(ioctl, fd, CORE_TIOCGPTPEER, flags);
	return EXO(openat, CORE_AT_FDCWD, freebsd_fd_path(fd, self), flags);
}

long freebsd_tty_status(int fd)
{
	enum freebsd_tty_kind kind = freebsd_tty_kind(fd);
	struct core_sysinfo si = {0};
	struct exo_process p;
	char text[256];
	size_t n;
	i32 group;
	long out, r;

	if (kind == FREEBSD_TTY_NONE) {
		r = EXO(fcntl, fd, CORE_F_GETFD);
		return r < 0 ? r : -CORE_ENOTTY;
	}
	EXO_NOW(sysinfo, &si);
	n = fb_format(text, sizeof(text), "load: %lu.%02lu ", si.loads[0] >> LOAD_SHIFT,
		      (si.loads[0] & ((1UL << LOAD_SHIFT) - 1)) * 100 >> LOAD_SHIFT);
	r = EXO(ioctl, fd, CORE_TIOCGPGRP, &group);
	if (r < 0)
		n += fb_format(text + n, sizeof(text) - n, "not a controlling terminal\n");
	else if (group <= 0)
		n += fb_format(text + n, sizeof(text) - n, "no foreground process group\n");
	else if (!pick(group, &p))
		n += fb_format(text + n, sizeof(text) - n, "empty foreground process group\n");
	else
		n += describe(&p, text + n, sizeof(text) - n);
	out = open_output(fd, kind == FREEBSD_TTY_MASTER);
	if (out < 0)
		return out;
	EXO_NOW(write, out, text, n);
	EXO_NOW(close, out);
	return 0;
}
