/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/freebsd/exec_note.c: files opened for execution alone; exec_note.h. */
#include "personality/freebsd/exec_note.h"
#include "core/fd.h"
#include "personality/freebsd/abi_file.h"

/* A page each, as for sockets: they are few. */
struct exec_note {
	struct core_fd_note note;
	int flags;
};

static void release(struct core_fd_note *note)
{
	exo_pages_free(note, sizeof(struct exec_note));
}

static const struct core_fd_ops ops = {CORE_FD_EXEC, release, false};

long freebsd_exec_opened(long fd, int flags)
{
	long r = EXO_NOW(faccessat2, fd, (u64) "", CORE_X_OK, CORE_AT_EMPTY_PATH | CORE_AT_EACCESS);
	struct exec_note *n = NULL;

	if (r == 0) {
		n = exo_pages_alloc(sizeof(*n));
		r = -CORE_ENOMEM;
	}
	if (n) {
		n->flags = FREEBSD_O_EXEC | (flags & (FREEBSD_O_NONBLOCK | FREEBSD_O_PATH));
		r = core_fd_attach((int)fd, &ops, &n->note);
		if (r < 0)
			release(&n->note);
	}
	if (r < 0)
		EXO_NOW(close, fd);
	return r < 0 ? r : fd;
}

int freebsd_exec_flags(int fd)
{
	struct exec_note *n = (struct exec_note *)core_fd_get(fd, CORE_FD_EXEC);
	int flags;

	if (!n)
		return -1;
	flags = __atomic_load_n(&n->flags, __ATOMIC_RELAXED);
	core_fd_put(&n->note);
	return flags;
}

bool freebsd_exec_set_flags(int fd, int flags)
{
	struct exec_note *n = (struct exec_note *)core_fd_get(fd, CORE_FD_EXEC);

	bool place;

	if (!n)
		return false;
	place = __atomic_load_n(&n->flags, __ATOMIC_RELAXED) & FREEBSD_O_PATH;
	if (!place)
		__atomic_store_n(&n->flags, FREEBSD_O_EXEC | flags, __ATOMIC_RELAXED);
	core_fd_put(&n->note);
	return !place;
}
