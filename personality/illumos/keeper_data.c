/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/keeper_data.c: lists of names and values, as the original's kernel packs them
 * for its own library, and what a contract's status is.
 *
 * Facts: usr/src/common/nvpair/nvpair.c (nvs_native), sys/nvpair.h; os/contract.c
 * (contract_status_common), contract/process.c (contract_process_status).
 */
#include "lib/mem.h"
#include "personality/illumos/keeper.h"

static void put(struct nvlist *n, const void *p, u32 len)
{
	if (n->at <= n->size && len <= n->size - n->at)
		memcpy(n->to + n->at, p, len);
	n->at += len;
}

static void pad(struct nvlist *n, u32 from)
{
	static const u8 zero[8];

	put(n, zero, (8 - (n->at - from) % 8) % 8);
}

void nv_begin(struct nvlist *n, u8 *to, u32 size)
{
	u32 head[3] = {ILLUMOS_NV_LITTLE, 0, ILLUMOS_NV_UNIQUE_NAME};

	*n = (struct nvlist){to, size, 0};
	put(n, head, sizeof(head));
}

static u32 name(struct nvlist *n, const char *text, i32 type, u32 elements, u32 bytes)
{
	u32 from = n->at, len = (u32)strlen(text) + 1;
	struct illumos_nvpair p = {.nvp_size =
				       (i32)(ALIGN_UP(sizeof(p) + len, 8ul) + ALIGN_UP(bytes, 8ul)),
				   .nvp_name_sz = (i16)len,
				   .nvp_value_elem = (i32)elements,
				   .nvp_type = type};

	put(n, &p, sizeof(p));
	put(n, text, len);
	pad(n, from);
	return n->at;
}

static void value(struct nvlist *n, const char *text, i32 type, const void *p, u32 bytes)
{
	u32 from = name(n, text, type, 1, bytes);

	put(n, p, bytes);
	pad(n, from);
}

void nv_u32(struct nvlist *n, const char *text, u32 word)
{
	value(n, text, ILLUMOS_NV_UINT32, &word, sizeof(word));
}

void nv_i32(struct nvlist *n, const char *text, i32 word)
{
	value(n, text, ILLUMOS_NV_INT32, &word, sizeof(word));
}

void nv_string(struct nvlist *n, const char *text, const char *string)
{
	value(n, text, ILLUMOS_NV_STRING, string, (u32)strlen(string) + 1);
}

u32 *nv_words(struct nvlist *n, const char *text, u32 count)
{
	u32 from = name(n, text, ILLUMOS_NV_UINT32_ARRAY, count, count * 4);

	n->at += (u32)ALIGN_UP(count * 4ul, 8ul);
	if (n->at > n->size)
		return NULL;
	memset(n->to + from, 0, n->at - from);
	return (u32 *)(void *)(n->to + from);
}

u32 nv_end(struct nvlist *n)
{
	u32 zero = 0;

	put(n, &zero, sizeof(zero));
	return n->at <= n->size ? n->at : 0;
}

/* Nothing is negotiated: no times, and no event of that. */
void contract_status(const struct contract *c, u32 detail, struct illumos_ct_status *s)
{
	*s = (struct illumos_ct_status){.ctst_id = c->id,
					.ctst_type = ILLUMOS_CTT_PROCESS,
					.ctst_state = (i32)c->state,
					.ctst_nevents = (i32)c->pending,
					.ctst_ntime = -1,
					.ctst_qtime = -1,
					.ctst_detail = detail,
					.ctst_critical = c->terms->critical,
					.ctst_informative = c->terms->info,
					.ctst_cookie = c->terms->cookie};
	if (c->state == ILLUMOS_CTS_OWNED)
		s->ctst_holder = c->owner->pid;
	else if (c->state == ILLUMOS_CTS_INHERITED)
		s->ctst_holder = c->regent->id;
}

u32 contract_details(const struct contract *c, u32 detail, u8 *to, u32 size)
{
	struct nvlist n;
	u32 *at;

	nv_begin(&n, to, size);
	nv_u32(&n, "ctps_params", c->terms->params);
	nv_u32(&n, "ctps_ev_fatal", c->terms->fatal);
	if (detail == ILLUMOS_CTD_ALL) {
		at = nv_words(&n, "ctps_members", c->members);
		for (struct proc *p = keeper->procs; at && p; p = p->next)
			if (p->contract == c)
				*at++ = (u32)p->pid;
		at = nv_words(&n, "ctps_contracts", c->inherited);
		for (struct contract *h = c->heirs; at && h; h = h->next_heir)
			*at++ = (u32)h->id;
		nv_string(&n, "ctps_creator_aux", c->terms->aux);
		nv_string(&n, "ctps_svc_creator", c->creator);
	}
	nv_i32(&n, "ctps_svc_ctid", c->svc_ctid);
	if (detail == ILLUMOS_CTD_ALL)
		nv_string(&n, "ctps_svc_fmri", c->fmri);
	return nv_end(&n);
}
