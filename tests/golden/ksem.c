/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's POSIX semaphores of FreeBSD 7 and 8 (sys/kern/uipc_sem.c). */
#include "guest.h"

#define SYS_ksem_close	   400
#define SYS_ksem_post	   401
#define SYS_ksem_wait	   402
#define SYS_ksem_trywait   403
#define SYS_ksem_init	   404
#define SYS_ksem_open	   405
#define SYS_ksem_unlink	   406
#define SYS_ksem_getvalue  407
#define SYS_ksem_destroy   408
#define SYS_ksem_timedwait 441

static int call(int nr, long a, const void *b)
{
	return (int)result(sys(nr, a, b));
}

static int ksem_open(long *id, const char *name, int flags, int mode, u32 value)
{
	return (int)result(sys(SYS_ksem_open, id, name, flags, mode, value));
}

static int value_of(long id)
{
	int value = -1;

	return call(SYS_ksem_getvalue, id, &value) == 0 ? value : -1;
}

int main(void)
{
	static char name[40] = "/golden/sem-";
	int pid = getpid(), status;
	long id = -1, other = -1;
	struct timespec soon;

	for (char *p = name + 12; pid; pid /= 10)
		*p++ = (char)('0' + pid % 10);
	EXPECT_ERROR(call(SYS_ksem_init, (long)&id, (void *)0x80000000), EINVAL);
	EXPECT_ERROR(call(SYS_ksem_init, 8, (void *)1), EFAULT);
	EXPECT_EQ(call(SYS_ksem_init, (long)&id, (void *)1), 0);
	EXPECT_EQ(value_of(id), 1);
	EXPECT_EQ(call(SYS_ksem_wait, id, NULL), 0);
	EXPECT_ERROR(call(SYS_ksem_trywait, id, NULL), EAGAIN);
	clock_gettime(CLOCK_REALTIME, &soon);
	soon.tv_nsec += 20000000;
	soon.tv_sec += soon.tv_nsec / 1000000000;
	soon.tv_nsec %= 1000000000;
	EXPECT_ERROR(call(SYS_ksem_timedwait, id, &soon), ETIMEDOUT);
	EXPECT_ERROR(call(SYS_ksem_timedwait, id, &(struct timespec){0, 1000000000}), EINVAL);
	EXPECT_ERROR(call(SYS_ksem_timedwait, id, (void *)8), EFAULT);
	EXPECT_ERROR(call(SYS_ksem_close, id, NULL), EINVAL);

	pid = fork(); /* a child inherits it, and waits */
	if (pid == 0)
		exit(call(SYS_ksem_wait, id, NULL) == 0 ? 5 : 1);
	nanosleep(&(struct timespec){0, 20000000}, NULL);
	EXPECT_EQ(call(SYS_ksem_post, id, NULL), 0);
	EXPECT(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 5);
	EXPECT_EQ(value_of(id), 0);
	EXPECT_EQ(call(SYS_ksem_destroy, id, NULL), 0);
	EXPECT_ERROR(call(SYS_ksem_post, id, NULL), EINVAL);

	print("by name\n");
	EXPECT_ERROR(ksem_open(&id, name, 0, 0, 0), ENOENT);
	EXPECT_ERROR(ksem_open(&id, "golden", O_CREAT, 0600, 0), EINVAL);
	EXPECT_ERROR(ksem_open(&id, name, O_CREAT | O_RDWR, 0600, 0), EINVAL);
	EXPECT_EQ(ksem_open(&id, name, O_CREAT | O_EXCL, 0600, 3), 0);
	EXPECT_ERROR(ksem_open(&other, name, O_CREAT | O_EXCL, 0600, 0), EEXIST);
	EXPECT_EQ(ksem_open(&other, name, O_CREAT, 0600, 9), 0);
	EXPECT_EQ(value_of(other), 3);
	EXPECT_EQ(call(SYS_ksem_post, other, NULL), 0);
	EXPECT_EQ(value_of(id), 4);
	EXPECT_ERROR(call(SYS_ksem_destroy, id, NULL), EINVAL);
	EXPECT_EQ(call(SYS_ksem_close, other, NULL), 0);
	pid = fork(); /* another process finds it by its name */
	if (pid == 0) {
		call(SYS_ksem_close, id, NULL);
		exit(ksem_open(&other, name, 0, 0, 0) == 0 && call(SYS_ksem_wait, other, NULL) == 0
			 ? 6
			 : 1);
	}
	EXPECT(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 6);
	EXPECT_EQ(value_of(id), 3);
	EXPECT_EQ(call(SYS_ksem_unlink, (long)name, NULL), 0);
	EXPECT_ERROR(call(SYS_ksem_unlink, (long)name, NULL), ENOENT);
	EXPECT_EQ(value_of(id), 3);
	EXPECT_EQ(call(SYS_ksem_close, id, NULL), 0);
	EXPECT_ERROR(call(SYS_ksem_wait, 1, NULL), EINVAL);
	EXPECT_ERROR(call(SYS_ksem_getvalue, 1, &status), EINVAL);
	return 0;
}
