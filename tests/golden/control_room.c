/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A control message whose padding has no room: since FreeBSD 12 messages are received whole or
 * not; before it came without its end, and with MSG_CTRUNC either way (uipc_syscalls.c,
 * kern_recvit). control_room10.c is the same program with the note of FreeBSD 10.
 */
#include "socket.h"

static char byte;

static struct msghdr message(struct iovec *io, char *control, u32 room)
{
	*io = (struct iovec){&byte, 1};
	return (struct msghdr){
	    .msg_iov = io, .msg_iovlen = 1, .msg_control = control, .msg_controllen = room};
}

/* What comes of one descriptor with that much room: the number, or 0. */
static int received(int from, u32 room, u32 *len, bool *cut)
{
	char control[64] = {0};
	struct cmsghdr *c = (struct cmsghdr *)control;
	struct iovec io;
	struct msghdr m = message(&io, control, room);
	int fd = 0;

	if (sys(SYS_recvmsg, from, &m, 0) != 1)
		return -1;
	*len = m.msg_controllen;
	*cut = m.msg_flags & MSG_CTRUNC;
	if (m.msg_controllen >= CMSG_LEN(4) && c->cmsg_type == SCM_RIGHTS &&
	    c->cmsg_len == CMSG_LEN(4))
		memcpy(&fd, CMSG_DATA(c), 4);
	return fd;
}

int main(void)
{
	int pair[2], fd, before;

	sys(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair);
	before = dup(0);
	close(before);
	for (u32 room = 24; room >= 8; room -= 4) {
		char control[64] = {0};
		struct cmsghdr *c = (struct cmsghdr *)control;
		struct iovec io;
		struct msghdr m = message(&io, control, CMSG_LEN(4));
		u32 len;
		bool cut;

		c->cmsg_len = CMSG_LEN(4);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		memcpy(CMSG_DATA(c), &pair[0], 4);
		EXPECT_EQ(sys(SYS_sendmsg, pair[0], &m, 0), 1);
		fd = received(pair[1], room, &len, &cut);
		print("room %u: %s, length %u%s\n", room, fd > 0 ? "a descriptor" : "none", len,
		      cut ? ", cut" : "");
		if (fd > 0)
			close(fd);
	}
	/* Nothing that was not received stays open. */
	fd = dup(0);
	EXPECT_EQ(fd, before);
	return 0;
}
