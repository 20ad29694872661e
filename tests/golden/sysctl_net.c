/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * net.routetable of sysctl(3): routing messages of every list are well formed, and the
 * loopback interface is among them with its address (net/if.h, net/route.h).
 */
#include "guest.h"

#define CTL_NET	     4
#define PF_ROUTE     17
#define AF_INET	     2
#define AF_LINK	     18
#define RT_DUMP	     1
#define RT_IFLIST    3
#define RT_IFMALIST  4
#define RT_IFLISTL   5
#define RTM_NEWADDR  0xc
#define RTM_IFINFO   0xe
#define RTA_IFA	     0x20
#define IFF_LOOPBACK 8

static u8 buffer[256 * 1024];

static long query(int family, int what, int arg, void *old, size_t *len)
{
	return result(sys(SYS___sysctl, ((int[]){CTL_NET, PF_ROUTE, 0, family, what, arg}), 6, old,
			  len, NULL, 0));
}

/* Bytes of the addresses behind a header, by their lengths, for each bit that is set. */
static size_t addresses(const u8 *p, u32 bits, const u8 **ifa)
{
	size_t len = 0;

	for (u32 bit = 1; bit <= 0x80; bit <<= 1) {
		if (!(bits & bit))
			continue;
		if (bit == RTA_IFA)
			*ifa = p + len;
		len += p[len] ? (p[len] + 7u) & ~7u : 8;
	}
	return len;
}

static void list(int what, size_t if_header, size_t ifa_header)
{
	size_t len = 0, want, at, bad = 0, loopback = 0, found = 0;

	EXPECT_EQ(query(0, what, 0, NULL, &len), 0);
	want = len;
	len = sizeof(buffer);
	EXPECT_EQ(query(0, what, 0, buffer, &len), 0);
	EXPECT(len == want && len > 0);
	for (at = 0; at < len; at += *(u16 *)(buffer + at)) {
		const u8 *m = buffer + at, *ifa = NULL;
		size_t header = m[3] == RTM_IFINFO ? if_header : ifa_header;
		size_t size = header + addresses(m + header, *(u32 *)(m + 4), &ifa);

		bad += m[2] != 5 || size != *(u16 *)m;
		if (m[3] == RTM_IFINFO && *(u32 *)(m + 8) & IFF_LOOPBACK) {
			loopback = *(u16 *)(m + 12);
			bad += m[header] != 54 || m[header + 1] != AF_LINK;
		}
		if (m[3] == RTM_NEWADDR && *(u16 *)(m + 12) == loopback)
			found += ifa[0] == 16 && ifa[1] == AF_INET &&
				 memcmp(ifa + 4, "\177\0\0\1", 4) == 0;
		if (size == 0)
			break;
	}
	EXPECT_EQ(bad, 0);
	EXPECT(at == len);
	EXPECT(loopback != 0 && found == 1);
	len = 10;
	EXPECT_ERROR(query(0, what, 0, buffer, &len), ENOMEM);
	len = sizeof(buffer);
	EXPECT_EQ(query(0, what, (int)loopback, buffer, &len), 0);
	EXPECT(len < want || want == len);
	len = sizeof(buffer);
	EXPECT_EQ(query(0, what, 0x7fff, buffer, &len), 0);
	EXPECT_EQ(len, 0);
}

int main(void)
{
	size_t len = sizeof(buffer);

	list(RT_IFLIST, 168, 20);
	list(RT_IFLISTL, 176, 176);
	EXPECT_EQ(query(0, RT_IFMALIST, 0, buffer, &len), 0);
	len = sizeof(buffer);
	EXPECT_EQ(query(AF_INET, RT_DUMP, 0, buffer, &len), 0);
	EXPECT_ERROR(query(0, 77, 0, buffer, &len), EINVAL);
	EXPECT_ERROR(query(99, RT_IFLIST, 0, buffer, &len), EINVAL);
	return 0;
}
