/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_pcb.h: what sysctl(3) says of sockets and open files, as
 * FreeBSD/amd64 12 and later lay it out. Facts: sys/socketvar.h, sys/unpcb.h, sys/file.h,
 * netinet/in_pcb.h, netinet/tcp_var.h, netinet/tcp_fsm.h.
 */
#ifndef FB_FREEBSD_ABI_PCB_H
#define FB_FREEBSD_ABI_PCB_H

#include "lib/base.h"

#define FREEBSD_INP_IPV4	0x1
#define FREEBSD_INP_IPV6	0x2
#define FREEBSD_SO_ACCEPTCONN	0x2
#define FREEBSD_SS_NOFDREF	0x1
#define FREEBSD_SS_ISCONNECTED	0x2
#define FREEBSD_SS_ISCONNECTING 0x4
#define FREEBSD_TCPS_LISTEN	1
#define FREEBSD_TCP_NSTATES	11

/* Comes before and behind the list. */
struct freebsd_xinpgen {
	u64 xig_len;
	u32 xig_count;
	u32 xig_spare32;
	u64 xig_gen;
	u64 xig_sogen;
	u64 xig_spare64[4];
};
SIZE_ASSERT(struct freebsd_xinpgen, 64);

struct freebsd_xsockbuf {
	u32 sb_cc;
	u32 sb_hiwat;
	u32 sb_mbcnt;
	u32 sb_mcnt;
	u32 sb_ccnt;
	u32 sb_mbmax;
	i32 sb_lowat;
	i32 sb_timeo;
	i16 sb_flags;
	u16 pad;
};
SIZE_ASSERT(struct freebsd_xsockbuf, 36);

struct freebsd_xsocket {
	u64 xso_len;
	u64 xso_so;
	u64 so_pcb;
	u64 so_oobmark;
	i64 so_spare64[8];
	i32 xso_protocol;
	i32 xso_family;
	u32 so_qlen;
	u32 so_incqlen;
	u32 so_qlimit;
	i32 so_pgid;
	u32 so_uid;
	i32 so_spare32[8];
	i16 so_type;
	i16 so_options;
	i16 so_linger;
	i16 so_state;
	i16 so_timeo;
	u16 so_error;
	struct freebsd_xsockbuf so_rcv, so_snd;
};
SIZE_ASSERT(struct freebsd_xsocket, 240);
OFFSET_ASSERT(struct freebsd_xsocket, so_type, 156);

struct freebsd_in_conninfo {
	u8 inc_flags;
	u8 inc_len;
	u16 inc_fibnum;
	u16 ie_fport;
	u16 ie_lport;
	u8 ie_faddr[16]; /* an IPv4 address is the last four */
	u8 ie_laddr[16];
	u32 ie6_zoneid;
};
SIZE_ASSERT(struct freebsd_in_conninfo, 44);

struct freebsd_xinpcb {
	u64 xi_len;
	struct freebsd_xsocket xi_socket;
	struct freebsd_in_conninfo inp_inc;
	u32 pad0;
	u64 inp_gencnt;
	u64 inp_ppcb;
	i64 inp_spare64[4];
	u32 inp_flow;
	u32 inp_flowid;
	u32 inp_flowtype;
	i32 inp_flags;
	i32 inp_flags2;
	i32 inp_rss_listen_bucket;
	i32 in6p_cksum;
	i32 inp_spare32[4];
	u16 in6p_hops;
	u8 inp_ip_tos;
	i8 pad8;
	u8 inp_vflag;
	u8 inp_ip_ttl;
	u8 inp_ip_p;
	u8 inp_ip_minttl;
	i8 inp_spare8[4];
};
SIZE_ASSERT(struct freebsd_xinpcb, 400);
OFFSET_ASSERT(struct freebsd_xinpcb, inp_inc, 248);
OFFSET_ASSERT(struct freebsd_xinpcb, inp_gencnt, 296);
OFFSET_ASSERT(struct freebsd_xinpcb, inp_flags, 356);
OFFSET_ASSERT(struct freebsd_xinpcb, inp_vflag, 392);

/* FreeBSD 14 took three words of the spare ones for what it counts of DSACK. */
struct freebsd_xtcpcb {
	u64 xt_len;
	struct freebsd_xinpcb xt_inp;
	char xt_stack[32];
	char xt_logid[64];
	char xt_cc[16];
	i64 spare64[6];
	i32 t_state;
	u32 t_flags;
	i32 t_sndzerowin;
	i32 t_sndrexmitpack;
	i32 t_rcvoopack;
	i32 t_rcvtime;
	i32 tt_rexmt;
	i32 tt_persist;
	i32 tt_keep;
	i32 tt_2msl;
	i32 tt_delack;
	i32 t_logstate;
	u32 t_snd_cwnd;
	u32 t_snd_ssthresh;
	u32 t_maxseg;
	u32 t_rcv_wnd;
	u32 t_snd_wnd;
	u32 xt_ecn;
	u16 xt_encaps_port;
	i16 spare16;
	i32 spare32[25];
};
SIZE_ASSERT(struct freebsd_xtcpcb, 744);
OFFSET_ASSERT(struct freebsd_xtcpcb, t_state, 568);
OFFSET_ASSERT(struct freebsd_xtcpcb, t_snd_cwnd, 616);

struct freebsd_xunpgen {
	u64 xug_len;
	u32 xug_count;
	u32 pad;
	u64 xug_gen;
	u64 xug_sogen;
};
SIZE_ASSERT(struct freebsd_xunpgen, 32);

struct freebsd_xunpcb {
	u64 xu_len;
	u64 xu_unpp;
	u64 unp_vnode;
	u64 unp_conn;
	u64 xu_firstref;
	u64 xu_nextref;
	u64 unp_gencnt;
	i64 xu_spare64[8];
	i32 xu_spare32[8];
	u8 xu_addr[256];  /* struct sockaddr_un: its own, */
	u8 xu_caddr[256]; /* the other end's */
	struct freebsd_xsocket xu_socket;
};
SIZE_ASSERT(struct freebsd_xunpcb, 904);
OFFSET_ASSERT(struct freebsd_xunpcb, xu_addr, 152);
OFFSET_ASSERT(struct freebsd_xunpcb, xu_socket, 664);

/* kern.file; its types are those of kinfo_file up to KF_TYPE_PTS. */
struct freebsd_xfile {
	u64 xf_size;
	i32 xf_pid;
	u32 xf_uid;
	i32 xf_fd;
	i32 pad1;
	u64 xf_file;
	i16 xf_type;
	i16 pad2;
	i32 xf_count;
	i32 xf_msgcount;
	i32 pad3;
	i64 xf_offset;
	u64 xf_data;
	u64 xf_vnode;
	u32 xf_flag;
	i32 pad4;
	i64 spare[6];
};
SIZE_ASSERT(struct freebsd_xfile, 128);
OFFSET_ASSERT(struct freebsd_xfile, xf_data, 56);

/*
 * The lists as FreeBSD 10 had them, with the kernel's own structures inside: what has no name
 * here is nobody's who reads them. Facts: the same headers of FreeBSD 10.4.
 */
struct freebsd10_xinpgen { /* and xunpgen */
	u64 xig_len;
	u32 xig_count;
	u32 pad;
	u64 xig_gen;
	u64 xig_sogen;
};
SIZE_ASSERT(struct freebsd10_xinpgen, 32);

struct freebsd10_xsocket {
	u64 xso_len;
	u64 xso_so;
	i16 so_type;
	i16 so_options;
	i16 so_linger;
	i16 so_state;
	u64 so_pcb;
	i32 xso_protocol;
	i32 xso_family;
	u16 so_qlen;
	u16 so_incqlen;
	u16 so_qlimit;
	i16 so_timeo;
	u16 so_error;
	u16 pad0;
	i32 so_pgid;
	u64 so_oobmark;
	struct freebsd_xsockbuf so_rcv, so_snd;
	u32 so_uid;
	u32 pad1;
};
SIZE_ASSERT(struct freebsd10_xsocket, 144);

struct freebsd10_inpcb {
	u64 inp_lists[6];
	u64 inp_ppcb;
	u64 inp_pointers[6];
	u32 inp_flow;
	i32 inp_flags;
	i32 inp_flags2;
	u8 inp_vflag;
	u8 inp_ip_ttl;
	u8 inp_ip_p;
	u8 inp_ip_minttl;
	u32 inp_ids[18];
	u8 inc_flags;
	u8 inc_len;
	u16 inc_fibnum;
	u16 ie_fport;
	u16 ie_lport;
	u8 ie_faddr[16];
	u8 ie_laddr[16];
	u64 inp_options[13];
	u64 inp_gencnt;
	u64 inp_cached[6];
};
SIZE_ASSERT(struct freebsd10_inpcb, 392);
OFFSET_ASSERT(struct freebsd10_inpcb, inp_flow, 104);
OFFSET_ASSERT(struct freebsd10_inpcb, inc_flags, 192);
OFFSET_ASSERT(struct freebsd10_inpcb, inp_gencnt, 336);

struct freebsd10_xinpcb {
	u64 xi_len;
	struct freebsd10_inpcb xi_inp;
	struct freebsd10_xsocket xi_socket;
	u64 xi_alignment_hack;
};
SIZE_ASSERT(struct freebsd10_xinpcb, 552);

struct freebsd10_xtcpcb {
	u64 xt_len;
	struct freebsd10_inpcb xt_inp;
	struct {
		u64 queues[6];
		i32 t_state;
		u32 t_flags;
		u64 rest[73];
	} xt_tp;
	struct freebsd10_xsocket xt_socket;
	i32 xt_timer[6];
	u64 xt_alignment_hack;
};
SIZE_ASSERT(struct freebsd10_xtcpcb, 1216);
OFFSET_ASSERT(struct freebsd10_xtcpcb, xt_tp, 400);
OFFSET_ASSERT(struct freebsd10_xtcpcb, xt_socket, 1040);

struct freebsd10_xunpcb {
	u64 xu_len;
	u64 xu_unpp;
	struct {
		u64 unp_lists[4];
		u64 unp_vnode;
		u64 unp_ino;
		u64 unp_conn;
		u64 unp_refs[3];
		u64 unp_addr;
		u64 rest[19];
	} xu_unp;
	u8 xu_addr[256];
	u8 xu_caddr[256];
	struct freebsd10_xsocket xu_socket;
	u64 xu_alignment_hack;
};
SIZE_ASSERT(struct freebsd10_xunpcb, 920);
OFFSET_ASSERT(struct freebsd10_xunpcb, xu_addr, 256);

#define FREEBSD11_XFILE_SIZE 80 /* of a struct xfile that begins as today's */

#endif
