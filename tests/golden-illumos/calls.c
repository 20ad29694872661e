/* SPDX-License-Identifier: BSD-2-Clause */
/* The plain calls, one by one: what each answers when all is well, and its own errors. */
#include "guest.h"

struct iovec {
	const void *base;
	size_t len;
};

static char buffer[4096];

static void names(void)
{
	int dir;
	struct stat st;

	EXPECT_EQ(sys(SYS_mkdirat, AT_FDCWD, "d", 0755), 0);
	dir = open("d", O_RDONLY);
	EXPECT_EQ(sys(SYS_mkdirat, dir, "e", 0755), 0);
	EXPECT_EQ(sys(SYS_mkdirat, dir, "e", 0755), -EEXIST);
	EXPECT_EQ(sys(SYS_mkdirat, dir, NULL, 0755), -EFAULT);
	EXPECT_EQ(sys(SYS_symlinkat, "target", dir, "l"), 0);
	EXPECT_EQ(sys(SYS_readlinkat, dir, "l", buffer, sizeof(buffer)), 6);
	EXPECT(memcmp(buffer, "target", 6) == 0);
	EXPECT_EQ(sys(SYS_readlinkat, 777, "l", buffer, sizeof(buffer)), -EBADF);
	EXPECT_EQ(sys(SYS_readlinkat, dir, "l", buffer, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_mknodat, dir, "f", S_IFIFO | 0644, 0), 0);
	EXPECT_EQ(sys(SYS_fstatat, dir, "f", &st, 0), 0);
	EXPECT_EQ(st.st_mode, S_IFIFO | 0644);
	EXPECT_EQ(sys(SYS_fstatat, dir, "l", &st, AT_SYMLINK_NOFOLLOW), 0);
	EXPECT_EQ(st.st_mode & S_IFMT, S_IFLNK);
	EXPECT_EQ(sys(SYS_fstatat, dir, NULL, &st, 0), 0);
	EXPECT_EQ(st.st_mode & S_IFMT, S_IFDIR);
	EXPECT_EQ(sys(SYS_fstatat, dir, "l", &st, 4), -EINVAL);
	EXPECT_EQ(sys(SYS_fchdir, dir), 0);
	EXPECT_EQ(sys(SYS_access, "f", 0), 0);
	EXPECT_EQ(sys(SYS_fchdir, 0), -ENOTDIR);
	EXPECT_EQ(sys(SYS_fchdir, 777), -EBADF);
	EXPECT_EQ(chdir(".."), 0);
	EXPECT_EQ(sys(SYS_lchown, "d/l", -1, -1), 0);
	EXPECT_EQ(sys(SYS_fchown, dir, -1, -1), 0);
	EXPECT_EQ(sys(SYS_fchown, 777, -1, -1), -EBADF);
	EXPECT_EQ(sys(SYS_fchmod, dir, 0700), 0);
	EXPECT_EQ(sys(SYS_fchmod, 777, 0700), -EBADF);
	EXPECT_EQ(sys(SYS_chroot, "none"), -ENOENT);
	EXPECT_EQ(sys(SYS_chroot, "d/f"), -ENOTDIR);
	EXPECT_EQ(sys(SYS_fchroot, 777), -EBADF);
	EXPECT_EQ(sys(SYS_sync), 0);
	EXPECT_EQ(sys(SYS_sharefs, 0, 0, 0), -EPERM);
}

static void bytes(void)
{
	struct iovec out[2] = {{"gath", 4}, {"ered", 4}}, in[2] = {{buffer, 3}, {buffer + 10, 5}};
	int fd = open("file", O_CREAT | O_RDWR | O_TRUNC, 0600);

	EXPECT_EQ(sys(SYS_writev, fd, out, 2), 8);
	EXPECT_EQ(lseek(fd, 0, SEEK_SET), 0);
	EXPECT_EQ(sys(SYS_readv, fd, in, 2), 8);
	EXPECT(memcmp(buffer, "gat", 3) == 0 && memcmp(buffer + 10, "hered", 5) == 0);
	EXPECT_EQ(sys(SYS_pwritev, fd, out, 2, 100, 0), 8);
	EXPECT_EQ(sys(SYS_preadv, fd, in, 2, 101, 0), 7);
	EXPECT(memcmp(buffer, "ath", 3) == 0);
	EXPECT_EQ(sys(SYS_pwritev, fd, out, 1, 5, 1), 4); /* beyond 4 GiB, in two halves */
	EXPECT_EQ(lseek(fd, 0, SEEK_END), 0x100000009);
	EXPECT_EQ(sys(SYS_preadv, fd, in, 1, 0x100000005, 0), 3);
	EXPECT_EQ(sys(SYS_readv, fd, in, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_preadv, fd, in, 1025, 0, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_preadv, 777, in, 1, 0, 0), -EBADF);
	EXPECT_EQ(sys(SYS_getrandom, buffer, 16, 0), 16);
	EXPECT_EQ(sys(SYS_getrandom, buffer, 16, 8), -EINVAL);
}

static void memory(void)
{
	char *p = mmap(NULL, 4 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
	u64 limit = (u64)sys(SYS_ulimit, 3);

	EXPECT_EQ(sys(SYS_memcntl, p, 4 * 4096, 4, 3, 0, 0), 0);
	EXPECT_EQ(sys(SYS_memcntl, p, 4 * 4096, 4, 99, 0, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_memcntl, p + 1, 4096, 4, 3, 0, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_brk, limit + (1UL << 46)), -ENOMEM);
}

static void times(void)
{
	struct timespec now, res = {-1, -1}, tv = {-1, -1};

	EXPECT_EQ(clock_gettime(CLOCK_REALTIME, &now), 0);
	EXPECT(sys(SYS_time) - now.tv_sec <= 1);
	EXPECT_EQ(sys(SYS_gettimeofday, &tv), 0);
	EXPECT(tv.tv_sec - now.tv_sec <= 1 && (u64)tv.tv_nsec < 1000000);
	EXPECT_EQ(sys(SYS_clock_getres, CLOCK_MONOTONIC, &res), 0);
	EXPECT(res.tv_sec == 0 && res.tv_nsec == 1);
	EXPECT_EQ(sys(SYS_clock_getres, CLOCK_REALTIME, NULL), 0);
	EXPECT(sys(SYS_stime, -5) < 0);
	EXPECT(sys(SYS_adjtime, 8, NULL) < 0);
}

struct ucred {
	u32 size, credoff, privoff, pid, audoff, zoneid, projid, labeloff;
};

static void who(void)
{
	struct two gid = sys_two(SYS_getgid, 0, 0, 0, 0, 0, 0);
	struct ucred *u = (struct ucred *)buffer;
	u32 *cred;

	EXPECT_EQ(gid.first, gid.second);
	EXPECT_EQ(sys(SYS_setgid, gid.first), 0);
	EXPECT_EQ(sys(SYS_setegid, gid.first), 0);
	EXPECT_EQ(sys(SYS_setregid, gid.first, -1), 0);
	EXPECT_EQ(sys(SYS_setgid, -7), -EINVAL);
	EXPECT_EQ(sys(SYS_setregid, -2, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_ucredsys, 0, -1, buffer), 0);
	EXPECT((int)u->pid == getpid() && u->zoneid == 0 && u->credoff && u->privoff);
	cred = (u32 *)(buffer + u->credoff);
	EXPECT_EQ(cred[0], sys_two(SYS_getuid, 0, 0, 0, 0, 0, 0).second);
	EXPECT_EQ(cred[4], gid.first);
	EXPECT_EQ(sys(SYS_ucredsys, 0, -2, buffer), -EINVAL);
	EXPECT_EQ(sys(SYS_ucredsys, 0, 999999999, buffer), -ESRCH);
	EXPECT_EQ(sys(SYS_ucredsys, 1, 777, buffer), -EBADF);
	EXPECT_EQ(sys(SYS_ucredsys, 1, open("file", O_RDONLY), buffer), -ENOTSUP);
	EXPECT_EQ(sys(SYS_ucredsys, 2, 0, buffer), -EINVAL);
	EXPECT_EQ(sys(SYS_uname, buffer), 1);
	EXPECT(strcmp(buffer, "SunOS") == 0 && strcmp(buffer + 4 * 257, "i86pc") == 0);
	EXPECT(sys(SYS_exacctsys, 0) < 0);
}

static void ends(void)
{
	struct siginfo info;
	u64 pending[2];
	int pid = fork();

	if (pid == 0)
		sys(SYS_upanic, "no way on", 9);
	EXPECT_EQ(sys(SYS_waitid, P_PID, pid, &info, WEXITED), 0);
	EXPECT(info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED);
	EXPECT_EQ(info.si_status, SIGABRT);
	signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGUSR2), NULL);
	kill(getpid(), SIGUSR2);
	EXPECT_EQ(sys(SYS_sigpending, 1, pending), 0);
	EXPECT_EQ(pending[0], SIGNAL_BIT(SIGUSR2));
	EXPECT_EQ(sys(SYS_sigpending, 3, pending), -EINVAL);
}

/* vfork: the child runs on its parent's stack, so it calls nothing and only ends, with 3 when the
 * call's first result is what getpid's second one is. */
static void shares(void)
{
	struct siginfo info;
	long first = SYS_vfork, second = 0;

	__asm__ volatile("	syscall\n"
			 "	testq %%rdx, %%rdx\n"
			 "	jz 1f\n"
			 "	movq %%rax, %%rbx\n"
			 "	movl %[getpid], %%eax\n"
			 "	syscall\n"
			 "	xorl %%edi, %%edi\n"
			 "	cmpq %%rdx, %%rbx\n"
			 "	sete %%dil\n"
			 "	leal 2(%%rdi), %%edi\n"
			 "	movl %[exit], %%eax\n"
			 "	syscall\n"
			 "1:\n"
			 : "+a"(first), "+d"(second)
			 : [getpid] "i"(SYS_getpid), [exit] "i"(SYS_exit)
			 : "rbx", "rdi", "rsi", "rcx", "r8", "r9", "r10", "r11", "memory", "cc");
	EXPECT(first > 0);
	EXPECT_EQ(sys(SYS_waitid, P_PID, (int)first, &info, WEXITED), 0);
	EXPECT_EQ(info.si_status, 3);
}

int main(void)
{
	sys(SYS_umask, 022);
	names();
	bytes();
	memory();
	times();
	who();
	ends();
	shares();
	return 0;
}
