/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getrlimitusage(2): what a process uses of what is limited.
 */
#include "guest.h"

#define SYS_getrlimitusage 589
#define RLIMIT_CPU	   0
#define RLIMIT_FSIZE	   1
#define RLIMIT_CORE	   4
#define RLIMIT_RSS	   5
#define RLIMIT_NPROC	   7
#define RLIMIT_NOFILE	   8
#define RLIMIT_VMEM	   10
#define EUID		   1

static u64 used(int which, int flags)
{
	u64 n = ~0UL;

	EXPECT_EQ(sys(SYS_getrlimitusage, which, flags, &n), 0);
	return n;
}

int main(void)
{
	u64 n = used(RLIMIT_NOFILE, 0);
	int fd = open("/", O_RDONLY);

	EXPECT(used(RLIMIT_NOFILE, 0) == n + 1);
	close(fd);
	EXPECT(used(RLIMIT_CPU, 0) < 60);
	EXPECT(used(RLIMIT_VMEM, 0) >= used(RLIMIT_RSS, 0));
	EXPECT(used(RLIMIT_NPROC, 0) >= 1 && used(RLIMIT_NPROC, EUID) >= 1);
	EXPECT_EQ(sys(SYS_getrlimitusage, RLIMIT_FSIZE, 0, &n), -ENXIO);
	EXPECT_EQ(sys(SYS_getrlimitusage, RLIMIT_CORE, 0, &n), -ENXIO);
	EXPECT_EQ(sys(SYS_getrlimitusage, 99, 0, &n), -EINVAL);
	EXPECT_EQ(sys(SYS_getrlimitusage, RLIMIT_CPU, 2, &n), -EINVAL);
	EXPECT_EQ(sys(SYS_getrlimitusage, RLIMIT_CPU, 0, 8), -EFAULT);
	return 0;
}
