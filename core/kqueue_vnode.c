/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/kqueue_vnode.c: EVFILT_VNODE, and EVFILT_READ of files, through inotify.
 *
 * A file is watched by the descriptor's own entry in /proc, so that its name does not
 * matter. The host says that a file's attributes changed when a link to it came or went;
 * which of the three it was is told from the number of links, as a write that extends is
 * told from the size. Watching a directory also reports what is done to the files in it:
 * of those only what changes the directory counts.
 *
 * Facts: filt_vfsvnode and the vop_*_post functions of sys/kern/vfs_subr.c, inotify(7).
 */
#include "core/kqueue_impl.h"
#include "lib/mem.h"

#define ENTRIES (CORE_IN_CREATE | CORE_IN_DELETE | CORE_IN_MOVED_FROM | CORE_IN_MOVED_TO)

static u32 mask_for(const struct kq_note *kn)
{
	u32 want = kn->sfflags, mask = CORE_IN_DELETE_SELF;

	if (kn->ev.filter == CORE_EVFILT_READ)
		return CORE_IN_MODIFY;
	if (want & (CORE_NOTE_DELETE | CORE_NOTE_LINK | CORE_NOTE_ATTRIB))
		mask |= CORE_IN_ATTRIB;
	if (want & (CORE_NOTE_WRITE | CORE_NOTE_EXTEND | CORE_NOTE_ATTRIB))
		mask |= CORE_IN_MODIFY;
	if (want & (CORE_NOTE_WRITE | CORE_NOTE_LINK | CORE_NOTE_EXTEND))
		mask |= ENTRIES;
	if (want & CORE_NOTE_RENAME)
		mask |= CORE_IN_MOVE_SELF;
	if (want & CORE_NOTE_OPEN)
		mask |= CORE_IN_OPEN;
	if (want & CORE_NOTE_CLOSE)
		mask |= CORE_IN_CLOSE_NOWRITE;
	if (want & CORE_NOTE_CLOSE_WRITE)
		mask |= CORE_IN_CLOSE_WRITE;
	if (want & CORE_NOTE_READ)
		mask |= CORE_IN_ACCESS;
	return mask;
}

static long start(struct kq *kq)
{
	if (kq->inotify >= 0)
		return 0;
	return kq_hidden(kq, &kq->inotify,
			 EXO_NOW(inotify_init1, CORE_IN_NONBLOCK | CORE_IN_CLOEXEC),
			 KQ_WATCH_INOTIFY);
}

long kq_inode_attach(struct kq *kq, struct kq_note *kn)
{
	struct core_stat st;
	struct kq_watch *w;
	char path[40];
	long r = start(kq);

	if (r < 0)
		return r;
	fb_format(path, sizeof(path), "/proc/self/fd/%d", (int)kn->ev.ident);
	r = EXO_NOW(inotify_add_watch, kq->inotify, path, mask_for(kn) | CORE_IN_MASK_ADD);
	if (r < 0)
		return r == -CORE_ENOSPC ? -CORE_ENOMEM : r;
	if (EXO_NOW(fstat, (int)kn->ev.ident, &st) == 0) {
		kn->size = st.st_size;
		kn->nlink = (u32)st.st_nlink;
	}
	if (kn->inode) /* asked for more of it */
		return 0;
	w = kq_watch_find(kq, KQ_KEY_INODE | (u64)r);
	if (!w)
		w = kq_watch_new(kq, KQ_KEY_INODE | (u64)r, KQ_WATCH_INODE);
	if (!w)
		return -CORE_ENOMEM;
	kn->inode = w;
	kn->inode_next = w->notes;
	w->notes = kn;
	return 0;
}

void kq_inode_detach(struct kq *kq, struct kq_note *kn)
{
	struct kq_watch *w = kn->inode;
	struct kq_note **at = &w->notes;

	while (*at != kn)
		at = &(*at)->inode_next;
	*at = kn->inode_next;
	kn->inode = NULL;
	if (w->notes)
		return;
	EXO_NOW(inotify_rm_watch, kq->inotify, (int)(w->link.key & ~KQ_KEY_INODE));
	kq_watch_free(kq, w);
}

bool kq_unnamed_pipe(int fd)
{
	struct core_statfs fs;

	return EXO_NOW(fstatfs, fd, &fs) == 0 && fs.f_type == CORE_PIPEFS_MAGIC;
}

/* What can be watched so: what has a vnode there. */
long kq_vnode_check(int fd)
{
	struct core_stat st;
	long r = EXO_NOW(fstat, fd, &st);

	if (r < 0)
		return r;
	switch (st.st_mode & CORE_S_IFMT) {
	case CORE_S_IFSOCK:
		return -CORE_EINVAL;
	case CORE_S_IFIFO:
		return kq_unnamed_pipe(fd) ? -CORE_EINVAL : 0;
	case 0: /* what only Linux has */
		return -CORE_EINVAL;
	default:
		return 0;
	}
}

static void happened(struct kq *kq, struct kq_note *kn, const struct core_inotify_event *e,
		     enum kq_about about)
{
	struct core_stat st = {0};
	u32 notes;

	if (kn->ev.filter == CORE_EVFILT_READ) {
		kq_activate(kq, kn);
		return;
	}
	if (EXO_NOW(fstat, (int)kn->ev.ident, &st) < 0)
		return;
	notes = kq_vnode_notes(e->mask, about, (int)((i64)st.st_nlink - kn->nlink),
			       st.st_size - kn->size);
	if (e->mask & CORE_IN_ATTRIB)
		kn->nlink = (u32)st.st_nlink;
	if (e->mask & CORE_IN_MODIFY)
		kn->size = st.st_size;
	if (notes & CORE_NOTE_REVOKE)
		kn->ev.flags |= CORE_EV_EOF;
	if (notes & kn->sfflags) /* all that came of it, asked for or not */
		kn->ev.fflags |= notes;
	if (kn->ev.fflags || (notes & CORE_NOTE_REVOKE))
		kq_activate(kq, kn);
}

/* A rename is told twice, with one cookie: of the directory it left and of the one it came to,
 * one after the other unless others are busy there too. */
struct rename {
	u32 cookie;
	int wd;
};

static const struct core_inotify_event *other_half(const char *at, const char *end,
						   const struct core_inotify_event *of)
{
	while (at < end) {
		const struct core_inotify_event *e = (const void *)at;

		if (e->cookie == of->cookie && e->wd == of->wd)
			return e;
		at += sizeof(*e) + e->len;
	}
	return NULL;
}

static enum kq_about about(const struct core_inotify_event *e, const char *end,
			   struct rename *begun)
{
	if (!e->len)
		return KQ_ITSELF;
	if (e->mask & CORE_IN_MOVED_FROM) {
		*begun = (struct rename){e->cookie, e->wd};
		return other_half((const char *)e + sizeof(*e) + e->len, end, e) ? KQ_ENTRY_RENAMED
										 : KQ_ENTRY;
	}
	if ((e->mask & CORE_IN_MOVED_TO) && e->cookie == begun->cookie && e->wd == begun->wd)
		return KQ_ENTRY_RENAMED;
	return KQ_ENTRY;
}

static void one_event(struct kq *kq, const struct core_inotify_event *e, enum kq_about what)
{
	struct kq_watch *w = kq_watch_find(kq, KQ_KEY_INODE | (u32)e->wd);

	for (struct kq_note *kn = w ? w->notes : NULL; kn; kn = kn->inode_next)
		happened(kq, kn, e, what);
}

/* The first half of a rename at the end of what was read waits for the rest. */
void kq_inodes_run(struct kq *kq)
{
	char buf[1024] __attribute__((aligned(8)));
	struct rename begun = {0};
	long n, at, kept = 0;

	for (;;) {
		n = EXO_NOW(read, kq->inotify, buf + kept, sizeof(buf) - (u64)kept);
		if (n <= 0 && !kept)
			return;
		n = MAX(n, 0L) + kept;
		for (at = 0; at < n;) {
			const struct core_inotify_event *e = (void *)(buf + at);
			long size = (long)sizeof(*e) + e->len;

			if (at + size == n && (e->mask & CORE_IN_MOVED_FROM) && n != kept)
				break;
			one_event(kq, e, about(e, buf + n, &begun));
			at += size;
		}
		kept = n - at;
		memmove(buf, buf + at, (u64)kept);
	}
}
