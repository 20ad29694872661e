/* SPDX-License-Identifier: BSD-2-Clause */
/* core/control.c: the neutral control messages of sendmsg(2) and recvmsg(2). */
#include "core/control.h"
#include "lib/mem.h"

u8 *core_control_add(struct core_control *o, i32 level, i32 type, u64 n)
{
	struct core_cmsghdr h = {CORE_CMSG_LEN(n), level, type};
	u64 space = CORE_CMSG_SPACE(n);
	u8 *at = o->at + o->len;

	if (space > o->room - o->len)
		return NULL;
	memset(at, 0, space);
	memcpy(at, &h, sizeof(h));
	o->len += space;
	return at + sizeof(h);
}

bool core_control_next(const u8 *in, u64 len, struct core_cmsghdr *h)
{
	if (len < sizeof(*h))
		return false;
	memcpy(h, in, sizeof(*h));
	return h->cmsg_len >= sizeof(*h) && h->cmsg_len <= len;
}

void core_control_creds_last(u8 *in, u64 len)
{
	u8 creds[CORE_CMSG_SPACE(sizeof(struct core_ucred))];
	struct core_cmsghdr h;

	if (len <= sizeof(creds) || !core_control_next(in, len, &h) ||
	    h.cmsg_level != CORE_SOL_SOCKET || h.cmsg_type != CORE_SCM_CREDENTIALS ||
	    CORE_CMSG_ALIGN(h.cmsg_len) != sizeof(creds) || len % 8)
		return;
	memcpy(creds, in, sizeof(creds));
	memmove(in, in + sizeof(creds), len - sizeof(creds));
	memcpy(in + len - sizeof(creds), creds, sizeof(creds));
}

bool core_rights_next(struct core_rights *r, int *fd)
{
	struct core_cmsghdr h;

	while (r->fds < sizeof(*fd)) {
		r->at += r->next;
		r->left -= r->next;
		r->next = 0;
		if (!core_control_next(r->at, r->left, &h))
			return false;
		r->next = MIN(CORE_CMSG_ALIGN(h.cmsg_len), r->left);
		if (h.cmsg_level != CORE_SOL_SOCKET || h.cmsg_type != CORE_SCM_RIGHTS)
			continue;
		r->at += sizeof(h);
		r->left -= sizeof(h);
		r->next -= sizeof(h);
		r->fds = h.cmsg_len - sizeof(h);
	}
	memcpy(fd, r->at, sizeof(*fd));
	r->at += sizeof(*fd);
	r->left -= sizeof(*fd);
	r->next -= sizeof(*fd);
	r->fds -= sizeof(*fd);
	return true;
}

bool core_unix_made_up(const char *path, size_t len)
{
	if (len != 6 || path[0])
		return false;
	for (size_t i = 1; i < len; i++)
		if (!(path[i] >= '0' && path[i] <= '9') && !(path[i] >= 'a' && path[i] <= 'f'))
			return false;
	return true;
}
