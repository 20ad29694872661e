/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/socket_opt.c: setsockopt(2), getsockopt(2).
 *
 * sockopt.def says which option is which on the hub and whether its value is the same
 * there. The rest is here: values in other units or layouts, options that only FreeBSD
 * has, and those of unix sockets, whose level (SOL_LOCAL) is 0 like IPPROTO_IP. What has
 * no counterpart is answered with ENOPROTOOPT, as an option the protocol lacks.
 *
 * Facts: getsockopt(2), ip(4), tcp(4), unix(4); sys/kern/uipc_socket.c (sosetopt,
 * sogetopt), uipc_usrreq.c (uipc_ctloutput), netinet/tcp_usrreq.c (tcp_default_ctloutput),
 * netinet/tcp_var.h, netinet/in_mcast.c of FreeBSD 14.
 */
#include "exo/note.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_errno.h"
#include "personality/freebsd/convert_tcp.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/socket.h"
#include "personality/freebsd/socket_note.h"

#define SB_MAX_ADJUSTED 1864135 /* what kern.ipc.maxsockbuf leaves for data */
#define LINGER_MOST	0xffff
#define TF_NODELAY	4
#define TF_NOPUSH	0x1000

/* One call, in either direction; room is the guest's number of bytes. */
struct request {
	int s, level, name;
	guest_ptr val;
	u32 room;
	guest_ptr avalsize; /* of getsockopt */
};

/* ---- values ---------------------------------------------------------------------------- */

/* A value of n bytes: exactly those are read; a longer one is cut. */
static long take(const struct request *q, void *value, u32 n)
{
	if (q->room < n)
		return -CORE_EINVAL;
	return copy_from_guest(value, q->val, n);
}

static long give(const struct request *q, const void *value, u32 n)
{
	n = MIN(n, q->room);
	if (copy_to_guest(q->val, value, n) < 0)
		return -CORE_EFAULT;
	return guest_write_u32(q->avalsize, n);
}

static long give_int(const struct request *q, i32 value)
{
	return give(q, &value, sizeof(value));
}

static long hub_get(int s, int level, int name, void *value, u32 n)
{
	return EXO(getsockopt, s, level, name, value, &n);
}

static long hub_set(int s, int level, int name, const void *value, u32 n)
{
	return EXO(setsockopt, s, level, name, value, n);
}

static long hub_set_int(int s, int level, int name, i32 value)
{
	return hub_set(s, level, name, &value, sizeof(value));
}

/* An int of the hub's, or an error through *r. */
static i32 hub_int(int s, int level, int name, long *r)
{
	i32 value = 0;

	*r = hub_get(s, level, name, &value, sizeof(value));
	return value;
}

static bool is_socket(int s, long *error)
{
	long r = core_socket_option(s, CORE_SO_TYPE);

	*error = r < 0 ? r : 0;
	return r >= 0;
}

/* ---- SOL_SOCKET --------------------------------------------------------------------------- */

static long set_linger(const struct request *q)
{
	struct core_linger l;
	long r = take(q, &l, sizeof(l));

	if (r < 0)
		return r;
	if (l.l_linger < 0 || l.l_linger > LINGER_MOST)
		return -CORE_EDOM;
	l.l_onoff = l.l_onoff != 0;
	return hub_set(q->s, CORE_SOL_SOCKET, CORE_SO_LINGER, &l, sizeof(l));
}

static long get_linger(const struct request *q)
{
	struct core_linger l;
	long r = hub_get(q->s, CORE_SOL_SOCKET, CORE_SO_LINGER, &l, sizeof(l));

	if (r < 0)
		return r;
	l.l_onoff = l.l_onoff ? FREEBSD_SO_LINGER : 0;
	return give(q, &l, sizeof(l));
}

static long set_timeout(const struct request *q, int core_name)
{
	struct core_timeval tv;
	long r = take(q, &tv, sizeof(tv));

	if (r < 0)
		return r;
	if (tv.tv_sec < 0 || tv.tv_usec < 0 || tv.tv_usec >= 1000000)
		return -CORE_EDOM;
	return hub_set(q->s, CORE_SOL_SOCKET, core_name, &tv, sizeof(tv));
}

/* The hub doubles what it is told, for its own needs, and tells the double. */
static long set_buffer(const struct request *q, int core_name)
{
	i32 size;
	long r = take(q, &size, sizeof(size));

	if (r < 0)
		return r;
	if (size < 1)
		return -CORE_EINVAL;
	if (size > SB_MAX_ADJUSTED)
		return -CORE_ENOBUFS;
	return hub_set_int(q->s, CORE_SOL_SOCKET, core_name, size);
}

static long get_buffer(const struct request *q, int core_name)
{
	long r;
	i32 size = hub_int(q->s, CORE_SOL_SOCKET, core_name, &r);

	return r < 0 ? r : give_int(q, size / 2);
}

static long get_error(const struct request *q)
{
	long r;
	i32 error = hub_int(q->s, CORE_SOL_SOCKET, CORE_SO_ERROR, &r);

	return r < 0 ? r : give_int(q, core_to_freebsd_errno(error));
}

static long get_domain(const struct request *q)
{
	long r;
	i32 family = hub_int(q->s, CORE_SOL_SOCKET, CORE_SO_DOMAIN, &r), domain;

	if (r < 0)
		return r;
	core_to_freebsd_family(family, &domain); /* it was made by socket(2) */
	return give_int(q, domain);
}

/* How many connections wait for accept(2), and how many may. */
static long get_queue(const struct request *q)
{
	struct core_tcp_info info = {0};
	long r = hub_get(q->s, CORE_IPPROTO_TCP, CORE_TCP_INFO, &info, sizeof(info));

	if (r < 0)
		return -CORE_ENOPROTOOPT;
	if (core_socket_option(q->s, CORE_SO_ACCEPTCONN) <= 0)
		return give_int(q, 0);
	return give_int(
	    q, (i32)(q->name == FREEBSD_SO_LISTENQLEN ? info.tcpi_unacked : info.tcpi_sacked));
}

/* Options of SOL_SOCKET that the hub has not. */
static long set_own(const struct request *q)
{
	i32 value;
	long r;

	if (!is_socket(q->s, &r))
		return r;
	switch (q->name) {
	case FREEBSD_SO_NOSIGPIPE:
		r = take(q, &value, sizeof(value));
		if (r < 0)
			return r;
		return core_socket_note(q->s, value ? FREEBSD_SOCKET_NOSIGPIPE : 0,
					FREEBSD_SOCKET_NOSIGPIPE);
	case FREEBSD_SO_ACCEPTFILTER: /* no accept filter is loaded */
		return core_socket_option(q->s, CORE_SO_ACCEPTCONN) > 0 ? -CORE_ENOENT
									: -CORE_EINVAL;
	case FREEBSD_SO_SETFIB: /* there is one routing table */
		r = take(q, &value, sizeof(value));
		return r < 0 ? r : value == 0 ? 0 : -CORE_EINVAL;
	default:
		return -CORE_ENOPROTOOPT;
	}
}

static long get_own(const struct request *q)
{
	long r;

	if (!is_socket(q->s, &r))
		return r;
	switch (q->name) {
	case FREEBSD_SO_NOSIGPIPE:
		return give_int(q, freebsd_socket_noted(q->s, FREEBSD_SOCKET_NOSIGPIPE)
				       ? FREEBSD_SO_NOSIGPIPE
				       : 0);
	case FREEBSD_SO_ACCEPTFILTER:
		return -CORE_EINVAL; /* none attached */
	case FREEBSD_SO_LISTENQLIMIT:
	case FREEBSD_SO_LISTENQLEN:
		return get_queue(q);
	case FREEBSD_SO_LISTENINCQLEN:
		return give_int(q, 0);
	default:
		return -CORE_ENOPROTOOPT;
	}
}

/* ---- unix sockets -------------------------------------------------------------------------- */

static long set_local(const struct request *q)
{
	const u32 creds = FREEBSD_SOCKET_CREDS | FREEBSD_SOCKET_PERSISTENT;
	u32 want;
	i32 on;
	long r;

	switch (q->name) {
	case FREEBSD_LOCAL_CREDS:
		want = FREEBSD_SOCKET_CREDS;
		break;
	case FREEBSD_LOCAL_CREDS_PERSISTENT:
		want = FREEBSD_SOCKET_PERSISTENT;
		break;
	default:
		return -CORE_ENOPROTOOPT;
	}
	r = take(q, &on, sizeof(on));
	if (r < 0)
		return r;
	if (on && freebsd_socket_noted(q->s, creds & ~want))
		return -CORE_EINVAL; /* one or the other */
	r = core_socket_note(q->s, on ? want : 0, want);
	if (r < 0)
		return r;
	return hub_set_int(q->s, CORE_SOL_SOCKET, CORE_SO_PASSCRED,
			   freebsd_socket_noted(q->s, creds));
}

static long get_peer_creds(const struct request *q)
{
	struct freebsd_xucred x = {.cr_version = FREEBSD_XUCRED_VERSION};
	u32 groups[64], size = sizeof(groups), n = 1;
	struct core_ucred u;
	long r = hub_get(q->s, CORE_SOL_SOCKET, CORE_SO_PEERCRED, &u, sizeof(u));

	if (r < 0)
		return r;
	if (u.pid == 0)
		return core_socket_is(q->s, CORE_SO_TYPE, CORE_SOCK_DGRAM) ? -CORE_EINVAL
									   : -CORE_ENOTCONN;
	x.cr_uid = u.uid;
	x.cr_pid = u.pid;
	x.cr_groups[0] = u.gid;
	if (EXO_NOW(getsockopt, q->s, CORE_SOL_SOCKET, CORE_SO_PEERGROUPS, groups, &size) >= 0)
		for (u32 i = 0; i < size / sizeof(u32) && n < FREEBSD_XU_NGROUPS; i++)
			if (groups[i] != u.gid)
				x.cr_groups[n++] = groups[i];
	x.cr_ngroups = (i16)n;
	return give(q, &x, sizeof(x));
}

static long get_local(const struct request *q)
{
	switch (q->name) {
	case FREEBSD_LOCAL_PEERCRED:
		return get_peer_creds(q);
	case FREEBSD_LOCAL_CREDS:
		return give_int(q, freebsd_socket_noted(q->s, FREEBSD_SOCKET_CREDS));
	case FREEBSD_LOCAL_CREDS_PERSISTENT:
		return give_int(q, freebsd_socket_noted(q->s, FREEBSD_SOCKET_PERSISTENT));
	default:
		return -CORE_EOPNOTSUPP;
	}
}

/* ---- internet protocols ---------------------------------------------------------------------- */

static long set_source(const struct request *q, int core_name)
{
	struct freebsd_ip_mreq_source m;
	struct core_ip_mreq_source core;
	long r = take(q, &m, sizeof(m));

	if (r < 0)
		return r;
	core.imr_multiaddr = m.imr_multiaddr;
	core.imr_interface = m.imr_interface;
	core.imr_sourceaddr = m.imr_sourceaddr;
	return hub_set(q->s, CORE_IPPROTO_IP, core_name, &core, sizeof(core));
}

/* struct group_req, or with a source struct group_source_req, at either level. */
static long set_group(const struct request *q, int level, int core_name, bool with_source)
{
	struct freebsd_group_source_req m;
	struct core_group_source_req core = {0};
	const u32 size = with_source ? sizeof(m) : sizeof(struct freebsd_group_req);
	long r = take(q, &m, size);

	if (r < 0)
		return r;
	core.gsr_interface = m.gsr_interface;
	r = freebsd_to_core_sockaddr(&m.gsr_group, m.gsr_group.ss_len, &core.gsr_group);
	if (r >= 0 && with_source)
		r = freebsd_to_core_sockaddr(&m.gsr_source, m.gsr_source.ss_len, &core.gsr_source);
	if (r < 0)
		return -CORE_EINVAL;
	return hub_set(q->s, level, core_name, &core, size);
}

static long set_icmp_filter(const struct request *q)
{
	u32 filter[8];
	long r = take(q, filter, sizeof(filter));

	if (r < 0)
		return r;
	for (u32 i = 0; i < ARRAY_LEN(filter); i++)
		filter[i] = ~filter[i];
	return hub_set(q->s, CORE_IPPROTO_ICMPV6, CORE_ICMPV6_FILTER, filter, sizeof(filter));
}

static long get_icmp_filter(const struct request *q)
{
	u32 filter[8];
	long r = hub_get(q->s, CORE_IPPROTO_ICMPV6, CORE_ICMPV6_FILTER, filter, sizeof(filter));

	if (r < 0)
		return r;
	for (u32 i = 0; i < ARRAY_LEN(filter); i++)
		filter[i] = ~filter[i];
	return give(q, filter, sizeof(filter));
}

static long set_dontfrag(const struct request *q)
{
	i32 on;
	long r = take(q, &on, sizeof(on));

	if (r < 0)
		return r;
	return hub_set_int(q->s, CORE_IPPROTO_IP, CORE_IP_MTU_DISCOVER,
			   on ? CORE_IP_PMTUDISC_DO : CORE_IP_PMTUDISC_DONT);
}

static long get_dontfrag(const struct request *q)
{
	long r;
	i32 how = hub_int(q->s, CORE_IPPROTO_IP, CORE_IP_MTU_DISCOVER, &r);

	return r < 0 ? r : give_int(q, how == CORE_IP_PMTUDISC_DO);
}

static long get_tcp_flag(const struct request *q, int core_name, i32 flag)
{
	long r;
	i32 on = hub_int(q->s, CORE_IPPROTO_TCP, core_name, &r);

	return r < 0 ? r : give_int(q, on ? flag : 0);
}

static long get_tcp_info(const struct request *q)
{
	struct core_tcp_info core = {0};
	struct freebsd_tcp_info info;
	long r = hub_get(q->s, CORE_IPPROTO_TCP, CORE_TCP_INFO, &core, sizeof(core));

	if (r < 0)
		return r;
	core_to_freebsd_tcp_info(&core, &info);
	return give(q, &info, sizeof(info));
}

static long set_congestion(const struct request *q)
{
	char name[FREEBSD_TCP_CA_NAME_MAX] = "";
	long r;

	if (q->room >= sizeof(name))
		return -CORE_EINVAL;
	if (copy_from_guest(name, q->val, q->room) < 0)
		return -CORE_EFAULT;
	freebsd_to_core_congestion(name);
	r = hub_set(q->s, CORE_IPPROTO_TCP, CORE_TCP_CONGESTION, name, (u32)strlen(name));
	return r == -CORE_ENOENT ? -CORE_ESRCH : r;
}

static long get_congestion(const struct request *q)
{
	char name[FREEBSD_TCP_CA_NAME_MAX] = "";
	long r = hub_get(q->s, CORE_IPPROTO_TCP, CORE_TCP_CONGESTION, name, sizeof(name));

	if (r < 0)
		return r;
	core_to_freebsd_congestion(name);
	return give(q, name, sizeof(name));
}

/* Seconds on FreeBSD, milliseconds on the hub. */
static long set_unacked_time(const struct request *q)
{
	u32 seconds;
	long r = take(q, &seconds, sizeof(seconds));

	if (r < 0)
		return r;
	if (seconds > INT32_MAX / 1000)
		return -CORE_EINVAL;
	return hub_set_int(q->s, CORE_IPPROTO_TCP, CORE_TCP_USER_TIMEOUT, (i32)seconds * 1000);
}

static long get_unacked_time(const struct request *q)
{
	long r;
	i32 ms = hub_int(q->s, CORE_IPPROTO_TCP, CORE_TCP_USER_TIMEOUT, &r);

	return r < 0 ? r : give_int(q, ms / 1000);
}

/* ---- the calls ---------------------------------------------------------------------------- */

static long set_socket_level(const struct request *q, int core_name)
{
	switch (q->name) {
	case FREEBSD_SO_LINGER:
		return set_linger(q);
	case FREEBSD_SO_SNDTIMEO:
	case FREEBSD_SO_RCVTIMEO:
		return set_timeout(q, core_name);
	case FREEBSD_SO_SNDBUF:
	case FREEBSD_SO_RCVBUF:
		return set_buffer(q, core_name);
	default:
		return -CORE_ENOPROTOOPT;
	}
}

static long set_internet(const struct request *q, const struct freebsd_sockopt *o)
{
	switch (o->name) {
	case CORE_MCAST_JOIN_GROUP:
	case CORE_MCAST_LEAVE_GROUP:
		return set_group(q, o->level, o->name, false);
	case CORE_MCAST_JOIN_SOURCE_GROUP:
	case CORE_MCAST_LEAVE_SOURCE_GROUP:
	case CORE_MCAST_BLOCK_SOURCE:
	case CORE_MCAST_UNBLOCK_SOURCE:
		return set_group(q, o->level, o->name, true);
	case CORE_IP_MTU_DISCOVER:
		return set_dontfrag(q);
	case CORE_IP_PKTINFO:
		return EXO(setsockopt, q->s, o->level, o->name, q->val.addr, q->room);
	default:
		return set_source(q, o->name);
	}
}

static long set_tcp(const struct request *q, int core_name)
{
	switch (q->name) {
	case FREEBSD_TCP_NODELAY:
	case FREEBSD_TCP_NOPUSH:
		return EXO(setsockopt, q->s, CORE_IPPROTO_TCP, core_name, q->val.addr, q->room);
	case FREEBSD_TCP_CONGESTION:
		return set_congestion(q);
	case FREEBSD_TCP_MAXUNACKTIME:
		return set_unacked_time(q);
	default:
		return -CORE_ENOPROTOOPT;
	}
}

static long set_by_hand(const struct request *q, const struct freebsd_sockopt *o)
{
	switch (q->level) {
	case FREEBSD_SOL_SOCKET:
		return set_socket_level(q, o->name);
	case FREEBSD_IPPROTO_TCP:
		return set_tcp(q, o->name);
	case FREEBSD_IPPROTO_ICMPV6:
		return set_icmp_filter(q);
	default:
		return set_internet(q, o);
	}
}

static long get_as_it_is(const struct request *q, const struct freebsd_sockopt *o)
{
	return EXO(getsockopt, q->s, o->level, o->name, q->val.addr, q->avalsize.addr);
}

static long get_socket_level(const struct request *q, const struct freebsd_sockopt *o)
{
	switch (q->name) {
	case FREEBSD_SO_LINGER:
		return get_linger(q);
	case FREEBSD_SO_SNDTIMEO:
	case FREEBSD_SO_RCVTIMEO:
		return get_as_it_is(q, o);
	case FREEBSD_SO_SNDBUF:
	case FREEBSD_SO_RCVBUF:
		return get_buffer(q, o->name);
	case FREEBSD_SO_ERROR:
		return get_error(q);
	default:
		return get_domain(q);
	}
}

static long get_tcp(const struct request *q, int core_name)
{
	switch (q->name) {
	case FREEBSD_TCP_NODELAY:
		return get_tcp_flag(q, core_name, TF_NODELAY);
	case FREEBSD_TCP_NOPUSH:
		return get_tcp_flag(q, core_name, TF_NOPUSH);
	case FREEBSD_TCP_INFO:
		return get_tcp_info(q);
	case FREEBSD_TCP_CONGESTION:
		return get_congestion(q);
	default:
		return get_unacked_time(q);
	}
}

static long get_by_hand(const struct request *q, const struct freebsd_sockopt *o)
{
	switch (q->level) {
	case FREEBSD_SOL_SOCKET:
		return get_socket_level(q, o);
	case FREEBSD_IPPROTO_TCP:
		return get_tcp(q, o->name);
	case FREEBSD_IPPROTO_ICMPV6:
		return get_icmp_filter(q);
	default:
		if (o->name == CORE_IP_MTU_DISCOVER)
			return get_dontfrag(q);
		if (o->name == CORE_IP_PKTINFO)
			return get_as_it_is(q, o);
		return -CORE_ENOPROTOOPT; /* groups are joined and left, not read */
	}
}

/* ---- ports that are chosen for a socket --------------------------------------------------- */

static bool is_port_range(const struct request *q)
{
	return (q->level == FREEBSD_IPPROTO_IP && q->name == FREEBSD_IP_PORTRANGE &&
		core_socket_is(q->s, CORE_SO_DOMAIN, CORE_AF_INET)) ||
	       (q->level == FREEBSD_IPPROTO_IPV6 && q->name == FREEBSD_IPV6_PORTRANGE &&
		core_socket_is(q->s, CORE_SO_DOMAIN, CORE_AF_INET6));
}

static long set_port_range(const struct request *q)
{
	const u32 both = FREEBSD_SOCKET_LOW_PORT | FREEBSD_SOCKET_HIGH_PORT;
	i32 range;
	long r = take(q, &range, sizeof(range));

	if (r < 0)
		return r;
	switch (range) {
	case FREEBSD_IP_PORTRANGE_DEFAULT:
		return core_socket_note(q->s, 0, both);
	case FREEBSD_IP_PORTRANGE_HIGH:
		return core_socket_note(q->s, FREEBSD_SOCKET_HIGH_PORT, both);
	case FREEBSD_IP_PORTRANGE_LOW:
		return core_socket_note(q->s, FREEBSD_SOCKET_LOW_PORT, both);
	default:
		return -CORE_EINVAL;
	}
}

static long get_port_range(const struct request *q)
{
	u32 flags = core_socket_notes(q->s);

	return give_int(q, flags & FREEBSD_SOCKET_HIGH_PORT  ? FREEBSD_IP_PORTRANGE_HIGH
			   : flags & FREEBSD_SOCKET_LOW_PORT ? FREEBSD_IP_PORTRANGE_LOW
							     : FREEBSD_IP_PORTRANGE_DEFAULT);
}

/* Level 0 of a unix socket is not IPPROTO_IP. */
static bool is_local(const struct request *q)
{
	return q->level == 0 && q->name <= FREEBSD_LOCAL_CONNWAIT &&
	       core_socket_is(q->s, CORE_SO_DOMAIN, CORE_AF_UNIX);
}

/* What the hub says of an option that the socket's protocol does not have. */
static long option_error(long r)
{
	return r == -CORE_EOPNOTSUPP ? -CORE_ENOPROTOOPT : r;
}

static long unknown(const struct request *q)
{
	long r;

	if (!is_socket(q->s, &r))
		return r;
	exo_note(ROOM_PERSONALITY, NOTE_WARN, "socket option %d of level %d is not known", q->name,
		 q->level);
	return -CORE_ENOPROTOOPT;
}

long freebsd_setsockopt(struct core_thread *t, FD s, INT level, INT name, IN val, UINT valsize)
{
	struct request q = {s, level, name, val, valsize, {0}};
	struct freebsd_sockopt core;

	(void)t;
	if (!val.addr && valsize)
		return -CORE_EFAULT;
	if ((i32)valsize < 0)
		return -CORE_EINVAL;
	if (is_local(&q))
		return set_local(&q);
	if (!freebsd_to_core_sockopt(level, name, &core)) {
		if (level == FREEBSD_SOL_SOCKET)
			return set_own(&q);
		if (is_port_range(&q))
			return set_port_range(&q);
		return unknown(&q);
	}
	if (core.kind == FREEBSD_SOCKOPT_HANDLER)
		return option_error(set_by_hand(&q, &core));
	return option_error(EXO(setsockopt, s, core.level, core.name, val.addr, valsize));
}

long freebsd_getsockopt(struct core_thread *t, FD s, INT level, INT name, OUT val, INOUT avalsize)
{
	struct request q = {s, level, name, val, 0, avalsize};
	struct freebsd_sockopt core;
	long r;
	i32 value;

	(void)t;
	if (val.addr && guest_read_u32(avalsize, &q.room) < 0)
		return -CORE_EFAULT;
	if ((i32)q.room < 0)
		return -CORE_EINVAL;
	if (is_local(&q))
		return get_local(&q);
	if (!freebsd_to_core_sockopt(level, name, &core)) {
		if (level == FREEBSD_SOL_SOCKET)
			return get_own(&q);
		if (is_port_range(&q))
			return get_port_range(&q);
		return unknown(&q);
	}
	switch (core.kind) {
	case FREEBSD_SOCKOPT_HANDLER:
		return option_error(get_by_hand(&q, &core));
	case FREEBSD_SOCKOPT_FLAG:
		value = hub_int(s, core.level, core.name, &r);
		return r < 0 ? r : give_int(&q, value ? name : 0);
	default:
		if (!val.addr)
			return guest_write_u32(avalsize, 0);
		return option_error(
		    EXO(getsockopt, s, core.level, core.name, val.addr, avalsize.addr));
	}
}
