/* SPDX-License-Identifier: BSD-2-Clause */
/* What FreeBSD's terminals answer in words of their own: names, lines, settings that are
 * kept, cleared or refused, packet mode, status, sessions, the ends of both sides. */
#include "tty.h"
#include "freebsd_event.h"

#define SYS_revoke 56
#define WUNTRACED  2

#define TIOCEXCL       0x2000740d
#define TIOCFLUSH      0x80047410
#define TIOCSETAW      0x802c7415
#define TIOCGETD       0x4004741a
#define TIOCSETD       0x8004741b
#define TIOCGDRAINWAIT 0x40047456
#define TIOCSDRAINWAIT 0x80047457
#define TIOCDRAIN      0x2000745e
#define TIOCSIG	       0x2004745f
#define TIOCEXT	       0x80047460
#define TIOCCONS       0x80047462
#define TIOCSTAT       0x20007465
#define TIOCMGET       0x4004746a
#define TIOCMBIS       0x8004746c
#define TIOCSTART      0x2000746e
#define TIOCSTOP       0x2000746f
#define TIOCNOTTY      0x20007471
#define TIOCSTI	       0x80017472
#define TIOCCDTR       0x20007478
#define TIOCSDTR       0x20007479
#define TIOCSBRK       0x2000747b
#define FIODTYPE       0x4004667a
#define FIODGNAME      0x80106678
#define FIONSPACE      0x40046676
#define FIONWRITE      0x40046677

#define EXTPROC	   0x800
#define ALTWERASE  0x200
#define NOKERNINFO 0x2000000
#define PENDIN	   0x20000000
#define ONOEOT	   0x8
#define CIGNORE	   0x1
#define CCTS_OFLOW 0x10000
#define CRTSCTS	   0x30000
#define CCAR_OFLOW 0x100000
#define VERASE2	   7
#define VDSUSP	   11
#define VSTATUS	   18

#define POLLIN	0x1
#define POLLOUT 0x4
#define POLLHUP 0x10

struct pollfd {
	i32 fd;
	i16 events, revents;
};

static int master, tty;

static int poll_one(int fd)
{
	struct pollfd p = {fd, POLLIN | POLLOUT, 0};

	sys(SYS_poll, &p, 1, 1000);
	return p.revents;
}

static void names(void)
{
	char name[32], of_master[32];
	struct {
		i32 len;
		char *buf;
	} arg = {sizeof(name), name};
	int type = -1, null = open("/dev/null", O_RDWR);

	EXPECT_EQ(ioctl(tty, FIODGNAME, &arg), 0);
	arg.buf = of_master;
	EXPECT_EQ(ioctl(master, FIODGNAME, &arg), 0);
	EXPECT(strncmp(name, "pts/", 4) == 0 && strcmp(name, of_master) == 0);
	EXPECT_EQ(ioctl(null, FIODGNAME, &arg), 0);
	EXPECT(strcmp(of_master, "null") == 0);
	EXPECT_EQ(ioctl(tty, FIODTYPE, &type), 0);
	EXPECT_EQ(type, 4);
	EXPECT_EQ(ioctl(master, FIODTYPE, &type), 0);
	EXPECT_EQ(type, 4);
	EXPECT_EQ(ioctl(null, FIODTYPE, &type), 0);
	EXPECT_EQ(type, 0);
	EXPECT_ERROR(ioctl(open("/", O_RDONLY), FIODTYPE, &type), ENOTTY);
}

static void line(void)
{
	int n = -1, zero = 0, one = 1;

	EXPECT_EQ(ioctl(tty, TIOCGETD, &n), 0);
	EXPECT_EQ(n, 0);
	EXPECT_ERROR(ioctl(tty, TIOCSETD, &n), ENOTTY);
	EXPECT_EQ(ioctl(tty, TIOCGDRAINWAIT, &n), 0);
	EXPECT_EQ(n, 300);
	EXPECT_ERROR(ioctl(tty, TIOCSDRAINWAIT, &n), EPERM);
	EXPECT_EQ(ioctl(tty, TIOCCONS, &zero), 0);
	EXPECT_ERROR(ioctl(tty, TIOCCONS, &one), EPERM);
	EXPECT_EQ(ioctl(tty, TIOCMGET, &n), 0);
	EXPECT_EQ(n, 0x41);
	EXPECT_EQ(ioctl(tty, TIOCMBIS, &n), 0);
	EXPECT_EQ(ioctl(tty, TIOCSDTR, 0), 0);
	EXPECT_EQ(ioctl(tty, TIOCCDTR, 0), 0);
	EXPECT_ERROR(ioctl(tty, TIOCSBRK, 0), ENOTTY);
	EXPECT_ERROR(ioctl(tty, TIOCEXT, &n), ENOTTY);
	EXPECT_ERROR(ioctl(tty, TIOCNOTTY, 0), ENOTTY);
	EXPECT_ERROR(ioctl(tty, TIOCPKT, &n), ENOTTY);
	EXPECT_ERROR(ioctl(tty, FIONSPACE, &n), ENOTTY);
	EXPECT_EQ(ioctl(tty, FIONWRITE, &n), 0);
	EXPECT_EQ(n, 0);
}

static void settings(void)
{
	struct termios t, again;

	ioctl(tty, TIOCGETA, &t);
	t.cc[VERASE2] = 8;
	t.cc[VDSUSP] = 'Y' & 31;
	t.cc[VSTATUS] = 'T' & 31;
	t.ispeed = t.ospeed = 14400;
	t.cflag |= CRTSCTS;
	EXPECT_EQ(ioctl(tty, TIOCSETA, &t), 0);
	EXPECT_EQ(ioctl(tty, TIOCGETA, &again), 0);
	EXPECT(memcmp(&t, &again, sizeof(t)) == 0);
	again.cc[VERASE2] = again.cc[VDSUSP] = again.cc[VSTATUS] = 0xff;
	again.cflag = CIGNORE;
	again.ospeed = 50;
	EXPECT_EQ(ioctl(tty, TIOCSETA, &again), 0);
	EXPECT_EQ(ioctl(tty, TIOCGETA, &again), 0);
	EXPECT(again.cflag == t.cflag && again.ospeed == 14400 && again.cc[VDSUSP] == 0xff);
	t = again;
	t.lflag |= EXTPROC | PENDIN | NOKERNINFO | 0x1000;
	t.iflag |= 0x80000000;
	EXPECT_EQ(ioctl(tty, TIOCSETA, &t), 0);
	EXPECT_EQ(ioctl(tty, TIOCGETA, &t), 0);
	EXPECT(t.lflag == again.lflag && t.iflag == again.iflag);
	t.lflag |= ALTWERASE;
	EXPECT_ERROR(ioctl(tty, TIOCSETA, &t), EINVAL);
	t = again;
	t.oflag |= ONOEOT;
	EXPECT_ERROR(ioctl(tty, TIOCSETA, &t), EINVAL);
	t = again;
	t.cflag |= CCAR_OFLOW;
	EXPECT_ERROR(ioctl(tty, TIOCSETA, &t), EINVAL);
	t.cflag = (again.cflag & ~(u32)CRTSCTS) | CCTS_OFLOW;
	EXPECT_ERROR(ioctl(tty, TIOCSETA, &t), EINVAL);
	/* Output nobody but the master itself would read does not hold it up. */
	write(tty, "x", 1);
	EXPECT_EQ(ioctl(master, TIOCSETAW, &again), 0);
	EXPECT_EQ(read(master, &t, 1), 1);
}

static void packet(const char *what)
{
	char text[64];
	long n = read(master, text, sizeof(text));

	print("%s: %ld bytes, first %x\n", what, n, n > 0 ? text[0] : -1);
}

static void packets(void)
{
	int on = 1, off = 0;

	EXPECT_EQ(ioctl(master, TIOCPKT, &on), 0);
	write(tty, "out", 3);
	packet("data");
	ioctl(tty, TIOCSTOP, 0);
	packet("stopped");
	ioctl(tty, TIOCSTART, 0);
	packet("started");
	ioctl(tty, TIOCFLUSH, &off);
	packet("flushed");
	EXPECT_EQ(ioctl(master, TIOCPKT, &off), 0);
}

static void status_line(void)
{
	char text[256];
	long n;

	EXPECT_EQ(ioctl(tty, TIOCSTAT, 0), 0);
	n = read(master, text, sizeof(text));
	text[n > 0 ? n - 1 : 0] = '\0';
	EXPECT(strncmp(text, "load: ", 6) == 0 && n > 20);
	print("%s\n", n > 28 && text[n - 29] == ' ' ? text + n - 28 : "?");
}

static void events(void)
{
	struct kevent ev[4] = {{.ident = (u64)master, .filter = EVFILT_READ, .flags = EV_ADD},
			       {.ident = (u64)tty, .filter = EVFILT_READ, .flags = EV_ADD},
			       {.ident = (u64)master, .filter = EVFILT_WRITE, .flags = EV_ADD},
			       {.ident = (u64)tty, .filter = EVFILT_WRITE, .flags = EV_ADD}};
	struct timespec second = {1, 0};
	int kq = (int)sys(SYS_kqueue);

	EXPECT_EQ(sys(SYS_kevent, kq, ev, 2, NULL, 0, NULL), 0);
	write(tty, "four", 4);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, ev, 4, &second), 1);
	EXPECT(ev[0].ident == (u64)master && ev[0].data == 4);
	read(master, ev, 4);
	write(master, "line\n", 5);
	for (int i = 0; i < 2; i++) { /* the echo may come first */
		int n = (int)sys(SYS_kevent, kq, NULL, 0, ev, 4, &second);

		if (n > 0 && ev[0].ident == (u64)tty)
			break;
	}
	EXPECT(poll_one(tty) == (POLLIN | POLLOUT));
	read(tty, ev, 16);
	read(master, ev, 16);
	close(kq);
}

static void ends(void)
{
	struct kevent ev = {.ident = (u64)master, .filter = EVFILT_READ, .flags = EV_ADD};
	struct timespec second = {1, 0};
	struct termios t;
	int kq = (int)sys(SYS_kqueue), n = 0, other;
	char byte;

	sys(SYS_kevent, kq, &ev, 1, NULL, 0, NULL);
	close(tty);
	EXPECT_EQ(poll_one(master), POLLIN | POLLHUP);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, &ev, 1, &second), 1);
	EXPECT(ev.flags & EV_EOF);
	EXPECT_EQ(read(master, &byte, 1), 0);
	EXPECT_EQ(ioctl(master, FIONREAD, &n), 0);
	EXPECT_EQ(n, 1);

	other = open_terminal(&tty);
	EXPECT_EQ(close(other), 0);
	EXPECT_EQ(poll_one(tty), POLLIN | POLLHUP);
	EXPECT_EQ(read(tty, &byte, 1), 0);
	EXPECT_ERROR(write(tty, "x", 1), ENXIO);
	EXPECT_ERROR(ioctl(tty, TIOCGETA, &t), ENXIO);
}

/* The old way to a pseudo-terminal. */
static void multiplexer(void)
{
	char name[32] = "/dev/";
	struct {
		i32 len;
		char *buf;
	} arg = {sizeof(name) - 5, name + 5};
	int m = open("/dev/ptmx", O_RDWR), s;

	EXPECT_EQ(ioctl(m, FIODGNAME, &arg), 0);
	s = open(name, O_RDWR);
	EXPECT(s >= 0);
	close(s);
	close(m);
}

static volatile int seen;

static void note(int sig, struct siginfo *info, void *context)
{
	(void)info;
	(void)context;
	seen = sig;
}

/* A background process that changes the window is stopped; one that looks at it is not. */
static void in_background(void)
{
	struct winsize w;
	int status, pid = fork();

	if (pid == 0) {
		sys(SYS_setpgid, 0, 0);
		EXPECT_EQ(ioctl(tty, TIOCGWINSZ, &w), 0);
		ioctl(tty, TIOCSWINSZ, &w);
		exit(1);
	}
	EXPECT_EQ(waitpid(pid, &status, WUNTRACED), pid);
	EXPECT_EQ(status, SIGTTOU << 8 | 0x7f);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	EXPECT_EQ(status, SIGKILL);
}

/* A terminal becomes a session's by TIOCSCTTY alone. */
static void session(void)
{
	char path[] = "/dev/tty";
	int n, m;

	sys(SYS_setsid);
	m = open_terminal(&tty);
	EXPECT_ERROR(open(path, O_RDWR), ENXIO);
	EXPECT_EQ(ioctl(m, TIOCGPGRP, &n), 0);
	EXPECT_EQ(n, 100000);
	EXPECT_ERROR(ioctl(m, TIOCGSID, &n), ENOTTY);
	n = 1;
	EXPECT_ERROR(ioctl(tty, TIOCSPGRP, &n), EPERM);
	n = getpid();
	EXPECT_ERROR(ioctl(tty, TIOCSPGRP, &n), ENOTTY);
	EXPECT_EQ(ioctl(tty, TIOCSCTTY, 0), 0);
	n = 99999;
	EXPECT_ERROR(ioctl(tty, TIOCSPGRP, &n), EPERM);
	n = -5;
	EXPECT_ERROR(ioctl(tty, TIOCSPGRP, &n), EPERM);
	on_signal(SIGUSR1, note, 0);
	EXPECT_EQ(sys(SYS_ioctl, m, TIOCSIG, SIGUSR1), 0);
	EXPECT_EQ(seen, SIGUSR1);
	EXPECT_EQ(sys(SYS_ioctl, m, TIOCSIG, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_ioctl, tty, TIOCSIG, SIGUSR1), -ENOTTY);
	in_background();
	EXPECT_EQ(sys(SYS_revoke, "/"), -EINVAL);
	EXPECT_EQ(sys(SYS_revoke, "/nowhere"), -ENOENT);
	exit(0);
}

int main(void)
{
	int status, pid;

	master = open_terminal(&tty);
	names();
	line();
	settings();
	packets();
	status_line();
	events();
	ends();
	multiplexer();
	pid = fork();
	if (pid == 0)
		session();
	waitpid(pid, &status, 0);
	EXPECT_EQ(status, 0);
	return 0;
}
