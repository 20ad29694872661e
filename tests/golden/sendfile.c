/* SPDX-License-Identifier: BSD-2-Clause */
/* sendfile: headers, a piece of a file, trailers; and how it ends. */
#include "socket.h"

#define SYS_sendfile	      393
#define SYS_freebsd4_sendfile 336

struct sf_hdtr {
	struct iovec *headers;
	int hdr_cnt;
	struct iovec *trailers;
	int trl_cnt;
};

/* sendfile takes seven arguments, the last one by the stack. */
static long sendfile(long nr, int fd, int s, i64 offset, u64 nbytes, struct sf_hdtr *hdtr,
		     i64 *sbytes, long flags)
{
	register long r10 __asm__("r10") = (long)nbytes;
	register long r8 __asm__("r8") = (long)hdtr;
	register long r9 __asm__("r9") = (long)sbytes;
	long ret;
	bool failed;

	__asm__ volatile("subq $128, %%rsp\n\t"
			 "pushq %[flags]\n\t"
			 "pushq $0\n\t"
			 "syscall\n\t"
			 "leaq 144(%%rsp), %%rsp\n\t"
			 : "=a"(ret), "=@ccc"(failed), "+r"(r10), "+r"(r8), "+r"(r9)
			 : "0"(nr), "D"(fd), "S"(s), "d"(offset), [flags] "r"(flags)
			 : "rcx", "r11", "memory");
	return failed ? -ret : ret;
}

static int file, pair[2];
static i64 sent;
static char got[65536];

static long send(i64 offset, u64 nbytes, struct sf_hdtr *hdtr)
{
	sent = -1;
	return sendfile(SYS_sendfile, file, pair[0], offset, nbytes, hdtr, &sent, 0);
}

static bool came(const char *text)
{
	long n = sys(SYS_recvfrom, pair[1], got, sizeof(got), MSG_DONTWAIT, NULL, NULL);

	return n == (long)strlen(text) && sent == n && memcmp(got, text, (size_t)n) == 0;
}

static volatile int signals;

static void handler(int sig, struct siginfo *info, void *context)
{
	(void)info;
	(void)context;
	signals += sig == SIGPIPE;
}

int main(void)
{
	struct iovec head[2] = {{"He", 2}, {"ad ", 3}}, trail[1] = {{" tail", 5}};
	struct sf_hdtr both = {head, 2, trail, 1}, only = {head, 2, NULL, 0};
	int fds[2], datagram = (int)sys(SYS_socket, AF_INET, SOCK_DGRAM, 0);
	int listener = (int)sys(SYS_socket, AF_INET, SOCK_STREAM, 0);
	struct stat st;
	long r;

	file = open("file", O_CREAT | O_RDWR, 0600);
	write(file, "0123456789", 10);
	pipe2(fds, 0);
	EXPECT_EQ(sys(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair), 0);
	EXPECT_EQ(send(0, 0, NULL), 0);
	EXPECT(came("0123456789"));
	EXPECT_EQ(send(3, 4, NULL), 0);
	EXPECT(came("3456"));
	EXPECT_EQ(send(7, 100, NULL), 0);
	EXPECT(came("789"));
	EXPECT_EQ(send(20, 0, NULL), 0);
	EXPECT_EQ(sent, 0);
	EXPECT_EQ(send(8, 0, &both), 0);
	EXPECT(came("Head 89 tail"));
	EXPECT_EQ(send(2, 3, &only), 0);
	EXPECT(came("Head 234"));
	EXPECT_EQ(sendfile(SYS_freebsd4_sendfile, file, pair[0], 2, 6, &only, &sent, 0), 0);
	EXPECT(came("Head 2"));
	EXPECT_EQ(lseek(file, 0, SEEK_CUR), 10);
	EXPECT_EQ(sendfile(SYS_sendfile, file, pair[0], 0, 1, NULL, NULL, 4 << 16 | 0x1f), 0);
	EXPECT_EQ(read(pair[1], got, 9), 1);
	EXPECT_EQ(sendfile(SYS_sendfile, file, pair[0], 0, 1, NULL, NULL, 0x20), -EINVAL);
	EXPECT_EQ(send(-1, 0, NULL), -EINVAL);
	EXPECT_EQ(send(0, 0, (void *)8), -EFAULT);
	only.hdr_cnt = 1025;
	EXPECT_EQ(send(0, 0, &only), -EINVAL);
	only.hdr_cnt = -1;
	EXPECT_EQ(send(0, 0, &only), -EINVAL);
	only.hdr_cnt = 2;
	head[0].iov_len = 0x7fffffffffffffff;
	EXPECT_EQ(send(0, 0, &only), -EINVAL);
	only.headers = (void *)8;
	EXPECT_EQ(send(0, 0, &only), -EFAULT);
	EXPECT_EQ(send(6, 0x7fffffffffffffff, NULL), 0);
	EXPECT(came("6789")); /* and nothing of what was refused */
	EXPECT_EQ(sendfile(SYS_sendfile, 777, pair[0], 0, 0, NULL, NULL, 0), -EBADF);
	EXPECT_EQ(sendfile(SYS_sendfile, fds[0], pair[0], 0, 0, NULL, NULL, 0), -EINVAL);
	EXPECT_EQ(sendfile(SYS_sendfile, file, file, 0, 0, NULL, NULL, 0), -ENOTSOCK);
	EXPECT_EQ(sendfile(SYS_sendfile, file, datagram, 0, 0, NULL, NULL, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_listen, listener, 1), 0);
	EXPECT_EQ(sendfile(SYS_sendfile, file, listener, 0, 0, NULL, NULL, 0), -ENOTCONN);

	print("more than fits\n");
	ftruncate(file, 4 << 20);
	fcntl(pair[0], F_SETFL, O_NONBLOCK);
	EXPECT_EQ(send(0, 0, NULL), -EAGAIN);
	EXPECT(sent > 0 && sent < 4 << 20);
	for (i64 n = 0; n < sent; n += r) {
		r = read(pair[1], got, sizeof(got));
		if (r <= 0)
			break;
	}
	EXPECT(r > 0);
	EXPECT_EQ(sys(SYS_recvfrom, pair[1], got, 1, MSG_DONTWAIT, NULL, NULL), -EAGAIN);

	print("nobody there: no signal\n");
	on_signal(SIGPIPE, handler, 0);
	close(pair[1]);
	EXPECT_EQ(send(0, 100, NULL), -EPIPE);
	EXPECT_EQ(signals, 0);
	EXPECT_EQ(sent, 0);
	EXPECT(fstat(file, &st) == 0 && st.st_size == 4 << 20);
	return 0;
}
