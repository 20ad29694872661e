/* SPDX-License-Identifier: BSD-2-Clause */
/* Control messages, poll events, TCP_INFO and names below descriptors. */
#include <string.h>

#include "personality/freebsd/convert_control.h"
#include "personality/freebsd/convert_poll.h"
#include "personality/freebsd/convert_socket.h"
#include "personality/freebsd/convert_tcp.h"
#include "tests/unit/tap.h"

static const struct core_ucred me = {100, 200, 300};
static u8 in[1024], out[1024];

/* Appends a FreeBSD message with n bytes of data, all of them fill; the new length. */
static u32 add(u32 at, i32 level, i32 type, u32 n, u8 fill)
{
	struct freebsd_cmsghdr h = {FREEBSD_CMSG_LEN(n), level, type};

	memset(in + at, 0, FREEBSD_CMSG_SPACE(n));
	memcpy(in + at, &h, sizeof(h));
	memset(in + at + FREEBSD_CMSG_DATA, fill, n);
	return at + (u32)FREEBSD_CMSG_SPACE(n);
}

static u32 add_core(u32 at, i32 level, i32 type, u32 n, const void *data)
{
	struct core_cmsghdr h = {CORE_CMSG_LEN(n), level, type};

	memset(in + at, 0, CORE_CMSG_SPACE(n));
	memcpy(in + at, &h, sizeof(h));
	memcpy(in + at + sizeof(h), data, n);
	return at + (u32)CORE_CMSG_SPACE(n);
}

static long to_core(u32 len, bool inet)
{
	return freebsd_to_core_control(in, len, inet, &me, out, sizeof(out));
}

static void sending(void)
{
	struct core_cmsghdr *h = (struct core_cmsghdr *)out;
	struct core_rights rights = {out, 0, 0, 0};
	struct core_ucred cred;
	u32 len = add(0, FREEBSD_SOL_SOCKET, FREEBSD_SCM_RIGHTS, 8, 1);
	int fd, n = 0;
	long r;

	r = to_core(len, false);
	ok(r == 24 && h->cmsg_len == 24 && h->cmsg_level == CORE_SOL_SOCKET &&
	       h->cmsg_type == CORE_SCM_RIGHTS && out[16] == 1 && out[23] == 1,
	   "two descriptors");
	len = add(len, FREEBSD_SOL_SOCKET, FREEBSD_SCM_CREDS, 84, 0xff);
	r = to_core(len, false);
	memcpy(&cred, out + 40, sizeof(cred));
	ok(r == 24 + 32 && cred.pid == 100 && cred.uid == 200 && cred.gid == 300,
	   "credentials are the sender's own, not what it wrote");
	len = add(len, FREEBSD_SOL_SOCKET, FREEBSD_SCM_RIGHTS, 4, 2);
	rights.left = (u64)to_core(len, false);
	while (core_rights_next(&rights, &fd))
		n += fd == 0x01010101 || fd == 0x02020202;
	is_number(n, 3, "all descriptors are found");
	is_number(to_core(add(0, FREEBSD_SOL_SOCKET, FREEBSD_SCM_RIGHTS, 0, 0), false), 0,
		  "no descriptors, no message");
	is_number(to_core(add(0, FREEBSD_SOL_SOCKET, FREEBSD_SCM_RIGHTS, 6, 0), false), 24,
		  "a half is none");
	is_number(freebsd_to_core_control(in, add(0, FREEBSD_SOL_SOCKET, FREEBSD_SCM_RIGHTS, 4, 0),
					  false, &me, out, 23),
		  -CORE_E2BIG, "no room");
	is_number(to_core(add(0, FREEBSD_SOL_SOCKET, FREEBSD_SCM_TIMESTAMP, 16, 0), false),
		  -CORE_EINVAL, "a time is not sent");
	is_number(to_core(add(0, FREEBSD_SOL_SOCKET, FREEBSD_SCM_RIGHTS, 4, 0), true), -CORE_EINVAL,
		  "nor are descriptors through the internet");
	is_number(to_core(add(0, FREEBSD_IPPROTO_IP, FREEBSD_IP_SENDSRCADDR, 4, 9), true), 32,
		  "a source address");
	ok(h->cmsg_type == CORE_IP_PKTINFO && out[20] == 9 && out[16] == 0 && out[24] == 0,
	   "is part of more on the hub");
	is_number(to_core(add(0, FREEBSD_IPPROTO_IPV6, FREEBSD_IPV6_PKTINFO, 19, 9), true),
		  -CORE_EINVAL, "a byte short");
	for (u32 bad = 0; bad < 16; bad++) {
		memcpy(in, &bad, 4);
		if (to_core(32, false) != -CORE_EINVAL)
			ok(false, "a message of %u bytes", bad);
	}
	is_number(to_core(11, false), -CORE_EINVAL, "not even a header");
}

static void receiving(void)
{
	const i32 fds[2] = {3, 4};
	const struct core_in_pktinfo info = {1, 2, 0x0100007f};
	const i32 ttl = 64;
	u32 len = add_core(0, CORE_SOL_SOCKET, CORE_SCM_CREDENTIALS, sizeof(me), &me), n;
	struct freebsd_cmsghdr *h = (struct freebsd_cmsghdr *)out;
	struct freebsd_cmsgcred cred;
	u64 taken;

	len = add_core(len, CORE_SOL_SOCKET, CORE_SCM_RIGHTS, sizeof(fds), fds);
	core_control_creds_last(in, len);
	taken = core_to_freebsd_control(in, len, FREEBSD_CREDS_SENT, out, sizeof(out), &n);
	ok(taken == len && n == 24 + 104 && h->cmsg_type == FREEBSD_SCM_RIGHTS && h->cmsg_len == 24,
	   "descriptors, then credentials");
	memcpy(&cred, out + 40, sizeof(cred));
	ok(cred.cmcred_pid == 100 && cred.cmcred_euid == 200 && cred.cmcred_ngroups == 1 &&
	       cred.cmcred_groups[0] == 300,
	   "whose they are");
	taken = core_to_freebsd_control(in, len, FREEBSD_CREDS_SENT, out, 127, &n);
	ok(taken == 24 && n == 24, "whole messages only");
	taken = core_to_freebsd_control(in, len, FREEBSD_CREDS_SENT, out, 23, &n);
	ok(taken == 0 && n == 0, "or none");
	core_to_freebsd_control(in + 24, 32, FREEBSD_CREDS_LOCAL, out, sizeof(out), &n);
	ok(n == 40 && h->cmsg_type == FREEBSD_SCM_CREDS && h->cmsg_len == 40, "struct sockcred");
	core_to_freebsd_control(in + 24, 32, FREEBSD_CREDS_PERSISTENT, out, sizeof(out), &n);
	ok(n == 48 && h->cmsg_type == FREEBSD_SCM_CREDS2, "struct sockcred2");
	len = add_core(0, CORE_IPPROTO_IP, CORE_IP_PKTINFO, sizeof(info), &info);
	len = add_core(len, CORE_IPPROTO_IP, CORE_IP_TTL, sizeof(ttl), &ttl);
	taken = core_to_freebsd_control(in, len, FREEBSD_CREDS_SENT, out, sizeof(out), &n);
	ok(taken == len && n == 48 && h->cmsg_type == FREEBSD_IP_RECVDSTADDR && out[16] == 127 &&
	       h->cmsg_len == 20 && out[24] == 17 && out[40] == 64,
	   "where a datagram was sent to, and its TTL in a byte");
	len = add_core(0, CORE_SOL_SOCKET, 99, 4, &ttl);
	taken = core_to_freebsd_control(in, len, FREEBSD_CREDS_SENT, out, sizeof(out), &n);
	ok(taken == 0 && n == 0, "what FreeBSD has not is reported as left out");
}

static void events(void)
{
	is_number(freebsd_to_core_poll_events(FREEBSD_POLLWRBAND), CORE_POLLWRBAND, "POLLWRBAND");
	is_number(freebsd_to_core_poll_events(FREEBSD_POLLRDHUP), CORE_POLLRDHUP, "POLLRDHUP");
	is_number(freebsd_to_core_poll_events(FREEBSD_POLL_SAME), FREEBSD_POLL_SAME, "the same");
	is_number(core_to_freebsd_poll_revents(CORE_POLLHUP, FREEBSD_POLLIN, false),
		  FREEBSD_POLLHUP | FREEBSD_POLLIN, "what hung up is readable");
	is_number(core_to_freebsd_poll_revents(CORE_POLLERR | CORE_POLLOUT, FREEBSD_POLLOUT, true),
		  FREEBSD_POLLHUP | FREEBSD_POLLOUT, "nobody reads the pipe");
	is_number(core_to_freebsd_poll_revents(CORE_POLLIN | CORE_POLLRDHUP,
					       FREEBSD_POLLIN | FREEBSD_POLLINIGNEOF, false),
		  0, "the end is ignored");
}

static void tcp(void)
{
	struct core_tcp_info core = {.tcpi_state = 1,
				     .tcpi_options = 0x3f,
				     .tcpi_snd_mss = 1000,
				     .tcpi_snd_cwnd = 10,
				     .tcpi_snd_ssthresh = 0x7fffffff,
				     .tcpi_last_data_recv = 5};
	struct freebsd_tcp_info info;
	char name[FREEBSD_TCP_CA_NAME_MAX] = "newreno";

	core_to_freebsd_tcp_info(&core, &info);
	ok(info.tcpi_state == 4 && info.tcpi_options == 0xf, "established");
	ok(info.tcpi_snd_cwnd == 10000 && info.tcpi_snd_ssthresh == UINT32_MAX &&
	       info.tcpi_last_data_recv == 5000,
	   "bytes, and microseconds");
	core.tcpi_state = 99;
	core_to_freebsd_tcp_info(&core, &info);
	is_number(info.tcpi_state, 0, "a state nobody knows");
	freebsd_to_core_congestion(name);
	ok(!strcmp(name, "reno"), "newreno");
	core_to_freebsd_congestion(name);
	ok(!strcmp(name, "newreno"), "and back");
}

static void names(void)
{
	struct core_sockaddr_storage s = {CORE_AF_UNIX, ""};
	struct freebsd_sockaddr_storage to;
	char *path = (char *)s.data;

	strcpy(path, FREEBSD_SOCKET_BELOW "12/a/b");
	is_number(core_to_freebsd_sockaddr(&s, (u32)strlen(path) + 3, &to), 6,
		  "bound below a directory");
	ok(!strcmp((char *)to.data, "a/b"), "as it was bound");
	strcpy(path, FREEBSD_SOCKET_BELOW "x/a");
	core_to_freebsd_sockaddr(&s, (u32)strlen(path) + 3, &to);
	ok(!strcmp((char *)to.data, path), "any other name stays");
	strcpy(path, FREEBSD_SOCKET_BELOW "12");
	core_to_freebsd_sockaddr(&s, (u32)strlen(path) + 3, &to);
	ok(!strcmp((char *)to.data, path), "and this one");
	memcpy(path, "\00000a1f", 6);
	is_number(core_to_freebsd_sockaddr(&s, 8, &to), 16, "a name the hub made up is none");
	memcpy(path, "\00000x1f", 6);
	is_number(core_to_freebsd_sockaddr(&s, 8, &to), 8, "but not every one of that length");
}

int main(void)
{
	sending();
	receiving();
	events();
	tcp();
	names();
	return tap_end();
}
