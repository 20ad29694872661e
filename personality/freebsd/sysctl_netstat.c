/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_netstat.c: net.inet.*.stats and net.inet6.*.stats, which
 * netstat -s shows: arrays of 64-bit counters, filled from what the machine counts by the
 * names of RFC 1213 and its own.
 *
 * What the host does not count is 0. Facts: the structures in netinet/tcp_var.h, udp_var.h,
 * ip_var.h, icmp_var.h, igmp_var.h, icmp6.h and netinet6/ip6_var.h of FreeBSD 13 and 14;
 * SNMP counters: the Linux kernel's Documentation/networking/snmp_counter.rst.
 */
#include "core/abi.h"
#include "exo/net.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_stats.h"
#include "personality/freebsd/sysctl.h"

#define STATS_MAX  600
#define TCP_13	   113 /* counters of struct tcpstat */
#define TCP_14	   123
#define TCP_ADDED  16 /* where 14 put one (tcps_progdrops) */
#define TYPES_4	   41 /* icmp types that are counted */
#define TYPES_6	   256
#define IGMP_BYTES 168 /* IGPS_VERSION3_LEN */

struct source {
	u16 at; /* which counter */
	const char *group, *name;
};

static const struct source tcp[] = {
    {0, "Tcp", "ActiveOpens"},
    {1, "Tcp", "PassiveOpens"},
    {2, "Tcp", "ActiveOpens"},
    {2, "Tcp", "PassiveOpens"},
    {3, "Tcp", "EstabResets"},
    {4, "Tcp", "AttemptFails"},
    {9, "TcpExt", "DelayedACKs"},
    {10, "TcpExt", "TCPAbortOnTimeout"},
    {11, "TcpExt", "TCPTimeouts"},
    {14, "TcpExt", "TCPKeepAlive"},
    {16, "Tcp", "OutSegs"},
    {19, "Tcp", "RetransSegs"},
    {23, "TcpExt", "TCPWinProbe"},
    {26, "Tcp", "OutRsts"},
    {27, "Tcp", "InSegs"},
    {30, "Tcp", "InCsumErrors"},
    {38, "TcpExt", "TCPOFOQueue"},
    {49, "TcpExt", "PAWSEstab"},
    {50, "TcpExt", "TCPHPAcks"},
    {51, "TcpExt", "TCPHPHits"},
    {62, "TcpExt", "ListenDrops"},
    {77, "TcpExt", "SyncookiesSent"},
    {78, "TcpExt", "SyncookiesRecv"},
};

static const struct source udp[] = {
    {0, "Udp", "InDatagrams"},	  {0, "Udp", "InErrors"},      {0, "Udp", "NoPorts"},
    {0, "Udp6", "InDatagrams"},	  {0, "Udp6", "InErrors"},     {0, "Udp6", "NoPorts"},
    {2, "Udp", "InCsumErrors"},	  {5, "Udp", "NoPorts"},       {5, "Udp6", "NoPorts"},
    {7, "Udp", "RcvbufErrors"},	  {7, "Udp6", "RcvbufErrors"}, {10, "Udp", "OutDatagrams"},
    {10, "Udp6", "OutDatagrams"},
};

static const struct source ip[] = {
    {0, "Ip", "InReceives"},	{1, "IpExt", "InCsumErrors"}, {2, "IpExt", "InTruncatedPkts"},
    {6, "Ip", "ReasmReqds"},	{7, "Ip", "ReasmFails"},      {8, "Ip", "ReasmTimeout"},
    {9, "Ip", "ForwDatagrams"}, {11, "Ip", "InAddrErrors"},   {13, "Ip", "InUnknownProtos"},
    {14, "Ip", "InDelivers"},	{15, "Ip", "OutRequests"},    {16, "Ip", "OutDiscards"},
    {17, "Ip", "ReasmOKs"},	{18, "Ip", "FragOKs"},	      {19, "Ip", "FragCreates"},
    {20, "Ip", "FragFails"},	{22, "Ip", "OutNoRoutes"},
};

static const struct source ip6[] = {
    {0, "Ip6", "InReceives"},	{1, "Ip6", "InTruncatedPkts"}, {3, "Ip6", "ReasmReqds"},
    {4, "Ip6", "ReasmFails"},	{5, "Ip6", "ReasmTimeout"},    {7, "Ip6", "OutForwDatagrams"},
    {8, "Ip6", "InAddrErrors"}, {10, "Ip6", "InDelivers"},     {11, "Ip6", "OutRequests"},
    {12, "Ip6", "OutDiscards"}, {13, "Ip6", "ReasmOKs"},       {15, "Ip6", "FragOKs"},
    {16, "Ip6", "FragCreates"}, {17, "Ip6", "FragFails"},      {19, "Ip6", "OutNoRoutes"},
};

static const struct source icmp[] = {
    {0, "Icmp", "OutDestUnreachs"},	  {0, "Icmp", "OutTimeExcds"},
    {0, "Icmp", "OutParmProbs"},	  {3 + TYPES_4 + 2, "Icmp", "InCsumErrors"},
    {3 + TYPES_4 + 4, "Icmp", "InEchos"},
};

static const struct source icmp6[] = {
    {0, "Icmp6", "OutDestUnreachs"},
    {0, "Icmp6", "OutPktTooBigs"},
    {0, "Icmp6", "OutTimeExcds"},
    {0, "Icmp6", "OutParmProblems"},
    {3 + TYPES_6 + 2, "Icmp6", "InCsumErrors"},
    {3 + TYPES_6 + 4, "Icmp6", "InEchos"},
};

static const struct {
	const struct source *sources;
	u32 count;
	u32 counters;
	u32 types; /* histograms of so many types: sent behind 3 counters, received behind 5 more */
	const char *group;
} all[] = {
    [FREEBSD_SYSCTL_TCPSTAT] = {tcp, ARRAY_LEN(tcp), TCP_14, 0, ""},
    [FREEBSD_SYSCTL_UDPSTAT] = {udp, ARRAY_LEN(udp), 14, 0, ""},
    [FREEBSD_SYSCTL_IPSTAT] = {ip, ARRAY_LEN(ip), 29, 0, ""},
    [FREEBSD_SYSCTL_IP6STAT] = {ip6, ARRAY_LEN(ip6), 415, 0, ""},
    [FREEBSD_SYSCTL_ICMPSTAT] = {icmp, ARRAY_LEN(icmp), 94, TYPES_4, "IcmpMsg"},
    [FREEBSD_SYSCTL_ICMP6STAT] = {icmp6, ARRAY_LEN(icmp6), 579, TYPES_6, "Icmp6"},
};

static void fill_types(const struct exo_counters *c, const char *group, u32 types, u64 *out)
{
	char name[16];

	for (u32 i = 0; i < types; i++) {
		fb_format(name, sizeof(name), "OutType%u", i);
		out[3 + i] = exo_counter(c, group, name);
		fb_format(name, sizeof(name), "InType%u", i);
		out[3 + types + 5 + i] = exo_counter(c, group, name);
	}
}

/* argument: a freebsd_sysctl_netstat */
long freebsd_sysctl_net_stats(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	u32 counters = all[row->value].counters;
	u64 *out = exo_pages_alloc(STATS_MAX * sizeof(*out));
	struct exo_counters c;
	bool shift = false;
	long r;

	if (!out)
		return -CORE_ENOMEM;
	memset(out, 0, STATS_MAX * sizeof(*out));
	/* The structure grew, within FreeBSD 14 too: a program is told by the room it has. */
	if (row->value == FREEBSD_SYSCTL_TCPSTAT) {
		if (req->old.addr && req->oldlen >= TCP_13 * sizeof(*out))
			counters = MIN(counters, (u32)(req->oldlen / sizeof(*out)));
		shift = counters != TCP_13;
	}
	if (exo_counters_read(&c)) {
		for (u32 i = 0; i < all[row->value].count; i++) {
			const struct source *s = &all[row->value].sources[i];

			out[s->at + (shift && s->at >= TCP_ADDED)] +=
			    exo_counter(&c, s->group, s->name);
		}
		fill_types(&c, all[row->value].group, all[row->value].types, out);
		exo_counters_free(&c);
	}
	r = freebsd_sysctl_out(req, out, counters * sizeof(*out));
	exo_pages_free(out, STATS_MAX * sizeof(*out));
	return r;
}

/* Memberships are announced by the host, which counts none of it. */
long freebsd_sysctl_igmp_stats(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	u32 stats[IGMP_BYTES / sizeof(u32)] = {3, IGMP_BYTES};

	(void)row;
	return freebsd_sysctl_out(req, stats, sizeof(stats));
}
