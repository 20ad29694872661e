/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_pcb_old.c: the lists of sockets for the programs of FreeBSD 10,
 * whose sockstat(1) and netstat(1) know the kernel's own structures. FreeBSD 12 changed them
 * for good, 8, 9 and 11 had others yet. Facts: abi_pcb.h.
 */
#include "lib/mem.h"
#include "personality/freebsd/convert_tcp.h"
#include "personality/freebsd/sysctl_pcb.h"

static void old_socket(const struct freebsd_xsocket *x, struct freebsd10_xsocket *to)
{
	*to = (struct freebsd10_xsocket){
	    .xso_len = sizeof(*to),
	    .xso_so = x->xso_so,
	    .so_type = x->so_type,
	    .so_options = x->so_options,
	    .so_state = x->so_state,
	    .so_pcb = x->so_pcb,
	    .xso_protocol = x->xso_protocol,
	    .xso_family = x->xso_family,
	    .so_qlen = (u16)x->so_qlen,
	    .so_qlimit = (u16)x->so_qlimit,
	    .so_rcv = x->so_rcv,
	    .so_snd = x->so_snd,
	    .so_uid = x->so_uid,
	};
}

static void old_inpcb(const struct freebsd_xinpcb *x, struct freebsd10_inpcb *to)
{
	memset(to, 0, sizeof(*to));
	to->inp_ppcb = x->inp_ppcb;
	to->inp_vflag = x->inp_vflag;
	to->inp_ip_p = x->inp_ip_p;
	to->inc_flags = x->inp_inc.inc_flags;
	to->ie_fport = x->inp_inc.ie_fport;
	to->ie_lport = x->inp_inc.ie_lport;
	memcpy(to->ie_faddr, x->inp_inc.ie_faddr, sizeof(to->ie_faddr));
	memcpy(to->ie_laddr, x->inp_inc.ie_laddr, sizeof(to->ie_laddr));
	to->inp_gencnt = x->inp_gencnt;
}

long freebsd10_out_tcp(struct freebsd_sysctl *req, const struct freebsd_xtcpcb *x)
{
	struct freebsd10_xtcpcb old;

	memset(&old, 0, sizeof(old));
	old.xt_len = sizeof(old);
	old_inpcb(&x->xt_inp, &old.xt_inp);
	old_socket(&x->xt_inp.xi_socket, &old.xt_socket);
	old.xt_tp.t_state = x->t_state;
	return freebsd_sysctl_out(req, &old, sizeof(old));
}

long freebsd10_out_inet(struct freebsd_sysctl *req, const struct freebsd_xinpcb *x)
{
	struct freebsd10_xinpcb old = {.xi_len = sizeof(old)};

	old_inpcb(x, &old.xi_inp);
	old_socket(&x->xi_socket, &old.xi_socket);
	return freebsd_sysctl_out(req, &old, sizeof(old));
}

long freebsd10_out_local(struct freebsd_sysctl *req, const struct freebsd_xunpcb *x)
{
	struct freebsd10_xunpcb old;

	memset(&old, 0, sizeof(old));
	old.xu_len = sizeof(old);
	old.xu_unpp = x->xu_unpp;
	old.xu_unp.unp_vnode = x->unp_vnode;
	old.xu_unp.unp_conn = x->unp_conn;
	old.xu_unp.unp_addr = x->xu_addr[0] ? x->xu_unpp : 0;
	memcpy(old.xu_addr, x->xu_addr, sizeof(old.xu_addr));
	old_socket(&x->xu_socket, &old.xu_socket);
	return freebsd_sysctl_out(req, &old, sizeof(old));
}
