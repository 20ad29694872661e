/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/lwp_robust.c: robust mutexes whose owner is gone.
 *
 * The library itself looks after LWPs that end; what is left is a process that ends, or becomes
 * another program, with a mutex that others share. It has registered each one (lwp_mutex_register)
 * and gives them up here; one that was killed could not, so who waits looks whether the owner's
 * process is still there. Facts: usr/src/uts/common/syscall/lwp_sobj.c (lwp_mutex_register,
 * lwp_mutex_cleanup, lwp_clear_mutex), sys/synch.h.
 */
#include "core/slab.h"
#include "exo/lock.h"
#include "lib/mem.h"
#include "personality/illumos/lwp_object.h"

#define USYNC_PROCESS_ROBUST 0x08
#define MUTEXES_MAX	     65536
#define LOCK_BYTES	     0xff000000u
#define DEAD		     (ILLUMOS_LOCK_OWNERDEAD | ILLUMOS_LOCK_UNMAPPED)

struct registered {
	struct registered *next;
	u64 addr;
	u16 type;
};

static struct exo_lock lock;
static struct core_slab slab;
static FB_HOT struct registered *first;
static u32 count;

static bool read_flag(guest_ptr lp, u16 *flag)
{
	return copy_from_guest(flag, MEMBER(lp, illumos_mutex, flag), sizeof(*flag)) == 0;
}

static bool write_flag(guest_ptr lp, u16 flag)
{
	return copy_to_guest(MEMBER(lp, illumos_mutex, flag), &flag, sizeof(flag)) == 0;
}

long illumos_robust_state(guest_ptr lp, u16 type)
{
	u16 flag;

	if (!(type & ILLUMOS_LOCK_ROBUST))
		return 0;
	if (!read_flag(lp, &flag))
		return -CORE_EFAULT;
	if (flag & ILLUMOS_LOCK_NOTRECOVERABLE)
		return -CORE_ENOTRECOVERABLE;
	if (!(flag & DEAD))
		return 0;
	return (flag & ILLUMOS_LOCK_OWNERDEAD) || !(type & USYNC_PROCESS_ROBUST)
		   ? -CORE_EOWNERDEAD
		   : -CORE_ILLUMOS_ELOCKUNMAPPED;
}

bool illumos_robust_give_up(guest_ptr lp)
{
	u16 flag;

	if (!read_flag(lp, &flag) || !(flag & DEAD))
		return false;
	return write_flag(lp, (u16)((flag & ~DEAD) | ILLUMOS_LOCK_NOTRECOVERABLE));
}

/* Frees a mutex that is `pid`'s. Of several who see that it is gone one does it. */
static void free_of(guest_ptr lp, u16 type, u32 pid, u16 why)
{
	guest_ptr word = MEMBER(lp, illumos_mutex, lockword);
	u32 owner = pid, now;
	u16 flag;

	if (guest_cas_u32(MEMBER(lp, illumos_mutex, ownerpid), &owner, 0) < 0 || owner != pid)
		return;
	if (!read_flag(lp, &flag) || !write_flag(lp, flag | why) ||
	    guest_write_u64(MEMBER(lp, illumos_mutex, data), 0) < 0 ||
	    guest_read_u32(word, &now) < 0)
		return;
	for (u32 seen = ~now; seen != now;) {
		seen = now;
		if (guest_cas_u32(word, &now, seen & ~LOCK_BYTES) < 0)
			return;
	}
	illumos_mutex_wake(lp, type, false);
}

/* A process that nobody has waited for yet is gone as well. */
static bool is_gone(u32 pid)
{
	struct {
		i32 fd;
		i16 events, revents;
	} p = {.events = 1 /* POLLIN */};
	struct core_timespec none = {0, 0};
	long r;

	p.fd = (i32)EXO_NOW(pidfd_open, pid, 0);
	if (p.fd < 0)
		return p.fd == -CORE_ESRCH;
	r = EXO_NOW(ppoll, &p, 1, &none, NULL, 8);
	EXO_NOW(close, p.fd);
	return r == 1;
}

void illumos_robust_check(struct core_thread *t, guest_ptr lp)
{
	u32 word, owner;

	if (guest_read_u32(MEMBER(lp, illumos_mutex, lockword), &word) < 0 ||
	    !(word & LOCK_BYTES) ||
	    guest_read_u32(MEMBER(lp, illumos_mutex, ownerpid), &owner) < 0 || !owner ||
	    owner == (u32)t->pid || !is_gone(owner))
		return;
	free_of(lp, ILLUMOS_USYNC_PROCESS | ILLUMOS_LOCK_ROBUST, owner, ILLUMOS_LOCK_OWNERDEAD);
}

long illumos_lwp_mutex_register(struct core_thread *t, INOUT lp, ADDR owner)
{
	struct registered *m;
	u16 type;
	long r = illumos_object_type(MEMBER(lp, illumos_mutex, type), &type);

	(void)t, (void)owner;
	if (r < 0)
		return r;
	if (!(type & ILLUMOS_USYNC_PROCESS) || !(type & ILLUMOS_LOCK_ROBUST))
		return -CORE_EINVAL;
	exo_lock(&lock);
	for (m = first; m && m->addr != lp.addr; m = m->next)
		;
	if (!m && count < MUTEXES_MAX) {
		if (!slab.size)
			core_slab_start(&slab, sizeof(*m));
		illumos_fork_resets = true;
		m = core_slab_take(&slab);
		if (m) {
			m->addr = lp.addr;
			m->next = first;
			first = m;
			count++;
		}
	}
	if (m)
		m->type = type;
	exo_unlock(&lock);
	return m ? 0 : -CORE_EFAULT;
}

/* What is at a registered address may be something else by now. */
void illumos_robust_leave(struct core_thread *t, bool exec)
{
	u16 type;

	if (LIKELY(!first))
		return;
	exo_lock(&lock);
	for (struct registered *m = first; m; m = m->next) {
		guest_ptr lp = gp(m->addr);

		if (illumos_object_type(MEMBER(lp, illumos_mutex, type), &type) == 0 &&
		    type == m->type)
			free_of(lp, type, (u32)t->pid,
				exec ? ILLUMOS_LOCK_UNMAPPED : ILLUMOS_LOCK_OWNERDEAD);
	}
	exo_unlock(&lock);
}

void illumos_robust_forked(void)
{
	exo_lock_reset(&lock);
	if (!slab.size)
		return;
	memset(&slab, 0, sizeof(slab));
	first = NULL;
	count = 0;
}
