/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_tcp.h: TCP_INFO and the names of congestion controls.
 *
 * Facts: netinet/tcp.h, netinet/tcp_fsm.h; sys/netinet/tcp_usrreq.c (tcp_fill_info); on the
 * hub's side linux/tcp.h and its kernel's net/tcp_states.h.
 */
#ifndef FB_FREEBSD_CONVERT_TCP_H
#define FB_FREEBSD_CONVERT_TCP_H

#include "lib/base.h"

/* The beginning is laid out alike (FreeBSD took it over); units and states are not. */
struct freebsd_tcp_info {
	u8 tcpi_state;
	u8 pad0[4];
	u8 tcpi_options;
	u8 tcpi_wscale; /* snd: low four bits, rcv: high */
	u8 pad1;
	u32 tcpi_rto;
	u32 pad2;
	u32 tcpi_snd_mss;
	u32 tcpi_rcv_mss;
	u32 pad3[7];
	u32 tcpi_last_data_recv; /* microseconds */
	u32 pad4[3];
	u32 tcpi_rtt;
	u32 tcpi_rttvar;
	u32 tcpi_snd_ssthresh; /* bytes, as the next */
	u32 tcpi_snd_cwnd;
	u32 pad5[3];
	u32 tcpi_rcv_space;
	u32 tcpi_snd_wnd;
	u32 pad6[4];
	u32 tcpi_snd_rexmitpack;
	u32 tcpi_rcv_ooopack;
	u32 pad7[10];
	u64 pad8[9];
};
SIZE_ASSERT(struct freebsd_tcp_info, 240);
OFFSET_ASSERT(struct freebsd_tcp_info, tcpi_last_data_recv, 52);
OFFSET_ASSERT(struct freebsd_tcp_info, tcpi_rtt, 68);
OFFSET_ASSERT(struct freebsd_tcp_info, tcpi_rcv_space, 96);
OFFSET_ASSERT(struct freebsd_tcp_info, tcpi_snd_rexmitpack, 120);

struct core_tcp_info {
	u8 tcpi_state;
	u8 pad0[4];
	u8 tcpi_options;
	u8 tcpi_wscale;
	u8 pad1;
	u32 tcpi_rto;
	u32 tcpi_ato;
	u32 tcpi_snd_mss;
	u32 tcpi_rcv_mss;
	u32 tcpi_unacked; /* of a listening socket: how many wait to be accepted */
	u32 tcpi_sacked;  /* and how many may */
	u32 pad2[5];
	u32 tcpi_last_data_recv; /* milliseconds */
	u32 pad3[3];
	u32 tcpi_rtt;
	u32 tcpi_rttvar;
	u32 tcpi_snd_ssthresh; /* segments, as the next */
	u32 tcpi_snd_cwnd;
	u32 pad4[3];
	u32 tcpi_rcv_space;
	u32 tcpi_total_retrans;
	u64 pad5[15];
	u32 tcpi_rcv_ooopack;
	u32 tcpi_snd_wnd; /* since 5.4 */
};
SIZE_ASSERT(struct core_tcp_info, 232);
OFFSET_ASSERT(struct core_tcp_info, tcpi_total_retrans, 100);

u8 core_to_freebsd_tcp_state(u8 state);
void core_to_freebsd_tcp_info(const struct core_tcp_info *from, struct freebsd_tcp_info *to);

#define FREEBSD_TCP_CA_NAME_MAX 16

/* The algorithm both have under another name; name has FREEBSD_TCP_CA_NAME_MAX bytes. */
void freebsd_to_core_congestion(char *name);
void core_to_freebsd_congestion(char *name);

#endif
