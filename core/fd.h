/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/fd.h: what is remembered about guest descriptors beside what the host knows.
 *
 * A note has a kind (a kqueue, a door, ...) and is counted: a dup'd descriptor shares it, a
 * call that uses one holds it while it runs. Notes die with
 * the descriptor: closing, replacing by dup2, close_range, and exec's close-on-exec all
 * pass here. Descriptors without a note cost one load to recognise.
 */
#ifndef FB_CORE_FD_H
#define FB_CORE_FD_H

#include "core/thread.h"

enum core_fd_kind {
	CORE_FD_PLAIN,
	CORE_FD_KQUEUE,
	CORE_FD_SHM,
	CORE_FD_PROCDESC,
	CORE_FD_DIR,
	CORE_FD_SOCKET,
	CORE_FD_SEM,
	CORE_FD_EXEC,
	CORE_FD_PORT,
	CORE_FD_DOOR,
	CORE_FD_DEVPOLL,
	CORE_FD_LIST,
	CORE_FD_EVENTFD,
	CORE_FD_TIMERFD
};

struct core_fd_note;

struct core_fd_ops {
	enum core_fd_kind kind;
	/* Nothing refers to the note any more: free what it lies in. */
	void (*release)(struct core_fd_note *note);
	/* fork does not inherit it: the child's table loses it and the descriptor is closed. */
	bool drop_on_fork;
};

/* Heads the owner's structure. */
struct core_fd_note {
	const struct core_fd_ops *ops;
	u32 refs;
};

/* Attaches a note to fd and takes over the caller's one reference. 0 or -CORE_ENOMEM. */
long core_fd_attach(int fd, const struct core_fd_ops *ops, struct core_fd_note *note);
/*
 * One reference more to a note that somebody else keeps track of, unless its last is gone; and fd
 * gets it, like a dup's, with that reference.
 */
bool core_fd_use(struct core_fd_note *note);
long core_fd_attach_used(int fd, struct core_fd_note *note);
/* The note of that kind behind fd, referenced; NULL when fd has no such note. */
struct core_fd_note *core_fd_get(int fd, enum core_fd_kind kind);
void core_fd_put(struct core_fd_note *note);
/* What kind of note fd has, CORE_FD_PLAIN for none. */
enum core_fd_kind core_fd_kind(int fd);

/* close, dup and friends for every personality: hidden descriptors answer -CORE_EBADF. */
long core_close(int fd);
long core_dup(int fd);
long core_dup2(int from, int to, int oflags); /* CORE_O_CLOEXEC; from == to is the caller's */
long core_dup_from(int fd, int lowest, bool cloexec);
/* close_range(2) over what is the guest's. */
long core_close_range(u32 first, u32 last, u32 flags);

/* True when fd is the runtime's own. */
static inline bool core_fd_hidden(int fd)
{
	return exo_fd_hidden(fd);
}

/*
 * Whoever keeps something else about descriptors than a note (kqueues, requests under way) says
 * so once. closing: each of [first, last] is about to be closed or replaced. knows: is there
 * something about this one? NULL: what closing does is harmless for one that stays.
 */
struct core_fd_keeper {
	bool (*knows)(int fd);
	void (*closing)(u32 first, u32 last);
};
void core_fd_keep(const struct core_fd_keeper *keeper);

/* Called around fork by core/process.c, and in the child; shared: it has the same descriptors. */
void core_fd_fork(bool before);
void core_fd_forked(bool shared);

#endif
