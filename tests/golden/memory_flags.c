/* SPDX-License-Identifier: BSD-2-Clause */
/* What mmap's flags, minherit, madvise and mincore take and refuse (sys/vm/vm_mmap.c). */
#include "guest.h"

#define SYS_madvise    75
#define SYS_mincore    78
#define SYS_minherit   250
#define PAGE	       4096
#define MAP_ALIGNED(n) ((n) << 24)
#define INHERIT_SHARE  0
#define INHERIT_COPY   1
#define INHERIT_NONE   2
#define INHERIT_ZERO   3
#define MADV_WILLNEED  3
#define HIGH	       ((void *)0x700000100000)

static char *map(void *at, size_t len, int prot, int flags)
{
	return mmap(at, len, prot, flags, -1, 0);
}

static int child_sees(char *p)
{
	int pid = fork(), status;

	if (pid == 0) {
		int seen = p[0];

		p[0] = 'c';
		exit(seen);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int inherit(char *p, size_t len, int how)
{
	return (int)result(sys(SYS_minherit, p, len, how));
}

int main(void)
{
	const int rw = PROT_READ | PROT_WRITE, anon = MAP_PRIVATE | MAP_ANON;
	int fd = open("file", O_CREAT | O_RDWR, 0600);
	char *a, *b, vec[4] = {0};

	a = map(NULL, 4 * PAGE, rw, anon);
	EXPECT_ERROR((long)map(a, PAGE, rw, anon | MAP_FIXED | MAP_EXCL), ENOMEM);
	EXPECT_ERROR((long)map(a, PAGE, rw, anon | MAP_EXCL), EINVAL);
	EXPECT_ERROR((long)map(HIGH, PAGE, rw, anon | MAP_FIXED), EINVAL);
	EXPECT_ERROR((long)map(NULL, PAGE, rw, anon | MAP_FIXED), EINVAL);
	EXPECT_ERROR((long)map((void *)0x80000000, PAGE, rw, anon | MAP_FIXED | MAP_32BIT), EINVAL);
	EXPECT((u64)map(NULL, PAGE, rw, anon | MAP_32BIT) < 0x80000000);
	EXPECT((u64)map(NULL, PAGE, rw, anon | MAP_ALIGNED(20)) % (1 << 20) == 0);
	EXPECT_ERROR((long)map(NULL, PAGE, rw, anon | MAP_ALIGNED(11)), EINVAL);
	EXPECT_ERROR((long)map(NULL, PAGE, rw, MAP_SHARED | anon), EINVAL);
	EXPECT(map(NULL, PAGE, rw, MAP_ANON) != MAP_FAILED);
	EXPECT_EQ(ftruncate(fd, PAGE), 0);
	EXPECT_ERROR((long)mmap(NULL, PAGE, PROT_READ, 0, fd, 0), EINVAL);
	EXPECT_ERROR((long)mmap(NULL, PAGE, PROT_READ, 0, 99, 0), EBADF);
	EXPECT_ERROR((long)map(NULL, PAGE, rw, MAP_GUARD), EINVAL);
	EXPECT_ERROR((long)map(NULL, PAGE, PROT_NONE, MAP_GUARD | MAP_PRIVATE), EINVAL);
	b = map(NULL, PAGE, PROT_NONE, MAP_GUARD);
	EXPECT(b != MAP_FAILED);
	EXPECT_ERROR((long)map(NULL, PAGE, PROT_READ, MAP_STACK), EINVAL);
	EXPECT(map(NULL, 16 * PAGE, rw, MAP_STACK) != MAP_FAILED);

	print("what a child gets\n");
	a[0] = 'p';
	EXPECT_EQ(child_sees(a), 'p');
	EXPECT_EQ(a[0], 'p');
	EXPECT_EQ(inherit(a, PAGE, INHERIT_NONE), 0);
	EXPECT_EQ(child_sees(a), -SIGSEGV);
	EXPECT_EQ(inherit(a, PAGE, INHERIT_COPY), 0);
	EXPECT_EQ(inherit(a, PAGE, INHERIT_ZERO), 0);
	EXPECT_EQ(child_sees(a), 0);
	a[PAGE] = 'q';
	EXPECT_EQ(inherit(a, 2 * PAGE, INHERIT_SHARE), 0);
	EXPECT_EQ(a[PAGE], 'q');
	EXPECT_EQ(child_sees(a), 'p');
	EXPECT_EQ(a[0], 'c');
	EXPECT_EQ(child_sees(a + PAGE), 'q');
	EXPECT_EQ(a[PAGE], 'c');
	EXPECT_EQ(child_sees(a + 2 * PAGE), 0);
	EXPECT_EQ(a[2 * PAGE], 0);
	EXPECT_EQ(munmap(a + 3 * PAGE, PAGE), 0);
	EXPECT_ERROR(inherit(a + 2 * PAGE, 2 * PAGE, INHERIT_SHARE), EINVAL);
	EXPECT_ERROR(inherit(HIGH, PAGE, INHERIT_SHARE), EINVAL);
	EXPECT_ERROR(inherit(a, PAGE, 4), EINVAL);

	EXPECT_EQ(sys(SYS_mincore, a, 3 * PAGE, vec), 0);
	EXPECT((vec[0] & 1) && vec[3] == 0);
	EXPECT_ERROR(result(sys(SYS_mincore, a + 3 * PAGE, PAGE, vec)), ENOMEM);
	EXPECT_ERROR(result(sys(SYS_mincore, a, PAGE, 8)), EFAULT);
	EXPECT_EQ(sys(SYS_madvise, a, PAGE, MADV_WILLNEED), 0);
	EXPECT_ERROR(result(sys(SYS_madvise, HIGH, PAGE, MADV_WILLNEED)), EINVAL);
	EXPECT_ERROR(result(sys(SYS_madvise, a, PAGE, 99)), EINVAL);
	return 0;
}
