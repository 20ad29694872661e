/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * thr_create(2): a thread that begins in a context, vector registers and thread pointer
 * included; priorities of thr_new(2), rtprio(2) and setpriority(2).
 */
#include "freebsd_context.h"
#include "freebsd_thread.h"

#define SYS_setpriority	  96
#define SYS_getpriority	  100
#define SYS_rtprio	  166
#define SYS_getcontext	  421
#define SYS_thr_create	  430
#define SYS_rtprio_thread 466
#define RTP_LOOKUP	  0
#define RTP_SET		  1
#define RTP_REALTIME	  2
#define RTP_NORMAL	  3
#define RTP_IDLE	  4
#define RTP_FIFO	  10

struct rtprio {
	u16 type, prio;
};

static char stack[65536] __attribute__((aligned(16)));
static volatile long gone, seen_tid, created;
static volatile u64 seen[4];
static u64 tls[4];

static void body(u64 rdi, u64 rsi)
{
	u64 xmm, fs;

	__asm__ volatile("movq %%xmm5, %0" : "=r"(xmm));
	__asm__ volatile("movq %%fs:0, %0" : "=r"(fs));
	seen[0] = rdi;
	seen[1] = rsi;
	seen[2] = xmm;
	seen[3] = fs;
	sys(SYS_thr_self, &seen_tid);
	sys(SYS_thr_exit, &gone);
}

static void in_context(void)
{
	struct ucontext uc;
	u64 before = 0x1122334455667788, after = 0;

	EXPECT_EQ(sys(SYS_getcontext, &uc), 0);
	uc.mc.rip = (u64)body;
	uc.mc.rsp = (u64)(stack + sizeof(stack)) - 8;
	uc.mc.rdi = 0x1234;
	uc.mc.rsi = 0x5678;
	tls[0] = 0xabcdef;
	EXPECT_EQ(uc.mc.flags & MC_HASBASES, 0); /* swapcontext(3) between threads */
	uc.mc.fsbase = (u64)tls;
	uc.mc.flags |= MC_HASBASES;
	uc.mc.fpstate[(160 + 5 * 16) / 8] = 0xfedcba9876543210;
	__asm__ volatile("movq %0, %%xmm5" : : "r"(before) : "xmm5");
	EXPECT_EQ(sys(SYS_thr_create, &uc, &created, 0), 0);
	__asm__ volatile("movq %%xmm5, %0" : "=r"(after));
	while (gone == 0)
		sys(SYS__umtx_op, &gone, UMTX_OP_WAIT, 0, NULL, NULL);
	EXPECT_EQ(seen[0], 0x1234);
	EXPECT_EQ(seen[1], 0x5678);
	EXPECT(seen[2] == 0xfedcba9876543210);
	EXPECT_EQ(seen[3], 0xabcdef);
	EXPECT_EQ(seen_tid - created, 0);
	EXPECT_EQ(sys(SYS_thr_create, 8, &created, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_thr_create, &uc, 8, 0), -EFAULT);
	uc.mc.len = 8;
	EXPECT_EQ(sys(SYS_thr_create, &uc, &created, 0), -EINVAL);
}

static struct thread one;
static struct rtprio got, mine;

static void look(void *arg)
{
	(void)arg;
	sys(SYS_rtprio_thread, RTP_LOOKUP, 0, &got);
}

static long start_with(u16 type, u16 prio)
{
	struct rtprio rtp = {type, prio};
	struct thr_param param = {
	    .start_func = thread_body,
	    .arg = &one,
	    .stack_base = one.stack,
	    .stack_size = sizeof(one.stack),
	    .rtp = &rtp,
	};
	long r;

	one.body = look;
	one.gone = 0;
	got = (struct rtprio){99, 99};
	r = sys(SYS_thr_new, &param, sizeof(param));
	if (r == 0)
		thread_join(&one);
	return r;
}

/* Real-time classes are the superuser's, there as here: what else the caller is told is EPERM. */
static void urgent(void)
{
	long want = sys(SYS_getuid) == 0 ? 0 : -EPERM;
	struct rtprio rr = {RTP_REALTIME, 9}, normal = {RTP_NORMAL, 0}, bad = {RTP_FIFO, 32};
	struct thr_param param = {.start_func = thread_body, .rtp = (void *)8};
	bool may;

	EXPECT_EQ(start_with(RTP_NORMAL, 0), 0);
	EXPECT_EQ(got.type, RTP_NORMAL);
	EXPECT_EQ(start_with(RTP_IDLE, 0), -EINVAL);
	EXPECT_EQ(start_with(77, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_thr_new, &param, sizeof(param)), -EFAULT);
	may = start_with(RTP_FIFO, 20) == 0;
	EXPECT(may ? got.type == RTP_FIFO && got.prio == 20 : got.type == 99);
	may = start_with(RTP_REALTIME, 3) == 0;
	EXPECT(may ? got.type == RTP_REALTIME && got.prio == 3 : got.type == 99);
	EXPECT_EQ(sys(SYS_rtprio_thread, RTP_LOOKUP, 0, &mine), 0);
	EXPECT_EQ(mine.type, RTP_NORMAL);
	/* A container may forbid even the superuser. */
	if (!may)
		want = -EPERM;
	EXPECT(sys(SYS_rtprio, RTP_SET, getpid(), &rr) == want);
	EXPECT_EQ(sys(SYS_rtprio, RTP_LOOKUP, 0, &mine), 0);
	EXPECT(want ? mine.type == RTP_NORMAL : mine.type == RTP_REALTIME && mine.prio == 9);
	EXPECT_EQ(sys(SYS_rtprio, RTP_SET, getpid(), &normal), 0);
	EXPECT_EQ(sys(SYS_rtprio, RTP_SET, 0, &bad), -EINVAL);
	EXPECT_EQ(sys(SYS_rtprio, RTP_SET, 0, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_rtprio, RTP_SET, 1 << 30, &normal), -ESRCH);
	EXPECT_EQ(sys(SYS_rtprio, 2, 0, &normal), -EINVAL);
	EXPECT_EQ(sys(SYS_rtprio, RTP_LOOKUP, 0, &mine), 0);
	EXPECT_EQ(mine.type, RTP_NORMAL);
}

static volatile u32 go;
static volatile long others;

static void ask_nice(void *arg)
{
	(void)arg;
	while (go == 0)
		sys(SYS__umtx_op, &go, UMTX_OP_WAIT_UINT, 0, NULL, NULL);
	/* RTP_LOOKUP has no nice value: it is the thread's own host priority that is asked for. */
	others = sys(SYS_getpriority, 0, one.tid - 100000);
}

static void nice(void)
{
	long now = sys(SYS_getpriority, 0, 0);

	thread_start(&one, ask_nice, NULL);
	EXPECT_EQ(sys(SYS_setpriority, 0, 0, now + 5), 0);
	EXPECT_EQ(sys(SYS_getpriority, 0, 0) - now, 5);
	go = 1;
	sys(SYS__umtx_op, &go, UMTX_OP_WAKE, 1, NULL, NULL);
	thread_join(&one);
	EXPECT_EQ(others - now, 5);
	EXPECT_EQ(sys(SYS_setpriority, 0, 1 << 30, 5), -ESRCH);
	EXPECT_EQ(sys(SYS_setpriority, 9, 0, 5), -EINVAL);
}

int main(void)
{
	in_context();
	print("urgent\n");
	urgent();
	print("nice\n");
	nice();
	return 0;
}
