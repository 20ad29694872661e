/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sigfastblock.c: sigfastblock(2), with which rtld(1) and libthr put signals
 * off without a call.
 *
 * A thread registers a word of its own, a count in steps of SIGFASTBLOCK_INC beside four flags.
 * A signal that comes while the count is not zero is put off and SIGFASTBLOCK_PEND set; whoever
 * counts down to zero and finds the flag calls, and the signal is delivered. What differs: a
 * signal with the default action acts at once, because the host keeps it.
 * Facts: sigfastblock(2), sys/kern/kern_sig.c (sys_sigfastblock, issignal, trapsignal),
 * sys/kern/kern_fork.c of FreeBSD 14.
 */
#include "core/guest.h"
#include "core/signal.h"
#include "personality/freebsd/abi_signal.h"
#include "personality/freebsd/freebsd.h"

static void forget(struct core_thread *t)
{
	t->abi_data[FREEBSD_T_FASTBLOCK] = 0;
	if (t->deferring)
		core_signal_resume(t);
}

/* The word cannot be used any more: it is forgotten, so that the handler can make calls. */
static void bad_word(struct core_thread *t, guest_ptr word)
{
	struct core_siginfo si = {.si_signo = CORE_SIGSEGV, .si_code = CORE_SEGV_MAPERR};

	si.fault.addr = word.addr;
	forget(t);
	core_signal_raise(t, &si);
}

bool freebsd_signals_put_off(struct core_thread *t)
{
	guest_ptr word = gp(t->abi_data[FREEBSD_T_FASTBLOCK]);
	u32 old, seen;

	if (LIKELY(!word.addr))
		return false;
	if (guest_read_u32(word, &seen) < 0) {
		bad_word(t, word);
		return false;
	}
	do {
		if (!(seen & ~(u32)FREEBSD_SIGFASTBLOCK_FLAGS))
			return false;
		old = seen;
		if (guest_cas_u32(word, &seen, old | FREEBSD_SIGFASTBLOCK_PEND) < 0) {
			bad_word(t, word);
			return false;
		}
	} while (seen != old);
	return true;
}

/* The new program finds what waits; one that comes about in spite of a failed exec goes on. */
void freebsd_fastblock_leave(struct core_thread *t)
{
	if (t->deferring)
		forget(t);
}

static long unblock(struct core_thread *t, guest_ptr word)
{
	u32 seen = FREEBSD_SIGFASTBLOCK_PEND;

	if (guest_cas_u32(word, &seen, 0) < 0) {
		forget(t);
		return -CORE_EFAULT;
	}
	if (seen != FREEBSD_SIGFASTBLOCK_PEND)
		return -CORE_EBUSY;
	if (t->deferring)
		core_signal_resume(t);
	return 0;
}

long freebsd_sigfastblock(struct core_thread *t, INT cmd, INOUT ptr)
{
	guest_ptr word = gp(t->abi_data[FREEBSD_T_FASTBLOCK]);
	u32 now;

	if (cmd == FREEBSD_SIGFASTBLOCK_SETPTR) {
		if (word.addr)
			return -CORE_EBUSY;
		if (ptr.addr % sizeof(u32))
			return -CORE_EINVAL;
		t->abi_data[FREEBSD_T_FASTBLOCK] = ptr.addr;
		return 0;
	}
	if (!word.addr)
		return -CORE_EINVAL;
	switch (cmd) {
	case FREEBSD_SIGFASTBLOCK_UNBLOCK:
		return unblock(t, word);
	case FREEBSD_SIGFASTBLOCK_UNSETPTR:
		if (guest_read_u32(word, &now) < 0) {
			forget(t);
			return -CORE_EFAULT;
		}
		if (now != 0 && now != FREEBSD_SIGFASTBLOCK_PEND)
			return -CORE_EBUSY;
		forget(t);
		return 0;
	default:
		return -CORE_EINVAL;
	}
}
