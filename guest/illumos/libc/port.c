/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/port.c: event ports. Facts: port_create(3C) and its like; the subcodes of
 * portfs and that it is told the kind of answer wanted: usr/src/lib/libc/port/sys/event_port.c,
 * usr/src/uts/common/sys/port_impl.h.
 */
#include <port.h>

#include "guest/illumos/libc/libc.h"

/* Subcodes, and that no port comes first. */
enum {
	PORT_CREATE,
	PORT_ASSOCIATE,
	PORT_DISSOCIATE,
	PORT_SEND,
	PORT_SENDN,
	PORT_GET,
	PORT_GETN,
	PORT_ALERT,
	PORT_SYS_NOPORT = 0x100,
};
#define PORT_MAX_LIST 8192

EXPORT int port_create(void)
{
	return (int)result(SYSCALL(SYS_portfs, PORT_CREATE | PORT_SYS_NOPORT, 0, 0, 0, 0, 0));
}

EXPORT int port_associate(int port, int source, uintptr_t object, int events, void *user)
{
	return (int)result(SYSCALL(SYS_portfs, PORT_ASSOCIATE, port, source, object, events, user));
}

EXPORT int port_dissociate(int port, int source, uintptr_t object)
{
	return (int)result(SYSCALL(SYS_portfs, PORT_DISSOCIATE, port, source, object));
}

EXPORT int port_send(int port, int events, void *user)
{
	return (int)result(SYSCALL(SYS_portfs, PORT_SEND, port, events, user));
}

EXPORT int port_alert(int port, int flags, int events, void *user)
{
	return (int)result(SYSCALL(SYS_portfs, PORT_ALERT, port, flags, events, user));
}

EXPORT int port_get(int port, port_event_t *event, struct timespec *timeout)
{
	return (int)result(SYSCALL(SYS_portfs, PORT_GET, port, event, timeout ? timeout->tv_sec : 0,
				   timeout ? timeout->tv_nsec : 0, timeout));
}

EXPORT int port_getn(int port, port_event_t *list, uint_t max, uint_t *n, struct timespec *timeout)
{
	struct syscall_answer r;

	r = SYSCALL(SYS_portfs, PORT_GETN, port, list, max, *n, timeout);
	if (r.error) {
		*n = 0;
		return (int)fail_with(r.error);
	}
	*n = (uint_t)r.value;
	/* Some may have come before the time was up. */
	return r.second ? (int)fail_with((int)r.second) : 0;
}

/* How many it was sent to; the kernel takes a list in pieces. */
EXPORT int port_sendn(int *ports, int *errors, uint_t count, int events, void *user)
{
	int sent = 0;

	for (uint_t at = 0; at < count;) {
		uint_t n = count - at > PORT_MAX_LIST ? PORT_MAX_LIST : count - at;
		struct syscall_answer r = SYSCALL(SYS_portfs, PORT_SENDN | PORT_SYS_NOPORT,
						  &ports[at], &errors[at], n, events, user);

		if (r.error)
			return sent ? sent : (int)fail_with(r.error);
		sent += (int)r.value;
		at += n;
	}
	return sent;
}
