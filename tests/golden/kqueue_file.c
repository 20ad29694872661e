/* SPDX-License-Identifier: BSD-2-Clause */
/* EVFILT_VNODE, and EVFILT_READ and EVFILT_WRITE of files and directories. */
#include "freebsd_event.h"

#define O_PATH 0x400000

#define ALL                                                                                        \
	(NOTE_DELETE | NOTE_WRITE | NOTE_EXTEND | NOTE_ATTRIB | NOTE_LINK | NOTE_RENAME |          \
	 NOTE_OPEN | NOTE_CLOSE | NOTE_CLOSE_WRITE | NOTE_READ)

static int kq;

/* What has happened since last time, in order of bits. */
static u32 notes(u64 fd)
{
	struct kevent k[4];
	int n = wait_events(kq, k, 4);

	if (n != 1 || k[0].ident != fd || k[0].filter != EVFILT_VNODE) {
		print("FAILED: %d events\n", n);
		return 0;
	}
	return k[0].fflags;
}

static void file(void)
{
	struct kevent k[4];
	int fd = open("kq_file", O_RDWR | O_CREAT | O_TRUNC, 0644), other;
	char buf[4];

	write(fd, "abc", 3);
	EXPECT_EQ(change(kq, (u64)fd, EVFILT_VNODE, EV_ADD | EV_CLEAR, ALL, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	write(fd, "d", 1);
	EXPECT_EQ(notes((u64)fd), NOTE_WRITE | NOTE_EXTEND);
	sys(SYS_pwrite, fd, "A", 1, 0);
	EXPECT_EQ(notes((u64)fd), NOTE_WRITE);
	sys(SYS_pread, fd, buf, 1, 0);
	EXPECT_EQ(notes((u64)fd), NOTE_READ);
	ftruncate(fd, 2);
	EXPECT_EQ(notes((u64)fd), NOTE_ATTRIB);
	other = open("kq_file", O_RDONLY);
	EXPECT_EQ(notes((u64)fd), NOTE_OPEN);
	close(other);
	EXPECT_EQ(notes((u64)fd), NOTE_CLOSE);
	other = open("kq_file", O_WRONLY);
	EXPECT_EQ(notes((u64)fd), NOTE_OPEN);
	close(other);
	EXPECT_EQ(notes((u64)fd), NOTE_CLOSE_WRITE);
	sys(SYS_chmod, "kq_file", 0600);
	EXPECT_EQ(notes((u64)fd), NOTE_ATTRIB);
	sys(SYS_link, "kq_file", "kq_link");
	EXPECT_EQ(notes((u64)fd), NOTE_LINK);
	unlink("kq_link");
	EXPECT_EQ(notes((u64)fd), NOTE_DELETE);
	sys(SYS_rename, "kq_file", "kq_moved");
	EXPECT_EQ(notes((u64)fd), NOTE_RENAME);
	/* Only what was asked for, and more when more is asked for. */
	EXPECT_EQ(change(kq, (u64)fd, EVFILT_VNODE, EV_ADD, NOTE_DELETE, 0), 0);
	write(fd, "x", 1);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, (u64)fd, EVFILT_VNODE, EV_ADD, NOTE_DELETE | NOTE_WRITE, 0), 0);
	write(fd, "y", 1);
	unlink("kq_moved");
	EXPECT_EQ(notes((u64)fd), NOTE_DELETE | NOTE_WRITE | NOTE_EXTEND);
	close(fd);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
}

/* From one directory to another entries extend both, directories change their links too;
 * within one, neither does. Who asks for any of it is told all of it. */
static void moves(int fd)
{
	mkdir("kq_other", 0755);
	mkdir("kq_other/sub", 0755);
	sys(SYS_rename, "kq_other/sub", "kq_dir/sub");
	EXPECT_EQ(notes((u64)fd), NOTE_WRITE | NOTE_EXTEND | NOTE_LINK);
	sys(SYS_rename, "kq_dir/sub", "kq_dir/bus");
	EXPECT_EQ(notes((u64)fd), NOTE_WRITE);
	sys(SYS_rename, "kq_dir/bus", "kq_other/sub");
	EXPECT_EQ(notes((u64)fd), NOTE_WRITE | NOTE_EXTEND | NOTE_LINK);
	rmdir("kq_other/sub");
	close(open("kq_other/a", O_WRONLY | O_CREAT, 0644));
	sys(SYS_rename, "kq_other/a", "kq_dir/a");
	EXPECT_EQ(notes((u64)fd), NOTE_WRITE | NOTE_EXTEND);
	unlink("kq_dir/a");
	EXPECT_EQ(notes((u64)fd), NOTE_WRITE);
	rmdir("kq_other");
}

static void directory(void)
{
	struct kevent k[4];
	int fd, other;

	mkdir("kq_dir", 0755);
	fd = open("kq_dir", O_RDONLY | O_DIRECTORY);
	EXPECT_EQ(change(kq, (u64)fd, EVFILT_VNODE, EV_ADD | EV_CLEAR, NOTE_WRITE | NOTE_LINK, 0),
		  0);
	other = open("kq_dir/a", O_WRONLY | O_CREAT, 0644);
	EXPECT_EQ(notes((u64)fd), NOTE_WRITE);
	write(other, "x", 1); /* no business of the directory's */
	close(other);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	mkdir("kq_dir/sub", 0755);
	EXPECT_EQ(notes((u64)fd), NOTE_WRITE | NOTE_LINK);
	rmdir("kq_dir/sub");
	EXPECT_EQ(notes((u64)fd), NOTE_WRITE | NOTE_LINK);
	sys(SYS_rename, "kq_dir/a", "kq_dir/b");
	EXPECT_EQ(notes((u64)fd), NOTE_WRITE);
	unlink("kq_dir/b");
	EXPECT_EQ(notes((u64)fd), NOTE_WRITE);
	moves(fd);
	close(fd);
	rmdir("kq_dir");
}

static void readiness(void)
{
	struct kevent k[4];
	int fd = open("kq_file", O_RDWR | O_CREAT | O_TRUNC, 0644), null;

	EXPECT_EQ(change(kq, (u64)fd, EVFILT_READ, EV_ADD, 0, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	sys(SYS_pwrite, fd, "hello", 5, 0);
	EXPECT_EVENT(kq, fd, EVFILT_READ, 0, 0, 5);
	EXPECT_EVENT(kq, fd, EVFILT_READ, 0, 0, 5);
	lseek(fd, 5, SEEK_SET);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	lseek(fd, 7, SEEK_SET);
	EXPECT_EQ(change(kq, (u64)fd, EVFILT_READ, EV_ADD, 0, 0), 0);
	EXPECT_EVENT(kq, fd, EVFILT_READ, 0, 0, -2);
	lseek(fd, 5, SEEK_SET);
	EXPECT_EQ(change(kq, (u64)fd, EVFILT_READ, EV_ADD, NOTE_FILE_POLL, 0), 0);
	EXPECT_EVENT(kq, fd, EVFILT_READ, 0, 0, 0);
	EXPECT_EQ(change(kq, (u64)fd, EVFILT_READ, EV_DELETE, 0, 0), 0);
	EXPECT_EQ(change(kq, (u64)fd, EVFILT_WRITE, EV_ADD | EV_ONESHOT, 0, 0), 0);
	EXPECT_EVENT(kq, fd, EVFILT_WRITE, EV_ONESHOT, 0, 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	close(fd);
	/* A place has the events of its file, but no other's. */
	fd = open("kq_file", O_PATH);
	EXPECT_EQ(change(kq, (u64)fd, EVFILT_READ, EV_ADD, 0, 0), 0);
	EXPECT_EVENT(kq, fd, EVFILT_READ, 0, 0, 5);
	EXPECT_EQ(change(kq, (u64)fd, EVFILT_READ, EV_DELETE, 0, 0), 0);
	EXPECT_EQ(change(kq, (u64)fd, EVFILT_VNODE, EV_ADD, NOTE_DELETE, 0), 0);
	unlink("kq_file");
	EXPECT_EVENT(kq, fd, EVFILT_VNODE, 0, NOTE_DELETE, 0);
	close(fd);
	null = open("/dev/null", O_PATH);
	EXPECT_ERROR(change(kq, (u64)null, EVFILT_READ, EV_ADD, 0, 0), EBADF);
	close(null);
	null = open("/dev/null", O_RDWR);
	EXPECT_ERROR(change(kq, (u64)null, EVFILT_READ, EV_ADD, 0, 0), ENODEV);
	EXPECT_ERROR(change(kq, (u64)null, EVFILT_EMPTY, EV_ADD, 0, 0), EINVAL);
	EXPECT_ERROR(change(kq, (u64)kq, EVFILT_VNODE, EV_ADD, NOTE_WRITE, 0), EINVAL);
}

int main(void)
{
	kq = kqueue();
	sys(SYS_chdir, "/tmp");
	file();
	directory();
	readiness();
	return 0;
}
