/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lengths and counts no program means: none, negative, beyond every limit, sums that wrap.
 * Each has FreeBSD's own answer, nothing is lost and nothing hangs. Facts: copyinuio,
 * copyiniov of sys/kern/subr_uio.c; kern_sendit, kern_recvit, sockargs, getsockaddr of
 * uipc_syscalls.c; unp_internalize of uipc_usrreq.c; kern_select, kern_poll of sys_generic.c;
 * kern_event.c, kern_sysctl.c, vfs_syscalls.c, vfs_aio.c, sysv_sem.c, sysv_msg.c.
 */
#include "freebsd_event.h"
#include "socket.h"
#include "sysv.h"

#define SYS_getgroups	    79
#define SYS_setgroups	    80
#define SYS_madvise	    75
#define SYS_getrlimit	    194
#define SYS_setrlimit	    195
#define SYS_minherit	    250
#define SYS_lio_listio	    257
#define SYS_aio_read	    255
#define SYS_preadv	    289
#define SYS_pwritev	    290
#define SYS_aio_suspend	    315
#define SYS_extattr_set_fd  371
#define SYS_extattr_get_fd  372
#define SYS_extattr_list_fd 437
#define SYS_uuidgen	    392
#define SYS_jail_get	    506
#define SYS_jail_set	    507
#define SYS_copy_file_range 569
#define SYS_aio_readv	    579
#define IOV_MAX		    1024
#define MOST		    0x7fffffffffffffffL
#define PAGE		    4096L

/* One page, and nothing behind it. */
static char *edge(void)
{
	char *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);

	mprotect(p + PAGE, PAGE, PROT_NONE);
	return p;
}

static void vectors(int fd, const int p[2])
{
	static struct iovec v[IOV_MAX + 1];
	char text[8] = "";

	for (u32 i = 0; i < ARRAY_LEN(v); i++)
		v[i] = (struct iovec){text, 0};
	EXPECT_EQ(sys(SYS_readv, fd, v, 0), 0);
	EXPECT_EQ(sys(SYS_writev, fd, v, 0), 0);
	EXPECT_EQ(sys(SYS_preadv, fd, v, 0, 0), 0);
	EXPECT_EQ(sys(SYS_pwritev, fd, v, 0, 0), 0);
	EXPECT_EQ(sys(SYS_readv, fd, NULL, 0), 0);
	EXPECT_EQ(sys(SYS_readv, -1, v, 0), -EBADF);
	EXPECT_EQ(sys(SYS_readv, fd, v, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_writev, fd, v, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_preadv, fd, v, -1, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_pwritev, fd, v, -1, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_readv, fd, v, IOV_MAX + 1), -EINVAL);
	EXPECT_EQ(sys(SYS_writev, -1, v, IOV_MAX + 1), -EINVAL); /* before the descriptor */
	EXPECT_EQ(sys(SYS_pwritev, fd, v, IOV_MAX + 1, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_readv, fd, 8, 1), -EFAULT);
	EXPECT_EQ(sys(SYS_writev, fd, 8, 1), -EFAULT);
	v[IOV_MAX - 1].iov_len = 3;
	EXPECT_EQ(sys(SYS_preadv, fd, v, IOV_MAX, 0), 3);
	EXPECT(memcmp(text, "012", 3) == 0);

	print("sums\n");
	v[0].iov_len = MOST;
	v[1].iov_len = 1;
	EXPECT_EQ(sys(SYS_readv, fd, v, 2), -EINVAL);
	EXPECT_EQ(sys(SYS_writev, p[1], v, 2), -EINVAL);
	EXPECT_EQ(sys(SYS_preadv, fd, v, 2, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_pwritev, fd, v, 2, 0), -EINVAL);
	v[0].iov_len = 1UL << 62;
	v[1].iov_len = 1UL << 62;
	EXPECT_EQ(sys(SYS_preadv, fd, v, 2, 0), -EINVAL);
	v[0].iov_len = 1;
	v[1].iov_len = -1UL;
	EXPECT_EQ(sys(SYS_readv, fd, v, 2), -EINVAL);
	EXPECT_EQ(sys(SYS_writev, fd, v, 2), -EINVAL);
	EXPECT_EQ(sys(SYS_writev, -1, v, 2), -EINVAL);
	/* All that can be is still read, from a file shorter than what is asked for. */
	v[0].iov_len = 4;
	v[1].iov_len = MOST - 4;
	v[1].iov_base = text + 4;
	EXPECT_EQ(sys(SYS_lseek, fd, 0, SEEK_SET), 0);
	EXPECT_EQ(sys(SYS_readv, fd, v, 2), 8);
	EXPECT(memcmp(text, "01234567", 8) == 0);
}

static void bytes(int fd, const int p[2])
{
	char text[8] = "", *page = edge();

	EXPECT_EQ(sys(SYS_read, fd, text, -1L), -EINVAL);
	EXPECT_EQ(sys(SYS_write, fd, text, -1L), -EINVAL);
	EXPECT_EQ(sys(SYS_pread, fd, text, 1UL << 63, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_pwrite, fd, text, 1UL << 63, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_read, -1, text, -1L), -EINVAL); /* before the descriptor */
	EXPECT_EQ(sys(SYS_pread, fd, text, MOST, 0), 8);
	EXPECT(memcmp(text, "01234567", 8) == 0);
	EXPECT_EQ(sys(SYS_pread, fd, text, 1UL << 40, 4), 4);
	EXPECT_EQ(sys(SYS_write, p[1], "ab", 2), 2);
	EXPECT_EQ(sys(SYS_read, p[0], text, MOST), 2);
	EXPECT_EQ(sys(SYS_read, fd, NULL, 0), 0);
	EXPECT_EQ(sys(SYS_readlink, "link", text, -1L), -EINVAL);
	EXPECT_EQ(sys(SYS_readlink, "link", text, MOST), 4);
	EXPECT_EQ(sys(SYS_copy_file_range, fd, NULL, fd, NULL, -1L, 0), -EINVAL);
	/* What ends in the middle. */
	EXPECT_EQ(sys(SYS_pread, fd, page + PAGE - 4, 8, 0), 4);
	EXPECT_EQ(sys(SYS_pread, fd, page + PAGE, 8, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_getrandom, text, -1L, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_uuidgen, text, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_uuidgen, text, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_uuidgen, text, 2049), -EINVAL);
}

static void messages(const int s[2])
{
	static struct iovec v[IOV_MAX + 1];
	char text[8] = "abc";
	struct msghdr m = {.msg_iov = v, .msg_iovlen = IOV_MAX + 1};

	for (u32 i = 0; i < ARRAY_LEN(v); i++)
		v[i] = (struct iovec){text, 0};
	EXPECT_EQ(sys(SYS_sendmsg, s[0], &m, 0), -EMSGSIZE);
	EXPECT_EQ(sys(SYS_recvmsg, s[1], &m, 0), -EMSGSIZE);
	m.msg_iovlen = -1;
	EXPECT_EQ(sys(SYS_sendmsg, s[0], &m, 0), -EMSGSIZE);
	EXPECT_EQ(sys(SYS_recvmsg, s[1], &m, 0), -EMSGSIZE);
	EXPECT_EQ(sys(SYS_sendmsg, -1, &m, 0), -EMSGSIZE); /* before the descriptor */
	m.msg_iovlen = 1;
	m.msg_iov = (void *)8;
	EXPECT_EQ(sys(SYS_sendmsg, s[0], &m, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_recvmsg, s[1], &m, MSG_DONTWAIT), -EFAULT);
	m.msg_iov = v;
	m.msg_iovlen = 2;
	v[0].iov_len = MOST;
	v[1].iov_len = 1;
	EXPECT_EQ(sys(SYS_sendmsg, s[0], &m, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_recvmsg, s[1], &m, MSG_DONTWAIT), -EINVAL);
	v[0].iov_len = -1UL;
	EXPECT_EQ(sys(SYS_sendmsg, s[0], &m, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_recvmsg, s[1], &m, MSG_DONTWAIT), -EINVAL);
	/* Nothing at all is a message of a datagram socket. */
	m.msg_iovlen = 0;
	EXPECT_EQ(sys(SYS_sendmsg, s[0], &m, 0), 0);
	m.msg_iovlen = 2;
	v[0].iov_len = 8;
	EXPECT_EQ(sys(SYS_recvmsg, s[1], &m, MSG_DONTWAIT), 0);
	EXPECT_EQ(sys(SYS_recvmsg, s[1], &m, MSG_DONTWAIT), -EAGAIN);
	m.msg_name = text;
	m.msg_namelen = 256;
	EXPECT_EQ(sys(SYS_sendmsg, s[0], &m, 0), -ENAMETOOLONG);
	m.msg_namelen = 1;
	EXPECT_EQ(sys(SYS_sendmsg, s[0], &m, 0), -EINVAL);
	m.msg_namelen = ~0u;
	EXPECT_EQ(sys(SYS_sendmsg, s[0], &m, 0), -ENAMETOOLONG);
	EXPECT_EQ(sys(SYS_bind, s[0], text, -1), -ENAMETOOLONG);
	EXPECT_EQ(sys(SYS_connect, s[0], text, 0), -EINVAL);
}

/* Sends one byte with control messages that are control[0..len) says; the answer. */
static long send_control(int s, const void *control, u32 len)
{
	struct iovec v = {"x", 1};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};

	m.msg_control = (void *)control;
	m.msg_controllen = len;
	return sys(SYS_sendmsg, s, &m, 0);
}

/* Receives one byte with room for so much; how much there was of it. -1: no message. */
static long receive_control(int s, void *control, u32 len, int *flags)
{
	char byte;
	struct iovec v = {&byte, 1};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = control};

	m.msg_controllen = len;
	if (sys(SYS_recvmsg, s, &m, MSG_DONTWAIT) != 1)
		return -1;
	*flags = m.msg_flags & MSG_CTRUNC;
	return m.msg_controllen;
}

static void control_messages(const int s[2])
{
	static char big[4096];
	struct {
		struct cmsghdr h;
		i32 pad;
		i32 fd[2];
		struct cmsghdr second;
	} c = {.h = {CMSG_LEN(4), SOL_SOCKET, SCM_RIGHTS}, .fd = {s[0], -1}};
	char room[64];
	int flags = -1, got;

	EXPECT_EQ(send_control(s[0], &c, 0), -EINVAL);
	EXPECT_EQ(send_control(s[0], &c, 11), -EINVAL);
	EXPECT_EQ(send_control(s[0], &c, 2049), -EINVAL);
	EXPECT_EQ(send_control(s[0], &c, ~0u), -EINVAL);
	EXPECT_EQ(send_control(s[0], (void *)8, 20), -EFAULT);
	EXPECT_EQ(send_control(s[0], &c, CMSG_LEN(4) - 1), -EINVAL); /* it says more */
	c.h.cmsg_len = 11;
	EXPECT_EQ(send_control(s[0], &c, 24), -EINVAL);
	c.h.cmsg_len = 0;
	EXPECT_EQ(send_control(s[0], &c, 24), -EINVAL);
	c.h.cmsg_len = ~0u;
	EXPECT_EQ(send_control(s[0], &c, 24), -EINVAL);
	c.h.cmsg_len = 0x80000010;
	EXPECT_EQ(send_control(s[0], &c, 24), -EINVAL);
	memcpy(big, &c, sizeof(c));
	((struct cmsghdr *)big)->cmsg_len = CMSG_LEN(2000);
	memset(big + 16, 0xff, 2032);
	EXPECT(send_control(s[0], big, 2048) < 0);
	EXPECT_EQ(receive_control(s[1], room, sizeof(room), &flags), -1); /* nothing was sent */

	print("descriptors\n");
	c.h.cmsg_len = CMSG_LEN(0);
	EXPECT_EQ(send_control(s[0], &c, 16), 1); /* none is fine */
	EXPECT_EQ(receive_control(s[1], room, sizeof(room), &flags), 0);
	c.h.cmsg_len = CMSG_LEN(8);
	EXPECT_EQ(send_control(s[0], &c, 24), -EBADF);
	c.h.cmsg_len = CMSG_LEN(7); /* one, and a part of another */
	EXPECT_EQ(send_control(s[0], &c, 24), 1);
	EXPECT_EQ(receive_control(s[1], room, sizeof(room), &flags), 24);
	memcpy(&got, room + 16, sizeof(got));
	EXPECT(flags == 0 && ((struct cmsghdr *)room)->cmsg_len == CMSG_LEN(4) && got > 2);
	EXPECT_EQ(close(got), 0);
	c.h.cmsg_len = CMSG_LEN(4);
	for (u32 n = 0; n <= 20; n += 4) {
		/* What has no room is closed, not lost: the next descriptor has the same number. */
		EXPECT_EQ(send_control(s[0], &c, 20), 1);
		EXPECT_EQ(receive_control(s[1], room, n, &flags), 0);
		EXPECT_EQ(flags, MSG_CTRUNC);
	}
	EXPECT_EQ(dup(0), got);
	EXPECT_EQ(close(got), 0);
	EXPECT_EQ(send_control(s[0], &c, 20), 1);
	EXPECT_EQ(receive_control(s[1], room, ~0u, &flags), 24);
	EXPECT_EQ(close(got), 0);
}

/* TCP has no control messages, and says so before anything is sent. */
static void internet(void)
{
	struct sockaddr_in in = inet_name(0);
	u32 len = sizeof(in);
	struct cmsghdr h = {CMSG_LEN(4), IPPROTO_IP, 7};
	char control[24] = "", byte;
	int l = (int)sys(SYS_socket, AF_INET, SOCK_STREAM, 0), a;
	int s = (int)sys(SYS_socket, AF_INET, SOCK_STREAM, 0);

	memcpy(control, &h, sizeof(h));
	EXPECT_EQ(sys(SYS_bind, l, &in, sizeof(in)), 0);
	EXPECT_EQ(sys(SYS_getsockname, l, &in, &len), 0);
	EXPECT_EQ(sys(SYS_listen, l, 1), 0);
	EXPECT_EQ(send_control(s, control, 20), -ENOTCONN);
	EXPECT_EQ(sys(SYS_connect, s, &in, len), 0);
	a = (int)sys(SYS_accept, l, NULL, NULL);
	EXPECT_EQ(send_control(s, control, 20), -EINVAL);
	EXPECT_EQ(sys(SYS_recvfrom, a, &byte, 1, MSG_DONTWAIT, NULL, NULL), -EAGAIN);
	EXPECT_EQ(sys(SYS_recvfrom, a, &byte, -1L, MSG_DONTWAIT, NULL, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_sendto, s, &byte, -1L, 0, NULL, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_sendto, s, "x", 1, 0, NULL, 0), 1);
	EXPECT_EQ(sys(SYS_recvfrom, a, &byte, MOST, 0, NULL, NULL), 1);
	close(l);
	close(a);
	close(s);
}

static void events(void)
{
	struct kevent *page = (struct kevent *)edge(), k;
	struct timespec none = {0, 0};
	int kq = kqueue();

	for (u32 i = 0; i < PAGE / sizeof(*page); i++)
		page[i] = (struct kevent){.ident = i, .filter = EVFILT_USER, .flags = EV_ADD};
	EXPECT_EQ(sys(SYS_kevent, kq, page, -1, NULL, 0, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, &k, -1, &none), -EINVAL);
	EXPECT_EQ(sys(SYS_kevent, kq, page, 0x80000000u, NULL, 0, NULL), -EINVAL);
	/* Changes up to where they end are made. */
	EXPECT_EQ(sys(SYS_kevent, kq, page, 0x7fffffff, NULL, 0, &none), -EFAULT);
	for (u32 i = 0; i < PAGE / sizeof(*page); i++)
		page[i].flags = EV_DELETE;
	EXPECT_EQ(sys(SYS_kevent, kq, page, PAGE / sizeof(*page), NULL, 0, NULL), 0);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, page, 0x7fffffff, &none), 0);
	page[0] = (struct kevent){.ident = 1, .filter = EVFILT_USER, .flags = EV_ADD};
	page[0].fflags = NOTE_TRIGGER;
	EXPECT_EQ(sys(SYS_kevent, kq, page, 1, NULL, 0, NULL), 0);
	EXPECT_EQ(sys(SYS_kevent, kq, page, 1, page, 0x7fffffff, &none), 1);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, 8, 1, &none), -EFAULT);
	EXPECT_EQ(sys(SYS_kevent, kq, 8, 1, NULL, 0, &none), -EFAULT);
	close(kq);
}

static void waits(void)
{
	struct pollfd *fds = (struct pollfd *)edge();
	struct timeval none = {0, 0};
	char *set = edge();
	i64 limit[2], lower[2];
	int p[2];

	EXPECT_EQ(sys(SYS_poll, fds, -1, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_poll, fds, 0x7fffffff, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_poll, 8, 0, 0), 0);
	EXPECT_EQ(sys(SYS_poll, 8, 1, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_poll, fds, PAGE / sizeof(*fds) + 1, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_ppoll, fds, -1, &none, NULL), -EINVAL);
	/* More entries than descriptors there may be. */
	EXPECT_EQ(pipe2(p, 0), 0);
	EXPECT_EQ(write(p[1], "x", 1), 1);
	for (int i = 0; i < 100; i++)
		fds[i] = (struct pollfd){i == 77 ? p[0] : i == 78 ? 1000 : -1, POLLIN, 0};
	EXPECT_EQ(sys(SYS_getrlimit, 8, limit), 0);
	lower[0] = 40;
	lower[1] = limit[1];
	EXPECT_EQ(sys(SYS_setrlimit, 8, lower), 0);
	EXPECT_EQ(sys(SYS_poll, fds, 100, 0), 2);
	EXPECT(fds[77].revents == POLLIN && fds[78].revents == POLLNVAL && fds[76].revents == 0);
	EXPECT_EQ(sys(SYS_setrlimit, 8, limit), 0);

	EXPECT_EQ(sys(SYS_select, -1, NULL, NULL, NULL, &none), -EINVAL);
	EXPECT_EQ(sys(SYS_select, 0x7fffffff, NULL, NULL, NULL, &none), 0);
	EXPECT_EQ(sys(SYS_select, 8 * PAGE, set, NULL, NULL, &none), 0);
	EXPECT_EQ(sys(SYS_select, 8 * PAGE + 1, set, NULL, NULL, &none), -EFAULT);
	EXPECT_EQ(sys(SYS_select, 0x7fffffff, NULL, set, NULL, &none), -EFAULT);
	set[PAGE - 1] = 1;
	EXPECT_EQ(sys(SYS_select, 8 * PAGE, NULL, NULL, set, &none), -EBADF);
	EXPECT_EQ(sys(SYS_pselect, -1, NULL, NULL, NULL, NULL, NULL), -EINVAL);
}

static void names(void)
{
	i32 oid[30] = {1, 1}; /* kern.ostype */
	char *page = edge();
	size_t size = -1UL;

	EXPECT_EQ(sys(SYS___sysctl, oid, 0, NULL, NULL, NULL, 0), -EINVAL);
	EXPECT_EQ(sys(SYS___sysctl, oid, 1, NULL, NULL, NULL, 0), -EINVAL);
	EXPECT_EQ(sys(SYS___sysctl, oid, 25, NULL, NULL, NULL, 0), -EINVAL);
	EXPECT_EQ(sys(SYS___sysctl, oid, -1, NULL, NULL, NULL, 0), -EINVAL);
	EXPECT_EQ(sys(SYS___sysctl, 8, 2, NULL, NULL, NULL, 0), -EFAULT);
	EXPECT_EQ(sys(SYS___sysctl, oid, 2, page, &size, NULL, 0), 0);
	EXPECT(size == 8 && strcmp(page, "FreeBSD") == 0);
	size = 0;
	EXPECT_EQ(sys(SYS___sysctl, oid, 2, page, &size, NULL, 0), -ENOMEM);
	EXPECT_EQ(size, 0);
	size = 7;
	EXPECT_EQ(sys(SYS___sysctl, oid, 2, page + PAGE - 7, &size, NULL, 0), -ENOMEM);
	EXPECT_EQ(size, 7);
	size = 8;
	EXPECT_EQ(sys(SYS___sysctl, oid, 2, page + PAGE - 7, &size, NULL, 0), -EFAULT);
	EXPECT_EQ(sys(SYS___sysctl, oid, 2, page, 8, NULL, 0), -EFAULT);
	EXPECT_EQ(sys(SYS___sysctl, oid, 2, NULL, NULL, page, -1L), -EPERM);
	EXPECT_EQ(sys(SYS___sysctlbyname, "kern.ostype", 0, NULL, NULL, NULL, 0), -EINVAL);
	EXPECT_EQ(sys(SYS___sysctlbyname, "kern.ostype", -1L, NULL, NULL, NULL, 0), -EINVAL);
	EXPECT_EQ(sys(SYS___sysctlbyname, "kern.ostype", 1025, NULL, NULL, NULL, 0), -EINVAL);
	EXPECT_EQ(sys(SYS___sysctlbyname, 8, 11, NULL, NULL, NULL, 0), -EFAULT);
	EXPECT_EQ(sys(SYS___sysctlbyname, "kern.ostype", 4, NULL, NULL, NULL, 0), -EISDIR);
	size = MOST;
	EXPECT_EQ(sys(SYS___sysctlbyname, "kern.ostype", 11, page, &size, NULL, 0), 0);
	EXPECT_EQ(size, 8);
}

static void ipc(void)
{
	static struct sembuf ops[1000];
	int set = semget(IPC_PRIVATE, 2, 0600), queue = msgget(IPC_PRIVATE, 0600);
	struct message m = {1, "text"};
	u16 values[2] = {7, 7};
	void *bad = (void *)8;

	EXPECT(set >= 0 && queue >= 0);
	EXPECT_ERROR(semget(IPC_PRIVATE, 0, 0600), EINVAL);
	EXPECT_ERROR(semget(IPC_PRIVATE, -1, 0600), EINVAL);
	EXPECT_ERROR(semget(IPC_PRIVATE, 0x7fffffff, 0600), EINVAL);
	EXPECT_EQ(semop(set, ops, 0), 0);
	EXPECT_ERROR(semop(set, ops, 0x7fffffff), E2BIG);
	EXPECT_ERROR(semop(set, ops, -1UL), E2BIG);
	EXPECT_ERROR(semop(set, ops, 1UL << 32), E2BIG);
	EXPECT_ERROR(semop(set, bad, 1), EFAULT);
	EXPECT_ERROR(semctl(set, 0, SETALL, bad), EFAULT);
	EXPECT_ERROR(semctl(set, 0, GETALL, bad), EFAULT);
	EXPECT_ERROR(semctl(set, 2, GETVAL, NULL), EINVAL);
	EXPECT_ERROR(semctl(set, -1, GETVAL, NULL), EINVAL);
	EXPECT_ERROR(semctl(set, 0, SETVAL, (void *)40000), ERANGE);
	EXPECT_ERROR(semctl(set, 0, SETVAL, (void *)-1), ERANGE);
	EXPECT_ERROR(result(sys(SYS_semctl, set, 0, SETVAL, 8)), EFAULT);
	EXPECT_EQ(semctl(set, 0, GETALL, values), 0);
	EXPECT(values[0] == 0 && values[1] == 0); /* none of it was done */
	EXPECT_EQ(semctl(set, 0, IPC_RMID, NULL), 0);

	EXPECT_ERROR(msgsnd(queue, &m, -1UL, 0), EINVAL);
	EXPECT_ERROR(msgsnd(queue, &m, 1UL << 40, 0), EINVAL);
	EXPECT_ERROR(msgsnd(queue, bad, 4, 0), EFAULT);
	EXPECT_EQ(msgsnd(queue, &m, 4, 0), 0);
	EXPECT_ERROR(msgrcv(queue, &m, 3, 0, IPC_NOWAIT), E2BIG);
	EXPECT_EQ(msgrcv(queue, &m, -1UL, 0, IPC_NOWAIT), 4); /* there is room enough */
	EXPECT_EQ(msgctl(queue, IPC_RMID, NULL), 0);
	EXPECT_ERROR(shmget(IPC_PRIVATE, 0, 0600), EINVAL);
	EXPECT_ERROR(shmget(IPC_PRIVATE, -1UL, 0600), EINVAL);
}

static void lists(int fd)
{
	static u32 groups[2000];
	static char mounts[64][2344], entries[512];
	int dir = open("/", O_RDONLY | O_DIRECTORY);
	long n = sys(SYS_getgroups, 0, NULL);
	i64 base = -1;
	struct aiocb {
		i32 fildes;
		i64 offset;
		void *buf;
		u64 nbytes, rest[16];
	} cb = {fd, 0, entries, -1UL, {0}};
	void *list[2] = {NULL, NULL};

	EXPECT_EQ(sys(SYS_getgroups, -1, groups), -EINVAL);
	EXPECT_EQ(sys(SYS_getgroups, 0x7fffffff, groups) >= 1, true);
	EXPECT_EQ(n >= 1 && sys(SYS_getgroups, n, 8) == -EFAULT, true);
	EXPECT_EQ(sys(SYS_setgroups, -1, groups), -EINVAL);
	EXPECT_EQ(sys(SYS_setgroups, 1025, groups), -EINVAL);

	EXPECT_EQ(sys(SYS_getdirentries, dir, entries, -1L, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_getdirentries, dir, entries, 1, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_getdirentries, dir, entries, 23, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_getdirentries, dir, 8, 512, NULL), -EFAULT);
	EXPECT(sys(SYS_getdirentries, dir, entries, 512, &base) > 0 &&
	       base == 0); /* all is there */
	EXPECT_EQ(sys(SYS_lseek, dir, 0, SEEK_SET), 0);
	EXPECT(sys(SYS_getdirentries, dir, entries, 1L << 40, &base) > 0);

	n = sys(557, NULL, 0, 2);
	EXPECT_EQ(sys(557, mounts, -1L, 2), -EINVAL);
	EXPECT_EQ(sys(557, mounts, MOST, 2), n);
	EXPECT_EQ(sys(557, mounts, 2343, 2), 0);
	EXPECT_EQ(sys(557, 8, 2344, 2), -EFAULT);

	EXPECT_EQ(sys(SYS_lio_listio, 1, list, -1, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_lio_listio, 1, list, 0x7fffffff, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_lio_listio, 1, list, 0, NULL), 0);
	EXPECT_EQ(sys(SYS_aio_suspend, list, -1, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_aio_suspend, list, 0x7fffffff, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_aio_read, &cb), -EINVAL);
	cb.nbytes = IOV_MAX + 1;
	EXPECT_EQ(sys(SYS_aio_readv, &cb), -EINVAL);

	EXPECT_EQ(sys(SYS_jail_get, list, 1, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_jail_get, list, IOV_MAX + 2, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_jail_set, list, -1, 1), -EINVAL);
	EXPECT_EQ(sys(SYS_jail_set, list, IOV_MAX + 2, 1), -EINVAL);
	EXPECT_EQ(sys(SYS_extattr_get_fd, fd, 1, "a", entries, -1L), -EINVAL);
	EXPECT_EQ(sys(SYS_extattr_set_fd, fd, 1, "a", entries, -1L), -EINVAL);
	EXPECT_EQ(sys(SYS_extattr_list_fd, fd, 1, entries, -1L), -EINVAL);
}

static void ranges(void)
{
	char *p = edge();

	EXPECT_EQ(sys(SYS_munmap, p, -PAGE), -EINVAL);
	EXPECT_EQ(sys(SYS_munmap, p, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_munmap, p, 1UL << 62), -EINVAL);
	EXPECT_EQ(sys(SYS_mprotect, p, -PAGE, PROT_READ), -EINVAL);
	EXPECT_EQ(sys(SYS_madvise, p, -PAGE, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_madvise, p, 1UL << 62, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_minherit, p, -PAGE, 1), -EINVAL);
	EXPECT_EQ(sys(SYS_mmap, 0, 1UL << 62, PROT_READ, MAP_PRIVATE | MAP_ANON, -1, 0), -ENOMEM);
	p[0] = 'x'; /* and it is all as it was */
	EXPECT_EQ(sys(SYS_ftruncate, 1, -1L), -EINVAL);
}

int main(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0600), p[2], s[2];

	symlink("file", "link");
	EXPECT_EQ(write(fd, "01234567", 8), 8);
	EXPECT_EQ(lseek(fd, 0, SEEK_SET), 0);
	EXPECT_EQ(pipe2(p, 0), 0);
	EXPECT_EQ(sys(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, s), 0);
	vectors(fd, p);
	bytes(fd, p);
	print("messages\n");
	messages(s);
	control_messages(s);
	internet();
	print("events\n");
	events();
	waits();
	print("names\n");
	names();
	ipc();
	print("lists\n");
	lists(fd);
	ranges();
	return 0;
}
