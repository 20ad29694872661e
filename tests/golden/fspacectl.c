/* SPDX-License-Identifier: BSD-2-Clause */
/* Holes in files: fspacectl(2). */
#include "guest.h"

#define SYS_fspacectl 580
#define DEALLOC	      1

struct range {
	i64 offset, len;
};

static int fspacectl(int fd, int cmd, i64 offset, i64 len, struct range *rest)
{
	struct range range = {offset, len};

	return (int)result(sys(SYS_fspacectl, fd, cmd, &range, 0, rest));
}

int main(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0600), p[2];
	static char block[8192], back[8192];
	struct range rest;
	struct stat st;

	memset(block, 'x', sizeof(block));
	EXPECT_EQ(write(fd, block, sizeof(block)), sizeof(block));
	EXPECT_EQ(fspacectl(fd, DEALLOC, 100, 5000, &rest), 0);
	EXPECT(rest.offset == 5100 && rest.len == 0);
	EXPECT_EQ(sys(SYS_pread, fd, back, sizeof(back), 0), sizeof(back));
	EXPECT(back[99] == 'x' && back[100] == 0 && back[5099] == 0 && back[5100] == 'x');
	EXPECT_EQ(fspacectl(fd, DEALLOC, 8000, 10000, &rest), 0);
	EXPECT(rest.offset == 8192 && rest.len == 0);
	EXPECT_EQ(fstat(fd, &st), 0);
	EXPECT_EQ(st.st_size, sizeof(block));
	EXPECT_ERROR(fspacectl(fd, 2, 0, 1, NULL), EINVAL);
	EXPECT_ERROR(fspacectl(fd, DEALLOC, -1, 1, NULL), EINVAL);
	EXPECT_ERROR(fspacectl(fd, DEALLOC, 0, 0, NULL), EINVAL);
	EXPECT_ERROR(fspacectl(fd, DEALLOC, 1, INT64_MAX, NULL), EINVAL);
	EXPECT_ERROR(fspacectl(-1, DEALLOC, 0, 1, NULL), EBADF);
	EXPECT_ERROR(result(sys(SYS_fspacectl, fd, DEALLOC, (void *)8, 0, NULL)), EFAULT);
	EXPECT_EQ(pipe2(p, 0), 0);
	EXPECT_ERROR(fspacectl(p[1], DEALLOC, 0, 1, NULL), ESPIPE);
	fd = open("file", O_RDONLY);
	EXPECT_ERROR(fspacectl(fd, DEALLOC, 0, 1, NULL), EBADF);
	return 0;
}
