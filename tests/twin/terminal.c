/* SPDX-License-Identifier: BSD-2-Clause */
/* Terminals: line editing, output, raw input, sessions, job control and its signals. */
#include "tty.h"

#ifndef WUNTRACED
#define WUNTRACED 2
#endif

static int master, tty;

static void set(u32 iflag, u32 oflag, u32 lflag)
{
	struct termios t;

	ioctl(tty, TIOCGETA, &t);
	t.iflag = iflag;
	t.oflag = oflag;
	t.lflag = lflag;
	t.cc[VERASE] = 0x7f;
	t.cc[VKILL] = 'U' & 31;
	t.cc[VWERASE] = 'W' & 31;
	t.cc[VLNEXT] = 'V' & 31;
	t.cc[VEOF] = 'D' & 31;
	t.cc[VINTR] = 'C' & 31;
	t.cc[VQUIT] = '\\' & 31;
	t.cc[VSUSP] = 'Z' & 31;
	EXPECT_EQ(ioctl(tty, TIOCSETAF, &t), 0);
}

static void show(const char *what, const char *text, long n)
{
	print("%s %ld:", what, n);
	for (long i = 0; i < n; i++)
		print(" %02x", (u8)text[i]);
	print("\n");
}

static void show_read(const char *what, int fd)
{
	char text[256];
	long n = read(fd, text, sizeof(text));

	if (n < 0)
		print("%s: %s\n", what, error_name(errno));
	else
		show(what, text, n);
}

/* What the terminal put out comes in pieces. */
static void show_output(const char *what, long want)
{
	char text[256];
	long n = 0, r = 1;

	while (n < want && r > 0) {
		r = read(master, text + n, sizeof(text) - (size_t)n);
		n += r > 0 ? r : 0;
	}
	show(what, text, n);
}

static void type(const char *text)
{
	write(master, text, strlen(text));
}

static void line_editing(void)
{
	set(ICRNL, 0, ICANON | IEXTEN);
	type("abc\x7f"
	     "d\r");
	show_read("erase", tty);
	type("one two\x17three\n");
	show_read("word erase", tty);
	type("gone\x15kept\n");
	show_read("kill", tty);
	type("\x16\x15quoted\n");
	show_read("next is literal", tty);
	type("no newline\x04");
	show_read("end of file within a line", tty);
	type("\x04");
	show_read("end of file", tty);
	type("first\nsecond\n");
	show_read("one line at a time", tty);
	show_read("and the next", tty);
	set(IGNCR | INLCR, 0, ICANON);
	type("a\rb\x04");
	show_read("no returns", tty);
}

static void echo(void)
{
	set(ICRNL, OPOST | ONLCR, ICANON | ECHO | ECHOE | ECHOKE | ECHOK | ECHOCTL | IEXTEN);
	type("ab\x7f\x01\n");
	show_read("typed", tty);
	show_output("echoed", 9);
	set(ICRNL, OPOST | ONLCR, ICANON | ECHONL);
	type("secret\n");
	show_read("typed", tty);
	show_output("echoed", 2);
}

static void output(void)
{
	set(0, OPOST | ONLCR | OXTABS, 0);
	write(tty, "a\tb\nc", 5);
	show_output("newlines and tabs", 12);
	set(0, OPOST | OCRNL, 0);
	write(tty, "a\rb\n", 4);
	show_output("returns", 4);
	set(0, ONLCR, 0);
	write(tty, "a\n", 2);
	show_output("as it is", 2);
}

static void raw(void)
{
	struct termios t;
	int n;

	set(0, 0, 0);
	ioctl(tty, TIOCGETA, &t);
	t.cc[VMIN] = 4;
	t.cc[VTIME] = 0;
	ioctl(tty, TIOCSETA, &t);
	type("xyz\x03");
	show_read("four or more", tty);
	t.cc[VMIN] = 0;
	t.cc[VTIME] = 1;
	ioctl(tty, TIOCSETA, &t);
	show_read("nothing for a while", tty);
	t.cc[VTIME] = 0;
	ioctl(tty, TIOCSETA, &t);
	show_read("nothing now", tty);
	fcntl(tty, F_SETFL, O_RDWR | O_NONBLOCK);
	t.cc[VMIN] = 1;
	ioctl(tty, TIOCSETA, &t);
	show_read("nothing, not waiting", tty);
	fcntl(tty, F_SETFL, O_RDWR);
	EXPECT_EQ(ioctl(tty, TIOCOUTQ, &n), 0);
	EXPECT_EQ(n, 0);
	EXPECT_EQ(ioctl(tty, FIONREAD, &n), 0);
	EXPECT_EQ(n, 0);
}

/* ---- sessions ---------------------------------------------------------------------------- */

static volatile int seen;

static void note(int sig, struct siginfo *info, void *context)
{
	(void)info;
	(void)context;
	seen = sig;
}

static void await_signal(int sig)
{
	struct timespec ms = {0, 1000000};

	for (int i = 0; i < 2000 && seen != sig; i++)
		nanosleep(&ms, NULL);
	EXPECT_EQ(seen, sig);
	seen = 0;
}

static int child_of(void (*body)(void))
{
	int pid = fork();

	if (pid == 0) {
		body();
		exit(0);
	}
	return pid;
}

static void own_group(void)
{
	struct timespec ms = {0, 1000000};

	sys(SYS_setpgid, 0, 0);
	/* Until the shell, so to speak, has seen to the terminal. */
	for (int i = 0; i < 50; i++)
		nanosleep(&ms, NULL);
}

static void background_read(void)
{
	own_group();
	show_read("once in the foreground", tty);
}

static void background_read_ignoring(void)
{
	own_group();
	on_signal(SIGTTIN, HANDLER_IGNORE, 0);
	show_read("with SIGTTIN ignored", tty);
}

static void background_write(void)
{
	own_group();
	write(tty, "w", 1);
}

static void background_set(void)
{
	struct termios t;

	own_group();
	ioctl(tty, TIOCGETA, &t);
	print("set from the background: %d\n", (int)ioctl(tty, TIOCSETA, &t));
}

static void orphan(void)
{
	int parent = getpid();

	sys(SYS_setpgid, 0, 0);
	if (fork() == 0) {
		struct timespec ms = {0, 1000000};

		for (int i = 0; i < 2000 && getppid() == parent; i++)
			nanosleep(&ms, NULL);
		show_read("orphaned, in the background", tty);
		kill(getpid(), SIGTSTP);
		print("not stopped\n");
		exit(0);
	}
}

static void stops_with(const char *what, void (*body)(void), int sig)
{
	int status, pid = child_of(body), group = pid, self = getpid();

	waitpid(pid, &status, WUNTRACED);
	print("%s: %s\n", what,
	      (status & 0xff) == 0x7f && ((status >> 8) & 0xff) == sig ? "stopped" : "not stopped");
	on_signal(SIGTTOU, HANDLER_IGNORE, 0);
	if ((status & 0xff) == 0x7f) {
		EXPECT_EQ(ioctl(tty, TIOCSPGRP, &group), 0);
		type("line\n");
		kill(-group, SIGCONT);
		waitpid(pid, &status, 0);
		EXPECT_EQ(status, 0);
	}
	EXPECT_EQ(ioctl(tty, TIOCSPGRP, &self), 0);
	on_signal(SIGTTOU, HANDLER_DEFAULT, 0);
}

static void a_session(void)
{
	int group, self = getpid(), status, pid;
	struct winsize w = {40, 100, 0, 0};

	EXPECT_EQ(ioctl(tty, TIOCGPGRP, &group), -1);
	EXPECT_ERROR(ioctl(tty, TIOCSCTTY, 0), EPERM);
	EXPECT_EQ(sys(SYS_setsid), self);
	EXPECT_EQ(sys(SYS_setsid), -EPERM);
	EXPECT_EQ(sys(SYS_setpgid, 0, 0), -EPERM);
	EXPECT_EQ(open("/dev/tty", O_RDWR), -1);
	EXPECT_EQ(ioctl(tty, TIOCSCTTY, 0), 0);
	EXPECT_EQ(ioctl(tty, TIOCSCTTY, 0), 0);
	EXPECT_EQ(ioctl(tty, TIOCGPGRP, &group), 0);
	EXPECT_EQ(group == self, 1);
	EXPECT_EQ(ioctl(master, TIOCGSID, &group), 0);
	EXPECT_EQ(group == self, 1);
	EXPECT(open("/dev/tty", O_RDWR) > 2);
	group = 1;
	EXPECT_ERROR(ioctl(tty, TIOCSPGRP, &group), EPERM);

	set(ICRNL, 0, ICANON | ISIG);
	on_signal(SIGINT, note, 0);
	on_signal(SIGQUIT, note, 0);
	on_signal(SIGTSTP, note, 0);
	on_signal(SIGWINCH, note, 0);
	type("half\x03");
	await_signal(SIGINT);
	type("\x1c");
	await_signal(SIGQUIT);
	type("\x1a");
	await_signal(SIGTSTP);
	type("rest\n");
	show_read("what the signal left", tty);
	EXPECT_EQ(ioctl(master, TIOCSWINSZ, &w), 0);
	await_signal(SIGWINCH);
	EXPECT_EQ(ioctl(master, TIOCSWINSZ, &w), 0);
	EXPECT_EQ(seen, 0);

	stops_with("background read", background_read, SIGTTIN);
	pid = child_of(background_read_ignoring);
	waitpid(pid, &status, 0);
	set(ICRNL, 0, ICANON | ISIG | TOSTOP);
	stops_with("background write", background_write, SIGTTOU);
	show_output("what it wrote", 1);
	stops_with("background TIOCSETA", background_set, SIGTTOU);
	pid = child_of(orphan);
	waitpid(pid, &status, 0);
	for (int i = 0; i < 6; i++)
		own_group();

	/* The end of its leader hangs a session up. */
	seen = 0;
	on_signal(SIGHUP, note, 0);
	pid = fork();
	if (pid == 0) {
		struct timespec ms = {0, 1000000};

		for (int i = 0; i < 2000 && seen != SIGHUP; i++)
			nanosleep(&ms, NULL);
		print("hung up: %d\n", seen == SIGHUP);
		exit(0);
	}
	exit(7);
}

int main(void)
{
	int status, pid, all[2];
	char byte;

	master = open_terminal(&tty);
	EXPECT(master > 2 && tty > 2);
	line_editing();
	echo();
	output();
	raw();
	/* Its end of file is the end of everybody who was started. */
	pipe2(all, 0);
	pid = fork();
	if (pid == 0) /* a leader of a group cannot begin a session */
		a_session();
	close(all[1]);
	waitpid(pid, &status, 0);
	EXPECT_EQ(read(all[0], &byte, 1), 0);
	EXPECT_EQ(status, 7 << 8);
	return 0;
}
