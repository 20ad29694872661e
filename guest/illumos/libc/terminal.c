/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/terminal.c: terminals. Facts: termios(3C), ttyname(3C), ptsname(3C);
 * requests: usr/src/uts/common/sys/termios.h; where speeds lie: CBAUD, CBAUDEXT there; pseudo
 * terminals: usr/src/lib/libc/port/gen/pt.c (ISPTM, UNLKPT, OWNERPT of sys/ptms.h).
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stropts.h>
#include <sys/mkdev.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

EXPORT int tcgetattr(int fd, struct termios *t)
{
	return ioctl(fd, TCGETS, t);
}

EXPORT int tcsetattr(int fd, int when, const struct termios *t)
{
	if (when != TCSANOW && when != TCSADRAIN && when != TCSAFLUSH)
		return (int)fail_with(EINVAL);
	return ioctl(fd, when, t);
}

EXPORT int tcsendbreak(int fd, int duration)
{
	(void)duration;
	return ioctl(fd, TCSBRK, 0);
}

EXPORT int tcdrain(int fd)
{
	return ioctl(fd, TCSBRK, 1);
}

EXPORT int tcflush(int fd, int which)
{
	return ioctl(fd, TCFLSH, which);
}

EXPORT int tcflow(int fd, int action)
{
	return ioctl(fd, TCXONC, action);
}

EXPORT pid_t tcgetsid(int fd)
{
	pid_t pid;

	return ioctl(fd, TIOCGSID, &pid) < 0 ? -1 : pid;
}

EXPORT pid_t tcgetpgrp(int fd)
{
	pid_t pid;

	return ioctl(fd, TIOCGPGRP, &pid) < 0 ? -1 : pid;
}

EXPORT int tcsetpgrp(int fd, pid_t pid)
{
	return ioctl(fd, TIOCSPGRP, &pid);
}

EXPORT speed_t cfgetospeed(const struct termios *t)
{
	return (t->c_cflag & CBAUD) + (t->c_cflag & CBAUDEXT ? CBAUD + 1 : 0);
}

EXPORT speed_t cfgetispeed(const struct termios *t)
{
	speed_t in = (t->c_cflag & CIBAUD) >> 16;

	return in + (t->c_cflag & CIBAUDEXT ? CBAUD + 1 : 0);
}

EXPORT int cfsetospeed(struct termios *t, speed_t speed)
{
	if (speed > 2 * CBAUD + 1)
		return (int)fail_with(EINVAL);
	t->c_cflag &= ~(tcflag_t)(CBAUD | CBAUDEXT);
	t->c_cflag |= speed > CBAUD ? CBAUDEXT | (speed - CBAUD - 1) : speed;
	return 0;
}

EXPORT int cfsetispeed(struct termios *t, speed_t speed)
{
	if (speed > 2 * CBAUD + 1)
		return (int)fail_with(EINVAL);
	t->c_cflag &= ~(tcflag_t)(CIBAUD | CIBAUDEXT);
	t->c_cflag |= speed > CBAUD ? CIBAUDEXT | (speed - CBAUD - 1) << 16 : speed << 16;
	return 0;
}

EXPORT int cfsetspeed(struct termios *t, speed_t speed)
{
	return cfsetispeed(t, speed) < 0 ? -1 : cfsetospeed(t, speed);
}

EXPORT void cfmakeraw(struct termios *t)
{
	t->c_iflag &=
	    ~(tcflag_t)(IMAXBEL | IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
	t->c_oflag &= ~(tcflag_t)OPOST;
	t->c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	t->c_cflag &= ~(tcflag_t)(CSIZE | PARENB);
	t->c_cflag |= CS8;
	t->c_cc[VMIN] = 1;
	t->c_cc[VTIME] = 0;
}

EXPORT int isatty(int fd)
{
	struct termios t;

	return tcgetattr(fd, &t) == 0;
}

static bool same_device(const char *path, const struct stat *want)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISCHR(st.st_mode) && st.st_rdev == want->st_rdev &&
	       st.st_ino == want->st_ino && st.st_dev == want->st_dev;
}

EXPORT int ttyname_r(int fd, char *buf, int size)
{
	int error = self()->error;
	char path[64];
	struct stat st;

	if (!isatty(fd))
		return self()->error;
	if (fstat(fd, &st) < 0)
		return self()->error;
	self()->error = error;
	snprintf(path, sizeof(path), "/dev/pts/%u", minor(st.st_rdev));
	if (!same_device(path, &st))
		strcpy(path, "/dev/console");
	if (!same_device(path, &st))
		return ENOENT;
	return size < 0 || strlcpy(buf, path, (size_t)size) >= (size_t)size ? ERANGE : 0;
}

EXPORT char *ttyname(int fd)
{
	static char name[128];
	int error = ttyname_r(fd, name, sizeof(name));

	return error ? (fail_with(error), NULL) : name;
}

/* ---- pseudo terminals ---------------------------------------------------------------------- */

EXPORT int posix_openpt(int flags)
{
	return open("/dev/ptmx", flags);
}

static int request(int fd, int command, void *data, int size)
{
	struct strioctl s = {.ic_cmd = command, .ic_len = size, .ic_dp = data};

	return ioctl(fd, I_STR, &s);
}

#define ISPTM	('P' << 8 | 1)
#define UNLKPT	('P' << 8 | 2)
#define OWNERPT ('P' << 8 | 5)

EXPORT int grantpt(int fd)
{
	struct {
		uid_t uid;
		gid_t gid;
	} owner = {getuid(), 0};

	if (request(fd, OWNERPT, &owner, sizeof(owner)) < 0)
		return (int)fail_with(self()->error == EINVAL ? EINVAL : EACCES);
	return 0;
}

EXPORT int unlockpt(int fd)
{
	return request(fd, UNLKPT, NULL, 0);
}

EXPORT int ptsname_r(int fd, char *buf, size_t size)
{
	struct stat st;

	if (request(fd, ISPTM, NULL, 0) < 0 || fstat(fd, &st) < 0)
		return self()->error;
	return (size_t)snprintf(buf, size, "/dev/pts/%u", minor(st.st_rdev)) >= size ? ERANGE : 0;
}

EXPORT char *ptsname(int fd)
{
	static char name[64];
	int error = ptsname_r(fd, name, sizeof(name));

	return error ? (fail_with(error), NULL) : name;
}

EXPORT char *getpass(const char *prompt)
{
	static char word[257];
	struct termios was, quiet;
	int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return NULL;
	tcgetattr(fd, &was);
	quiet = was;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	quiet.c_lflag |= ICANON | ISIG;
	tcsetattr(fd, TCSAFLUSH, &quiet);
	write(fd, prompt, strlen(prompt));
	n = read(fd, word, sizeof(word) - 1);
	tcsetattr(fd, TCSAFLUSH, &was);
	write(fd, "\n", 1);
	close(fd);
	if (n < 0)
		return NULL;
	if (n > 0 && word[n - 1] == '\n')
		n--;
	word[n] = '\0';
	return word;
}
