/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/ctfs_ioctl.c: what is asked of the files in /system/contract.
 *
 * An event is taken over in two steps, as the original does it: who reads one goes on to the next
 * only when all of it has reached the program's memory. Facts:
 * usr/src/uts/common/fs/ctfs/ctfs_{tmpl, ctl,event}.c, os/contract.c (ctparam_copyin,
 * ctparam_copyout, cte_get_event).
 */
#include "core/abi.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/illumos/contract.h"
#include "personality/illumos/illumos.h"

#define EVENT_DATA 256

static void drain(int fd, const struct keeper_reply *a)
{
	char sign;

	for (u32 i = 0; i < a->drain && i < 2; i++)
		EXO_NOW(recvfrom, fd, &sign, 1, CORE_MSG_DONTWAIT, 0, 0);
}

static long simple(struct core_thread *t, int fd, struct keeper_request *q)
{
	struct keeper_reply a;
	long r = illumos_keeper_ask(t, q, NULL, &a, NULL, 0, false);

	if (r == 0)
		drain(fd, &a);
	return r;
}

static long with_event(struct core_thread *t, int fd, struct keeper_request *q, guest_ptr arg)
{
	if (guest_read_u64(arg, &q->b) < 0)
		return -CORE_EFAULT;
	return simple(t, fd, q);
}

/* ---- templates --------------------------------------------------------------------------- */

static bool is_text(u32 id)
{
	return id == ILLUMOS_CTPP_SVC_FMRI || id == ILLUMOS_CTPP_CREATOR_AUX;
}

static long set_term(struct core_thread *t, struct keeper_request *q, guest_ptr arg)
{
	struct illumos_ct_param p;
	struct keeper_reply a;
	char text[KEEPER_TEXT_MAX];
	u64 at;
	u8 byte;

	if (copy_from_guest(&p, arg, sizeof(p)) < 0)
		return -CORE_EFAULT;
	if (p.ctpm_size > ILLUMOS_CT_PARAM_MAX_SIZE || p.ctpm_size == 0)
		return -CORE_EINVAL;
	for (at = 0; at < p.ctpm_size; at = MIN(at + PAGE_SIZE, (u64)p.ctpm_size - 1)) {
		if (copy_from_guest(&byte, gp(p.ctpm_value + at), 1) < 0)
			return -CORE_EFAULT;
		if (at == p.ctpm_size - 1)
			break;
	}
	q->a = p.ctpm_id;
	q->c = p.ctpm_size;
	if (is_text(p.ctpm_id)) {
		if (p.ctpm_size > sizeof(text))
			return -CORE_EINVAL;
		if (copy_from_guest(text, gp(p.ctpm_value), p.ctpm_size) < 0)
			return -CORE_EFAULT;
		q->len = p.ctpm_size;
	} else if (p.ctpm_size >= sizeof(u64)) {
		if (guest_read_u64(gp(p.ctpm_value), &q->b) < 0)
			return -CORE_EFAULT;
	}
	return illumos_keeper_ask(t, q, text, &a, NULL, 0, false);
}

static long get_term(struct core_thread *t, struct keeper_request *q, guest_ptr arg)
{
	char text[KEEPER_TEXT_MAX] = {0};
	struct illumos_ct_param p;
	struct keeper_reply a;
	u32 size;
	long r;

	if (copy_from_guest(&p, arg, sizeof(p)) < 0)
		return -CORE_EFAULT;
	size = p.ctpm_size;
	if (size > ILLUMOS_CT_PARAM_MAX_SIZE || size == 0)
		return -CORE_EINVAL;
	q->a = p.ctpm_id;
	q->c = size;
	r = illumos_keeper_ask(t, q, NULL, &a, text, sizeof(text), false);
	if (r < 0)
		return r;
	p.ctpm_size = is_text(p.ctpm_id) ? (u32)a.value : sizeof(u64);
	if (copy_to_guest(arg, &p, sizeof(p)) < 0)
		return -CORE_EFAULT;
	if (!is_text(p.ctpm_id))
		return copy_to_guest(gp(p.ctpm_value), &a.value, sizeof(a.value));
	text[MIN(size, (u32)sizeof(text)) - 1] = '\0';
	return copy_to_guest(gp(p.ctpm_value), text, MIN(p.ctpm_size, size));
}

static long activate(struct core_thread *t, struct keeper_request *q, bool on)
{
	struct keeper_reply a;
	long r = illumos_keeper_ask(t, q, NULL, &a, NULL, 0, false);

	if (r < 0)
		return r;
	if (on)
		t->abi_data[ILLUMOS_T_CONTRACT] |= ILLUMOS_CONTRACT_ACTIVE;
	else
		t->abi_data[ILLUMOS_T_CONTRACT] &= ~ILLUMOS_CONTRACT_ACTIVE;
	return 0;
}

/* ---- status and events ------------------------------------------------------------------- */

static long read_status(struct core_thread *t, struct keeper_request *q, guest_ptr arg)
{
	struct illumos_ct_status st;
	struct keeper_reply a;
	u8 *data;
	long r;

	if (copy_from_guest(&st, arg, sizeof(st)) < 0)
		return -CORE_EFAULT;
	if (st.ctst_detail > ILLUMOS_CTD_ALL)
		return -CORE_EINVAL;
	data = exo_pages_alloc(KEEPER_DATA_MAX);
	if (!data)
		return -CORE_ENOMEM;
	q->a = st.ctst_detail;
	r = illumos_keeper_ask(t, q, NULL, &a, data, KEEPER_DATA_MAX, false);
	a.status.ctst_nbytes = st.ctst_nbytes;
	a.status.ctst_buffer = st.ctst_buffer;
	a.status.pad0 = st.pad0;
	if (r == 0 && a.len) {
		if (a.len <= st.ctst_nbytes)
			r = copy_to_guest(gp(st.ctst_buffer), data, a.len);
		a.status.ctst_nbytes = a.len;
	}
	exo_pages_free(data, KEEPER_DATA_MAX);
	return r < 0 ? r : copy_to_guest(arg, &a.status, sizeof(a.status));
}

/* The whole of an event reached the program: 0; 1: it had no room for all of it. */
static long give_event(guest_ptr arg, const struct keeper_reply *a, const u8 *data)
{
	struct illumos_ct_event ev, in;

	if (copy_from_guest(&in, arg, sizeof(in)) < 0)
		return -CORE_EFAULT;
	if (a->len && in.ctev_nbytes >= a->len &&
	    copy_to_guest(gp(in.ctev_buffer), data, a->len) < 0)
		return -CORE_EFAULT;
	ev = a->event;
	ev.ctev_pad1 = in.ctev_pad1;
	ev.ctev_pad2 = in.ctev_pad2;
	ev.ctev_buffer = in.ctev_buffer;
	if (copy_to_guest(arg, &ev, sizeof(ev)) < 0)
		return -CORE_EFAULT;
	return in.ctev_nbytes < a->len;
}

static long receive(struct core_thread *t, int s, struct keeper_reply *a, u8 *data)
{
	struct core_iovec in[2] = {{(u64)a, sizeof(*a)}, {(u64)data, EVENT_DATA}};
	struct core_msghdr m = {.msg_iov = (u64)in, .msg_iovlen = 2};
	long r;

	do
		r = EXO(recvmsg, s, &m, 0);
	while ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) && core_signal_absorb(t));
	if (r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS)
		return -CORE_EINTR_FINAL;
	if (r < 0)
		return r;
	if (r < (long)sizeof(*a) || a->len > (u64)r - sizeof(*a))
		return -CORE_EIO;
	return a->error > 0 && a->error < 4096 ? -a->error : 0;
}

static long read_event(struct core_thread *t, int fd, struct keeper_request *q, guest_ptr arg)
{
	struct keeper_reply a = {0};
	u8 data[EVENT_DATA];
	long s = illumos_keeper_dial(t, false), r;

	if (s < 0)
		return s;
	q->op = KEEPER_READ;
	r = EXO_NOW(sendto, s, q, sizeof(*q), CORE_MSG_NOSIGNAL, 0, 0);
	if (r >= 0)
		r = receive(t, (int)s, &a, data);
	if (r == 0 || r == -CORE_EAGAIN || r == -CORE_EIDRM || r == -CORE_EINPROGRESS)
		drain(fd, &a);
	if (r == -CORE_EINPROGRESS)
		r = receive(t, (int)s, &a, data);
	if (r == 0)
		r = give_event(arg, &a, data);
	if (r == 0) {
		q->op = KEEPER_TAKEN;
		r = illumos_keeper_talk((int)s, q, NULL, &a, NULL, 0, false);
		if (r == 0)
			drain(fd, &a);
	}
	illumos_keeper_hang_up((int)s);
	return MIN(r, 0L);
}

long illumos_ctfs_ioctl(struct core_thread *t, int fd, u32 request, guest_ptr arg)
{
	struct keeper_request q = {0};

	if (!illumos_keeper_file(fd, &q.object))
		return -CORE_ENOTTY;
	switch (request) {
	case ILLUMOS_CT_TACTIVATE:
		q.op = KEEPER_ACTIVATE;
		return activate(t, &q, true);
	case ILLUMOS_CT_TCLEAR:
		q.op = KEEPER_CLEAR;
		return activate(t, &q, false);
	case ILLUMOS_CT_TCREATE:
		q.op = KEEPER_CREATE;
		return simple(t, fd, &q);
	case ILLUMOS_CT_TSET:
		q.op = KEEPER_SET;
		return set_term(t, &q, arg);
	case ILLUMOS_CT_TGET:
		q.op = KEEPER_GET;
		return get_term(t, &q, arg);
	case ILLUMOS_CT_CABANDON:
		q.op = KEEPER_ABANDON;
		return simple(t, fd, &q);
	case ILLUMOS_CT_CACK:
		q.op = KEEPER_ACK;
		return with_event(t, fd, &q, arg);
	case ILLUMOS_CT_CNACK:
		q.op = KEEPER_NACK;
		return with_event(t, fd, &q, arg);
	case ILLUMOS_CT_CQREQ:
		q.op = KEEPER_MORE_TIME;
		return with_event(t, fd, &q, arg);
	case ILLUMOS_CT_CADOPT:
		q.op = KEEPER_ADOPT;
		return simple(t, fd, &q);
	case ILLUMOS_CT_CNEWCT:
		q.op = KEEPER_NEWCT;
		return simple(t, fd, &q);
	case ILLUMOS_CT_SSTATUS:
		q.op = KEEPER_STATUS;
		return read_status(t, &q, arg);
	case ILLUMOS_CT_ERESET:
		q.op = KEEPER_RESET;
		return simple(t, fd, &q);
	case ILLUMOS_CT_ERECV:
		return read_event(t, fd, &q, arg);
	case ILLUMOS_CT_ECRECV:
		q.a = 1;
		return read_event(t, fd, &q, arg);
	case ILLUMOS_CT_ENEXT:
		q.op = KEEPER_NEXT;
		return with_event(t, fd, &q, arg);
	case ILLUMOS_CT_ERELIABLE:
		q.op = KEEPER_RELIABLE;
		return simple(t, fd, &q);
	default:
		return -CORE_EINVAL;
	}
}
