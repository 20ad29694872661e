/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * EVFILT_PROC's NOTE_FORK, NOTE_EXEC and NOTE_TRACK: a process that forks, forks as vfork
 * does, executes programs, and has grandchildren; watched from its parent, from a child,
 * and by itself. Processes that are no guests are EACCES.
 */
#include "freebsd_event.h"

#define NOTE_CHILD    0x0004u
#define NOTE_TRACKERR 0x0002u
#define ALL	      (NOTE_EXIT | NOTE_FORK | NOTE_EXEC)

static int go[2], answer[2];
static char *self;

static void wait_go(void)
{
	char c;

	read(go[0], &c, 1);
}

static void say_go(void)
{
	write(go[1], "x", 1);
}

/* The child has the parent's stack, so it calls nothing. */
static int vfork_once(int status)
{
	register long rax __asm__("rax") = SYS_vfork;
	register long rdx __asm__("rdx") = 0;

	__asm__ volatile("syscall\n\t"
			 "testq %%rdx, %%rdx\n\t"
			 "jz 1f\n\t"
			 "movl %2, %%edi\n\t"
			 "movl $1, %%eax\n\t"
			 "syscall\n"
			 "1:"
			 : "+r"(rax), "+r"(rdx)
			 : "r"(status)
			 : "rcx", "rdi", "r8", "r9", "r10", "r11", "memory");
	waitpid((int)rax, NULL, 0);
	return (int)rax;
}

static int execute(const char *how)
{
	char *args[] = {self, (char *)how, NULL}, *none[] = {NULL};

	return execve(self, args, none);
}

/* One after the other, each seen before the next. */
static void in_turn(void)
{
	int kq = kqueue(), pid = fork(), inner;

	if (pid == 0) {
		wait_go();
		inner = fork();
		if (inner == 0)
			exit(0);
		waitpid(inner, NULL, 0);
		wait_go();
		vfork_once(1);
		wait_go();
		execute("wait");
		exit(9);
	}
	EXPECT_EQ(change(kq, (u64)pid, EVFILT_PROC, EV_ADD, ALL, 0), 0);
	say_go();
	EXPECT_EVENT(kq, pid, EVFILT_PROC, EV_CLEAR, NOTE_FORK, 0);
	say_go();
	EXPECT_EVENT(kq, pid, EVFILT_PROC, EV_CLEAR, NOTE_FORK, 0);
	say_go();
	EXPECT_EVENT(kq, pid, EVFILT_PROC, EV_CLEAR, NOTE_EXEC, 0);
	say_go();
	EXPECT_EVENT(kq, pid, EVFILT_PROC, EV_CLEAR | EV_EOF | EV_ONESHOT, NOTE_EXIT, 5 << 8);
	waitpid(pid, NULL, 0);
	close(kq);
}

/* Only what is asked for comes, and nothing when it is no longer wanted. */
static void chosen(void)
{
	int kq = kqueue(), pid = fork();
	struct kevent k[4];

	if (pid == 0) {
		wait_go();
		vfork_once(0);
		write(answer[1], "x", 1);
		wait_go();
		vfork_once(0);
		write(answer[1], "x", 1);
		wait_go();
		exit(0);
	}
	EXPECT_EQ(change(kq, (u64)pid, EVFILT_PROC, EV_ADD, NOTE_EXEC, 0), 0);
	say_go();
	read(answer[0], k, 1);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, (u64)pid, EVFILT_PROC, EV_ADD, NOTE_FORK, 0), 0);
	say_go();
	read(answer[0], k, 1);
	EXPECT_EVENT(kq, pid, EVFILT_PROC, EV_CLEAR, NOTE_FORK, 0);
	EXPECT_EQ(change(kq, (u64)pid, EVFILT_PROC, EV_DELETE, 0, 0), 0);
	say_go();
	waitpid(pid, NULL, 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	close(kq);
}

struct seen {
	int forks, execs, exits, births, errors, wrong;
	u64 ids[16], parents[16];
};

static void take(struct seen *s, const struct kevent *k)
{
	if (k->fflags & NOTE_CHILD) {
		if (k->fflags != NOTE_CHILD || !(k->flags & EV_ONESHOT) || s->births == 16)
			s->wrong++;
		s->ids[s->births] = k->ident;
		s->parents[s->births++] = (u64)k->data;
		return;
	}
	s->forks += (k->fflags & NOTE_FORK) != 0;
	s->execs += (k->fflags & NOTE_EXEC) != 0;
	s->errors += (k->fflags & NOTE_TRACKERR) != 0;
	if (k->fflags & NOTE_EXIT) {
		s->exits++;
		if (!(k->flags & EV_EOF) || k->data != (i64)(7 << 8))
			s->wrong++;
	}
}

/* A process that forks a process that executes a program that forks: all told. */
static void track(void)
{
	int kq = kqueue(), pid = fork();
	struct seen s = {0};
	struct kevent k[4];

	if (pid == 0) {
		int inner;

		wait_go();
		inner = fork();
		if (inner == 0)
			execute("fork and exec");
		waitpid(inner, NULL, 0);
		exit(7);
	}
	EXPECT_EQ(change(kq, (u64)pid, EVFILT_PROC, EV_ADD, ALL | NOTE_TRACK, 0), 0);
	say_go();
	while (s.exits < 4 && !s.wrong) {
		int n = wait_events(kq, k, 4);

		if (n <= 0)
			break;
		for (int i = 0; i < n; i++) {
			take(&s, &k[i]);
			if (k[i].udata != 0xfeed0000 + (u64)pid)
				s.wrong++;
		}
	}
	EXPECT_EQ(s.births, 3);
	EXPECT_EQ(s.parents[0] - (u64)pid, 0);
	EXPECT_EQ(s.parents[1] - s.ids[0], 0);
	EXPECT_EQ(s.parents[2] - s.ids[0], 0);
	EXPECT_EQ(s.forks >= 2, 1); /* two of one process may have been told as one */
	EXPECT_EQ(s.execs, 2);
	EXPECT_EQ(s.exits, 4);
	EXPECT_EQ(s.errors, 0);
	EXPECT_EQ(s.wrong, 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	waitpid(pid, NULL, 0);
	close(kq);
}

/* It need not be a child, and two may watch. */
static void from_elsewhere(void)
{
	int mine = kqueue(), theirs, pid = fork(), watcher;

	if (pid == 0) {
		wait_go();
		vfork_once(0);
		wait_go();
		exit(0);
	}
	EXPECT_EQ(change(mine, (u64)pid, EVFILT_PROC, EV_ADD, NOTE_FORK, 0), 0);
	watcher = fork();
	if (watcher == 0) {
		struct kevent k = {0};

		theirs = kqueue();
		change(theirs, (u64)pid, EVFILT_PROC, EV_ADD, NOTE_FORK, 0);
		say_go();
		exit(wait_events(theirs, &k, 1) == 1 && k.fflags == NOTE_FORK ? 3 : 4);
	}
	EXPECT_EVENT(mine, pid, EVFILT_PROC, EV_CLEAR, NOTE_FORK, 0);
	waitpid(watcher, &theirs, 0);
	EXPECT_EQ(WEXITSTATUS(theirs), 3);
	say_go();
	waitpid(pid, NULL, 0);
	/* Oneself. */
	EXPECT_EQ(change(mine, (u64)getpid(), EVFILT_PROC, EV_ADD, NOTE_FORK, 0), 0);
	vfork_once(0);
	EXPECT_EVENT(mine, getpid(), EVFILT_PROC, EV_CLEAR, NOTE_FORK, 0);
	EXPECT_ERROR(change(mine, (u64)getppid(), EVFILT_PROC, EV_ADD, NOTE_FORK, 0), EACCES);
	EXPECT_EQ(change(mine, (u64)getppid(), EVFILT_PROC, EV_ADD, NOTE_FORK | NOTE_EXIT, 0), 0);
	close(mine);
}

/* A hundred, as fast as they come, while nobody reads. */
static void many(void)
{
	int kq = kqueue(), pid = fork(), births = 0, exits = 0, n;
	struct kevent k[4];

	if (pid == 0) {
		wait_go();
		for (int i = 0; i < 100; i++)
			vfork_once(7);
		exit(7);
	}
	EXPECT_EQ(change(kq, (u64)pid, EVFILT_PROC, EV_ADD, NOTE_EXIT | NOTE_TRACK, 0), 0);
	say_go();
	waitpid(pid, NULL, 0);
	while ((n = wait_events(kq, k, 4)) > 0) {
		for (int i = 0; i < n; i++) {
			births += (k[i].fflags & NOTE_CHILD) != 0;
			exits += (k[i].fflags & NOTE_EXIT) != 0;
		}
		if (exits == 101)
			break;
	}
	EXPECT_EQ(births, 100);
	EXPECT_EQ(exits, 101);
	close(kq);
}

int main(int argc, char **argv)
{
	self = argv[0];
	if (argc > 1 && strcmp(argv[1], "fork and exec") == 0) {
		int pid;

		vfork_once(7);
		pid = fork();
		if (pid == 0)
			execute("be gone");
		waitpid(pid, NULL, 0);
		return 7;
	}
	if (argc > 1 && strcmp(argv[1], "be gone") == 0)
		return 7;
	if (argc > 1) {
		char c;

		if (strcmp(argv[1], "wait") == 0)
			read(3, &c, 1);
		return 5;
	}
	pipe2(go, 0);
	pipe2(answer, 0);
	print("in turn\n");
	in_turn();
	print("chosen\n");
	chosen();
	print("track\n");
	track();
	print("from elsewhere\n");
	from_elsewhere();
	print("many\n");
	many();
	return 0;
}
