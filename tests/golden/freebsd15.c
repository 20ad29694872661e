/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls that came with FreeBSD 15: groups without the effective one, inotify, extended errors,
 * descriptors of jails.
 */
#include "guest.h"

#define SYS_getegid		 43
#define SYS_freebsd14_getgroups	 79
#define SYS___specialfd		 577
#define SYS_exterrctl		 592
#define SYS_inotify_add_watch_at 593
#define SYS_inotify_rm_watch	 594
#define SYS_getgroups		 595
#define SYS_setgroups		 596
#define SYS_jail_attach_jd	 597
#define SYS_jail_remove_jd	 598

#define SPECIALFD_INOTIFY 2
#define IN_NONBLOCK	  0x4
#define IN_CLOEXEC	  0x100000
#define IN_MODIFY	  0x2
#define IN_CREATE	  0x100
#define IN_DELETE	  0x200
#define IN_DELETE_SELF	  0x400
#define IN_IGNORED	  0x8000
#define IN_ONLYDIR	  0x1000000
#define IN_DONT_FOLLOW	  0x2000000
#define IN_MASK_CREATE	  0x10000000
#define IN_MASK_ADD	  0x20000000

struct inotify_event {
	i32 wd;
	u32 mask, cookie, len;
	char name[];
};

static u32 mine[1024], old[1024];

static void groups(void)
{
	const u32 two[] = {1002, 1001};
	long n = sys(SYS_getgroups, 1024, mine), m = sys(SYS_freebsd14_getgroups, 1024, old);
	u32 egid = (u32)sys(SYS_getegid);
	bool has = false, same = true;

	/* The older call puts the effective group first and the others behind it. */
	EXPECT(n >= 0 && m >= 1 && old[0] == egid);
	for (long i = 0; i < n; i++)
		has = has || mine[i] == egid;
	EXPECT_EQ(n - has, m - 1);
	EXPECT_EQ(sys(SYS_getgroups, 0, NULL), n);
	EXPECT_EQ(sys(SYS_getgroups, -1, mine), -EINVAL);
	EXPECT_EQ(n && sys(SYS_getgroups, n, 8) != -EFAULT, false);
	EXPECT_EQ(sys(SYS_setgroups, -1, two), -EINVAL);
	EXPECT_EQ(sys(SYS_setgroups, 1024, mine), -EINVAL);
	if (sys(SYS_setgroups, 2, two) == 0) {
		same = sys(SYS_getgroups, 1024, mine) == 2 && mine[0] == 1001 && mine[1] == 1002 &&
		       sys(SYS_getegid) == egid && sys(SYS_setgroups, 2, 8) == -EFAULT &&
		       sys(SYS_setgroups, 0, NULL) == 0 && sys(SYS_getgroups, 0, NULL) == 0;
	}
	EXPECT(same);
}

static int notify(int flags)
{
	return (int)sys(SYS___specialfd, SPECIALFD_INOTIFY, &flags, sizeof(flags));
}

static char buffer[512];

/* The event at that place of the buffer; where the next one is. */
static long next(long at, const struct inotify_event **event)
{
	*event = (const void *)(buffer + at);
	return at + 16 + (long)(*event)->len;
}

static void watches(void)
{
	const struct inotify_event *e;
	int fd = notify(IN_NONBLOCK | IN_CLOEXEC), dir, file, link;
	long n, at;
	int other, flags = 1;

	EXPECT(fd >= 0);
	EXPECT_EQ(fcntl(fd, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(notify(0x8), -EINVAL);
	EXPECT_EQ(sys(SYS___specialfd, SPECIALFD_INOTIFY, &flags, 8), -EINVAL);
	EXPECT_EQ(sys(SYS___specialfd, SPECIALFD_INOTIFY, 8, 4), -EFAULT);
	EXPECT_ERROR(read(fd, buffer, sizeof(buffer)), EAGAIN);

	mkdir("watched", 0700);
	other = open("watched", O_RDONLY | O_DIRECTORY);
	dir = (int)sys(SYS_inotify_add_watch_at, fd, AT_FDCWD, "watched", IN_CREATE | IN_DELETE);
	EXPECT(dir > 0);
	close(open("watched/file", O_CREAT | O_WRONLY, 0600));
	symlink("file", "watched/link");
	file = (int)sys(SYS_inotify_add_watch_at, fd, other, "file", IN_MODIFY | IN_DELETE_SELF);
	link =
	    (int)sys(SYS_inotify_add_watch_at, fd, other, "link", IN_DELETE_SELF | IN_DONT_FOLLOW);
	EXPECT(file > 0 && file != dir);
	EXPECT(link > 0 && link != file);
	/* The same file by another name has the same watch. */
	EXPECT_EQ(sys(SYS_inotify_add_watch_at, fd, other, "link", IN_MODIFY | IN_MASK_ADD), file);
	EXPECT_EQ(sys(SYS_inotify_add_watch_at, fd, other, "file", IN_MODIFY | IN_MASK_CREATE),
		  -EEXIST);
	EXPECT_EQ(sys(SYS_inotify_add_watch_at, fd, other, "file", IN_MODIFY | IN_ONLYDIR),
		  -ENOTDIR);
	EXPECT_EQ(sys(SYS_inotify_add_watch_at, fd, other, "none", IN_MODIFY), -ENOENT);
	EXPECT_EQ(sys(SYS_inotify_add_watch_at, fd, other, "file", IN_ONLYDIR), -EINVAL);
	EXPECT_EQ(sys(SYS_inotify_add_watch_at, fd, other, "file", IN_MODIFY | 0x1000), -EINVAL);
	EXPECT_EQ(sys(SYS_inotify_add_watch_at, other, other, "file", IN_MODIFY), -EINVAL);
	EXPECT_EQ(sys(SYS_inotify_add_watch_at, -1, other, "file", IN_MODIFY), -EBADF);
	EXPECT_EQ(sys(SYS_inotify_add_watch_at, fd, other, 8, IN_MODIFY), -EFAULT);

	n = read(fd, buffer, sizeof(buffer));
	at = next(0, &e);
	EXPECT(e->wd == dir && e->mask == IN_CREATE && strcmp(e->name, "file") == 0);
	at = next(at, &e);
	EXPECT(e->wd == dir && e->mask == IN_CREATE && strcmp(e->name, "link") == 0);
	EXPECT_EQ(at, n);

	n = open("watched/file", O_WRONLY);
	write((int)n, "x", 1);
	close((int)n);
	n = read(fd, buffer, sizeof(buffer));
	next(0, &e);
	EXPECT(n == 16 && e->wd == file && e->mask == IN_MODIFY && e->len == 0);

	EXPECT_EQ(sys(SYS_inotify_rm_watch, fd, file), 0);
	n = read(fd, buffer, sizeof(buffer));
	next(0, &e);
	EXPECT(n == 16 && e->wd == file && e->mask == IN_IGNORED);
	EXPECT_EQ(sys(SYS_inotify_rm_watch, fd, file), -EINVAL);
	EXPECT_EQ(sys(SYS_inotify_rm_watch, other, dir), -EINVAL);
	EXPECT_EQ(sys(SYS_inotify_rm_watch, -1, dir), -EBADF);

	unlink("watched/link");
	n = read(fd, buffer, sizeof(buffer));
	at = next(0, &e);
	EXPECT(n > 0 && e->wd == link && e->mask == IN_DELETE_SELF);
	unlink("watched/file");
	rmdir("watched");
	close(fd);
	close(other);
}

static void extended_errors(void)
{
	u32 area[52] = {0x10010002};

	EXPECT_EQ(sys(SYS_exterrctl, 2, 0, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_exterrctl, 1, 2, area), -EINVAL);
	EXPECT_EQ(sys(SYS_exterrctl, 1, 0, 8), -EFAULT);
	area[0]++;
	EXPECT_EQ(sys(SYS_exterrctl, 1, 0, area), -EINVAL);
	area[0]--;
	EXPECT_EQ(sys(SYS_exterrctl, 1, 0, area), 0);
	EXPECT_EQ(sys(SYS_exterrctl, 1, 0, area), -EBUSY);
	EXPECT_EQ(sys(SYS_exterrctl, 1, 1, area), 0);
	close(-1);
	EXPECT_EQ(area[1], 0);
	EXPECT_EQ(sys(SYS_exterrctl, 2, 0, NULL), 0);
	EXPECT_EQ(sys(SYS_exterrctl, 2, 0, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_exterrctl, 4, 0, NULL), -EINVAL);
}

int main(void)
{
	groups();
	watches();
	extended_errors();
	EXPECT_EQ(sys(SYS_jail_attach_jd, 1), -EINVAL);
	EXPECT_EQ(sys(SYS_jail_remove_jd, 1), -EINVAL);
	EXPECT_EQ(sys(SYS_jail_attach_jd, -1), -EBADF);
	EXPECT_EQ(sys(SYS_jail_remove_jd, -1), -EBADF);
	return 0;
}
