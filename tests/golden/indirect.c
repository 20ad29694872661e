/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls with more arguments than there are registers for, and calls by a number that is an
 * argument: what does not fit lies on the stack above the return address. Facts: syscall(2),
 * cpu_fetch_syscall_args of sys/amd64/amd64/trap.c.
 */
#include "guest.h"

#define SYS_syscall	  0
#define SYS___syscall	  198
#define SYS_freebsd6_mmap 197

/* One call with eight arguments, the last two where a C library's stub would have them. */
long sys8(long nr, long a, long b, long c, long d, long e, long f, long g, long h);
__asm__(".globl sys8\n"
	"sys8:\n"
	"	movq %rdi, %rax\n"
	"	movq %rsi, %rdi\n"
	"	movq %rdx, %rsi\n"
	"	movq %rcx, %rdx\n"
	"	movq %r8, %r10\n"
	"	movq %r9, %r8\n"
	"	movq 8(%rsp), %r9\n"
	"	pushq 24(%rsp)\n" /* h */
	"	pushq 24(%rsp)\n" /* g */
	"	pushq $0\n"	  /* the return address */
	"	syscall\n"
	"	leaq 24(%rsp), %rsp\n"
	"	jnc 1f\n"
	"	negq %rax\n"
	"1:	ret\n");

#define ANON (MAP_PRIVATE | MAP_ANON)
#define RW   (PROT_READ | PROT_WRITE)

int main(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0600), pid = getpid(), status;
	char *p, text[4] = "";

	EXPECT_EQ(ftruncate(fd, 12288), 0);
	EXPECT_EQ(sys(SYS_pwrite, fd, "abc", 3, 8192), 3);
	/* A filler is the sixth argument, the position the seventh. */
	p = (char *)sys8(SYS_freebsd6_mmap, 0, 4096, PROT_READ, MAP_SHARED, fd, 0, 8192, 0);
	EXPECT((long)p > 0 && memcmp(p, "abc", 4) == 0);
	EXPECT_EQ(munmap(p, 4096), 0);
	p = (char *)sys8(SYS_freebsd6_mmap, 0, 4096, RW, ANON, -1, 0, 0, 0);
	EXPECT((long)p > 0 && p[0] == 0);
	EXPECT_EQ(sys8(SYS_freebsd6_mmap, 0, 4096, RW, ANON, -1, 0, 4096, 0), -EINVAL);
	EXPECT_EQ(sys8(SYS_freebsd6_mmap, 0, 0, RW, ANON, -1, 0, 0, 0), -EINVAL);
	EXPECT_EQ(sys8(SYS_freebsd6_mmap, 0, 4096, PROT_READ, MAP_SHARED, -1, 0, 0, 0), -EBADF);

	print("by number\n");
	EXPECT_EQ(sys(SYS_syscall, SYS_getpid), pid);
	EXPECT_EQ(sys(SYS___syscall, (long)SYS_getpid), pid);
	EXPECT_EQ(sys(SYS___syscall, (long)SYS_pread, fd, text, 3, 8192), 3);
	EXPECT(strcmp(text, "abc") == 0);
	EXPECT_EQ(sys(SYS___syscall, (long)SYS_lseek, fd, 1L << 40, SEEK_SET), 1L << 40);
	EXPECT_EQ(sys(SYS___syscall, (long)SYS_close, -1), -EBADF);
	EXPECT_EQ(sys(SYS_syscall, SYS_lseek, fd, -1L, SEEK_SET), -EINVAL);
	p = (char *)sys8(SYS___syscall, SYS_mmap, 0, 4096, PROT_READ, MAP_SHARED, fd, 8192, 0);
	EXPECT((long)p > 0 && memcmp(p, "abc", 4) == 0);
	p = (char *)sys8(SYS_syscall, SYS_freebsd6_mmap, 0, 4096, PROT_READ, MAP_SHARED, fd, 0,
			 8192);
	EXPECT((long)p > 0 && memcmp(p, "abc", 4) == 0);
	p = (char *)sys8(SYS___syscall, SYS_freebsd6_mmap, 0, 4096, PROT_READ, MAP_SHARED, fd, 0,
			 0);
	EXPECT((long)p > 0 && p[0] == 0);
	pid = fork();
	if (pid == 0) /* what is no call is none by its number either */
		exit((int)sys(SYS___syscall, 11L));
	EXPECT(waitpid(pid, &status, 0) == pid && WTERMSIG(status) == SIGSYS);
	pid = fork();
	if (pid == 0)
		exit((int)sys(SYS___syscall, (long)SYS___syscall, (long)SYS_getpid));
	EXPECT(waitpid(pid, &status, 0) == pid && WTERMSIG(status) == SIGSYS);
	pid = (int)sys(SYS_syscall, SYS_fork);
	if (pid == 0)
		sys(SYS___syscall, (long)SYS_exit, 5);
	EXPECT(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 5);
	return 0;
}
