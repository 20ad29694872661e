/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Requests that nobody has heard of: an ioctl and a socket option. Each has the error of its call
 * (ioctl(2), setsockopt(3SOCKET)); FBIRD_LOG tells of them (tests/tap/log.t).
 */
#include "guest.h"
#include "socket.h"

int main(void)
{
	int value = 0, s = (int)sys(SYS_so_socket, AF_INET, SOCK_DGRAM, 0, NULL, 1);

	EXPECT_EQ(sys(SYS_ioctl, s, 0x5a7a, &value), -ENOTTY);
	EXPECT_EQ(sys(SYS_setsockopt, s, IPPROTO_UDP, 0x5a7b, &value, sizeof(value), 0),
		  -ENOPROTOOPT);
	return 0;
}
