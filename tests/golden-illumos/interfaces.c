/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests for the network's interfaces, of which each machine has the loopback. */
#include "socket.h"

#define REQUEST(n)   (0xc0786900u | (n)) /* _IOWR('i', n, struct lifreq) */
#define SIOCGLIFNUM  0xc00c6982u
#define SIOCGLIFCONF 0xc01069a5u
#define IFF_UP	     1
#define IFF_LOOPBACK 8
#define IFF_IPV4     0x01000000

struct lifreq {
	char name[32];
	u32 prefix, type;
	union {
		struct sockaddr_in in;
		u64 flags;
		u32 number;
		u8 room[336];
	};
};
_Static_assert(sizeof(struct lifreq) == 376, "struct lifreq");

struct lifnum {
	u16 family;
	i32 flags, count;
};

struct lifconf {
	u16 family;
	i32 flags, len;
	void *buf;
};

static struct lifreq list[512];

int main(void)
{
	int fd = (int)sys(SYS_socket, AF_INET, SOCK_DGRAM, 0, 0, 1), fds[2];
	struct lifnum n = {.family = AF_INET}, odd = {.family = 99};
	struct lifconf c = {.family = AF_INET, .len = sizeof(list), .buf = list};
	struct lifconf small = {.family = AF_INET, .len = 100, .buf = list};
	struct lifreq none = {.name = "nowhere0"}, *lo = NULL, r;

	EXPECT_EQ(sys(SYS_ioctl, fd, SIOCGLIFNUM, &n), 0);
	EXPECT(n.count >= 1);
	EXPECT_EQ(sys(SYS_ioctl, fd, SIOCGLIFNUM, &odd), -EAFNOSUPPORT);
	EXPECT_EQ(sys(SYS_ioctl, fd, SIOCGLIFNUM, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_ioctl, fd, SIOCGLIFCONF, &c), 0);
	EXPECT(c.len == n.count * (i32)sizeof(struct lifreq));
	EXPECT_EQ(sys(SYS_ioctl, fd, SIOCGLIFCONF, &small), -EINVAL);
	for (int i = 0; i < n.count; i++)
		if (list[i].in.sin_addr == 0x0100007f)
			lo = &list[i];
	EXPECT(lo && lo->in.sin_family == AF_INET && lo->prefix == 8);
	r = *lo;
	EXPECT_EQ(sys(SYS_ioctl, fd, REQUEST(117), &r), 0); /* flags */
	EXPECT((r.flags & (IFF_UP | IFF_LOOPBACK | IFF_IPV4)) ==
	       (IFF_UP | IFF_LOOPBACK | IFF_IPV4));
	r = *lo;
	r.in.sin_addr = 0;
	EXPECT_EQ(sys(SYS_ioctl, fd, REQUEST(113), &r), 0); /* its address */
	EXPECT(r.in.sin_addr == 0x0100007f && r.prefix == 8);
	EXPECT_EQ(sys(SYS_ioctl, fd, REQUEST(125), &r), 0); /* the mask */
	EXPECT_EQ(r.in.sin_addr, 0xff);
	EXPECT_EQ(sys(SYS_ioctl, fd, REQUEST(138), &r), 0); /* the network */
	EXPECT_EQ(r.in.sin_addr, 0x7f);
	EXPECT_EQ(sys(SYS_ioctl, fd, REQUEST(122), &r), 0); /* MTU */
	EXPECT(r.number >= 1500);
	EXPECT_EQ(sys(SYS_ioctl, fd, REQUEST(133), &r), 0); /* its number */
	EXPECT(r.number >= 1);
	EXPECT_EQ(sys(SYS_ioctl, fd, REQUEST(123), &r), -EADDRNOTAVAIL); /* no broadcast */
	EXPECT_EQ(sys(SYS_ioctl, fd, REQUEST(113), &none), -ENXIO);
	EXPECT_EQ(sys(SYS_ioctl, fd, REQUEST(113), 8), -EFAULT);
	pipe2(fds, 0);
	EXPECT_EQ(sys(SYS_ioctl, fds[0], SIOCGLIFNUM, &n), -ENOTTY);
	return 0;
}
