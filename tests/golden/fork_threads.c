/* SPDX-License-Identifier: BSD-2-Clause */
/* A process whose threads are busy making calls forks; every child works and ends. */
#include "freebsd_thread.h"

#define THREADS	 4
#define CHILDREN 40

static struct thread threads[THREADS];
static volatile bool stop;

static void busy(void *arg)
{
	struct timespec ts;

	(void)arg;
	while (!stop) {
		u8 *page = (u8 *)sys(SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANON, -1, 0);

		page[0] = 1;
		sys(SYS_munmap, page, 4096);
		sys(SYS_clock_gettime, CLOCK_MONOTONIC, &ts);
	}
}

static int child(void)
{
	long parent = getppid();
	void *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
	int fd = open("/dev/null", O_RDWR);
	int grandchild, status = -1;

	if (page == MAP_FAILED || fd < 0 || write(fd, page, 8192) != 8192 || parent <= 1)
		return 1;
	grandchild = fork();
	if (grandchild == 0)
		exit(getpid() == parent);
	return waitpid(grandchild, &status, 0) == grandchild && status == 0 ? 7 : 2;
}

int main(void)
{
	int good = 0, status, pid;

	for (int i = 0; i < THREADS; i++)
		thread_start(&threads[i], busy, NULL);
	for (int i = 0; i < CHILDREN; i++) {
		pid = fork();
		if (pid == 0)
			exit(child());
		good += waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
			WEXITSTATUS(status) == 7;
	}
	EXPECT_EQ(good, CHILDREN);
	stop = true;
	for (int i = 0; i < THREADS; i++)
		thread_join(&threads[i]);
	return 0;
}
