/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/sysv_tty.c: terminals of System III.
 *
 * termio is the host's termios of today with 16 bits a word, eight characters and one line
 * discipline; what the host has beyond that stays as it is. Two characters have two meanings there:
 * with lines they are end of file and end of line, without them the least to read and the time.
 * stty and gtty, and the ioctls of their names, are "a conversion aide": they set everything anew.
 *
 * Facts: ttiocom() of usr/src/uts/pdp11/io/tty.c, os/sys3.c; usr/src/head/termio.h, sys/ttold.h.
 */
#include "personality/research/abi_tty.h"
#include "personality/research/abi_usg.h"
#include "personality/research/calls.h"

#define RAW_MIN	 6 /* what the conversion sets */
#define RAW_TIME 1
#define CEOF	 4

static const u8 places[] = {CORE_VINTR, CORE_VQUIT, CORE_VERASE, CORE_VKILL};

static u32 speed_of(const struct core_termios *c)
{
	return c->c_cflag & CORE_CBAUDEX ? USG_EXTB : c->c_cflag & USG_CBAUD;
}

static void set_speed(struct core_termios *c, u32 speed)
{
	if (speed != speed_of(c))
		c->c_cflag = (c->c_cflag & ~(u32)CORE_CBAUD) | speed;
}

/* Bits of mask become those of to. */
static void set(u32 *where, u32 mask, u32 to)
{
	*where = (*where & ~mask) | (to & mask);
}

static bool has_lines(const struct core_termios *c)
{
	return c->c_lflag & CORE_ICANON;
}

static long get_termio(int fd, guest_ptr to)
{
	struct core_termios c = {0};
	struct usg_termio out = {.pad = 0};
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r < 0)
		return r;
	out.iflag = pdp_word(c.c_iflag & USG_IFLAGS);
	out.oflag = pdp_word(c.c_oflag);
	out.cflag = pdp_word((c.c_cflag & ~(u32)CORE_CBAUD & 07777) | speed_of(&c));
	out.lflag = pdp_word(c.c_lflag & USG_LFLAGS);
	for (u32 i = 0; i < ARRAY_LEN(places); i++)
		out.cc[i] = c.c_cc[places[i]];
	out.cc[USG_VEOF] = c.c_cc[has_lines(&c) ? CORE_VEOF : CORE_VMIN];
	out.cc[USG_VEOL] = c.c_cc[has_lines(&c) ? CORE_VEOL : CORE_VTIME];
	/* Its last byte is none of the structure's. */
	return copy_to_guest(to, &out, sizeof(out) - sizeof(out.pad));
}

static long set_termio(int fd, guest_ptr from, u32 how)
{
	struct core_termios c = {0};
	struct usg_termio in = {.pad = 0};
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r == 0)
		r = copy_from_guest(&in, from, sizeof(in) - sizeof(in.pad));
	if (r < 0)
		return r;
	if (in.line != 0)
		return -CORE_EINVAL;
	set(&c.c_iflag, USG_IFLAGS, pdp_get(in.iflag));
	set(&c.c_oflag, 0xffff, pdp_get(in.oflag));
	set_speed(&c, pdp_get(in.cflag) & USG_CBAUD);
	set(&c.c_cflag, 07777 & ~USG_CBAUD, pdp_get(in.cflag));
	set(&c.c_lflag, USG_LFLAGS, pdp_get(in.lflag));
	for (u32 i = 0; i < ARRAY_LEN(places); i++)
		c.c_cc[places[i]] = in.cc[i];
	c.c_cc[has_lines(&c) ? CORE_VEOF : CORE_VMIN] = in.cc[USG_VEOF];
	c.c_cc[has_lines(&c) ? CORE_VEOL : CORE_VTIME] = in.cc[USG_VEOL];
	return EXO(ioctl, fd, how, &c);
}

/* ---- the old structure ------------------------------------------------------------------------
 */

static u32 old_flags(const struct core_termios *c)
{
	u32 f = 0;

	f |= c->c_cflag & CORE_HUPCL ? V6_HUPCL : 0;
	f |= has_lines(c) ? 0 : OLD_RAW;
	f |= c->c_lflag & CORE_XCASE ? OLD_LCASE : 0;
	f |= c->c_lflag & CORE_ECHO ? OLD_ECHO : 0;
	f |= c->c_lflag & CORE_ECHOK ? 0 : USG_NOAL;
	if (c->c_cflag & CORE_PARODD)
		f |= OLD_ODDP;
	else
		f |= c->c_iflag & CORE_INPCK ? OLD_EVENP : OLD_ODDP | OLD_EVENP;
	f |= c->c_oflag & CORE_ONLCR ? OLD_CRMOD : 0;
	f |= (c->c_oflag & CORE_TABDLY) == CORE_TAB3 ? V6_XTABS : 0;
	return f;
}

static long get_old(int fd, guest_ptr to)
{
	struct core_termios c = {0};
	struct old_sgttyb s;
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r < 0)
		return r;
	s = (struct old_sgttyb){.ispeed = (u8)speed_of(&c),
				.ospeed = (u8)speed_of(&c),
				.erase = c.c_cc[CORE_VERASE],
				.kill = c.c_cc[CORE_VKILL],
				.flags = pdp_word(old_flags(&c))};
	return copy_to_guest(to, &s, sizeof(s));
}

static void set_input(struct core_termios *c, u32 f)
{
	u32 iflag = CORE_INPCK, cflag = CORE_CREAD, lflag = 0;

	if (f & OLD_RAW) {
		c->c_cc[CORE_VTIME] = RAW_TIME;
		c->c_cc[CORE_VMIN] = RAW_MIN;
		cflag |= CORE_CS8;
	} else {
		c->c_cc[CORE_VEOF] = CEOF;
		c->c_cc[CORE_VEOL] = 0;
		iflag |= CORE_BRKINT | CORE_IGNPAR | CORE_ISTRIP | CORE_IXON | CORE_IXANY;
		iflag |= (f & OLD_LCASE ? CORE_IUCLC : 0) | (f & OLD_CRMOD ? CORE_ICRNL : 0);
		cflag |= CORE_CS7 | CORE_PARENB;
		lflag |= CORE_ICANON | CORE_ISIG;
	}
	if (f & OLD_ODDP && f & OLD_EVENP)
		iflag &= ~(u32)CORE_INPCK;
	else if (f & OLD_ODDP)
		cflag |= CORE_PARODD;
	cflag |= f & V6_HUPCL ? CORE_HUPCL : 0;
	cflag |= speed_of(c) == USG_B110 ? CORE_CSTOPB : 0;
	lflag |= (f & OLD_LCASE ? CORE_XCASE : 0) | (f & OLD_ECHO ? CORE_ECHO : 0) |
		 (f & USG_NOAL ? 0 : CORE_ECHOK);
	set(&c->c_iflag, USG_IFLAGS, iflag);
	set(&c->c_cflag, 07777 & ~USG_CBAUD, cflag);
	set(&c->c_lflag, USG_LFLAGS, lflag);
}

static void set_output(struct core_termios *c, u32 f)
{
	u32 oflag = f & OLD_RAW ? 0 : CORE_OPOST;

	oflag |= f & V6_XTABS ? CORE_TAB3 : 0;
	oflag |= f & OLD_LCASE ? CORE_OLCUC : 0;
	oflag |= f & OLD_CRMOD ? CORE_ONLCR : CORE_ONLRET;
	set(&c->c_oflag, 0xffff, oflag);
}

static long set_old(int fd, guest_ptr from)
{
	struct core_termios c = {0};
	struct old_sgttyb s = {0};
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r == 0)
		r = copy_from_guest(&s, from, sizeof(s));
	if (r < 0)
		return r;
	set_speed(&c, s.ispeed & USG_CBAUD);
	c.c_cc[CORE_VERASE] = s.erase;
	c.c_cc[CORE_VKILL] = s.kill;
	set_input(&c, pdp_get(s.flags));
	set_output(&c, pdp_get(s.flags));
	return EXO(ioctl, fd, CORE_TCSETSF, &c);
}

/* ---- calls -------------------------------------------------------------------------------------
 */

static long request_of(int fd, u32 request, guest_ptr argument)
{
	u16 number = research_addr(argument);
	struct core_termios c;
	long r;

	switch (request) {
	case USG_TCGETA:
		return get_termio(fd, argument);
	case USG_TCSETA:
		return set_termio(fd, argument, CORE_TCSETS);
	case USG_TCSETAW:
		return set_termio(fd, argument, CORE_TCSETSW);
	case USG_TCSETAF:
		return set_termio(fd, argument, CORE_TCSETSF);
	case USG_TCSBRK: /* their arguments have the host's numbers */
		return EXO(ioctl, fd, CORE_TCSBRK, number);
	case USG_TCXONC:
		return EXO(ioctl, fd, CORE_TCXONC, number);
	case USG_TCFLSH:
		return EXO(ioctl, fd, CORE_TCFLSH, number);
	case USG_TIOCGETP:
		return get_old(fd, argument);
	case USG_TIOCSETP:
		return set_old(fd, argument);
	default:
		r = EXO(ioctl, fd, CORE_TCGETS, &c);
		return r < 0 ? r : request == USG_IOCTYPE ? (long)USG_TIOC : -CORE_EINVAL;
	}
}

long research_usg_ioctl(struct core_thread *t, FD fd, UINT request, INOUT argument)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : request_of(fd, request, argument);
}

long research_usg_gtty(struct core_thread *t, FD fd, OUT sgttyb)
{
	return research_usg_ioctl(t, fd, USG_TIOCGETP, sgttyb);
}

long research_usg_stty(struct core_thread *t, FD fd, IN sgttyb)
{
	return research_usg_ioctl(t, fd, USG_TIOCSETP, sgttyb);
}
