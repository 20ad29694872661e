/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/freebsd/socket_note.c: what FreeBSD keeps in a socket and the hub does not. */
#include "personality/freebsd/socket_note.h"
#include "core/fd.h"

/* A page each: such sockets are few, and no lock has to be held across a fork. */
struct socket_note {
	struct core_fd_note note;
	u32 flags;
};

u32 freebsd_socket_notes;

static void release(struct core_fd_note *note)
{
	exo_pages_free(note, sizeof(struct socket_note));
	__atomic_sub_fetch(&freebsd_socket_notes, 1, __ATOMIC_RELAXED);
}

static const struct core_fd_ops ops = {CORE_FD_SOCKET, release, false};

u32 freebsd_socket_note_flags(int fd)
{
	struct socket_note *n = (struct socket_note *)core_fd_get(fd, CORE_FD_SOCKET);
	u32 flags;

	if (!n)
		return 0;
	flags = __atomic_load_n(&n->flags, __ATOMIC_RELAXED);
	core_fd_put(&n->note);
	return flags;
}

long freebsd_socket_note(int fd, u32 set, u32 clear)
{
	struct socket_note *n = (struct socket_note *)core_fd_get(fd, CORE_FD_SOCKET);
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
	__atomic_add_fetch(&freebsd_socket_notes, 1, __ATOMIC_RELAXED);
	n->flags = set;
	r = core_fd_attach(fd, &ops, &n->note);
	if (r < 0)
		release(&n->note);
	return r;
}
