/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/freebsd/convert_tcp.c: TCP_INFO and the names of congestion controls. */
#include "personality/freebsd/convert_tcp.h"
#include "lib/mem.h"

/* By the hub's state (1: established ... 11: closing), FreeBSD's. */
static const u8 states[] = {0, 4, 2, 3, 6, 9, 10, 0, 5, 8, 1, 7, 3};

#define OPTIONS_SAME 0xf /* timestamps, SACK, window scaling, ECN */

static u32 bytes(u32 segments, u32 mss)
{
	u64 n = (u64)segments * mss;

	return n > UINT32_MAX ? UINT32_MAX : (u32)n;
}

u8 core_to_freebsd_tcp_state(u8 state)
{
	return state < ARRAY_LEN(states) ? states[state] : 0;
}

void core_to_freebsd_tcp_info(const struct core_tcp_info *from, struct freebsd_tcp_info *to)
{
	memset(to, 0, sizeof(*to));
	to->tcpi_state = core_to_freebsd_tcp_state(from->tcpi_state);
	to->tcpi_options = from->tcpi_options & OPTIONS_SAME;
	to->tcpi_wscale = from->tcpi_wscale;
	to->tcpi_rto = from->tcpi_rto;
	to->tcpi_snd_mss = from->tcpi_snd_mss;
	to->tcpi_rcv_mss = from->tcpi_rcv_mss;
	to->tcpi_last_data_recv = bytes(from->tcpi_last_data_recv, 1000);
	to->tcpi_rtt = from->tcpi_rtt;
	to->tcpi_rttvar = from->tcpi_rttvar;
	to->tcpi_snd_ssthresh = bytes(from->tcpi_snd_ssthresh, from->tcpi_snd_mss);
	to->tcpi_snd_cwnd = bytes(from->tcpi_snd_cwnd, from->tcpi_snd_mss);
	to->tcpi_rcv_space = from->tcpi_rcv_space;
	to->tcpi_snd_wnd = from->tcpi_snd_wnd;
	to->tcpi_snd_rexmitpack = from->tcpi_total_retrans;
	to->tcpi_rcv_ooopack = from->tcpi_rcv_ooopack;
}

static void rename(char *name, const char *from, const char *to)
{
	if (strncmp(name, from, FREEBSD_TCP_CA_NAME_MAX) != 0)
		return;
	memset(name, 0, FREEBSD_TCP_CA_NAME_MAX);
	memcpy(name, to, strlen(to));
}

void freebsd_to_core_congestion(char *name)
{
	rename(name, "newreno", "reno");
}

void core_to_freebsd_congestion(char *name)
{
	rename(name, "reno", "newreno");
}
