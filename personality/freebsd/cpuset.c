/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/cpuset.c: processor sets. Facts: cpuset(2), cpuset_getaffinity(2),
 * cpuset_getdomain(2), sys/cpuset.h, sys/kern/kern_cpuset.c.
 *
 * Of FreeBSD's tree of sets there are the two every system starts with: the root, 0, and
 * the default set, 1, both with all the processors the host lets us use; below them each
 * thread has its own mask, which is the host's. One memory domain.
 */
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_process.h"
#include "personality/freebsd/freebsd.h"

#define MASK_WORDS  (FREEBSD_CPU_MAXSIZE / 64)
#define ROOT_SET    0
#define DEFAULT_SET 1
#define DOMAIN_MAX  8 /* MAXMEMDOM of sys/amd64/include/param.h */

struct mask {
	u64 word[MASK_WORDS];
};

static void all_cpus(struct mask *m)
{
	memset(m, 0, sizeof(*m));
	if (exo_cpus(m->word, sizeof(m->word)) <= 0)
		m->word[0] = 1;
}

/* The fewest bytes that hold a mask of all processors (kern.sched.cpusetsizemin). */
static u64 smallest_mask(void)
{
	struct mask m;
	u64 n = FREEBSD_CPU_MAXSIZE / 8;

	all_cpus(&m);
	while (n > 1 && !((const u8 *)m.word)[n - 1])
		n--;
	return n;
}

static bool is_thread_id(i64 id)
{
	return id >= FREEBSD_TID_BASE && id - FREEBSD_TID_BASE <= INT32_MAX;
}

/*
 * The threads that which and id name: a process's (*pid, 0: ours) or one thread (*tid).
 * -CORE_ESRCH when there is nobody, -CORE_EINVAL when these are not threads.
 */
static long threads_named(struct core_thread *t, int which, i64 id, i32 *pid, i32 *tid)
{
	*pid = 0;
	*tid = 0;
	if (which == FREEBSD_CPU_WHICH_TIDPID)
		which =
		    is_thread_id(id) || id == -1 ? FREEBSD_CPU_WHICH_TID : FREEBSD_CPU_WHICH_PID;
	if (which == FREEBSD_CPU_WHICH_TID) {
		if (id != -1 && !is_thread_id(id))
			return -CORE_ESRCH;
		*tid = id == -1 ? (i32)t->exo.tid : (i32)(id - FREEBSD_TID_BASE);
		return EXO_NOW(sched_getaffinity, *tid, 0, 0) == -CORE_ESRCH ? -CORE_ESRCH : 0;
	}
	if (which != FREEBSD_CPU_WHICH_PID)
		return -CORE_EINVAL;
	if (id != -1 && (id <= 0 || id > INT32_MAX))
		return -CORE_ESRCH;
	*pid = id == -1 ? t->pid : (i32)id;
	return EXO_NOW(sched_getaffinity, *pid, 0, 0) == -CORE_ESRCH ? -CORE_ESRCH : 0;
}

/* Does set name one of the two there are? -1: the caller's. */
static bool is_set(i64 id)
{
	return id == -1 || id == ROOT_SET || id == DEFAULT_SET;
}

/* Adds the masks of a process's threads, or sets them all. */
static long each_thread(i32 pid, struct mask *sum, const struct mask *set)
{
	u32 room = 4096;
	i32 *tids = exo_pages_alloc(room * sizeof(*tids));
	long n, r = 0;

	if (!tids)
		return -CORE_ENOMEM;
	n = exo_process_list(pid, tids, room);
	for (long i = 0; i < MIN(n, (long)room); i++) {
		struct mask one;

		memset(&one, 0, sizeof(one));
		if (set) {
			r = EXO_NOW(sched_setaffinity, tids[i], sizeof(*set), set);
			if (r < 0 && r != -CORE_ESRCH)
				break;
			r = 0;
		} else if (EXO_NOW(sched_getaffinity, tids[i], sizeof(one), &one) > 0) {
			for (u32 w = 0; w < MASK_WORDS; w++)
				sum->word[w] |= one.word[w];
		}
	}
	exo_pages_free(tids, room * sizeof(*tids));
	return n < 0 ? n : r;
}

static long get_mask(struct core_thread *t, int level, int which, i64 id, struct mask *m)
{
	i32 pid, tid;
	long r;

	if (level < FREEBSD_CPU_LEVEL_ROOT || level > FREEBSD_CPU_LEVEL_WHICH)
		return -CORE_EINVAL;
	switch (which) {
	case FREEBSD_CPU_WHICH_TID:
	case FREEBSD_CPU_WHICH_PID:
	case FREEBSD_CPU_WHICH_TIDPID:
		r = threads_named(t, which, id, &pid, &tid);
		if (r < 0)
			return r;
		if (level != FREEBSD_CPU_LEVEL_WHICH)
			break;
		memset(m, 0, sizeof(*m));
		if (pid)
			return each_thread(pid, m, NULL);
		r = EXO_NOW(sched_getaffinity, tid, sizeof(*m), m);
		return MIN(r, 0);
	case FREEBSD_CPU_WHICH_CPUSET:
		if (!is_set(id))
			return -CORE_ESRCH;
		break;
	case FREEBSD_CPU_WHICH_JAIL:
		if (id != 0 && id != -1)
			return -CORE_ESRCH;
		break;
	case FREEBSD_CPU_WHICH_DOMAIN:
		if (level != FREEBSD_CPU_LEVEL_WHICH || id < 0 || id >= DOMAIN_MAX)
			return -CORE_EINVAL;
		if (id > 0) {
			memset(m, 0, sizeof(*m));
			return 0;
		}
		break;
	case FREEBSD_CPU_WHICH_IRQ:
	case FREEBSD_CPU_WHICH_INTRHANDLER:
	case FREEBSD_CPU_WHICH_ITHREAD:
		/* A program sees no interrupt of the host's. */
		return level == FREEBSD_CPU_LEVEL_WHICH ? -CORE_ESRCH : -CORE_EINVAL;
	default:
		return -CORE_EINVAL;
	}
	all_cpus(m);
	return 0;
}

long freebsd_cpuset_getaffinity(struct core_thread *t, INT level, INT which, LONG id,
				SIZE cpusetsize, OUT mask)
{
	u64 size = MIN(cpusetsize, sizeof(struct mask));
	struct mask m;
	long r;

	if (cpusetsize < smallest_mask())
		return -CORE_ERANGE;
	r = get_mask(t, level, which, id, &m);
	if (r < 0)
		return r;
	if (copy_to_guest(mask, &m, size) < 0)
		return -CORE_EFAULT;
	return zero_guest(gp_add(mask, size), cpusetsize - size);
}

/* The mask of a call; what lies beyond the processors a kernel can have must be empty. */
static long read_mask(guest_ptr from, u64 size, struct mask *m)
{
	u64 used = MIN(size, sizeof(*m));
	u8 byte;

	memset(m, 0, sizeof(*m));
	if (copy_from_guest(m, from, used) < 0)
		return -CORE_EFAULT;
	for (u64 i = used; i < size; i++) {
		if (copy_from_guest(&byte, gp_add(from, i), 1) < 0)
			return -CORE_EFAULT;
		if (byte)
			return -CORE_EINVAL;
	}
	return 0;
}

long freebsd_cpuset_setaffinity(struct core_thread *t, INT level, INT which, LONG id,
				SIZE cpusetsize, IN mask)
{
	struct mask m, all;
	u64 any = 0, outside = 0;
	i32 pid, tid;
	long r;

	if (cpusetsize < smallest_mask())
		return -CORE_ERANGE;
	r = read_mask(mask, cpusetsize, &m);
	if (r < 0)
		return r;
	all_cpus(&all);
	for (u32 w = 0; w < MASK_WORDS; w++) {
		any |= m.word[w];
		outside |= m.word[w] & ~all.word[w];
	}
	if (!any)
		return -CORE_EDEADLK;
	if (level == FREEBSD_CPU_LEVEL_ROOT || level == FREEBSD_CPU_LEVEL_CPUSET ||
	    (level == FREEBSD_CPU_LEVEL_WHICH &&
	     (which == FREEBSD_CPU_WHICH_CPUSET || which == FREEBSD_CPU_WHICH_JAIL))) {
		r = get_mask(t, level, which, id, &all);
		return r < 0 ? r : -CORE_EPERM; /* sets are the administrator's */
	}
	if (level != FREEBSD_CPU_LEVEL_WHICH)
		return -CORE_EINVAL;
	if (which == FREEBSD_CPU_WHICH_IRQ || which == FREEBSD_CPU_WHICH_INTRHANDLER ||
	    which == FREEBSD_CPU_WHICH_ITHREAD)
		return -CORE_ESRCH;
	r = threads_named(t, which, id, &pid, &tid);
	if (r < 0)
		return r;
	if (outside)
		return -CORE_EINVAL;
	if (pid)
		return each_thread(pid, NULL, &m);
	return EXO_NOW(sched_setaffinity, tid, sizeof(m), &m);
}

long freebsd_cpuset_getid(struct core_thread *t, INT level, INT which, LONG id, OUT setid)
{
	i32 pid, tid;
	long r = 0;

	if (level == FREEBSD_CPU_LEVEL_WHICH && which != FREEBSD_CPU_WHICH_CPUSET)
		return -CORE_EINVAL;
	switch (which) {
	case FREEBSD_CPU_WHICH_TID:
	case FREEBSD_CPU_WHICH_PID:
	case FREEBSD_CPU_WHICH_TIDPID:
		r = threads_named(t, which, id, &pid, &tid);
		break;
	case FREEBSD_CPU_WHICH_CPUSET:
		r = is_set(id) ? 0 : -CORE_ESRCH;
		break;
	case FREEBSD_CPU_WHICH_JAIL:
		r = id == 0 || id == -1 ? 0 : -CORE_ESRCH;
		break;
	default:
		return -CORE_EINVAL;
	}
	if (r < 0)
		return r;
	switch (level) {
	case FREEBSD_CPU_LEVEL_ROOT:
		return guest_write_u32(setid, ROOT_SET);
	case FREEBSD_CPU_LEVEL_CPUSET:
		return guest_write_u32(setid, DEFAULT_SET);
	case FREEBSD_CPU_LEVEL_WHICH: /* of a set: its own number */
		return guest_write_u32(setid, id == -1 ? DEFAULT_SET : (u32)id);
	default:
		return -CORE_EINVAL;
	}
}

long freebsd_cpuset_setid(struct core_thread *t, INT which, LONG id, INT setid)
{
	i32 pid, tid;
	long r;

	if (which != FREEBSD_CPU_WHICH_PID)
		return -CORE_EINVAL;
	if (setid != ROOT_SET && setid != DEFAULT_SET)
		return -CORE_ESRCH;
	r = threads_named(t, which, id, &pid, &tid);
	if (r < 0)
		return r;
	return setid == DEFAULT_SET ? 0 : -CORE_EPERM; /* the root set holds nobody */
}

/* The host has nothing like numbered sets: none can be made, as when there is no memory. */
long freebsd_cpuset(struct core_thread *t, OUT setid)
{
	(void)t, (void)setid;
	return -CORE_ENOMEM;
}

/* ---- memory domains: one ------------------------------------------------------------------ */

#define SMALLEST_DOMAINSET 8  /* sizeof(domainset_t) with MAXMEMDOM 8 */
#define LARGEST_DOMAINSET  32 /* DOMAINSET_MAXSIZE / 8, 256 bits */

long freebsd_cpuset_getdomain(struct core_thread *t, INT level, INT which, LONG id,
			      SIZE domainsetsize, OUT mask, OUT policy)
{
	u64 set[LARGEST_DOMAINSET / 8] = {1};
	struct mask m;
	long r;

	if (domainsetsize < SMALLEST_DOMAINSET || domainsetsize > LARGEST_DOMAINSET)
		return -CORE_ERANGE;
	if (which == FREEBSD_CPU_WHICH_IRQ || which == FREEBSD_CPU_WHICH_INTRHANDLER ||
	    which == FREEBSD_CPU_WHICH_ITHREAD || which == FREEBSD_CPU_WHICH_DOMAIN)
		return -CORE_EINVAL;
	r = get_mask(t, level, which, id, &m);
	if (r < 0)
		return r;
	if (copy_to_guest(mask, set, domainsetsize) < 0)
		return -CORE_EFAULT;
	return guest_write_u32(policy, FREEBSD_DOMAINSET_POLICY_FIRSTTOUCH);
}

/* Every policy over the one domain comes to the same. */
long freebsd_cpuset_setdomain(struct core_thread *t, INT level, INT which, LONG id,
			      SIZE domainsetsize, IN mask, INT policy)
{
	u64 set[LARGEST_DOMAINSET / 8] = {0};
	i32 pid, tid;

	if (domainsetsize < SMALLEST_DOMAINSET || domainsetsize > LARGEST_DOMAINSET)
		return -CORE_ERANGE;
	if (policy <= FREEBSD_DOMAINSET_POLICY_INVALID || policy > FREEBSD_DOMAINSET_POLICY_MAX)
		return -CORE_EINVAL;
	if (copy_from_guest(set, mask, domainsetsize) < 0)
		return -CORE_EFAULT;
	if (set[0] & ~1UL || set[1] || set[2] || set[3] || !set[0])
		return -CORE_EINVAL;
	if (level != FREEBSD_CPU_LEVEL_WHICH)
		return -CORE_EPERM;
	return threads_named(t, which, id, &pid, &tid);
}
