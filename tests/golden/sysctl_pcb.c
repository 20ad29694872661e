/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * net.inet.*.pcblist, net.local.*.pcblist and kern.file of sysctl(3): the program's own
 * sockets are in the lists, with its addresses, and the same names of kernel addresses lead
 * from a descriptor to them (netinet/in_pcb.h, tcp_var.h, sys/unpcb.h, sys/file.h).
 */
#include "guest.h"
#include "socket.h"

#define XINPGEN	      64
#define XUNPGEN	      32
#define XINPCB	      400
#define XTCPCB	      744
#define XUNPCB	      904
#define XFILE	      128
#define TCPS_LISTEN   1
#define DTYPE_SOCKET  2
#define KERN_PROC_FDS 33

static u8 buffer[16 << 20];

static u64 at64(const u8 *p, size_t at)
{
	u64 n;

	memcpy(&n, p + at, 8);
	return n;
}

static u32 at32(const u8 *p, size_t at)
{
	u32 n;

	memcpy(&n, p + at, 4);
	return n;
}

static u16 at16(const u8 *p, size_t at)
{
	u16 n;

	memcpy(&n, p + at, 2);
	return n;
}

static long get(const char *name, void *old, size_t *len)
{
	return result(sys(SYS___sysctlbyname, name, strlen(name), old, len, NULL, 0));
}

/* xf_data of kern.file for a descriptor of ours; 0: it is not there. */
static u64 file_of(int fd)
{
	size_t len = sizeof(buffer);
	u64 data = 0;

	EXPECT(get("kern.file", buffer, &len) == 0 && len % XFILE == 0);
	for (size_t at = 0; at < len; at += XFILE) {
		const u8 *x = buffer + at;

		if ((int)at32(x, 8) == getpid() && (int)at32(x, 16) == fd &&
		    at16(x, 32) == DTYPE_SOCKET && at64(x, 0) == XFILE)
			data = at64(x, 56);
	}
	return data;
}

/* kf_sock_pcb of kern.proc.filedesc. */
static u64 pcb_of(int fd)
{
	size_t len = sizeof(buffer);
	u64 pcb = 0;

	EXPECT(result(sys(SYS___sysctl, ((int[]){1, 14, KERN_PROC_FDS, getpid()}), 4, buffer, &len,
			  NULL, 0)) == 0);
	for (size_t at = 0; at < len; at += at32(buffer, at))
		if ((int)at32(buffer, at + 8) == fd)
			pcb = at64(buffer, at + 32 + 272);
	return pcb;
}

/* The entry of a list whose socket that is; the list is well formed. */
static const u8 *entry(const char *name, size_t head, size_t size, size_t so, u64 socket)
{
	size_t len = 0, at;
	const u8 *found = NULL;
	u32 count = 0;

	EXPECT(get(name, NULL, &len) == 0 && len >= 2 * head);
	len = sizeof(buffer);
	EXPECT_EQ(get(name, buffer, &len), 0);
	for (at = head; at + head < len && at64(buffer, at) == size; at += size, count++)
		if (at64(buffer, at + so) == socket)
			found = buffer + at;
	EXPECT(at + head == len && at64(buffer, at) == head && at32(buffer, 8) == count);
	return found;
}

static void stream(void)
{
	struct sockaddr_in in = {.sin_len = sizeof(in), .sin_family = AF_INET};
	int fd = (int)sys(SYS_socket, AF_INET, SOCK_STREAM, 0), len = sizeof(in);
	u64 socket, states[11], pcb = pcb_of(fd);
	size_t size = sizeof(states);
	const u8 *x;

	memcpy(&in.sin_addr, "\177\0\0\1", 4);
	EXPECT_EQ(sys(SYS_bind, fd, &in, sizeof(in)), 0);
	EXPECT_EQ(sys(SYS_listen, fd, 7), 0);
	EXPECT_EQ(sys(SYS_getsockname, fd, &in, &len), 0);
	socket = file_of(fd);
	EXPECT(socket != 0 && pcb != 0);
	x = entry("net.inet.tcp.pcblist", XINPGEN, XTCPCB, 24, socket);
	EXPECT(x != NULL);
	if (!x)
		return;
	EXPECT_EQ(at64(x, 8), XINPCB);
	EXPECT_EQ(at64(x, 32), pcb);
	EXPECT(at16(x, 8 + 248 + 6) == in.sin_port && at16(x, 8 + 248 + 4) == 0);
	EXPECT(memcmp(x + 8 + 248 + 24 + 12, "\177\0\0\1", 4) == 0);
	EXPECT_EQ(x[8 + 392], 1);
	EXPECT_EQ(at32(x, 568), TCPS_LISTEN);
	EXPECT_EQ(at32(x, 16 + 112), 7);
	EXPECT_EQ(get("net.inet.tcp.states", states, &size), 0);
	EXPECT(size == sizeof(states) && states[TCPS_LISTEN] >= 1);
	close(fd);
	x = entry("net.inet.tcp.pcblist", XINPGEN, XTCPCB, 24, socket);
	EXPECT(x == NULL);
}

static void datagram(void)
{
	struct sockaddr_in6 in6 = {.sin6_len = sizeof(in6), .sin6_family = AF_INET6};
	int fd = (int)sys(SYS_socket, AF_INET6, SOCK_DGRAM, 0), len = sizeof(in6);
	const u8 *x;
	u64 socket;

	EXPECT_EQ(sys(SYS_bind, fd, &in6, sizeof(in6)), 0);
	EXPECT_EQ(sys(SYS_getsockname, fd, &in6, &len), 0);
	socket = file_of(fd);
	x = entry("net.inet.udp.pcblist", XINPGEN, XINPCB, 16, socket);
	EXPECT(x != NULL);
	if (x)
		EXPECT(at16(x, 248 + 6) == in6.sin6_port && x[392] == 2);
	close(fd);
}

static void local(void)
{
	int pair[2];
	const u8 *x;
	u64 one, other, pcb, peer;

	EXPECT_EQ(sys(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair), 0);
	one = file_of(pair[0]);
	other = file_of(pair[1]);
	EXPECT(one && other && one != other);
	x = entry("net.local.stream.pcblist", XUNPGEN, XUNPCB, 664 + 8, one);
	EXPECT(x != NULL);
	pcb = x ? at64(x, 8) : 0;
	peer = x ? at64(x, 24) : 0;
	x = entry("net.local.stream.pcblist", XUNPGEN, XUNPCB, 664 + 8, other);
	EXPECT(x && at64(x, 8) == peer && at64(x, 24) == pcb);
	EXPECT_EQ(pcb, pcb_of(pair[0]));
	entry("net.local.dgram.pcblist", XUNPGEN, XUNPCB, 664 + 8, 0);
	entry("net.local.seqpacket.pcblist", XUNPGEN, XUNPCB, 664 + 8, 0);
}

static void pipes(void)
{
	size_t len = sizeof(buffer), ends = 0;
	u64 addr[2] = {0, 0}, peer[2] = {0, 0};
	int fds[2];

	EXPECT_EQ(pipe2(fds, 0), 0);
	EXPECT(result(sys(SYS___sysctl, ((int[]){1, 14, KERN_PROC_FDS, getpid()}), 4, buffer, &len,
			  NULL, 0)) == 0);
	for (size_t at = 0; at < len; at += at32(buffer, at))
		for (int i = 0; i < 2; i++)
			if ((int)at32(buffer, at + 8) == fds[i]) {
				addr[i] = at64(buffer, at + 32 + 272);
				peer[i] = at64(buffer, at + 32 + 280);
				ends++;
			}
	EXPECT_EQ(ends, 2);
	EXPECT(addr[0] && addr[0] == peer[1] && addr[1] == peer[0]);
}

int main(void)
{
	stream();
	datagram();
	local();
	pipes();
	return 0;
}
