/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Requests that nobody has heard of: an ioctl, a socket option, sysctl by number and by name. Each
 * has the error of its call (sys_generic.c, uipc_socket.c, kern_sysctl.c); FBIRD_LOG tells of them
 * (tests/tap/log.t).
 */
#include "guest.h"

#define AF_INET	    2
#define SOCK_DGRAM  2
#define IPPROTO_UDP 17

int main(void)
{
	static const char name[] = "no.such.name";
	int value = 0, s = (int)sys(SYS_socket, AF_INET, SOCK_DGRAM, 0);
	size_t size = sizeof(value);

	EXPECT_ERROR(result(sys(SYS_ioctl, s, 0x20005a7a, &value)), ENOTTY);
	EXPECT_ERROR(result(sys(SYS_setsockopt, s, IPPROTO_UDP, 0x5a7b, &value, sizeof(value))),
		     ENOPROTOOPT);
	EXPECT_ERROR(result(sys(SYS___sysctl, ((int[]){0x5a7c, 0x5a7d}), 2, &value, &size, 0, 0)),
		     ENOENT);
	EXPECT_ERROR(
	    result(sys(SYS___sysctlbyname, name, sizeof(name) - 1, &value, &size, NULL, 0)),
	    ENOENT);
	return 0;
}
