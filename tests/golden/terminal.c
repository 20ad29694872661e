/* SPDX-License-Identifier: BSD-2-Clause */
/* A pseudo-terminal of the program's own: settings, window size, queues, names; other ioctls. */
#include "guest.h"

#define SYS_posix_openpt 504

/* sys/ttycom.h, sys/filio.h */
#define TIOCGPTN     0x4004740f
#define TIOCGETA     0x402c7413
#define TIOCSETA     0x802c7414
#define TIOCGWINSZ   0x40087468
#define TIOCSWINSZ   0x80087467
#define TIOCPTMASTER 0x2000741c
#define TIOCOUTQ     0x40047473
#define TIOCFLUSH    0x80047410
#define TIOCGSID     0x40047463
#define FIONREAD     0x4004667f
#define FIONBIO	     0x8004667e
#define FIOCLEX	     0x20006601
#define FIONCLEX     0x20006602
#define FIODGNAME    0x80106678
#define TIOCGETD     0x4004741a
#define FIODTYPE     0x4004667a
#define TIOCSCTTY    0x20007461

/* sys/_termios.h */
#define ICRNL	  0x100
#define ONLCR	  0x2
#define CSIZE	  0x300
#define CS8	  0x300
#define ECHO	  0x8
#define ICANON	  0x100
#define ISIG	  0x80
#define ALTWERASE 0x200
#define CIGNORE	  0x1
#define PARENB	  0x1000
#define VINTR	  8
#define VMIN	  16
#define VERASE2	  7

struct termios {
	u32 iflag, oflag, cflag, lflag;
	u8 cc[20];
	u32 ispeed, ospeed;
};

struct winsize {
	u16 row, col, xpixel, ypixel;
};

struct device_name {
	i32 len;
	char *buf;
};

static int open_slave(int master)
{
	char path[] = "/dev/pts/\0\0\0\0";
	u32 number = 0;

	EXPECT_EQ(sys(SYS_ioctl, master, TIOCGPTN, &number), 0);
	if (number > 99)
		return -1;
	path[9] = (char)('0' + number / 10);
	path[10] = (char)('0' + number % 10);
	if (number < 10) {
		path[9] = path[10];
		path[10] = '\0';
	}
	return open(path, O_RDWR | O_NOCTTY);
}

static void settings(int tty)
{
	struct termios t, again;
	int discipline = -1;

	EXPECT_EQ(sys(SYS_ioctl, tty, TIOCGETA, &t), 0);
	EXPECT(t.iflag & ICRNL && t.oflag & ONLCR && (t.cflag & CSIZE) == CS8);
	EXPECT((t.lflag & (ECHO | ICANON | ISIG)) == (ECHO | ICANON | ISIG));
	EXPECT(t.cc[VINTR] == 3 && t.cc[VERASE2] == 0xff && t.ospeed == 38400);
	t.lflag &= ~(u32)(ECHO | ICANON);
	t.cc[VINTR] = 0xff;
	t.cc[VMIN] = 4;
	t.ospeed = t.ispeed = 9600;
	EXPECT_EQ(sys(SYS_ioctl, tty, TIOCSETA, &t), 0);
	EXPECT_EQ(sys(SYS_ioctl, tty, TIOCGETA, &again), 0);
	EXPECT(memcmp(&t, &again, sizeof(t)) == 0);
	/* TCSASOFT: all but the line's own settings. */
	t.lflag |= ECHO;
	t.cflag |= CIGNORE | PARENB;
	t.ospeed = t.ispeed = 19200;
	EXPECT_EQ(sys(SYS_ioctl, tty, TIOCSETA, &t), 0);
	EXPECT_EQ(sys(SYS_ioctl, tty, TIOCGETA, &again), 0);
	EXPECT(again.lflag == t.lflag && !(again.cflag & (CIGNORE | PARENB)) &&
	       again.ospeed == 9600);
	EXPECT_EQ(sys(SYS_ioctl, tty, TIOCGETD, &discipline), 0);
	EXPECT_EQ(discipline, 0);
	t.lflag |= ALTWERASE;
	EXPECT_EQ(sys(SYS_ioctl, tty, TIOCSETA, &t), -EINVAL);
	EXPECT_EQ(sys(SYS_ioctl, tty, TIOCGETA, 8), -EFAULT);
}

/* A leader of a session without a terminal opens one, and has it when it asks for it. */
static void controlling(const char *path)
{
	int status = -1, session = -1, fd;
	long pid = fork();

	if (pid == 0) {
		sys(SYS_setsid);
		fd = open(path, O_RDWR);
		EXPECT(fd >= 0);
		EXPECT_EQ(sys(SYS_ioctl, fd, TIOCGSID, &session), -ENOTTY);
		EXPECT_EQ(sys(SYS_ioctl, fd, TIOCSCTTY, 0), 0);
		EXPECT_EQ(sys(SYS_ioctl, fd, TIOCGSID, &session), 0);
		EXPECT(session == (int)getpid());
		EXPECT_EQ(sys(SYS_ioctl, fd, TIOCSCTTY, 0), 0);
		exit(7);
	}
	EXPECT_EQ(sys(SYS_wait4, pid, &status, 0, 0), pid);
	EXPECT_EQ(status, 7 << 8);
}

int main(void)
{
	int master = (int)sys(SYS_posix_openpt, O_RDWR | O_NOCTTY), tty, n = -1, both = 0, on = 1;
	struct winsize w = {24, 80, 0, 0}, again;
	char text[16], name[32], path[5 + sizeof(name)] = "/dev/";
	struct device_name dev = {sizeof(name), name};
	int file = open("file", O_CREAT | O_RDWR, 0600);

	EXPECT(master >= 0);
	EXPECT_EQ(sys(SYS_posix_openpt, O_APPEND), -EINVAL);
	tty = open_slave(master);
	EXPECT(tty >= 0);
	EXPECT_EQ(sys(SYS_ioctl, master, TIOCPTMASTER, 0), 0);
	EXPECT_EQ(sys(SYS_ioctl, tty, TIOCPTMASTER, 0), -ENOTTY);
	settings(tty);
	EXPECT_EQ(sys(SYS_ioctl, tty, TIOCSWINSZ, &w), 0);
	EXPECT_EQ(sys(SYS_ioctl, master, TIOCGWINSZ, &again), 0);
	EXPECT(memcmp(&w, &again, sizeof(w)) == 0);
	EXPECT_EQ(write(master, "typed", 5), 5);
	/* What is typed arrives in its own time. */
	for (int i = 0; i < 1000 && n != 5; i++) {
		struct timespec ms = {0, 1000000};

		if (sys(SYS_ioctl, tty, FIONREAD, &n) != 0)
			break;
		nanosleep(&ms, NULL);
	}
	EXPECT_EQ(n, 5);
	EXPECT_EQ(read(tty, text, sizeof(text)), 5);
	EXPECT_EQ(sys(SYS_ioctl, tty, TIOCOUTQ, &n), 0);
	EXPECT_EQ(sys(SYS_ioctl, tty, TIOCFLUSH, &both), 0);
	EXPECT_EQ(sys(SYS_ioctl, tty, FIODGNAME, &dev), 0);
	EXPECT(strncmp(name, "pts/", 4) == 0);
	memset(name, 0, sizeof(name));
	EXPECT_EQ(sys(SYS_ioctl, master, FIODGNAME, &dev), 0);
	EXPECT(strncmp(name, "pts/", 4) == 0);
	dev.len = 3;
	EXPECT_EQ(sys(SYS_ioctl, master, FIODGNAME, &dev), -EINVAL);
	EXPECT_EQ(sys(SYS_ioctl, tty, FIODGNAME, &dev), -EINVAL);

	dev.len = sizeof(name);
	EXPECT_EQ(sys(SYS_ioctl, master, FIODGNAME, &dev), 0);
	memcpy(path + 5, name, sizeof(name));
	controlling(path);

	EXPECT_EQ(sys(SYS_ioctl, tty, FIODTYPE, &n), 0);
	EXPECT_EQ(n, 4);
	EXPECT_EQ(sys(SYS_ioctl, open("/dev/null", O_RDWR), FIODTYPE, &n), 0);
	EXPECT_EQ(n, 0);
	EXPECT_EQ(sys(SYS_ioctl, file, FIODTYPE, &n), -ENOTTY);

	EXPECT_EQ(sys(SYS_ioctl, file, FIOCLEX, 0), 0);
	EXPECT_EQ(fcntl(file, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(sys(SYS_ioctl, file, FIONCLEX, 0), 0);
	EXPECT_EQ(fcntl(file, F_GETFD, 0), 0);
	EXPECT_EQ(sys(SYS_ioctl, master, FIONBIO, &on), 0);
	EXPECT(fcntl(master, F_GETFL, 0) & O_NONBLOCK);
	EXPECT_EQ(sys(SYS_ioctl, file, TIOCGETA, text), -ENOTTY);
	EXPECT_EQ(sys(SYS_ioctl, file, TIOCGWINSZ, text), -ENOTTY);
	EXPECT_EQ(sys(SYS_ioctl, file, 0x20001234, text), -ENOTTY);
	EXPECT_EQ(sys(SYS_ioctl, 777, TIOCGETA, text), -EBADF);
	EXPECT_EQ(sys(SYS_ioctl, 777, 0x20001234, text), -EBADF);
	return 0;
}
