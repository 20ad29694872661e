/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Many descriptors in one kqueue: nobody is forgotten, nobody is reported twice; entries go
 * with the descriptor, however it goes, though the file stays open elsewhere; a child of
 * fork has no kqueue, and its parent's goes on.
 */
#include "freebsd_event.h"

#define PIPES 400

static int fds[PIPES][2], kq;
static struct kevent k[PIPES * 2 + 10];
static int seen[PIPES * 2 + 1000];

/* Everybody once in one call, or in pieces of so many, again and again when it is levels. */
static void everybody(int piece, int rounds)
{
	int total = 0, twice = 0, missing = 0;

	memset(seen, 0, sizeof(seen));
	for (int i = 0; i < rounds; i++) {
		int n = poll_events(kq, k, piece);

		for (int j = 0; j < n; j++) {
			total++;
			twice += seen[k[j].ident]++ > i;
		}
	}
	for (int i = 0; i < PIPES; i++)
		missing += seen[fds[i][0]] == 0;
	print("pieces of %d: %d events, %d too often, %d missing\n", piece, total, twice, missing);
}

static void add_all(int flags)
{
	for (int i = 0; i < PIPES; i++)
		change(kq, (u64)fds[i][0], EVFILT_READ, EV_ADD | flags, 0, 0);
}

static void ends(void)
{
	int copy, pid, status;

	/* Closed, replaced, closed in a range: gone, though a copy keeps the pipe open. */
	copy = fcntl(fds[0][0], F_DUPFD, 850);
	close(fds[0][0]);
	fcntl(fds[1][0], F_DUPFD, 850);
	dup2(fds[2][0], fds[1][0]);
	fcntl(fds[3][0], F_DUPFD, 850);
	sys(SYS_close_range, fds[3][0], fds[3][0], 0);
	EXPECT_EQ(poll_events(kq, k, PIPES + 10), PIPES - 3);
	EXPECT_ERROR(change(kq, (u64)fds[1][0], EVFILT_READ, EV_DELETE, 0, 0), ENOENT);
	EXPECT_EQ(change(kq, (u64)fds[1][0], EVFILT_READ, EV_ADD, 0, 0), 0);
	EXPECT_EQ(change(kq, (u64)copy, EVFILT_READ, EV_ADD, 0, 0), 0);
	EXPECT_EQ(poll_events(kq, k, PIPES + 10), PIPES - 1);
	pid = fork();
	if (pid == 0) {
		int mine;

		EXPECT_ERROR(change(kq, 1, EVFILT_USER, EV_ADD, 0, 0), EBADF);
		EXPECT_ERROR(fcntl(kq, F_GETFD, 0), EBADF);
		mine = kqueue();
		EXPECT_EQ(mine, kq);
		EXPECT_EQ(change(mine, (u64)fds[5][0], EVFILT_READ, EV_ADD, 0, 0), 0);
		EXPECT_EQ(poll_events(mine, k, 4), 1);
		sys(SYS_close_range, 3, ~0u, 0);
		exit(0);
	}
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT_EQ(status, 0);
	EXPECT_EQ(poll_events(kq, k, PIPES + 10), PIPES - 1);
	/* The child that is there keeps the file open; the descriptor is gone. */
	pid = fork();
	if (pid == 0) {
		struct timespec ts = {0, 100000000};

		nanosleep(&ts, NULL);
		exit(0);
	}
	close(fds[5][0]);
	EXPECT_EQ(poll_events(kq, k, PIPES + 10), PIPES - 2);
	waitpid(pid, &status, 0);
}

int main(void)
{
	kq = kqueue();
	for (int i = 0; i < PIPES; i++) {
		if (pipe2(fds[i], 0) != 0)
			print("FAILED pipe %d\n", i);
		write(fds[i][1], "x", 1);
	}
	add_all(0);
	everybody(PIPES + 10, 1);
	everybody(7, PIPES);
	everybody(1, PIPES);
	for (int i = 0; i < PIPES; i++)
		change(kq, (u64)fds[i][0], EVFILT_READ, EV_DELETE, 0, 0);
	EXPECT_EQ(poll_events(kq, k, 10), 0);
	add_all(EV_CLEAR);
	everybody(PIPES + 10, 3);
	add_all(EV_CLEAR);
	everybody(7, PIPES);
	/* Both filters of one descriptor, one wanting edges, in turns of one. */
	for (int i = 0; i < 4; i++) {
		change(kq, (u64)fds[i][1], EVFILT_WRITE, EV_ADD | (i & 1 ? EV_CLEAR : 0), 0, 0);
		change(kq, (u64)fds[i][1], EVFILT_READ, EV_ADD, 0, 0);
	}
	memset(seen, 0, sizeof(seen));
	for (int i = 0; i < 12; i++)
		if (poll_events(kq, k, 1) == 1)
			seen[k[0].ident]++;
	EXPECT(seen[fds[0][1]] > 2 && seen[fds[2][1]] > 2);
	EXPECT_EQ(seen[fds[1][1]], 1);
	EXPECT_EQ(seen[fds[3][1]], 1);
	for (int i = 0; i < 4; i++) {
		change(kq, (u64)fds[i][1], EVFILT_WRITE, EV_DELETE, 0, 0);
		change(kq, (u64)fds[i][1], EVFILT_READ, EV_DELETE, 0, 0);
	}
	EXPECT_EQ(poll_events(kq, k, 10), 0);
	for (int i = 0; i < PIPES; i++)
		change(kq, (u64)fds[i][0], EVFILT_READ, EV_DELETE, 0, 0);
	add_all(0);
	ends();
	return 0;
}
