/* SPDX-License-Identifier: BSD-2-Clause */
/* UMTX_OP_SHM: a page of shared memory for an address (_umtx_op(2)). */
#include "freebsd_umtx.h"

#define UMTX_OP_SHM 25
#define CREAT	    1
#define LOOKUP	    2
#define DESTROY	    4
#define ALIVE	    8
#define PAGE	    4096

static int shm(const void *key, int flags)
{
	return (int)result(sys(SYS__umtx_op, NULL, UMTX_OP_SHM, flags, key, NULL));
}

static char *map(int fd)
{
	return mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

static void try(char *key, const char *what)
{
	int fd, again, pid, status;
	struct stat st;
	char *a, *b;

	print("%s\n", what);
	EXPECT_ERROR(shm(key, LOOKUP), ESRCH);
	EXPECT_ERROR(shm(key, DESTROY), ESRCH);
	fd = shm(key, CREAT);
	EXPECT(fd >= 0);
	EXPECT_EQ(fcntl(fd, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(fstat(fd, &st), 0);
	EXPECT_EQ(st.st_size, PAGE);
	again = shm(key, CREAT);
	a = map(fd);
	b = map(again);
	EXPECT(a != MAP_FAILED && b != MAP_FAILED);
	a[5] = 'x';
	EXPECT_EQ(b[5], 'x');
	EXPECT_ERROR(shm(key + 8, LOOKUP), ESRCH); /* another address is another key */
	pid = fork();
	if (pid == 0) {
		fd = shm(key, LOOKUP);
		b = map(fd);
		b[6] = 'c';
		exit(b[5]);
	}
	EXPECT(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 'x');
	EXPECT_EQ(a[6], 'c');
	EXPECT_EQ(shm(key, ALIVE), 0);
	EXPECT_EQ(shm(key, DESTROY), 0);
	EXPECT_ERROR(shm(key, LOOKUP), ESRCH);
	EXPECT_EQ(a[5], 'x');
	fd = shm(key, CREAT);
	b = map(fd);
	EXPECT_EQ(b[5], 0);
	EXPECT_EQ(shm(key, DESTROY), 0);
}

int main(void)
{
	char *shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON, -1, 0);
	char *own = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
	char *file, *twice;
	int fd, a, b;

	try(shared, "unnamed shared memory");
	try(own, "private memory");
	fd = open("memory", O_CREAT | O_RDWR, 0600);
	EXPECT_EQ(ftruncate(fd, PAGE), 0);
	file = map(fd);
	twice = map(fd);
	try(file + 16, "a file");
	a = shm(file, CREAT);
	b = shm(twice, LOOKUP); /* mapped elsewhere: still the same key */
	EXPECT(a >= 0 && b >= 0);
	map(a)[0] = 'f';
	EXPECT_EQ(map(b)[0], 'f');
	EXPECT_EQ(shm(twice, DESTROY), 0);

	EXPECT_ERROR(shm(file, 0), EINVAL);
	EXPECT_ERROR(shm(file, CREAT | LOOKUP), EINVAL);
	EXPECT_ERROR(shm((char *)8, CREAT), EFAULT);
	EXPECT_ERROR(shm((char *)0x700000100000, ALIVE), EFAULT);
	return 0;
}
