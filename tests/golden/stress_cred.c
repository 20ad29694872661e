/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What one thread sets for the process while others make calls of every kind: none of their calls
 * is lost, made twice, or has another's result. The argument is the number of rounds. Without
 * privilege the user is set to what it is.
 */
#include "freebsd_event.h"
#include "freebsd_thread.h"

#define SYS_geteuid 25
#define SYS_seteuid 183

enum { NAP, WAIT, KEVENT, CALL, PIPE, COMPUTE, COUNT };

static struct thread threads[COUNT];
static volatile u32 word, stop, wrong;
static int fds[2];

static void expect(bool holds)
{
	if (!holds)
		wrong++;
}

static void body(void *arg)
{
	struct timespec t = {0, 200000};
	struct kevent k;
	int kq = kqueue();
	u64 sum = 0;
	char c;

	while (!stop)
		switch ((long)arg) {
		case NAP:
			expect(result(sys(SYS_nanosleep, &t, NULL)) == 0);
			break;
		case WAIT:
			expect(result(sys(SYS__umtx_op, &word, UMTX_OP_WAIT_UINT, 0, NULL, &t)) ==
				   -1 &&
			       errno == ETIMEDOUT);
			break;
		case KEVENT:
			expect(result(sys(SYS_kevent, kq, NULL, 0, &k, 1, &t)) == 0);
			break;
		case CALL:
			expect(getpid() == getpid());
			break;
		case PIPE:
			expect(result(sys(SYS_write, fds[1], "x", 1)) == 1);
			expect(result(sys(SYS_read, fds[0], &c, 1)) == 1 && c == 'x');
			break;
		default:
			for (u64 i = 0; i < 1000; i++)
				sum += i;
			expect(sum % 499500 == 0);
			break;
		}
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? (int)decimal(argv[1]) : 100;
	long own = sys(SYS_geteuid), other = own == 0 ? 4321 : own;

	pipe2(fds, 0);
	for (long i = 0; i < COUNT; i++)
		thread_start(&threads[i], body, (void *)i);
	for (int i = 0; i < rounds; i++)
		expect(sys(SYS_seteuid, i % 2 == 0 ? other : own) == 0);
	stop = 1;
	for (int i = 0; i < COUNT; i++)
		thread_join(&threads[i]);
	EXPECT_EQ(wrong, 0);
	return 0;
}
