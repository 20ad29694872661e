/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/secflags.c: process security flags, psecflags(2).
 *
 * Four sets: what counts now, what counts after the next exec, and the bounds of the latter, which
 * shrink towards each other. noexecstack takes the right to execute from the stack of the next
 * program; forbidnullmap changes nothing, as nobody gets those pages here anyway; aslr is noted:
 * where things lie is decided by the runtime. The flags of a process are its own to change.
 *
 * The effective set cannot be asked to change: the answer is no error but the number of one, as the
 * original returns it so. Facts: security-flags(7), psecflags(2); usr/src/uts/common/syscall/
 * psecflags.c, usr/src/common/secflags/secflags.c, sys/secflags.h, os/proc.c (secflags_promote).
 */
#include "personality/illumos/priv.h"
#include "personality/illumos/procfs_peer.h"
#include "personality/illumos/procset.h"

#define BEGUN	      0x1000
#define EINVAL_NUMBER 22

struct delta {
	u64 add, remove, assign;
	u32 assigns;
	u32 pad;
};
SIZE_ASSERT(struct delta, 32);

static u32 whole(u32 word)
{
	return word & BEGUN ? word : BEGUN | ILLUMOS_SEC_ALL << 3 * ILLUMOS_PSF_UPPER;
}

static u32 word_of(const struct core_process *p)
{
	return whole((u32)p->abi_data[ILLUMOS_P_SECFLAGS]);
}

static u32 get(u32 word, int which)
{
	return word >> 3 * which & ILLUMOS_SEC_ALL;
}

static u32 put(u32 word, int which, u32 set)
{
	return (word & ~((u32)ILLUMOS_SEC_ALL << 3 * which)) | set << 3 * which;
}

u32 illumos_secflags(const struct core_process *p, int which)
{
	return get(word_of(p), which);
}

u32 illumos_secflags_of(u32 word, int which)
{
	return get(whole(word), which);
}

u32 illumos_secflags_next(const struct core_process *p)
{
	u32 w = word_of(p);

	return p->abi_data[ILLUMOS_P_SECFLAGS]
		   ? put(w, ILLUMOS_PSF_EFFECTIVE, get(w, ILLUMOS_PSF_INHERIT))
		   : 0;
}

void illumos_secflags_take_over(struct core_process *p, u32 word)
{
	if (!(word & BEGUN))
		return;
	p->abi_data[ILLUMOS_P_SECFLAGS] = word & (BEGUN | 0xfff);
	if (illumos_secflags(p, ILLUMOS_PSF_EFFECTIVE) & ILLUMOS_SEC_NOEXECSTACK)
		EXO_NOW(mprotect, p->stack_low, p->stack_high - p->stack_low,
			CORE_PROT_READ | CORE_PROT_WRITE);
}

/* psecflags_validate_delta() */
static bool is_valid(u32 word, const struct delta *d)
{
	u64 lower = get(word, ILLUMOS_PSF_LOWER), upper = get(word, ILLUMOS_PSF_UPPER);

	if (d->assigns)
		return !(d->assign & ~upper) && !(lower & ~d->assign) &&
		       !(d->assign & ~(u64)ILLUMOS_SEC_ALL);
	return !(d->add & ~upper) && !(d->remove & lower) &&
	       !((d->add | d->remove) & ~(u64)ILLUMOS_SEC_ALL);
}

static long apply(struct core_process *p, int which, const struct delta *d)
{
	u32 w = word_of(p), set = get(w, which);

	if (!is_valid(w, d))
		return -CORE_EINVAL;
	set = d->assigns ? (u32)d->assign : (set | (u32)d->add) & ~(u32)d->remove;
	w = put(w, which, set);
	w = put(w, ILLUMOS_PSF_INHERIT, get(w, ILLUMOS_PSF_INHERIT) | get(w, ILLUMOS_PSF_LOWER));
	p->abi_data[ILLUMOS_P_SECFLAGS] = w;
	return 0;
}

struct change {
	struct core_thread *t;
	const struct delta *delta;
	int which;
};

static long change_one(void *ctx, i32 pid)
{
	const struct change *c = ctx;
	long r;

	if (!illumos_priv_has(c->t, ILLUMOS_PRIV_PROC_SECFLAGS) || pid != c->t->pid)
		return -CORE_EPERM;
	r = apply(c->t->proc, c->which, c->delta);
	illumos_publish(c->t);
	return r;
}

long illumos_psecflags(struct core_thread *t, IN set, INT which, IN delta)
{
	struct illumos_procset p;
	struct delta d;
	struct change c = {t, &d, which};
	long r;

	if (which == ILLUMOS_PSF_EFFECTIVE)
		return EINVAL_NUMBER;
	if (copy_from_guest(&p, set, sizeof(p)) < 0 ||
	    copy_from_guest(&d, delta, offsetof(struct delta, pad)) < 0)
		return -CORE_EFAULT;
	if (which < 0 || which > ILLUMOS_PSF_UPPER || p.lidtype == ILLUMOS_P_LWPID ||
	    p.ridtype == ILLUMOS_P_LWPID)
		return -CORE_EINVAL;
	r = illumos_procset_check(&p);
	return r < 0 ? r : illumos_procset_each(t, &p, change_one, &c);
}
