/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/namefs.c: fattach: doors and STREAMS that have a name in the file system.
 *
 * The hub cannot mount a descriptor on a file. But a socket can be a file, and opening one is an
 * error (ENXIO), which nobody else pays for. So the file that is attached to is put aside, in its
 * own directory, under a name that says what is attached, and a socket takes its place: whoever
 * connects to it is sent the descriptor. The keeper (keeper.h) listens there for as long as the
 * name lasts; where there is none any more, the file is put back by whom finds it so. Any program
 * of any system here that may write the socket can open the door.
 *
 * Facts: fattach(3C), usr/src/uts/common/fs/namefs/namevfs.c (nm_mount, nm_unmount), namevno.c
 * (nm_open, nm_access), lib/libc/port/gen/fattach.c; fs/vfs.c (umount: EINVAL for what is none).
 */
#include "personality/illumos/namefs.h"
#include "core/abi.h"
#include "core/control.h"
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/illumos/abi_file.h"
#include "personality/illumos/contract.h"
#include "personality/illumos/door.h"
#include "personality/illumos/path.h"

#define NAME_ROOM 256
#define DOOR_MARK ".fattach-door."
#define FIFO_MARK ".fattach-fifo."
#define BACKLOG	  64
#define MAY_WRITE 2
#define MAY_READ  4

/* A name's directory, its last component, and where what it covers was put. */
struct spot {
	int dir;
	char name[NAME_ROOM];
	char aside[NAME_ROOM];
	bool door;
};

static void let_go(struct spot *s)
{
	EXO_NOW(close, s->dir);
}

static long open_spot(int fd, u64 path, struct spot *s)
{
	char text[ILLUMOS_PATH_MAX], *slash;
	long r = copy_str_from_guest(text, gp(path), sizeof(text));

	if (r < 0)
		return r;
	slash = strrchr(text, '/');
	if (strlen(slash ? slash + 1 : text) >= NAME_ROOM - sizeof(DOOR_MARK))
		return -CORE_ENAMETOOLONG;
	fb_strlcpy(s->name, slash ? slash + 1 : text, sizeof(s->name));
	if (!s->name[0])
		return -CORE_EINVAL;
	if (slash)
		slash[slash == text] = '\0';
	r = EXO_NOW(openat, fd, slash ? text : ".",
		    CORE_O_PATH | CORE_O_DIRECTORY | CORE_O_CLOEXEC);
	if (r < 0)
		return r;
	s->dir = (int)r;
	return 0;
}

static void aside_name(struct spot *s, bool door)
{
	s->door = door;
	fb_format(s->aside, sizeof(s->aside), "%s%s", door ? DOOR_MARK : FIFO_MARK, s->name);
}

/* Is something attached there? *covered is the file that was put aside. */
static bool is_attached(struct spot *s, struct core_stat *covered)
{
	for (int door = 1; door >= 0; door--) {
		aside_name(s, door);
		if (EXO_NOW(newfstatat, s->dir, s->aside, covered, CORE_AT_SYMLINK_NOFOLLOW) == 0)
			return true;
	}
	return false;
}

/* ---- opening ----------------------------------------------------------------------------- */

static void address(struct core_sockaddr_un *a, int dir, const char *name)
{
	memset(a, 0, sizeof(*a));
	a->sun_family = CORE_AF_UNIX;
	fb_format(a->sun_path, sizeof(a->sun_path), "/proc/self/fd/%d/%s", dir, name);
}

static bool fits(int dir, const char *name)
{
	char path[32];

	return fb_format(path, sizeof(path), "/proc/self/fd/%d/", dir) + strlen(name) <
	       sizeof(((struct core_sockaddr_un *)0)->sun_path);
}

static long receive(int s, i32 core_flags)
{
	u8 control[CORE_CMSG_SPACE(sizeof(i32))];
	u8 byte;
	u64 iov[2] = {(u64)&byte, 1};
	struct core_msghdr m = {.msg_iov = (u64)iov,
				.msg_iovlen = 1,
				.msg_control = (u64)control,
				.msg_controllen = sizeof(control)};
	struct core_rights rights;
	long r = EXO_NOW(recvmsg, s, &m, core_flags & CORE_O_CLOEXEC ? CORE_MSG_CMSG_CLOEXEC : 0);
	int fd;

	if (r < 0)
		return r;
	rights = (struct core_rights){control, m.msg_controllen, 0, 0};
	return core_rights_next(&rights, &fd) ? fd : -CORE_ENXIO;
}

/* A socket of a name that no longer fits an address is reached by its descriptor. */
static long connect_once(struct spot *s, i32 core_flags)
{
	struct core_sockaddr_un a;
	char by_fd[24];
	long node = -1, fd, r;

	fd = EXO_NOW(socket, CORE_AF_UNIX, CORE_SOCK_SEQPACKET | CORE_SOCK_CLOEXEC, 0);
	if (fd < 0)
		return fd;
	if (fits(s->dir, s->name)) {
		address(&a, s->dir, s->name);
	} else {
		node = EXO_NOW(openat, s->dir, s->name, CORE_O_PATH | CORE_O_CLOEXEC);
		memset(&a, 0, sizeof(a));
		a.sun_family = CORE_AF_UNIX;
		fb_format(by_fd, sizeof(by_fd), "/proc/self/fd/%ld", node);
		fb_strlcpy(a.sun_path, by_fd, sizeof(a.sun_path));
	}
	r = EXO_NOW(connect, fd, &a, sizeof(a));
	if (r == 0)
		r = receive((int)fd, core_flags);
	EXO_NOW(close, fd);
	if (node >= 0)
		EXO_NOW(close, node);
	return r;
}

/* Who hangs up without an answer is about to end: it is seen whether anybody listens then. */
static long connect_to(struct spot *s, i32 core_flags)
{
	struct core_timespec rest = {0, 1000000};
	long r;

	for (u32 tries = 0; tries < 100; tries++) {
		r = connect_once(s, core_flags);
		if (r != -CORE_ENXIO && r != -CORE_ECONNRESET)
			break;
		EXO_NOW(nanosleep, &rest, 0);
	}
	return r;
}

static long check_access(struct spot *s, i32 flags)
{
	int need = (flags & 3) == ILLUMOS_O_RDONLY   ? MAY_READ
		   : (flags & 3) == ILLUMOS_O_WRONLY ? MAY_WRITE
						     : MAY_READ | MAY_WRITE;

	return EXO_NOW(faccessat2, s->dir, s->aside, need, CORE_AT_EACCESS);
}

long illumos_namefs_open(int fd, guest_ptr path, i32 flags, i32 core_flags, u32 mode)
{
	struct core_stat covered;
	struct spot s;
	long r = open_spot(fd, path.addr, &s);

	if (r < 0)
		return -CORE_ENXIO;
	r = -CORE_ENXIO;
	if (is_attached(&s, &covered)) {
		r = check_access(&s, flags);
		if (r == 0)
			r = connect_to(&s, core_flags);
		if (r == -CORE_ECONNREFUSED) { /* nobody keeps it any more */
			r = EXO_NOW(renameat, s.dir, s.aside, s.dir, s.name);
			if (r == 0)
				r = EXO(openat, fd, path.addr, core_flags, mode);
		}
	}
	let_go(&s);
	return r;
}

void illumos_namefs_stat(int fd, u64 path, struct core_stat *st)
{
	struct core_stat covered;
	struct spot s;

	if (open_spot(fd, path, &s) < 0)
		return;
	if (is_attached(&s, &covered)) {
		st->st_mode =
		    (covered.st_mode & 07777) | (s.door ? ILLUMOS_S_IFDOOR : (u32)CORE_S_IFIFO);
		st->st_uid = covered.st_uid;
		st->st_gid = covered.st_gid;
		st->st_nlink = 1;
		st->st_size = 0;
		st->st_atim = covered.st_atim;
		st->st_mtim = covered.st_mtim;
		st->st_ctim = covered.st_ctim;
	}
	let_go(&s);
}

/* ---- attaching --------------------------------------------------------------------------- */

/* Whoever may do anything with the covered file may connect; open looks at what it may. */
static u32 socket_mode(u32 mode)
{
	u32 out = mode & 0777;

	for (u32 shift = 0; shift < 9; shift += 3)
		if (mode >> shift & 6)
			out |= 2u << shift;
	return out;
}

static long make_socket(struct spot *s, const struct core_stat *covered, const char *temporary)
{
	long fd = EXO_NOW(socket, CORE_AF_UNIX, CORE_SOCK_SEQPACKET | CORE_SOCK_CLOEXEC, 0), r;
	struct core_sockaddr_un a;

	if (fd < 0)
		return fd;
	address(&a, s->dir, temporary);
	r = EXO_NOW(bind, fd, &a, sizeof(a));
	if (r == 0)
		r = EXO_NOW(fchmodat, s->dir, temporary, socket_mode(covered->st_mode));
	if (r == 0 &&
	    (covered->st_uid != (u32)EXO_NOW(geteuid) || covered->st_gid != (u32)EXO_NOW(getegid)))
		EXO_NOW(fchownat, s->dir, temporary, covered->st_uid, covered->st_gid,
			CORE_AT_SYMLINK_NOFOLLOW);
	if (r == 0)
		r = EXO_NOW(listen, fd, BACKLOG);
	if (r < 0)
		EXO_NOW(close, fd);
	return r < 0 ? r : fd;
}

/* The keeper gets the listening socket, what is attached, the directory, and the socket's node. */
static long hand_over(struct core_thread *t, struct spot *s, int listener, int target, int node,
		      u64 inode)
{
	i32 fds[4] = {listener, target, s->dir, node};
	u8 control[CORE_CMSG_SPACE(sizeof(fds))];
	struct core_control o = {control, sizeof(control), 0};
	struct keeper_request q = {
	    .op = KEEPER_ATTACH, .a = inode, .len = (u32)strlen(s->aside) + 1};
	struct core_iovec iov[2] = {{(u64)&q, sizeof(q)}, {(u64)s->aside, q.len}};
	struct core_msghdr m = {.msg_iov = (u64)iov, .msg_iovlen = 2, .msg_control = (u64)control};
	struct keeper_reply a;
	long c = illumos_keeper_dial(t, true), r;

	if (c < 0)
		return c;
	memcpy(core_control_add(&o, CORE_SOL_SOCKET, CORE_SCM_RIGHTS, sizeof(fds)), fds,
	       sizeof(fds));
	m.msg_controllen = o.len;
	r = EXO_NOW(sendmsg, c, &m, CORE_MSG_NOSIGNAL);
	if (r >= 0)
		r = EXO_NOW(recvfrom, c, &a, sizeof(a), 0, 0, 0);
	illumos_keeper_hang_up((int)c);
	if (r < 0)
		return r;
	return r < (long)sizeof(a) ? -CORE_EIO : a.error ? -a.error : 0;
}

static long put_in_place(struct core_thread *t, struct spot *s, int target,
			 const struct core_stat *covered)
{
	char temporary[48];
	long listener, node = -1, r;

	fb_format(temporary, sizeof(temporary), ".fattach-new.%d.%u", t->pid, t->exo.tid);
	listener = make_socket(s, covered, temporary);
	if (listener < 0)
		return listener == -CORE_EADDRINUSE ? -CORE_EBUSY : listener;
	r = EXO_NOW(renameat2, s->dir, s->name, s->dir, s->aside, 1); /* RENAME_NOREPLACE */
	if (r < 0) {
		r = r == -CORE_EEXIST ? -CORE_EBUSY : r;
		goto remove;
	}
	node = EXO_NOW(openat, s->dir, temporary, CORE_O_PATH | CORE_O_CLOEXEC);
	r = node < 0 ? node : EXO_NOW(renameat2, s->dir, temporary, s->dir, s->name, 1);
	if (r == 0)
		r = hand_over(t, s, (int)listener, target, (int)node, covered->st_ino);
	if (r < 0)
		EXO_NOW(renameat, s->dir, s->aside, s->dir, s->name);
remove:
	if (r < 0)
		EXO_NOW(unlinkat, s->dir, temporary, 0);
	EXO_NOW(close, listener);
	if (node >= 0)
		EXO_NOW(close, node);
	return r;
}

/* What may be attached: a door, or what is a STREAM here: pipes and terminals. */
static long target_kind(int fd, bool *door)
{
	struct core_termios tty;
	struct core_stat st;
	u32 object;

	if (EXO_NOW(fstat, fd, &st) < 0)
		return -CORE_EBADF;
	if ((st.st_mode & CORE_S_IFMT) == CORE_S_IFDIR || core_fd_kind(fd) == CORE_FD_PORT)
		return -CORE_EINVAL;
	*door = (st.st_mode & CORE_S_IFMT) == CORE_S_IFSOCK && illumos_door_is(fd);
	if (*door || (st.st_mode & CORE_S_IFMT) == CORE_S_IFIFO)
		return 0;
	if ((st.st_mode & CORE_S_IFMT) == CORE_S_IFSOCK)
		return illumos_keeper_file(fd, &object) ? -CORE_EINVAL : 0;
	return EXO_NOW(ioctl, fd, CORE_TCGETS, &tty) < 0 ? -CORE_EINVAL : 0;
}

long illumos_namefs_attach(struct core_thread *t, guest_ptr path, guest_ptr data, i32 size)
{
	u32 euid = (u32)EXO_NOW(geteuid);
	struct core_stat covered, other;
	struct spot s;
	bool door;
	int target;
	i32 fd;
	long r;

	r = EXO(newfstatat, CORE_AT_FDCWD, path.addr, &covered, 0);
	if (r < 0)
		return r;
	if (size != sizeof(i32))
		return -CORE_EINVAL;
	if (copy_from_guest(&fd, data, sizeof(fd)) < 0)
		return -CORE_EFAULT;
	if (core_fd_hidden(fd) || EXO_NOW(fcntl, fd, CORE_F_GETFD) < 0)
		return -CORE_EBADF;
	r = open_spot(CORE_AT_FDCWD, path.addr, &s);
	if (r < 0)
		return r;
	if (is_attached(&s, &other))
		r = -CORE_EBUSY;
	if (r == 0)
		r = target_kind(fd, &door);
	if (r == 0 && covered.st_uid != euid && euid != 0)
		r = -CORE_EPERM;
	if (r == 0)
		r = EXO_NOW(faccessat2, s.dir, s.name, MAY_WRITE, CORE_AT_EACCESS);
	if (r == 0 && (EXO_NOW(newfstatat, s.dir, s.name, &other, CORE_AT_SYMLINK_NOFOLLOW) < 0 ||
		       (other.st_mode & CORE_S_IFMT) != CORE_S_IFREG))
		r = -CORE_EINVAL; /* neither directories nor devices, nor through a link */
	if (r == 0) {
		aside_name(&s, door);
		target = illumos_door_hand_out(fd);
		r = put_in_place(t, &s, target, &covered);
		if (target != fd)
			EXO_NOW(close, target);
	}
	let_go(&s);
	return r;
}

long illumos_namefs_detach(guest_ptr path)
{
	u32 euid = (u32)EXO_NOW(geteuid);
	struct core_stat covered;
	struct spot s;
	long r = EXO(newfstatat, CORE_AT_FDCWD, path.addr, &covered, 0);

	if (r < 0)
		return r;
	if ((covered.st_mode & CORE_S_IFMT) == CORE_S_IFDIR)
		return -CORE_ENOTSUP;
	r = open_spot(CORE_AT_FDCWD, path.addr, &s);
	if (r < 0)
		return r;
	if ((covered.st_mode & CORE_S_IFMT) != CORE_S_IFSOCK || !is_attached(&s, &covered))
		r = -CORE_EINVAL;
	else if (covered.st_uid != euid && euid != 0)
		r = -CORE_EPERM;
	else
		r = EXO_NOW(renameat, s.dir, s.aside, s.dir, s.name); /* the keeper sees it */
	let_go(&s);
	return r;
}
