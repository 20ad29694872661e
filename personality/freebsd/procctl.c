/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/procctl.c: control of processes by procctl(2). Facts: procctl(2),
 * sys/procctl.h, sys/kern/kern_procctl.c.
 *
 * Reapers, the death signal of a parent and no-new-privileges are the host's. Switches for
 * what does not exist here (randomised addresses, implicit PROT_MAX, stack gaps, traps of
 * capability mode) are kept and told, and change nothing.
 */
#include "core/signal.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_process.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/freebsd.h"

#define REAPER_OWNED	0x1
#define REAPER_REALINIT 0x2
#define PIDINFO_VALID	0x1
#define PIDINFO_CHILD	0x2
#define PIDINFO_ZOMBIE	0x8
#define PIDINFO_STOPPED 0x10
#define KILL_CHILDREN	0x1
#define KILL_SUBTREE	0x2
#define DESCENDANTS_MAX 4096

/* ---- switches that are only remembered --------------------------------------------------- */

enum {
	SWITCH_TRACE,
	SWITCH_TRAPCAP,
	SWITCH_ASLR,
	SWITCH_PROTMAX,
	SWITCH_STACKGAP,
	SWITCH_WXMAP,
	SWITCH_COUNT
};

static const struct {
	u8 ctl;	   /* the command that sets; the next number tells */
	u32 known; /* values it takes, bit n for n; stack gaps and W^X: bits of the value itself */
	u32 first;
} switches[SWITCH_COUNT] = {
    [SWITCH_TRACE] = {FREEBSD_PROC_TRACE_CTL, 0xe, FREEBSD_PROC_TRACE_CTL_ENABLE},
    [SWITCH_TRAPCAP] = {FREEBSD_PROC_TRAPCAP_CTL, 0x6, FREEBSD_PROC_TRAPCAP_CTL_DISABLE},
    [SWITCH_ASLR] = {FREEBSD_PROC_ASLR_CTL, 0xe, FREEBSD_PROC_ASLR_NOFORCE},
    [SWITCH_PROTMAX] = {FREEBSD_PROC_PROTMAX_CTL, 0xe, FREEBSD_PROC_PROTMAX_NOFORCE},
    [SWITCH_STACKGAP] = {FREEBSD_PROC_STACKGAP_CTL, 0xf,
			 FREEBSD_PROC_STACKGAP_ENABLE | FREEBSD_PROC_STACKGAP_ENABLE_EXEC},
    [SWITCH_WXMAP] = {FREEBSD_PROC_WXMAP_CTL, 0x3, FREEBSD_PROC_WX_MAPPINGS_PERMIT},
};
static u32 kept[SWITCH_COUNT]; /* 0: as at first */

static bool takes_value(u32 which, u32 value)
{
	if (which == SWITCH_STACKGAP || which == SWITCH_WXMAP)
		return value != 0 && !(value & ~switches[which].known);
	return value < 32 && switches[which].known >> value & 1;
}

static u32 value_told(u32 which)
{
	u32 value = kept[which] ? kept[which] : switches[which].first;

	/* Tracing: -1 when it is off, else the tracer, 0 for none. */
	if (which == SWITCH_TRACE)
		return value == FREEBSD_PROC_TRACE_CTL_ENABLE ? 0 : ~0u;
	return value;
}

static long switch_command(int com, guest_ptr data)
{
	for (u32 i = 0; i < SWITCH_COUNT; i++) {
		u32 value;

		if (com == switches[i].ctl + 1)
			return guest_write_u32(data, value_told(i));
		if (com != switches[i].ctl)
			continue;
		if (guest_read_u32(data, &value) < 0)
			return -CORE_EFAULT;
		if (!takes_value(i, value))
			return -CORE_EINVAL;
		kept[i] = value;
		return 0;
	}
	return -CORE_EINVAL;
}

/* ---- the parent's death, no new privileges ------------------------------------------------- */

static long death_signal(int com, guest_ptr data)
{
	i32 sig = 0;
	long r;

	if (com == FREEBSD_PROC_PDEATHSIG_STATUS) {
		r = EXO_NOW(prctl, CORE_PR_GET_PDEATHSIG, &sig);
		return r < 0 ? r
			     : guest_write_u32(data, sig ? (u32)core_to_freebsd_signal(sig) : 0);
	}
	if (guest_read_u32(data, (u32 *)&sig) < 0)
		return -CORE_EFAULT;
	if (sig != 0) {
		sig = freebsd_to_core_signal(sig);
		if (sig <= 0)
			return -CORE_EINVAL;
	}
	return EXO_NOW(prctl, CORE_PR_SET_PDEATHSIG, sig);
}

static long no_new_privileges(int com, guest_ptr data)
{
	u32 value;

	if (com == FREEBSD_PROC_NO_NEW_PRIVS_STATUS)
		return guest_write_u32(data,
				       EXO_NOW(prctl, CORE_PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1
					   ? FREEBSD_PROC_NO_NEW_PRIVS_ENABLE
					   : FREEBSD_PROC_NO_NEW_PRIVS_DISABLE);
	if (guest_read_u32(data, &value) < 0)
		return -CORE_EFAULT;
	if (value != FREEBSD_PROC_NO_NEW_PRIVS_ENABLE)
		return -CORE_EINVAL;
	return EXO_NOW(prctl, CORE_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/* ---- reapers ----------------------------------------------------------------------------------
 */

struct descendant {
	i32 pid, ppid;
	i32 child; /* the child of the reaper below which it is; 0: not below it */
	char state;
};

struct family {
	u32 count, children;
	struct descendant all[DESCENDANTS_MAX];
	i32 pids[DESCENDANTS_MAX];
};

/* Everything below a process, what is not squeezed out; NULL: no memory. */
static struct family *descendants(i32 reaper)
{
	struct family *f = exo_pages_alloc(sizeof(*f));
	struct exo_process p;
	bool more = true;
	u32 keep = 0;
	long n;

	if (!f)
		return NULL;
	n = exo_process_list(0, f->pids, DESCENDANTS_MAX);
	for (long i = 0; i < MIN(n, (long)DESCENDANTS_MAX); i++)
		if (exo_process_info(f->pids[i], 0, &p) == 0)
			f->all[f->count++] = (struct descendant){
			    p.pid, p.ppid, p.ppid == reaper ? p.pid : 0, p.state};
	while (more) { /* until a round finds nobody new */
		more = false;
		for (u32 i = 0; i < f->count; i++)
			for (u32 j = 0; j < f->count && !f->all[i].child; j++)
				if (f->all[j].pid == f->all[i].ppid && f->all[j].child) {
					f->all[i].child = f->all[j].child;
					more = true;
				}
	}
	for (u32 i = 0; i < f->count; i++)
		if (f->all[i].child) {
			f->children += f->all[i].child == f->all[i].pid;
			f->all[keep++] = f->all[i];
		}
	f->count = keep;
	return f;
}

static bool is_reaper(void)
{
	i32 on = 0;

	EXO_NOW(prctl, CORE_PR_GET_CHILD_SUBREAPER, &on);
	return on != 0;
}

/* Who reaps for a process that does not do it itself the host does not say: the first one. */
static long reaper_status(struct core_thread *t, guest_ptr data)
{
	bool owned = is_reaper();
	struct freebsd_reaper_status rs;
	struct family *f;

	memset(&rs, 0, sizeof(rs));
	rs.rs_reaper = owned ? t->pid : 1;
	f = descendants(rs.rs_reaper);
	if (!f)
		return -CORE_ENOMEM;
	rs.rs_flags = (owned ? REAPER_OWNED : 0) | (rs.rs_reaper == 1 ? REAPER_REALINIT : 0);
	rs.rs_children = f->children;
	rs.rs_descendants = f->count;
	rs.rs_pid = f->children ? f->all[0].child : -1;
	exo_pages_free(f, sizeof(*f));
	return copy_to_guest(data, &rs, sizeof(rs));
}

static long reaper_pids(struct core_thread *t, guest_ptr data)
{
	struct freebsd_reaper_pids rp;
	struct family *f;
	long r = 0;

	if (copy_from_guest(&rp, data, sizeof(rp)) < 0)
		return -CORE_EFAULT;
	if (!is_reaper())
		return -CORE_EINVAL;
	f = descendants(t->pid);
	if (!f)
		return -CORE_ENOMEM;
	for (u32 i = 0; i < rp.rp_count && r == 0; i++) {
		struct freebsd_reaper_pidinfo pi;

		/* What lies behind the last one has no PIDINFO_VALID. */
		memset(&pi, 0, sizeof(pi));
		if (i < f->count) {
			pi.pi_pid = f->all[i].pid;
			pi.pi_subtree = f->all[i].child;
			pi.pi_flags = PIDINFO_VALID |
				      (f->all[i].child == f->all[i].pid ? PIDINFO_CHILD : 0) |
				      (f->all[i].state == 'Z' ? PIDINFO_ZOMBIE : 0) |
				      (f->all[i].state == 'T' ? PIDINFO_STOPPED : 0);
		}
		r = copy_to_guest(gp(rp.rp_pids + i * sizeof(pi)), &pi, sizeof(pi));
		if (i >= f->count)
			break;
	}
	exo_pages_free(f, sizeof(*f));
	return r;
}

static long reaper_kill(struct core_thread *t, guest_ptr data)
{
	struct freebsd_reaper_kill rk;
	struct family *f;
	long r = -CORE_ESRCH;
	int sig;

	if (copy_from_guest(&rk, data, sizeof(rk)) < 0)
		return -CORE_EFAULT;
	sig = freebsd_to_core_signal(rk.rk_sig);
	if (sig <= 0 || rk.rk_flags & ~(u32)(KILL_CHILDREN | KILL_SUBTREE) ||
	    rk.rk_flags == (KILL_CHILDREN | KILL_SUBTREE) || !is_reaper())
		return -CORE_EINVAL;
	f = descendants(t->pid);
	if (!f)
		return -CORE_ENOMEM;
	rk.rk_killed = 0;
	rk.rk_fpid = -1;
	for (u32 i = 0; i < f->count; i++) {
		const struct descendant *d = &f->all[i];
		long one;

		if (rk.rk_flags & KILL_CHILDREN && d->child != d->pid)
			continue;
		if (rk.rk_flags & KILL_SUBTREE && d->child != rk.rk_subtree)
			continue;
		one = EXO_NOW(kill, d->pid, sig);
		if (one == 0) {
			rk.rk_killed++;
		} else if (rk.rk_fpid == -1) {
			rk.rk_fpid = d->pid;
			r = one;
		}
	}
	if (rk.rk_killed && rk.rk_fpid == -1)
		r = 0;
	exo_pages_free(f, sizeof(*f));
	return copy_to_guest(data, &rk, sizeof(rk)) < 0 ? -CORE_EFAULT : r;
}

static long reaper_switch(bool on)
{
	if (is_reaper() == on)
		return on ? -CORE_EBUSY : -CORE_EINVAL;
	return EXO_NOW(prctl, CORE_PR_SET_CHILD_SUBREAPER, on);
}

/* ---- the call
 * ------------------------------------------------------------------------------------ */

long freebsd_procctl(struct core_thread *t, INT idtype, LONG id, INT com, INOUT data)
{
	if (idtype != FREEBSD_P_PID && idtype != FREEBSD_P_PGID)
		return -CORE_EINVAL;
	if (com < FREEBSD_PROC_SPROTECT || com > FREEBSD_PROC_WXMAP_STATUS)
		return -CORE_EINVAL;
	if (com == FREEBSD_PROC_SPROTECT)
		return -CORE_EPERM;
	if (com == FREEBSD_PROC_PDEATHSIG_CTL || com == FREEBSD_PROC_PDEATHSIG_STATUS)
		return idtype == FREEBSD_P_PID && (id == 0 || id == t->pid)
			   ? death_signal(com, data)
			   : -CORE_EINVAL;
	/* One's own process; others cannot be reached from here. */
	if (idtype == FREEBSD_P_PGID || (id != 0 && id != t->pid)) {
		i32 pid = idtype == FREEBSD_P_PGID ? -(i32)id : (i32)id;

		return EXO_NOW(kill, pid, 0) == -CORE_ESRCH ? -CORE_ESRCH : -CORE_EPERM;
	}
	switch (com) {
	case FREEBSD_PROC_NO_NEW_PRIVS_CTL:
	case FREEBSD_PROC_NO_NEW_PRIVS_STATUS:
		return no_new_privileges(com, data);
	case FREEBSD_PROC_REAP_ACQUIRE:
		return reaper_switch(true);
	case FREEBSD_PROC_REAP_RELEASE:
		return reaper_switch(false);
	case FREEBSD_PROC_REAP_STATUS:
		return reaper_status(t, data);
	case FREEBSD_PROC_REAP_GETPIDS:
		return reaper_pids(t, data);
	case FREEBSD_PROC_REAP_KILL:
		return reaper_kill(t, data);
	default:
		return switch_command(com, data);
	}
}
