/* SPDX-License-Identifier: BSD-2-Clause */
/* The working directory: told, changed, and directories made and removed. */
#include "guest.h"

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && strcmp(text + n - m, end) == 0;
}

int main(void)
{
	static char before[1024], path[1024];
	long length = getcwd(before, sizeof(before));

	EXPECT(length > 0 && before[0] == '/');
	EXPECT_EQ(mkdir("one", 0755), 0);
	EXPECT_EQ(mkdir("one/two", 0755), 0);
	EXPECT_EQ(chdir("one/two"), 0);
	EXPECT_EQ(getcwd(path, sizeof(path)), length + 8);
	EXPECT(ends_with(path, "/one/two"));
	EXPECT(strncmp(path, before, (size_t)length) == 0);
	EXPECT_EQ(chdir(".."), 0);
	EXPECT_EQ(getcwd(path, sizeof(path)), length + 4);
	EXPECT_ERROR(chdir("nowhere"), ENOENT);
	EXPECT_EQ(chdir(before), 0);
	EXPECT_EQ(rmdir("one"), -1);
	EXPECT(errno == EDIRFULL);
	EXPECT_EQ(rmdir("one/two"), 0);
	EXPECT_EQ(rmdir("one"), 0);
	EXPECT_EQ(chdir("/"), 0);
	EXPECT_EQ(getcwd(path, sizeof(path)), 1);
	EXPECT_ERROR(getcwd((char *)8, 100), EFAULT);
	return 0;
}
