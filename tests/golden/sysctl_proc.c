/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kern.proc of sysctl(3): a process's record, path, arguments, descriptors, mappings and
 * limits (sys/user.h, sys/kern/kern_proc.c).
 */
#include "guest.h"

#define CTL_KERN	     1
#define KERN_PROC	     14
#define KERN_PROC_PID	     1
#define KERN_PROC_PGRP	     2
#define KERN_PROC_ARGS	     7
#define KERN_PROC_PROC	     8
#define KERN_PROC_PATHNAME   12
#define KERN_PROC_OVMMAP     13
#define KERN_PROC_OFILEDESC  14
#define KERN_PROC_SIGTRAMP   41
#define KERN_PROC_PID_TD     17
#define KERN_PROC_VMMAP	     32
#define KERN_PROC_FILEDESC   33
#define KERN_PROC_ENV	     35
#define KERN_PROC_AUXV	     36
#define KERN_PROC_RLIMIT     37
#define KERN_PROC_PS_STRINGS 38
#define KERN_PROC_CWD	     42
#define KERN_PROC_NFDS	     43
#define RLIMIT_NOFILE	     8

/* struct kinfo_proc (sys/user.h), in words of 4 bytes */
#define KINFO_SIZE 1088
#define KI_PID	   (72 / 4)
#define KI_PPID	   (76 / 4)
#define KI_FLAG	   (368 / 4)
#define KI_STAT	   388
#define KI_FD	   (48 / 4)
#define P_INMEM	   0x10000000
#define KI_COMM	   447
#define KI_THREADS (596 / 4)

static u8 buffer[256 * 1024];

static long query(int what, int a, int b, unsigned len, void *old, size_t *oldlen)
{
	int name[6] = {CTL_KERN, KERN_PROC, what, a, b};

	return result(sys(SYS___sysctl, name, len, old, oldlen, NULL, 0));
}

static void record(void)
{
	static u32 ki[KINFO_SIZE / 4];
	size_t len = 0;
	int pid = getpid();

	EXPECT_EQ(query(KERN_PROC_PID, pid, 0, 4, NULL, &len), 0);
	EXPECT_EQ(len, KINFO_SIZE);
	EXPECT_EQ(query(KERN_PROC_PID, pid, 0, 4, ki, &len), 0);
	EXPECT_EQ(ki[0], KINFO_SIZE);
	EXPECT((int)ki[KI_PID] == pid && (int)ki[KI_PPID] == getppid());
	EXPECT_EQ(ki[KI_THREADS], 1);
	EXPECT(strcmp((char *)ki + KI_COMM, "sysctl_proc") == 0);
	EXPECT_EQ(((u8 *)ki)[KI_STAT], 2);
	/* ps(1) takes a process without the flag for swapped out, libprocstat one without a
	 * table of descriptors for one that has none. */
	EXPECT(ki[KI_FLAG] & P_INMEM && ki[KI_FD]);
	len = 100;
	EXPECT_ERROR(query(KERN_PROC_PID, pid, 0, 4, ki, &len), ENOMEM);
	EXPECT_EQ(len, 100);
	len = sizeof(ki);
	EXPECT_EQ(query(KERN_PROC_PID_TD, pid, 0, 4, ki, &len), 0);
	EXPECT_ERROR(query(KERN_PROC_PID, 0x7ffffff0, 0, 4, ki, &len), ESRCH);
	EXPECT_ERROR(query(KERN_PROC_PID, pid, 0, 3, ki, &len), EINVAL);
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_PROC, 0, 0, 3, buffer, &len), 0);
	EXPECT(len >= 2 * KINFO_SIZE && len % KINFO_SIZE == 0);
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_PGRP, (int)sys(SYS_getpgrp), 0, 4, buffer, &len), 0);
	EXPECT(len >= KINFO_SIZE);
}

static bool ends_with(const char *s, const char *end)
{
	return strlen(s) >= strlen(end) && strcmp(s + strlen(s) - strlen(end), end) == 0;
}

static void texts(int argc, char **argv)
{
	size_t len = sizeof(buffer), want = 0;
	u64 *pair = (u64 *)buffer;
	int name[4] = {CTL_KERN, KERN_PROC, KERN_PROC_ARGS, getpid()};

	EXPECT_EQ(query(KERN_PROC_PATHNAME, -1, 0, 4, buffer, &len), 0);
	EXPECT(buffer[0] == '/' && ends_with((char *)buffer, "/sysctl_proc"));
	EXPECT(len == strlen((char *)buffer) + 1);
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_PATHNAME, getpid(), 0, 4, buffer, &len), 0);
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_ARGS, getpid(), 0, 4, buffer, &len), 0);
	for (int i = 0; i < argc; i++) {
		EXPECT(strcmp((char *)buffer + want, argv[i]) == 0);
		want += strlen(argv[i]) + 1;
	}
	EXPECT(len == want);
	EXPECT_EQ(result(sys(SYS___sysctl, name, 4, NULL, NULL, "other title", 12)), 0);
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_ARGS, getpid(), 0, 4, buffer, &len), 0);
	EXPECT(len == 12 && strcmp((char *)buffer, "other title") == 0);
	name[3] = getppid();
	EXPECT_ERROR(result(sys(SYS___sysctl, name, 4, NULL, NULL, "theirs", 7)), EPERM);
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_ENV, getpid(), 0, 4, buffer, &len), 0);
	EXPECT(len > 0 && buffer[len - 1] == '\0');
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_AUXV, getpid(), 0, 4, buffer, &len), 0);
	EXPECT(len >= 160 && len % 16 == 0 && pair[len / 8 - 2] == 0);
	len = 8;
	EXPECT_EQ(query(KERN_PROC_PS_STRINGS, getpid(), 0, 4, buffer, &len), 0);
	EXPECT(*(u64 **)buffer != NULL && **(u64 **)buffer == (u64)argv);
}

static void lists(void)
{
	size_t len = sizeof(buffer), at;
	u64 limit[2];
	int fd = open("/", O_RDONLY), count = 0, seen = 0, cwd = 0;

	EXPECT_EQ(query(KERN_PROC_FILEDESC, getpid(), 0, 4, buffer, &len), 0);
	for (at = 0; at < len; at += *(u32 *)(buffer + at)) {
		int number = *(int *)(buffer + at + 8), type = *(int *)(buffer + at + 4);

		count += number >= 0;
		seen += number == fd && type == 1 && strcmp((char *)buffer + at + 368, "/") == 0;
		cwd += number == -1;
	}
	EXPECT(at == len);
	EXPECT(seen == 1 && cwd == 1);
	len = sizeof(int);
	EXPECT_EQ(query(KERN_PROC_NFDS, 0, 0, 4, buffer, &len), 0);
	EXPECT(*(int *)buffer == count);
	close(fd);
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_CWD, getpid(), 0, 4, buffer, &len), 0);
	EXPECT(buffer[368] == '/');
	seen = 0;
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_VMMAP, getpid(), 0, 4, buffer, &len), 0);
	for (at = 0; at < len; at += *(u32 *)(buffer + at)) {
		u64 low = *(u64 *)(buffer + at + 8), high = *(u64 *)(buffer + at + 16);

		if ((u64)query >= low && (u64)query < high)
			seen += (*(u32 *)(buffer + at + 56) & 5) == 5;
	}
	EXPECT(at == len && seen == 1);
	len = sizeof(limit);
	EXPECT_EQ(query(KERN_PROC_RLIMIT, getpid(), RLIMIT_NOFILE, 5, limit, &len), 0);
	EXPECT(len == 16 && limit[0] > 0 && limit[0] <= limit[1]);
	EXPECT_ERROR(query(KERN_PROC_RLIMIT, getpid(), 99, 5, limit, &len), EINVAL);
}

/* FreeBSD 7's records, of one length each. */
static void old_lists(void)
{
	size_t len = sizeof(buffer), at;
	int fd = open("/", O_RDONLY), seen = 0;

	EXPECT_EQ(query(KERN_PROC_OFILEDESC, getpid(), 0, 4, buffer, &len), 0);
	EXPECT(len > 0 && len % 1328 == 0);
	for (at = 0; at < len; at += 1328)
		seen += *(int *)(buffer + at + 8) == fd && *(int *)(buffer + at) == 1328 &&
			*(int *)(buffer + at + 32) == 2 &&
			strcmp((char *)buffer + at + 48, "/") == 0;
	EXPECT_EQ(seen, 1);
	close(fd);
	seen = 0;
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_OVMMAP, getpid(), 0, 4, buffer, &len), 0);
	EXPECT(len > 0 && len % 1168 == 0);
	for (at = 0; at < len; at += 1168) {
		u64 low = *(u64 *)(buffer + at + 8), high = *(u64 *)(buffer + at + 16);

		if ((u64)query >= low && (u64)query < high)
			seen += (*(u32 *)(buffer + at + 36) & 5) == 5;
	}
	EXPECT_EQ(seen, 1);
}

static u64 return_address;

static void handler(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	return_address = (u64)__builtin_return_address(0);
}

/* What an unwinder recognises a signal's frame by. */
static void trampoline(void)
{
	u64 place[6];
	size_t len = sizeof(place);

	EXPECT_EQ(on_signal(SIGUSR1, handler, 0), 0);
	EXPECT_EQ(sys(SYS_kill, getpid(), SIGUSR1), 0);
	EXPECT_EQ(query(KERN_PROC_SIGTRAMP, getpid(), 0, 4, place, &len), 0);
	EXPECT_EQ(len, sizeof(place));
	EXPECT(return_address > place[0] && return_address < place[1] && place[1] - place[0] < 64);
}

/* Another guest: its program, its vectors, and the title it gave itself (setproctitle(3)). */
static void another(int argc, char **argv)
{
	static char *title[] = {"another: title", NULL};
	struct {
		char **argv;
		u32 argc, pad;
		char **env;
		u32 envc, pad1;
	} **ps = (void *)buffer;
	size_t len, own = 0;
	char byte;
	int go[2], done[2], fds[2], pid;

	for (int i = 0; i < argc; i++)
		own += strlen(argv[i]) + 1;
	EXPECT(pipe2(go, 0) == 0 && pipe2(done, 0) == 0);
	pid = fork();
	if (pid == 0) {
		len = 8;
		read(go[0], &byte, 1);
		query(KERN_PROC_PS_STRINGS, -1, 0, 4, buffer, &len);
		(*ps)->argv = title;
		(*ps)->argc = 1;
		write(done[1], "", 1);
		read(go[0], &byte, 1);
		exit(0);
	}
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_PATHNAME, pid, 0, 4, buffer, &len), 0);
	EXPECT(buffer[0] == '/' && ends_with((char *)buffer, "/sysctl_proc"));
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_ARGS, pid, 0, 4, buffer, &len), 0);
	EXPECT(len == own && strcmp((char *)buffer, argv[0]) == 0);
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_ENV, pid, 0, 4, buffer, &len), 0);
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_AUXV, pid, 0, 4, buffer, &len), 0);
	EXPECT(len >= 160 && len % 16 == 0 && ((u64 *)buffer)[len / 8 - 2] == 0);
	len = sizeof(fds);
	/* Nobody may ask how many another has. */
	EXPECT_ERROR(query(KERN_PROC_NFDS, pid, 0, 4, fds, &len), EINVAL);
	write(go[1], "", 1);
	read(done[0], &byte, 1);
	len = sizeof(buffer);
	EXPECT_EQ(query(KERN_PROC_ARGS, pid, 0, 4, buffer, &len), 0);
	EXPECT(len == 15 && strcmp((char *)buffer, "another: title") == 0);
	write(go[1], "", 1);
	EXPECT(sys(SYS_wait4, pid, NULL, 0, NULL) == pid);
}

int main(int argc, char **argv)
{
	record();
	texts(argc, argv);
	lists();
	old_lists();
	trampoline();
	another(argc, argv);
	return 0;
}
