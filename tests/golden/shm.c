/* SPDX-License-Identifier: BSD-2-Clause */
/* POSIX shared memory: named, anonymous, renamed, refused (shm_open(2)). */
#include "guest.h"

#define SYS_freebsd12_shm_open 482
#define SYS_shm_unlink	       483
#define SYS_shm_open2	       571
#define SYS_shm_rename	       572
#define SHM_ANON	       1
#define F_GETFD		       1
#define NOREPLACE	       1
#define EXCHANGE	       2

static char one[64] = "/golden/shm-", two[64] = "/golden/shm%2f-";

static int shm_open2(const void *path, int flags, int mode, int shmflags)
{
	return (int)result(sys(SYS_shm_open2, path, flags, mode, shmflags, NULL));
}

static void number_names(void)
{
	int pid = getpid();

	for (char *name = one; name; name = name == one ? two : NULL) {
		char *p = name + strlen(name);

		for (int n = pid; n; n /= 10)
			*p++ = (char)('0' + n % 10);
	}
}

int main(void)
{
	int fd, again, other;
	struct stat st;
	char *a, *b;

	number_names();
	EXPECT_ERROR(shm_open2(one, O_RDWR, 0600, 0), ENOENT);
	fd = shm_open2(one, O_RDWR | O_CREAT | O_EXCL, 0600, 0);
	EXPECT(fd >= 0);
	EXPECT_EQ(fcntl(fd, F_GETFD, 0), 0);
	EXPECT_ERROR(shm_open2(one, O_RDWR | O_CREAT | O_EXCL, 0600, 0), EEXIST);
	EXPECT_EQ(ftruncate(fd, 8192), 0);
	a = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	again = (int)result(sys(SYS_freebsd12_shm_open, one, O_RDWR | O_CREAT, 0600));
	EXPECT_EQ(fcntl(again, F_GETFD, 0), 1);
	b = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, again, 0);
	EXPECT(a != MAP_FAILED && b != MAP_FAILED && a != b);
	a[4100] = 'x';
	EXPECT_EQ(b[4100], 'x');
	EXPECT_EQ(fstat(again, &st), 0);
	EXPECT_EQ(st.st_size, 8192);

	other = shm_open2(two, O_RDWR | O_CREAT, 0600, 0);
	EXPECT(other >= 0);
	EXPECT_ERROR(result(sys(SYS_shm_rename, one, two, NOREPLACE)), EEXIST);
	EXPECT_EQ(sys(SYS_shm_rename, one, two, EXCHANGE), 0);
	EXPECT_ERROR(result(sys(SYS_shm_rename, one, two, NOREPLACE | EXCHANGE)), EINVAL);
	EXPECT_EQ(sys(SYS_shm_unlink, one), 0);
	EXPECT_ERROR(result(sys(SYS_shm_unlink, one)), ENOENT);
	EXPECT_EQ(sys(SYS_shm_rename, two, one, 0), 0);
	close(other);
	other = shm_open2(one, O_RDONLY, 0, 0);
	EXPECT_EQ(fstat(other, &st), 0);
	EXPECT_EQ(st.st_size, 8192);
	EXPECT_EQ(sys(SYS_shm_unlink, one), 0);

	fd = shm_open2((void *)SHM_ANON, O_RDWR | O_CLOEXEC, 0600, 0);
	EXPECT_EQ(fcntl(fd, F_GETFD, 0), 1);
	EXPECT_EQ(ftruncate(fd, 4096), 0);
	EXPECT(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) != MAP_FAILED);
	EXPECT_ERROR(shm_open2((void *)SHM_ANON, O_RDONLY, 0600, 0), EINVAL);
	EXPECT_ERROR(shm_open2("relative", O_RDWR | O_CREAT, 0600, 0), EINVAL);
	EXPECT_ERROR(shm_open2(one, O_WRONLY, 0600, 0), EINVAL);
	EXPECT_ERROR(shm_open2(one, O_RDWR, 0600, 0x100), EINVAL);
	EXPECT_ERROR(shm_open2((void *)8, O_RDWR, 0600, 0), EFAULT);
	return 0;
}
