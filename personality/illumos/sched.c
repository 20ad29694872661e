/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/sched.c: nice(2) and priocntl(2).
 *
 * The host has two classes that matter here: time sharing with a nice value, and real time with a
 * priority. So a process is of TS or of RT; IA, FX and FSS exist and one may put a process into
 * them, which gives it the nice value of that user priority and leaves it in TS. Of a process with
 * several LWPs all are set, and the first is asked. Facts: priocntl(2), nice(2); usr/src/uts/
 * common/disp/{priocntl,ts,rt}.c: nice and user priority are made of one another as in
 * ts_parmsset and ts_donice.
 */
#include "core/threads.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/illumos/abi_sched.h"
#include "personality/illumos/lwp.h"
#include "personality/illumos/procset.h"
#include "personality/illumos/priv.h"

#define NZERO	20
#define MAXUPRI 60 /* TSMAXUPRI, IAMAXUPRI, FXMAXUPRI, FSS's */
#define RT_MAX	59

enum class { SYS, TS, FX, IA, RT, FSS, CLASSES };

static const char names[CLASSES][4] = {"SYS", "TS", "FX", "IA", "RT", "FSS"};

static long class_id(const char *name)
{
	for (u32 i = 0; i < CLASSES; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -CORE_EINVAL;
}

/* ---- one process ------------------------------------------------------------------------- */

static int to_upri(int nice)
{
	return -(nice * MAXUPRI) / NZERO;
}

static int to_nice(int upri)
{
	return MIN(-(NZERO * upri) / MAXUPRI, NZERO - 1);
}

static long get_nice(i32 pid, int *nice)
{
	long r = EXO_NOW(getpriority, CORE_PRIO_PROCESS, pid);

	*nice = NZERO - (int)r; /* the host's call answers 1 to 40 */
	return r < 0 ? r : 0;
}

struct each_thread {
	i32 pid;
	int nice;
	i32 policy;
	struct core_sched_param param;
	bool is_policy;
};

static long set_thread(const struct each_thread *e, i32 tid)
{
	if (e->is_policy)
		return EXO_NOW(sched_setscheduler, tid, e->policy, &e->param);
	return EXO_NOW(setpriority, CORE_PRIO_PROCESS, tid, e->nice);
}

/* The host sets threads one by one. What it is not allowed is EPERM here. */
static long set_threads(const struct each_thread *e)
{
	const struct core_thread *t = core_self();
	long n = exo_process_list(e->pid, NULL, 0), r = 0;
	u32 room = (u32)MAX(n, 0) + 16;
	i32 *ids = n < 0 ? NULL : exo_pages_alloc(room * sizeof(*ids));

	if (!ids)
		return n < 0 ? -CORE_ESRCH : -CORE_ENOMEM;
	if (illumos_priv_is_guarded(t) && !illumos_priv_reaches(t, e->pid))
		r = -CORE_EPERM;
	n = exo_process_list(e->pid, ids, room);
	for (long i = 0; i < MIN(n, (long)room) && r >= 0; i++) {
		r = set_thread(e, ids[i]);
		if (r == -CORE_ESRCH)
			r = 0;
	}
	exo_pages_free(ids, room * sizeof(*ids));
	return r == -CORE_EACCES ? -CORE_EPERM : r;
}

static long set_nice(i32 pid, int nice)
{
	struct each_thread e = {.pid = pid, .nice = nice};

	return set_threads(&e);
}

static enum class class_of(i32 pid) {
	long policy = EXO_NOW(sched_getscheduler, pid);

	return policy == CORE_SCHED_FIFO || policy == CORE_SCHED_RR ? RT : TS;
}

static long set_policy(i32 pid, i32 policy, i32 priority)
{
	struct each_thread e = {
	    .pid = pid, .policy = policy, .param = {priority}, .is_policy = true};

	return set_threads(&e);
}

/* ---- nice(2) ----------------------------------------------------------------------------- */

/* ts_donice: *value gets what the nice value is then. */
static long change_nice(i32 pid, int incr, int *value)
{
	long r = get_nice(pid, value);

	if (r < 0 || incr == 0)
		return r;
	if ((incr < 0 || incr > 2 * NZERO) &&
	    !illumos_priv_has(core_self(), ILLUMOS_PRIV_PROC_PRIOCNTL) &&
	    !illumos_priv_has(core_self(), ILLUMOS_PRIV_PROC_PRIOUP))
		return -CORE_EPERM;
	*value = MIN(MAX(*value + MIN(incr, 2 * NZERO - 1), -NZERO), NZERO - 1);
	return set_nice(pid, *value);
}

long illumos_nice(struct core_thread *t, INT incr)
{
	int value;
	long r = change_nice(t->pid, incr, &value);

	return r < 0 ? r : core_success(t, value);
}

/* ---- classes ----------------------------------------------------------------------------- */

static void class_info(struct illumos_pcinfo *info)
{
	memset(info->clname, 0, sizeof(info->clname));
	memset(info->clinfo, 0, sizeof(info->clinfo));
	fb_strlcpy(info->clname, names[info->cid], sizeof(info->clname));
	/* A pri_t, the most that a user's priority may be. */
	info->clinfo[0] = info->cid == RT ? RT_MAX : MAXUPRI;
}

static long get_class(guest_ptr arg, bool by_name)
{
	struct illumos_pcinfo info;
	long r;

	if (!arg.addr)
		return CLASSES;
	if (copy_from_guest(&info, arg, sizeof(info)) < 0)
		return -CORE_EFAULT;
	if (by_name) {
		info.clname[sizeof(info.clname) - 1] = '\0';
		r = class_id(info.clname);
		if (r <= SYS)
			return -CORE_EINVAL;
		info.cid = (i32)r;
	} else if (info.cid < TS || info.cid >= CLASSES) {
		return -CORE_EINVAL;
	}
	class_info(&info);
	return copy_to_guest(arg, &info, sizeof(info)) < 0 ? -CORE_EFAULT : CLASSES;
}

static long get_range(guest_ptr arg)
{
	struct illumos_pcpri pri;

	if (copy_from_guest(&pri, arg, sizeof(pri)) < 0)
		return -CORE_EFAULT;
	if (pri.cid < SYS || pri.cid >= CLASSES)
		return -CORE_EINVAL;
	pri.clpmin = pri.cid == RT ? 0 : pri.cid == FX ? 0 : -MAXUPRI;
	pri.clpmax = pri.cid == RT ? RT_MAX : MAXUPRI;
	if (pri.cid == SYS) {
		pri.clpmin = 60;
		pri.clpmax = 99;
	}
	return copy_to_guest(arg, &pri, sizeof(pri));
}

/* ---- parameters -------------------------------------------------------------------------- */

static long parms_of(i32 pid, struct illumos_pcparms *out)
{
	struct core_sched_param param = {0};
	int nice;
	long r = get_nice(pid, &nice);

	if (r < 0)
		return r;
	memset(out, 0, sizeof(*out));
	out->cid = (i32)class_of(pid);
	if (out->cid == RT) {
		EXO_NOW(sched_getparam, pid, &param);
		out->rt.pri = (i16)(param.sched_priority - 1);
		out->rt.tqnsecs = EXO_NOW(sched_getscheduler, pid) == CORE_SCHED_FIFO
				      ? ILLUMOS_RT_TQINF
				      : 100000000;
		return 0;
	}
	out->ts.upri = (i16)to_upri(nice);
	out->ts.uprilim = out->ts.upri;
	return 0;
}

static long check_upri(const struct illumos_pcparms *p, int *upri)
{
	int pri = p->ts.upri, lim = p->ts.uprilim;

	if (p->cid == FX) {
		pri = p->fx.upri;
		lim = p->fx.uprilim;
		if (pri != ILLUMOS_TS_NOCHANGE && (pri < 0 || pri > MAXUPRI))
			return -CORE_EINVAL;
	}
	if ((pri != ILLUMOS_TS_NOCHANGE && (pri < -MAXUPRI || pri > MAXUPRI)) ||
	    (lim != ILLUMOS_TS_NOCHANGE && (lim < -MAXUPRI || lim > MAXUPRI)))
		return -CORE_EINVAL;
	/* A priority beyond its limit is the limit. */
	if (pri != ILLUMOS_TS_NOCHANGE && lim != ILLUMOS_TS_NOCHANGE)
		pri = MIN(pri, lim);
	*upri = pri;
	return 0;
}

static long set_parms(void *ctx, i32 pid)
{
	const struct illumos_pcparms *p = ctx;
	struct core_sched_param param = {0};
	bool was_rt = class_of(pid) == RT;
	long r;
	int upri;

	if (p->cid == RT) {
		if (p->rt.pri != ILLUMOS_RT_NOCHANGE && (p->rt.pri < 0 || p->rt.pri > RT_MAX))
			return -CORE_EINVAL;
		EXO_NOW(sched_getparam, pid, &param);
		return set_policy(
		    pid, p->rt.tqnsecs == ILLUMOS_RT_TQINF ? CORE_SCHED_FIFO : CORE_SCHED_RR,
		    p->rt.pri == ILLUMOS_RT_NOCHANGE ? MAX(param.sched_priority, 1)
						     : p->rt.pri + 1);
	}
	r = check_upri(p, &upri);
	if (r == 0 && was_rt)
		r = set_policy(pid, CORE_SCHED_OTHER, 0);
	if (r < 0)
		return r;
	if (upri == ILLUMOS_TS_NOCHANGE)
		return 0;
	return set_nice(pid, to_nice(upri));
}

struct chosen {
	i32 cid; /* PC_CLNULL: any, of which there may be one only */
	i32 pid;
	u32 count;
	int best;
};

/* Of several the one with the highest priority. */
static long choose(void *ctx, i32 pid)
{
	struct illumos_pcparms p;
	struct chosen *c = ctx;
	int rank;

	if (parms_of(pid, &p) < 0)
		return 0;
	c->count++;
	if (c->cid != ILLUMOS_PC_CLNULL && c->cid != p.cid)
		return 0;
	rank = p.cid == RT ? 1000 + p.rt.pri : p.ts.upri;
	if (!c->pid || rank > c->best) {
		c->pid = pid;
		c->best = rank;
	}
	return 0;
}

static long nothing(struct illumos_lwp *l, void *arg)
{
	(void)l, (void)arg;
	return 0;
}

/* An LWP of the caller's: all of them have the same parameters here. */
static long each(struct core_thread *t, struct illumos_procset *set, long (*act)(void *, i32),
		 void *ctx)
{
	long r = illumos_procset_check(set);
	i32 lwp = illumos_procset_lwp(t, set);

	if (r < 0)
		return r;
	if (!lwp)
		return illumos_procset_each(t, set, act, ctx);
	if (lwp != ILLUMOS_P_MYID && lwp != (i32)t->abi_data[ILLUMOS_T_LWP])
		r = illumos_lwp_use(lwp, nothing, NULL);
	return r < 0 ? r : act(ctx, t->pid);
}

static long read_set(guest_ptr p, struct illumos_procset *set)
{
	return copy_from_guest(set, p, sizeof(*set));
}

/* The parameters with which PC_SETXPARMS names them, one by one. */
enum key { KEY_NULL, KEY_1, KEY_2, KEY_3, KEY_4 };

static long read_vaparms(guest_ptr name, guest_ptr list, struct illumos_pcparms *p)
{
	struct illumos_vaparms v;
	char text[ILLUMOS_PC_CLNMSZ];
	long r;

	if (copy_from_guest(text, name, sizeof(text)) < 0 ||
	    copy_from_guest(&v, list, sizeof(v)) < 0)
		return -CORE_EFAULT;
	text[sizeof(text) - 1] = '\0';
	r = class_id(text);
	if (r <= SYS || v.count > ILLUMOS_PC_VAPARMCNT)
		return -CORE_EINVAL;
	memset(p, 0, sizeof(*p));
	p->cid = (i32)r;
	if (r == RT) {
		p->rt.pri = ILLUMOS_RT_NOCHANGE;
	} else if (r == FX) {
		p->fx.upri = p->fx.uprilim = ILLUMOS_TS_NOCHANGE;
	} else {
		p->ts.upri = p->ts.uprilim = ILLUMOS_TS_NOCHANGE;
	}
	for (u32 i = 0; i < v.count; i++) {
		i32 value = (i32)v.parms[i].parm;

		switch (v.parms[i].key) {
		case KEY_1: /* TS, IA, FX, FSS: the limit; RT: the priority */
			if (r == RT)
				p->rt.pri = (i16)value;
			else if (r == FX)
				p->fx.uprilim = (i16)value;
			else
				p->ts.uprilim = (i16)value;
			break;
		case KEY_2: /* the priority; RT: seconds */
			if (r == FX)
				p->fx.upri = (i16)value;
			else if (r != RT)
				p->ts.upri = (i16)value;
			else
				p->rt.tqsecs = (u32)value;
			break;
		case KEY_3: /* FX: seconds; RT: nanoseconds; IA: its mode */
			if (r == RT)
				p->rt.tqnsecs = value;
			break;
		case KEY_4:
			break;
		default:
			return -CORE_EINVAL;
		}
	}
	return 0;
}

/* named: of a class that the caller knows; else the class's name is all one can ask for. */
static long write_vaparms(guest_ptr list, const struct illumos_pcparms *p, bool named)
{
	struct illumos_vaparms v;
	char name[ILLUMOS_PC_CLNMSZ] = {0};
	i16 pri = p->cid == RT ? p->rt.pri : p->ts.upri;

	if (copy_from_guest(&v, list, sizeof(v)) < 0)
		return -CORE_EFAULT;
	if (v.count > ILLUMOS_PC_VAPARMCNT || (!named && v.count != 1))
		return -CORE_EINVAL;
	for (u32 i = 0; i < v.count; i++) {
		guest_ptr to = gp(v.parms[i].parm);
		long r = -CORE_EINVAL;

		if (!named && v.parms[i].key == ILLUMOS_PC_KY_CLNAME) {
			fb_strlcpy(name, names[p->cid], sizeof(name));
			r = copy_to_guest(to, name, sizeof(name));
		} else if (named && v.parms[i].key == KEY_3) {
			r = guest_write_u32(to, p->cid == RT ? (u32)p->rt.tqnsecs : 0);
		} else if (named && v.parms[i].key == KEY_2 && p->cid == RT) {
			r = guest_write_u32(to, 0);
		} else if (named && (v.parms[i].key == KEY_1 || v.parms[i].key == KEY_2)) {
			r = copy_to_guest(to, &pri, sizeof(pri));
		}
		if (r < 0)
			return r;
	}
	return 0;
}

static long set_call(struct core_thread *t, guest_ptr procset, guest_ptr arg, guest_ptr arg2,
		     bool extended)
{
	struct illumos_procset set;
	struct illumos_pcparms p;
	long r = 0;
	int upri;

	if (extended)
		r = read_vaparms(arg, arg2, &p);
	else if (copy_from_guest(&p, arg, sizeof(p)) < 0)
		r = -CORE_EFAULT;
	if (r < 0)
		return r;
	if (p.cid < TS || p.cid >= CLASSES || (p.cid != RT && check_upri(&p, &upri) < 0))
		return -CORE_EINVAL;
	if (read_set(procset, &set) < 0)
		return -CORE_EFAULT;
	return each(t, &set, set_parms, &p);
}

static long get_call(struct core_thread *t, guest_ptr procset, guest_ptr arg, guest_ptr arg2,
		     bool extended)
{
	struct chosen c = {.cid = ILLUMOS_PC_CLNULL};
	struct illumos_procset set;
	struct illumos_pcparms p;
	char name[ILLUMOS_PC_CLNMSZ];
	long r;

	if (!extended) {
		if (copy_from_guest(&p, arg, sizeof(p)) < 0)
			return -CORE_EFAULT;
		c.cid = p.cid;
	} else if (arg.addr) {
		if (copy_from_guest(name, arg, sizeof(name)) < 0)
			return -CORE_EFAULT;
		name[sizeof(name) - 1] = '\0';
		c.cid = (i32)class_id(name);
	}
	if (c.cid != ILLUMOS_PC_CLNULL && (c.cid < TS || c.cid >= CLASSES))
		return -CORE_EINVAL;
	if (read_set(procset, &set) < 0)
		return -CORE_EFAULT;
	r = each(t, &set, choose, &c);
	if (r < 0 || !c.pid)
		return r < 0 ? r : -CORE_ESRCH;
	if (c.cid == ILLUMOS_PC_CLNULL && c.count > 1)
		return -CORE_EINVAL;
	r = parms_of(c.pid, &p);
	if (r < 0)
		return r;
	r = extended ? write_vaparms(arg2, &p, arg.addr != 0) : copy_to_guest(arg, &p, sizeof(p));
	return r < 0 ? r : c.pid;
}

/* ---- nice values and priorities of sets -------------------------------------------------------
 */

struct change {
	bool set;
	int value; /* to set, or the most urgent one so far */
};

static long one_nice(void *ctx, i32 pid)
{
	struct change *c = ctx;
	int now;
	long r = get_nice(pid, &now);

	if (r < 0)
		return r;
	if (!c->set) {
		c->value = MIN(c->value, now);
		return 0;
	}
	return change_nice(pid, c->value - now, &now);
}

static long nice_call(struct core_thread *t, guest_ptr procset, guest_ptr arg)
{
	struct illumos_procset set;
	struct illumos_pcnice n;
	struct change c;
	long r;

	if (copy_from_guest(&n, arg, sizeof(n)) < 0 || read_set(procset, &set) < 0)
		return -CORE_EFAULT;
	if (n.op != ILLUMOS_PC_GET && n.op != ILLUMOS_PC_SET)
		return -CORE_EINVAL;
	c = (struct change){n.op == ILLUMOS_PC_SET, n.op == ILLUMOS_PC_SET ? n.val : NZERO};
	r = each(t, &set, one_nice, &c);
	if (r < 0 || c.set)
		return r;
	n.val = c.value;
	return copy_to_guest(arg, &n, sizeof(n));
}

static long one_priority(void *ctx, i32 pid)
{
	struct illumos_pcparms p;
	struct change *c = ctx;
	long r = parms_of(pid, &p);

	if (r < 0)
		return r;
	if (!c->set) {
		c->value = MAX(c->value, (int)(p.cid == RT ? p.rt.pri : p.ts.upri));
		return 0;
	}
	if (p.cid == RT)
		p.rt.pri = (i16)c->value;
	else
		p.ts.upri = p.ts.uprilim = (i16)c->value;
	return set_parms(&p, pid);
}

static long priority_call(struct core_thread *t, guest_ptr procset, guest_ptr arg)
{
	struct illumos_procset set;
	struct illumos_pcprio p;
	struct change c;
	long r;

	if (copy_from_guest(&p, arg, sizeof(p)) < 0 || read_set(procset, &set) < 0)
		return -CORE_EFAULT;
	if (p.op != ILLUMOS_PC_GET && p.op != ILLUMOS_PC_SET)
		return -CORE_EINVAL;
	c = (struct change){p.op == ILLUMOS_PC_SET, p.op == ILLUMOS_PC_SET ? p.val : -32767};
	r = each(t, &set, one_priority, &c);
	if (r < 0 || c.set)
		return r;
	p.val = c.value;
	p.cid = (i32)class_of(t->pid);
	return copy_to_guest(arg, &p, sizeof(p));
}

/* ---- the call ---------------------------------------------------------------------------- */

static long default_class(guest_ptr arg)
{
	char name[ILLUMOS_PC_CLNMSZ] = "TS";

	return copy_to_guest(arg, name, sizeof(name));
}

long illumos_priocntlsys(struct core_thread *t, INT version, IN procset, INT cmd, INOUT arg,
			 INOUT arg2)
{
	if (version != ILLUMOS_PC_VERSION)
		return -CORE_EINVAL;
	switch (cmd) {
	case ILLUMOS_PC_GETCID:
	case ILLUMOS_PC_GETCLINFO:
		return get_class(arg, cmd == ILLUMOS_PC_GETCID);
	case ILLUMOS_PC_SETPARMS:
	case ILLUMOS_PC_SETXPARMS:
		return set_call(t, procset, arg, arg2, cmd == ILLUMOS_PC_SETXPARMS);
	case ILLUMOS_PC_GETPARMS:
	case ILLUMOS_PC_GETXPARMS:
		return get_call(t, procset, arg, arg2, cmd == ILLUMOS_PC_GETXPARMS);
	case ILLUMOS_PC_GETPRIRANGE:
		return get_range(arg);
	case ILLUMOS_PC_DONICE:
		return nice_call(t, procset, arg);
	case ILLUMOS_PC_DOPRIO:
		return priority_call(t, procset, arg);
	case ILLUMOS_PC_ADMIN:
	case ILLUMOS_PC_SETDFLCL:
		return -CORE_EPERM;
	case ILLUMOS_PC_GETDFLCL:
		return default_class(arg);
	default:
		return -CORE_EINVAL;
	}
}
