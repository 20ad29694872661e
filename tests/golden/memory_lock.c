/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory that stays, memory that is written back, and the end of the heap. The limit on locked
 * memory is everybody's, root's too. Facts: mlock(2), mlockall(2), msync(2), setrlimit(2),
 * sys/vm/vm_mmap.c, sys/vm/vm_unix.c, sys/vm/vm_map.c (vm_map_sync).
 */
#include "guest.h"

#define SYS_break	      17
#define SYS_msync	      65
#define SYS_freebsd11_vadvise 72
#define SYS_getrlimit	      194
#define SYS_setrlimit	      195
#define SYS_mlock	      203
#define SYS_munlock	      204
#define SYS_mlockall	      324
#define SYS_munlockall	      325
#define RLIMIT_MEMLOCK	      6
#define MS_SYNC		      0
#define MS_ASYNC	      1
#define MS_INVALIDATE	      2
#define MCL_CURRENT	      1
#define MCL_FUTURE	      2
#define PAGE		      4096L

static char *pages(long n)
{
	return mmap(NULL, (size_t)(n * PAGE), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1,
		    0);
}

static void limit(i64 bytes)
{
	i64 now[2] = {0, 0};

	EXPECT_EQ(sys(SYS_getrlimit, RLIMIT_MEMLOCK, now), 0);
	now[0] = bytes;
	EXPECT_EQ(sys(SYS_setrlimit, RLIMIT_MEMLOCK, now), 0);
}

static void locking(void)
{
	char *p = pages(8);

	EXPECT_EQ(sys(SYS_mlock, p, 2 * PAGE), 0);
	EXPECT_EQ(sys(SYS_mlock, p + 100, 10), 0);
	EXPECT_EQ(sys(SYS_munlock, p + PAGE + 5, 1), 0);
	EXPECT_EQ(sys(SYS_munlock, p, 8 * PAGE), 0); /* pages that are not locked, too */
	EXPECT_EQ(sys(SYS_mlock, p, 0), 0);
	EXPECT_EQ(sys(SYS_mlock, p, -1L), -EINVAL);
	EXPECT_EQ(sys(SYS_munlock, p, -1L), -EINVAL);
	EXPECT_EQ(sys(SYS_mlock, -PAGE, 2 * PAGE), -EINVAL);
	EXPECT_EQ(munmap(p + 2 * PAGE, PAGE), 0);
	EXPECT_EQ(sys(SYS_mlock, p, 4 * PAGE), -ENOMEM);
	EXPECT_EQ(sys(SYS_munlock, p, 4 * PAGE), -ENOMEM);
	EXPECT_EQ(sys(SYS_mlock, 0x700000100000, PAGE), -ENOMEM);
	EXPECT_EQ(sys(SYS_munlock, 0x700000100000, PAGE), -ENOMEM);
	EXPECT_EQ(sys(SYS_mlock, 1L << 62, PAGE), -ENOMEM);
	EXPECT_EQ(mprotect(p, PAGE, PROT_NONE), 0);
	EXPECT_EQ(sys(SYS_mlock, p, PAGE), -ENOMEM); /* it cannot even be read */
	EXPECT_EQ(sys(SYS_munlockall), 0);
}

static void limits(void)
{
	char *p = pages(8);

	limit(4 * PAGE);
	EXPECT_EQ(sys(SYS_mlock, p, 5 * PAGE), -ENOMEM);
	EXPECT_EQ(sys(SYS_mlock, p, 3 * PAGE), 0);
	EXPECT_EQ(sys(SYS_mlock, p + 4 * PAGE, 2 * PAGE), -ENOMEM);
	EXPECT_EQ(sys(SYS_mlock, p + 4 * PAGE, PAGE), 0);
	EXPECT_EQ(sys(SYS_mlock, p + 6 * PAGE, PAGE), -ENOMEM);
	EXPECT_EQ(sys(SYS_munlock, p, PAGE), 0);
	EXPECT_EQ(sys(SYS_mlock, p + 6 * PAGE, PAGE), 0);
	EXPECT_EQ(sys(SYS_getuid) == 0 || sys(SYS_mlockall, MCL_CURRENT) == -ENOMEM, true);
	EXPECT_EQ(sys(SYS_munlockall), 0);
	EXPECT_EQ(sys(SYS_mlock, p, 4 * PAGE), 0);
	EXPECT_EQ(sys(SYS_munlockall), 0);
	limit(0);
	EXPECT_EQ(sys(SYS_mlock, p, PAGE), -ENOMEM);
}

static void everything(void)
{
	bool root = sys(SYS_getuid) == 0;
	char *p = pages(4);

	EXPECT_EQ(sys(SYS_mlockall, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_mlockall, 4), -EINVAL);
	EXPECT_EQ(sys(SYS_mlockall, MCL_CURRENT | 8), -EINVAL);
	EXPECT_IF(root, sys(SYS_mlockall, MCL_CURRENT) == 0);
	EXPECT_IF(root, sys(SYS_msync, p, PAGE, MS_INVALIDATE) == -EBUSY);
	EXPECT_EQ(sys(SYS_munlockall), 0);
	EXPECT_EQ(sys(SYS_msync, p, PAGE, MS_INVALIDATE), 0);
	/* What is mapped from now on. */
	EXPECT_IF(root, sys(SYS_mlockall, MCL_FUTURE) == 0);
	p = pages(1);
	EXPECT_IF(root, sys(SYS_msync, p, PAGE, MS_INVALIDATE) == -EBUSY);
	EXPECT_EQ(sys(SYS_munlockall), 0);
	EXPECT_EQ(sys(SYS_msync, p, PAGE, MS_INVALIDATE), 0);
	p = pages(1);
	EXPECT_EQ(sys(SYS_msync, p, PAGE, MS_INVALIDATE), 0);
}

static void writing_back(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0600);
	char text[8] = "", *p;

	EXPECT_EQ(ftruncate(fd, 4 * PAGE), 0);
	p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	memcpy(p + PAGE, "shared", 6);
	EXPECT_EQ(sys(SYS_msync, p, 4 * PAGE, MS_SYNC), 0);
	EXPECT_EQ(sys(SYS_pread, fd, text, 6, PAGE), 6);
	EXPECT(strcmp(text, "shared") == 0);
	EXPECT_EQ(sys(SYS_msync, p + 10, 5000, MS_ASYNC), 0);
	EXPECT_EQ(sys(SYS_msync, p, PAGE, MS_INVALIDATE), 0);
	EXPECT_EQ(sys(SYS_msync, p, 0, MS_SYNC), 0); /* all of the mapping */
	EXPECT_EQ(sys(SYS_msync, p, PAGE, MS_ASYNC | MS_INVALIDATE), -EINVAL);
	EXPECT_EQ(sys(SYS_msync, p, 1UL << 63, MS_SYNC), -ENOMEM);
	EXPECT_EQ(sys(SYS_msync, p, -PAGE, MS_SYNC), -EINVAL);
	EXPECT_EQ(sys(SYS_msync, 0x700000100000, PAGE, MS_SYNC), -ENOMEM);
	EXPECT_EQ(munmap(p + PAGE, PAGE), 0);
	EXPECT_EQ(sys(SYS_msync, p, 3 * PAGE, MS_SYNC), -ENOMEM);
	EXPECT_EQ(sys(SYS_msync, p + PAGE, 0, MS_SYNC), -ENOMEM);
	EXPECT_EQ(sys(SYS_msync, p + 2 * PAGE, PAGE, MS_SYNC), 0);
	EXPECT_EQ(sys(SYS_freebsd11_vadvise, 0), -EINVAL);
}

static void heap(void)
{
	long start = sys(SYS_break, 0);
	char *p = (char *)start;

	EXPECT(start > 0 && start % PAGE == 0);
	EXPECT_EQ(sys(SYS_break, start + 5), start + PAGE);
	p[0] = p[PAGE - 1] = 'x';
	EXPECT_EQ(sys(SYS_break, 0), start + PAGE);
	EXPECT_EQ(sys(SYS_break, start + 3 * PAGE), start + 3 * PAGE);
	EXPECT(p[0] == 'x' && p[3 * PAGE - 1] == 0);
	EXPECT_EQ(sys(SYS_break, start + PAGE), start + PAGE);
	EXPECT_EQ(write(1, p + 2 * PAGE, 1), -1);
	EXPECT_EQ(errno, EFAULT);
	EXPECT_EQ(sys(SYS_break, 0x700000000000), -ENOMEM);
	EXPECT_EQ(sys(SYS_break, -PAGE), -ENOMEM);
	EXPECT_EQ(sys(SYS_break, 1), start + PAGE);
	EXPECT_EQ(sys(SYS_break, start), start);
	EXPECT_EQ(sys(SYS_break, start + 2 * PAGE), start + 2 * PAGE);
	EXPECT(p[0] == 0); /* it is new */
}

int main(void)
{
	locking();
	everything();
	limits();
	writing_back();
	heap();
	return 0;
}
