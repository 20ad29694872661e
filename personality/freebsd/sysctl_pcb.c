/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_pcb.c: the lists of sockets that netstat(1) and sockstat(1)
 * read: net.inet.{tcp,udp,raw}.pcblist, net.local.*.pcblist, net.inet.tcp.states.
 *
 * Every socket of the host is in them, as every process is in kern.proc. A list is framed by
 * two headers that count what is between. Addresses in a kernel are names: the same socket
 * has the same one here, in kern.file and in kinfo_file. Facts: sys/netinet/tcp_subr.c
 * (tcp_pcblist), udp_usrreq.c, raw_ip.c, sys/kern/uipc_usrreq.c (unp_pcblist),
 * sys/kern/uipc_socket.c (sotoxsocket).
 */
#include "core/abi.h"
#include "exo/net.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_socket.h"
#include "personality/freebsd/convert_socket.h"
#include "personality/freebsd/convert_tcp.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/sysctl_pcb.h"

#define PROTO_TCP	6
#define PROTO_UDP	17
#define CORE_TCP_CLOSE	7
#define CORE_TCP_LISTEN 10
#define SLACK		8 /* entries a size is estimated above what there are */

struct walk {
	struct freebsd_sysctl *req;
	u32 count;
	i16 type; /* of local sockets */
	bool counting, old;
	u64 *states;
	long result;
};

/* A datagram's socket is connected to where it sends when that is known. */
static i16 state_of(const struct exo_socket *s)
{
	bool connected = s->state == 1 || s->peer || s->remote_port;

	return (i16)((s->id ? 0 : FREEBSD_SS_NOFDREF) | (s->state == 2 ? FREEBSD_SS_ISCONNECTING
							 : connected   ? FREEBSD_SS_ISCONNECTED
								       : 0));
}

static void fill_socket(const struct exo_socket *s, int family, struct freebsd_xsocket *x)
{
	bool listens = s->state == CORE_TCP_LISTEN && s->type != CORE_SOCK_DGRAM;

	memset(x, 0, sizeof(*x));
	x->xso_len = sizeof(*x);
	x->xso_so = s->id ? freebsd_kernel_addr(FREEBSD_KVA_SOCKET, s->id) : 0;
	x->so_pcb = s->id ? freebsd_kernel_addr(FREEBSD_KVA_PCB, s->id) : 0;
	x->xso_protocol = s->protocol;
	x->xso_family = family;
	x->so_uid = s->uid;
	x->so_type = s->type;
	x->so_state = state_of(s);
	x->so_rcv.sb_hiwat = s->recv_max;
	x->so_snd.sb_hiwat = s->send_max;
	x->so_rcv.sb_lowat = 1;
	x->so_snd.sb_lowat = 2048;
	if (listens) {
		x->so_options = FREEBSD_SO_ACCEPTCONN;
		x->so_qlen = s->recv_queue;
		x->so_qlimit = s->send_queue;
	} else {
		x->so_rcv.sb_cc = x->so_rcv.sb_ccnt = s->recv_queue;
		x->so_snd.sb_cc = x->so_snd.sb_ccnt = s->send_queue;
	}
}

/* ---- internet sockets ------------------------------------------------------------------------ */

static void fill_inpcb(const struct exo_socket *s, struct freebsd_xinpcb *x)
{
	bool four = s->family == CORE_AF_INET;
	u32 skip = four ? 12 : 0;

	memset(x, 0, sizeof(*x));
	x->xi_len = sizeof(*x);
	fill_socket(s, four ? FREEBSD_AF_INET : FREEBSD_AF_INET6, &x->xi_socket);
	x->inp_inc.inc_flags = !four;
	x->inp_inc.ie_fport = s->remote_port;
	x->inp_inc.ie_lport = s->local_port;
	memcpy(x->inp_inc.ie_faddr + skip, s->remote, 16 - skip);
	memcpy(x->inp_inc.ie_laddr + skip, s->local, 16 - skip);
	x->inp_inc.ie6_zoneid = s->scope;
	x->inp_gencnt = 1;
	x->inp_ppcb = x->xi_socket.so_pcb;
	x->inp_vflag =
	    (u8)((four || !s->v6only ? FREEBSD_INP_IPV4 : 0) | (four ? 0 : FREEBSD_INP_IPV6));
	/* One that has an address is of one kind, whatever it would have taken. */
	for (u32 i = 0; i < 16 && !four; i++)
		if (s->local[i])
			x->inp_vflag = FREEBSD_INP_IPV6;
	x->inp_ip_p = s->protocol;
}

static bool out_inet(void *ctx, const struct exo_socket *s)
{
	struct walk *w = ctx;
	struct freebsd_xtcpcb x;

	if (w->states) {
		w->states[core_to_freebsd_tcp_state(s->state)]++;
		return true;
	}
	/* Sockets without a port are in no list there. */
	if (s->protocol == PROTO_TCP && s->state == CORE_TCP_CLOSE)
		return true;
	w->count++;
	if (w->counting)
		return true;
	memset(&x, 0, sizeof(x));
	fill_inpcb(s, &x.xt_inp);
	if (s->type != CORE_SOCK_STREAM) {
		w->result = w->old ? freebsd10_out_inet(w->req, &x.xt_inp)
				   : freebsd_sysctl_out(w->req, &x.xt_inp, sizeof(x.xt_inp));
		return w->result == 0;
	}
	x.xt_len = sizeof(x);
	fb_strlcpy(x.xt_stack, "freebsd", sizeof(x.xt_stack));
	fb_strlcpy(x.xt_cc, s->congestion, sizeof(x.xt_cc));
	core_to_freebsd_congestion(x.xt_cc);
	x.t_state = core_to_freebsd_tcp_state(s->state);
	x.t_sndrexmitpack = (i32)s->retransmits;
	x.t_snd_cwnd = s->congestion_window;
	x.t_snd_ssthresh = s->threshold;
	x.t_maxseg = s->segment;
	x.t_rcv_wnd = s->recv_window;
	x.t_snd_wnd = s->send_window;
	w->result =
	    w->old ? freebsd10_out_tcp(w->req, &x) : freebsd_sysctl_out(w->req, &x, sizeof(x));
	return w->result == 0;
}

static bool of_freebsd10(const struct core_thread *t)
{
	return freebsd_older_than(t, FREEBSD_OSREL_11) && !freebsd_older_than(t, FREEBSD_OSREL_10);
}

static void each_inet(u8 protocol, struct walk *w)
{
	if (exo_sockets(CORE_AF_INET, protocol, out_inet, w) == 0 && w->result == 0)
		exo_sockets(CORE_AF_INET6, protocol, out_inet, w);
}

/* argument: the protocol, 0 for raw sockets of any */
long freebsd_sysctl_inet_pcbs(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct freebsd_xinpgen gen = {.xig_len = sizeof(gen), .xig_gen = 1, .xig_sogen = 1};
	struct freebsd10_xinpgen old = {.xig_len = sizeof(old), .xig_gen = 1, .xig_sogen = 1};
	struct walk w = {.req = req, .counting = true, .old = of_freebsd10(req->t)};
	const void *frame = w.old ? (const void *)&old : &gen;
	u64 frame_size = w.old ? sizeof(old) : sizeof(gen);
	u64 size =
	    row->value == PROTO_TCP ? sizeof(struct freebsd_xtcpcb) : sizeof(struct freebsd_xinpcb);
	long r;

	each_inet((u8)row->value, &w);
	old.xig_count = gen.xig_count = w.count;
	if (!req->old.addr) /* the old ones are no larger than twice the new */
		return freebsd_sysctl_out(
		    req, NULL, 2 * sizeof(gen) + (w.count + SLACK) * (size << (u32)w.old));
	w.counting = false;
	r = freebsd_sysctl_out(req, frame, frame_size);
	if (r < 0)
		return r;
	each_inet((u8)row->value, &w);
	return w.result < 0 ? w.result : freebsd_sysctl_out(req, frame, frame_size);
}

long freebsd_sysctl_tcp_states(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	u64 states[FREEBSD_TCP_NSTATES] = {0};
	struct walk w = {.req = req, .states = states};

	(void)row;
	each_inet(PROTO_TCP, &w);
	states[0] = 0; /* one that is nowhere is not counted */
	return freebsd_sysctl_out(req, states, sizeof(states));
}

/* ---- local sockets --------------------------------------------------------------------------- */

static void local_address(const char *name, u8 out[256])
{
	struct freebsd_sockaddr_un un;

	memset(&un, 0, sizeof(un));
	un.sun_family = FREEBSD_AF_UNIX;
	fb_strlcpy(un.sun_path, name, sizeof(un.sun_path));
	un.sun_len = (u8)(offsetof(struct freebsd_sockaddr_un, sun_path) + strlen(un.sun_path) + 1);
	memcpy(out, &un, sizeof(un));
}

static bool out_local(void *ctx, const struct exo_socket *s)
{
	struct walk *w = ctx;
	struct freebsd_xunpcb x;

	if (s->type != w->type)
		return true;
	w->count++;
	if (w->counting)
		return true;
	memset(&x, 0, sizeof(x));
	x.xu_len = sizeof(x);
	x.xu_unpp = freebsd_kernel_addr(FREEBSD_KVA_PCB, s->id);
	x.unp_vnode =
	    s->name[0] && s->name[0] != '@' ? freebsd_kernel_addr(FREEBSD_KVA_VNODE, s->id) : 0;
	x.unp_conn = s->peer ? freebsd_kernel_addr(FREEBSD_KVA_PCB, s->peer) : 0;
	x.unp_gencnt = 1;
	if (s->name[0])
		local_address(s->name, x.xu_addr);
	fill_socket(s, FREEBSD_AF_UNIX, &x.xu_socket);
	w->result =
	    w->old ? freebsd10_out_local(w->req, &x) : freebsd_sysctl_out(w->req, &x, sizeof(x));
	return w->result == 0;
}

/* argument: the sockets' type */
long freebsd_sysctl_local_pcbs(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct freebsd_xunpgen gen = {.xug_len = sizeof(gen), .xug_gen = 1, .xug_sogen = 1};
	struct walk w = {
	    .req = req, .counting = true, .type = (i16)row->value, .old = of_freebsd10(req->t)};
	long r;

	exo_sockets(CORE_AF_UNIX, 0, out_local, &w);
	gen.xug_count = w.count;
	if (!req->old.addr)
		return freebsd_sysctl_out(req, NULL,
					  2 * sizeof(gen) +
					      (w.count + SLACK) * sizeof(struct freebsd10_xunpcb));
	w.counting = false;
	r = freebsd_sysctl_out(req, &gen, sizeof(gen));
	if (r < 0)
		return r;
	exo_sockets(CORE_AF_UNIX, 0, out_local, &w);
	return w.result < 0 ? w.result : freebsd_sysctl_out(req, &gen, sizeof(gen));
}
