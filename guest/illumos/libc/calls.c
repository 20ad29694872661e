/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/calls.c: functions that are one call.
 */
#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

/* CALL(type, name, (parameters), number, arguments...) */
#define CALL(type, name, params, nr, ...)                                                          \
	EXPORT type name params                                                                    \
	{                                                                                          \
		return (type)result(SYSCALL(SYS_##nr, ##__VA_ARGS__));                             \
	}

/* One that may wait. */
#define WAIT(type, name, params, nr, ...)                                                          \
	EXPORT type name params                                                                    \
	{                                                                                          \
		return (type)result(WAITING(nr, ##__VA_ARGS__));                                   \
	}

EXPORT int close(int fd)
{
	if (fb_aio_used)
		fb_aio_close(fd);
	return (int)result(SYSCALL(SYS_close, fd));
}

/* ---- descriptors --------------------------------------------------------------------------- */

WAIT(ssize_t, read, (int fd, void *buf, size_t n), read, fd, buf, n)
WAIT(ssize_t, write, (int fd, const void *buf, size_t n), write, fd, buf, n)
WAIT(ssize_t, pread, (int fd, void *buf, size_t n, off_t at), pread, fd, buf, n, at)
WAIT(ssize_t, pwrite, (int fd, const void *buf, size_t n, off_t at), pwrite, fd, buf, n, at)
CALL(off_t, lseek, (int fd, off_t offset, int whence), lseek, fd, offset, whence)
CALL(int, fstat, (int fd, struct stat *st), fstat, fd, st)
CALL(int, fchmod, (int fd, mode_t mode), fchmod, fd, mode)
CALL(int, fchown, (int fd, uid_t uid, gid_t gid), fchown, fd, uid, gid)
CALL(int, fchdir, (int fd), fchdir, fd)
CALL(int, dup, (int fd), fcntl, fd, F_DUPFD, 0)
CALL(int, dup2, (int from, int to), fcntl, from, F_DUP2FD, to)
CALL(int, pipe, (int fds[2]), pipe, fds, 0)
CALL(int, pipe2, (int fds[2], int flags), pipe, fds, flags)
CALL(int, fsync, (int fd), fdsync, fd, O_SYNC)
CALL(int, fdatasync, (int fd), fdsync, fd, O_DSYNC)

/*
 * Functions with a part that may be left out are variadic to the program only: all arguments are in
 * registers, and callers there are (Go's runtime) that do not keep the alignment of the stack which
 * a variadic function relies on to save registers it does not need.
 */
#define FIXED(type, name, params, nr, ...)                                                         \
	EXPORT type fixed_##name params __asm__(#name);                                            \
	EXPORT type fixed_##name params                                                            \
	{                                                                                          \
		return (type)result(SYSCALL(SYS_##nr, ##__VA_ARGS__));                             \
	}

FIXED(int, open, (const char *path, int flags, mode_t mode), openat, AT_FDCWD, path, flags, mode)
FIXED(int, openat, (int fd, const char *path, int flags, mode_t mode), openat, fd, path, flags,
      mode)
FIXED(int, fcntl, (int fd, int cmd, long arg), fcntl, fd, cmd, arg)
FIXED(int, ioctl, (int fd, int request, long arg), ioctl, fd, request, arg)
CALL(int, creat, (const char *path, mode_t mode), openat, AT_FDCWD, path,
     O_WRONLY | O_CREAT | O_TRUNC, mode)

/* ---- names --------------------------------------------------------------------------------- */

CALL(int, stat, (const char *path, struct stat *st), fstatat, AT_FDCWD, path, st, 0)
CALL(int, lstat, (const char *path, struct stat *st), fstatat, AT_FDCWD, path, st,
     AT_SYMLINK_NOFOLLOW)
CALL(int, fstatat, (int fd, const char *path, struct stat *st, int flags), fstatat, fd, path, st,
     flags)
CALL(int, access, (const char *path, int mode), access, path, mode)
CALL(int, faccessat, (int fd, const char *path, int mode, int flags), faccessat, fd, path, mode,
     flags)
CALL(int, chdir, (const char *path), chdir, path)
CALL(int, chroot, (const char *path), chroot, path)
CALL(int, chmod, (const char *path, mode_t mode), chmod, path, mode)
CALL(int, fchmodat, (int fd, const char *path, mode_t mode, int flags), fchmodat, fd, path, mode,
     flags)
CALL(int, chown, (const char *path, uid_t uid, gid_t gid), chown, path, uid, gid)
CALL(int, lchown, (const char *path, uid_t uid, gid_t gid), lchown, path, uid, gid)
CALL(int, fchownat, (int fd, const char *path, uid_t uid, gid_t gid, int flags), fchownat, fd, path,
     uid, gid, flags)
CALL(int, link, (const char *old, const char *new), link, old, new)
CALL(int, linkat, (int fd1, const char *old, int fd2, const char *new, int flags), linkat, fd1, old,
     fd2, new, flags)
CALL(int, symlink, (const char *target, const char *path), symlink, target, path)
CALL(int, symlinkat, (const char *target, int fd, const char *path), symlinkat, target, fd, path)
CALL(ssize_t, readlink, (const char *path, char *buf, size_t n), readlink, path, buf, n)
CALL(ssize_t, readlinkat, (int fd, const char *path, char *buf, size_t n), readlinkat, fd, path,
     buf, n)
CALL(int, unlink, (const char *path), unlink, path)
CALL(int, unlinkat, (int fd, const char *path, int flags), unlinkat, fd, path, flags)
CALL(int, rename, (const char *old, const char *new), rename, old, new)
CALL(int, renameat, (int fd1, const char *old, int fd2, const char *new), renameat, fd1, old, fd2,
     new)
CALL(int, mkdir, (const char *path, mode_t mode), mkdir, path, mode)
CALL(int, mkdirat, (int fd, const char *path, mode_t mode), mkdirat, fd, path, mode)
CALL(int, rmdir, (const char *path), rmdir, path)
CALL(int, mknod, (const char *path, mode_t mode, dev_t dev), mknod, path, mode, dev)
CALL(mode_t, umask, (mode_t mask), umask, mask)
CALL(int, getdents, (int fd, struct dirent *buf, size_t n), getdents, fd, buf, n)

EXPORT void sync(void)
{
	SYSCALL(SYS_sync);
}

/* ---- memory -------------------------------------------------------------------------------- */

EXPORT void *mmap(void *addr, size_t len, int prot, int flags, int fd, off_t off)
{
	return (void *)result(SYSCALL(SYS_mmap, addr, len, prot, flags, fd, off));
}

CALL(int, munmap, (void *addr, size_t len), munmap, addr, len)
CALL(int, mprotect, (void *addr, size_t len, int prot), mprotect, addr, len, prot)
CALL(int, madvise, (void *addr, size_t len, int advice), memcntl, addr, len, MC_ADVISE, advice, 0,
     0)
CALL(int, msync, (void *addr, size_t len, int flags), memcntl, addr, len, MC_SYNC, flags, 0, 0)
CALL(int, mlock, (const void *addr, size_t len), memcntl, addr, len, MC_LOCK, 0, 0, 0)
CALL(int, munlock, (const void *addr, size_t len), memcntl, addr, len, MC_UNLOCK, 0, 0, 0)
CALL(int, mlockall, (int flags), memcntl, 0, 0, MC_LOCKAS, flags, 0, 0)
CALL(int, munlockall, (void), memcntl, 0, 0, MC_UNLOCKAS, 0, 0, 0)
CALL(int, memcntl, (void *addr, size_t len, int cmd, void *arg, int attr, int mask), memcntl, addr,
     len, cmd, arg, attr, mask)
CALL(int, mincore, (caddr_t addr, size_t len, char *vec), mincore, addr, len, vec)

/* ---- the process --------------------------------------------------------------------------- */

CALL(pid_t, getpid, (void), getpid)
CALL(uid_t, getuid, (void), getuid)
CALL(gid_t, getgid, (void), getgid)
CALL(int, setuid, (uid_t uid), setuid, uid)
CALL(int, setgid, (gid_t gid), setgid, gid)
CALL(int, seteuid, (uid_t uid), seteuid, uid)
CALL(int, setegid, (gid_t gid), setegid, gid)
CALL(int, setreuid, (uid_t uid, uid_t euid), setreuid, uid, euid)
CALL(int, setregid, (gid_t gid, gid_t egid), setregid, gid, egid)
CALL(int, getgroups, (int n, gid_t *groups), getgroups, n, groups)
CALL(int, setgroups, (int n, const gid_t *groups), setgroups, n, groups)
CALL(int, execve, (const char *path, char *const argv[], char *const envp[]), execve, path, argv,
     envp, 0)
CALL(unsigned int, alarm, (unsigned int seconds), alarm, seconds)
WAIT(int, pause, (void), pause)
CALL(int, nice, (int increment), nice, increment)
CALL(int, getrlimit, (int resource, struct rlimit *limit), getrlimit, resource, limit)
CALL(int, setrlimit, (int resource, const struct rlimit *limit), setrlimit, resource, limit)
CALL(ssize_t, getrandom, (void *buf, size_t n, unsigned int flags), getrandom, buf, n, flags)

#define SECOND(type, name, nr)                                                                     \
	EXPORT type name(void)                                                                     \
	{                                                                                          \
		return (type)SYSCALL(SYS_##nr).second;                                             \
	}
SECOND(pid_t, getppid, getpid)
SECOND(uid_t, geteuid, getuid)
SECOND(gid_t, getegid, getgid)

/* pgrpsys's subcodes */
CALL(pid_t, getpgrp, (void), pgrpsys, 0)
CALL(pid_t, getsid, (pid_t pid), pgrpsys, 2, pid)
CALL(pid_t, setsid, (void), pgrpsys, 3)
CALL(pid_t, getpgid, (pid_t pid), pgrpsys, 4, pid)
CALL(int, setpgid, (pid_t pid, pid_t pgid), pgrpsys, 5, pid, pgid)

CALL(int, issetugid, (void), privsys, 5)

EXPORT void _exit(int status)
{
	for (;;)
		SYSCALL(SYS_exit, status);
}
EXPORT void _Exit(int) __attribute__((alias("_exit")));

/* rusagesys's subcodes */
EXPORT int getrusage(int who, struct rusage *usage)
{
	int code = who == RUSAGE_SELF ? 0 : who == RUSAGE_CHILDREN ? 1 : who == RUSAGE_LWP ? 2 : -1;

	return code < 0 ? (int)fail_with(EINVAL) : (int)result(SYSCALL(SYS_rusagesys, code, usage));
}

/* ---- time ---------------------------------------------------------------------------------- */

CALL(int, clock_gettime, (clockid_t clock, struct timespec *ts), clock_gettime, clock, ts)
CALL(int, clock_settime, (clockid_t clock, const struct timespec *ts), clock_settime, clock, ts)
CALL(int, clock_getres, (clockid_t clock, struct timespec *ts), clock_getres, clock, ts)
WAIT(int, nanosleep, (const struct timespec *want, struct timespec *left), nanosleep, want, left)
CALL(int, setitimer, (int which, const struct itimerval *new, struct itimerval *old), setitimer,
     which, new, old)
CALL(int, getitimer, (int which, struct itimerval *now), getitimer, which, now)
CALL(int, adjtime, (struct timeval * delta, struct timeval *old), adjtime, delta, old)

EXPORT int gettimeofday(struct timeval *tv, void *zone)
{
	(void)zone;
	return (int)result(SYSCALL(SYS_gettimeofday, tv));
}

EXPORT time_t time(time_t *out)
{
	time_t now = SYSCALL(SYS_time).value;

	if (out)
		*out = now;
	return now;
}

EXPORT hrtime_t gethrtime(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_HIGHRES, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

EXPORT int usleep(useconds_t us)
{
	struct timespec ts = {us / 1000000, (long)(us % 1000000) * 1000};

	WAITING(nanosleep, &ts, NULL);
	return 0;
}

EXPORT unsigned int sleep(unsigned int seconds)
{
	struct timespec want = {seconds, 0}, left = {0, 0};

	if (WAITING(nanosleep, &want, &left).error == 0)
		return 0;
	return (unsigned int)left.tv_sec + (left.tv_nsec > 0);
}
