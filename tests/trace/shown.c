/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program for this machine's system that makes calls with structures: fbird trace has to show
 * them as strace does (tests/tap/trace.t). Results that differ from run to run are kept out, or
 * small.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static void files(void)
{
	struct statx stx;
	struct stat st;
	struct statfs sfs;
	static char entries[4096];
	int fd = open("shown.dir", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	syscall(SYS_statx, AT_FDCWD, "shown.file", 0, STATX_BASIC_STATS, &stx);
	syscall(SYS_statx, AT_FDCWD, "shown.none", AT_SYMLINK_NOFOLLOW, STATX_ALL, &stx);
	syscall(SYS_statx, fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE | STATX_MODE,
		&stx);
	syscall(SYS_getdents64, fd, entries, sizeof(entries));
	syscall(SYS_getdents64, fd, entries, sizeof(entries));
	lseek(fd, 0, SEEK_SET);
	syscall(SYS_getdents, fd, entries, sizeof(entries));
	syscall(SYS_newfstatat, fd, "one", &st, AT_SYMLINK_NOFOLLOW);
	statfs("/proc", &sfs);
	fstatfs(fd, &sfs);
	close(fd);
	syscall(SYS_faccessat2, AT_FDCWD, "shown.file", R_OK, AT_EACCESS);
	syscall(SYS_renameat2, AT_FDCWD, "shown.none", AT_FDCWD, "shown.file", 1);
	{
		struct timespec ts[2] = {{1, 2}, {0, UTIME_OMIT}};

		utimensat(AT_FDCWD, "shown.file", ts, 0);
	}
	fd = open("shown.file", O_RDWR);
	{
		struct flock lock = {
		    .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1, .l_len = 5};

		fcntl(fd, F_SETLK, &lock);
		lock.l_type = F_UNLCK;
		fcntl(fd, F_SETLK, &lock);
		fcntl(fd, F_GETLK, &lock);
	}
	fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 100);
	posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	preadv(fd, (struct iovec[]){{entries, 3}, {entries + 8, 4}}, 2, 0);
	pwritev(fd, (struct iovec[]){{"abc", 3}, {"defg", 4}}, 2, 0);
	close(fd);
	memfd_create("shown", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	close(3);
}

static void systems(void)
{
	struct utsname u;
	struct sysinfo si;
	struct rlimit64 limit;
	struct rusage usage;

	uname(&u);
	sysinfo(&si);
	syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, &limit);
	syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &limit, NULL);
	syscall(SYS_getrlimit, RLIMIT_STACK, &limit);
	getrusage(RUSAGE_CHILDREN, &usage);
	getpriority(PRIO_PROCESS, 0);
}

static void control(int from, int to)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int) * 2)];
	} c = {{0}};
	struct iovec iov[2] = {{"hello", 5}, {" world\n", 7}};
	struct msghdr m = {
	    .msg_iov = iov, .msg_iovlen = 2, .msg_control = &c, .msg_controllen = sizeof(c)};
	char in[64];
	struct mmsghdr mm[2] = {{.msg_hdr = {.msg_iov = iov, .msg_iovlen = 1}},
				{.msg_hdr = {.msg_iov = iov + 1, .msg_iovlen = 1}}};

	c.head.cmsg_level = SOL_SOCKET;
	c.head.cmsg_type = SCM_RIGHTS;
	c.head.cmsg_len = CMSG_LEN(sizeof(int) * 2);
	memcpy(CMSG_DATA(&c.head), (int[]){0, 1}, 2 * sizeof(int));
	sendmsg(from, &m, MSG_NOSIGNAL);
	iov[0] = (struct iovec){in, sizeof(in)};
	m.msg_iovlen = 1;
	recvmsg(to, &m, MSG_CMSG_CLOEXEC);
	m.msg_control = NULL;
	m.msg_controllen = 0;
	iov[0] = (struct iovec){"one", 3};
	sendmmsg(from, mm, 2, 0);
	iov[0] = (struct iovec){in, 8};
	iov[1] = (struct iovec){in + 8, 8};
	recvmmsg(to, mm, 2, MSG_DONTWAIT, NULL);
}

static void sockets(void)
{
	int sv[2], s, c, one = 1;
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in6 a6 = {.sin6_family = AF_INET6, .sin6_port = htons(9)};
	struct sockaddr_un un = {.sun_family = AF_UNIX, .sun_path = "shown.none"};
	struct linger linger = {1, 2};
	struct sockaddr_nl nl = {.nl_family = AF_NETLINK};
	socklen_t n = sizeof(a);
	char in[16];

	socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sv);
	control(sv[0], sv[1]);
	close(sv[0]);
	close(sv[1]);
	s = socket(AF_UNIX, SOCK_STREAM, 0);
	connect(s, (struct sockaddr *)&un, sizeof(un));
	memcpy(un.sun_path, "\0shown", 7);
	connect(s, (struct sockaddr *)&un, offsetof(struct sockaddr_un, sun_path) + 6);
	close(s);
	s = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, IPPROTO_UDP);
	bind(s, (struct sockaddr *)&a, sizeof(a));
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	setsockopt(s, SOL_IP, IP_TTL, &one, sizeof(one));
	n = sizeof(one);
	getsockopt(s, SOL_SOCKET, SO_TYPE, &one, &n);
	getsockopt(s, SOL_SOCKET, SO_ERROR, &one, &n);
	recvfrom(s, in, sizeof(in), 0, (struct sockaddr *)&a, &n);
	sendto(s, "x", 1, 0, (struct sockaddr *)&a, 3);
	connect(s, (struct sockaddr *)&a6, sizeof(a6));
	close(s);
	s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, IPPROTO_TCP);
	setsockopt(s, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	setsockopt(s, SOL_TCP, TCP_NODELAY, &one, sizeof(one));
	listen(s, 1);
	c = accept4(s, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	shutdown(s, SHUT_RDWR);
	close(s);
	close(c);
	s = socket(AF_NETLINK, SOCK_RAW, 0);
	bind(s, (struct sockaddr *)&nl, sizeof(nl));
	close(s);
}

static void events(void)
{
	int p[2], q = epoll_create1(EPOLL_CLOEXEC), t, v;
	struct epoll_event e = {.events = EPOLLIN | EPOLLET, .data.u64 = 7};
	struct pollfd fds[2];
	fd_set in, out;
	struct timeval tv = {0, 1000};
	struct timespec ts = {0, 1000};
	struct itimerspec it = {{0, 0}, {0, 50}};
	sigset_t set;
	uint64_t n;

	if (pipe(p) != 0)
		exit(1);
	fds[0] = (struct pollfd){p[0], POLLIN, 0};
	fds[1] = (struct pollfd){p[1], POLLOUT, 0};
	poll(fds, 1, 0);
	poll(fds, 2, -1);
	ppoll(fds, 1, &ts, NULL);
	FD_ZERO(&in);
	FD_SET(p[0], &in);
	syscall(SYS_select, p[0] + 1, &in, NULL, NULL, &tv);
	FD_ZERO(&in);
	FD_SET(p[0], &in);
	FD_ZERO(&out);
	FD_SET(p[1], &out);
	tv = (struct timeval){1, 0};
	syscall(SYS_select, p[1] + 1, &in, &out, NULL, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	FD_SET(p[1], &out);
	pselect(p[1] + 1, NULL, &out, NULL, NULL, &set);
	epoll_ctl(q, EPOLL_CTL_ADD, p[0], &e);
	epoll_ctl(q, EPOLL_CTL_DEL, p[1], NULL);
	epoll_pwait(q, &e, 1, 0, NULL);
	if (write(p[1], "x", 1) == 1)
		epoll_pwait(q, &e, 1, 1000, &set);
	close(q);
	close(p[0]);
	close(p[1]);
	v = eventfd(3, EFD_NONBLOCK);
	if (read(v, &n, sizeof(n)) == sizeof(n))
		close(v);
	t = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	timerfd_settime(t, 0, &it, NULL);
	close(t);
}

static void on_usr(int sig)
{
	(void)sig;
}

static void signals(void)
{
	sigset_t set, old;
	struct sigaction act = {.sa_handler = on_usr, .sa_flags = SA_RESTART};
	struct timespec ts = {0, 0};
	siginfo_t si;
	stack_t st = {.ss_flags = SS_DISABLE};
	int status;
	pid_t pid;

	sigfillset(&set);
	sigaddset(&act.sa_mask, SIGTERM);
	sigaction(SIGUSR1, &act, NULL);
	sigaction(SIGUSR1, NULL, &act);
	sigprocmask(SIG_BLOCK, &set, &old);
	raise(SIGUSR1);
	sigpending(&set);
	sigtimedwait(&set, &si, &ts);
	sigtimedwait(&set, NULL, &ts);
	sigprocmask(SIG_SETMASK, &old, NULL);
	sigaltstack(&st, NULL);
	alarm(0);
	pid = fork();
	if (pid == 0)
		_exit(3);
	waitid(P_ALL, 0, &si, WEXITED | WNOWAIT);
	waitpid(pid, &status, 0);
}

static void terminals(void)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY), n, unlock = 0;
	struct termios tio;
	struct winsize ws = {.ws_row = 24, .ws_col = 80};

	ioctl(0, TCGETS, &tio);
	ioctl(fd, TCGETS, &tio);
	tio.c_lflag &= ~(tcflag_t)ECHO;
	ioctl(fd, TCSETSW, &tio);
	ioctl(fd, TIOCSWINSZ, &ws);
	ioctl(fd, TIOCGWINSZ, &ws);
	ioctl(fd, TIOCSPTLCK, &unlock);
	ioctl(fd, FIONREAD, &n);
	ioctl(fd, FIONBIO, &n);
	ioctl(fd, FIOCLEX);
	ioctl(fd, TCFLSH, TCIOFLUSH);
	close(fd);
}

static void locks(void)
{
	static uint32_t word = 1;
	struct timespec ts = {0, 1000};

	syscall(SYS_futex, &word, FUTEX_WAIT, 2, NULL);
	syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 1, &ts);
	syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1);
	syscall(SYS_futex, &word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME, 2,
		NULL, NULL, FUTEX_BITSET_MATCH_ANY);
	clock_nanosleep(CLOCK_MONOTONIC, 0, &ts, NULL);
	nanosleep(&ts, NULL);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*run)(void);
	} parts[] = {{"files", files},	 {"systems", systems}, {"sockets", sockets},
		     {"events", events}, {"signals", signals}, {"terminals", terminals},
		     {"locks", locks}};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (argc == 2 && strcmp(argv[1], parts[i].name) == 0)
			parts[i].run();
	return 0;
}
