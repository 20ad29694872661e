/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/sockets.c: the sockets of the machine and what it counted, of exo/net.h.
 *
 * sock_diag(7) tells of TCP, UDP and local sockets; what it does not know on this host, and
 * raw sockets, are lines of /proc/net, which say less. Counters: /proc/net/{snmp,netstat,snmp6}.
 */
#include "exo/net.h"

#include <asm/unistd_64.h>
#include <linux/errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <linux/unix_diag.h>

#include "exo/linux/linux.h"
#include "lib/mem.h"

#define FAMILY_UNIX  1
#define FAMILY_INET  2
#define FAMILY_INET6 10
#define TYPE_STREAM  1
#define TYPE_DGRAM   2
#define TYPE_RAW     3
#define PROTO_TCP    6
#define PROTO_UDP    17
#define TEXT_ROOM    (1UL << 20)

struct walk {
	u16 family;
	u8 protocol;
	bool (*each)(void *ctx, const struct exo_socket *s);
	void *ctx;
};

static u8 type_of(u8 protocol)
{
	return protocol == PROTO_TCP ? TYPE_STREAM : protocol == PROTO_UDP ? TYPE_DGRAM : TYPE_RAW;
}

static void take(void *to, size_t size, const struct nlattr *a)
{
	memcpy(to, (const u8 *)a + NLA_HDRLEN, MIN(size, (size_t)a->nla_len - NLA_HDRLEN));
}

/* The attributes of a message behind its own struct. */
#define EACH_ATTRIBUTE(a, m, h)                                                                    \
	for (const struct nlattr *a = (const void *)((const u8 *)(m) + NLA_ALIGN(sizeof(*(m)))),   \
				 *end_ = (const void *)((const u8 *)(h) + (h)->nlmsg_len);         \
	     (const u8 *)a + NLA_HDRLEN <= (const u8 *)end_ && a->nla_len >= NLA_HDRLEN &&         \
	     (const u8 *)a + a->nla_len <= (const u8 *)end_;                                       \
	     a = (const void *)((const u8 *)a + NLA_ALIGN(a->nla_len)))

/* ---- sock_diag ----------------------------------------------------------------------------- */

static void take_tcp(struct exo_socket *s, const struct nlattr *a)
{
	struct tcp_info info;

	memset(&info, 0, sizeof(info));
	take(&info, sizeof(info), a);
	s->congestion_window = info.tcpi_snd_cwnd * info.tcpi_snd_mss;
	s->threshold = info.tcpi_snd_ssthresh == INT32_MAX
			   ? INT32_MAX
			   : info.tcpi_snd_ssthresh * info.tcpi_snd_mss;
	s->segment = info.tcpi_snd_mss;
	s->send_window = info.tcpi_snd_wnd;
	s->recv_window = info.tcpi_rcv_space;
	s->retransmits = info.tcpi_total_retrans;
}

static bool handle_inet(const struct nlmsghdr *h, void *ctx)
{
	const struct inet_diag_msg *m = NLMSG_DATA(h);
	struct walk *w = ctx;
	struct exo_socket s;
	u32 memory[SK_MEMINFO_VARS] = {0};
	u8 v6only = 0;

	if (h->nlmsg_len < NLMSG_LENGTH(sizeof(*m)) || m->idiag_family != w->family)
		return true;
	memset(&s, 0, sizeof(s));
	s.id = m->idiag_inode;
	s.family = w->family;
	s.type = type_of(w->protocol);
	s.protocol = w->protocol;
	s.state = m->idiag_state;
	s.uid = m->idiag_uid;
	s.recv_queue = m->idiag_rqueue;
	s.send_queue = m->idiag_wqueue;
	s.scope = m->id.idiag_if;
	s.local_port = m->id.idiag_sport;
	s.remote_port = m->id.idiag_dport;
	memcpy(s.local, m->id.idiag_src, w->family == FAMILY_INET ? 4 : 16);
	memcpy(s.remote, m->id.idiag_dst, w->family == FAMILY_INET ? 4 : 16);
	EACH_ATTRIBUTE(a, m, h)
	{
		switch (a->nla_type) {
		case INET_DIAG_INFO:
			if (w->protocol == PROTO_TCP)
				take_tcp(&s, a);
			break;
		case INET_DIAG_CONG:
			take(s.congestion, sizeof(s.congestion) - 1, a);
			break;
		case INET_DIAG_SKMEMINFO:
			take(memory, sizeof(memory), a);
			s.recv_max = memory[SK_MEMINFO_RCVBUF];
			s.send_max = memory[SK_MEMINFO_SNDBUF];
			break;
		case INET_DIAG_SKV6ONLY:
			take(&v6only, 1, a);
			s.v6only = v6only;
			break;
		default:
			break;
		}
	}
	return w->each(w->ctx, &s);
}

static long diag_inet(struct walk *w)
{
	struct {
		struct nlmsghdr h;
		struct inet_diag_req_v2 r;
	} ask;

	memset(&ask, 0, sizeof(ask));
	ask.h.nlmsg_len = sizeof(ask);
	ask.h.nlmsg_type = SOCK_DIAG_BY_FAMILY;
	ask.h.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	ask.r.sdiag_family = (u8)w->family;
	ask.r.sdiag_protocol = w->protocol;
	ask.r.idiag_ext =
	    1 << (INET_DIAG_INFO - 1) | 1 << (INET_DIAG_CONG - 1) | 1 << (INET_DIAG_SKMEMINFO - 1);
	ask.r.idiag_states = ~0u;
	return linux_netlink_dump(NETLINK_SOCK_DIAG, &ask, sizeof(ask), handle_inet, w);
}

static bool handle_unix(const struct nlmsghdr *h, void *ctx)
{
	const struct unix_diag_msg *m = NLMSG_DATA(h);
	struct walk *w = ctx;
	struct exo_socket s;
	struct unix_diag_rqlen queue;
	u32 memory[SK_MEMINFO_VARS] = {0}, peer;

	if (h->nlmsg_len < NLMSG_LENGTH(sizeof(*m)) || m->udiag_family != FAMILY_UNIX)
		return true;
	memset(&s, 0, sizeof(s));
	s.id = m->udiag_ino;
	s.family = FAMILY_UNIX;
	s.type = m->udiag_type;
	s.state = m->udiag_state;
	EACH_ATTRIBUTE(a, m, h)
	{
		switch (a->nla_type) {
		case UNIX_DIAG_NAME:
			take(s.name, sizeof(s.name) - 1, a);
			if (!s.name[0] && a->nla_len > NLA_HDRLEN)
				s.name[0] = '@';
			break;
		case UNIX_DIAG_PEER:
			take(&peer, sizeof(peer), a);
			s.peer = peer;
			break;
		case UNIX_DIAG_RQLEN:
			take(&queue, sizeof(queue), a);
			s.recv_queue = queue.udiag_rqueue;
			s.send_queue = queue.udiag_wqueue;
			break;
		case UNIX_DIAG_MEMINFO:
			take(memory, sizeof(memory), a);
			s.recv_max = memory[SK_MEMINFO_RCVBUF];
			s.send_max = memory[SK_MEMINFO_SNDBUF];
			break;
		case UNIX_DIAG_UID:
			take(&s.uid, sizeof(s.uid), a);
			break;
		default:
			break;
		}
	}
	return w->each(w->ctx, &s);
}

static long diag_unix(struct walk *w)
{
	struct {
		struct nlmsghdr h;
		struct unix_diag_req r;
	} ask;

	memset(&ask, 0, sizeof(ask));
	ask.h.nlmsg_len = sizeof(ask);
	ask.h.nlmsg_type = SOCK_DIAG_BY_FAMILY;
	ask.h.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	ask.r.sdiag_family = FAMILY_UNIX;
	ask.r.udiag_states = ~0u;
	ask.r.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER | UDIAG_SHOW_RQLEN |
			   UDIAG_SHOW_MEMINFO | UDIAG_SHOW_UID;
	return linux_netlink_dump(NETLINK_SOCK_DIAG, &ask, sizeof(ask), handle_unix, w);
}

/* ---- /proc/net ------------------------------------------------------------------------------ */

static const char *hex(const char *p, u64 *out)
{
	*out = 0;
	for (;; p++) {
		if (*p >= '0' && *p <= '9')
			*out = *out << 4 | (u64)(*p - '0');
		else if (*p >= 'A' && *p <= 'F')
			*out = *out << 4 | (u64)(*p - 'A' + 10);
		else
			return p;
	}
}

/* ADDRESS:PORT: words as this machine has them, the port in its own order. */
static const char *address(const char *p, u32 words, u8 *to, u16 *port)
{
	u64 n;

	for (u32 i = 0; i < words; i++) {
		u32 word;
		char part[9];

		fb_strlcpy(part, p, sizeof(part));
		hex(part, &n);
		word = (u32)n;
		memcpy(to + 4 * i, &word, 4);
		p += strlen(part);
	}
	p = hex(p + 1, &n);
	*port = (u16)(n << 8 | n >> 8);
	return p;
}

static const char *blanks(const char *p)
{
	while (*p == ' ')
		p++;
	return p;
}

/* slot: LOCAL REMOTE STATE SEND:RECV timer:when retransmits uid timeout inode ... */
static long lines_inet(struct walk *w)
{
	const char *name = w->protocol == PROTO_TCP   ? "tcp"
			   : w->protocol == PROTO_UDP ? "udp"
						      : "raw";
	u32 words = w->family == FAMILY_INET ? 1 : 4;
	char path[32], *text = exo_pages_alloc(TEXT_ROOM);
	const char *p;
	long r;

	if (!text)
		return -ENOMEM;
	fb_format(path, sizeof(path), "/proc/net/%s%s", name, words == 4 ? "6" : "");
	r = linux_file_read(path, text, TEXT_ROOM);
	p = r > 0 ? strchr(text, '\n') : NULL;
	while (p && *++p) {
		struct exo_socket s;
		u64 n, m;
		i64 uid, inode;

		memset(&s, 0, sizeof(s));
		s.family = w->family;
		s.protocol = w->protocol;
		s.type = type_of(w->protocol);
		p = strchr(p, ':');
		if (!p)
			break;
		p = address(blanks(p + 1), words, s.local, &s.local_port);
		p = address(blanks(p), words, s.remote, &s.remote_port);
		p = hex(blanks(p), &n);
		s.state = (u8)n;
		p = hex(blanks(p), &n);
		p = hex(p + 1, &m);
		s.send_queue = (u32)n;
		s.recv_queue = (u32)m;
		p = hex(blanks(p), &n);
		p = hex(p + 1, &n);
		p = hex(blanks(p), &n);
		p = linux_number(p, &uid);
		p = linux_number(p, &inode);
		p = linux_number(p, &inode);
		s.uid = (u32)uid;
		s.id = (u64)inode;
		if (s.type == TYPE_RAW) { /* the number of the protocol is its port */
			s.protocol = (u8)(s.local_port >> 8);
			s.local_port = s.remote_port = 0;
		}
		if (!w->each(w->ctx, &s))
			break;
		p = strchr(p, '\n');
	}
	exo_pages_free(text, TEXT_ROOM);
	return r == -ENOENT ? 0 : MIN(r, 0);
}

long exo_sockets(u16 family, u8 protocol, bool (*each)(void *ctx, const struct exo_socket *s),
		 void *ctx)
{
	struct walk w = {family, protocol, each, ctx};
	long r = -ENOENT;

	if (family == FAMILY_UNIX)
		return diag_unix(&w);
	if (protocol == PROTO_TCP || protocol == PROTO_UDP)
		r = diag_inet(&w);
	return r < 0 ? lines_inet(&w) : r;
}

/* ---- counters ---------------------------------------------------------------------------------
 */

bool exo_counters_read(struct exo_counters *c)
{
	static const char *const files[] = {"/proc/net/snmp", "/proc/net/netstat",
					    "/proc/net/snmp6"};
	u64 at = 1;

	c->room = 64 * 1024;
	c->text = exo_pages_alloc(c->room);
	if (!c->text)
		return false;
	c->text[0] = '\n';
	for (u32 i = 0; i < ARRAY_LEN(files); i++) {
		long n = linux_file_read(files[i], c->text + at, c->room - at);

		at += n > 0 ? (u64)n : 0;
	}
	c->text[at] = '\0';
	return true;
}

void exo_counters_free(struct exo_counters *c)
{
	exo_pages_free(c->text, c->room);
}

/* The line behind p that begins with the words of key; NULL: none. */
static const char *line(const char *p, const char *key)
{
	size_t n = strlen(key);

	for (; p; p = strchr(p + 1, '\n'))
		if (strncmp(p + 1, key, n) == 0)
			return p + 1 + n;
	return NULL;
}

/* "Group: Name Name" and, a line further, "Group: 1 2"; of IPv6 "GroupName 1". */
u64 exo_counter(const struct exo_counters *c, const char *group, const char *name)
{
	size_t n = strlen(name);
	char key[64];
	const char *names, *numbers;
	i64 value = 0;

	fb_format(key, sizeof(key), "%s: ", group);
	names = line(c->text, key);
	if (!names) {
		fb_format(key, sizeof(key), "%s%s ", group, name);
		names = line(c->text, key);
		if (!names)
			return 0;
		linux_number(blanks(names), &value);
		return (u64)value;
	}
	numbers = line(strchr(names, '\n'), key);
	while (numbers && *names && *names != '\n') {
		numbers = linux_number(numbers, &value);
		if (strncmp(names, name, n) == 0 && (names[n] == ' ' || names[n] == '\n'))
			return (u64)value;
		while (*names > ' ')
			names++;
		names = blanks(names);
	}
	return 0;
}
