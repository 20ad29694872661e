/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/modes.c: cli/prof/modes.h. Which calls wait and which map is told by their names in the
 * tables; operations of those that do several things are told by their numbers: FreeBSD's
 * sys/umtx.h, illumos's sys/lwp.h and usr/src/uts/common/syscall/lwp_sobj.c, Linux's linux/futex.h.
 */
#include "cli/prof/modes.h"

#include <string.h>

#include "personality/freebsd/abi_umtx.h"
#include "personality/illumos/abi_process.h"

const struct mode_about modes[MODES] = {
    [MODE_CPU] = {"cpu",
		  {"samples", "count", "samples"},
		  {"cpu", "nanoseconds", "processor time"},
		  false},
    [MODE_SYSCALL] = {"syscall",
		      {"calls", "count", "calls of the system"},
		      {"wall", "nanoseconds", "time in calls of the system"},
		      false},
    [MODE_MEMORY] = {"memory",
		     {"page_faults", "count", "page faults"},
		     {"mapped", "bytes", "bytes mapped"},
		     true},
    [MODE_LOCK] = {"lock",
		   {"waits", "count", "waits"},
		   {"delay", "nanoseconds", "time waited"},
		   false},
    [MODE_CACHE] = {"cache",
		    {"cache_references", "count", "references of the cache"},
		    {"cache_misses", "count", "misses of the cache"},
		    true},
    [MODE_BRANCH] = {"branch",
		     {"branches", "count", "branches"},
		     {"branch_misses", "count", "branches foretold wrongly"},
		     true},
};

bool modes_named(const char *text, u32 *set, enum mode *first, const char **word, int *length)
{
	*set = 0;
	for (const char *p = text;; p++) {
		size_t n = strcspn(p, ",");
		u32 m = 0;

		while (m < MODES &&
		       (strlen(modes[m].name) != n || memcmp(modes[m].name, p, n) != 0))
			m++;
		if (m == MODES) {
			*word = p;
			*length = (int)MIN(n, (size_t)100);
			return false;
		}
		if (*set == 0)
			*first = (enum mode)m;
		*set |= 1u << m;
		p += n;
		if (*p == '\0')
			return true;
	}
}

/* ---- calls ------------------------------------------------------------------------------- */

static bool is_among(const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

/* illumos's multiplexers have their parts behind a number; none of these is one. */
static const char *const waiting[] = {
    "_umtx_op",	     "thr_suspend",	   "lwp_park",
    "lwp_cond_wait", "lwp_sema_timedwait", "lwp_mutex_timedlock",
    "futex",	     "futex_waitv",	   NULL,
};

static const char *const mapping[] = {
    "mmap", "freebsd6_mmap", "mremap", "brk", "break", "sbrk", NULL,
};

u32 modes_of_call(const struct abi *a, const struct call_info *c)
{
	(void)a;
	return 1u << MODE_SYSCALL | (is_among(c->name, waiting) ? 1u << MODE_LOCK : 0) |
	       (is_among(c->name, mapping) ? 1u << MODE_MEMORY : 0);
}

static bool umtx_waits(u64 op)
{
	switch ((u32)op & ~(FREEBSD_UMTX_OP__32BIT | FREEBSD_UMTX_OP__I386)) {
	case FREEBSD_UMTX_OP_LOCK:
	case FREEBSD_UMTX_OP_WAIT:
	case FREEBSD_UMTX_OP_MUTEX_LOCK:
	case FREEBSD_UMTX_OP_CV_WAIT:
	case FREEBSD_UMTX_OP_WAIT_UINT:
	case FREEBSD_UMTX_OP_RW_RDLOCK:
	case FREEBSD_UMTX_OP_RW_WRLOCK:
	case FREEBSD_UMTX_OP_WAIT_UINT_PRIVATE:
	case FREEBSD_UMTX_OP_MUTEX_WAIT:
	case FREEBSD_UMTX_OP_SEM_WAIT:
	case FREEBSD_UMTX_OP_SEM2_WAIT:
		return true;
	default:
		return false;
	}
}

/* FUTEX_WAIT, _LOCK_PI, _WAIT_BITSET, _WAIT_REQUEUE_PI, _LOCK_PI2; above are flags. */
static bool futex_waits(u64 op)
{
	op &= 127;
	return op == 0 || op == 6 || op == 9 || op == 11 || op == 13;
}

bool call_waits(const struct event *e)
{
	if (e->call == NULL || !is_among(e->call->name, waiting))
		return false;
	if (strcmp(e->call->name, "_umtx_op") == 0)
		return umtx_waits(e->r->args[1]);
	if (strcmp(e->call->name, "futex") == 0)
		return futex_waits(e->r->args[1]);
	if (strcmp(e->call->name, "lwp_park") == 0)
		return e->r->args[0] == ILLUMOS_PARK || e->r->args[0] == ILLUMOS_PARK_OLD;
	return true;
}

/* What break was asked for, or, of Linux, which says so, what is there now. */
static u64 break_grows(const struct event *e, u64 *end)
{
	u64 now = e->abi->names == NAMES_CORE ? (u64)e->r->result : e->r->args[0], before = *end;

	*end = now;
	return before != 0 && now > before ? now - before : 0;
}

u64 call_maps(const struct event *e, u64 *end)
{
	const char *name = e->call != NULL ? e->call->name : "";

	if (!is_among(name, mapping) || e->r->result < 0)
		return 0;
	if (strcmp(name, "mremap") == 0)
		return e->r->args[2] > e->r->args[1] ? e->r->args[2] - e->r->args[1] : 0;
	return strcmp(name, "mmap") == 0 || strcmp(name, "freebsd6_mmap") == 0
		   ? e->r->args[1]
		   : break_grows(e, end);
}
