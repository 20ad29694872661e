/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scheduling classes: who may set which, the bounds of priorities, and both ways of giving
 * the processor away. Facts: sched_setscheduler(2), sched_setparam(2),
 * sched_get_priority_min(2), sys/kern/p1003_1b.c, sys/kern/ksched.c.
 */
#include "guest.h"

#define SYS_setresuid		   311
#define SYS_yield		   321
#define SYS_sched_setparam	   327
#define SYS_sched_getparam	   328
#define SYS_sched_setscheduler	   329
#define SYS_sched_getscheduler	   330
#define SYS_sched_get_priority_max 332
#define SYS_sched_get_priority_min 333
#define SYS_sched_rr_get_interval  334
#define SYS_cpuset_setaffinity	   488
#define FIFO			   1
#define OTHER			   2
#define RR			   3
#define NO_PROCESS		   0x7ffffffe

static bool root;

static void bounds(void)
{
	EXPECT_EQ(sys(SYS_sched_get_priority_min, FIFO), 0);
	EXPECT_EQ(sys(SYS_sched_get_priority_max, FIFO), 31);
	EXPECT_EQ(sys(SYS_sched_get_priority_min, RR), 0);
	EXPECT_EQ(sys(SYS_sched_get_priority_max, RR), 31);
	EXPECT_EQ(sys(SYS_sched_get_priority_min, OTHER), 0);
	EXPECT_EQ(sys(SYS_sched_get_priority_max, OTHER), 103);
	EXPECT_EQ(sys(SYS_sched_get_priority_min, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_sched_get_priority_min, 4), -EINVAL);
	EXPECT_EQ(sys(SYS_sched_get_priority_min, -1), -EINVAL);
}

static void unprivileged(void)
{
	i32 param = 0;

	if (root)
		EXPECT(sys(SYS_setresuid, 65534, 65534, 65534) == 0);
	else
		print("ok sys(SYS_setresuid, 65534, 65534, 65534) == 0\n");
	EXPECT_EQ(sys(SYS_sched_setscheduler, 0, OTHER, &param), -EPERM);
	EXPECT_EQ(sys(SYS_sched_setscheduler, 0, FIFO, &param), -EPERM);
	EXPECT_EQ(sys(SYS_sched_setscheduler, 0, 7, &param), -EPERM);
	EXPECT_EQ(sys(SYS_sched_setscheduler, 0, FIFO, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_sched_setscheduler, NO_PROCESS, FIFO, &param), -ESRCH);
	/* Priorities within its own class anybody may set. */
	EXPECT_EQ(sys(SYS_sched_setparam, 0, &param), 0);
	param = 103;
	EXPECT_EQ(sys(SYS_sched_setparam, 0, &param), 0);
	EXPECT_EQ(sys(SYS_sched_getparam, 0, &param), 0);
	EXPECT(param >= 0 && param <= 103);
	EXPECT_EQ(sys(SYS_sched_setparam, getpid(), &param), 0);
	param = 104;
	EXPECT_EQ(sys(SYS_sched_setparam, 0, &param), -EINVAL);
	param = -1;
	EXPECT_EQ(sys(SYS_sched_setparam, 0, &param), -EINVAL);
	EXPECT_EQ(sys(SYS_sched_setparam, 0, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_sched_setparam, NO_PROCESS, &param), -ESRCH);
	EXPECT_EQ(sys(SYS_sched_setparam, -1, &param), -ESRCH);
	EXPECT_EQ(sys(SYS_sched_getparam, -1, &param), -ESRCH);
	EXPECT_EQ(sys(SYS_sched_getscheduler, -1), -ESRCH);
	EXPECT_EQ(sys(SYS_sched_rr_get_interval, -1, &param), -ESRCH);
	EXPECT_EQ(sys(SYS_sched_getscheduler, 0), OTHER);
}

/* Where root may do it at all: a container's may not. */
static void privileged(void)
{
	i32 param = 3;
	bool can = root && sys(SYS_sched_setscheduler, 0, RR, &param) == 0;

	EXPECT_IF(can, sys(SYS_sched_getscheduler, 0) == RR);
	EXPECT_IF(can, sys(SYS_sched_getparam, 0, &param) == 0 && param == 3);
	param = 17;
	EXPECT_IF(can, sys(SYS_sched_setparam, 0, &param) == 0);
	EXPECT_IF(can, sys(SYS_sched_getscheduler, 0) == RR);
	EXPECT_IF(can, sys(SYS_sched_getparam, 0, &param) == 0 && param == 17);
	param = 32;
	EXPECT_IF(can, sys(SYS_sched_setparam, 0, &param) == -EPERM);
	EXPECT_IF(can, sys(SYS_sched_setscheduler, 0, FIFO, &param) == -EPERM);
	param = -1;
	EXPECT_IF(can, sys(SYS_sched_setscheduler, 0, FIFO, &param) == -EPERM);
	param = 31;
	EXPECT_IF(can, sys(SYS_sched_setscheduler, 0, 7, &param) == -EINVAL);
	EXPECT_IF(can, sys(SYS_sched_setscheduler, 0, FIFO, &param) == 0);
	EXPECT_IF(can, sys(SYS_sched_getscheduler, 0) == FIFO);
	param = 104;
	EXPECT_IF(can, sys(SYS_sched_setscheduler, 0, OTHER, &param) == -EINVAL);
	param = 50;
	EXPECT_IF(can, sys(SYS_sched_setscheduler, getpid(), OTHER, &param) == 0);
	EXPECT_EQ(sys(SYS_sched_getscheduler, 0), OTHER);
}

/* Two processes on one processor, the one of which only ever gives it away. */
static void give_away(int number)
{
	u64 one[16] = {1};
	volatile u32 *turns =
	    mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON, -1, 0);
	u32 given = 0;
	int pid, status;

	sys(SYS_cpuset_setaffinity, 3, 2, -1L, sizeof(one), one);
	pid = fork();
	if (pid == 0) {
		while (!turns[1])
			turns[0]++;
		exit(0);
	}
	while (turns[0] == 0 && given < 100000000 && sys(number) == 0)
		given++;
	turns[1] = 1;
	EXPECT(turns[0] > 0);
	EXPECT(waitpid(pid, &status, 0) == pid && status == 0);
}

int main(void)
{
	int pid, status;

	root = sys(SYS_getuid) == 0;
	bounds();
	pid = fork();
	if (pid == 0) {
		unprivileged();
		exit(0);
	}
	EXPECT(waitpid(pid, &status, 0) == pid && status == 0);
	privileged();
	give_away(SYS_yield);
	give_away(SYS_sched_yield);
	return 0;
}
