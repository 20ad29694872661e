/* SPDX-License-Identifier: BSD-2-Clause */
/* Extended attributes: values, sizes, lists, what is cut off and what is refused (extattr(2)). */
#include "guest.h"

#define SYS_extattrctl		355
#define SYS_extattr_set_file	356
#define SYS_extattr_get_file	357
#define SYS_extattr_delete_file 358
#define SYS_extattr_set_fd	371
#define SYS_extattr_get_fd	372
#define SYS_extattr_delete_fd	373
#define SYS_extattr_get_link	413
#define SYS_extattr_delete_link 414
#define SYS_extattr_list_fd	437
#define SYS_extattr_list_file	438
#define SYS_extattr_list_link	439
#define USER			1
#define SYSTEM			2

static long call(int nr, const void *file, int space, const void *name, void *data, size_t n)
{
	return result(sys(nr, file, space, name, data, n));
}

int main(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0600), p[2];
	const void *by_fd = (const void *)(long)fd;
	char buf[64], name[300];

	EXPECT_EQ(call(SYS_extattr_list_file, "file", USER, NULL, NULL, 0), 0);
	EXPECT_ERROR(call(SYS_extattr_get_file, "file", USER, "none", buf, 64), ENOATTR);
	EXPECT_ERROR(call(SYS_extattr_delete_file, "file", USER, "none", NULL, 0), ENOATTR);
	EXPECT_EQ(call(SYS_extattr_set_file, "file", USER, "colour", "blue", 4), 4);
	EXPECT_EQ(call(SYS_extattr_set_fd, by_fd, USER, "a", "", 0), 0);
	EXPECT_EQ(call(SYS_extattr_get_fd, by_fd, USER, "colour", NULL, 0), 4);
	EXPECT_EQ(call(SYS_extattr_get_file, "file", USER, "colour", buf, 64), 4);
	EXPECT(memcmp(buf, "blue", 4) == 0);
	memset(buf, 0, sizeof(buf));
	EXPECT_EQ(call(SYS_extattr_get_file, "file", USER, "colour", buf, 2), 2);
	EXPECT(strcmp(buf, "bl") == 0);
	EXPECT_EQ(call(SYS_extattr_get_file, "file", USER, "colour", buf, 0), 0);
	EXPECT_EQ(call(SYS_extattr_get_file, "file", USER, "a", buf, 64), 0);
	EXPECT_EQ(call(SYS_extattr_set_file, "file", USER, "colour", "green", 5), 5);
	EXPECT_EQ(call(SYS_extattr_get_fd, by_fd, USER, "colour", buf, 64), 5);

	print("lists\n");
	EXPECT_EQ(sys(SYS_extattr_list_file, "file", USER, NULL, 0), 9);
	EXPECT_EQ(sys(SYS_extattr_list_fd, fd, USER, buf, 64), 9);
	EXPECT(memcmp(buf, "\6colour\1a", 9) == 0 || memcmp(buf, "\1a\6colour", 9) == 0);
	EXPECT_EQ(sys(SYS_extattr_list_link, "file", USER, buf, 3), 3);
	EXPECT_EQ(sys(SYS_extattr_list_file, "file", USER, buf, 0), 0);

	print("what is refused\n");
	EXPECT_ERROR(call(SYS_extattr_get_file, "nofile", USER, "a", buf, 64), ENOENT);
	EXPECT_ERROR(call(SYS_extattr_get_file, "file", 0, "a", buf, 64), EPERM);
	EXPECT_ERROR(call(SYS_extattr_get_file, "file", 3, "a", buf, 64), EPERM);
	EXPECT_ERROR(call(SYS_extattr_get_file, "file", USER, "", buf, 64), EINVAL);
	memset(name, 'n', sizeof(name));
	name[299] = '\0';
	EXPECT_ERROR(call(SYS_extattr_set_file, "file", USER, name, "x", 1), ENAMETOOLONG);
	name[254] = '\0';
	EXPECT_ERROR(call(SYS_extattr_set_file, "file", USER, name, "x", 1), ENAMETOOLONG);
	EXPECT_ERROR(call(SYS_extattr_get_file, "file", USER, "a", buf, -1UL), EINVAL);
	EXPECT_ERROR(call(SYS_extattr_get_file, "file", USER, "colour", (void *)8, 64), EFAULT);
	EXPECT_ERROR(call(SYS_extattr_set_file, "file", USER, "a", (void *)8, 64), EFAULT);
	EXPECT_ERROR(call(SYS_extattr_get_file, "file", USER, (void *)8, buf, 64), EFAULT);
	EXPECT_ERROR(call(SYS_extattr_get_fd, (void *)-1, USER, "a", buf, 64), EBADF);
	EXPECT_EQ(pipe2(p, 0), 0);
	EXPECT_ERROR(call(SYS_extattr_get_fd, (void *)(long)p[0], USER, "a", buf, 64), EINVAL);
	EXPECT_ERROR(result(sys(SYS_extattrctl, "file", 1, NULL, 0, NULL)), EOPNOTSUPP);
	if (sys(SYS_getuid) != 0)
		EXPECT_ERROR(call(SYS_extattr_set_file, "file", SYSTEM, "a", "x", 1), EPERM);
	else if (call(SYS_extattr_set_file, "file", SYSTEM, "a", "xy", 2) == 2 &&
		 call(SYS_extattr_get_file, "file", SYSTEM, "a", buf, 64) == 2)
		print("ok call(SYS_extattr_set_file, \"file\", SYSTEM, \"a\", \"x\", 1): EPERM\n");
	else
		print("FAILED root's attributes: %d\n", errno);

	print("links\n");
	symlink("file", "soft");
	EXPECT_EQ(call(SYS_extattr_get_link, "file", USER, "colour", buf, 64), 5);
	EXPECT(memcmp(buf, "green", 5) == 0);
	EXPECT_EQ(call(SYS_extattr_get_link, "file", USER, "colour", NULL, 0), 5);
	EXPECT_EQ(call(SYS_extattr_get_file, "soft", USER, "colour", buf, 3), 3);
	EXPECT_ERROR(call(SYS_extattr_get_link, "soft", USER, "colour", buf, 64), ENOATTR);
	EXPECT_ERROR(call(SYS_extattr_get_link, "soft", USER, "colour", NULL, 0), ENOATTR);
	EXPECT_EQ(sys(SYS_extattr_list_link, "soft", USER, buf, 64), 0);
	EXPECT_ERROR(call(SYS_extattr_get_link, "nofile", USER, "colour", buf, 64), ENOENT);
	EXPECT_ERROR(call(SYS_extattr_get_link, "file/x", USER, "colour", buf, 64), ENOTDIR);
	EXPECT_ERROR(call(SYS_extattr_get_link, (void *)8, USER, "colour", buf, 64), EFAULT);
	EXPECT_ERROR(call(SYS_extattr_get_link, "file", USER, "colour", (void *)8, 64), EFAULT);
	EXPECT_ERROR(call(SYS_extattr_get_link, "file", 3, "colour", buf, 64), EPERM);
	EXPECT_ERROR(call(SYS_extattr_delete_link, "soft", USER, "colour", NULL, 0), ENOATTR);
	EXPECT_ERROR(call(SYS_extattr_delete_link, "nofile", USER, "colour", NULL, 0), ENOENT);
	EXPECT_ERROR(call(SYS_extattr_delete_link, "file", USER, "none", NULL, 0), ENOATTR);
	EXPECT_ERROR(call(SYS_extattr_delete_link, "file", USER, "", NULL, 0), EINVAL);
	EXPECT_ERROR(call(SYS_extattr_delete_link, "file", USER, (void *)8, NULL, 0), EFAULT);
	EXPECT_ERROR(call(SYS_extattr_delete_link, "file", 0, "colour", NULL, 0), EPERM);
	EXPECT_EQ(call(SYS_extattr_set_file, "file", USER, "b", "to go", 5), 5);
	EXPECT_EQ(call(SYS_extattr_delete_link, "file", USER, "b", NULL, 0), 0);
	EXPECT_ERROR(call(SYS_extattr_get_file, "file", USER, "b", buf, 64), ENOATTR);

	EXPECT_EQ(call(SYS_extattr_delete_fd, by_fd, USER, "a", NULL, 0), 0);
	EXPECT_EQ(call(SYS_extattr_delete_file, "file", USER, "colour", NULL, 0), 0);
	EXPECT_EQ(sys(SYS_extattr_list_file, "file", USER, NULL, 0), 0);
	return 0;
}
