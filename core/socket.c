/* SPDX-License-Identifier: BSD-2-Clause */
/* core/socket.c: questions about sockets that personalities share. */
#include "core/socket.h"
#include "core/control.h"

long core_socket_option(int fd, int name)
{
	i32 value = 0;
	u32 len = sizeof(value);
	long r = EXO_NOW(getsockopt, fd, CORE_SOL_SOCKET, name, &value, &len);

	return r < 0 ? r : value;
}

bool core_socket_connected(int fd)
{
	struct core_sockaddr_storage peer;
	u32 len = sizeof(peer);

	return EXO_NOW(getpeername, fd, &peer, &len) >= 0;
}

bool core_socket_never_connected(int fd)
{
	struct core_sockaddr_storage name = {0};
	struct core_sockaddr_in *in = (struct core_sockaddr_in *)&name;
	u32 len = sizeof(name);

	if (EXO_NOW(getsockname, fd, &name, &len) < 0)
		return false;
	return (name.ss_family == CORE_AF_INET || name.ss_family == CORE_AF_INET6) &&
	       in->sin_port == 0;
}

bool core_socket_only_closed(int fd)
{
	return core_socket_is(fd, CORE_SO_DOMAIN, CORE_AF_UNIX) &&
	       !core_socket_is(fd, CORE_SO_TYPE, CORE_SOCK_DGRAM);
}

void core_socket_raise_sigpipe(struct core_thread *t)
{
	EXO_NOW(tgkill, t->pid, t->exo.tid, CORE_SIGPIPE);
}

void core_socket_close_rights(const u8 *control, u64 len)
{
	struct core_rights rights = {control, len, 0, 0};
	int fd;

	while (core_rights_next(&rights, &fd))
		EXO_NOW(close, fd);
}
