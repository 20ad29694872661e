/* SPDX-License-Identifier: BSD-2-Clause */
/* Sockets, terminals and limits of FreeBSD. */
#include <string.h>

#include "personality/freebsd/convert_limits.h"
#include "personality/freebsd/convert_socket.h"
#include "personality/freebsd/convert_tty.h"
#include "tests/unit/tap.h"

static void addresses(void)
{
	struct freebsd_sockaddr_in6 in6 = {28, FREEBSD_AF_INET6, 0x5000, 1, {[15] = 1}, 2};
	struct freebsd_sockaddr_un un = {0, FREEBSD_AF_UNIX, "/tmp/s"};
	struct freebsd_sockaddr_storage back;
	struct core_sockaddr_storage to;
	long len = freebsd_to_core_sockaddr(&in6, sizeof(in6), &to);

	ok(len == 28 && to.ss_family == CORE_AF_INET6, "an IPv6 address");
	ok(core_to_freebsd_sockaddr(&to, (u32)len, &back) == 28 && !memcmp(&in6, &back, 28),
	   "and back, length byte and all");
	is_number(freebsd_to_core_sockaddr(&in6, 27, &to), -CORE_EINVAL, "one byte short");
	is_number(freebsd_to_core_sockaddr(&in6, 256, &to), -CORE_ENAMETOOLONG, "too long to read");
	is_number(freebsd_to_core_sockaddr(&in6, 1, &to), -CORE_EINVAL, "not even a family");
	len = freebsd_to_core_sockaddr(&un, sizeof(un), &to);
	ok(len == 9 && !strcmp(((struct core_sockaddr_un *)&to)->sun_path, "/tmp/s"), "a path");
	ok(core_to_freebsd_sockaddr(&to, (u32)len, &back) == 9 && back.ss_len == 9 &&
	       !memcmp((u8 *)&back + 2, "/tmp/s", 7),
	   "and back");
	memset(un.sun_path, 'x', sizeof(un.sun_path));
	is_number(freebsd_to_core_sockaddr(&un, sizeof(un), &to), 2 + 104 + 1,
		  "104 bytes without a NUL");
	un.sun_path[0] = '\0';
	is_number(freebsd_to_core_sockaddr(&un, sizeof(un), &to), -CORE_ENOENT,
		  "no abstract names");
	is_number(freebsd_to_core_sockaddr(&un, 2, &to), -CORE_EINVAL, "no name at all");
	to = (struct core_sockaddr_storage){.ss_family = CORE_AF_UNIX};
	ok(core_to_freebsd_sockaddr(&to, 2, &back) == 16 && back.ss_len == 16, "unnamed");
	to.data[1] = 'a';
	ok(core_to_freebsd_sockaddr(&to, 4, &back) == 4 && !memcmp((u8 *)&back + 2, "@a", 2),
	   "a name of the abstract space shows");
	un.sun_family = 77;
	is_number(freebsd_to_core_sockaddr(&un, 16, &to), -CORE_EAFNOSUPPORT, "an unknown family");
}

static void options(void)
{
	struct freebsd_sockopt opt;
	int core, back;

	ok(freebsd_to_core_sockopt(FREEBSD_SOL_SOCKET, FREEBSD_SO_REUSEADDR, &opt) &&
	       opt.level == CORE_SOL_SOCKET && opt.name == CORE_SO_REUSEADDR &&
	       opt.kind == FREEBSD_SOCKOPT_FLAG,
	   "SO_REUSEADDR");
	ok(freebsd_to_core_sockopt(FREEBSD_IPPROTO_TCP, FREEBSD_TCP_KEEPIDLE, &opt) &&
	       opt.name == CORE_TCP_KEEPIDLE,
	   "TCP_KEEPIDLE");
	ok(!freebsd_to_core_sockopt(CORE_SOL_SOCKET, CORE_SO_ERROR, &opt), "not the hub's own");
	ok(freebsd_to_core_socktype(FREEBSD_SOCK_STREAM | FREEBSD_SOCK_CLOEXEC, &core) &&
	       core == (CORE_SOCK_STREAM | CORE_SOCK_CLOEXEC),
	   "SOCK_CLOEXEC");
	ok(!freebsd_to_core_socktype(0x40000001, &core), "an unknown type flag");
	for (int bit = 0; bit < 31; bit++) {
		if (freebsd_to_core_msgflags(1 << bit, &core) && 1 << bit != FREEBSD_MSG_NBIO)
			ok(core_to_freebsd_msgflags(core, &back) && back == 1 << bit,
			   "message flag %#x there and back", 1 << bit);
	}
	ok(!freebsd_to_core_msgflags(FREEBSD_MSG_EOF, &core), "MSG_EOF is the call's own");
	ok(!core_to_freebsd_msgflags(CORE_MSG_ERRQUEUE, &back), "MSG_ERRQUEUE is reported");
}

static void terminals(void)
{
	struct freebsd_termios raw = {0}, back;
	struct core_termios2 to;

	raw.c_iflag = FREEBSD_ICRNL | FREEBSD_IXON | FREEBSD_IMAXBEL | FREEBSD_IUTF8;
	raw.c_oflag = FREEBSD_OPOST | FREEBSD_ONLCR;
	raw.c_cflag = FREEBSD_CS8 | FREEBSD_CREAD | FREEBSD_CRTSCTS;
	raw.c_lflag = FREEBSD_ECHO | FREEBSD_ICANON | FREEBSD_ISIG | FREEBSD_NOFLSH;
	memset(raw.c_cc, FREEBSD_POSIX_VDISABLE, sizeof(raw.c_cc));
	raw.c_cc[FREEBSD_VINTR] = 3;
	raw.c_cc[FREEBSD_VMIN] = 1;
	raw.c_cc[FREEBSD_VTIME] = 0;
	raw.c_ispeed = raw.c_ospeed = 38400;
	ok(freebsd_to_core_termios(&raw, &to) && to.c_cc[CORE_VINTR] == 3 &&
	       to.c_cc[CORE_VQUIT] == CORE_VDISABLE && to.c_cc[CORE_VMIN] == 1,
	   "control characters");
	is_number(to.c_cflag & CORE_CBAUD, CORE_B38400, "a usual speed has its code");
	ok(core_to_freebsd_termios(&to, &back) && !memcmp(&raw, &back, sizeof(raw)), "and back");
	raw.c_ispeed = raw.c_ospeed = 31250;
	freebsd_to_core_termios(&raw, &to);
	ok((to.c_cflag & CORE_CBAUD) == CORE_BOTHER && to.c_ospeed == 31250, "an unusual one");
	raw.c_lflag |= FREEBSD_ALTWERASE;
	ok(!freebsd_to_core_termios(&raw, &to), "ALTWERASE is reported");
	raw.c_lflag = FREEBSD_NOKERNINFO;
	ok(freebsd_to_core_termios(&raw, &to) && to.c_lflag == 0, "NOKERNINFO is granted");
	to.c_oflag = CORE_OLCUC;
	ok(!core_to_freebsd_termios(&to, &back), "OLCUC is reported");
}

static void limits(void)
{
	int core;

	ok(freebsd_to_core_rlimit(FREEBSD_RLIMIT_NOFILE, &core) && core == CORE_RLIMIT_NOFILE,
	   "RLIMIT_NOFILE");
	ok(!freebsd_to_core_rlimit(FREEBSD_RLIMIT_SBSIZE, &core), "RLIMIT_SBSIZE is FreeBSD's");
	is_number(core_to_freebsd_rlim(CORE_RLIM_INFINITY), FREEBSD_RLIM_INFINITY, "no limit");
	ok(freebsd_to_core_rlim(FREEBSD_RLIM_INFINITY) == CORE_RLIM_INFINITY, "and back");
	for (int p = 0; p <= 31; p++) {
		int there = freebsd_to_core_sched_priority(FREEBSD_SCHED_FIFO, p);

		if (there < 1 || there > 99 ||
		    core_to_freebsd_sched_priority(CORE_SCHED_FIFO, there) != p)
			ok(false, "priority %d there and back", p);
	}
}

int main(void)
{
	addresses();
	options();
	terminals();
	limits();
	return tap_end();
}
