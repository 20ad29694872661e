/* SPDX-License-Identifier: BSD-2-Clause */
/* Access control lists of POSIX.1e: the calls under acl(3), new layout and old. */
#include "guest.h"

#define SYS___acl_get_file	347
#define SYS___acl_set_file	348
#define SYS___acl_get_fd	349
#define SYS___acl_set_fd	350
#define SYS___acl_delete_file	351
#define SYS___acl_aclcheck_file 353
#define SYS___acl_get_link	425
#define SYS_pathconf		191
#define ACCESS_OLD		0
#define ACCESS			2
#define DEFAULT			3
#define NFS4			4
#define USER_OBJ		1
#define USER			2
#define GROUP_OBJ		4
#define GROUP			8
#define MASK			0x10
#define OTHER			0x20
#define MAX			254
#define SOMEBODY		65533
#define _PC_ACL_EXTENDED	59
#define _PC_ACL_NFS4		64

struct entry {
	u32 tag, id, perm;
	u16 type, flags;
};

static struct acl {
	u32 maxcnt, cnt;
	i32 spare[4];
	struct entry entry[MAX];
} acl;

static struct {
	i32 cnt;
	struct {
		i32 tag;
		u32 id;
		u16 perm;
	} entry[32];
} old;

static int call(int nr, const void *file, int type, void *list)
{
	return (int)result(sys(nr, file, type, list));
}

static void show(const char *what)
{
	u32 own = (u32)sys(SYS_getuid);

	print("%s:", what);
	for (u32 i = 0; i < acl.cnt; i++)
		print(" %u/%s/%u", acl.entry[i].tag,
		      acl.entry[i].id == ~0u					? "-"
		      : acl.entry[i].id == SOMEBODY				? "somebody"
		      : acl.entry[i].tag == GROUP_OBJ || acl.entry[i].id == own ? "own"
										: "?",
		      acl.entry[i].perm);
	print("\n");
}

static void add(u32 tag, u32 id, u32 perm)
{
	acl.entry[acl.cnt++] = (struct entry){.tag = tag, .id = id, .perm = perm};
}

static void start(void)
{
	memset(&acl, 0, sizeof(acl));
	acl.maxcnt = MAX;
}

int main(void)
{
	struct stat st;
	int fd, p[2];

	fd = open("file", O_CREAT | O_RDWR, 0600);
	sys(SYS_chmod, "file", 0640);
	mkdir("dir", 0700);
	EXPECT_EQ(sys(SYS_pathconf, "file", _PC_ACL_EXTENDED), 1);
	EXPECT_EQ(sys(SYS_pathconf, "file", _PC_ACL_NFS4), 0);
	start();
	EXPECT_EQ(call(SYS___acl_get_file, "file", ACCESS, &acl), 0);
	show("the mode");
	start(); /* in no order */
	add(OTHER, ~0u, 0);
	add(USER, SOMEBODY, 6);
	add(MASK, ~0u, 4);
	add(GROUP_OBJ, ~0u, 4);
	add(USER_OBJ, ~0u, 6);
	EXPECT_EQ(call(SYS___acl_aclcheck_file, "file", ACCESS, &acl), 0);
	EXPECT_EQ(call(SYS___acl_set_file, "file", ACCESS, &acl), 0);
	start();
	EXPECT_EQ(call(SYS___acl_get_fd, (void *)(long)fd, ACCESS, &acl), 0);
	show("with a user");
	EXPECT_EQ(stat("file", &st), 0);
	EXPECT_EQ(st.st_mode & 0777, 0640);
	EXPECT_EQ(call(SYS___acl_get_link, "file", ACCESS_OLD, &old), 0);
	EXPECT(old.cnt == 5 && old.entry[1].tag == USER && old.entry[1].id == SOMEBODY &&
	       old.entry[1].perm == 6);
	old.entry[1].perm = 4;
	EXPECT_EQ(call(SYS___acl_set_fd, (void *)(long)fd, ACCESS_OLD, &old), 0);
	EXPECT_EQ(call(SYS___acl_get_file, "file", ACCESS, &acl), 0);
	EXPECT_EQ(acl.entry[1].perm, 4);

	EXPECT_EQ(call(SYS___acl_get_file, "dir", DEFAULT, &acl), 0);
	EXPECT_EQ(acl.cnt, 0);
	start();
	add(USER_OBJ, ~0u, 7);
	add(GROUP_OBJ, ~0u, 5);
	add(GROUP, SOMEBODY, 7);
	add(MASK, ~0u, 7);
	add(OTHER, ~0u, 1);
	EXPECT_EQ(call(SYS___acl_set_file, "dir", DEFAULT, &acl), 0);
	start();
	EXPECT_EQ(call(SYS___acl_get_file, "dir", DEFAULT, &acl), 0);
	show("of what is made there");
	EXPECT_EQ(call(SYS___acl_delete_file, "dir", DEFAULT, NULL), 0);
	EXPECT_EQ(call(SYS___acl_delete_file, "dir", DEFAULT, NULL), 0);
	EXPECT_ERROR(call(SYS___acl_delete_file, "dir", ACCESS, NULL), EINVAL);

	print("what is refused\n");
	EXPECT_ERROR(call(SYS___acl_get_file, "none", ACCESS, &acl), ENOENT);
	EXPECT_ERROR(call(SYS___acl_get_file, "file", NFS4, &acl), EINVAL);
	EXPECT_ERROR(call(SYS___acl_get_file, "file", 9, &acl), EINVAL);
	EXPECT_ERROR(call(SYS___acl_get_file, "file", DEFAULT, &acl), EINVAL);
	EXPECT_ERROR(call(SYS___acl_get_file, "file", ACCESS, (void *)8), EFAULT);
	EXPECT_ERROR(call(SYS___acl_get_fd, (void *)-1, ACCESS, &acl), EBADF);
	EXPECT_EQ(pipe2(p, 0), 0);
	EXPECT_ERROR(call(SYS___acl_get_fd, (void *)(long)p[0], ACCESS, &acl), EINVAL);
	acl.maxcnt = 3;
	EXPECT_ERROR(call(SYS___acl_get_file, "file", ACCESS, &acl), EINVAL);
	start();
	add(USER_OBJ, ~0u, 7);
	add(GROUP_OBJ, ~0u, 7);
	EXPECT_ERROR(call(SYS___acl_set_file, "file", ACCESS, &acl), EINVAL); /* no others */
	add(OTHER, ~0u, 8);
	EXPECT_ERROR(call(SYS___acl_set_file, "file", ACCESS, &acl), EINVAL);
	acl.entry[2].perm = 0;
	add(USER, SOMEBODY, 7);
	EXPECT_ERROR(call(SYS___acl_aclcheck_file, "file", ACCESS, &acl), EINVAL); /* no mask */
	acl.cnt = 300;
	EXPECT_ERROR(call(SYS___acl_set_file, "file", ACCESS, &acl), EINVAL);
	old.cnt = 33;
	EXPECT_ERROR(call(SYS___acl_set_file, "file", ACCESS_OLD, &old), EINVAL);
	return 0;
}
