/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/misc.c: calls that are one thought each: the indirect call,
 * randomness, processors, names.
 */
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_exec.h"
#include "personality/freebsd/freebsd.h"

/* syscall(2): the number is the first argument, the others move down, the sixth of the
 * called one lies on the stack. */
static long indirect(struct core_thread *t, u64 nr)
{
	struct exo_frame *f = t->exo.frame;
	u64 args[8] = {f->rsi, f->rdx, f->r10, f->r8, f->r9};
	const struct core_syscall *row;

	if (copy_from_guest(&args[5], gp(f->rsp + 8), 3 * sizeof(u64)) < 0)
		args[5] = args[6] = args[7] = 0;
	if (nr >= freebsd_personality.table_len || nr == 0 || nr == 198)
		return freebsd_personality.missing(t, nr);
	row = &freebsd_personality.table[nr];
	if (row->handler)
		return row->handler(t, args);
	return row->wide ? row->wide(t, args) : freebsd_personality.missing(t, nr);
}

long freebsd_syscall(struct core_thread *t, INT number, ULONG a1, ULONG a2, ULONG a3, ULONG a4,
		     ULONG a5)
{
	(void)a1, (void)a2, (void)a3, (void)a4, (void)a5;
	return indirect(t, (u32)number);
}

/* On amd64 all arguments are 64 bits wide, so the two are one. */
long freebsd___syscall(struct core_thread *t, LONG number, ULONG a1, ULONG a2, ULONG a3, ULONG a4,
		       ULONG a5)
{
	(void)a1, (void)a2, (void)a3, (void)a4, (void)a5;
	return indirect(t, (u64)number);
}

long freebsd_getrandom(struct core_thread *t, OUT buf, SIZE buflen, HEX flags)
{
	(void)t;
	/* GRND_NONBLOCK, GRND_RANDOM and GRND_INSECURE have the same values. */
	if (flags & ~7u || buflen > INT64_MAX)
		return -CORE_EINVAL;
	return EXO(getrandom, buf.addr, buflen, flags & ~2u);
}

long freebsd_sched_yield(struct core_thread *t)
{
	(void)t;
	return EXO(sched_yield);
}

long freebsd_yield(struct core_thread *t)
{
	return freebsd_sched_yield(t);
}

long freebsd_sysarch(struct core_thread *t, INT op, INOUT parms)
{
	u64 base;

	switch (op) {
	case FREEBSD_AMD64_GET_FSBASE:
		return guest_write_u64(parms, exo_tls_get());
	case FREEBSD_AMD64_SET_FSBASE:
		if (guest_read_u64(parms, &base) < 0)
			return -CORE_EFAULT;
		if (base >= EXO_GUEST_HIGH)
			return -CORE_EINVAL;
		exo_tls_set(base);
		return 0;
	case FREEBSD_AMD64_GET_GSBASE:
		return guest_write_u64(parms, 0);
	case FREEBSD_AMD64_GET_XFPUSTATE: {
		struct {
			u64 addr;
			u32 len;
		} x;
		u8 *area = exo_thread_scratch(&t->exo);

		if (copy_from_guest(&x, parms, sizeof(x)) < 0)
			return -CORE_EFAULT;
		if (x.len > exo_xstate_size() - 512)
			return -CORE_EINVAL;
		memset(area, 0, 576);
		exo_xstate_save(area, exo_xstate_features());
		return copy_to_guest(gp(x.addr), area + 512, x.len);
	}
	default: /* gs belongs to the runtime; the rest is i386's and the LDT's */
		return -CORE_EINVAL;
	}
}
