/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals at random times against threads that block, call and compute: every signal is
 * handled once, every byte and every post arrives once, and no register is lost. The
 * argument is the number of rounds.
 */
#include "freebsd_event.h"
#include "freebsd_umtx.h"

static volatile u32 handled[3], stop, posted, taken, got_bytes, got_events, wrong;
static volatile u64 sum;
static int pipe_fds[2], event_fds[2];
static struct usem2 sem;
static struct umutex m;
static struct thread threads[8];
static u32 started, under_lock;
static u64 seed = 88172645463325252UL;

static u64 random64(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static void note(int sig, struct siginfo *info, void *context)
{
	(void)context;
	__atomic_add_fetch(&handled[sig - SIGRTMIN], 1, __ATOMIC_SEQ_CST);
	__atomic_add_fetch(&sum, info->si_value, __ATOMIC_SEQ_CST);
	__asm__ volatile("pcmpeqd %%xmm5, %%xmm5; pcmpeqd %%xmm6, %%xmm6" : : : "xmm5", "xmm6");
}

static void reads(void *arg)
{
	char byte;
	long r;

	(void)arg;
	while ((r = sys(SYS_read, pipe_fds[0], &byte, 1)) != 0) {
		if (r == 1)
			got_bytes++;
		else if (r != -EINTR)
			wrong++;
	}
}

static void takes(void *arg)
{
	(void)arg;
	while (!stop || (sem.count & ~USEM_HAS_WAITERS)) {
		u32 count = sem.count;

		if ((count & ~USEM_HAS_WAITERS) == 0) {
			struct timespec limit = {0, 5000000};

			umtx(&sem, UMTX_OP_SEM2_WAIT, 0, sizeof(limit), &limit);
		} else if (__sync_bool_compare_and_swap(&sem.count, count, count - 1)) {
			taken++;
		}
	}
}

static void waits_for_events(void *arg)
{
	struct kevent k = {.ident = (u64)event_fds[0], .filter = EVFILT_READ, .flags = EV_ADD};
	int kq = (int)sys(SYS_kqueue);
	char buf[64];
	long r;

	(void)arg;
	sys(SYS_kevent, kq, &k, 1, NULL, 0, NULL);
	for (;;) {
		r = sys(SYS_kevent, kq, NULL, 0, &k, 1, NULL);
		if (r == -EINTR)
			continue;
		if (r != 1)
			wrong++;
		r = sys(SYS_read, event_fds[0], buf, sizeof(buf));
		if (r == 0)
			break;
		if (r > 0)
			got_events += (u32)r;
		else if (r != -EINTR)
			wrong++;
	}
	sys(SYS_close, kq);
}

static void sleeps(void *arg)
{
	(void)arg;
	while (!stop) {
		struct timespec want = {0, 300000}, left = {0, 0};
		long r = sys(SYS_nanosleep, &want, &left);

		if ((r != 0 && r != -EINTR) || left.tv_nsec > want.tv_nsec || left.tv_nsec < 0)
			wrong++;
	}
}

static void calls(void *arg)
{
	long pid = getpid();
	struct timespec ts;

	(void)arg;
	while (!stop) {
		if (sys(SYS_getpid) != pid || sys(SYS_clock_gettime, CLOCK_MONOTONIC, &ts) != 0 ||
		    sys(SYS_close, -1) != -EBADF)
			wrong++;
	}
}

/* Registers, flags and vectors through many interruptions. */
static void computes(void *arg)
{
	(void)arg;
	while (!stop) {
		u64 a = random64() | 1, r15 = a, out, x5;

		__asm__ volatile("movq %2, %%xmm5; movq %2, %%r15; movq %2, %%rbx\n"
				 "movl $2000, %%ecx; stc\n"
				 "1: rcrq $1, %%r15; rclq $1, %%r15; decl %%ecx; jnz 1b\n"
				 "movq %%r15, %0; movq %%xmm5, %1; subq %%rbx, %0"
				 : "=&r"(out), "=&r"(x5)
				 : "r"(r15)
				 : "rcx", "rbx", "r15", "xmm5", "cc");
		if (out != 0 || x5 != a)
			wrong++;
	}
}

static void locks(void *arg)
{
	u32 id = (u32)my_tid();

	(void)arg;
	while (!stop) {
		mutex_lock(&m, id);
		if (++under_lock != 1)
			wrong++;
		--under_lock;
		mutex_unlock(&m);
	}
}

static u32 all_handled(void)
{
	return handled[0] + handled[1] + handled[2];
}

static void start(void (*body)(void *))
{
	thread_start(&threads[started++], body, NULL);
}

static void send(int sig, u64 value)
{
	while (sys(SYS_sigqueue, getpid(), sig, value) != 0)
		sys(SYS_sched_yield);
}

int main(int argc, char **argv)
{
	u32 rounds = argc > 1 ? (u32)decimal(argv[1]) : 3000, bytes = 0, events = 0;
	u64 all[2] = {~0UL, ~0UL}, none[2] = {0, 0}, want = 0;

	for (int i = 0; i < 3; i++)
		on_signal(SIGRTMIN + i, note, i == 1 ? SA_RESTART : i == 2 ? SA_NODEFER : 0);
	pipe2(pipe_fds, 0);
	pipe2(event_fds, 0);
	start(reads);
	start(takes);
	start(waits_for_events);
	start(sleeps);
	start(calls);
	start(computes);
	start(locks);
	start(locks);
	for (u32 i = 0; i < rounds; i++) {
		u64 r = random64();

		/* half of them to the others, who then block or compute */
		sys(SYS_sigprocmask, SIG_SETMASK, r & 1 ? all : none, NULL);
		send(SIGRTMIN + (int)((r >> 8) % 3), i);
		want += i;
		if ((r >> 16) % 3 == 0)
			bytes += write(pipe_fds[1], "x", 1) == 1;
		if ((r >> 20) % 3 == 0)
			events += write(event_fds[1], "x", 1) == 1;
		if ((r >> 24) % 3 == 0) {
			posted++;
			if (__atomic_fetch_add(&sem.count, 1, __ATOMIC_SEQ_CST) & USEM_HAS_WAITERS)
				umtx(&sem, UMTX_OP_SEM2_WAKE, 0, 0, NULL);
		}
		for (u64 spin = (r >> 28) % 3000; spin > 0; spin--)
			__asm__ volatile("");
	}
	sys(SYS_sigprocmask, SIG_SETMASK, none, NULL);
	for (int i = 0; i < 5000 && (all_handled() < rounds || got_bytes < bytes || taken < posted);
	     i++)
		pause_ms(1);
	stop = 1;
	close(pipe_fds[1]);
	close(event_fds[1]);
	for (u32 i = 0; i < started; i++)
		thread_join(&threads[i]);
	EXPECT_EQ(all_handled() - rounds, 0);
	EXPECT_EQ(sum - want, 0);
	EXPECT_EQ(got_bytes - bytes, 0);
	EXPECT_EQ(got_events - events, 0);
	EXPECT_EQ(taken - posted, 0);
	EXPECT_EQ(wrong, 0);
	return 0;
}
