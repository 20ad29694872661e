/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/rings.c: cli/prof/rings.h. The first event of each processor has the ring, and is told
 * of what is mapped and who begins and ends; the others write into it.
 */
#include "cli/prof/rings.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/prof/unwind.h"

#define RING_PAGES                                                                                 \
	128 /* what kernel.perf_event_mlock_kb lets everybody have: 516 KiB with the head */

#define COPIES_PAGES 1024

static int open_event(const struct sampler_event *e, pid_t pid, int cpu, bool leads)
{
	struct perf_attr a = {
	    .type = e->type,
	    .size = sizeof(a),
	    .config = e->config,
	    .sample_period = e->period,
	    .sample_type = PERF_SAMPLE_IDENTIFIER | PERF_SAMPLE_IP | PERF_SAMPLE_TID |
			   PERF_SAMPLE_TIME | PERF_SAMPLE_PERIOD | PERF_SAMPLE_CALLCHAIN |
			   (e->stack != 0 ? PERF_SAMPLE_REGS_USER | PERF_SAMPLE_STACK_USER : 0),
	    .flags = PERF_DISABLED | PERF_INHERIT | PERF_ENABLE_ON_EXEC | PERF_EXCLUDE_KERNEL |
		     PERF_EXCLUDE_HV | PERF_EXCLUDE_CALLCHAIN_KERNEL | PERF_SAMPLE_ID_ALL |
		     PERF_WATERMARK | PERF_USE_CLOCKID | (e->frequency ? PERF_FREQ : 0) |
		     (leads ? PERF_MMAP | PERF_MMAP2 | PERF_COMM | PERF_COMM_EXEC | PERF_TASK : 0),
	    .wakeup_watermark = RING_PAGES * 4096 / 4,
	    .sample_regs_user = e->stack != 0 ? UNWIND_MASK : 0,
	    .sample_stack_user = e->stack,
	    .clockid = CLOCK_MONOTONIC,
	};

	return (int)syscall(SYS_perf_event_open, &a, pid, cpu, -1, PERF_FLAG_FD_CLOEXEC);
}

int sampler_refused(void)
{
	struct sampler_event e = {
	    PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_CLOCK, 1000000, false, 0, ""};
	int fd = open_event(&e, 0, -1, true);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static void refused(const struct sampler_event *e, int error)
{
	FILE *f = fopen("/proc/sys/kernel/perf_event_paranoid", "re");
	int level = -1;

	if (f == NULL || fscanf(f, "%d", &level) != 1)
		level = -1;
	if (f != NULL)
		fclose(f);
	if (e->type == PERF_TYPE_HARDWARE &&
	    (error == ENOENT || error == EOPNOTSUPP || error == ENODEV || error == EINVAL))
		fail(
		    CLI_FAILED,
		    "cannot count %s: this machine does not show its processor's counters (%s), as "
		    "virtual machines often do not",
		    e->what, strerror(error));
	else if (f == NULL || error == ENOSYS)
		fail(CLI_FAILED,
		     "cannot sample: this kernel has no perf_event_open (%s); one with "
		     "CONFIG_PERF_EVENTS has",
		     strerror(error));
	else if ((error == EACCES || error == EPERM) && level > 2)
		fail(CLI_FAILED,
		     "cannot sample: perf_event_open is refused (%s), for "
		     "kernel.perf_event_paranoid is %d; 'sysctl kernel.perf_event_paranoid=2' by "
		     "root allows it, or CAP_PERFMON",
		     strerror(error), level);
	else if (error == EACCES || error == EPERM)
		fail(CLI_FAILED,
		     "cannot sample: perf_event_open is refused (%s) though "
		     "kernel.perf_event_paranoid is %d: a seccomp filter, as containers have, or a "
		     "security module forbids it; a profile that allows perf_event_open is needed",
		     strerror(error), level);
	else
		fail(CLI_FAILED, "cannot sample: perf_event_open: %s", strerror(error));
}

static bool map_ring(struct ring *r)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), most = RING_PAGES;

	/* Copies of stacks are large, and who has the right to more may have it. */
	for (u32 i = 0; i < SAMPLER_EVENTS; i++)
		if (r->copies[i])
			most = COPIES_PAGES;

	/* Who may lock less has smaller rings, as long as there is one. */
	for (size_t pages = most; pages >= 4; pages /= 2) {
		void *p = mmap(NULL, (pages + 1) * page, PROT_READ | PROT_WRITE, MAP_SHARED,
			       r->fds[0], 0);

		if (p != MAP_FAILED) {
			r->head = p;
			r->size = pages * page;
			r->data = (u8 *)p + page;
			return true;
		}
		if (errno != EPERM && errno != ENOMEM)
			break;
	}
	fail(CLI_FAILED, "cannot sample: no memory for the samples: %s", strerror(errno));
	return false;
}

/* 1: the ring is there; 0: its processor is configured and not there; -1 after a sentence. */
static int open_ring(struct ring *r, pid_t pid, int cpu, const struct sampler_event *events, u32 n)
{
	*r = (struct ring){0};
	for (u32 i = 0; i < n; i++)
		r->copies[i] = events[i].stack != 0;
	for (u32 i = 0; i < n; i++) {
		int fd = open_event(&events[i], pid, cpu, i == 0);

		if (fd < 0 && i == 0 && (errno == ENXIO || (errno == ENODEV && cpu != 0)))
			return 0;
		if (fd < 0) {
			refused(&events[i], errno);
			return -1;
		}
		r->fds[r->n++] = fd;
		if (i == 0 && !map_ring(r))
			return -1;
		if ((i != 0 && ioctl(fd, PERF_EVENT_IOC_SET_OUTPUT, r->fds[0]) != 0) ||
		    ioctl(fd, PERF_EVENT_IOC_ID, &r->ids[i]) != 0) {
			fail(CLI_FAILED, "cannot sample %s: %s", events[i].what, strerror(errno));
			return -1;
		}
	}
	return 1;
}

u32 rings_open(struct ring **rings, pid_t pid, const struct sampler_event *events, u32 n)
{
	long cpus = sysconf(_SC_NPROCESSORS_CONF);
	u32 count = 0;

	*rings = allocate((size_t)cpus * sizeof(**rings));
	for (long cpu = 0; cpu < cpus; cpu++) {
		int there = open_ring(&(*rings)[count], pid, (int)cpu, events, n);

		if (there < 0) {
			rings_close(*rings, count + 1);
			*rings = NULL;
			return 0;
		}
		count += (u32)there;
	}
	return count;
}

void rings_close(struct ring *rings, u32 n)
{
	for (u32 i = 0; i < n; i++) {
		struct ring *r = &rings[i];

		if (r->head != NULL)
			munmap(r->head, r->size + (size_t)(r->data - r->head));
		while (r->n != 0)
			close(r->fds[--r->n]);
	}
	free(rings);
}
