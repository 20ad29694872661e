/* SPDX-License-Identifier: BSD-2-Clause */
/* mmap, munmap, mprotect: anonymous, private and shared, placed and fixed. */
#include "guest.h"

#define PAGE 4096

int main(void)
{
	char *a, *b;
	char buffer[8];
	int fd;

	a = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
	EXPECT(a != MAP_FAILED);
	EXPECT_EQ((u64)a % PAGE, 0);
	EXPECT_EQ(a[0] | a[8 * PAGE - 1], 0);
	a[0] = 'x';
	a[8 * PAGE - 1] = 'y';
	EXPECT_EQ(munmap(a + PAGE, PAGE), 0);
	EXPECT_EQ(a[0], 'x');
	EXPECT_ERROR(write(1, a + PAGE, 1), EFAULT);
	b = mmap(a + PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1, 0);
	EXPECT(b == a + PAGE);
	EXPECT_EQ(b[0], 0);
	EXPECT_EQ(mprotect(a, PAGE, PROT_READ), 0);
	fd = open("/dev/zero", O_RDONLY);
	EXPECT_ERROR(read(fd, a, 1), EFAULT);
	EXPECT_EQ(mprotect(a, PAGE, PROT_READ | PROT_WRITE), 0);
	EXPECT_EQ(read(fd, a, 1), 1);
	EXPECT_EQ(a[0], 0);
	EXPECT_EQ(munmap(a, 8 * PAGE), 0);

	fd = open("file", O_CREAT | O_RDWR, 0600);
	EXPECT_EQ(ftruncate(fd, 2 * PAGE), 0);
	a = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	b = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, PAGE);
	EXPECT(a != MAP_FAILED && b != MAP_FAILED);
	memcpy(a + PAGE, "shared", 6);
	EXPECT(memcmp(b, "shared", 6) == 0);
	EXPECT_EQ(lseek(fd, PAGE, SEEK_SET), PAGE);
	EXPECT_EQ(read(fd, buffer, 6), 6);
	EXPECT(memcmp(buffer, "shared", 6) == 0);
	b[0] = 'S';
	EXPECT_EQ(a[PAGE], 's');

	EXPECT_ERROR((long)mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANON, -1, 0), EINVAL);
	EXPECT_ERROR((long)mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, 777, 0), EBADF);
	fd = open("file", O_RDONLY);
	EXPECT_ERROR((long)mmap(NULL, PAGE, PROT_WRITE, MAP_SHARED, fd, 0), EACCES);
	return 0;
}
