/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine and parts of its kernel: profiling, sysi86, hrtsys, modctl, cpc, inst_sync, nfssys,
 * rpcmod, sidsys; process security flags.
 */
#include "guest.h"

static bool is_root(void)
{
	return sys(SYS_getuid) == 0;
}

/* ---- profiling ----------------------------------------------------------------------------- */

static volatile u64 work;

static __attribute__((noinline)) void busy(int msec)
{
	struct timespec begin, now;

	clock_gettime(2, &begin); /* CLOCK_THREAD_CPUTIME_ID */
	do {
		for (int i = 0; i < 1000000; i++)
			work += (u64)i;
		clock_gettime(2, &now);
	} while ((now.tv_sec - begin.tv_sec) * 1000 + (now.tv_nsec - begin.tv_nsec) / 1000000 <
		 msec);
}

static u16 counters[4096];
static u64 samples[1024];

static void profiling(void)
{
	u64 low = (u64)busy & ~0xfffUL, in = 0, all = 0;
	int pid, status = -1;
	long n;

	print("profiling\n");
	/* A scale of 0x8000: a counter for every four bytes. */
	EXPECT_EQ(sys(SYS_profil, counters, sizeof(counters), low, 0x8000), 0);
	busy(300);
	EXPECT_EQ(sys(SYS_profil, NULL, 0, 0, 0), 0);
	for (int i = 0; i < 4096; i++)
		all += counters[i];
	for (u64 i = ((u64)busy - low) / 4; i < ((u64)busy - low) / 4 + 64; i++)
		in += counters[i];
	EXPECT(all >= 10 && all < 100);
	EXPECT(in * 10 >= all * 8); /* that is where it was */
	busy(50);
	for (int i = 0; i < 4096; i++)
		all -= counters[i];
	EXPECT_EQ(all, 0); /* none is added when it is off */
	/* All in one. */
	memset(counters, 0, sizeof(counters));
	EXPECT_EQ(sys(SYS_profil, counters, 2, 0, 2), 0);
	busy(100);
	/* A child goes on by itself. */
	pid = fork();
	if (pid == 0) {
		u16 before = counters[0];

		busy(100);
		exit(counters[0] >= before + 3 ? 0 : 1);
	}
	waitpid(pid, &status, 0);
	EXPECT_EQ(status, 0);
	EXPECT_EQ(sys(SYS_profil, counters, 2, 0, 1), 0); /* 1 is off as well */
	EXPECT(counters[0] >= 3 && counters[1] == 0);
	EXPECT_EQ(sys(SYS_pcsample, samples, 1024), 0);
	busy(200);
	n = sys(SYS_pcsample, samples, 0);
	EXPECT(n >= 8 && n < 100);
	in = 0;
	for (long i = 0; i < n; i++)
		in += samples[i] >= (u64)busy && samples[i] < (u64)busy + 256;
	EXPECT((long)in * 10 >= n * 8);
	EXPECT_EQ(samples[n], 0);
	/* What does not fit is not counted; a bad address ends it. */
	EXPECT_EQ(sys(SYS_pcsample, samples, 2), 0);
	busy(100);
	EXPECT_EQ(sys(SYS_pcsample, NULL, 10), 2);
	busy(50);
	EXPECT_EQ(sys(SYS_pcsample, NULL, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_profil, 8, 100, 0, 0x10000), 0);
	busy(50);
	EXPECT_EQ(sys(SYS_profil, 0, 0, 0, 0), 0);
}

/* ---- the machine --------------------------------------------------------------------------- */

static u16 control(void)
{
	u16 cw;

	__asm__("fnstcw %0" : "=m"(cw));
	return cw;
}

static void hardware(void)
{
	u32 kind = 0, mxcsr = 0;
	u64 lag = 7;

	print("hardware\n");
	EXPECT_EQ(sys(SYS_sysi86, 40, &kind), 0);
	EXPECT_EQ(kind, 3);
	EXPECT_EQ(sys(SYS_sysi86, 40, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_sysi86, 41, &kind, 0x137f, 0x3f80), 1);
	__asm__("stmxcsr %0" : "=m"(mxcsr));
	EXPECT(control() == 0x137f && mxcsr == 0x3f80);
	EXPECT_EQ(sys(SYS_sysi86, 41, &kind, 0x37f, 0x1f80), 1);
	EXPECT_EQ(control(), 0x37f);
	EXPECT_EQ(sys(SYS_sysi86, 113, &lag), 0);
	EXPECT_EQ(lag, 0);
	EXPECT_EQ(sys(SYS_sysi86, 71, 4, 0), 0);
	EXPECT_EQ(sys(SYS_sysi86, 71, 4, 0x3000), -EPERM);
	EXPECT_EQ(sys(SYS_sysi86, 71, 5, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_sysi86, 75, NULL), -EINVAL);
	EXPECT(sys(SYS_sysi86, 112, 1UL << 40) == (is_root() ? -EOVERFLOW : -EPERM));
	EXPECT_EQ(sys(SYS_sysi86, 1), -EINVAL);
}

struct hrtimes {
	u64 secs;
	i64 rem;
	u64 res;
};

static void high_resolution(void)
{
	struct hrtimes now = {0, 0, 1000};
	struct {
		i32 cmd, clk;
		struct hrtimes interval, tod;
		i32 flags, error;
	} c[3] = {
	    {12, 1, {100, 0, 0}, {0}, 0, 0}, {13, 1, {0}, {0}, 0, 0}, {12, 9, {0}, {0}, 0, 0}};
	struct timespec ts;

	print("hrtsys\n");
	clock_gettime(3, &ts);
	EXPECT_EQ(sys(SYS_hrtsys, 1UL << 32, 1, 0, &now), 0);
	EXPECT((i64)now.secs - ts.tv_sec <= 1 && now.rem < 1000 && now.res == 1000);
	now.res = 0;
	EXPECT_EQ(sys(SYS_hrtsys, 1UL << 32, 1, 0, &now), -ERANGE);
	EXPECT_EQ(sys(SYS_hrtsys, 1UL << 32, 1, 0, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_hrtsys, 1UL << 32, 2, 0, &now), -EINVAL);
	EXPECT_EQ(sys(SYS_hrtsys, 0, 1, 0, &now), -EINVAL);
	EXPECT_EQ(sys(SYS_hrtsys, 1, c, 3), 2);
	EXPECT(c[0].flags == 1 && c[1].flags == 1 && c[2].flags == 2 && c[2].error == EINVAL);
	EXPECT(c[1].interval.secs >= 98 && c[1].interval.secs <= 100);
	c[0].cmd = 16;
	EXPECT_EQ(sys(SYS_hrtsys, 1, c, 1), 1);
	EXPECT_EQ(sys(SYS_alarm, 0), 0);
	EXPECT_EQ(sys(SYS_hrtsys, 1, NULL, 1), -EFAULT);
	EXPECT_EQ(sys(SYS_hrtsys, 1, c, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_hrtsys, 2, c, 1), -EINVAL);
}

/* ---- the kernel's parts -------------------------------------------------------------------- */

static void kernel(void)
{
	static char info[432], path[256];
	u32 n = 0, revoke[6] = {1, 0, 0, 3, 0, 0};
	bool root = is_root();
	int fd;

	print("kernel\n");
	EXPECT_EQ(sys(SYS_modctl, 2, 0, info), -EINVAL);
	EXPECT_EQ(sys(SYS_modctl, 2, 0, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_modctl, 14, 0, &n), 0);
	EXPECT_EQ(sys(SYS_modctl, 6, 0, path), 0);
	EXPECT_EQ(strlen(path), n);
	print("%s\n", path);
	EXPECT_EQ(sys(SYS_modctl, 8, "sd", 3, &n), -ENODEV);
	EXPECT_EQ(sys(SYS_modctl, 8, "sd", 0, &n), -EINVAL);
	EXPECT_EQ(sys(SYS_modctl, 8, NULL, 3, &n), -EFAULT);
	EXPECT_EQ(sys(SYS_modctl, 21, 0, &n), -EINVAL);
	EXPECT(sys(SYS_modctl, 0, 0, "drv/none", 0) == (root ? -ENOENT : -EPERM));
	EXPECT(sys(SYS_modctl, 1, 7) == (root ? -EINVAL : -EPERM));
	EXPECT(sys(SYS_modctl, 99) == (root ? -EINVAL : -EPERM));
	EXPECT(sys(SYS_inst_sync, "instances", 7) == (root ? -EINVAL : -EPERM));
	EXPECT(sys(SYS_inst_sync, "instances", 0) == (root ? -EALREADY : -EPERM));
	EXPECT(sys(SYS_inst_sync, "instances", 1) == (root ? 0 : -EPERM));
	fd = open("instances", O_RDONLY);
	EXPECT((root ? read(fd, info, sizeof(info)) : 56) == 56);
	on_signal(SIGSYS, HANDLER_IGNORE, 0);
	EXPECT_EQ(sys(SYS_cpc, 1, 0, 0, 0, 0), -ENOSYS);
	on_signal(SIGSYS, HANDLER_DEFAULT, 0);
	revoke[2] = (u32)sys(SYS_getuid);
	EXPECT_EQ(sys(SYS_rpcsys, 0, revoke), 0);
	EXPECT_EQ(sys(SYS_rpcsys, 0, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_rpcsys, 1, revoke), -EINVAL);
	revoke[3] = 1;
	EXPECT_EQ(sys(SYS_rpcsys, 0, revoke), -EINVAL);
	revoke[2] = 12345;
	EXPECT(sys(SYS_rpcsys, 0, revoke) == (root ? -EINVAL : -EPERM));
	EXPECT(sys(SYS_nfssys, 2, NULL) == (root ? -ENOTSUP : -EPERM));
	EXPECT(sys(SYS_nfssys, 99, NULL) == (root ? -EINVAL : -EPERM));
	EXPECT_EQ(sys(SYS_nfssys, 5, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_sidsys, 0, 0, 1, 1), -EPERM);
	EXPECT(sys(SYS_sidsys, 1, 99) == (root ? -EBADF : -EPERM));
	EXPECT_EQ(sys(SYS_sidsys, 2, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_sidsys, 7), -EINVAL);
}

/* ---- security flags ------------------------------------------------------------------------ */

enum { EFFECTIVE, INHERIT, LOWER, UPPER };
enum { ASLR = 1, NOEXECSTACK = 4 };

static long flags(int which, u64 add, u64 remove)
{
	i32 myself[5] = {1, 0, -1, 7, 0}; /* POP_AND, P_PID, P_MYID, P_ALL */
	u64 delta[4] = {add, remove, 0, 0};

	return sys(SYS_psecflags, myself, which, delta);
}

static char *self;

static void security_flags(void)
{
	char *const argv[] = {self, "executed", NULL}, *const envp[] = {NULL};
	i32 others[5] = {1, 0, getppid(), 7, 0}, lwp[5] = {1, 8, 1, 7, 0};
	u64 delta[4] = {0};
	int pid, status = -1;

	print("security flags\n");
	EXPECT_EQ(flags(EFFECTIVE, 0, 0), 22); /* a number, no error */
	EXPECT_EQ(flags(INHERIT, ASLR, 0), 0);
	EXPECT_EQ(flags(INHERIT, 8, 0), -EINVAL);
	EXPECT_EQ(flags(9, ASLR, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_psecflags, others, INHERIT, delta), -EPERM);
	EXPECT_EQ(sys(SYS_psecflags, lwp, INHERIT, delta), -EINVAL);
	EXPECT_EQ(sys(SYS_psecflags, NULL, INHERIT, delta), -EFAULT);
	EXPECT_EQ(sys(SYS_psecflags, others, INHERIT, NULL), -EFAULT);
	pid = fork();
	if (pid == 0) {
		flags(LOWER, ASLR, 0);
		flags(INHERIT, NOEXECSTACK, 0);
		flags(UPPER, 0, 2);
		execve(self, argv, envp);
		exit(1);
	}
	waitpid(pid, &status, 0);
	EXPECT_EQ(status, 0);
}

/* Bounds hold after an exec; what was inherited counts. */
static void executed(void)
{
	bool good = flags(INHERIT, 0, ASLR) == -EINVAL && flags(INHERIT, 2, 0) == -EINVAL &&
		    flags(UPPER, 2, 0) == -EINVAL && flags(LOWER, 0, ASLR) == -EINVAL &&
		    flags(INHERIT, 0, NOEXECSTACK) == 0;

	exit(good ? 0 : 1);
}

int main(int argc, char **argv)
{
	self = argv[0];
	if (argc > 1)
		executed();
	profiling();
	hardware();
	high_resolution();
	kernel();
	security_flags();
	return 0;
}
