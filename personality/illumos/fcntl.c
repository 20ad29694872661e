/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/fcntl.c: fcntl(2): duplicates, flags, locks, space.
 *
 * The commands that libc makes ioctls of (F_GETOWN, F_SETOWN, F_ISSTREAM) are none of the kernel's
 * and EINVAL. Share reservations are refused as of a file system that has none. Facts: fcntl(2);
 * usr/src/uts/common/syscall/fcntl.c (the order of the errors; flock_check), sys/fcntl.h; what came
 * in 2015 (F_OFD_*, F_FLOCK) and 2024 (F_DUP3FD, *_CLOFORK): the same files of 2024, and
 * usr/src/test/os-tests/tests/oclo.
 */
#include "core/fd.h"
#include "personality/illumos/clofork.h"
#include "personality/illumos/convert_file.h"
#include "personality/illumos/illumos.h"

#define FD_FLAGS (ILLUMOS_FD_CLOEXEC | ILLUMOS_FD_CLOFORK)

/* ---- duplicates ------------------------------------------------------------------------- */

static long with_flags(long fd, u32 flags)
{
	if (fd >= 0)
		illumos_clofork_set((int)fd, flags & ILLUMOS_FD_CLOFORK);
	return fd;
}

static long dup_from(int fd, i32 lowest, u32 flags)
{
	return with_flags(core_dup_from(fd, lowest, flags & ILLUMOS_FD_CLOEXEC), flags);
}

/* same: onto itself nothing happens; otherwise that is an error. */
static long dup_to(int fd, i32 to, u32 flags, bool same)
{
	long r;

	if (to == fd) {
		r = EXO(fcntl, fd, CORE_F_GETFD);
		return r < 0 ? r : same ? fd : -CORE_EINVAL;
	}
	return with_flags(core_dup2(fd, to, flags & ILLUMOS_FD_CLOEXEC ? CORE_O_CLOEXEC : 0),
			  flags);
}

/* ---- flags ------------------------------------------------------------------------------ */

static long get_fd_flags(int fd)
{
	long r = EXO(fcntl, fd, CORE_F_GETFD);

	if (r < 0)
		return r;
	return (r & CORE_FD_CLOEXEC ? ILLUMOS_FD_CLOEXEC : 0) |
	       (illumos_clofork_get(fd) ? ILLUMOS_FD_CLOFORK : 0);
}

static long set_fd_flags(int fd, u64 flags)
{
	long r = EXO(fcntl, fd, CORE_F_SETFD, flags & ILLUMOS_FD_CLOEXEC ? CORE_FD_CLOEXEC : 0);

	if (r >= 0)
		illumos_clofork_set(fd, flags & ILLUMOS_FD_CLOFORK);
	return r;
}

static long get_flags(int fd)
{
	long r = EXO(fcntl, fd, CORE_F_GETFL);

	return r < 0 ? r : core_to_illumos_oflags((i32)r);
}

/* What cannot be changed, and what nobody knows, is disregarded. */
static long set_flags(int fd, u64 arg)
{
	i32 core;

	illumos_to_core_oflags((i32)(arg & ILLUMOS_FMASK & ~3UL), &core);
	return EXO(fcntl, fd, CORE_F_SETFL, core);
}

/* ---- ranges ----------------------------------------------------------------------------- */

/* Where the range begins, or an error: flock_check. */
static long check_range(int fd, struct illumos_flock *l, i64 *start)
{
	struct core_stat st;
	i64 base = 0, begin, end;
	long r;

	switch (l->l_whence) {
	case CORE_SEEK_SET:
		break;
	case CORE_SEEK_CUR:
		base = EXO(lseek, fd, 0, CORE_SEEK_CUR);
		base = MAX(base, 0L);
		break;
	case CORE_SEEK_END:
		r = EXO(fstat, fd, &st);
		if (r < 0)
			return r;
		base = st.st_size;
		break;
	default:
		return -CORE_EINVAL;
	}
	if (l->l_whence != CORE_SEEK_SET && l->l_start > INT64_MAX - base)
		return -CORE_EOVERFLOW;
	begin = l->l_start + base;
	if (begin < 0)
		return -CORE_EINVAL;
	*start = begin;
	if (l->l_len > 0) {
		if (begin > 0 && l->l_len > INT64_MAX - begin + 1)
			return -CORE_EOVERFLOW;
		end = begin + (l->l_len - 1);
		if (l->l_type == ILLUMOS_F_UNLCK && end == INT64_MAX)
			l->l_len = 0;
	} else if (l->l_len < 0 && begin + l->l_len + 1 < 0) {
		return -CORE_EINVAL;
	}
	return 0;
}

/* ---- locks ------------------------------------------------------------------------------ */

static int lock_command(int cmd)
{
	switch (cmd) {
	case ILLUMOS_F_GETLK:
		return CORE_F_GETLK;
	case ILLUMOS_F_SETLK:
		return CORE_F_SETLK;
	case ILLUMOS_F_SETLKW:
		return CORE_F_SETLKW;
	case ILLUMOS_F_OFD_GETLK:
		return CORE_F_OFD_GETLK;
	case ILLUMOS_F_OFD_SETLK:
		return CORE_F_OFD_SETLK;
	default:
		return CORE_F_OFD_SETLKW;
	}
}

static bool is_lock_type(i16 type)
{
	return type >= ILLUMOS_F_RDLCK && type <= ILLUMOS_F_UNLCK;
}

/* The host refuses what it cannot do to a descriptor later than illumos does, which is no
 * difference: it is EBADF. */
static long lock(int fd, int cmd, guest_ptr arg)
{
	bool get = cmd == ILLUMOS_F_GETLK || cmd == ILLUMOS_F_OFD_GETLK;
	struct illumos_flock l;
	struct core_flock core;
	i64 start;
	long r;

	if (copy_from_guest(&l, arg, sizeof(l)) < 0)
		return -CORE_EFAULT;
	r = check_range(fd, &l, &start);
	if (r < 0)
		return r;
	if (!is_lock_type(l.l_type))
		return -CORE_EINVAL;
	core = (struct core_flock){.l_type = (i16)(l.l_type - ILLUMOS_F_RDLCK + CORE_F_RDLCK),
				   .l_whence = l.l_whence,
				   .l_start = l.l_start,
				   .l_len = l.l_len};
	r = EXO(fcntl, fd, lock_command(cmd), &core);
	if (r < 0 || !get)
		return r;
	l.l_type = (i16)(core.l_type - CORE_F_RDLCK + ILLUMOS_F_RDLCK);
	/* Of no lock only that is said. */
	if (l.l_type == ILLUMOS_F_UNLCK)
		return copy_to_guest(arg, &l.l_type, sizeof(l.l_type));
	l = (struct illumos_flock){.l_type = l.l_type,
				   .l_whence = core.l_whence,
				   .l_start = core.l_start,
				   .l_len = core.l_len,
				   .l_pid = core.l_pid};
	return copy_to_guest(arg, &l, sizeof(l));
}

/* flock(3C) is made of it: the whole file, the open file's. */
static long lock_file(int fd, guest_ptr arg, bool wait)
{
	static const u8 op[] = {[ILLUMOS_F_RDLCK] = CORE_LOCK_SH,
				[ILLUMOS_F_WRLCK] = CORE_LOCK_EX,
				[ILLUMOS_F_UNLCK] = CORE_LOCK_UN};
	struct illumos_flock l;

	if (copy_from_guest(&l, arg, sizeof(l)) < 0)
		return -CORE_EFAULT;
	if (!is_lock_type(l.l_type) || l.l_whence || l.l_start || l.l_len)
		return -CORE_EINVAL;
	return EXO(flock, fd, op[l.l_type] | (wait ? 0 : CORE_LOCK_NB));
}

/* ---- space ------------------------------------------------------------------------------ */

static long cut_hole(int fd, i64 start, i64 len)
{
	struct core_stat st;
	long r = EXO(fstat, fd, &st);

	if (r < 0)
		return r;
	/* To the end and beyond: the file ends there, as in zfs_freesp. */
	if (len > st.st_size - start)
		return EXO(ftruncate, fd, MIN(start, st.st_size));
	return EXO(fallocate, fd, CORE_FALLOC_FL_PUNCH_HOLE | CORE_FALLOC_FL_KEEP_SIZE, start, len);
}

static long space(int fd, int cmd, guest_ptr arg)
{
	struct illumos_flock l;
	struct core_stat st;
	i64 start;
	long r = EXO(fstat, fd, &st);

	if (r < 0)
		return r;
	if ((st.st_mode & CORE_S_IFMT) != CORE_S_IFREG)
		return -CORE_EINVAL;
	r = EXO(fcntl, fd, CORE_F_GETFL);
	if (r < 0 || (r & CORE_O_ACCMODE) == CORE_O_RDONLY)
		return -CORE_EBADF;
	if (copy_from_guest(&l, arg, sizeof(l)) < 0)
		return -CORE_EFAULT;
	r = check_range(fd, &l, &start);
	if (r < 0)
		return r;
	if (l.l_len < 0)
		return -CORE_EINVAL;
	if (cmd == ILLUMOS_F_ALLOCSP)
		return l.l_len ? EXO(fallocate, fd, 0, start, l.l_len) : -CORE_EINVAL;
	return l.l_len ? cut_hole(fd, start, l.l_len) : EXO(ftruncate, fd, start);
}

/* ---- the call --------------------------------------------------------------------------- */

static long share(guest_ptr arg)
{
	u64 reservation;

	return guest_read_u64(arg, &reservation) < 0 ? -CORE_EFAULT : -CORE_EINVAL;
}

static long duplicate(int fd, int cmd, i32 arg, u64 arg2)
{
	switch (cmd) {
	case ILLUMOS_F_DUPFD:
		return dup_from(fd, arg, 0);
	case ILLUMOS_F_DUPFD_CLOEXEC:
		return dup_from(fd, arg, ILLUMOS_FD_CLOEXEC);
	case ILLUMOS_F_DUPFD_CLOFORK:
		return dup_from(fd, arg, ILLUMOS_FD_CLOFORK);
	case ILLUMOS_F_DUP2FD:
		return dup_to(fd, arg, 0, true);
	case ILLUMOS_F_DUP2FD_CLOEXEC:
		return dup_to(fd, arg, ILLUMOS_FD_CLOEXEC, false);
	case ILLUMOS_F_DUP2FD_CLOFORK:
		return dup_to(fd, arg, ILLUMOS_FD_CLOFORK, false);
	default: /* F_DUP3FD */
		if (arg2 & ~(u64)FD_FLAGS)
			return -CORE_EINVAL;
		return dup_to(fd, arg, (u32)arg2, false);
	}
}

long illumos_fcntl(struct core_thread *t, FD fd, INT cmd, ULONG arg, ULONG arg2)
{
	long r;

	(void)t;
	if (core_fd_hidden(fd))
		return -CORE_EBADF;
	switch (cmd) {
	case ILLUMOS_F_DUPFD:
	case ILLUMOS_F_DUPFD_CLOEXEC:
	case ILLUMOS_F_DUPFD_CLOFORK:
	case ILLUMOS_F_DUP2FD:
	case ILLUMOS_F_DUP2FD_CLOEXEC:
	case ILLUMOS_F_DUP2FD_CLOFORK:
	case ILLUMOS_F_DUP3FD:
		return duplicate(fd, cmd, (i32)arg, arg2);
	case ILLUMOS_F_GETFD:
		return get_fd_flags(fd);
	case ILLUMOS_F_SETFD:
		return set_fd_flags(fd, arg);
	case ILLUMOS_F_GETFL:
	case ILLUMOS_F_GETXFL:
		return get_flags(fd);
	case ILLUMOS_F_SETFL:
		return set_flags(fd, arg);
	case ILLUMOS_F_GETLK:
	case ILLUMOS_F_SETLK:
	case ILLUMOS_F_SETLKW:
	case ILLUMOS_F_OFD_GETLK:
	case ILLUMOS_F_OFD_SETLK:
	case ILLUMOS_F_OFD_SETLKW:
		r = EXO(fcntl, fd, CORE_F_GETFD);
		return r < 0 ? r : lock(fd, cmd, gp(arg));
	case ILLUMOS_F_FLOCK:
	case ILLUMOS_F_FLOCKW:
		r = EXO(fcntl, fd, CORE_F_GETFD);
		return r < 0 ? r : lock_file(fd, gp(arg), cmd == ILLUMOS_F_FLOCKW);
	case ILLUMOS_F_ALLOCSP:
	case ILLUMOS_F_FREESP:
		return space(fd, cmd, gp(arg));
	case ILLUMOS_F_SHARE:
	case ILLUMOS_F_SHARE_NBMAND:
	case ILLUMOS_F_UNSHARE:
		r = EXO(fcntl, fd, CORE_F_GETFD);
		return r < 0 ? r : share(gp(arg));
	default:
		r = EXO(fcntl, fd, CORE_F_GETFD);
		return r < 0 ? r : -CORE_EINVAL;
	}
}
