/* SPDX-License-Identifier: BSD-2-Clause */
/* Things a policy may refuse (tests/tap/audit.t), and what comes of each; without one, all are
 * done. */
#include "guest.h"

static void tell(const char *what, long r)
{
	print("%s: %s\n", what, r >= 0 ? "done" : error_name(errno));
}

static void open_and_close(const char *what, int dir, const char *path, int flags)
{
	int fd = openat(dir, path, flags, 0600);

	tell(what, fd);
	if (fd >= 0)
		close(fd);
}

int main(void)
{
	int dir, pid, waited, status, got = 0;

	open_and_close("read", AT_FDCWD, "/etc/passwd", O_RDONLY);
	open_and_close("read by dots", AT_FDCWD, "/usr/.././etc//passwd", O_RDONLY);
	open_and_close("read another", AT_FDCWD, "/proc/self/stat", O_RDONLY);
	open_and_close("create", AT_FDCWD, "audited.file", O_RDWR | O_CREAT);
	dir = openat(AT_FDCWD, ".", O_RDONLY, 0);
	tell("directory", dir);
	open_and_close("create from a directory", dir, "audited.other", O_RDWR | O_CREAT);
	open_and_close("append", AT_FDCWD, "audited.file", O_WRONLY | O_APPEND);
	tell("unlink", unlink("audited.file"));
	tell("unlink the other", unlink("audited.other"));
	tell("mkdir", mkdir("audited.dir", 0700));
	tell("rmdir", rmdir("audited.dir"));
	for (int i = 0; i < 10; i++)
		got += getpid() > 0;
	print("process ids: %d\n", got);
	pid = fork();
	if (pid == 0) {
		open_and_close("read in a child", AT_FDCWD, "/etc/passwd", O_RDONLY);
		exit(3);
	}
	waited = pid > 0 ? waitpid(pid, &status, 0) : -1;
	tell("fork", pid);
	if (pid > 0 && waited == pid)
		print("child: %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	tell("symlink", symlink("/etc/passwd", "audited.link"));
	open_and_close("read by a link", AT_FDCWD, "audited.link", O_RDONLY);
	unlink("audited.link");
	return 0;
}
