/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/tty.c: ioctl(2) of terminals.
 *
 * A FreeBSD terminal is the hub's with other numbers, and with answers of its own in a few
 * places that shells, tmux and script meet: a master names its slave and never waits for
 * output that only it reads; a pseudo-terminal has a carrier and no other modem line; a
 * session keeps its terminal until it ends (TIOCNOTTY is ENOTTY); what was hung up is ENXIO;
 * the last slave's close is a master's end of file and no error.
 *
 * Settings: bits that FreeBSD knows and does not support it clears without a word, and so do
 * we. Those it supports and the hub does not are EINVAL, so that none is lost: ONOEOT,
 * ALTWERASE, CDTR_IFLOW, CDSR_OFLOW, CCAR_OFLOW, CNO_RTSDTR, and CCTS_OFLOW and CRTS_IFLOW
 * one without the other.
 *
 * Facts: sys/ttycom.h, sys/_termios.h, tty(4), termios(4), pts(4); sys/kern/tty.c
 * (tty_generic_ioctl, ttydev_ioctl), sys/kern/tty_pts.c (ptsdev_ioctl) of FreeBSD.
 */
#include "personality/freebsd/tty.h"
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/convert_tty.h"
#include "personality/freebsd/freebsd.h"

#define NSIG	   32	  /* sys/signal.h: the old signals, 0 among them */
#define NO_PID	   100000 /* sys/proc.h: nobody's */
#define DRAIN_WAIT 300	  /* kern.tty_drainwait, seconds */

/* The argument is an address of the same thing, or there is none. */
static const struct {
	u32 guest, core;
} same[] = {
    {FREEBSD_TIOCEXCL, CORE_TIOCEXCL},	   {FREEBSD_TIOCNXCL, CORE_TIOCNXCL},
    {FREEBSD_TIOCGSID, CORE_TIOCGSID},	   {FREEBSD_TIOCOUTQ, CORE_TIOCOUTQ},
    {FREEBSD_TIOCGWINSZ, CORE_TIOCGWINSZ}, {FREEBSD_TIOCSWINSZ, CORE_TIOCSWINSZ},
    {FREEBSD_TIOCPKT, CORE_TIOCPKT},	   {FREEBSD_TIOCGPTN, CORE_TIOCGPTN},
    {FREEBSD_TIOCSCTTY, CORE_TIOCSCTTY},
};

_Static_assert(sizeof(struct freebsd_winsize) == sizeof(struct core_winsize), "the same window");
_Static_assert(FREEBSD_TIOCM_DTR == CORE_TIOCM_DTR && FREEBSD_TIOCM_DSR == CORE_TIOCM_DSR,
	       "modem lines pass through");

enum freebsd_tty_kind freebsd_tty_kind(int fd)
{
	struct core_termios termios;
	struct core_stat st;
	u32 number;

	if (EXO_NOW(ioctl, fd, CORE_TIOCGPTN, &number) >= 0)
		return FREEBSD_TTY_MASTER;
	if (EXO_NOW(fstat, fd, &st) < 0 || (st.st_mode & CORE_S_IFMT) != CORE_S_IFCHR)
		return FREEBSD_TTY_NONE;
	if (freebsd_tty_is_pts(st.st_rdev))
		return FREEBSD_TTY_SLAVE;
	return EXO_NOW(ioctl, fd, CORE_TCGETS, &termios) < 0 ? FREEBSD_TTY_NONE : FREEBSD_TTY_LINE;
}

/* 0 for a terminal, else what ioctl answers. */
static long need_tty(int fd)
{
	long r = EXO(fcntl, fd, CORE_F_GETFD);

	return r < 0 ? r : freebsd_tty_kind(fd) == FREEBSD_TTY_NONE ? -CORE_ENOTTY : 0;
}

/* ---- settings ---------------------------------------------------------------------------- */

static long get_termios(int fd, guest_ptr data)
{
	struct core_termios2 core;
	struct freebsd_termios termios;
	long r = EXO(ioctl, fd, CORE_TCGETS2, &core);

	if (r < 0)
		return r;
	/* Output delays and their like, which FreeBSD cannot show, are left out. */
	core_to_freebsd_termios(&core, &termios);
	return copy_to_guest(data, &termios, sizeof(termios));
}

static long set_termios(int fd, u32 request, guest_ptr data)
{
	struct core_termios2 core, old;
	struct freebsd_termios termios;
	u32 ignore;
	long r;

	if (copy_from_guest(&termios, data, sizeof(termios)) < 0)
		return -CORE_EFAULT;
	/* TCSASOFT of tcsetattr(3): the line is left as it is. */
	ignore = termios.c_cflag & FREEBSD_CIGNORE;
	termios.c_cflag = ignore ? 0 : termios.c_cflag;
	if (!freebsd_to_core_termios(&termios, &core))
		return -CORE_EINVAL;
	if (ignore) {
		r = EXO(ioctl, fd, CORE_TCGETS2, &old);
		if (r < 0)
			return r;
		core.c_cflag = old.c_cflag;
		core.c_ispeed = old.c_ispeed;
		core.c_ospeed = old.c_ospeed;
	}
	return EXO(ioctl, fd, request, &core);
}

/* A master that waited would wait for itself. */
static long set_termios_later(int fd, u32 request, guest_ptr data)
{
	if (freebsd_tty_kind(fd) == FREEBSD_TTY_MASTER)
		request = CORE_TCSETS2;
	return set_termios(fd, request, data);
}

static long line_discipline(int fd, guest_ptr data)
{
	long r = need_tty(fd);

	return r < 0 ? r : guest_write_u32(data, FREEBSD_TTYDISC);
}

static long drain_wait(int fd, guest_ptr data)
{
	long r = need_tty(fd);

	return r < 0 ? r : guest_write_u32(data, DRAIN_WAIT);
}

/* ---- queues ------------------------------------------------------------------------------ */

/* What a slave has to read was written by the master, for whom it is output. */
static long flush(int fd, guest_ptr data)
{
	enum { IN_QUEUE = 1, OUT_QUEUE = 2 }; /* FREAD, FWRITE */
	bool master = freebsd_tty_kind(fd) == FREEBSD_TTY_MASTER;
	u32 which;

	if (guest_read_u32(data, &which) < 0)
		return -CORE_EFAULT;
	switch (which & (IN_QUEUE | OUT_QUEUE)) {
	case IN_QUEUE:
		return EXO(ioctl, fd, CORE_TCFLSH, master ? CORE_TCOFLUSH : CORE_TCIFLUSH);
	case OUT_QUEUE:
		return EXO(ioctl, fd, CORE_TCFLSH, master ? CORE_TCIFLUSH : CORE_TCOFLUSH);
	default:
		return EXO(ioctl, fd, CORE_TCFLSH, CORE_TCIOFLUSH);
	}
}

/* A character as if it had been typed, on one's own terminal. */
static long simulate(int fd, guest_ptr data)
{
	long r = EXO(ioctl, fd, CORE_TIOCSTI, data.addr);

	return r == -CORE_EPERM ? -CORE_EACCES : r;
}

/* ---- the line ---------------------------------------------------------------------------- */

/* What a pseudo-terminal has of a line is a carrier. */
static long modem(int fd, u32 request, u32 core, guest_ptr data)
{
	u32 dtr = CORE_TIOCM_DTR;
	enum freebsd_tty_kind kind = freebsd_tty_kind(fd);

	if (kind == FREEBSD_TTY_NONE)
		return need_tty(fd);
	if (request == FREEBSD_TIOCSDTR || request == FREEBSD_TIOCCDTR)
		return kind == FREEBSD_TTY_LINE ? EXO(ioctl, fd, core, &dtr) : 0;
	if (kind == FREEBSD_TTY_LINE)
		return EXO(ioctl, fd, core, data.addr);
	if (request == FREEBSD_TIOCMGET)
		return guest_write_u32(data, FREEBSD_TIOCM_LE | FREEBSD_TIOCM_DCD);
	return guest_read_u32(data, &dtr) < 0 ? -CORE_EFAULT : 0;
}

static long line_break(int fd, u32 core)
{
	return freebsd_tty_kind(fd) == FREEBSD_TTY_LINE ? EXO(ioctl, fd, core, 0)
							: MIN(need_tty(fd), -CORE_ENOTTY);
}

/* ---- sessions and process groups --------------------------------------------------------- */

static long get_pgrp(int fd, guest_ptr data)
{
	i32 group;
	long r = EXO(ioctl, fd, CORE_TIOCGPGRP, &group);

	return r < 0 ? r : guest_write_u32(data, group ? (u32)group : NO_PID);
}

/* Is there such a group, and is it of the caller's session? Of one that has lost its leader
 * only the first can be told. */
static bool group_of_session(i32 group)
{
	long sid = EXO_NOW(getsid, group);

	if (group <= 0 || EXO_NOW(kill, -group, 0) == -CORE_ESRCH)
		return false;
	return sid < 0 || sid == EXO_NOW(getsid, 0);
}

/* The group is looked at first, then whose terminal it is. */
static long set_pgrp(int fd, guest_ptr data)
{
	u32 group;
	long r;

	if (guest_read_u32(data, &group) < 0)
		return -CORE_EFAULT;
	r = EXO(ioctl, fd, CORE_TIOCSPGRP, &group);
	if (r == -CORE_ESRCH || r == -CORE_EINVAL)
		return -CORE_EPERM;
	if (r == -CORE_ENOTTY && need_tty(fd) == 0 && !group_of_session((i32)group))
		return -CORE_EPERM;
	return r;
}

/* The master signals the group in the foreground. */
static long signal_group(int fd, u64 value)
{
	int sig = (int)value;
	i32 group;
	long r;

	if (freebsd_tty_kind(fd) != FREEBSD_TTY_MASTER)
		return MIN(need_tty(fd), -CORE_ENOTTY);
	if (sig < 1 || sig >= NSIG)
		return -CORE_EINVAL;
	r = EXO(ioctl, fd, CORE_TIOCGPGRP, &group);
	if (r == 0 && group > 0)
		r = EXO(kill, -group, freebsd_to_core_signal(sig));
	return r == -CORE_ESRCH ? 0 : r;
}

/* To be the console takes privilege, and so does the time to wait for output: as to a user
 * without. */
static long privileged(int fd, u32 request, guest_ptr data)
{
	long r = need_tty(fd);
	u32 on;

	if (r < 0)
		return r;
	if (guest_read_u32(data, &on) < 0)
		return -CORE_EFAULT;
	return request == FREEBSD_TIOCCONS && !on ? 0 : -CORE_EPERM;
}

/* ---- from the background ----------------------------------------------------------------- */

/* What changes the terminal and the hub lets a background process do. */
static bool held_up(u32 request)
{
	switch (request) {
	case FREEBSD_TIOCCONS:
	case FREEBSD_TIOCEXCL:
	case FREEBSD_TIOCNXCL:
	case FREEBSD_TIOCSBRK:
	case FREEBSD_TIOCCBRK:
	case FREEBSD_TIOCSCTTY:
	case FREEBSD_TIOCSTAT:
	case FREEBSD_TIOCSTI:
	case FREEBSD_TIOCSWINSZ:
		return true;
	default:
		return false;
	}
}

/* A request of flow control that does not exist: refused, but only in the foreground. */
static long wait_for_foreground(int fd)
{
	enum { NO_SUCH_ACTION = 99 };
	long r = EXO(ioctl, fd, CORE_TCXONC, NO_SUCH_ACTION);

	return r == -CORE_EINVAL ? 0 : r;
}

/* ---- all of them ------------------------------------------------------------------------- */

static long request_of(int fd, u32 request, guest_ptr data)
{
	for (size_t i = 0; i < ARRAY_LEN(same); i++) {
		if (same[i].guest == request)
			return EXO(ioctl, fd, same[i].core, data.addr);
	}
	switch (request) {
	case FREEBSD_TIOCGETA:
		return get_termios(fd, data);
	case FREEBSD_TIOCSETA:
		return set_termios(fd, CORE_TCSETS2, data);
	case FREEBSD_TIOCSETAW:
		return set_termios_later(fd, CORE_TCSETSW2, data);
	case FREEBSD_TIOCSETAF:
		return set_termios_later(fd, CORE_TCSETSF2, data);
	case FREEBSD_TIOCGETD:
		return line_discipline(fd, data);
	case FREEBSD_TIOCGDRAINWAIT:
		return drain_wait(fd, data);
	case FREEBSD_TIOCSDRAINWAIT:
	case FREEBSD_TIOCCONS:
		return privileged(fd, request, data);
	case FREEBSD_TIOCFLUSH:
		return flush(fd, data);
	case FREEBSD_TIOCDRAIN:
		return EXO(ioctl, fd, CORE_TCSBRK, 1);
	case FREEBSD_TIOCSTOP:
		return EXO(ioctl, fd, CORE_TCXONC, CORE_TCOOFF);
	case FREEBSD_TIOCSTART:
		return EXO(ioctl, fd, CORE_TCXONC, CORE_TCOON);
	case FREEBSD_TIOCSTI:
		return simulate(fd, data);
	case FREEBSD_TIOCSTAT:
		return freebsd_tty_status(fd);
	case FREEBSD_TIOCMGET:
		return modem(fd, request, CORE_TIOCMGET, data);
	case FREEBSD_TIOCMSET:
		return modem(fd, request, CORE_TIOCMSET, data);
	case FREEBSD_TIOCSDTR:
	case FREEBSD_TIOCMBIS:
		return modem(fd, request, CORE_TIOCMBIS, data);
	case FREEBSD_TIOCCDTR:
	case FREEBSD_TIOCMBIC:
		return modem(fd, request, CORE_TIOCMBIC, data);
	case FREEBSD_TIOCSBRK:
		return line_break(fd, CORE_TIOCSBRK);
	case FREEBSD_TIOCCBRK:
		return line_break(fd, CORE_TIOCCBRK);
	case FREEBSD_TIOCGPGRP:
		return get_pgrp(fd, data);
	case FREEBSD_TIOCSPGRP:
		return set_pgrp(fd, data);
	case FREEBSD_TIOCSIG:
		return signal_group(fd, data.addr);
	case FREEBSD_TIOCPTMASTER:
		return freebsd_tty_kind(fd) == FREEBSD_TTY_MASTER ? 0
								  : MIN(need_tty(fd), -CORE_ENOTTY);
	default:
		return MIN(EXO(fcntl, fd, CORE_F_GETFD), -CORE_ENOTTY);
	}
}

/* A slave whose master is gone. */
static bool hung_up(int fd)
{
	struct core_pollfd p = {fd, CORE_POLLOUT, 0};

	return freebsd_tty_kind(fd) == FREEBSD_TTY_SLAVE && EXO_NOW(poll, &p, 1, 0) > 0 &&
	       p.revents & CORE_POLLHUP;
}

long freebsd_tty_ioctl(int fd, u32 request, guest_ptr data)
{
	long r = held_up(request) ? wait_for_foreground(fd) : 0;

	if (r == 0)
		r = request_of(fd, request, data);
	if (r == -CORE_EIO && hung_up(fd))
		return -CORE_ENXIO;
	/* A descriptor that is no terminal says EINVAL for some of the hub's requests. */
	return r == -CORE_EINVAL && need_tty(fd) < 0 ? -CORE_ENOTTY : r;
}

/* ---- revoke(2) --------------------------------------------------------------------------- */

/* Everybody's descriptors of a terminal are hung up; the hub can do it to no other device. */
long freebsd_revoke(struct core_thread *t, PATH path)
{
	const int flags = CORE_O_RDWR | CORE_O_NOCTTY | CORE_O_NONBLOCK | CORE_O_CLOEXEC;
	struct core_stat st;
	long fd, r = EXO(newfstatat, CORE_AT_FDCWD, path.addr, &st, 0);
	long uid = EXO_NOW(geteuid);

	(void)t;
	if (r < 0)
		return r;
	if ((st.st_mode & CORE_S_IFMT) != CORE_S_IFCHR)
		return -CORE_EINVAL;
	if (uid != (long)st.st_uid && uid != 0)
		return -CORE_EPERM;
	fd = EXO(openat, CORE_AT_FDCWD, path.addr, flags);
	if (fd < 0)
		return -CORE_EPERM;
	r = EXO(ioctl, fd, CORE_TIOCVHANGUP, 0);
	EXO_NOW(close, fd);
	return r < 0 ? -CORE_EPERM : 0;
}

/* ---- reading and writing ----------------------------------------------------------------- */

/* A master whose last slave was closed is at the end of file. */
long freebsd_tty_read_error(int fd)
{
	return freebsd_tty_kind(fd) == FREEBSD_TTY_MASTER ? 0 : -CORE_EIO;
}

/* A slave that was hung up answers ENXIO. */
long freebsd_tty_write_error(int fd)
{
	return hung_up(fd) ? -CORE_ENXIO : -CORE_EIO;
}
