/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/fd.c: the table of notes, two levels deep and filled on demand, and the calls that
 * end or copy descriptors.
 *
 * A note is dropped before its descriptor is closed: once the host has closed it, another
 * thread may be given the same number.
 */
#include "core/fd.h"

#define LEAF_SIZE	    512
#define ROOT_SIZE	    2048 /* 2^20 descriptors, Linux's default ceiling (fs.nr_open) */
#define CLOSE_RANGE_CLOEXEC 4	 /* close_range(2) */
#define KEEPERS		    4

struct leaf {
	struct core_fd_note *note[LEAF_SIZE];
};

static FB_LARGE struct leaf *root[ROOT_SIZE];
static int ceiling; /* no note at or above it */
static FB_HOT struct exo_lock lock;
static const struct core_fd_keeper *keepers[KEEPERS];
static u32 keeper_count;

static struct core_fd_note **slot(int fd, bool make)
{
	struct leaf *l;

	if (fd < 0 || fd >= LEAF_SIZE * ROOT_SIZE)
		return NULL;
	l = __atomic_load_n(&root[fd / LEAF_SIZE], __ATOMIC_ACQUIRE);
	if (!l && make) {
		l = exo_pages_alloc(sizeof(*l));
		if (!l)
			return NULL;
		__atomic_store_n(&root[fd / LEAF_SIZE], l, __ATOMIC_RELEASE);
	}
	return l ? &l->note[fd % LEAF_SIZE] : NULL;
}

void core_fd_put(struct core_fd_note *note)
{
	if (note && __atomic_sub_fetch(&note->refs, 1, __ATOMIC_ACQ_REL) == 0)
		note->ops->release(note);
}

static void forget(int fd)
{
	struct core_fd_note **s, *gone;

	if (LIKELY(fd >= __atomic_load_n(&ceiling, __ATOMIC_RELAXED)))
		return;
	s = slot(fd, false);
	if (!s || !__atomic_load_n(s, __ATOMIC_RELAXED))
		return;
	exo_lock(&lock);
	gone = *s;
	*s = NULL;
	exo_unlock(&lock);
	core_fd_put(gone);
}

/* Who borrows memory closes and copies descriptors of its own; the notes are the lender's. */
static bool notes_are_anothers(void)
{
	return UNLIKELY(core_self()->proc->own_fds);
}

/* Has fd a note, perhaps, or something else? */
static bool is_known(int fd)
{
	if (fd < __atomic_load_n(&ceiling, __ATOMIC_RELAXED))
		return true;
	for (u32 i = 0; i < __atomic_load_n(&keeper_count, __ATOMIC_ACQUIRE); i++)
		if (keepers[i]->knows && keepers[i]->knows(fd))
			return true;
	return false;
}

void core_fd_keep(const struct core_fd_keeper *keeper)
{
	bool there = false;

	exo_lock(&lock);
	for (u32 i = 0; i < keeper_count; i++)
		there = there || keepers[i] == keeper;
	if (!there && keeper_count == KEEPERS)
		exo_fatal("more than %d keepers of descriptors", KEEPERS);
	if (!there) {
		keepers[keeper_count] = keeper;
		__atomic_store_n(&keeper_count, keeper_count + 1, __ATOMIC_RELEASE);
	}
	exo_unlock(&lock);
}

static void tell_keepers(u32 first, u32 last)
{
	for (u32 i = 0; i < __atomic_load_n(&keeper_count, __ATOMIC_ACQUIRE); i++)
		keepers[i]->closing(first, last);
}

/* fd is about to be closed or to become something else. */
static void leave(int fd)
{
	if (notes_are_anothers())
		return;
	tell_keepers((u32)fd, (u32)fd);
	forget(fd);
}

static void share(int from, int to)
{
	struct core_fd_note *note;

	if (notes_are_anothers())
		return;
	if (LIKELY(from >= __atomic_load_n(&ceiling, __ATOMIC_RELAXED)))
		return;
	exo_lock(&lock);
	note = slot(from, false) ? *slot(from, false) : NULL;
	if (note && slot(to, true)) {
		note->refs++;
		*slot(to, true) = note;
		ceiling = MAX(ceiling, to + 1);
	}
	exo_unlock(&lock);
}

static long attach(int fd, const struct core_fd_ops *ops, struct core_fd_note *note)
{
	struct core_fd_note **s;

	if (notes_are_anothers())
		return -CORE_ENOMEM;
	forget(fd);
	exo_lock(&lock);
	s = slot(fd, true);
	if (s) {
		if (ops) {
			note->ops = ops;
			note->refs = 1;
		}
		*s = note;
		ceiling = MAX(ceiling, fd + 1);
	}
	exo_unlock(&lock);
	return s ? 0 : -CORE_ENOMEM;
}

long core_fd_attach(int fd, const struct core_fd_ops *ops, struct core_fd_note *note)
{
	return attach(fd, ops, note);
}

bool core_fd_use(struct core_fd_note *note)
{
	u32 refs = __atomic_load_n(&note->refs, __ATOMIC_RELAXED);

	while (refs && !__atomic_compare_exchange_n(&note->refs, &refs, refs + 1, true,
						    __ATOMIC_RELAXED, __ATOMIC_RELAXED))
		;
	return refs != 0;
}

long core_fd_attach_used(int fd, struct core_fd_note *note)
{
	long r = attach(fd, NULL, note);

	if (r < 0)
		core_fd_put(note);
	return r;
}

struct core_fd_note *core_fd_get(int fd, enum core_fd_kind kind)
{
	struct core_fd_note **s, *note = NULL;

	if (fd >= __atomic_load_n(&ceiling, __ATOMIC_RELAXED))
		return NULL;
	exo_lock(&lock);
	s = slot(fd, false);
	if (s && *s && (*s)->ops->kind == kind) {
		note = *s;
		__atomic_add_fetch(&note->refs, 1, __ATOMIC_RELAXED);
	}
	exo_unlock(&lock);
	return note;
}

enum core_fd_kind core_fd_kind(int fd)
{
	enum core_fd_kind kind = CORE_FD_PLAIN;
	struct core_fd_note **s;

	if (LIKELY(fd >= __atomic_load_n(&ceiling, __ATOMIC_RELAXED)))
		return kind;
	exo_lock(&lock);
	s = slot(fd, false);
	if (s && *s)
		kind = (*s)->ops->kind;
	exo_unlock(&lock);
	return kind;
}

long core_close(int fd)
{
	if (exo_fd_hidden(fd))
		return -CORE_EBADF;
	leave(fd);
	return EXO(close, fd);
}

long core_dup(int fd)
{
	return core_dup_from(fd, 0, false);
}

long core_dup_from(int fd, int lowest, bool cloexec)
{
	long r;

	if (exo_fd_hidden(fd))
		return -CORE_EBADF;
	r = EXO(fcntl, fd, cloexec ? CORE_F_DUPFD_CLOEXEC : CORE_F_DUPFD, lowest);
	if (r >= 0)
		share(fd, (int)r);
	return r;
}

long core_dup2(int from, int to, int oflags)
{
	long r;

	if (exo_fd_hidden(from) || exo_fd_hidden(to))
		return -CORE_EBADF;
	/* What is known of `to` must not go when nothing takes its place. */
	if (is_known(to)) {
		r = EXO(fcntl, from, CORE_F_GETFD);
		if (r < 0)
			return r;
		leave(to);
	}
	r = EXO(dup3, from, to, oflags);
	if (r >= 0)
		share(from, (int)r);
	return r;
}

/* The range without the runtime's descriptors: pieces between them. */
long core_close_range(u32 first, u32 last, u32 flags)
{
	u32 low = (u32)exo_fd_hidden_low(), at = first;
	long r = 0;

	if (first > last)
		return -CORE_EINVAL;
	if (!(flags & CLOSE_RANGE_CLOEXEC) && !notes_are_anothers()) {
		tell_keepers(first, last);
		for (int fd = (int)MIN(first, (u32)INT32_MAX); fd < ceiling && (u32)fd <= last;
		     fd++)
			if (!exo_fd_hidden(fd))
				forget(fd);
	}
	if (last < low)
		return EXO(close_range, first, last, flags);
	if (first < low)
		r = EXO(close_range, first, low - 1, flags);
	for (at = MAX(first, low); r == 0 && at <= last && at < low + 4096; at++)
		if (!exo_fd_hidden((int)at) && EXO_NOW(fcntl, at, CORE_F_GETFD) >= 0)
			r = EXO_NOW(close_range, at, at, flags);
	if (r == 0 && at <= last)
		r = EXO(close_range, at, last, flags);
	return r;
}

/*
 * The child loses what fork does not inherit, descriptor included. Calls of threads that
 * are not in the child may have held notes: only the descriptors' references count. Where
 * the descriptors are the parent's as well they stay open, and are nothing special here.
 */
void core_fd_forked(bool shared)
{
	for (int pass = 0; pass < 3; pass++)
		for (int fd = 0; fd < ceiling; fd++) {
			struct core_fd_note **s = slot(fd, false), *note = s ? *s : NULL;

			if (!note || !note->ops->drop_on_fork)
				continue;
			if (shared) {
				*s = NULL;
			} else if (pass == 0) {
				note->refs = 0;
			} else if (pass == 1) {
				note->refs++;
			} else {
				*s = NULL;
				EXO_NOW(close, fd);
				if (--note->refs == 0)
					note->ops->release(note);
			}
		}
}

void core_fd_fork(bool before)
{
	if (before)
		exo_lock(&lock);
	else
		exo_unlock(&lock);
}
