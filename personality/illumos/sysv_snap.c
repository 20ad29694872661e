/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/sysv_snap.c: msgsnap, the messages of a queue without taking them.
 *
 * The host gives a copy of the nth message, where it was built to (MSG_COPY of msgrcv(2)); so the
 * messages are those of a queue that others may change meanwhile. Facts: msgsnap(2), msgsnap() of
 * usr/src/uts/common/os/msg.c, sys/msg.h.
 */
#include "core/abi_memory.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/sysv.h"

struct snap_head {
	u64 size, messages;
};
struct snap_message {
	u64 length;
	i64 type;
};

/* What msgrcv gives. */
struct copy {
	i64 type;
	u8 data[];
};

struct snapshot {
	int id;
	i64 type; /* 0: every; n: that; -n: those up to n */
	struct copy *copy;
	u64 room;
};

static bool wanted(const struct snapshot *s, i64 type)
{
	return s->type == 0 || (s->type > 0 ? type == s->type : type <= -s->type);
}

/* The nth message's length, or -CORE_ENOMSG behind the last. */
static long nth(const struct snapshot *s, u64 n)
{
	return EXO_NOW(msgrcv, s->id, s->copy, s->room, n,
		       CORE_MSG_COPY | CORE_IPC_NOWAIT | CORE_MSG_NOERROR);
}

static u64 place_size(long length)
{
	return sizeof(struct snap_message) + (((u64)length + 7) & ~7UL);
}

static long measure(const struct snapshot *s, struct snap_head *h)
{
	long r;

	*h = (struct snap_head){sizeof(*h), 0};
	for (u64 n = 0; (r = nth(s, n)) >= 0; n++) {
		if (!wanted(s, s->copy->type))
			continue;
		h->size += place_size(r);
		h->messages++;
	}
	return r == -CORE_ENOMSG ? 0 : r;
}

/* As many as there were, if they are still there. */
static long give(const struct snapshot *s, guest_ptr buf, struct snap_head *h)
{
	u64 at = sizeof(*h), given = 0;
	long length;

	for (u64 n = 0; given < h->messages && (length = nth(s, n)) >= 0; n++) {
		struct snap_message m = {(u64)length, s->copy->type};

		if (!wanted(s, m.type))
			continue;
		if (place_size(length) > h->size - at)
			break;
		if (copy_to_guest(gp(buf.addr + at), &m, sizeof(m)) < 0 ||
		    copy_to_guest(gp(buf.addr + at + sizeof(m)), s->copy->data, m.length) < 0)
			return -CORE_EFAULT;
		at += place_size(length);
		given++;
	}
	*h = (struct snap_head){at, given};
	return 0;
}

long illumos_msgsnap(int id, guest_ptr buf, u64 size, i64 type)
{
	struct snapshot s = {.id = id, .type = type};
	struct core_msqid_ds ds;
	struct snap_head h;
	long r;

	if (size < sizeof(h))
		return -CORE_EINVAL;
	r = EXO_NOW(msgctl, id, CORE_IPC_STAT, &ds);
	if (r < 0)
		return r;
	s.room = ds.msg_qbytes;
	s.copy = exo_pages_alloc(sizeof(*s.copy) + s.room);
	if (!s.copy)
		return -CORE_ENOMEM;
	r = measure(&s, &h);
	if (r == 0 && h.size > size)
		h.messages = 0;
	else if (r == 0)
		r = give(&s, buf, &h);
	exo_pages_free(s.copy, sizeof(*s.copy) + s.room);
	if (r < 0)
		return r == -CORE_ENOSYS ? -CORE_EINVAL : r;
	return copy_to_guest(buf, &h, sizeof(h)) < 0 ? -CORE_EFAULT : 0;
}
