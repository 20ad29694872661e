/* SPDX-License-Identifier: BSD-2-Clause */
/* core/socket_note.c: notes at sockets; core/socket_note.h has the contract. */
#include "core/socket_note.h"
#include "core/fd.h"

/* A page each: such sockets are few, and no lock has to be held across a fork. */
struct socket_note {
	struct core_fd_note note;
	u32 flags;
};

u32 core_socket_noted;

static void release(struct core_fd_note *note)
{
	exo_pages_free(note, sizeof(struct socket_note));
	__atomic_sub_fetch(&core_socket_noted, 1, __ATOMIC_RELAXED);
}

static const struct core_fd_ops ops = {CORE_FD_SOCKET, release, false};

u32 core_socket_note_flags(int s)
{
	struct socket_note *n = (struct socket_note *)core_fd_get(s, CORE_FD_SOCKET);
	u32 flags;

	if (!n)
		return 0;
	flags = __atomic_load_n(&n->flags, __ATOMIC_RELAXED);
	core_fd_put(&n->note);
	return flags;
}

long core_socket_note(int s, u32 set, u32 clear)
{
	struct socket_note *n = (struct socket_note *)core_fd_get(s, CORE_FD_SOCKET);
	long r;

	if (n) {
		__atomic_and_fetch(&n->flags, ~clear, __ATOMIC_RELAXED);
		__atomic_or_fetch(&n->flags, set, __ATOMIC_RELAXED);
		core_fd_put(&n->note);
		return 0;
	}
	if (!set)
		return 0;
	n = exo_pages_alloc(sizeof(*n));
	if (!n)
		return -CORE_ENOMEM;
	__atomic_add_fetch(&core_socket_noted, 1, __ATOMIC_RELAXED);
	n->flags = set;
	r = core_fd_attach(s, &ops, &n->note);
	if (r < 0)
		release(&n->note);
	return r;
}
