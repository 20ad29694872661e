/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User and group ids: who may set which, what becomes of the saved one, and when a process
 * is tainted. What takes several ids to see is tried by root, in children, and taken as
 * given for anybody else. Facts: setuid(2), setreuid(2), setresuid(2), issetugid(2),
 * sys/kern/kern_prot.c.
 */
#include "guest.h"

#define SYS_setuid    23
#define SYS_geteuid   25
#define SYS_getegid   43
#define SYS_getgid    47
#define SYS_setgroups 80
#define SYS_setreuid  126
#define SYS_setregid  127
#define SYS_setgid    181
#define SYS_setegid   182
#define SYS_seteuid   183
#define SYS_setresuid 311
#define SYS_setresgid 312
#define SYS_getresuid 360
#define SYS_getresgid 361

static bool root;
static const char *self;

static bool users_are(u32 real, u32 effective, u32 saved)
{
	u32 r, e, s;

	return sys(SYS_getresuid, &r, &e, &s) == 0 && r == real && e == effective && s == saved &&
	       sys(SYS_getuid) == real && sys(SYS_geteuid) == effective;
}

static bool groups_are(u32 real, u32 effective, u32 saved)
{
	u32 r, e, s;

	return sys(SYS_getresgid, &r, &e, &s) == 0 && r == real && e == effective && s == saved &&
	       sys(SYS_getgid) == real && sys(SYS_getegid) == effective;
}

/* Runs part in a child, for what it does to itself cannot be undone. */
static void apart(void (*part)(void))
{
	int pid = fork(), status;

	if (pid == 0) {
		part();
		exit(0);
	}
	EXPECT(waitpid(pid, &status, 0) == pid && status == 0);
}

static void as_nobody(void)
{
	if (root && (sys(SYS_setgroups, 0, NULL) != 0 || sys(SYS_setresgid, 65534, 65534, 65534) ||
		     sys(SYS_setresuid, 65534, 65534, 65534)))
		print("FAILED: root cannot become nobody\n");
}

static void refusals(void)
{
	u32 uid, gid;

	as_nobody();
	uid = (u32)sys(SYS_getuid);
	gid = (u32)sys(SYS_getgid);
	EXPECT_EQ(sys(SYS_setuid, 0), -EPERM);
	EXPECT_EQ(sys(SYS_seteuid, 0), -EPERM);
	EXPECT_EQ(sys(SYS_setgid, 0), -EPERM);
	EXPECT_EQ(sys(SYS_setegid, 0), -EPERM);
	EXPECT_EQ(sys(SYS_setreuid, 0, -1), -EPERM);
	EXPECT_EQ(sys(SYS_setreuid, -1, 0), -EPERM);
	EXPECT_EQ(sys(SYS_setregid, 0, -1), -EPERM);
	EXPECT_EQ(sys(SYS_setregid, -1, 0), -EPERM);
	EXPECT_EQ(sys(SYS_setresuid, -1, -1, 0), -EPERM);
	EXPECT_EQ(sys(SYS_setresgid, 0, -1, -1), -EPERM);
	EXPECT_EQ(sys(SYS_setresgid, -1, 0, -1), -EPERM);
	EXPECT_EQ(sys(SYS_setresgid, -1, -1, 0), -EPERM);
	EXPECT_EQ(sys(SYS_setgroups, 1, &gid), -EPERM);
	EXPECT_EQ(sys(SYS_setuid, -1), -EPERM);
	EXPECT_EQ(sys(SYS_setgid, -1), -EPERM);
	EXPECT_EQ(sys(SYS_seteuid, -1), -EPERM);
	EXPECT_EQ(sys(SYS_setegid, -1), -EPERM);
	EXPECT(users_are(uid, uid, uid) && groups_are(gid, gid, gid));
	/* What one is already. */
	EXPECT_EQ(sys(SYS_setuid, uid), 0);
	EXPECT_EQ(sys(SYS_setgid, gid), 0);
	EXPECT_EQ(sys(SYS_setreuid, uid, uid), 0);
	EXPECT_EQ(sys(SYS_setregid, gid, gid), 0);
	EXPECT_EQ(sys(SYS_setresgid, gid, gid, gid), 0);
	EXPECT_EQ(sys(SYS_setresgid, -1, -1, -1), 0);
	EXPECT(users_are(uid, uid, uid) && groups_are(gid, gid, gid));
}

static void addresses(void)
{
	u32 id = 77;

	EXPECT_EQ(sys(SYS_getresgid, 0, 0, 0), 0);
	EXPECT_EQ(sys(SYS_getresgid, 0, &id, 0), 0);
	EXPECT_EQ(id, sys(SYS_getegid));
	EXPECT_EQ(sys(SYS_getresgid, 8, &id, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_getresgid, &id, 8, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_getresgid, &id, 0, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_getresuid, 0, 0, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_setgroups, 1, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_setgroups, -1, &id), -EINVAL);
	EXPECT_EQ(sys(SYS_setgroups, 1025, &id), -EINVAL);
}

static void all_three(void)
{
	EXPECT_IF(root, sys(SYS_setresgid, 1001, 1002, 1003) == 0 && groups_are(1001, 1002, 1003));
	EXPECT_IF(root, sys(SYS_setresgid, -1, 1004, -1) == 0 && groups_are(1001, 1004, 1003));
	EXPECT_IF(root, sys(SYS_setgid, 1005) == 0 && groups_are(1005, 1005, 1005));
	EXPECT_IF(root, sys(SYS_setegid, 1006) == 0 && groups_are(1005, 1006, 1005));
	EXPECT_IF(root, sys(SYS_setresuid, 2001, 2002, 2003) == 0 && users_are(2001, 2002, 2003));
	/* The saved id is not one of those that setuid takes; the effective one is. */
	EXPECT_IF(root, sys(SYS_setuid, 2003) == -EPERM && users_are(2001, 2002, 2003));
	EXPECT_IF(root, sys(SYS_setuid, 2002) == 0 && users_are(2002, 2002, 2002));
	/* Without privilege, the same of groups. */
	EXPECT_IF(root, sys(SYS_setgid, 1006) == 0 && groups_are(1006, 1006, 1006));
	EXPECT_IF(root, sys(SYS_setgid, 1005) == -EPERM);
}

static void real_alone(void)
{
	EXPECT_IF(root, sys(SYS_setuid, 2001) == 0 && users_are(2001, 2001, 2001));
	EXPECT_IF(root, sys(SYS_setuid, 0) == -EPERM);
}

static void effective_alone(void)
{
	EXPECT_IF(root, sys(SYS_setresuid, 2001, 2002, 2003) == 0);
	EXPECT_IF(root, sys(SYS_seteuid, 2002) == -EPERM); /* what it is already */
	EXPECT_IF(root, sys(SYS_seteuid, 2003) == 0 && users_are(2001, 2003, 2003));
	EXPECT_IF(root, sys(SYS_seteuid, 2001) == 0 && users_are(2001, 2001, 2003));
	EXPECT_IF(root, sys(SYS_setresuid, 2003, 2001, 2001) == 0 && users_are(2003, 2001, 2001));
	EXPECT_IF(root,
		  sys(SYS_setresuid, 2003, 2002, 2001) == -EPERM && users_are(2003, 2001, 2001));
}

static void swaps(void)
{
	EXPECT_IF(root, sys(SYS_setresuid, 2001, 2002, 2003) == 0);
	EXPECT_IF(root, sys(SYS_setreuid, 2002, -1) == -EPERM); /* the effective one is no choice */
	EXPECT_IF(root, sys(SYS_setreuid, 2003, -1) == 0 && users_are(2003, 2002, 2002));
	EXPECT_IF(root, sys(SYS_setreuid, 2002, 2003) == 0 && users_are(2002, 2003, 2003));
	EXPECT_IF(root, sys(SYS_setreuid, -1, 2002) == 0 && users_are(2002, 2002, 2003));
	EXPECT_IF(root, sys(SYS_setreuid, -1, 2003) == 0 && users_are(2002, 2003, 2003));
	EXPECT_IF(root, sys(SYS_setreuid, -1, 2004) == -EPERM && users_are(2002, 2003, 2003));
}

static void saved_follows(void)
{
	EXPECT_IF(root, sys(SYS_setregid, 1001, 1002) == 0 && groups_are(1001, 1002, 1002));
	EXPECT_IF(root, sys(SYS_setresgid, 1001, 1002, 1003) == 0);
	EXPECT_IF(root, sys(SYS_setregid, -1, -1) == 0 && groups_are(1001, 1002, 1002));
	EXPECT_IF(root, sys(SYS_setresgid, 1001, 1001, 1003) == 0);
	EXPECT_IF(root, sys(SYS_setregid, -1, -1) == 0 && groups_are(1001, 1001, 1003));
	EXPECT_IF(root, sys(SYS_setregid, -1, 1004) == 0 && groups_are(1001, 1004, 1004));
	EXPECT_IF(root, sys(SYS_setresuid, 2001, 2002, 2003) == 0);
	EXPECT_IF(root, sys(SYS_setregid, 1004, 1001) == 0 && groups_are(1004, 1001, 1001));
	EXPECT_IF(root, sys(SYS_setregid, 1005, -1) == -EPERM);
	EXPECT_IF(root, sys(SYS_setregid, -1, 1005) == -EPERM);
}

static void taint(void)
{
	char *const argv[] = {(char *)self, "clean", NULL};
	char *const envp[] = {NULL};
	long uid = sys(SYS_getuid);
	int pid, status;

	EXPECT_EQ(sys(SYS_issetugid), 0);
	EXPECT_EQ(sys(SYS_setuid, uid), 0); /* no change is no taint */
	EXPECT_EQ(sys(SYS_setresgid, -1, -1, -1), 0);
	EXPECT_EQ(sys(SYS_issetugid), 0);
	EXPECT_IF(root, sys(SYS_seteuid, 2001) == 0 && sys(SYS_issetugid) == 1);
	EXPECT_IF(root, sys(SYS_seteuid, 0) == 0 && sys(SYS_issetugid) == 1);
	pid = fork();
	if (pid == 0) {
		EXPECT_IF(root, sys(SYS_issetugid) == 1);
		execve(self, argv, envp);
		exit(1);
	}
	EXPECT(waitpid(pid, &status, 0) == pid && status == 0);
}

static void taint_by_groups(void)
{
	u32 groups[2] = {1001, 1002};

	EXPECT_IF(root, sys(SYS_setgroups, 2, groups) == 0 && groups_are(0, 1001, 0));
	EXPECT_IF(root, sys(SYS_issetugid) == 1);
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		EXPECT_EQ(sys(SYS_issetugid), 0); /* a program begins clean */
		return 0;
	}
	self = argv[0];
	root = sys(SYS_geteuid) == 0;
	addresses();
	print("without privilege\n");
	apart(refusals);
	print("with it\n");
	EXPECT_IF(root, sys(SYS_setuid, -1) == -EINVAL && sys(SYS_seteuid, -1) == -EINVAL);
	apart(all_three);
	apart(real_alone);
	apart(effective_alone);
	apart(swaps);
	apart(saved_follows);
	print("taint\n");
	apart(taint);
	apart(taint_by_groups);
	return 0;
}
