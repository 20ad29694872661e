/* SPDX-License-Identifier: BSD-2-Clause */
/* Doors and pipes with a name in the file system: what tests/tap/illumos-names.t runs. */
#include <door.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stropts.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void check(int good, const char *what)
{
	printf("%s %s\n", good ? "ok" : "not ok", what);
	fflush(stdout);
}

static void serve(void *cookie, char *data, size_t size, door_desc_t *desc, uint_t n)
{
	char text[64];
	int len;

	(void)cookie, (void)desc, (void)n;
	len = snprintf(text, sizeof(text), "%ld got %.*s", (long)getpid(), (int)size, data);
	door_return(text, (size_t)len + 1, NULL, 0);
}

static int call(const char *name, char *text, size_t size)
{
	door_arg_t a = {(char *)"hello", 5, NULL, 0, text, size};
	int fd = open(name, O_RDONLY), r;

	if (fd < 0)
		return -1;
	r = door_call(fd, &a);
	close(fd);
	return r;
}

static void errors(const char *name)
{
	int fd = open("/etc/passwd", O_RDONLY), p[2];

	pipe(p);
	check(fattach(fd, name) == -1 && errno == EINVAL, "a file is no STREAM");
	check(fattach(-1, name) == -1 && errno == EBADF, "no descriptor");
	check(fattach(p[0], "") == -1 && errno == ENOENT, "no name");
	check(fattach(p[0], "/nowhere/at/all") == -1 && errno == ENOENT, "no such name");
	check(fdetach(name) == -1 && errno == EINVAL, "nothing is attached");
	check(fdetach("/nowhere/at/all") == -1 && errno == ENOENT, "nowhere");
	check(mount(NULL, name, MS_DATA, "namefs", &fd, 3, NULL, 0) == -1 && errno == EINVAL,
	      "a descriptor of three bytes");
	check(mount(NULL, name, MS_DATA, "namefs", (void *)8, 4, NULL, 0) == -1 && errno == EFAULT,
	      "one nowhere");
	check(mount("/dev/x", "/mnt", MS_DATA, "ufs", NULL, 0, NULL, 0) == -1 && errno == EPERM,
	      "other mounts");
	check(isastream(p[0]) == 1 && isastream(fd) == 0 && isastream(-1) == -1 && errno == EBADF,
	      "isastream");
	if (geteuid())
		check(fattach(p[0], "/etc/passwd") == -1 && errno == EPERM, "somebody else's file");
	close(p[0]);
	close(p[1]);
	close(fd);
}

static void life(const char *name)
{
	char text[64], want[64];
	struct stat before, st;
	int door, fd, p[2];
	pid_t pid;

	stat(name, &before);
	door = door_create(serve, NULL, 0);
	check(fattach(door, name) == 0, "a door gets a name");
	check(fattach(door, name) == -1 && errno == EBUSY, "which has no second one");
	check(stat(name, &st) == 0 && S_ISDOOR(st.st_mode) && (st.st_mode & 0777) == 0640 &&
		  st.st_uid == before.st_uid && st.st_nlink == 1,
	      "it is a door, with the file's rights");
	snprintf(want, sizeof(want), "%ld got hello", (long)getpid());
	check(call(name, text, sizeof(text)) == 0 && strcmp(text, want) == 0, "called by itself");
	pid = fork();
	if (pid == 0)
		_exit(call(name, text, sizeof(text)) == 0 && strcmp(text, want) == 0 ? 0 : 1);
	check(waitpid(pid, &fd, 0) == pid && fd == 0, "called by a child");
	check(open(name, O_RDONLY | O_CREAT | O_EXCL, 0600) == -1 && errno == EEXIST, "it exists");
	check(fdetach(name) == 0, "it is taken away");
	check(stat(name, &st) == 0 && S_ISREG(st.st_mode) && st.st_ino == before.st_ino &&
		  st.st_size == before.st_size,
	      "and the file is back");
	check(fdetach(name) == -1 && errno == EINVAL, "once");
	pipe(p);
	check(fattach(p[0], name) == 0 && stat(name, &st) == 0 && S_ISFIFO(st.st_mode), "a pipe");
	fd = open(name, O_RDONLY);
	write(p[1], "through", 7);
	check(fd >= 0 && read(fd, text, sizeof(text)) == 7 && memcmp(text, "through", 7) == 0,
	      "is read by its name");
	close(fd);
	check(unlink(name) == 0 && stat(name, &st) == -1 && errno == ENOENT, "its name removed");
	close(p[0]);
	close(p[1]);
	close(door);
}

int main(int argc, char **argv)
{
	char text[64];
	int fd;

	if (argc < 3)
		return 2;
	if (strcmp(argv[1], "call") == 0) {
		if (call(argv[2], text, sizeof(text)) < 0)
			printf("error %d\n", errno);
		else
			printf("%s\n", text);
		return 0;
	}
	if (strcmp(argv[1], "serve") == 0) {
		fd = door_create(serve, NULL, 0);
		if (fattach(fd, argv[2]) < 0)
			return errno;
		printf("serving\n");
		fflush(stdout);
		read(0, text, 1);
		if (argc > 3)
			fdetach(argv[2]);
		return 0;
	}
	fd = open(argv[2], O_RDWR | O_CREAT, 0640);
	fchmod(fd, 0640);
	write(fd, "covered", 7);
	close(fd);
	errors(argv[2]);
	life(argv[2]);
	printf("done\n");
	return 0;
}
