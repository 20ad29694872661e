/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/wait.c: waitsys, which all waits are made of. Facts: waitid(2), sys/wait.h,
 * usr/src/uts/common/os/exit.c (waitid, winfo): when nothing has happened si_signo is 0.
 */
#include "core/abi.h"
#include "core/wait_signal.h"
#include "lib/mem.h"
#include "personality/bits.h"
#include "personality/illumos/abi_process.h"
#include "personality/illumos/contract.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/procset.h"
#include "personality/illumos/quiet.h"

static const struct bit_pair options_table[] = {
    {ILLUMOS_WEXITED, CORE_WEXITED},
    {ILLUMOS_WTRAPPED, 0}, /* nobody is traced */
    {ILLUMOS_WSTOPPED, CORE_WSTOPPED},
    {ILLUMOS_WCONTINUED, CORE_WCONTINUED},
    {ILLUMOS_WNOHANG, CORE_WNOHANG},
    {ILLUMOS_WNOWAIT, CORE_WNOWAIT},
    {ILLUMOS_WNOCHLD, 0}, /* of very old programs */
};

#define EVENTS (CORE_WEXITED | CORE_WSTOPPED | CORE_WCONTINUED)

/* The hub wants an event to wait for; here one waits for none, until there is no child. */
static long wait_for_nothing(int type, i32 id, u32 how)
{
	struct core_siginfo si;
	long r;

	if (how & CORE_WNOHANG)
		return EXO(waitid, type, id, &si, CORE_WSTOPPED | CORE_WNOHANG | CORE_WNOWAIT,
			   NULL);
	r = EXO(waitid, type, id, &si, CORE_WEXITED | CORE_WNOWAIT, NULL);
	return r == 0 ? -CORE_ECHILD : r;
}

static void reaped(struct core_thread *t, const struct core_siginfo *si)
{
	u32 status = (u32)si->chld.status;

	if (si->si_code == CORE_CLD_EXITED)
		illumos_contract_reaped(t, si->chld.pid, status << 8);
	else if (si->si_code == CORE_CLD_KILLED || si->si_code == CORE_CLD_DUMPED)
		illumos_contract_reaped(t, si->chld.pid, status & 0x7f);
}

long illumos_waitsys(struct core_thread *t, INT idtype, INT id, OUT info, HEX options)
{
	struct illumos_siginfo out;
	struct core_siginfo si;
	u32 how;
	int type;
	long r;

	if ((options & ~(u32)ILLUMOS_WNOCHLD) == 0 ||
	    !bits_to_core(options_table, ARRAY_LEN(options_table), options, &how))
		return -CORE_EINVAL;
	switch (idtype) {
	case ILLUMOS_P_PID:
	case ILLUMOS_P_PGID:
		if (id < 0)
			return -CORE_EINVAL;
		if (id == 0) /* no process and no group of one */
			return -CORE_ECHILD;
		type = idtype == ILLUMOS_P_PID ? CORE_P_PID : CORE_P_PGID;
		break;
	case ILLUMOS_P_ALL:
		type = CORE_P_ALL;
		break;
	default:
		return -CORE_EINVAL;
	}
	memset(&si, 0, sizeof(si));
	if (UNLIKELY(illumos_quiet_any) && how & EVENTS)
		r = illumos_quiet_wait(type, id, how, &si);
	else
		r = how & EVENTS ? EXO(waitid, type, id, &si, how, NULL)
				 : wait_for_nothing(type, id, how);
	if (r < 0)
		return r;
	if (si.chld.pid && !(how & CORE_WNOWAIT))
		core_wait_signal(t, si.chld.pid);
	if (illumos_contracts(t) && si.chld.pid && !(how & CORE_WNOWAIT))
		reaped(t, &si);
	memset(&out, 0, sizeof(out));
	if (how & EVENTS && si.chld.pid) {
		core_to_illumos_siginfo(&si, 0, 0, &out);
		out.si_signo = ILLUMOS_SIGCLD; /* whatever it sent */
	}
	return copy_to_guest(info, &out, sizeof(out));
}
