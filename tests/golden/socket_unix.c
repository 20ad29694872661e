/* SPDX-License-Identifier: BSD-2-Clause */
/* What is FreeBSD's own about unix sockets: names, errors, credentials, what may be passed. */
#include "socket.h"

#define SYS_bindat	       538
#define SYS_connectat	       539
#define LOCAL_PEERCRED	       1
#define LOCAL_CREDS	       2
#define LOCAL_CREDS_PERSISTENT 3
#define SCM_CREDS	       3
#define SCM_CREDS2	       8
#define SO_NOSIGPIPE	       0x800

struct xucred {
	u32 version, uid;
	i16 ngroups;
	u32 groups[16];
	union {
		u64 align;
		i32 pid;
	};
};
_Static_assert(sizeof(struct xucred) == 88, "struct xucred");

struct cmsgcred {
	i32 pid;
	u32 uid, euid, gid;
	i16 ngroups;
	u32 groups[16];
};
_Static_assert(sizeof(struct cmsgcred) == 84, "struct cmsgcred");

static int pair[2];

static void new_pair(int type)
{
	close(pair[0]);
	close(pair[1]);
	EXPECT_EQ(sys(SYS_socketpair, AF_UNIX, type, 0, pair), 0);
}

static void names(void)
{
	struct sockaddr_un un = unix_name("name"), got;
	int s = (int)sys(SYS_socket, AF_UNIX, SOCK_STREAM, 0), c, a;
	u32 len = sizeof(got);

	/* The length byte says nothing to the kernel, which sets it itself. */
	un.sun_len = 77;
	EXPECT_EQ(sys(SYS_getsockname, s, &got, &len), 0);
	EXPECT(len == 16 && got.sun_len == 16 && got.sun_family == AF_UNIX);
	EXPECT_EQ(sys(SYS_listen, s, 5), -EDESTADDRREQ);
	EXPECT_EQ(sys(SYS_bind, s, &un, 2), -EINVAL);
	EXPECT_EQ(sys(SYS_bind, s, &un, 107), -EINVAL);
	EXPECT_EQ(sys(SYS_bind, s, &un, 256), -ENAMETOOLONG);
	un.sun_path[0] = '\0';
	EXPECT_EQ(sys(SYS_bind, s, &un, sizeof(un)), -ENOENT);
	un.sun_path[0] = 'n';
	EXPECT_EQ(sys(SYS_bind, s, &un, sizeof(un)), 0);
	len = sizeof(got);
	EXPECT_EQ(sys(SYS_getsockname, s, &got, &len), 0);
	EXPECT(got.sun_len == len && strcmp(got.sun_path, "name") == 0);
	EXPECT_EQ(sys(SYS_listen, s, 5), 0);
	c = (int)sys(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
	EXPECT_EQ(sys(SYS_connect, s, &un, sizeof(un)), -EOPNOTSUPP);
	EXPECT_EQ(sys(SYS_connect, c, &un, sizeof(un)), 0);
	len = sizeof(got);
	a = (int)sys(SYS_accept, s, &got, &len);
	EXPECT(a >= 0 && len == 16 && got.sun_len == 16 && got.sun_family == AF_UNIX);
	len = 3;
	EXPECT_EQ(sys(SYS_getpeername, c, &got, &len), 0);
	EXPECT_EQ(len, 3);
	close(open("file", O_CREAT | O_WRONLY, 0600));
	un = unix_name("file");
	EXPECT_EQ(
	    sys(SYS_connect, sys6(SYS_socket, AF_UNIX, SOCK_STREAM, 0, 0, 0, 0), &un, sizeof(un)),
	    -ENOTSOCK);
	close(a);
	close(c);
	close(s);
}

static void below_directories(void)
{
	struct sockaddr_un un = unix_name("inside"), got;
	int s = (int)sys(SYS_socket, AF_UNIX, SOCK_DGRAM, 0), c, d;
	struct sockaddr_in in = inet_name(0);
	u32 len = sizeof(got);

	mkdir("dir", 0700);
	d = open("dir", O_RDONLY | O_DIRECTORY);
	EXPECT_EQ(sys(SYS_bindat, 777, s, &un, sizeof(un)), -EBADF);
	EXPECT_EQ(sys(SYS_bindat, d, s, &un, sizeof(un)), 0);
	EXPECT_EQ(sys(SYS_getsockname, s, &got, &len), 0);
	EXPECT(strcmp(got.sun_path, "inside") == 0);
	EXPECT_EQ(sys(SYS_access, "dir/inside", 0), 0);
	c = (int)sys(SYS_socket, AF_UNIX, SOCK_DGRAM, 0);
	EXPECT_EQ(sys(SYS_connectat, AT_FDCWD, c, &un, sizeof(un)), -ENOENT);
	EXPECT_EQ(sys(SYS_connectat, d, c, &un, sizeof(un)), 0);
	EXPECT_EQ(sys(SYS_sendto, c, "hello", 5, 0, NULL, 0), 5);
	len = sizeof(got);
	EXPECT_EQ(sys(SYS_recvfrom, s, &un, 5, 0, &got, &len), 5);
	EXPECT(len == 16 && got.sun_family == AF_UNIX);
	close(s);
	EXPECT_EQ(sys(SYS_sendto, c, "hello", 5, 0, NULL, 0), -ECONNRESET);
	s = (int)sys(SYS_socket, AF_INET, SOCK_STREAM, 0);
	EXPECT_EQ(sys(SYS_bindat, d, s, &in, sizeof(in)), -EOPNOTSUPP);
	close(s);
	close(d);
	close(c);
}

static void kinds(void)
{
	EXPECT_EQ(sys(SYS_socket, AF_UNIX, SOCK_RAW, 0), -EPROTOTYPE);
	EXPECT_EQ(sys(SYS_socket, AF_UNIX, SOCK_STREAM, 1), -EPROTONOSUPPORT);
	EXPECT_EQ(sys(SYS_socket, AF_UNSPEC, SOCK_STREAM, 0), -EAFNOSUPPORT);
	EXPECT_EQ(sys(SYS_socket, AF_INET, 9, 0), -EPROTOTYPE);
	EXPECT_EQ(sys(SYS_socket, AF_INET, SOCK_STREAM | 0x40000000, 0), -EPROTOTYPE);
	EXPECT_EQ(sys(SYS_socket, AF_INET, 9, IPPROTO_TCP), -EPROTONOSUPPORT);
	EXPECT_EQ(sys(SYS_shutdown, sys6(SYS_socket, AF_UNIX, SOCK_DGRAM, 0, 0, 0, 0), SHUT_RDWR),
		  -ENOTCONN);
}

static void not_passed(void)
{
	char control[64] = {0};
	struct cmsghdr *c = (struct cmsghdr *)control;
	struct msghdr m = {.msg_control = control, .msg_controllen = 24};
	int kq = (int)sys(SYS_kqueue);

	new_pair(SOCK_STREAM);
	EXPECT_EQ(send_fds(pair[0], &kq, 1), -EOPNOTSUPP);
	/* No descriptor of the runtime's leaves the process. */
	for (int fd = 900; fd < 1030; fd++)
		if (send_fds(pair[0], &fd, 1) != -EBADF)
			print("FAILED descriptor %d was sent\n", fd);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	for (u32 len = 0; len < 16; len++) {
		c->cmsg_len = len;
		if (sys(SYS_sendmsg, pair[0], &m, 0) != -EINVAL)
			print("FAILED length %u\n", len);
	}
	c->cmsg_len = 25;
	EXPECT_EQ(sys(SYS_sendmsg, pair[0], &m, 0), -EINVAL);
	c->cmsg_len = 0xfffffff0;
	EXPECT_EQ(sys(SYS_sendmsg, pair[0], &m, 0), -EINVAL);
	m.msg_controllen = 11;
	EXPECT_EQ(sys(SYS_sendmsg, pair[0], &m, 0), -EINVAL);
	m.msg_controllen = 4096;
	EXPECT_EQ(sys(SYS_sendmsg, pair[0], &m, 0), -EINVAL);
	m.msg_control = (void *)8;
	m.msg_controllen = 24;
	EXPECT_EQ(sys(SYS_sendmsg, pair[0], &m, 0), -EFAULT);
	m.msg_control = NULL;
	m.msg_iovlen = 1025;
	EXPECT_EQ(sys(SYS_sendmsg, pair[0], &m, 0), -EMSGSIZE);
	close(kq);
}

static long send_creds(int s, int fd)
{
	char control[CMSG_SPACE(84) + CMSG_SPACE(4)] = {0};
	struct iovec iov = {"c", 1};
	struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control};
	struct cmsghdr *c = (struct cmsghdr *)control;

	c->cmsg_len = CMSG_LEN(84);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_CREDS;
	m.msg_controllen = CMSG_SPACE(84);
	if (fd >= 0) {
		c = (struct cmsghdr *)(control + CMSG_SPACE(84));
		c->cmsg_len = CMSG_LEN(4);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		memcpy(CMSG_DATA(c), &fd, 4);
		m.msg_controllen += CMSG_SPACE(4);
	}
	return sys(SYS_sendmsg, s, &m, 0);
}

static bool creds_are_mine(const struct cmsghdr *c)
{
	struct cmsgcred cred;

	memcpy(&cred, CMSG_DATA(c), sizeof(cred));
	return c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_CREDS &&
	       c->cmsg_len == CMSG_LEN(84) && cred.pid == getpid() &&
	       cred.uid == (u32)sys(SYS_getuid) && cred.euid == cred.uid && cred.ngroups >= 1 &&
	       cred.groups[0] == cred.gid;
}

static void sent_credentials(int type)
{
	char control[CMSG_SPACE(84) + CMSG_SPACE(4)];
	struct cmsghdr *c = (struct cmsghdr *)control;
	struct msghdr m;

	new_pair(type);
	EXPECT_EQ(send_creds(pair[0], -1), 1);
	EXPECT_EQ(receive(pair[1], &m, control, sizeof(control), 0), 1);
	EXPECT(m.msg_controllen == CMSG_SPACE(84) && m.msg_flags == 0 && creds_are_mine(c));
	/* Only those that were sent. */
	write(pair[0], "x", 1);
	EXPECT_EQ(receive(pair[1], &m, control, sizeof(control), MSG_DONTWAIT), 1);
	EXPECT(m.msg_controllen == 0 && m.msg_flags == MSG_DONTWAIT);
	EXPECT_EQ(receive(pair[1], &m, control, sizeof(control), MSG_DONTWAIT), -EAGAIN);
	EXPECT_EQ(send_creds(pair[0], 1), 1);
	EXPECT_EQ(receive(pair[1], &m, control, sizeof(control), 0), 1);
	EXPECT_EQ(m.msg_controllen, sizeof(control));
	EXPECT(c->cmsg_type == SCM_RIGHTS);
	EXPECT(creds_are_mine((struct cmsghdr *)(control + CMSG_SPACE(4))));
}

static void asked_credentials(void)
{
	char control[CMSG_SPACE(84)];
	struct cmsghdr *c = (struct cmsghdr *)control;
	struct xucred x;
	struct msghdr m;
	u32 len = sizeof(x);

	new_pair(SOCK_STREAM);
	EXPECT_EQ(sys(SYS_getsockopt, pair[0], 0, LOCAL_PEERCRED, &x, &len), 0);
	EXPECT(len == 88 && x.version == 0 && x.uid == (u32)sys(SYS_getuid) && x.pid == getpid() &&
	       x.ngroups >= 1);
	EXPECT_EQ(sys(SYS_getsockopt, sys6(SYS_socket, AF_UNIX, SOCK_STREAM, 0, 0, 0, 0), 0,
		      LOCAL_PEERCRED, &x, &len),
		  -ENOTCONN);
	EXPECT_EQ(set_int(pair[1], 0, LOCAL_CREDS, 1), 0);
	EXPECT_EQ(get_int(pair[1], 0, LOCAL_CREDS), 1);
	EXPECT_EQ(set_int(pair[1], 0, LOCAL_CREDS_PERSISTENT, 1), -EINVAL);
	write(pair[0], "a", 1);
	EXPECT_EQ(receive(pair[1], &m, control, sizeof(control), 0), 1);
	EXPECT(m.msg_controllen == CMSG_SPACE(24) && c->cmsg_type == SCM_CREDS);
	EXPECT_EQ(((u32 *)CMSG_DATA(c))[0], sys(SYS_getuid));
	write(pair[0], "b", 1);
	EXPECT_EQ(receive(pair[1], &m, control, sizeof(control), 0), 1);
	EXPECT_EQ(m.msg_controllen, 0);
	EXPECT_EQ(set_int(pair[1], 0, LOCAL_CREDS_PERSISTENT, 1), 0);
	for (int i = 0; i < 2; i++) {
		write(pair[0], "c", 1);
		EXPECT_EQ(receive(pair[1], &m, control, sizeof(control), 0), 1);
		EXPECT(m.msg_controllen == CMSG_SPACE(32) && c->cmsg_type == SCM_CREDS2);
		EXPECT_EQ(((i32 *)CMSG_DATA(c))[1], getpid());
	}
}

static volatile int signals;

static void handler(int sig, struct siginfo *info, void *context)
{
	(void)info;
	(void)context;
	signals += sig == SIGPIPE;
}

static void broken_pipes(void)
{
	struct iovec iov = {"x", 1};
	int s = (int)sys(SYS_socket, AF_INET, SOCK_STREAM, 0);
	char byte;

	on_signal(SIGPIPE, handler, 0);
	new_pair(SOCK_STREAM);
	write(pair[1], "unread", 6);
	close(pair[1]);
	EXPECT_EQ(sys(SYS_sendto, pair[0], "x", 1, MSG_NOSIGNAL, NULL, 0), -EPIPE);
	EXPECT_EQ(signals, 0);
	EXPECT_EQ(sys(SYS_sendto, pair[0], "x", 1, 0, NULL, 0), -EPIPE);
	EXPECT_EQ(signals, 1);
	EXPECT_ERROR(write(pair[0], "x", 1), EPIPE);
	EXPECT_EQ(signals, 2);
	EXPECT_EQ(set_int(pair[0], SOL_SOCKET, SO_NOSIGPIPE, 1), 0);
	EXPECT_EQ(get_int(pair[0], SOL_SOCKET, SO_NOSIGPIPE), SO_NOSIGPIPE);
	EXPECT_EQ(get_int(dup(pair[0]), SOL_SOCKET, SO_NOSIGPIPE), SO_NOSIGPIPE);
	EXPECT_ERROR(write(pair[0], "x", 1), EPIPE);
	EXPECT_EQ(sys(SYS_writev, pair[0], &iov, 1), -EPIPE);
	EXPECT_EQ(sys(SYS_sendto, pair[0], "x", 1, 0, NULL, 0), -EPIPE);
	EXPECT_EQ(signals, 2);
	EXPECT_EQ(set_int(pair[0], SOL_SOCKET, SO_NOSIGPIPE, 0), 0);
	EXPECT_ERROR(write(pair[0], "x", 1), EPIPE);
	EXPECT_EQ(signals, 3);
	/* What never was connected is not broken. */
	EXPECT_EQ(sys(SYS_sendto, s, "x", 1, 0, NULL, 0), -ENOTCONN);
	EXPECT_EQ(signals, 3);
	/* The peer left something unread: an end of file like any other. */
	new_pair(SOCK_STREAM);
	write(pair[0], "never read", 10);
	write(pair[1], "a", 1);
	close(pair[1]);
	EXPECT_EQ(read(pair[0], &byte, 1), 1);
	EXPECT_EQ(read(pair[0], &byte, 1), 0);
}

int main(void)
{
	pair[0] = pair[1] = -1;
	names();
	below_directories();
	kinds();
	not_passed();
	sent_credentials(SOCK_STREAM);
	sent_credentials(SOCK_DGRAM);
	asked_credentials();
	broken_pipes();
	return 0;
}
