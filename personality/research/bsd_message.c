/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/bsd_message.c: sendmsg and recvmsg of 2.11BSD, and the descriptors that
 * travel with a message: what is called access rights there, an array of words beside the data,
 * is a control message of the host's. Who gives no room for them gets none. Facts:
 * usr/sys/sys/uipc_syscalls.c, uipc_usrreq.c, usr/sys/h/socket.h, mbuf.h.
 */
#include "lib/mem.h"
#include "personality/research/abi_bsd.h"
#include "personality/research/calls.h"

#define NAME_MAX_BYTES 128
#define RIGHTS_MAX     (BSD_MLEN / 2)

struct message {
	struct bsd_msghdr bsd;
	struct core_msghdr core;
	struct core_iovec iov[BSD_MAXIOV];
	u8 name[NAME_MAX_BYTES];
	struct {
		struct core_cmsghdr head;
		i32 fds[RIGHTS_MAX + 1];
	} control;
};

static long read_message(i32 fd, guest_ptr from, struct message *m)
{
	u32 n;
	long r = research_fd(fd);

	if (r < 0)
		return r;
	if (copy_from_guest(&m->bsd, from, sizeof(m->bsd)) < 0)
		return -CORE_EFAULT;
	n = pdp_get(m->bsd.iovlen);
	if (n >= BSD_MAXIOV)
		return -CORE_EMSGSIZE;
	memset(&m->core, 0, sizeof(m->core));
	m->core.msg_iov = (u64)m->iov;
	m->core.msg_iovlen = n;
	return research_bsd_vectors(research_at(pdp_get(m->bsd.iov)), n, m->iov);
}

/* The descriptors are ones a program can have. */
static long read_rights(struct message *m)
{
	u32 bytes = pdp_get(m->bsd.rightslen), n = bytes / 2;
	struct pdp_word fds[RIGHTS_MAX];
	long r = 0;

	if (!pdp_get(m->bsd.rights) || !n)
		return 0;
	if (bytes > BSD_MLEN)
		return -CORE_EINVAL;
	if (copy_from_guest(fds, research_at(pdp_get(m->bsd.rights)), n * sizeof(*fds)) < 0)
		return -CORE_EFAULT;
	for (u32 i = 0; i < n && r == 0; i++) {
		m->control.fds[i] = pdp_get(fds[i]);
		r = research_fd(m->control.fds[i]);
	}
	m->control.head =
	    (struct core_cmsghdr){CORE_CMSG_LEN(n * sizeof(i32)), CORE_SOL_SOCKET, CORE_SCM_RIGHTS};
	m->core.msg_control = (u64)&m->control;
	m->core.msg_controllen = CORE_CMSG_SPACE(n * sizeof(i32));
	return r;
}

/* The host's streams lose, without a word, descriptors that no byte goes with. */
static bool loses_rights(i32 fd, const struct message *m)
{
	i32 type = 0;
	u32 n = sizeof(type);
	u64 bytes = 0;

	for (u64 i = 0; i < m->core.msg_iovlen; i++)
		bytes += m->iov[i].iov_len;
	return m->core.msg_control && !bytes &&
	       EXO(getsockopt, fd, CORE_SOL_SOCKET, CORE_SO_TYPE, &type, &n) == 0 &&
	       type == CORE_SOCK_STREAM;
}

long research_bsd_sendmsg(struct core_thread *t, FD fd, IN msg, MSGFLAGS flags)
{
	struct message m;
	long r = read_message(fd, msg, &m);

	(void)t;
	if (r == 0)
		r = read_rights(&m);
	if (r < 0)
		return r;
	if (loses_rights(fd, &m))
		return -CORE_EINVAL;
	if (pdp_get(m.bsd.name)) {
		m.core.msg_name = research_at(pdp_get(m.bsd.name)).addr;
		m.core.msg_namelen = pdp_get(m.bsd.namelen);
	}
	return EXO(sendmsg, fd, &m.core, flags & BSD_MSG_FLAGS);
}

/* How many descriptors came. */
static u32 came(const struct message *m)
{
	const struct core_cmsghdr *h = &m->control.head;

	if (m->core.msg_controllen < sizeof(*h) || h->cmsg_len < sizeof(*h) ||
	    h->cmsg_level != CORE_SOL_SOCKET || h->cmsg_type != CORE_SCM_RIGHTS)
		return 0;
	return (u32)MIN((h->cmsg_len - sizeof(*h)) / sizeof(i32), (u64)RIGHTS_MAX);
}

/* All of them, or none and -CORE_EMSGSIZE when the program cannot have so many. */
static long put_rights(struct message *m, guest_ptr len)
{
	u32 n = came(m);
	struct pdp_word fds[RIGHTS_MAX], bytes = pdp_word(n * sizeof(*fds));
	long r = 0;

	for (u32 i = 0; i < n; i++) {
		fds[i] = pdp_word((u64)m->control.fds[i]);
		if (research_new_fd(m->control.fds[i]) < 0) {
			r = -CORE_EMSGSIZE;
			m->control.fds[i] = -1;
		}
	}
	for (u32 i = 0; r < 0 && i < n; i++)
		if (m->control.fds[i] >= 0)
			EXO_NOW(close, m->control.fds[i]);
	if (r < 0)
		return r;
	if (copy_to_guest(research_at(pdp_get(m->bsd.rights)), fds, n * sizeof(*fds)) < 0)
		return -CORE_EFAULT;
	return copy_to_guest(len, &bytes, sizeof(bytes));
}

long research_bsd_recvmsg(struct core_thread *t, FD fd, INOUT msg, MSGFLAGS flags)
{
	struct message m;
	u32 room;
	struct pdp_word w;
	long r = read_message(fd, msg, &m), put = 0;

	(void)t;
	if (r < 0)
		return r;
	m.core.msg_name = (u64)m.name;
	m.core.msg_namelen = sizeof(m.name);
	room = MIN(pdp_get(m.bsd.rightslen) / 2u, (u32)RIGHTS_MAX);
	m.control.head.cmsg_len = 0;
	if (pdp_get(m.bsd.rights) && room) {
		m.core.msg_control = (u64)&m.control;
		m.core.msg_controllen = CORE_CMSG_LEN(room * sizeof(i32));
	}
	r = EXO(recvmsg, fd, &m.core, flags & BSD_MSG_FLAGS);
	if (r < 0)
		return r;
	if (pdp_get(m.bsd.name)) {
		w = pdp_word(MIN(m.core.msg_namelen, (u32)pdp_get(m.bsd.namelen)));
		put = copy_to_guest(research_at(pdp_get(m.bsd.name)), m.name, pdp_get(w));
		if (put == 0)
			put = copy_to_guest(gp_add(msg, offsetof(struct bsd_msghdr, namelen)), &w,
					    sizeof(w));
	}
	if (put == 0 && pdp_get(m.bsd.rights))
		put = put_rights(&m, gp_add(msg, offsetof(struct bsd_msghdr, rightslen)));
	return put < 0 ? put : r;
}
