/* SPDX-License-Identifier: BSD-2-Clause */
/* Processor sets: sizes of masks, the two sets there are, a thread's own mask. */
#include "guest.h"

#define SYS_cpuset_getid       486
#define SYS_cpuset_getaffinity 487
#define SYS_cpuset_setaffinity 488
#define SYS_cpuset_getdomain   561
#define LEVEL_ROOT	       1
#define LEVEL_CPUSET	       2
#define LEVEL_WHICH	       3
#define WHICH_TID	       1
#define WHICH_PID	       2
#define WHICH_CPUSET	       3
#define WHICH_IRQ	       4
#define WHICH_DOMAIN	       6
#define POLICY_FIRSTTOUCH      2

static long get(int level, int which, long id, size_t size, void *mask)
{
	return result(sys(SYS_cpuset_getaffinity, level, which, id, size, mask));
}

static long set(int level, int which, long id, size_t size, const void *mask)
{
	return result(sys(SYS_cpuset_setaffinity, level, which, id, size, mask));
}

static long domain(int level, int which, long id, size_t size, void *mask, void *policy)
{
	return result(sys(SYS_cpuset_getdomain, level, which, id, size, mask, policy));
}

/* One memory domain there is, taken from by whoever touches a page first. */
static void domains(long tid)
{
	struct {
		u64 word[4];
		int policy;
	} d;

#define IS_DEFAULT(level, which, id, size)                                                         \
	(memset(&d, 0xff, sizeof(d)), domain(level, which, id, size, d.word, &d.policy) == 0 &&    \
					  d.word[0] == 1 && d.policy == POLICY_FIRSTTOUCH)
	EXPECT(IS_DEFAULT(LEVEL_WHICH, WHICH_PID, -1, sizeof(d.word)));
	EXPECT(d.word[1] == 0 && d.word[2] == 0 && d.word[3] == 0);
	EXPECT(IS_DEFAULT(LEVEL_WHICH, WHICH_TID, tid, 8) && d.word[1] == ~0UL);
	EXPECT(IS_DEFAULT(LEVEL_WHICH, WHICH_PID, getpid(), 16) && d.word[2] == ~0UL);
	EXPECT(IS_DEFAULT(LEVEL_CPUSET, WHICH_PID, -1, 8));
	EXPECT(IS_DEFAULT(LEVEL_ROOT, WHICH_TID, -1, 8));
	EXPECT(IS_DEFAULT(LEVEL_WHICH, WHICH_CPUSET, 1, 8));
	EXPECT(IS_DEFAULT(LEVEL_ROOT, WHICH_CPUSET, -1, 8));
	EXPECT_ERROR(domain(LEVEL_WHICH, WHICH_PID, -1, 7, d.word, &d.policy), ERANGE);
	EXPECT_ERROR(domain(LEVEL_WHICH, WHICH_PID, -1, 0, d.word, &d.policy), ERANGE);
	EXPECT_ERROR(domain(LEVEL_WHICH, WHICH_PID, -1, 33, d.word, &d.policy), ERANGE);
	EXPECT_ERROR(domain(LEVEL_WHICH, WHICH_PID, -1, -1UL, d.word, &d.policy), ERANGE);
	EXPECT_ERROR(domain(4, WHICH_PID, -1, 8, d.word, &d.policy), EINVAL);
	EXPECT_ERROR(domain(LEVEL_WHICH, 99, -1, 8, d.word, &d.policy), EINVAL);
	EXPECT_ERROR(domain(LEVEL_WHICH, WHICH_IRQ, 0, 8, d.word, &d.policy), EINVAL);
	EXPECT_ERROR(domain(LEVEL_WHICH, WHICH_DOMAIN, 0, 8, d.word, &d.policy), EINVAL);
	EXPECT_ERROR(domain(LEVEL_WHICH, WHICH_CPUSET, 77, 8, d.word, &d.policy), ESRCH);
	EXPECT_ERROR(domain(LEVEL_WHICH, WHICH_PID, 0x7ffffffe, 8, d.word, &d.policy), ESRCH);
	EXPECT_ERROR(domain(LEVEL_WHICH, WHICH_TID, 5, 8, d.word, &d.policy), ESRCH);
	EXPECT_ERROR(domain(LEVEL_WHICH, WHICH_PID, -1, 8, NULL, &d.policy), EFAULT);
	EXPECT_ERROR(domain(LEVEL_WHICH, WHICH_PID, -1, 8, d.word, NULL), EFAULT);
}

int main(void)
{
	u64 all[16] = {0}, own[17], one[16] = {0}, none[16] = {0}, after[16] = {0};
	int id = -7;
	long tid;

	EXPECT_EQ(get(LEVEL_ROOT, WHICH_PID, -1, sizeof(all), all), 0);
	EXPECT(all[0] != 0);
	memset(own, 0xff, sizeof(own));
	EXPECT_EQ(get(LEVEL_WHICH, WHICH_PID, -1, sizeof(own), own), 0);
	EXPECT((own[0] & ~all[0]) == 0 && own[0] != 0);
	EXPECT_EQ(own[16], 0);
	EXPECT_ERROR(get(LEVEL_WHICH, WHICH_PID, -1, 0, own), ERANGE);
	EXPECT_ERROR(get(LEVEL_WHICH, WHICH_PID, -1, sizeof(own), NULL), EFAULT);
	EXPECT_ERROR(get(4, WHICH_PID, -1, sizeof(all), after), EINVAL);
	EXPECT_ERROR(get(LEVEL_WHICH, 99, -1, sizeof(all), after), EINVAL);
	EXPECT_ERROR(get(LEVEL_WHICH, WHICH_CPUSET, 77, sizeof(all), after), ESRCH);

	EXPECT_EQ(sys(SYS_thr_self, &tid), 0);
	one[0] = own[0] & -own[0];
	EXPECT_EQ(set(LEVEL_WHICH, WHICH_TID, tid, sizeof(one), one), 0);
	EXPECT_EQ(get(LEVEL_WHICH, WHICH_TID, -1, sizeof(after), after), 0);
	EXPECT(after[0] == one[0]);
	EXPECT_EQ(set(LEVEL_WHICH, WHICH_PID, -1, sizeof(one), own), 0);
	EXPECT_EQ(get(LEVEL_WHICH, WHICH_TID, tid, sizeof(after), after), 0);
	EXPECT(after[0] == own[0]);
	EXPECT_ERROR(set(LEVEL_WHICH, WHICH_TID, -1, sizeof(none), none), EDEADLK);
	none[15] = 1UL << 63;
	EXPECT_ERROR(set(LEVEL_WHICH, WHICH_TID, -1, sizeof(none), none), EINVAL);
	EXPECT_ERROR(set(LEVEL_CPUSET, WHICH_PID, -1, sizeof(one), one), EPERM);
	EXPECT_ERROR(set(LEVEL_WHICH, WHICH_PID, 0x7ffffffe, sizeof(one), one), ESRCH);

	EXPECT_EQ(sys(SYS_cpuset_getid, LEVEL_ROOT, WHICH_PID, -1L, &id), 0);
	EXPECT_EQ(id, 0);
	EXPECT_EQ(sys(SYS_cpuset_getid, LEVEL_CPUSET, WHICH_PID, -1L, &id), 0);
	EXPECT_EQ(id, 1);
	EXPECT_ERROR(result(sys(SYS_cpuset_getid, LEVEL_WHICH, WHICH_PID, -1L, &id)), EINVAL);
	domains(tid);
	return 0;
}
