/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/kqueue_fd.c: EVFILT_READ and EVFILT_WRITE, and when they hold.
 *
 * Two things the host cannot tell without changing them are inferred. The error of a
 * socket that hung up would be cleared by asking for it, and the program's own question
 * would find none: it is told from the connection's history. A socket that was never
 * connected hangs up in the host's eyes, and is not ready in FreeBSD's: it is watched for
 * edges until something becomes of it.
 *
 * Facts: filt_soread and filt_sowrite (sys/kern/uipc_socket.c), filt_piperead,
 * filt_pipewrite and pipe_kqfilter (sys_pipe.c), filt_vfsread and filt_vfswrite (vfs_subr.c).
 */
#include "core/kqueue_impl.h"

#define READABLE (CORE_EPOLLIN | CORE_EPOLLRDHUP | CORE_EPOLLHUP | CORE_EPOLLERR)
#define WRITABLE (CORE_EPOLLOUT | CORE_EPOLLHUP | CORE_EPOLLERR)

#define EMPTY_AGAIN 5000000 /* nanoseconds */

_Static_assert(CORE_SIOCOUTQ == CORE_TIOCOUTQ, "one question");

/* struct tcp_info of linux/tcp.h, the part that is read. */
#define TCP_INFO_WORDS	 18
#define TCP_INFO_UNACKED 6  /* of a listening socket: connections that wait */
#define TCP_INFO_RTT	 17 /* 0 until the other side has answered */

bool kq_is_fd_filter(int filter)
{
	return filter == CORE_EVFILT_READ || filter == CORE_EVFILT_WRITE ||
	       filter == CORE_EVFILT_VNODE || filter == CORE_EVFILT_PROCDESC ||
	       filter == CORE_EVFILT_EMPTY;
}

u32 kq_fd_mask(const struct kq_note *kn)
{
	switch (kn->ev.filter) {
	case CORE_EVFILT_READ:
		return READABLE;
	case CORE_EVFILT_PROCDESC:
		return CORE_EPOLLIN | CORE_EPOLLHUP;
	case CORE_EVFILT_WRITE:
	case CORE_EVFILT_EMPTY:
		return WRITABLE;
	default:
		return 0;
	}
}

bool kq_fd_soft(const struct kq_note *kn)
{
	const struct kq_watch *w = kn->watch;

	return w->plain || kq_fd_choosy(kn) || kn->ev.filter == CORE_EVFILT_EMPTY ||
	       ((w->mask & CORE_EPOLLET) && !(kn->ev.flags & CORE_EV_CLEAR));
}

static int fd_of(const struct kq_note *kn)
{
	return (int)kn->ev.ident;
}

/* The host's figure is twice what a program asked for: its own records are in it, and in
 * what it says is used of it, but for TCP. */
static void find_capacity(struct kq_watch *w, int fd)
{
	u32 size = 0, protocol = 0, len = sizeof(size);
	long r = EXO_NOW(getsockopt, fd, CORE_SOL_SOCKET, CORE_SO_SNDBUF, &size, &len);

	w->room = r == 0 ? KQ_ROOM_SOCKET : KQ_ROOM_OTHER;
	w->capacity = r == 0 ? size / 2 : CORE_PATH_MAX;
	if (r < 0)
		return;
	EXO_NOW(getsockopt, fd, CORE_SOL_SOCKET, CORE_SO_PROTOCOL, &protocol, &len);
	if (protocol == CORE_IPPROTO_TCP)
		w->room = KQ_ROOM_BYTES;
}

static bool is_socket(struct kq_watch *w, int fd)
{
	if (w->room == KQ_ROOM_UNKNOWN)
		find_capacity(w, fd);
	return w->room == KQ_ROOM_SOCKET || w->room == KQ_ROOM_BYTES;
}

/* Only sockets know a low-water mark. */
bool kq_fd_choosy(const struct kq_note *kn)
{
	return (kn->sfflags & CORE_NOTE_LOWAT) &&
	       (kn->ev.filter == CORE_EVFILT_READ || kn->ev.filter == CORE_EVFILT_WRITE) &&
	       is_socket(kn->watch, fd_of(kn));
}

static bool tcp_info(int fd, u32 info[TCP_INFO_WORDS])
{
	u32 len = TCP_INFO_WORDS * 4;

	return EXO_NOW(getsockopt, fd, CORE_IPPROTO_TCP, CORE_TCP_INFO, info, &len) == 0 &&
	       len == TCP_INFO_WORDS * 4;
}

/* What is readable of a descriptor that does not count bytes. */
static i64 readable_things(int fd)
{
	u32 info[TCP_INFO_WORDS];

	return tcp_info(fd, info) && info[TCP_INFO_UNACKED] ? info[TCP_INFO_UNACKED] : 1;
}

static bool is_pipe(const struct kq_watch *w)
{
	return w->room == KQ_ROOM_PIPE || w->room == KQ_ROOM_FIFO;
}

/* One host call, once it is known what it is. */
static i64 room_to_write(struct kq_watch *w, int fd)
{
	int used = 0;

	if (!is_pipe(w))
		EXO_NOW(ioctl, fd, CORE_SIOCOUTQ, &used); /* of a terminal: TIOCOUTQ */
	if (w->room == KQ_ROOM_UNKNOWN)
		find_capacity(w, fd);
	if (is_pipe(w))
		EXO_NOW(ioctl, fd, CORE_FIONREAD, &used);
	else if (w->room == KQ_ROOM_SOCKET)
		used /= 2;
	if ((u32)used > w->capacity)
		find_capacity(w, fd); /* the host lets it grow */
	return MAX((i64)w->capacity - used, 1);
}

static u32 ask(int fd, u32 what)
{
	struct core_pollfd p = {fd, (i16)what, 0};

	return EXO_NOW(poll, &p, 1, 0) > 0 ? (u16)p.revents : 0;
}

/* A hang-up that is none, because the socket was never anything else. */
static bool unconnected(struct kq *kq, struct kq_note *kn, u32 events)
{
	struct kq_watch *w = kn->watch;
	int fd = fd_of(kn);

	if (!(events & CORE_EPOLLHUP) || (events & (CORE_EPOLLRDHUP | CORE_EPOLLERR)) ||
	    !is_socket(w, fd))
		return false;
	if (kn->ev.filter != CORE_EVFILT_READ && (ask(fd, CORE_POLLRDHUP) & CORE_POLLRDHUP))
		return false;
	if (!w->parked) {
		w->parked = true;
		kq_watch_sync(kq, w, false);
	}
	return true;
}

static u32 socket_error(struct kq_watch *w, int fd, u32 events)
{
	u32 info[TCP_INFO_WORDS];

	if (!(events & CORE_EPOLLERR) || !is_socket(w, fd) || !tcp_info(fd, info))
		return 0;
	return info[TCP_INFO_RTT] ? CORE_ECONNRESET : CORE_ECONNREFUSED;
}

static bool read_event(struct kq_note *kn, u32 events)
{
	int fd = fd_of(kn), n = 0;

	if (kn->watch->room == KQ_ROOM_PIPE && (events & CORE_EPOLLERR)) {
		kn->ev.data = 0; /* the end for writing, when nobody reads */
		kn->ev.flags |= CORE_EV_EOF;
		return true;
	}
	if (EXO_NOW(ioctl, fd, CORE_FIONREAD, &n) == 0)
		kn->ev.data = n;
	else
		kn->ev.data = events & CORE_EPOLLIN ? readable_things(fd) : 0;
	if (events & (CORE_EPOLLHUP | CORE_EPOLLRDHUP)) {
		kn->ev.flags |= CORE_EV_EOF;
		kn->ev.fflags = socket_error(kn->watch, fd, events);
		return true;
	}
	if (events & CORE_EPOLLERR)
		return true;
	if (kq_fd_choosy(kn))
		return kn->ev.data >= kn->sdata;
	return (events & CORE_EPOLLIN) != 0;
}

static bool write_event(struct kq_note *kn, u32 events)
{
	struct kq_watch *w = kn->watch;
	int fd = fd_of(kn);

	if (events & (CORE_EPOLLHUP | CORE_EPOLLERR)) {
		bool socket = is_socket(w, fd);

		kn->ev.data = socket || is_pipe(w) ? room_to_write(w, fd) : 0;
		if (!socket || (events & CORE_EPOLLHUP)) {
			kn->ev.flags |= CORE_EV_EOF;
			kn->ev.fflags = socket_error(w, fd, events);
		}
		if (w->room == KQ_ROOM_PIPE) /* nobody will ever read it again */
			kn->ev.flags |= CORE_EV_ONESHOT;
		return true;
	}
	kn->ev.data = room_to_write(w, fd);
	if (kq_fd_choosy(kn))
		return kn->ev.data >= kn->sdata;
	return (events & CORE_EPOLLOUT) != 0;
}

static bool plain_holds(struct kq_note *kn)
{
	struct core_stat st;
	long at;

	if (kn->ev.filter == CORE_EVFILT_WRITE) {
		kn->ev.data = 0;
		return true;
	}
	if (EXO_NOW(fstat, fd_of(kn), &st) < 0)
		return false;
	at = EXO_NOW(lseek, fd_of(kn), 0, CORE_SEEK_CUR);
	kn->ev.data = st.st_size - MAX(at, 0);
	return kn->ev.data != 0 || (kn->sfflags & CORE_NOTE_FILE_POLL);
}

bool kq_fd_event(struct kq *kq, struct kq_note *kn, u32 events)
{
	struct kq_watch *w = kn->watch;

	kn->ev.flags &= (u16)~CORE_EV_EOF;
	kn->ev.fflags = 0;
	if (w->plain)
		return plain_holds(kn);
	events &= kq_fd_mask(kn);
	if (!events || unconnected(kq, kn, events))
		return false;
	if (w->parked) {
		w->parked = false;
		kq_watch_sync(kq, w, false);
	}
	return kn->ev.filter == CORE_EVFILT_READ ? read_event(kn, events) : write_event(kn, events);
}

/* The host tells of room to write, not when everything is sent: looked at now and then. */
static bool empty_holds(struct kq *kq, struct kq_note *kn)
{
	int used = 0;

	if (EXO_NOW(ioctl, fd_of(kn), CORE_SIOCOUTQ, &used) == 0 && used > 0)
		kn->nlink = 1;
	if (used == 0 && kn->nlink) {
		kn->nlink = !(kn->ev.flags & CORE_EV_CLEAR);
		return true;
	}
	kq_timer_later(kq, kn, EMPTY_AGAIN);
	return false;
}

bool kq_fd_holds(struct kq *kq, struct kq_note *kn)
{
	u32 events = 0;

	if (kn->status & KQ_NEVER)
		return false;
	if (kn->ev.filter == CORE_EVFILT_EMPTY)
		return empty_holds(kq, kn);
	if (kn->ev.filter != CORE_EVFILT_READ && kn->ev.filter != CORE_EVFILT_WRITE)
		return kn->ev.fflags != 0;

	if (!kn->watch->plain)
		events =
		    ask(fd_of(kn), kn->ev.filter == CORE_EVFILT_READ ? CORE_POLLIN | CORE_POLLRDHUP
								     : CORE_POLLOUT);
	return kq_fd_event(kq, kn, events);
}

static long plain_again(struct kq *kq, struct kq_note *kn)
{
	kq_activate(kq, kn);
	/* Where the host cannot watch files, growth is seen when somebody asks. */
	if (kn->ev.filter == CORE_EVFILT_READ)
		kq_inode_attach(kq, kn);
	return 0;
}

/* Epoll refuses what is always ready. What FreeBSD's devices without a kqfilter answer is
 * their own (sys/conf.h: no_kqfilter). */
static long attach_plain(struct kq *kq, struct kq_note *kn)
{
	struct core_stat st;
	long r = EXO_NOW(fstat, fd_of(kn), &st);
	u32 type = st.st_mode & CORE_S_IFMT;

	if (r < 0)
		return r;
	if (core_fd_kind(fd_of(kn)) == CORE_FD_SHM)
		return -CORE_EINVAL;
	if (type != CORE_S_IFREG && type != CORE_S_IFDIR)
		return -CORE_ENODEV;
	kn->watch->plain = true;
	kn->watch->mask = 0;
	return plain_again(kq, kn);
}

/* Of what was opened as a place alone (O_PATH) epoll knows nothing; files have events there. */
static bool is_place(int fd)
{
	struct core_stat st;
	long flags = EXO_NOW(fcntl, fd, CORE_F_GETFL);
	u32 type;

	if (flags < 0 || !(flags & CORE_O_PATH) || EXO_NOW(fstat, fd, &st) < 0)
		return false;
	type = st.st_mode & CORE_S_IFMT;
	return type == CORE_S_IFREG || type == CORE_S_IFDIR;
}

/* What is neither readable nor writable to the host is looked at by us. */
static long attach_soft(struct kq *kq, struct kq_note *kn)
{
	switch (kn->ev.filter) {
	case CORE_EVFILT_VNODE:
		return kq_inode_attach(kq, kn);
	default:
		return kn->watch->plain ? plain_again(kq, kn) : 0;
	}
}

/* A named one's descriptor may be for one direction; the other never has anything to report.
 * Whoever wants to write to an unnamed one that nobody has at the other end is told at once. */
static long attach_pipe(struct kq_note *kn)
{
	bool writes = kn->ev.filter == CORE_EVFILT_WRITE;
	u32 other = writes ? CORE_O_RDONLY : CORE_O_WRONLY;
	int fd = fd_of(kn);

	if (kn->watch->room == KQ_ROOM_PIPE)
		return writes && (ask(fd, 0) & (CORE_POLLERR | CORE_POLLHUP)) ? -CORE_EPIPE : 0;
	if (((u32)EXO_NOW(fcntl, fd, CORE_F_GETFL) & CORE_O_ACCMODE) == other)
		kn->status |= KQ_NEVER;
	return 0;
}

static long look_at_pipe(struct kq_note *kn)
{
	struct kq_watch *w = kn->watch;
	long r;

	if (kn->ev.filter != CORE_EVFILT_READ && kn->ev.filter != CORE_EVFILT_WRITE)
		return 0;
	if (w->room == KQ_ROOM_UNKNOWN) {
		r = EXO_NOW(fcntl, fd_of(kn), CORE_F_GETPIPE_SZ);
		if (r < 0)
			return 0;
		w->room = kq_unnamed_pipe(fd_of(kn)) ? KQ_ROOM_PIPE : KQ_ROOM_FIFO;
		w->capacity = (u32)r;
	}
	return is_pipe(w) ? attach_pipe(kn) : 0;
}

static long check_kind(struct kq *kq, const struct kq_note *kn)
{
	enum core_fd_kind kind = core_fd_kind(fd_of(kn));
	struct core_fd_note *note;
	struct kq_watch room = {0};
	bool itself;

	switch (kn->ev.filter) {
	case CORE_EVFILT_PROCDESC:
		return kq_procdesc_check(fd_of(kn));
	case CORE_EVFILT_VNODE:
		return kq_vnode_check(fd_of(kn));
	case CORE_EVFILT_EMPTY:
		return is_socket(&room, fd_of(kn)) ? 0 : -CORE_EINVAL;
	}
	if (kind == CORE_FD_PROCDESC)
		return -CORE_EINVAL;
	if (kind != CORE_FD_KQUEUE)
		return 0;
	if (kn->ev.filter != CORE_EVFILT_READ)
		return -CORE_EINVAL;
	note = core_fd_get(fd_of(kn), CORE_FD_KQUEUE);
	itself = note == &kq->note;
	core_fd_put(note);
	return itself ? -CORE_EINVAL : 0;
}

/* Is the next change the other half of a pair on this descriptor? Then one host call does. */
static u32 pair(const struct kq_note *kn, const struct core_kevent *next)
{
	const u32 same = CORE_EV_ADD | CORE_EV_CLEAR | CORE_EV_DISABLE;

	if (!next || next->ident != kn->ev.ident || kn->ev.filter != CORE_EVFILT_READ ||
	    next->filter != CORE_EVFILT_WRITE || (kn->status & KQ_DISABLED))
		return 0;
	return (next->flags & same) == ((kn->ev.flags & CORE_EV_CLEAR) | CORE_EV_ADD)
		   ? CORE_EPOLLOUT
		   : 0;
}

static struct kq_watch *watch_of(struct kq *kq, int fd)
{
	struct kq_watch *w = kq_watch_find(kq, (u64)fd);

	if (!w) {
		w = kq_watch_new(kq, (u64)fd, KQ_WATCH_FD);
		kq_watching(fd);
	}
	return w;
}

static void leave_watch(struct kq *kq, struct kq_note *kn)
{
	struct kq_watch *w = kn->watch;
	struct kq_link **at = (struct kq_link **)&w->notes;

	while (*at != &kn->link)
		at = &(*at)->next;
	*at = kn->link.next;
	kn->watch = NULL;
	if (w->notes)
		kq_watch_sync(kq, w, false);
	else
		kq_watch_free(kq, w);
}

void kq_fd_detach(struct kq *kq, struct kq_note *kn)
{
	core_timeheap_remove(&kq->timers, &kn->due);
	if (kn->inode)
		kq_inode_detach(kq, kn);
	leave_watch(kq, kn);
}

long kq_fd_attach(struct kq *kq, struct kq_note *kn, const struct core_kevent *next)
{
	int fd = fd_of(kn);
	struct kq_watch *w;
	long r;

	if (kn->ev.ident >= CORE_KQUEUE_FDS || exo_fd_hidden(fd))
		return -CORE_EBADF;
	r = check_kind(kq, kn);
	if (r < 0)
		return EXO_NOW(fcntl, fd, CORE_F_GETFD) < 0 ? -CORE_EBADF : r;
	w = watch_of(kq, fd);
	if (!w)
		return -CORE_ENOMEM;
	kn->watch = w;
	kn->link.next = (struct kq_link *)w->notes;
	w->notes = kn;
	r = look_at_pipe(kn);
	if (r == 0) {
		w->prearmed = is_pipe(w) ? 0 : pair(kn, next);
		r = kq_watch_sync(kq, w, false);
		w->prearmed = 0;
	}
	if (r == -CORE_EPERM || (r == -CORE_EBADF && is_place(fd)))
		r = attach_plain(kq, kn);
	else if (r == 0)
		r = attach_soft(kq, kn);
	if (r < 0)
		kq_fd_detach(kq, kn);
	switch (r) {
	case -CORE_ENOSPC:
		return -CORE_ENOMEM;
	case -CORE_ELOOP:
		return -CORE_EINVAL;
	default:
		return r;
	}
}
