/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/news.c: forks and executions, told among guests.
 *
 * The host tells its superuser alone what other processes do. Guests of the same runtime
 * can tell each other, and it must cost nothing where nobody listens. So whoever wants the
 * news of process P takes a shared lock on a byte of the runtime's own image file whose
 * offset names P and the listener; P looks for locks in its range before it forks and when
 * it executes: one host call. Locks need no place in the file system, no memory in common
 * and no clearing up: they go with their holder. They are held by open files of their own,
 * since locks of one open file do not see each other, and the image's is inherited.
 *
 * A piece of news is a connection to the listener's socket with one message in it: made
 * and left, whether the listener looks or not, so that nobody waits for anybody. The host
 * says who connected, and nobody can speak for another.
 *
 * Children whose births are to be told (track) know their listeners from their parent, and
 * the programs they execute from an option, so that nothing they do is missed while the
 * listener has not heard of them yet.
 */
#include "core/news.h"
#include "core/abi.h"
#include "lib/mem.h"

#define READER_BITS 32 /* 10 of a serial number, 22 of a process id */
#define PID_BITS    22
#define SERIALS	    (1u << (READER_BITS - PID_BITS))
#define TRACK	    (1UL << READER_BITS)
#define SPAN	    (2 * TRACK) /* bytes of the file that are about one process */
#define BACKLOG	    4096
#define PATIENCE_MS 1000

struct message {
	u32 kind;
	i32 pid;
	i32 other;
};

static u32 serial;

static void address(struct core_sockaddr_un *a, u32 reader, u64 *len)
{
	memset(a, 0, sizeof(*a));
	a->sun_family = CORE_AF_UNIX;
	fb_format(a->sun_path + 1, sizeof(a->sun_path) - 1, "feuerbird-news-%x", reader);
	*len = offsetof(struct core_sockaddr_un, sun_path) + 1 + strlen(a->sun_path + 1);
}

/* ---- readers ---------------------------------------------------------------------------- */

long core_news_listen(u32 *reader)
{
	struct core_sockaddr_un a;
	long fd = EXO_NOW(socket, CORE_AF_UNIX,
			  CORE_SOCK_SEQPACKET | CORE_SOCK_CLOEXEC | CORE_SOCK_NONBLOCK, 0),
	     r = -CORE_EADDRINUSE;
	u32 pid = (u32)core_self()->pid;
	u64 len;

	if (fd < 0)
		return fd;
	for (u32 tries = 0; r == -CORE_EADDRINUSE && tries < SERIALS; tries++) {
		u32 n = __atomic_fetch_add(&serial, 1, __ATOMIC_RELAXED) % SERIALS;

		*reader = n << PID_BITS | pid;
		address(&a, *reader, &len);
		r = EXO_NOW(bind, fd, &a, len);
	}
	if (r == 0)
		r = EXO_NOW(listen, fd, BACKLOG);
	if (r < 0) {
		EXO_NOW(close, fd);
		return r;
	}
	return fd;
}

long core_news_holder(void)
{
	char path[32];

	fb_format(path, sizeof(path), "/proc/self/fd/%d", exo_image_fd());
	return EXO_NOW(open, path, CORE_O_RDONLY | CORE_O_CLOEXEC);
}

static bool is_guest(i32 pid)
{
	struct core_stat image, there;
	char path[32];

	fb_format(path, sizeof(path), "/proc/%d/exe", pid);
	return EXO_NOW(stat, path, &there) == 0 && EXO_NOW(fstat, exo_image_fd(), &image) == 0 &&
	       there.st_dev == image.st_dev && there.st_ino == image.st_ino;
}

static long lock(int holder, int type, i32 pid, u32 reader, bool track)
{
	struct core_flock l = {.l_type = (i16)type,
			       .l_whence = CORE_SEEK_SET,
			       .l_start = (i64)((u64)pid * SPAN + (track ? TRACK : 0) + reader),
			       .l_len = 1};

	return EXO_NOW(fcntl, holder, CORE_F_OFD_SETLK, &l);
}

long core_news_subscribe(int holder, i32 pid, u32 reader, bool track)
{
	return is_guest(pid) ? lock(holder, CORE_F_RDLCK, pid, reader, track) : -CORE_EACCES;
}

void core_news_unsubscribe(int holder, i32 pid, u32 reader, bool track)
{
	lock(holder, CORE_F_UNLCK, pid, reader, track);
}

union control {
	u8 room[CORE_CMSG_SPACE(sizeof(i32))];
	struct {
		struct core_cmsghdr header;
		i32 fd;
	};
};

/* Whose end it is; only one's own user and the superuser are dealt with: an address is
 * anybody's to call, and a lock on the image anybody's to take. */
static i32 trusted_peer(int fd)
{
	struct core_ucred peer;
	u32 len = sizeof(peer);

	if (EXO_NOW(getsockopt, fd, CORE_SOL_SOCKET, CORE_SO_PEERCRED, &peer, &len) < 0 ||
	    (peer.uid != 0 && peer.uid != (u32)EXO_NOW(geteuid)))
		return -1;
	return peer.pid;
}

static bool receive(int fd, struct core_news *out)
{
	union control control;
	struct message m;
	struct core_iovec iov = {(u64)&m, sizeof(m)};
	struct core_msghdr h = {.msg_iov = (u64)&iov,
				.msg_iovlen = 1,
				.msg_control = (u64)&control,
				.msg_controllen = sizeof(control)};
	struct core_pollfd p = {fd, CORE_POLLIN, 0};
	i32 peer = trusted_peer(fd);

	/* It says what it has to say as soon as it is connected. */
	if (peer < 0 || EXO_NOW(poll, &p, 1, PATIENCE_MS) <= 0 ||
	    EXO_NOW(recvmsg, fd, &h, CORE_MSG_DONTWAIT | CORE_MSG_CMSG_CLOEXEC) != (long)sizeof(m))
		return false;
	*out = (struct core_news){m.kind, m.pid, m.other, -1};
	if (h.msg_controllen >= CORE_CMSG_LEN(sizeof(i32)) &&
	    control.header.cmsg_level == CORE_SOL_SOCKET &&
	    control.header.cmsg_type == CORE_SCM_RIGHTS)
		out->pidfd = control.fd;
	if (peer == m.pid)
		return true;
	if (out->pidfd >= 0)
		EXO_NOW(close, out->pidfd);
	return false;
}

long core_news_next(int listener, struct core_news *out)
{
	long fd;

	while ((fd = EXO_NOW(accept4, listener, 0, 0, CORE_SOCK_CLOEXEC)) >= 0) {
		bool good = receive((int)fd, out);

		EXO_NOW(close, fd);
		if (good)
			return 1;
	}
	return 0;
}

/* ---- tellers ----------------------------------------------------------------------------- */

void core_news_told(struct core_news_readers *set, u64 reader)
{
	for (u32 i = 0; i < set->count; i++)
		if ((u32)set->id[i] == (u32)reader) {
			set->id[i] |= reader;
			return;
		}
	if (set->count < CORE_NEWS_READERS)
		set->id[set->count++] = reader & (SPAN - 1);
}

/* The host shows one lock of those in a range: the rest lie on either side of it. */
static void find_locks(struct core_news_readers *set, i64 low, i64 high)
{
	struct core_flock l = {
	    .l_type = CORE_F_WRLCK, .l_whence = CORE_SEEK_SET, .l_start = low, .l_len = high - low};

	if (low >= high || set->count == CORE_NEWS_READERS ||
	    EXO_NOW(fcntl, exo_image_fd(), CORE_F_OFD_GETLK, &l) < 0 ||
	    LIKELY(l.l_type == CORE_F_UNLCK))
		return;
	core_news_told(set, (u64)l.l_start & (SPAN - 1));
	find_locks(set, low, l.l_start);
	find_locks(set, l.l_start + 1, high);
}

void core_news_readers(const struct core_thread *t, struct core_news_readers *set)
{
	i64 low = (i64)((u64)t->pid * SPAN);

	*set = t->proc->told;
	find_locks(set, low, low + (i64)SPAN);
}

static void tell(u32 reader, const struct message *m, int pidfd)
{
	union control control;
	struct core_iovec iov = {(u64)m, sizeof(*m)};
	struct core_msghdr h = {.msg_iov = (u64)&iov, .msg_iovlen = 1};
	struct core_sockaddr_un a;
	u64 size;
	long fd = EXO_NOW(socket, CORE_AF_UNIX,
			  CORE_SOCK_SEQPACKET | CORE_SOCK_CLOEXEC | CORE_SOCK_NONBLOCK, 0);

	if (fd < 0)
		return;
	if (pidfd >= 0) {
		memset(&control, 0, sizeof(control));
		control.header.cmsg_len = CORE_CMSG_LEN(sizeof(i32));
		control.header.cmsg_level = CORE_SOL_SOCKET;
		control.header.cmsg_type = CORE_SCM_RIGHTS;
		control.fd = pidfd;
		h.msg_control = (u64)&control;
		h.msg_controllen = sizeof(control);
	}
	address(&a, reader, &size);
	if (EXO_NOW(connect, fd, &a, size) == 0 && trusted_peer((int)fd) >= 0)
		EXO_NOW(sendmsg, fd, &h, CORE_MSG_DONTWAIT | CORE_MSG_NOSIGNAL);
	EXO_NOW(close, fd);
}

void core_news_forked(const struct core_news_readers *set, i32 pid, i32 child)
{
	const struct message m = {CORE_NEWS_FORK, pid, child};

	for (u32 i = 0; i < set->count; i++)
		if (!(set->id[i] & TRACK)) /* the others hear it from the child */
			tell((u32)set->id[i], &m, -1);
}

void core_news_born(struct core_thread *t, const struct core_news_readers *set, i32 parent)
{
	const struct message m = {CORE_NEWS_BORN, t->pid, parent};
	struct core_news_readers *told = &t->proc->told;
	long pidfd = -1;

	told->count = 0;
	for (u32 i = 0; i < set->count; i++) {
		if (!(set->id[i] & TRACK))
			continue;
		if (pidfd < 0)
			pidfd = EXO_NOW(pidfd_open, m.pid, 0);
		core_news_told(told, set->id[i]);
		tell((u32)set->id[i], &m, (int)pidfd);
	}
	if (pidfd >= 0)
		EXO_NOW(close, pidfd);
}

void core_news_executed(struct core_thread *t)
{
	const struct message m = {CORE_NEWS_EXEC, t->pid, 0};
	struct core_news_readers set;

	core_news_readers(t, &set);
	for (u32 i = 0; i < set.count; i++)
		tell((u32)set.id[i], &m, -1);
}

void core_news_to_text(const struct core_thread *t, char text[CORE_NEWS_TEXT])
{
	const struct core_news_readers *told = &t->proc->told;
	size_t at = 0;

	text[0] = '\0';
	for (u32 i = 0; i < told->count; i++) {
		fb_format(text + at, CORE_NEWS_TEXT - at, ";told=%lx", told->id[i]);
		at += strlen(text + at);
	}
}
