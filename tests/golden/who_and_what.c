/* SPDX-License-Identifier: BSD-2-Clause */
/* Credentials, limits, priorities, scheduling and processor sets. */
#include "guest.h"

#define SYS_getgroups		   79
#define SYS_getpriority		   100
#define SYS_setpriority		   96
#define SYS_getrlimit		   194
#define SYS_setrlimit		   195
#define SYS_getdtablesize	   89
#define SYS_getlogin		   49
#define SYS_getegid		   43
#define SYS_getresuid		   360
#define SYS_setresuid		   311
#define SYS_geteuid		   25
#define SYS_seteuid		   183
#define SYS_getloginclass	   523
#define SYS_sched_getscheduler	   330
#define SYS_sched_get_priority_max 332
#define SYS_sched_getparam	   328
#define SYS_rtprio		   166
#define SYS_cpuset_getid	   486
#define SYS_cpuset_getaffinity	   487
#define SYS_cpuset_setaffinity	   488
#define SYS_sched_getcpu	   581
#define RLIM_INFINITY		   0x7fffffffffffffff

static void credentials(void)
{
	u32 groups[1024], ids[3] = {9, 9, 9};
	char name[64] = "?";
	long n = sys(SYS_getgroups, 1024, groups), bound = sys(SYS_getgroups, 0, 0);

	EXPECT(n >= 1 && (bound == n || bound == n + 1));
	EXPECT_EQ(groups[0], sys(SYS_getegid));
	for (long i = 1; i < n; i++)
		if (groups[i] == groups[0])
			print("FAILED: the effective group comes twice\n");
	EXPECT_EQ(sys(SYS_getgroups, -1, groups), -EINVAL);
	EXPECT_EQ(sys(SYS_getresuid, &ids[0], 0, &ids[2]), 0);
	EXPECT(ids[0] == sys(SYS_getuid) && ids[1] == 9);
	EXPECT_EQ(sys(SYS_setresuid, -1, -1, -1), 0);
	n = sys(SYS_geteuid);
	EXPECT_EQ(sys(SYS_seteuid, n), 0);
	EXPECT_EQ(sys(SYS_getlogin, name, sizeof(name)), 0);
	/* The tests' runner names nobody: root is known without. */
	EXPECT(strcmp(name, sys(SYS_geteuid) ? "" : "root") == 0);
	EXPECT_EQ(sys(SYS_getlogin, name, 0), -ERANGE);
	EXPECT_EQ(sys(SYS_getloginclass, name, sizeof(name)), 0);
	EXPECT(strcmp(name, "default") == 0);
}

static void limits(void)
{
	i64 limit[2], now[2];

	EXPECT_EQ(sys(SYS_getrlimit, 8, limit), 0);
	EXPECT(limit[0] > 0 && limit[0] <= limit[1]);
	EXPECT_EQ(sys(SYS_getdtablesize), limit[0] > 0x7fffffff ? 0x7fffffff : limit[0]);
	limit[0] = 100;
	EXPECT_EQ(sys(SYS_setrlimit, 8, limit), 0);
	EXPECT_EQ(sys(SYS_getrlimit, 8, now), 0);
	EXPECT(now[0] == 100 && now[1] == limit[1]);
	EXPECT_EQ(fcntl(1, F_DUPFD, 100), -1);
	EXPECT_EQ(errno, EINVAL);
	EXPECT_EQ(sys(SYS_getrlimit, 9, limit), 0);
	EXPECT(limit[0] == RLIM_INFINITY && limit[1] == RLIM_INFINITY);
	limit[0] = 12345;
	EXPECT_EQ(sys(SYS_setrlimit, 9, limit), 0);
	EXPECT_EQ(sys(SYS_getrlimit, 9, now), 0);
	EXPECT_EQ(now[0], 12345);
	EXPECT_EQ(sys(SYS_getrlimit, 15, now), -EINVAL);
	EXPECT_EQ(sys(SYS_getrlimit, 0, now), 0);
	/* A soft limit above the hard one is lowered to it. */
	limit[0] = 1000;
	limit[1] = 500;
	EXPECT_EQ(sys(SYS_setrlimit, 0, limit), 0);
	EXPECT_EQ(sys(SYS_getrlimit, 0, now), 0);
	EXPECT(now[0] == 500 && now[1] == 500);
}

static void scheduling(void)
{
	u64 set[16], one[16] = {0};
	u16 rtp[2];
	int param, id;
	long cpu;

	EXPECT_EQ(sys(SYS_setpriority, 0, 0, 19), 0); /* also where the test itself is niced */
	EXPECT_EQ(sys(SYS_getpriority, 0, 0), 19);
	EXPECT_EQ(sys(SYS_getpriority, 9, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_sched_getscheduler, 0), 2);
	EXPECT_EQ(sys(SYS_sched_get_priority_max, 1), 31);
	EXPECT_EQ(sys(SYS_sched_get_priority_max, 2), 103);
	EXPECT_EQ(sys(SYS_sched_get_priority_max, 7), -EINVAL);
	EXPECT_EQ(sys(SYS_sched_getparam, 0, &param), 0);
	EXPECT_EQ(sys(SYS_rtprio, 0, 0, rtp), 0);
	EXPECT_EQ(rtp[0], 3);

	EXPECT_EQ(sys(SYS_cpuset_getaffinity, 3, 2, -1, sizeof(set), set), 0);
	EXPECT(set[0] != 0);
	EXPECT_EQ(sys(SYS_cpuset_getaffinity, 3, 2, -1, 0, set), -ERANGE);
	EXPECT_EQ(sys(SYS_cpuset_getaffinity, 3, 99, -1, sizeof(set), set), -EINVAL);
	cpu = __builtin_ctzl(set[0]);
	one[0] = 1UL << cpu;
	EXPECT_EQ(sys(SYS_cpuset_setaffinity, 3, 1, -1, sizeof(one), one), 0);
	EXPECT_EQ(sys(SYS_sched_getcpu), cpu);
	EXPECT_EQ(sys(SYS_cpuset_getaffinity, 3, 1, -1, sizeof(set), set), 0);
	EXPECT(memcmp(set, one, sizeof(set)) == 0);
	one[0] = 0;
	EXPECT_EQ(sys(SYS_cpuset_setaffinity, 3, 1, -1, sizeof(one), one), -EDEADLK);
	EXPECT_EQ(sys(SYS_cpuset_getid, 2, 2, -1, &id), 0);
	EXPECT_EQ(id, 1);
}

int main(void)
{
	credentials();
	limits();
	scheduling();
	return 0;
}
