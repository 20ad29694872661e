/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/socket_opt.c: setsockopt and getsockopt.
 *
 * sockopt.def says which option is which on the hub and whether its value is the same there; the
 * rest is here. Facts: usr/src/uts/common/fs/sockfs/{sockcommon_subr,sockcommon_sops,socktpi}.c
 * (socket_getopt_common, so_setsockopt), inet/ip/conn_opt.c, inet/tcp/tcp_opt_data.c.
 */
#include "exo/note.h"
#include "lib/mem.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/socket.h"

/* One call, in either direction; room is the guest's number of bytes. */
struct request {
	int s, level, name;
	guest_ptr val;
	u32 room;
	guest_ptr lenp; /* of getsockopt */
};

static long take(const struct request *q, void *value, u32 n)
{
	if (q->room != n)
		return -CORE_EINVAL;
	return copy_from_guest(value, q->val, n);
}

static long give(const struct request *q, const void *value, u32 n)
{
	n = q->val.addr ? MIN(n, q->room) : 0;
	if (copy_to_guest(q->val, value, n) < 0)
		return -CORE_EFAULT;
	return guest_write_u32(q->lenp, n);
}

static long give_int(const struct request *q, i32 value)
{
	return q->room < sizeof(value) ? -CORE_EINVAL : give(q, &value, sizeof(value));
}

static long hub_get(int s, int level, int name, void *value, u32 n)
{
	return EXO(getsockopt, s, level, name, value, &n);
}

static long hub_set(int s, int level, int name, const void *value, u32 n)
{
	return EXO(setsockopt, s, level, name, value, n);
}

static i32 hub_int(int s, int level, int name, long *r)
{
	i32 value = 0;

	*r = hub_get(s, level, name, &value, sizeof(value));
	return value;
}

/* ---- options of the socket's own ----------------------------------------------------------- */

static long set_linger(const struct request *q)
{
	struct core_linger l;
	long r = take(q, &l, sizeof(l));

	if (r < 0)
		return r;
	l.l_onoff = l.l_onoff != 0;
	return hub_set(q->s, CORE_SOL_SOCKET, CORE_SO_LINGER, &l, sizeof(l));
}

static long get_linger(const struct request *q)
{
	struct core_linger l;
	long r = hub_get(q->s, CORE_SOL_SOCKET, CORE_SO_LINGER, &l, sizeof(l));

	if (r < 0)
		return r;
	l.l_onoff = l.l_onoff ? ILLUMOS_SO_LINGER : 0;
	return q->room < sizeof(l) ? -CORE_EINVAL : give(q, &l, sizeof(l));
}

static long set_timeout(const struct request *q, int core_name)
{
	struct core_timeval tv;
	long r = take(q, &tv, sizeof(tv));

	if (r < 0)
		return r;
	/* The original counts microseconds and looks no further. */
	tv.tv_sec += tv.tv_usec / 1000000;
	tv.tv_usec %= 1000000;
	if (tv.tv_sec < 0 || tv.tv_usec < 0)
		return -CORE_EINVAL;
	return hub_set(q->s, CORE_SOL_SOCKET, core_name, &tv, sizeof(tv));
}

static long get_timeout(const struct request *q, int core_name)
{
	struct core_timeval tv;
	long r = hub_get(q->s, CORE_SOL_SOCKET, core_name, &tv, sizeof(tv));

	if (r < 0)
		return r;
	return q->room < sizeof(tv) ? -CORE_EINVAL : give(q, &tv, sizeof(tv));
}

static long set_socket_level(const struct request *q, int core_name)
{
	i32 size;
	long r;

	switch (q->name) {
	case ILLUMOS_SO_LINGER:
		return set_linger(q);
	case ILLUMOS_SO_SNDTIMEO:
	case ILLUMOS_SO_RCVTIMEO:
		return set_timeout(q, core_name);
	case ILLUMOS_SO_SNDBUF:
	case ILLUMOS_SO_RCVBUF:
		r = take(q, &size, sizeof(size));
		return r < 0 ? r : hub_set(q->s, CORE_SOL_SOCKET, core_name, &size, sizeof(size));
	default:
		return -CORE_ENOPROTOOPT;
	}
}

static long get_socket_level(const struct request *q, int core_name)
{
	long r;
	i32 value;

	switch (q->name) {
	case ILLUMOS_SO_LINGER:
		return get_linger(q);
	case ILLUMOS_SO_SNDTIMEO:
	case ILLUMOS_SO_RCVTIMEO:
		return get_timeout(q, core_name);
	}
	if (q->room < sizeof(value))
		return -CORE_EINVAL; /* before SO_ERROR is cleared */
	value = hub_int(q->s, CORE_SOL_SOCKET, core_name, &r);
	if (r < 0)
		return r;
	switch (q->name) {
	case ILLUMOS_SO_SNDBUF:
	case ILLUMOS_SO_RCVBUF: /* the hub doubles what it is told */
		return give_int(q, value / 2);
	case ILLUMOS_SO_ERROR:
		return give_int(q, core_to_illumos_errno(value));
	case ILLUMOS_SO_TYPE:
		core_to_illumos_socktype(value, &value);
		return give_int(q, value);
	default:
		core_to_illumos_family(value, &value);
		return give_int(q, value);
	}
}

/* Options the hub has not; *answer is what getsockopt says when it is set. */
static u32 note_of(const struct request *q, i32 *answer)
{
	*answer = q->name;
	if (q->level != ILLUMOS_SOL_SOCKET)
		return 0;
	switch (q->name) {
	case ILLUMOS_SO_DGRAM_ERRIND:
		return ILLUMOS_SOCKET_ERRIND;
	case ILLUMOS_SO_USELOOPBACK:
		return ILLUMOS_SOCKET_LOOPBACK;
	case ILLUMOS_SO_EXCLBIND:
		return ILLUMOS_SOCKET_EXCLBIND;
	case ILLUMOS_SO_RECVUCRED:
		*answer = 1;
		return ILLUMOS_SOCKET_UCRED;
	default:
		return 0;
	}
}

static long set_note(const struct request *q, u32 note)
{
	i32 on;
	long r = take(q, &on, sizeof(on));

	if (r < 0)
		return r;
	if (note == ILLUMOS_SOCKET_UCRED) { /* a socket of the internet's has no senders here */
		on = on != 0;
		r = hub_set(q->s, CORE_SOL_SOCKET, CORE_SO_PASSCRED, &on, sizeof(on));
		if (r < 0 && core_socket_is(q->s, CORE_SO_DOMAIN, CORE_AF_UNIX))
			return r;
	}
	return core_socket_note(q->s, on ? note : 0, note);
}

/* ---- internet protocols -------------------------------------------------------------------- */

static long set_source(const struct request *q, int core_name)
{
	struct illumos_ip_mreq_source m;
	struct core_ip_mreq_source core;
	long r = take(q, &m, sizeof(m));

	if (r < 0)
		return r;
	core.imr_multiaddr = m.imr_multiaddr;
	core.imr_interface = m.imr_interface;
	core.imr_sourceaddr = m.imr_sourceaddr;
	return hub_set(q->s, CORE_IPPROTO_IP, core_name, &core, sizeof(core));
}

static long group_address(const u8 *from, struct core_sockaddr_storage *to)
{
	u16 family;

	memcpy(&family, from, sizeof(family));
	if (family == ILLUMOS_AF_INET)
		return illumos_to_core_sockaddr(CORE_AF_INET, from,
						sizeof(struct illumos_sockaddr_in),
						ILLUMOS_NAME_CONNECT, to);
	return illumos_to_core_sockaddr(CORE_AF_INET6, from, sizeof(struct illumos_sockaddr_in6),
					ILLUMOS_NAME_CONNECT, to);
}

/* struct group_req, or with a source struct group_source_req, at either level. */
static long set_group(const struct request *q, int level, int core_name, bool with_source)
{
	struct illumos_group_source_req m;
	struct core_group_source_req core = {0};
	long r = take(q, &m,
		      with_source ? (u32)sizeof(m)
				  : (u32)offsetof(struct illumos_group_source_req, gsr_source));

	if (r < 0)
		return r;
	core.gsr_interface = m.gsr_interface;
	r = group_address(m.gsr_group, &core.gsr_group);
	if (r >= 0 && with_source)
		r = group_address(m.gsr_source, &core.gsr_source);
	if (r < 0)
		return -CORE_EINVAL;
	return hub_set(q->s, level, core_name, &core,
		       with_source ? (u32)sizeof(core)
				   : (u32)offsetof(struct core_group_source_req, gsr_source));
}

static u32 pktinfo_note(int name)
{
	return name == ILLUMOS_IP_RECVDSTADDR ? ILLUMOS_SOCKET_DSTADDR
	       : name == ILLUMOS_IP_RECVIF    ? ILLUMOS_SOCKET_IF
					      : ILLUMOS_SOCKET_PKTINFO;
}

/* The hub has one message where illumos has three: it is sent while any is wanted. */
static long set_pktinfo(const struct request *q)
{
	const u32 all = ILLUMOS_SOCKET_DSTADDR | ILLUMOS_SOCKET_IF | ILLUMOS_SOCKET_PKTINFO;
	i32 on;
	long r = take(q, &on, sizeof(on)); /* a struct in_pktinfo would set the source for good */

	if (r < 0)
		return q->room == sizeof(struct core_in_pktinfo) ? -CORE_ENOPROTOOPT : r;
	r = core_socket_note(q->s, on ? pktinfo_note(q->name) : 0, pktinfo_note(q->name));
	if (r < 0)
		return r;
	on = (core_socket_notes(q->s) & all) != 0;
	return hub_set(q->s, CORE_IPPROTO_IP, CORE_IP_PKTINFO, &on, sizeof(on));
}

static long set_internet(const struct request *q, const struct illumos_sockopt *o)
{
	i32 on;
	long r;

	switch (o->name) {
	case CORE_MCAST_JOIN_GROUP:
	case CORE_MCAST_LEAVE_GROUP:
		return set_group(q, o->level, o->name, false);
	case CORE_MCAST_JOIN_SOURCE_GROUP:
	case CORE_MCAST_LEAVE_SOURCE_GROUP:
	case CORE_MCAST_BLOCK_SOURCE:
	case CORE_MCAST_UNBLOCK_SOURCE:
		return set_group(q, o->level, o->name, true);
	case CORE_IP_PKTINFO:
		return set_pktinfo(q);
	case CORE_IP_MTU_DISCOVER:
		r = take(q, &on, sizeof(on));
		if (r < 0)
			return r;
		on = on ? CORE_IP_PMTUDISC_DO : CORE_IP_PMTUDISC_DONT;
		return hub_set(q->s, o->level, o->name, &on, sizeof(on));
	default:
		return set_source(q, o->name);
	}
}

static long get_internet(const struct request *q, const struct illumos_sockopt *o)
{
	long r;
	i32 value;

	switch (o->name) {
	case CORE_IP_PKTINFO:
		return give_int(q, (core_socket_notes(q->s) & pktinfo_note(q->name)) != 0);
	case CORE_IP_MTU_DISCOVER:
		value = hub_int(q->s, o->level, o->name, &r);
		return r < 0 ? r : give_int(q, value == CORE_IP_PMTUDISC_DO);
	default:
		return -CORE_ENOPROTOOPT; /* groups are joined and left, not read */
	}
}

/* ---- TCP ----------------------------------------------------------------------------------- */

/* Milliseconds, of which the hub has whole seconds. */
static long set_keepalive(const struct request *q, int core_name)
{
	u32 ms, seconds;
	long r = take(q, &ms, sizeof(ms));

	if (r < 0)
		return r;
	seconds = ms / 1000 + (ms % 1000 != 0);
	return hub_set(q->s, CORE_IPPROTO_TCP, core_name, &seconds, sizeof(seconds));
}

static long get_keepalive(const struct request *q, int core_name)
{
	long r;
	i32 seconds = hub_int(q->s, CORE_IPPROTO_TCP, core_name, &r);

	return r < 0 ? r : give_int(q, seconds * 1000);
}

/* ---- the calls ----------------------------------------------------------------------------- */

/* What the hub says of an option that the socket's protocol does not have. */
static long option_error(long r)
{
	return r == -CORE_EOPNOTSUPP ? -CORE_ENOPROTOOPT : r;
}

static bool is_read_only(const struct request *q)
{
	return q->level == ILLUMOS_SOL_SOCKET &&
	       (q->name == ILLUMOS_SO_TYPE || q->name == ILLUMOS_SO_ERROR ||
		q->name == ILLUMOS_SO_ACCEPTCONN || q->name == ILLUMOS_SO_DOMAIN);
}

static long unknown(const struct request *q)
{
	exo_note(ROOM_PERSONALITY, NOTE_WARN, "socket option %d of level %d is not known", q->name,
		 q->level);
	return -CORE_ENOPROTOOPT;
}

long illumos_setsockopt(struct core_thread *t, FD fd, INT level, INT option, IN value, UINT len,
			INT version)
{
	struct request q = {fd, level, option, value, value.addr ? len : 0, {0}};
	struct illumos_sockopt core;
	long r = illumos_is_socket(fd);
	i32 answer;

	(void)t, (void)version;
	if (r < 0)
		return r;
	if (q.room > ILLUMOS_SO_MAXARGSIZE)
		return -CORE_EINVAL;
	if (is_read_only(&q))
		return -CORE_ENOPROTOOPT;
	if (note_of(&q, &answer))
		return set_note(&q, note_of(&q, &answer));
	if (!illumos_to_core_sockopt(level, option, &core))
		return unknown(&q);
	if (core.kind == ILLUMOS_SOCKOPT_HANDLER) {
		if (level == ILLUMOS_SOL_SOCKET)
			return set_socket_level(&q, core.name);
		if (level == ILLUMOS_IPPROTO_TCP)
			return option_error(set_keepalive(&q, core.name));
		return option_error(set_internet(&q, &core));
	}
	if (core.kind == ILLUMOS_SOCKOPT_FLAG) {
		i32 on;

		r = take(&q, &on, sizeof(on));
		return r < 0 ? r
			     : option_error(hub_set(fd, core.level, core.name, &on, sizeof(on)));
	}
	return option_error(EXO(setsockopt, fd, core.level, core.name, value.addr, q.room));
}

long illumos_getsockopt(struct core_thread *t, FD fd, INT level, INT option, OUT value, INOUT len,
			INT version)
{
	struct request q = {fd, level, option, value, 0, len};
	struct illumos_sockopt core;
	long r = illumos_is_socket(fd);
	i32 answer;
	u32 note;

	(void)t, (void)version;
	if (r < 0)
		return r;
	if (guest_read_u32(len, &q.room) < 0)
		return -CORE_EFAULT;
	if (q.room > ILLUMOS_SO_MAXARGSIZE)
		return -CORE_EINVAL;
	note = note_of(&q, &answer);
	if (note)
		return give_int(&q, core_socket_notes(fd) & note ? answer : 0);
	if (!illumos_to_core_sockopt(level, option, &core))
		return unknown(&q);
	switch (core.kind) {
	case ILLUMOS_SOCKOPT_HANDLER:
		if (level == ILLUMOS_SOL_SOCKET)
			return get_socket_level(&q, core.name);
		if (level == ILLUMOS_IPPROTO_TCP)
			return option_error(get_keepalive(&q, core.name));
		return option_error(get_internet(&q, &core));
	case ILLUMOS_SOCKOPT_FLAG:
		if (q.room < sizeof(answer))
			return -CORE_EINVAL;
		answer = hub_int(fd, core.level, core.name, &r);
		return r < 0 ? option_error(r) : give_int(&q, answer ? option : 0);
	default:
		return option_error(
		    EXO(getsockopt, fd, core.level, core.name, value.addr, len.addr));
	}
}
