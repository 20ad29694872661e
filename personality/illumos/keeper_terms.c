/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/keeper_terms.c: templates of contracts: what will be the terms of one.
 *
 * Who lacks a privilege may make no event critical that is not fatal too, but for the empty
 * contract's: a critical event waits in the kernel's memory. Facts: os/contract.c (ctmpl_set,
 * ctmpl_get), contract/process.c (ctmpl_process_set, EXCESS), which takes every critical event away
 * where it means to leave some ("|" binds stronger than "?" there), and so does this.
 */
#include "core/abi.h"
#include "lib/mem.h"
#include "personality/illumos/keeper.h"

#define SAFE ILLUMOS_CT_PR_EV_EMPTY

void terms_default(struct terms *t, enum illumos_ct_type type)
{
	memset(t, 0, sizeof(*t));
	if (type != ILLUMOS_CTT_PROCESS)
		return;
	t->info = ILLUMOS_CT_PR_EV_CORE | ILLUMOS_CT_PR_EV_SIGNAL;
	t->critical = ILLUMOS_CT_PR_EV_EMPTY | ILLUMOS_CT_PR_EV_HWERR;
	t->fatal = ILLUMOS_CT_PR_EV_HWERR;
}

void terms_copy(struct terms *to, const struct terms *from)
{
	*to = *from;
	if (to->subsume)
		contract_hold(to->subsume);
}

void terms_drop(struct terms *t)
{
	struct contract *c = t->subsume;

	t->subsume = NULL;
	if (c)
		contract_rele(c);
}

static bool excess(const struct terms *t, u64 critical)
{
	return (critical & ~(u64)(t->fatal | SAFE)) ||
	       (critical & ~(u64)SAFE && t->params & ILLUMOS_CT_PR_PGRPONLY);
}

static void demote(struct terms *t, u32 allowed)
{
	t->info |= t->critical & ~allowed;
	t->critical &= allowed;
}

static long set_subsumed(struct terms *t, const struct proc *p, u64 id)
{
	struct contract *c = NULL;

	if (id) {
		c = contract_find((i32)id);
		if (!c)
			return CORE_ESRCH;
		if (c->owner != p)
			return CORE_EACCES;
		if (c->members)
			return CORE_ENOTEMPTY;
		contract_hold(c);
	}
	terms_drop(t);
	t->subsume = c;
	return 0;
}

static long set_text(struct conn *c, u64 id, const char *text, u32 size)
{
	struct terms *t = c->terms;

	if (id == ILLUMOS_CTPP_CREATOR_AUX) {
		t->has_aux = size != 1;
		fb_strlcpy(t->aux, text, sizeof(t->aux));
		return 0;
	}
	if (c->uid != 0) /* PRIV_CONTRACT_IDENTITY */
		return CORE_EPERM;
	t->has_fmri = strcmp(text, ILLUMOS_CT_PR_SVC_DEFAULT) != 0;
	fb_strlcpy(t->fmri, t->has_fmri ? text : "", sizeof(t->fmri));
	return 0;
}

/* c: the connection of the request, whose template is c->terms here. */
long terms_set(struct conn *c, const struct keeper_request *q, const char *text)
{
	struct terms *t = c->terms;
	bool privileged = c->uid == 0, process = c->type == ILLUMOS_CTT_PROCESS;
	u32 every = process ? ILLUMOS_CT_PR_ALLEVENT : 0;

	switch (q->a) {
	case ILLUMOS_CTP_COOKIE:
	case ILLUMOS_CTP_EV_INFO:
	case ILLUMOS_CTP_EV_CRITICAL:
		if (q->c < sizeof(u64))
			return CORE_EINVAL;
		break;
	default:
		if (!process)
			return CORE_EINVAL;
		if (q->a == ILLUMOS_CTPP_SVC_FMRI || q->a == ILLUMOS_CTPP_CREATOR_AUX)
			return set_text(c, q->a, text, q->c);
		if (q->c < sizeof(u64) || q->b > UINT32_MAX)
			return CORE_EINVAL;
	}
	switch (q->a) {
	case ILLUMOS_CTP_COOKIE:
		t->cookie = q->b;
		return 0;
	case ILLUMOS_CTP_EV_INFO:
		if (q->b & ~(u64)every)
			return CORE_EINVAL;
		t->info = (u32)q->b;
		return 0;
	case ILLUMOS_CTP_EV_CRITICAL:
		if (q->b & ~(u64)every)
			return CORE_EINVAL;
		if (~(u64)t->critical & q->b && excess(t, q->b) && !privileged)
			return CORE_EPERM;
		t->critical = (u32)q->b;
		return 0;
	case ILLUMOS_CTPP_SUBSUME:
		return set_subsumed(t, keeper_proc(c->pid), q->b);
	case ILLUMOS_CTPP_PARAMS:
		if (q->b & ~(u64)ILLUMOS_CT_PR_ALLPARAM)
			return CORE_EINVAL;
		t->params = (u32)q->b;
		if (t->params & ILLUMOS_CT_PR_PGRPONLY && excess(t, t->critical) && !privileged)
			demote(t, SAFE);
		return 0;
	case ILLUMOS_CTPP_EV_FATAL:
		if (q->b & ~(u64)ILLUMOS_CT_PR_ALLFATAL)
			return CORE_EINVAL;
		t->fatal = (u32)q->b;
		if (excess(t, t->critical) && !privileged)
			demote(t, 0);
		return 0;
	default:
		return CORE_EINVAL;
	}
}

long terms_get(struct conn *c, const struct keeper_request *q, struct keeper_reply *a, char *text)
{
	const struct terms *t = c->terms;
	bool process = c->type == ILLUMOS_CTT_PROCESS;

	if (process && (q->a == ILLUMOS_CTPP_SVC_FMRI || q->a == ILLUMOS_CTPP_CREATOR_AUX)) {
		const char *from = q->a == ILLUMOS_CTPP_CREATOR_AUX ? t->aux
				   : t->has_fmri		    ? t->fmri
								    : ILLUMOS_CT_PR_SVC_DEFAULT;

		a->value = a->len = (u32)fb_strlcpy(text, from, KEEPER_TEXT_MAX) + 1;
		return 0;
	}
	switch (q->a) {
	case ILLUMOS_CTP_COOKIE:
		a->value = t->cookie;
		break;
	case ILLUMOS_CTP_EV_INFO:
		a->value = t->info;
		break;
	case ILLUMOS_CTP_EV_CRITICAL:
		a->value = t->critical;
		break;
	case ILLUMOS_CTPP_SUBSUME:
		a->value = t->subsume ? (u64)t->subsume->id : 0;
		break;
	case ILLUMOS_CTPP_PARAMS:
		a->value = t->params;
		break;
	case ILLUMOS_CTPP_EV_FATAL:
		a->value = t->fatal;
		break;
	default:
		return CORE_EINVAL;
	}
	if (q->a < ILLUMOS_CTP_EV_CRITICAL && !process)
		return CORE_EINVAL;
	return q->c < sizeof(u64) ? CORE_EINVAL : 0;
}
