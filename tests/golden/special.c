/* SPDX-License-Identifier: BSD-2-Clause */
/* Event and timer descriptors, barriers, comparisons, unique identifiers. */
#include "guest.h"

#define SYS_uuidgen	    392
#define SYS___specialfd	    577
#define SYS_membarrier	    584
#define SYS_timerfd_create  585
#define SYS_timerfd_gettime 586
#define SYS_timerfd_settime 587
#define SYS_kcmp	    588
#define KCMP_FILE	    100
#define KCMP_VM		    104
#define EFD_SEMAPHORE	    1

struct itimerspec {
	struct timespec interval, value;
};

int main(void)
{
	struct {
		u32 value;
		i32 flags;
	} event = {3, O_NONBLOCK | O_CLOEXEC | EFD_SEMAPHORE};
	struct itimerspec when = {.value = {0, 5000000}}, left;
	u8 ids[3][16];
	u64 n = 9;
	int fd = (int)sys(SYS___specialfd, 1, &event, sizeof(event)), copy;

	EXPECT(fd > 2);
	EXPECT_EQ(fcntl(fd, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(read(fd, &n, 8), 8);
	EXPECT_EQ(n, 1);
	EXPECT_EQ(read(fd, &n, 8), 8);
	EXPECT_EQ(read(fd, &n, 8), 8);
	EXPECT_ERROR(read(fd, &n, 8), EAGAIN);
	EXPECT_EQ(sys(SYS___specialfd, 1, &event, 4), -EINVAL);
	EXPECT_EQ(sys(SYS___specialfd, 2, &event, sizeof(event)), -EINVAL);
	event.flags = 0x40;
	EXPECT_EQ(sys(SYS___specialfd, 1, &event, sizeof(event)), -EINVAL);

	copy = dup(fd);
	EXPECT_EQ(sys(SYS_kcmp, getpid(), getpid(), KCMP_FILE, fd, copy), 0);
	EXPECT(sys(SYS_kcmp, getpid(), getpid(), KCMP_FILE, fd, 1) > 0);
	EXPECT_EQ(sys(SYS_kcmp, getpid(), getpid(), KCMP_VM, 0, 0), 0);
	EXPECT_EQ(sys(SYS_kcmp, getpid(), getpid(), 1, 0, 0), -EINVAL);

	fd = (int)sys(SYS_timerfd_create, CLOCK_MONOTONIC, O_CLOEXEC);
	EXPECT(fd > 2);
	EXPECT_EQ(sys(SYS_timerfd_settime, fd, 0, &when, 0), 0);
	EXPECT_EQ(sys(SYS_timerfd_gettime, fd, &left), 0);
	EXPECT(left.value.tv_sec == 0 && left.value.tv_nsec <= 5000000);
	EXPECT_EQ(read(fd, &n, 8), 8);
	EXPECT_EQ(n, 1);
	EXPECT_EQ(sys(SYS_timerfd_create, 99, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_timerfd_create, CLOCK_MONOTONIC, 1), -EINVAL);

	EXPECT(sys(SYS_membarrier, 0, 0, 0) > 0);
	EXPECT_EQ(sys(SYS_membarrier, 1, 0, 0), 0);
	EXPECT_EQ(sys(SYS_membarrier, 1, 1, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_membarrier, 0x1000, 0, 0), -EINVAL);

	EXPECT_EQ(sys(SYS_uuidgen, ids, 3), 0);
	EXPECT(ids[0][7] >> 4 == 1 && ids[0][8] >> 6 == 2);
	EXPECT(memcmp(ids[0], ids[1], 16) != 0 && memcmp(ids[0] + 8, ids[1] + 8, 8) == 0);
	EXPECT_EQ(sys(SYS_uuidgen, ids, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_uuidgen, 8, 1), -EFAULT);
	return 0;
}
