/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals of FreeBSD: numbers, sets, flags and siginfo. */
#include "personality/freebsd/convert_signal.h"
#include "tests/unit/tap.h"

static void numbers(void)
{
	int mapped = 0;

	for (int sig = 1; sig <= FREEBSD_SIG_MAXSIG; sig++) {
		int core = freebsd_to_core_signal(sig);

		if (!core)
			continue;
		mapped++;
		ok(core_to_freebsd_signal(core) == sig, "signal %d there and back", sig);
	}
	is_number(mapped, 64, "as many as the hub has");
	is_number(freebsd_to_core_signal(30), CORE_SIGUSR1, "30 is SIGUSR1");
	is_number(freebsd_to_core_signal(20), CORE_SIGCHLD, "20 is SIGCHLD");
	is_number(freebsd_to_core_signal(65), 34, "the first real-time signal");
	is_number(freebsd_to_core_signal(95), 64, "the last with a counterpart");
	is_number(freebsd_to_core_signal(96), 0, "the first without one");
	is_number(freebsd_to_core_signal(34), 0, "34 has none");
	is_number(freebsd_to_core_signal(0), 0, "0 is no signal");
	is_number(freebsd_to_core_signal(129), 0, "nor is 129");
	is_number(core_to_freebsd_signal(65), 0, "nor is the hub's 65");
}

static void sets(void)
{
	struct freebsd_sigset set, rt = {{0, 0, 1, 0}}, lost = {{0, 2, 0, 0}};

	for (u64 mask = 1; mask; mask <<= 1) {
		core_to_freebsd_sigset(mask, &set);
		if (freebsd_to_core_sigset(&set) != mask)
			ok(false, "mask %#llx there and back", (unsigned long long)mask);
	}
	core_to_freebsd_sigset(~0ull, &set);
	ok(freebsd_to_core_sigset(&set) == ~0ull, "all of them there and back");
	ok(freebsd_to_core_sigset(&rt) == CORE_SIGMASK(34), "bit 64 is signal 65");
	ok(freebsd_to_core_sigset(&lost) == 0, "signal 34 is left out");
}

static void flags(void)
{
	u64 core;

	for (int bit = 0; bit < 31; bit++) {
		long r = freebsd_to_core_saflags(1 << bit, &core);

		if (bit <= 6)
			ok(r == 0 && core && core_to_freebsd_saflags(core) == 1 << bit,
			   "sa_flags bit %d there and back", bit);
		else if (r != -CORE_EINVAL)
			ok(false, "sa_flags bit %d is refused", bit);
	}
	ok(core_to_freebsd_saflags(CORE_SA_RESTORER) == 0, "no restorer");
}

static void info(void)
{
	struct core_siginfo from = {.si_signo = CORE_SIGFPE, .si_code = CORE_FPE_INTDIV};
	struct freebsd_siginfo to;

	from.fault.addr = 0x1234;
	core_to_freebsd_siginfo(&from, 0, &to);
	ok(to.si_signo == FREEBSD_SIGFPE && to.si_code == FREEBSD_FPE_INTDIV &&
	       to.si_addr == 0x1234 && to.reason.fault.trapno == FREEBSD_T_DIVIDE,
	   "division by zero");
	from.si_code = CORE_FPE_FLTINV;
	core_to_freebsd_siginfo(&from, 16, &to);
	is_number(to.si_code, FREEBSD_FPE_FLTINV, "an invalid operation");

	from = (struct core_siginfo){.si_signo = CORE_SIGCHLD, .si_code = CORE_CLD_KILLED};
	from.chld.pid = 77;
	from.chld.status = CORE_SIGUSR1;
	core_to_freebsd_siginfo(&from, 0, &to);
	ok(to.si_pid == 77 && to.si_status == FREEBSD_SIGUSR1 && to.si_code == FREEBSD_CLD_KILLED,
	   "a child's signal is FreeBSD's");
	from.si_code = CORE_CLD_EXITED;
	from.chld.status = 10;
	core_to_freebsd_siginfo(&from, 0, &to);
	is_number(to.si_status, 10, "an exit status is not");

	from = (struct core_siginfo){.si_signo = CORE_SIGUSR2, .si_code = CORE_SI_QUEUE};
	from.kill.pid = 5;
	from.kill.uid = 6;
	from.kill.value.sival_ptr = 0xdeadbeefcafe;
	core_to_freebsd_siginfo(&from, 0, &to);
	ok(to.si_code == FREEBSD_SI_QUEUE && to.si_value.sival_ptr == 0xdeadbeefcafe &&
	       to.si_pid == 5 && to.si_uid == 6,
	   "sigqueue's value");
	from.si_code = CORE_SI_TKILL;
	core_to_freebsd_siginfo(&from, 0, &to);
	ok(to.si_code == FREEBSD_SI_LWP && to.si_value.sival_ptr == 0, "thr_kill has none");
	from.si_code = CORE_SI_KERNEL;
	core_to_freebsd_siginfo(&from, 0, &to);
	is_number(to.si_code, FREEBSD_SI_KERNEL, "the kernel's own");
}

int main(void)
{
	numbers();
	sets();
	flags();
	info();
	return tap_end();
}
