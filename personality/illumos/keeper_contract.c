/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/keeper_contract.c: the life of process contracts.
 *
 * A contract is owned, or inherited by the contract its owner was in, or an orphan, or dead; it is
 * freed when nothing refers to it: its holder, its members, events, open files, templates, and the
 * LWP whose newest it is. Facts: usr/src/uts/common/os/contract.c (contract_*), contract/process.c
 * (contract_process_*), os/sig.c (psig), os/core.c (core): a signal that dumps core is a core event
 * when it comes from within the contract, and any that comes from outside a signal event.
 */
#include "core/abi.h"
#include "core/signal.h"
#include "exo/exo.h"
#include "lib/mem.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/keeper.h"

#define CORE_STATUS_SIG 0x7f

static void abandon_process(struct contract *c);

struct contract *contract_find(i32 id)
{
	struct contract *c = keeper->contracts;

	while (c && c->id != id)
		c = c->next;
	return c;
}

void contract_hold(struct contract *c)
{
	c->refs++;
}

void contract_rele(struct contract *c)
{
	struct contract **at = &keeper->contracts;

	if (--c->refs)
		return;
	while (*at && *at != c)
		at = &(*at)->next;
	if (*at)
		*at = c->next;
	keeper->count--;
	terms_drop(c->terms);
	core_slab_give(&keeper->terms_slab, c->terms);
	core_slab_give(&keeper->contract_slab, c);
}

bool contract_owned(const struct contract *c, const struct proc *p, u32 uid)
{
	return (p && c->owner == p) || c->cuid == uid || (c->owner && c->owner->uid == uid);
}

bool contract_may_control(const struct contract *c, const struct proc *p)
{
	return c->owner == p || (!c->owner && c->regent && c->regent == p->contract);
}

/* ---- beginnings -------------------------------------------------------------------------- */

static i32 free_id(void)
{
	do
		keeper->last_id = keeper->last_id == INT32_MAX ? 1 : keeper->last_id + 1;
	while (contract_find(keeper->last_id));
	return keeper->last_id;
}

static void not_latest(i32 pid, u32 lwp)
{
	struct contract *next;

	for (struct contract *c = keeper->contracts; c; c = next) {
		next = c->next;
		if (c->latest_pid == pid && (!lwp || c->latest_lwp == lwp)) {
			c->latest_pid = 0;
			contract_rele(c);
			next = keeper->contracts; /* the next one may have gone with it */
		}
	}
}

/* Contracts that an empty one of the maker's had inherited become the new one's. */
static void subsume(struct contract *c, struct contract *from, struct proc *p)
{
	struct contract **last = &c->heirs;

	if (!from || from->owner != p)
		return;
	while (*last)
		last = &(*last)->next_heir;
	*last = from->heirs;
	for (struct contract *h = from->heirs; h; h = h->next_heir)
		h->regent = c;
	c->inherited += from->inherited;
	from->heirs = NULL;
	from->inherited = 0;
	contract_abandon(from, p, true);
}

struct contract *contract_create(const struct terms *t, struct proc *p, u32 lwp, u32 uid)
{
	struct exo_time now;
	struct contract *c;

	if (keeper->count >= KEEPER_CONTRACTS || (p != keeper->kernel && !queue_of_process(p)))
		return NULL;
	c = core_slab_take(&keeper->contract_slab);
	if (!c)
		return NULL;
	c->terms = core_slab_take(&keeper->terms_slab);
	if (!c->terms) {
		core_slab_give(&keeper->contract_slab, c);
		return NULL;
	}
	terms_copy(c->terms, t);
	c->id = free_id();
	c->refs = lwp ? 2 : 1;
	c->cuid = uid;
	c->owner = p;
	c->state = ILLUMOS_CTS_OWNED;
	c->regent = p->contract;
	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	c->ctime = now.sec;
	c->events = (struct queue){.kind = QUEUE_CONTRACT};
	fb_strlcpy(c->creator, p->name, sizeof(c->creator));
	if (t->has_fmri || !p->contract) {
		fb_strlcpy(c->fmri, t->fmri, sizeof(c->fmri));
		c->svc_ctid = c->id;
	} else {
		fb_strlcpy(c->fmri, p->contract->fmri, sizeof(c->fmri));
		c->svc_ctid = p->contract->svc_ctid;
	}
	if (lwp) {
		not_latest(p->pid, lwp);
		c->latest_pid = p->pid;
		c->latest_lwp = lwp;
	}
	c->next = keeper->contracts;
	keeper->contracts = c;
	keeper->count++;
	subsume(c, t->subsume, p);
	return c;
}

void contract_join(struct contract *c, struct proc *p, struct proc *parent)
{
	struct nvlist n;
	u8 data[128];

	p->contract = c;
	contract_hold(c);
	c->members++;
	if (!parent)
		return;
	nv_begin(&n, data, sizeof(data));
	nv_u32(&n, "ctpe_pid", (u32)p->pid);
	nv_u32(&n, "ctpe_ppid", (u32)parent->pid);
	event_publish(c, ILLUMOS_CT_PR_EV_FORK, data, nv_end(&n));
}

/* ---- ends -------------------------------------------------------------------------------- */

/* All members but ex; of its process group alone if the terms say so. by: whose doing it is. */
static void kill_members(struct contract *c, struct proc *ex, const struct proc *by)
{
	bool group = ex && c->terms->params & ILLUMOS_CT_PR_PGRPONLY;

	for (struct proc *p = keeper->procs; p; p = p->next) {
		if (p == ex || p->contract != c)
			continue;
		if (group && EXO_NOW(getpgid, p->pid) != ex->group)
			continue;
		p->killed_by_us = true;
		p->killed_outside = !by || by->contract != c;
		EXO_NOW(pidfd_send_signal, p->pidfd, CORE_SIGKILL, 0, 0);
	}
}

static void destroy(struct contract *c)
{
	struct contract *h;

	c->state = ILLUMOS_CTS_DEAD;
	queue_drain(&c->events, true);
	queue_trim(&keeper->bundle[ILLUMOS_CTT_PROCESS], c);
	while ((h = c->heirs)) {
		c->heirs = h->next_heir;
		c->inherited--;
		h->next_heir = NULL;
		h->regent = NULL;
		abandon_process(h);
	}
	contract_rele(c);
}

static void orphan(struct contract *c)
{
	c->state = ILLUMOS_CTS_ORPHAN;
	for (struct event *e = c->events.first; e; e = e->link[QUEUE_CONTRACT].next) {
		if (!(e->flags & (ILLUMOS_CTE_INFO | ILLUMOS_CTE_ACK))) {
			e->flags |= ILLUMOS_CTE_ACK;
			c->pending--;
		}
	}
	contract_rele(c);
}

static struct proc *abandoning; /* who, or whose end, for kill_members */

static void abandon_process(struct contract *c)
{
	if (!c->members) {
		destroy(c);
		return;
	}
	if (c->terms->params & ILLUMOS_CT_PR_NOORPHAN)
		kill_members(c, NULL, abandoning);
	orphan(c);
}

long contract_abandon(struct contract *c, struct proc *p, bool explicit)
{
	struct contract *regent = p->contract;
	struct queue *q = p->pbundle;

	if (c->owner != p)
		return CORE_EINVAL;
	contract_hold(c);
	c->owner = NULL;
	if (!explicit && c->terms->params & ILLUMOS_CT_PR_INHERIT && c->regent == regent &&
	    regent->terms->params & ILLUMOS_CT_PR_REGENT) {
		c->state = ILLUMOS_CTS_INHERITED;
		c->next_heir = regent->heirs;
		regent->heirs = c;
		regent->inherited++;
	} else {
		c->regent = NULL;
		abandoning = p;
		abandon_process(c);
	}
	if (q)
		queue_trim(q, c);
	contract_rele(c);
	return 0;
}

long contract_adopt(struct contract *c, struct proc *p)
{
	struct contract **at;
	struct queue *q = queue_of_process(p);

	if (!q)
		return CORE_EAGAIN;
	if (c->state != ILLUMOS_CTS_INHERITED || c->regent != p->contract)
		return CORE_EINVAL;
	for (at = &c->regent->heirs; *at && *at != c;)
		at = &(*at)->next_heir;
	if (*at)
		*at = c->next_heir;
	c->next_heir = NULL;
	c->regent->inherited--;
	c->state = ILLUMOS_CTS_OWNED;
	c->owner = p;
	queue_copy(&c->events, q);
	return 0;
}

long contract_ack(struct contract *c, u64 evid, bool nack)
{
	for (struct event *e = c->events.first; e; e = e->link[QUEUE_CONTRACT].next) {
		if (e->id != evid)
			continue;
		if (nack || e->flags & (ILLUMOS_CTE_INFO | ILLUMOS_CTE_ACK))
			return CORE_ESRCH; /* nothing is negotiated */
		e->flags |= ILLUMOS_CTE_ACK;
		c->pending--;
		return 0;
	}
	return CORE_ESRCH;
}

/* ---- the end of a process ---------------------------------------------------------------- */

#define DUMPS                                                                                      \
	(CORE_SIGBIT(CORE_SIGQUIT) | CORE_SIGBIT(CORE_SIGILL) | CORE_SIGBIT(CORE_SIGTRAP) |        \
	 CORE_SIGBIT(CORE_SIGABRT) | CORE_SIGBIT(CORE_SIGFPE) | CORE_SIGBIT(CORE_SIGBUS) |         \
	 CORE_SIGBIT(CORE_SIGSEGV) | CORE_SIGBIT(CORE_SIGSYS) | CORE_SIGBIT(CORE_SIGXCPU) |        \
	 CORE_SIGBIT(CORE_SIGXFSZ))
/* Signals that are nearly always a process's own doing. */
#define OWN_FAULT (DUMPS & ~CORE_SIGBIT(CORE_SIGQUIT))

/*
 * Who sent it is known when it was a process that knows of contracts, which all that are in this
 * one do.
 */
static bool from_outside(const struct proc *p, u32 sig, const struct proc *sender)
{
	if (sig == CORE_SIGKILL && p->killed_by_us)
		return p->killed_outside;
	if (sender)
		return sender->contract != p->contract;
	if (p->kill_known && p->kill_sig == sig)
		return p->killer != p->pid; /* it has ended itself meanwhile */
	return !(CORE_SIGBIT(sig) & OWN_FAULT);
}

static void died_of_signal(struct proc *p, u32 sig)
{
	bool known = p->kill_known && p->kill_sig == sig && !p->killed_by_us;
	struct proc *sender = known ? keeper_proc(p->killer) : NULL;
	u32 number = (u32)core_to_illumos_signal((int)sig);
	struct contract *c = p->contract;
	struct nvlist n;
	u8 data[256];
	u32 type;

	if (from_outside(p, sig, sender)) {
		type = ILLUMOS_CT_PR_EV_SIGNAL;
	} else {
		if (!(CORE_SIGBIT(sig) & DUMPS))
			return;
		type = ILLUMOS_CT_PR_EV_CORE;
	}
	nv_begin(&n, data, sizeof(data));
	nv_u32(&n, "ctpe_pid", (u32)p->pid);
	nv_u32(&n, "ctpe_signal", number);
	if (type == ILLUMOS_CT_PR_EV_SIGNAL && known) {
		nv_u32(&n, "ctpe_sender", (u32)p->killer);
		if (sender)
			nv_u32(&n, "ctpe_sendct", (u32)sender->contract->id);
	}
	event_publish(c, type, data, nv_end(&n));
	if (c->terms->fatal & type)
		kill_members(c, p, p);
}

static void leave_contract(struct proc *p, i32 wstat)
{
	struct contract *c = p->contract;
	struct nvlist n;
	u8 data[128];
	bool empty;

	empty = --c->members == 0;
	nv_begin(&n, data, sizeof(data));
	nv_u32(&n, "ctpe_pid", (u32)p->pid);
	nv_i32(&n, "ctpe_exitstatus", wstat);
	event_publish(c, ILLUMOS_CT_PR_EV_EXIT, data, nv_end(&n));
	p->contract = NULL;
	if (empty) {
		nv_begin(&n, data, sizeof(data));
		nv_u32(&n, "ctpe_pid", (u32)p->pid);
		event_publish(c, ILLUMOS_CT_PR_EV_EMPTY, data, nv_end(&n));
		if (c->state == ILLUMOS_CTS_ORPHAN) {
			c->refs++;
			destroy(c);
		}
	}
	contract_rele(c);
}

static void abandon_all(struct proc *p)
{
	struct contract *c = keeper->contracts;

	while (c) {
		if (c->owner != p) {
			c = c->next;
			continue;
		}
		contract_abandon(c, p, false);
		c = keeper->contracts; /* others may have gone with it */
	}
}

void contract_exit(struct proc *p, u32 wstat)
{
	u32 sig = wstat & CORE_STATUS_SIG;
	struct contract *c = p->contract;

	contract_hold(c);
	if (sig)
		died_of_signal(p, sig);
	abandon_all(p);
	if (p->pbundle)
		queue_drain(p->pbundle, false);
	p->pbundle = NULL;
	leave_contract(p, sig ? core_to_illumos_signal((int)sig) : (i32)(wstat & 0xff00));
	not_latest(p->pid, 0);
	contract_rele(c);
}
