/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals of illumos: numbers, sets, flags, siginfo and events. */
#include "personality/illumos/convert_signal.h"
#include "tests/unit/tap.h"

static void numbers(void)
{
	int mapped = 0, alone = 0;

	for (int sig = 1; sig <= ILLUMOS_MAXSIG; sig++) {
		int core = illumos_to_core_signal(sig);

		if (!core) {
			alone += illumos_signal_alone(sig);
			continue;
		}
		mapped++;
		ok(core_to_illumos_signal(core) == sig, "signal %d there and back", sig);
		ok(!illumos_signal_alone(sig), "and is not alone");
	}
	is_number(mapped + alone, ILLUMOS_MAXSIG, "every number is one or the other");
	is_number(illumos_to_core_signal(16), CORE_SIGUSR1, "16 is SIGUSR1");
	is_number(illumos_to_core_signal(18), CORE_SIGCHLD, "18 is SIGCLD");
	is_number(illumos_to_core_signal(23), CORE_SIGSTOP, "23 is SIGSTOP");
	is_number(illumos_to_core_signal(25), CORE_SIGCONT, "25 is SIGCONT");
	is_number(illumos_to_core_signal(32), 0, "SIGWAITING has none");
	is_number(illumos_to_core_signal(0), 0, "0 is no signal");
	is_number(illumos_to_core_signal(73), 0, "nor is 73");
	is_number(illumos_to_core_signal(-1), 0, "nor is -1");
	is_number(core_to_illumos_signal(65), 0, "nor is the hub's 65");
	for (int core = 1; core <= 64; core++)
		ok(core_to_illumos_signal(core) != 0 || core == CORE_SIGSTKFLT || core > 33,
		   "the hub's %d has a number", core);
}

static void sets(void)
{
	struct illumos_sigset set, lost = {{1u << 31, 0, 0, 0}}, beyond = {{0, 0, ~0u, ~0u}};
	u64 known = 0, alone;

	for (int core = 1; core <= 64; core++)
		known |= core_to_illumos_signal(core) ? CORE_SIGMASK(core) : 0;
	core_to_illumos_sigset(known, 0, &set);
	ok(illumos_to_core_sigset(&set, &alone) == known && alone == 0, "there and back");
	ok(illumos_to_core_sigset(&lost, &alone) == 0 && alone == 1UL << 31, "32 stays alone");
	core_to_illumos_sigset(0, alone, &set);
	ok(memcmp(&set, &lost, sizeof(set)) == 0, "and comes back");
	illumos_to_core_sigset(&beyond, &alone);
	core_to_illumos_sigset(~0ul, ~0ul, &set);
	ok((set.bits[2] & ~0xffu) == 0 && set.bits[3] == 0, "there is none beyond 72");
}

static void flags(void)
{
	for (int bit = 0; bit < 31; bit++) {
		i32 known = ILLUMOS_SA_ONSTACK | ILLUMOS_SA_RESETHAND | ILLUMOS_SA_RESTART |
			    ILLUMOS_SA_SIGINFO | ILLUMOS_SA_NODEFER | ILLUMOS_SA_NOCLDWAIT |
			    ILLUMOS_SA_NOCLDSTOP;
		i32 back = core_to_illumos_saflags(illumos_to_core_saflags(1 << bit));

		ok(back == (known >> bit & 1 ? 1 << bit : 0), "sa_flags bit %d", bit);
	}
}

static void info(void)
{
	struct core_siginfo from = {.si_signo = CORE_SIGFPE, .si_code = CORE_FPE_INTDIV};
	struct illumos_siginfo to;

	from.fault.addr = 0x1234;
	core_to_illumos_siginfo(&from, 0, 0x5678, &to);
	ok(to.si_signo == ILLUMOS_SIGFPE && to.si_code == 1 && to.fault.addr == 0x1234 &&
	       to.fault.pc == 0x5678,
	   "division by zero");
	from = (struct core_siginfo){.si_signo = CORE_SIGCHLD, .si_code = CORE_CLD_KILLED};
	from.chld.pid = 77;
	from.chld.status = CORE_SIGUSR1;
	core_to_illumos_siginfo(&from, 0, 0, &to);
	ok(to.cld.pid == 77 && to.cld.status == ILLUMOS_SIGUSR1 && to.si_code == 2,
	   "a child's signal is illumos's");
	from.si_code = CORE_CLD_EXITED;
	from.chld.status = 10;
	core_to_illumos_siginfo(&from, 0, 0, &to);
	is_number(to.cld.status, 10, "an exit status is not");
	from = (struct core_siginfo){.si_signo = CORE_SIGUSR2, .si_code = CORE_SI_QUEUE};
	from.kill.pid = 5;
	from.kill.uid = 6;
	from.kill.value.sival_ptr = 0xdeadbeefcafe;
	core_to_illumos_siginfo(&from, 0, 0, &to);
	ok(to.si_code == ILLUMOS_SI_QUEUE && to.kill.pid == 5 && to.kill.uid == 6 &&
	       to.kill.value == 0xdeadbeefcafe,
	   "a queued one with its value");
	from.si_code = CORE_SI_TKILL;
	core_to_illumos_siginfo(&from, 0, 0, &to);
	is_number(to.si_code, ILLUMOS_SI_LWP, "one from an LWP");
	from.si_code = CORE_SI_TIMER;
	core_to_illumos_siginfo(&from, 0, 0, &to);
	ok(to.si_code == ILLUMOS_SI_TIMER && to.kill.pid == 0, "a timer's has no sender");
}

static void events(void)
{
	struct illumos_sigevent from = {.sigev_notify = ILLUMOS_SIGEV_SIGNAL,
					.sigev_signo = ILLUMOS_SIGUSR1,
					.sigev_value = 99};
	struct core_sigevent to;

	ok(illumos_to_core_sigevent(&from, &to) == 0 && to.sigev_signo == CORE_SIGUSR1 &&
	       to.sigev_value.sival_ptr == 99,
	   "a signal with a value");
	from.sigev_signo = 73;
	is_number(illumos_to_core_sigevent(&from, &to), -CORE_EINVAL, "no such signal");
	from.sigev_notify = 77;
	is_number(illumos_to_core_sigevent(&from, &to), -CORE_EINVAL, "no such notice");
}

int main(void)
{
	numbers();
	sets();
	flags();
	info();
	events();
	return tap_end();
}
