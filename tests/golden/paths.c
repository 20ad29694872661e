/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of files, one operation an argument group: "cat PATH", "stat PATH", "write PATH",
 * "rename A B", "exec PATH ARG", ... each prints its outcome. tests/tap/view.t runs it in views;
 * without arguments it does a round of its own in an empty directory.
 */
#include "guest.h"

#define SYS_link	  9
#define SYS_chroot	  61
#define SYS_chmod	  15
#define SYS_rename	  128
#define SYS_openat	  499
#define SYS_getdirentries 554
#define SYS_linkat	  495
#define SYS_mkdirat	  496
#define SYS_fstatat	  552

static void say(const char *what, const char *path, long answer)
{
	if (answer < 0)
		print("%s %s: %s\n", what, path, error_name((int)-answer));
	else
		print("%s %s: ok\n", what, path);
}

static void cat(const char *path)
{
	char text[256];
	int fd = open(path, O_RDONLY);
	long n = fd < 0 ? -errno : read(fd, text, sizeof(text) - 1);

	if (n < 0) {
		say("cat", path, n);
	} else {
		while (n > 0 && text[n - 1] == '\n')
			n--;
		text[n] = '\0';
		print("cat %s: %s\n", path, text);
	}
	if (fd >= 0)
		close(fd);
}

static void put(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0644);

	say("write", path, fd < 0 ? -errno : write(fd, "written\n", 8));
	if (fd >= 0)
		close(fd);
}

static void copy(const char *from, const char *to)
{
	static char data[65536];
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT, 0644);
	long n;

	while ((n = read(in, data, sizeof(data))) > 0)
		write(out, data, (size_t)n);
	say("copy", from, in < 0 || out < 0 || n < 0 ? -errno : 0);
	close(in);
	close(out);
}

static void type(const char *path)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		say("type", path, -errno);
	else
		print("type %s: %s\n", path,
		      (st.st_mode & S_IFMT) == S_IFDIR	 ? "directory"
		      : (st.st_mode & S_IFMT) == S_IFREG ? "file"
		      : (st.st_mode & S_IFMT) == S_IFLNK ? "link"
							 : "other");
}

static void text_of(const char *what, const char *path, long n, char *text)
{
	if (n < 0) {
		say(what, path, -errno);
		return;
	}
	text[n] = '\0';
	print("%s %s: %s\n", what, path, text);
}

static void run(char *const *argv)
{
	char *const env[] = {"PATH=/bin:/usr/bin", NULL};
	int status = 0, pid = fork();

	if (pid == 0) {
		execve(argv[0], argv, env);
		print("exec %s: %s\n", argv[0], error_name(errno));
		exit(99);
	}
	waitpid(pid, &status, 0);
	print("exec %s: status %d\n", argv[0], WEXITSTATUS(status));
}

/* Does one operation; how many words it took. */
static int one(char **w)
{
	char text[1024];
	const char *op = w[0];
	struct stat st;

	if (strcmp(op, "cwd") == 0) {
		text_of("cwd", "is", getcwd(text, sizeof(text)), text);
		return 1;
	}
	if (!w[1])
		return 1;
	if (strcmp(op, "cat") == 0)
		cat(w[1]);
	else if (strcmp(op, "write") == 0)
		put(w[1]);
	else if (strcmp(op, "type") == 0)
		type(w[1]);
	else if (strcmp(op, "readlink") == 0)
		text_of(op, w[1], readlink(w[1], text, sizeof(text) - 1), text);
	else if (strcmp(op, "mkdir") == 0)
		say(op, w[1], mkdir(w[1], 0755) ? -errno : 0);
	else if (strcmp(op, "rmdir") == 0)
		say(op, w[1], rmdir(w[1]) ? -errno : 0);
	else if (strcmp(op, "keep-mode") == 0) /* sets the mode it has */
		say(op, w[1],
		    stat(w[1], &st) ? -errno : (int)sys(SYS_chmod, w[1], st.st_mode & 07777));
	else if (strcmp(op, "unlink") == 0)
		say(op, w[1], unlink(w[1]) ? -errno : 0);
	else if (strcmp(op, "chdir") == 0)
		say(op, w[1], chdir(w[1]) ? -errno : 0);
	else if (strcmp(op, "chroot") == 0)
		say(op, w[1], sys(SYS_chroot, w[1]));
	else if (strcmp(op, "exec") == 0) {
		char *argv[] = {w[1], w[2], w[2] ? w[3] : NULL, NULL};

		run(argv);
		return !w[2] ? 2 : !w[3] ? 3 : 4;
	} else if (w[2]) {
		if (strcmp(op, "rename") == 0)
			say(op, w[1], sys(SYS_rename, w[1], w[2]));
		else if (strcmp(op, "copy") == 0)
			copy(w[1], w[2]);
		else if (strcmp(op, "link") == 0)
			say(op, w[1], sys(SYS_link, w[1], w[2]));
		else if (strcmp(op, "symlink") == 0)
			say(op, w[1], symlink(w[1], w[2]) ? -errno : 0);
		return 3;
	}
	return 2;
}

/* Through a descriptor of a directory, with the flags that change what a name means. */
static void relative(void)
{
	struct stat st;
	int dir = open("d", O_RDONLY | O_DIRECTORY);

	EXPECT(dir >= 0);
	EXPECT_EQ(sys(SYS_mkdirat, dir, "other", 0755), 0);
	EXPECT_EQ(sys(SYS_openat, dir, "../up", O_RDONLY), -ENOENT);
	EXPECT_EQ(sys(SYS_fstatat, dir, "link", &st, 0x200), 0);
	EXPECT((st.st_mode & S_IFMT) == S_IFLNK);
	EXPECT_EQ(sys(SYS_fstatat, dir, "link", &st, 0), 0);
	EXPECT((st.st_mode & S_IFMT) == S_IFREG);
	EXPECT_EQ(sys(SYS_linkat, dir, "link", dir, "hard-to-link", 0), 0);
	EXPECT_EQ(sys(SYS_linkat, dir, "link", dir, "hard-to-file", 0x400), 0);
	close(dir);
	type("d/hard-to-link");
	type("d/hard-to-file");
}

static void by_itself(void)
{
	/* clang-format off */
	static char *round[] = {
		"mkdir", "d", "write", "d/f", "symlink", "f", "d/link", "cat", "d/link",
		"readlink", "d/link", "type", "d/link", "link", "d/f", "d/g",
		"rename", "d/g", "d/h", "type", "d/g", "mkdir", "d/sub", "chdir", "d/sub/..",
		"cat", "./h", "unlink", "h", "chdir", "..", "rmdir", "d",
		"symlink", "loop", "loop", "cat", "loop", "cat", "d/f/x", "cat", "d//./f",
		"type", "d/link/", "mkdir", "e/", "rename", "d/sub", "e/sub", "rmdir", "e/sub/",
		"rename", "e", "d/sub/../sub", "unlink", "d", "cat", "", NULL,
	};
	/* clang-format on */

	for (char **w = round; *w;)
		w += one(w);
	relative();
}

int main(int argc, char **argv)
{
	if (argc < 2)
		by_itself();
	for (char **w = argv + 1; argc > 1 && *w;)
		w += one(w);
	return 0;
}
