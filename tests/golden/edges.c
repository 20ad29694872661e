/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a call that both systems have answers otherwise than Linux: errors, orders of checks,
 * and what is allowed. Facts: the manual pages; sys/kern/vfs_syscalls.c, kern_descrip.c,
 * kern_prot.c, kern_sig.c, kern_resource.c; vm_map_protect of sys/vm/vm_map.c.
 */
#include "guest.h"

#define SYS_fchflags	  35
#define SYS_setpriority	  96
#define SYS_getpriority	  100
#define SYS_fchown	  123
#define SYS_fchmod	  124
#define SYS_mkfifo	  132
#define SYS_futimes	  206
#define SYS_getpgid	  207
#define SYS_getsid	  310
#define SYS_renameat	  501
#define SYS_posix_fadvise 531
#define SYS_futimens	  546
#define SYS_fdatasync	  550
#define LOCK_SH		  1
#define LOCK_EX		  2
#define LOCK_NB		  4
#define LOCK_UN		  8
#define PAGE		  4096L

static void names(void)
{
	EXPECT_EQ(mkdir("dir", 0755), 0);
	EXPECT_EQ(mkdir("dir/in", 0755), 0);
	/* Neither is a name that could be another. */
	EXPECT_EQ(sys(SYS_rename, "dir/.", "other"), -EINVAL);
	EXPECT_EQ(sys(SYS_rename, "dir/in/..", "other"), -EINVAL);
	EXPECT_EQ(sys(SYS_rename, "dir/in", "dir/."), -EINVAL);
	EXPECT_EQ(sys(SYS_renameat, AT_FDCWD, ".", AT_FDCWD, "other"), -EINVAL);
	EXPECT_EQ(sys(SYS_rename, "file", "dir/."), -EISDIR);
	EXPECT_EQ(sys(SYS_rename, "dir", "dir/in/below"), -EINVAL);
	EXPECT_EQ(sys(SYS_rename, "dir", "file"), -ENOTDIR);
	EXPECT_EQ(sys(SYS_rename, "file", "dir"), -EISDIR);
	EXPECT_EQ(sys(SYS_rename, "dir/in", "dir"), -ENOTEMPTY);
	EXPECT_EQ(sys(SYS_rename, "none", "dir"), -ENOENT);
	EXPECT_EQ(sys(SYS_rename, "file", "file"), 0);
	EXPECT_EQ(sys(SYS_rename, 8, "file"), -EFAULT);
	EXPECT_EQ(sys(SYS_rmdir, "dir/in/."), -EINVAL);
	EXPECT_EQ(sys(SYS_rmdir, "dir"), -ENOTEMPTY);
	EXPECT_EQ(sys(SYS_rmdir, "file"), -ENOTDIR);
	EXPECT_EQ(sys(SYS_unlink, "dir"), -EPERM);
	EXPECT_EQ(sys(SYS_link, "dir", "other"), -EPERM);
	EXPECT_EQ(sys(SYS_link, "none", "other"), -ENOENT);
	EXPECT_EQ(sys(SYS_link, "file", "dir"), -EEXIST);
	EXPECT_EQ(sys(SYS_chdir, "file"), -ENOTDIR);
	/* A slash at the end wants a directory, and none is made. */
	EXPECT_ERROR(open("new/", O_CREAT | O_RDWR, 0600), ENOENT);
	EXPECT_ERROR(open("file/", O_CREAT | O_RDWR, 0600), ENOTDIR);
	EXPECT_ERROR(open("dir/", O_CREAT | O_RDWR, 0600), EISDIR);
	EXPECT_ERROR(open("dir", O_CREAT | O_RDWR, 0600), EISDIR);
	EXPECT_EQ(sys(SYS_truncate, "none", -1L), -EINVAL);
	EXPECT_EQ(sys(SYS_truncate, "dir", 0), -EISDIR);
	EXPECT_EQ(sys(SYS_rmdir, "dir/in"), 0);
	EXPECT_EQ(sys(SYS_rmdir, "dir"), 0);
}

static void files(int fd)
{
	int kq = (int)sys(SYS_kqueue), p[2], s[2], fifo, dir = open(".", O_RDONLY | O_DIRECTORY),
	    ro = open("file", O_RDONLY);

	EXPECT_EQ(pipe2(p, 0), 0);
	EXPECT_EQ(sys(SYS_flock, fd, 0), -EBADF); /* no kind of lock */
	EXPECT_EQ(sys(SYS_flock, fd, LOCK_NB), -EBADF);
	EXPECT_EQ(sys(SYS_flock, p[0], LOCK_EX), -EOPNOTSUPP);
	EXPECT_EQ(sys(SYS_flock, p[0], LOCK_UN), -EOPNOTSUPP);
	EXPECT_EQ(sys(SYS_flock, -1, LOCK_EX), -EBADF);
	EXPECT_EQ(sys(SYS_flock, fd, LOCK_EX | LOCK_NB), 0);
	EXPECT_EQ(sys(SYS_flock, ro, LOCK_SH | LOCK_NB), -EAGAIN);
	EXPECT_EQ(sys(SYS_flock, fd, LOCK_UN | LOCK_EX), 0); /* what unlocks comes first */
	EXPECT_EQ(sys(SYS_flock, ro, LOCK_SH | LOCK_EX | LOCK_NB), 0);
	EXPECT_EQ(sys(SYS_flock, fd, LOCK_SH | LOCK_NB), -EAGAIN);
	EXPECT_EQ(sys(SYS_flock, ro, LOCK_UN), 0);

	/* Errors are values here, and advice is looked at before the file. */
	EXPECT_EQ(sys(SYS_posix_fadvise, fd, 0, 0, 0), 0);
	EXPECT_EQ(sys(SYS_posix_fadvise, -1, 0, 0, 9), EINVAL);
	EXPECT_EQ(sys(SYS_posix_fadvise, -1, 0, 0, 1), EBADF);
	EXPECT_EQ(sys(SYS_posix_fadvise, fd, -1L, 5, 1), EINVAL);
	EXPECT_EQ(sys(SYS_posix_fadvise, fd, 0, -1L, 1), EINVAL);
	EXPECT_EQ(sys(SYS_posix_fadvise, fd, 1L << 62, 1L << 62, 1), EINVAL);
	EXPECT_EQ(sys(SYS_posix_fadvise, p[0], 0, 0, 1), ESPIPE);
	EXPECT_EQ(sys(SYS_posix_fadvise, dir, 0, 0, 1), ENODEV);

	/* What has no name has no mode, owner, times or flags to change. */
	EXPECT_EQ(sys(SYS_socketpair, 1, 1, 0, s), 0);
	EXPECT_EQ(sys(SYS_fchmod, p[0], 0600), -EINVAL);
	EXPECT_EQ(sys(SYS_fchmod, s[0], 0600), -EINVAL);
	EXPECT_EQ(sys(SYS_fchmod, kq, 0600), -EINVAL);
	EXPECT_EQ(sys(SYS_fchown, p[0], -1, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_fchown, s[0], -1, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_futimes, p[0], NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_futimens, s[0], NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_fchflags, p[0], 0), -EINVAL);
	EXPECT_EQ(sys(SYS_mkfifo, "fifo", 0600), 0);
	fifo = open("fifo", O_RDWR);
	EXPECT_EQ(sys(SYS_fchmod, fifo, 0640), 0);
	EXPECT_EQ(sys(SYS_fchown, fifo, -1, -1), 0);
	EXPECT_EQ(sys(SYS_futimes, fifo, NULL), 0);
	EXPECT_EQ(sys(SYS_fchmod, -1, 0600), -EBADF);
	EXPECT_EQ(sys(SYS_fsync, p[0]), -EINVAL);
	EXPECT_EQ(sys(SYS_fdatasync, p[1]), -EINVAL);
	EXPECT_EQ(sys(SYS_fsync, dir), 0);
	EXPECT_EQ(sys(SYS_fsync, -1), -EBADF);
	EXPECT_EQ(sys(SYS_ftruncate, ro, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_ftruncate, dir, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_ftruncate, p[1], 0), -EINVAL);
	EXPECT_EQ(sys(SYS_lseek, fd, 0, 9), -EINVAL);
	EXPECT_EQ(sys(SYS_lseek, fd, -1L, SEEK_SET), -EINVAL);
	EXPECT_EQ(sys(SYS_lseek, p[0], 0, SEEK_CUR), -ESPIPE);
	EXPECT_EQ(sys(SYS_dup2, fd, 1 << 30), -EBADF);
	EXPECT_EQ(sys(SYS_dup2, fd, -1), -EBADF);
	EXPECT_EQ(sys(SYS_dup2, -1, -1), -EBADF);
	EXPECT_EQ(sys(SYS_read, dir, p, 4), -EISDIR);
	EXPECT_EQ(sys(SYS_pread, p[0], p, 4, 0), -ESPIPE);
}

static void processes(void)
{
	struct {
		signal_handler *handler;
		i32 flags;
		u32 mask[4];
	} action = {HANDLER_DEFAULT, 0, {0}};
	u64 set[2] = {0, 0}, stack[3] = {0, 0, 0};

	EXPECT_EQ(sys(SYS_getpgid, -1), -ESRCH);
	EXPECT_EQ(sys(SYS_getsid, -1), -ESRCH);
	EXPECT_EQ(sys(SYS_getpgid, 0x7ffffffe), -ESRCH);
	EXPECT_EQ(sys(SYS_setpgid, 0, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_setpgid, -1, 0), -ESRCH);
	EXPECT_EQ(sys(SYS_setpgid, 1, 0), -ESRCH); /* no child */
	EXPECT_EQ(sys(SYS_kill, 0x7ffffffe, 0), -ESRCH);
	EXPECT_EQ(sys(SYS_kill, getpid(), 129), -EINVAL);
	EXPECT_EQ(sys(SYS_kill, getpid(), -1), -EINVAL);
	EXPECT_EQ(sys(SYS_sigqueue, 0, 0, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_sigqueue, -1, SIGUSR1, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_sigqueue, 0x7ffffffe, SIGUSR1, 0), -ESRCH);
	/* What cannot be changed may be left as it is. */
	EXPECT_EQ(sys(SYS_sigaction, SIGKILL, &action, NULL), 0);
	EXPECT_EQ(sys(SYS_sigaction, SIGSTOP, NULL, &action), 0);
	action.handler = HANDLER_IGNORE;
	EXPECT_EQ(sys(SYS_sigaction, SIGKILL, &action, NULL), -EINVAL);
	/* Flags matter to a handler alone. */
	action.flags = 0x10000;
	EXPECT_EQ(sys(SYS_sigaction, SIGUSR1, &action, NULL), 0);
	action.handler = (signal_handler *)8;
	EXPECT_EQ(sys(SYS_sigaction, SIGUSR1, &action, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_sigaction, 0, NULL, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_sigaction, 129, NULL, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_sigprocmask, 77, NULL, set), 0); /* nothing to do it with */
	EXPECT_EQ(sys(SYS_sigprocmask, 77, set, NULL), -EINVAL);
	stack[1] = 2047;
	EXPECT_EQ(sys(SYS_sigaltstack, stack, NULL), -ENOMEM);
	stack[1] = 2048;
	EXPECT_EQ(sys(SYS_sigaltstack, stack, NULL), 0);
	stack[2] = 2;
	EXPECT_EQ(sys(SYS_sigaltstack, stack, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_getrusage, 2, set), -EINVAL);
	EXPECT_EQ(sys(SYS_getrusage, 0, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_getpriority, 0, 0x7ffffffe), -ESRCH);
	EXPECT_EQ(sys(SYS_getpriority, 1, 0x7ffffffe), -ESRCH);
	EXPECT_EQ(sys(SYS_setpriority, 0, 0x7ffffffe, 0), -ESRCH);
	EXPECT_EQ(sys(SYS_setpriority, 3, 0, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_setpriority, 0, 0, 500), 0);
	EXPECT(sys(SYS_getpriority, 0, 0) >= 19);
}

static void memory(int fd)
{
	const int fixed = MAP_PRIVATE | MAP_ANON | MAP_FIXED;
	int fds[2], dir = open(".", O_RDONLY | O_DIRECTORY);
	char *p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);

	EXPECT_EQ(pipe2(fds, 0), 0);
	/* A hole has no protection to change: what is there is changed. */
	EXPECT_EQ(munmap(p + PAGE, PAGE), 0);
	EXPECT_EQ(sys(SYS_mprotect, p, 4 * PAGE, PROT_READ), 0);
	EXPECT_EQ(sys(SYS_getrandom, p, 1, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_getrandom, p + 2 * PAGE, 1, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_getrandom, p + 3 * PAGE, 1, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_mprotect, p + 3 * PAGE + 5, 1, PROT_READ | PROT_WRITE), 0);
	EXPECT_EQ(sys(SYS_getrandom, p + 3 * PAGE, 1, 0), 1);
	EXPECT_EQ(sys(SYS_mprotect, p + PAGE, PAGE, PROT_READ), 0);
	EXPECT_EQ(sys(SYS_mprotect, p, 0, PROT_READ), 0);
	/* Nothing is ever mapped at zero. */
	EXPECT_EQ(sys(SYS_mmap, 0, PAGE, PROT_READ, fixed, -1, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_munmap, 0, PAGE), -EINVAL);
	EXPECT_EQ(sys(SYS_mmap, 0, PAGE, PROT_READ, MAP_SHARED, dir, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_mmap, 0, PAGE, PROT_READ, MAP_SHARED, fd, -PAGE), -EINVAL);
	EXPECT_EQ(sys(SYS_mmap, 0, PAGE, PROT_READ, MAP_SHARED, fds[0], 0), -ENODEV);
	EXPECT_EQ(sys(SYS_munmap, p, 4 * PAGE), 0); /* holes and all */
	EXPECT_EQ(sys(SYS_munmap, p, 4 * PAGE), 0);
	EXPECT_EQ(write(1, p, 1), -1);
}

int main(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0600);

	EXPECT_EQ(write(fd, "12345678", 8), 8);
	names();
	files(fd);
	processes();
	memory(fd);
	return 0;
}
